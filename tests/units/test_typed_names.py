"""Units typed by name: what must be found, and what must not be guessed."""

import pytest

from tests.units.places import city, ward
from thongsuot.units.models import Unit
from thongsuot.units.queries import units_by_names

pytestmark = pytest.mark.django_db


@pytest.fixture
def among() -> dict[str, Unit]:
    above = city()
    wards = [
        ward(above, "Tân Khánh", "25891"),
        ward(above, "Bình Hưng", "27001", kind="xã"),
        ward(above, "Bình Hưng", "27002"),
        ward(above, "Hòa Lợi", "27003"),
        ward(above, "Hỏa Lợi", "27004"),
    ]
    return {str(unit): unit for unit in [above, *wards]}


def meant(*typed: str) -> list[str]:
    return [str(one.unit) if one.unit else "" for one in units_by_names(typed, Unit.objects.all())]


@pytest.mark.parametrize(
    "typed",
    [
        "phường Tân Khánh",
        "Phường TÂN KHÁNH",
        "P. Tân Khánh",
        "Tân Khánh",
        "tan khanh",
        "phuong tan khanh",
        "phường Tan Khanh",
        "Tân  Khanh",
        "25891",
    ],
)
def test_with_or_without_kind_and_marks(among: dict[str, Unit], typed: str) -> None:
    assert meant(typed) == ["phường Tân Khánh"]


@pytest.mark.parametrize(
    "typed", ["Tấn Khánh", "xã Tân Khánh", "phường Tân Khánh cũ", "Tân", "Khánh Tân", ""]
)
def test_nothing_is_guessed(among: dict[str, Unit], typed: str) -> None:
    assert meant(typed) == [""]


def test_a_kind_or_a_mark_tells_two_apart(among: dict[str, Unit]) -> None:
    assert meant("xã Bình Hưng", "phường Binh Hung", "Hoà Lợi", "27004") == [
        "xã Bình Hưng",
        "phường Bình Hưng",
        "phường Hòa Lợi",
        "phường Hỏa Lợi",
    ]
    (hung, loi) = units_by_names(["Bình Hưng", "hoa loi"], Unit.objects.all())
    assert [unit.code for unit in hung.bearing] == ["27001", "27002"]
    assert [str(unit) for unit in loi.bearing] == ["phường Hòa Lợi", "phường Hỏa Lợi"]


def test_where_no_unit_is_meant_those_of_a_like_name_are_told(among: dict[str, Unit]) -> None:
    (wrong,) = units_by_names(["xã Tấn Khánh"], Unit.objects.all())
    assert (wrong.unit, wrong.alike) == (None, (among["phường Tân Khánh"],))


def test_a_thousand_names_cost_one_query(among: dict[str, Unit], django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        units_by_names(["Tân Khánh"] * 1000, Unit.objects.all())

"""Which former province the ground of a commune came from."""

from datetime import date

import pytest

from tests.units.places import city, place, ward
from thongsuot.units.models import UNRECORDED, ChangeEvent, Succession, Unit
from thongsuot.units.queries import former_provinces

REORGANISED = date(2025, 7, 1)


def event(on: date) -> ChangeEvent:
    return ChangeEvent.objects.create(kind="reorganisation", on=on, title=f"Sắp xếp {on}", basis="-")


def former(code: str, name: str) -> tuple[Unit, Unit]:
    """A former province with one commune in its one district."""
    dates = {"valid_from": UNRECORDED, "valid_to": REORGANISED}
    above = place(code, "province", "tỉnh", name, **dates)
    district = place(f"{code}1", "district", "huyện", name, above, **dates)
    return above, place(f"{code}11", "commune", "xã", name, district, **dates)


@pytest.mark.django_db
def test_most_of_its_predecessors_decide() -> None:
    province, on = city(), event(REORGANISED)
    binh_duong, of_binh_duong = former("74", "Bình Dương")
    _ba_ria, of_ba_ria = former("77", "Bà Rịa")
    one = place("7412", "commune", "xã", "Hai", of_binh_duong.parent, valid_to=date(2026, 1, 1))
    ground = ward(province, "Tân Khánh", "26001")
    for predecessor in (of_binh_duong, of_ba_ria, one):
        Succession.objects.create(event=on, predecessor=predecessor, successor=ground)
    assert former_provinces(province) == {ground.pk: binh_duong}


@pytest.mark.django_db
def test_the_ground_is_followed_through_a_later_merger() -> None:
    province, on = city(), event(REORGANISED)
    binh_duong, commune = former("74", "Bình Dương")
    first, second = ward(province, "Một", "26001"), ward(province, "Hai", "26002")
    Succession.objects.create(event=on, predecessor=commune, successor=first)
    later = event(date(2026, 10, 1))
    Succession.objects.create(event=later, predecessor=first, successor=second)
    assert former_provinces(province)[second.pk] == binh_duong


@pytest.mark.django_db
def test_a_commune_without_predecessors_has_none() -> None:
    province = city()
    ward(province, "Một", "26001")
    assert former_provinces(province) == {}

"""Renaming, merging and splitting are dated: any day can be asked about, before and after."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from tests.people import administrator, clerk, officer
from tests.units.places import SINCE, city, ward
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.units.actions import NewUnit, merge_units, rename_unit, split_unit
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import commune_rows, communes_of, holding_on, search_units, unit_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
TODAY = date(2026, 3, 2)
ON = date(2026, 3, 1)
BASIS = "Nghị quyết số 01/NQ-UBTVQH16"


@pytest.fixture
def on_the_day() -> object:
    with time_machine.travel("2026-03-02 09:00 +0700", tick=False) as day:
        yield day


@pytest.fixture
def province() -> Unit:
    return city()


@pytest.fixture
def wards(province: Unit) -> list[Unit]:
    return [
        ward(province, name, f"2700{number}") for number, name in enumerate(("An Lạc", "Bình Tân", "Tân Tạo"))
    ]


@pytest.fixture
def admin(province: Unit) -> Mandate:
    return administrator(province)


def names_on(province: Unit, on: date) -> set[str]:
    return {f"{name.kind} {name.name}" for unit in commune_rows(province, on) for name in unit.called}


class TestRenaming:
    def test_holds_from_its_day(self, admin: Mandate, province: Unit, wards: list[Unit]) -> None:
        rename_unit(by=admin, unit=wards[0], kind="phường", name="An Lạc Mới", on=ON, basis=BASIS)
        assert "phường An Lạc Mới" in names_on(province, ON)
        assert "phường An Lạc" in names_on(province, date(2026, 2, 28))
        assert len(names_on(province, ON)) == 3

    def test_finds_the_unit_by_both_names(self, admin: Mandate, wards: list[Unit]) -> None:
        rename_unit(by=admin, unit=wards[0], kind="phường", name="Sông Xanh", on=ON, basis=BASIS)
        for typed in ("song xanh", "an lac"):
            (hit,) = search_units(typed)
            assert hit.unit == wards[0]
        assert search_units("an lac")[0].former

    def test_gives_the_bodies_their_new_names(self, admin: Mandate, wards: list[Unit]) -> None:
        before = wards[0].bodies.count()
        rename_unit(by=admin, unit=wards[0], kind="phường", name="Sông Xanh", on=ON, basis=BASIS)
        holding = wards[0].bodies.filter(holding_on(TODAY))
        assert holding.count() == before
        assert all(body.name.endswith("Sông Xanh") for body in holding)

    def test_leaves_an_event_with_its_basis(self, admin: Mandate, wards: list[Unit]) -> None:
        event = rename_unit(by=admin, unit=wards[0], kind="phường", name="Sông Xanh", on=ON, basis=BASIS)
        assert (event.on, event.basis) == (ON, BASIS)
        trail = Event.objects.get(verb="unit.renamed")
        assert trail.details == {"from": "Phường An Lạc", "on": "2026-03-01", "basis": BASIS}

    def test_twice_on_one_day_is_refused(self, admin: Mandate, wards: list[Unit]) -> None:
        rename_unit(by=admin, unit=wards[0], kind="phường", name="Sông Xanh", on=ON, basis=BASIS)
        for on in (ON, date(2026, 2, 1)):
            with pytest.raises(Refused, match="đã đổi tên"):
                rename_unit(by=admin, unit=wards[0], kind="phường", name="Sông Trắng", on=on, basis=BASIS)

    def test_to_the_same_name_is_refused(self, admin: Mandate, wards: list[Unit]) -> None:
        with pytest.raises(Refused, match="trùng"):
            rename_unit(by=admin, unit=wards[0], kind="phường", name="An Lạc", on=ON, basis=BASIS)

    def test_to_no_name_is_refused_and_nothing_is_kept(self, admin: Mandate, wards: list[Unit]) -> None:
        with pytest.raises(ValidationError):
            rename_unit(by=admin, unit=wards[0], kind="phường", name="", on=ON, basis=BASIS)
        assert wards[0].names.get().valid_to is None


class TestMerging:
    into = NewUnit(code="27100", kind="phường", name="Bình Lạc", area_km2=21.0)

    def test_ends_the_old_and_begins_the_new(self, admin: Mandate, province: Unit, wards: list[Unit]) -> None:
        merged = merge_units(by=admin, units=wards[:2], into=self.into, on=ON, basis=BASIS)
        assert set(communes_of(province, ON)) == {merged, wards[2]}
        assert set(communes_of(province, date(2026, 2, 28))) == set(wards)
        assert merged.parent == province
        assert merged.bodies.exists()

    def test_is_told_on_both_pages(self, admin: Mandate, wards: list[Unit]) -> None:
        merged = merge_units(by=admin, units=wards[:2], into=self.into, on=ON, basis=BASIS)
        (came,) = unit_page(merged, TODAY).came_from
        assert {link.predecessor for link in came.links} == set(wards[:2])
        assert all(link.whole for link in came.links)
        former = Unit.objects.get(pk=wards[0].pk)
        page = unit_page(former, TODAY)
        assert page.passed_to[0].links[0].successor == merged
        assert len(page.bodies) == merged.bodies.count()

    def test_may_keep_the_code_of_a_predecessor(self, admin: Mandate, wards: list[Unit]) -> None:
        into = NewUnit(code=wards[0].code, kind="phường", name="Bình Lạc")
        assert merge_units(by=admin, units=wards[:2], into=into, on=ON, basis=BASIS).code == wards[0].code

    def test_may_not_take_the_code_of_another(self, admin: Mandate, wards: list[Unit]) -> None:
        into = NewUnit(code=wards[2].code, kind="phường", name="Bình Lạc")
        with pytest.raises(Refused, match="đang dùng"):
            merge_units(by=admin, units=wards[:2], into=into, on=ON, basis=BASIS)
        assert not Unit.objects.filter(valid_to__isnull=False).exists()

    def test_needs_two_different_units(self, admin: Mandate, wards: list[Unit]) -> None:
        for units in (wards[:1], [wards[0], wards[0]]):
            with pytest.raises(Refused, match="ít nhất hai"):
                merge_units(by=admin, units=units, into=self.into, on=ON, basis=BASIS)

    def test_needs_units_that_still_exist(self, admin: Mandate, wards: list[Unit]) -> None:
        merge_units(by=admin, units=wards[:2], into=self.into, on=ON, basis=BASIS)
        again = NewUnit(code="27101", kind="phường", name="Lạc Tạo")
        with pytest.raises(Refused, match="không còn"):
            merge_units(by=admin, units=[wards[0], wards[2]], into=again, on=TODAY, basis=BASIS)


class TestSplitting:
    into = (
        NewUnit(code="27201", kind="phường", name="Tân Tạo Đông"),
        NewUnit(code="27202", kind="phường", name="Tân Tạo Tây"),
    )

    def test_passes_the_ground_in_part(self, admin: Mandate, province: Unit, wards: list[Unit]) -> None:
        parts = split_unit(by=admin, unit=wards[2], into=self.into, on=ON, basis=BASIS)
        assert set(communes_of(province, ON)) == {*wards[:2], *parts}
        assert not any(link.whole for part in parts for link in part.came_from.all())

    def test_needs_two_parts(self, admin: Mandate, wards: list[Unit]) -> None:
        with pytest.raises(Refused, match="ít nhất hai"):
            split_unit(by=admin, unit=wards[2], into=self.into[:1], on=ON, basis=BASIS)

    def test_with_one_code_twice_keeps_nothing(self, admin: Mandate, wards: list[Unit]) -> None:
        with pytest.raises(Refused, match="đang dùng"):
            split_unit(by=admin, unit=wards[2], into=[self.into[0], self.into[0]], on=ON, basis=BASIS)
        assert Unit.objects.get(pk=wards[2].pk).valid_to is None

    def test_a_province_follows_the_published_list(self, admin: Mandate, province: Unit) -> None:
        with pytest.raises(Refused, match="cấp xã"):
            split_unit(by=admin, unit=province, into=self.into, on=ON, basis=BASIS)


class TestWho:
    def test_neither_officer_nor_clerk_may(self, province: Unit, wards: list[Unit]) -> None:
        for mandate in (officer(province), clerk(wards[0])):
            with pytest.raises(Refused, match="không có quyền"):
                rename_unit(by=mandate, unit=wards[0], kind="phường", name="Sông Xanh", on=ON, basis=BASIS)

    def test_an_administrator_may_only_in_their_province(self, admin: Mandate) -> None:
        elsewhere = ward(city("92", "Cần Thơ"), "Ninh Kiều", "31100")
        with pytest.raises(Refused, match="không thuộc phạm vi"):
            rename_unit(by=admin, unit=elsewhere, kind="phường", name="Sông Hậu", on=ON, basis=BASIS)

    @pytest.mark.parametrize(("on", "why"), [(SINCE, "chưa có"), (date(2026, 3, 3), "đến ngày")])
    def test_nothing_changes_before_it_began_or_before_its_day(
        self, admin: Mandate, wards: list[Unit], on: date, why: str
    ) -> None:
        with pytest.raises(Refused, match=why):
            rename_unit(by=admin, unit=wards[0], kind="phường", name="Sông Xanh", on=on, basis=BASIS)

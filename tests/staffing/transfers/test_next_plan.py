"""What was refused in a transfer file is not proposed again, and the page of the plan says since when."""

from typing import Any

import pytest

from tests.staffing.transfers.scene import MONDAY, Scene
from tests.staffing.transfers.test_asking import refused
from thongsuot.staffing.actions.plans import start_plan
from thongsuot.staffing.planning.conditions import Bound, Conditions
from thongsuot.staffing.planning.problem import draw_up, redraw
from thongsuot.staffing.planning.registers import registers_of
from thongsuot.staffing.views.plans.bounds import bound_lines
from thongsuot.units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_map(town: Scene) -> None:
    Unit.objects.update(latitude=10.8, longitude=106.7)


def drawn(town: Scene, conditions: Conditions | None = None) -> Any:
    return draw_up(registers_of(town.city, MONDAY), conditions or Conditions(MONDAY))


def forbids(town: Scene) -> list[dict[str, str | None]]:
    return [{"person": town.second.number, "unit": town.wards[2].code, "position": "DD01"}]


def test_a_refused_place_is_forbidden_in_the_next_plan(town: Scene) -> None:
    before = drawn(town)
    assert before.refused == []
    refused(town)
    after = drawn(town)
    assert [one for one in after.problem["forbids"] if one not in before.problem["forbids"]] == forbids(town)
    (told,) = after.refused
    assert (told["person"], told["keeps"], told["by"]) == (town.second.number, False, str(town.wards[2]))


def test_a_unit_that_keeps_somebody_keeps_them_from_every_other(town: Scene) -> None:
    refused(town, "sender")
    barred = {one["unit"] for one in drawn(town).problem["forbids"] if one["person"] == town.second.number}
    assert barred == {town.wards[0].code, town.wards[2].code}


def test_the_office_may_insist_and_then_the_refusal_does_not_bar(town: Scene) -> None:
    refused(town)
    pinned = Conditions(MONDAY).pinned(Bound(town.second.number, town.wards[2].code, "DD01"))
    again = drawn(town, pinned)
    assert again.refused == []
    assert not [one for one in again.problem["forbids"] if one["person"] == town.second.number]


def test_the_page_says_who_refused_and_when(town: Scene) -> None:
    transfer = refused(town)
    plan = start_plan(by=town.personnel, unit=town.city, title="Đợt 2", conditions=Conditions(MONDAY))
    (line,) = bound_lines(plan, named=False)
    assert line.words == f"Không xếp {town.second.number} vào {town.land.brief}, {town.wards[2]}"
    assert line.why == f"đã từ chối ngày {MONDAY:%d-%m-%Y}, hồ sơ {transfer.number}"
    assert (line.by, line.url) == (str(town.wards[2]), transfer.get_absolute_url())


def test_a_version_on_the_same_registers_learns_what_was_refused_since(town: Scene) -> None:
    before = drawn(town)
    refused(town)
    conditions = Conditions(MONDAY)
    refusals = registers_of(town.city, MONDAY).refusals
    after = redraw(before.problem, conditions, conditions, [], refusals)
    assert forbids(town)[0] in after.problem["forbids"]
    pinned = conditions.pinned(Bound(town.second.number, town.wards[2].code, "DD01"))
    insisted = redraw(after.problem, conditions, pinned, [], refusals)
    assert forbids(town)[0] not in insisted.problem["forbids"]

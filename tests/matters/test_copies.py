"""The rows of units say what their matters say, whoever writes either, and lists read from them are the same lists."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from tests import people
from tests.factories.matters import IssuedTaskFactory, OriginFactory, ProposalFactory
from tests.factories.units import ProvinceFactory, WardFactory
from tests.matters.conftest import untrue
from thongsuot.matters import copies
from thongsuot.matters.clocks import counted_by_clock
from thongsuot.matters.enums import CLOSED, Direction
from thongsuot.matters.models import Matter, MatterUnit, Origin
from thongsuot.matters.policies import scope
from thongsuot.matters.queries import (
    counts_by_direction,
    counts_by_unit,
    late_first,
    places,
    proposals,
    tasks,
)
from thongsuot.matters.tables import ProposalFilter, TaskFilter
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 20)


def only_row() -> MatterUnit:
    return MatterUnit.objects.get()


def test_a_new_row_is_filled_from_its_matter() -> None:
    origin = OriginFactory(group_key="group:1")
    matter = ProposalFactory(origin=origin)
    row = only_row()
    assert (row.direction, row.state, row.due_on, row.open) == ("up", "recorded", matter.due_on, True)
    assert (row.group_key, row.province_id) == ("group:1", matter.province_id)


def test_what_changes_in_the_matter_changes_in_the_row() -> None:
    matter = ProposalFactory()
    Matter.objects.filter(pk=matter.pk).update(state="withdrawn", open=False, closed_on=TODAY)
    row = only_row()
    assert (row.state, row.open, row.closed_on) == ("withdrawn", False, TODAY)


def test_a_meeting_that_becomes_another_groups_takes_its_matters_along() -> None:
    matter = ProposalFactory(origin=OriginFactory(group_key="group:1"))
    Origin.objects.filter(pk=matter.origin_id).update(group_key="group:2")
    assert only_row().group_key == "group:2"
    matter.origin = OriginFactory(group_key="group:3")
    matter.save()
    assert only_row().group_key == "group:3"


def test_nobody_can_write_a_copy() -> None:
    ProposalFactory()
    row = only_row()
    row.state, row.due_on = "settled", None
    row.save()
    MatterUnit.objects.update(topic="other", named=False)
    assert untrue() == []
    assert not only_row().named


def test_what_changed_without_the_triggers_is_mended_with_them() -> None:
    matter = ProposalFactory()
    connection.check_constraints()  # nothing may wait to be checked while triggers go
    copies.leave(connection)
    Matter.objects.filter(pk=matter.pk).update(topic="other")
    assert untrue() != []
    connection.check_constraints()
    copies.keep(connection)
    assert untrue() == []
    Matter.objects.filter(pk=matter.pk).update(topic="it-infrastructure")
    assert untrue() == []


# --- the same lists ---------------------------------------------------------------------------------------------------

ASKED = (
    "",
    "topic=it-infrastructure",
    "state=recorded",
    "clock=overdue",
    "clock=done_late&topic=other",
    "unit={unit}",
    "unit={unit}&clock=in_term",
    "unit={other}",
    "unit=0",
    "kind=request",
    "group=group:1",
    "group=group:2&topic=other",
    "raised_on_after=2000-01-01&raised_on_before=2100-01-01",
    "raised_on_after=2100-01-01",
)


def read(filter_class: type[Any], query: str, matters: QuerySet[Matter], by: Mandate) -> Any:
    request = HttpRequest()
    request.mandate = by  # type: ignore[attr-defined]
    return filter_class(QueryDict(query), queryset=matters, request=request)


def without_clock(query: str) -> str:
    return "&".join(part for part in query.split("&") if not part.startswith("clock="))


def a_day(dice: Random) -> date:
    return TODAY + timedelta(days=dice.randint(-6, 6))


def any_matter(dice: Random, wards: list[Unit], origins: list[Origin]) -> None:
    """Of one or more wards, open or closed, somewhere on its clock."""
    due_on = a_day(dice)
    changed: dict[str, Any] = {
        "topic": dice.choice(("it-infrastructure", "other")),
        "due_on": due_on,
        "due_soon_on": due_on - timedelta(days=2),
        "extensions": dice.choice((0, 0, 1)),
        "waiting_since": dice.choice((None, None, TODAY)),
        "stopped_on": dice.choice((None, a_day(dice))),
    }
    if dice.random() < 0.4:
        changed |= {"open": False, "closed_on": a_day(dice), "state": dice.choice(CLOSED)}
    unit, *others = dice.sample(wards, dice.randint(1, len(wards)))
    factory = dice.choice((ProposalFactory, IssuedTaskFactory))
    matter = factory(unit=unit, origin=dice.choice(origins), citation=None)
    MatterUnit.objects.bulk_create(
        [MatterUnit(matter=matter, unit=other, named=dice.random() < 0.5) for other in others]
    )
    Matter.objects.filter(pk=matter.pk).update(**changed)


def everyone(city: Unit, wards: list[Unit]) -> list[Mandate]:
    merged = people.clerk(wards[1])
    merged.inherited = [wards[2].pk]  # another ward was merged into this one
    merged.save()
    by_field = people.holder("of.field", "ward_officer", wards[0], fields=["other"])
    return [
        people.clerk(wards[0]),
        merged,
        by_field,
        people.group_member(city, wards[:2]),
        people.reader(wards[0]),
        people.reader(city),
        people.officer(city),
        people.holder("of.field.of.city", "city_officer", city, fields=["other"]),
        people.department_officer(people.department(city)),
        people.administrator(city),
        people.stranger(),
    ]


def test_lists_read_from_rows_of_units_are_the_lists_of_matters() -> None:
    dice = Random(0)
    city = ProvinceFactory()
    wards = WardFactory.create_batch(3, parent=city)
    abroad = WardFactory(parent=ProvinceFactory())
    origins = [OriginFactory(units=wards, group_key=key) for key in ("", "group:1", "group:2")]
    for _ in range(96):
        any_matter(dice, [*wards, abroad], origins)
    ProposalFactory(unit=None, origin=origins[0])
    quicker = 0
    those = everyone(city, wards)
    for by in those:
        for filter_class, matters in ((ProposalFilter, proposals(by)), (TaskFilter, tasks(by))):
            for asked in ASKED:
                query = asked.format(unit=wards[0].pk, other=abroad.pk)
                rows = read(filter_class, query, late_first(matters), by)
                expected = list(rows.qs.values_list("pk", flat=True))
                quicker += places(by, rows.direction, rows.asked) is not None
                assert rows.keys(0, 1000) == expected, (by.role_code, query)
                assert rows.keys(1, 3) == expected[1:3], (by.role_code, query)
                unclocked = read(filter_class, without_clock(query), matters, by).qs
                assert rows.clocks(TODAY).counts == counted_by_clock(unclocked, TODAY), (by.role_code, query)
    assert quicker > 100
    for by in those:
        assert_board_is_of(by, ["group:1", "group:2"])


def assert_board_is_of(by: Mandate, groups: list[str]) -> None:
    seen = Matter.objects.filter(scope(by), origin__group_key__in=groups)
    by_direction = {
        direction.value: count
        for direction in Direction
        if (count := seen.filter(direction=direction).count())
    }
    assert counts_by_direction(by, groups) == by_direction
    counts = counts_by_unit(by, groups)
    for (group, unit, direction), count in counts.items():
        of_unit = seen.filter(matterunit__unit=unit, matterunit__named=True)
        assert of_unit.filter(origin__group_key=group, direction=direction).count() == count
    assert bool(counts) <= bool(by_direction)

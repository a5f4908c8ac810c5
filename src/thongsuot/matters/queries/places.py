"""Lists read from the rows of units (MatterUnit): for those who see through units, and of one unit for everybody.

What lists sort, count and filter by most stands in those rows too, so that one index answers instead of thousands of
rows of matters.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, QuerySet

from thongsuot.matters.enums import Direction
from thongsuot.matters.models import MatterUnit
from thongsuot.matters.policies import own_places, place_scope, sees_through_units
from thongsuot.units.enums import Reach
from thongsuot.units.models import Mandate

OF_ONE_UNIT = "unit"
# Filters of lists that ask nothing but what the rows of units say.
ASKED_OF_PLACES = frozenset({OF_ONE_UNIT, "clock", "state", "topic"})


def places(by: Mandate, direction: Direction, asked: Iterable[str]) -> QuerySet[MatterUnit] | None:
    """Rows that stand for the matters the mandate sees, still to be filtered as `asked` says (names of filters).

    None where only the matters themselves can tell. Where a matter may have several rows they are `distinct`.
    """
    asked = set(asked)
    if not asked <= ASKED_OF_PLACES:
        return None
    seen = MatterUnit.objects.filter(place_scope(by)) if OF_ONE_UNIT in asked else every_place(by)
    return None if seen is None else seen.filter(direction=direction)


def every_place(by: Mandate) -> QuerySet[MatterUnit] | None:
    """The rows through which the mandate sees matters; None where it sees otherwise than through units."""
    if not sees_through_units(by):
        return None
    seen = MatterUnit.objects.filter(own_places(by))
    alone = by.role.reach == Reach.UNIT and len(by.places) == 1
    return seen if alone else seen.distinct()


def each(rows: QuerySet[Any]) -> Count:
    """Counts matters once each."""
    if rows.model is MatterUnit:
        return Count("matter", distinct=rows.query.distinct)
    return Count("pk")


def keys(rows: QuerySet[MatterUnit]) -> QuerySet[MatterUnit, int]:
    """The keys of the matters in the order of lists (late_first)."""
    late_first = ("-open", "-closed_on", F("due_on").asc(nulls_last=True), "matter_id")
    return rows.order_by(*late_first).values_list("matter_id", flat=True)

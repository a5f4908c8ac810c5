from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from thongsuot.finding.queries import matching
from thongsuot.matters.enums import Direction
from thongsuot.matters.found import KINDS
from thongsuot.matters.models import Matter, MatterUnit, Origin
from thongsuot.matters.policies import in_reach, origin_scope, place_scope, scope
from thongsuot.matters.queries.places import each, every_place
from thongsuot.matters.queries.remembering import counted
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries.asking import standing_of
from thongsuot.web.worded import asked, worded

# What a row shows of other tables.
ROW_JOINS = {
    Direction.UP: ("origin", "citation", "group"),
    Direction.DOWN: ("origin", "citation", "issuer", "assignee__user"),
}


def visible_matters(by: Mandate) -> QuerySet[Matter]:
    """With `places`, the units each belongs to, and all a row shows."""
    return (
        Matter.objects.filter(scope(by))
        .select_related("origin", "citation")
        .prefetch_related(Prefetch("matterunit_set", queryset=_named(), to_attr="places"))
    )


def _named() -> QuerySet[MatterUnit]:
    return MatterUnit.objects.filter(named=True).select_related("unit").order_by("pk")


def rows_of(direction: Direction, keys: list[int], spared: Collection[str]) -> list[Matter]:
    """The rows of a list with their `places`; that one may see them was asked with their keys."""
    joined = tuple(one for one in ROW_JOINS[direction] if one not in spared)
    found = asked(
        ("rows of a list", joined),
        lambda keys: Matter.objects.filter(pk__in=keys).select_related(*joined),
        keys=keys,
    )
    return _with_places(found)


def _with_places(matters: list[Matter]) -> list[Matter]:
    named: dict[int, list[MatterUnit]] = {matter.pk: [] for matter in matters}
    for place in asked("places", lambda keys: _named().filter(matter__in=keys), keys=list(named)):
        named[place.matter_id].append(place)
    for matter in matters:
        matter.places = named[matter.pk]  # type: ignore[attr-defined]
    return matters


# What the page of one matter shows of other tables.
_PAGE_JOINS = (
    "origin", "citation__source", "order", "holder", "body", "issuer", "issuer_body", "assignee__user",
)  # fmt: skip


def matter_in_reach(by: Mandate, number: str) -> Matter | None:
    """With its `places`, and all its page shows."""
    found = asked(
        "matter",
        lambda number: Matter.objects.filter(number=number).select_related(*_PAGE_JOINS),
        number=number,
    )
    return next((matter for matter in _with_places(found) if in_reach(by, matter)), None)


def proposals(by: Mandate) -> QuerySet[Matter]:
    return visible_matters(by).filter(direction=Direction.UP).select_related(*ROW_JOINS[Direction.UP])


def tasks(by: Mandate) -> QuerySet[Matter]:
    return visible_matters(by).filter(direction=Direction.DOWN)


def with_words(
    matters: QuerySet[Matter], typed: str, direction: Direction, by: Mandate | None = None
) -> QuerySet[Matter]:
    """Of one direction, those with the words; given whom they are for, others need not be looked at."""
    return matters.filter(pk__in=matching(KINDS[direction], typed, by))


def of_unit(matters: QuerySet[Any], unit: Unit) -> QuerySet[Any]:
    """Matters, or the rows of their units."""
    if matters.model is MatterUnit:
        return matters.filter(unit=unit, named=True)
    return matters.filter(pk__in=MatterUnit.objects.filter(unit=unit, named=True).values("matter_id"))


def groups_heard(by: Mandate) -> list[tuple[str, str]]:
    """(key, label) of the working groups any visible matter may have come from."""
    heard = counted(worded(("groups", standing_of(by)), lambda: _by_group(by)))
    return sorted(((key, label) for key, label, _count in heard), key=itemgetter(1))


def _by_group(by: Mandate) -> QuerySet[Origin, Any]:
    origins = Origin.objects.filter(origin_scope(by)).exclude(group_key="")
    return origins.order_by().values_list("group_key", "group_label").annotate(count=Count("pk"))


def counts_by_direction(by: Mandate, group_keys: Sequence[str]) -> Mapping[str, int]:
    """How many matters came from these groups, each counted once."""
    question = ("groups by direction", tuple(group_keys), standing_of(by))
    return dict(counted(worded(question, lambda: _by_direction(by, group_keys))))


def _by_direction(by: Mandate, group_keys: Sequence[str]) -> QuerySet[Any, Any]:
    seen = every_place(by)
    if seen is None:
        heard: QuerySet[Any] = Matter.objects.filter(scope(by), origin__group_key__in=group_keys)
    else:
        heard = seen.filter(group_key__in=group_keys)
    counts: QuerySet[Any, Any] = heard.order_by().values_list("direction").annotate(count=each(heard))
    return counts


def counts_by_unit(by: Mandate, group_keys: Sequence[str]) -> Mapping[tuple[str, int, str], int]:
    """How many matters each unit in reach has from each group, by direction: (group key, unit, direction) -> count."""
    question = ("groups by unit", tuple(group_keys), standing_of(by))
    rows = counted(worded(question, lambda: _by_unit(by, group_keys)))
    return {(key, unit, direction): count for key, unit, direction, count in rows}


def _by_unit(by: Mandate, group_keys: Sequence[str]) -> QuerySet[Any, Any]:
    seen = every_place(by)
    if seen is None:
        seen = MatterUnit.objects.filter(place_scope(by))
    named = seen.filter(named=True, group_key__in=group_keys)
    rows = named.order_by().values_list("group_key", "unit_id", "direction")
    counts: QuerySet[Any, Any] = rows.annotate(count=Count("matter"))
    return counts

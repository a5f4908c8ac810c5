"""Who is present on a day, and how each position of each unit stands: staffing.standing, asked of the database.

Present is whoever holds a full post, wherever they may be seconded to. A secondment fills a chair for a while, a
combined post means that somebody looks after it: neither closes a gap, so both are counted beside, as help.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from thongsuot.staffing.enums import DEGREES, HoldingKind
from thongsuot.staffing.models import Frame, Holding, PositionStandard, Qualification, Training
from thongsuot.staffing.queries.standards import major_fits
from thongsuot.staffing.standing import Standing, standing
from thongsuot.units.queries import holding_on


def present(on: date) -> QuerySet[Holding]:
    """One row for everybody present, on their post."""
    return Holding.objects.filter(holding_on(on), kind=HoldingKind.FULL)


def helping(on: date) -> QuerySet[Holding]:
    """Those on secondment, and those who look after a second post."""
    return Holding.objects.filter(holding_on(on)).exclude(kind=HoldingKind.FULL)


# The same rule as `standing`, in the database


def framed(on: date) -> QuerySet[Frame]:
    """Frames of the day with `present`, `surplus` and `shortage`."""
    here = present(on).filter(unit=OuterRef("unit"), position=OuterRef("position")).order_by()
    frames = Frame.objects.filter(holding_on(on)).annotate(present=Coalesce(Subquery(_counted(here)), 0))
    return frames.annotate(
        surplus=Greatest(F("present") - F("places"), Value(0), output_field=IntegerField()),
        shortage=Greatest(F("places") - F("present"), Value(0), output_field=IntegerField()),
    )


def where_there_is_surplus(on: date) -> QuerySet[Holding]:
    """Those on a position with more people than places: some of them will have to go, not each."""
    places = Frame.objects.filter(holding_on(on), unit=OuterRef("unit"), position=OuterRef("position"))
    beside = present(on).filter(unit=OuterRef("unit"), position=OuterRef("position")).order_by()
    rows: QuerySet[Any] = present(on).annotate(
        places=Coalesce(Subquery(places.values("places")[:1]), 0),
        beside=Coalesce(Subquery(_counted(beside)), 0),
    )
    return rows.filter(beside__gt=F("places"))


def _counted(rows: QuerySet[Any]) -> Any:
    return rows.values("position").annotate(many=Count("pk")).values("many")


# Who does not meet the standard


def unqualified(on: date) -> QuerySet[Holding]:
    """Those present whose studies and finished courses do not meet the standard of the position they sit on."""
    wanted = standards(on)
    if not wanted:
        return Holding.objects.none()
    meets = reduce(or_, (_meeting(one, wanted) for one in wanted))
    trained = Training.objects.filter(
        person=OuterRef("person"), position=OuterRef("position"), finished_on__lte=on
    )
    able = Holding.objects.filter(holding_on(on)).filter(meets).values("pk")
    with_standard = Q(position__in={one.position for one in wanted})
    return present(on).filter(with_standard, ~Q(pk__in=able), ~Exists(trained))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What holders of a position should have studied, in one unit or (None) wherever the unit has set nothing itself.

    `majors` as they are spelt in the register; empty means any.
    """

    position: int
    unit: int | None
    degrees: Sequence[str]
    majors: frozenset[str] | None


def standards(on: date) -> list[Wanted]:
    """The majors that occur are few, so which of them fit is asked once and not for each person."""
    rows = list(
        PositionStandard.objects.filter(holding_on(on)).values_list("position", "unit", "degree", "majors")
    )
    spelt = list(Qualification.objects.order_by().values_list("major", flat=True).distinct()) if rows else []
    return [
        Wanted(
            position,
            unit,
            DEGREES[DEGREES.index(degree) :],
            frozenset(major for major in spelt if major_fits(major, majors)) if majors else None,
        )
        for position, unit, degree, majors in rows
    ]


def _meeting(one: Wanted, among: Sequence[Wanted]) -> Q:
    """A unit's own standard stands in the place of the general one."""
    studied = Q(person__qualifications__degree__in=one.degrees)
    if one.majors is not None:
        studied &= Q(person__qualifications__major__in=one.majors)
    if one.unit is not None:
        return Q(position=one.position, unit=one.unit) & studied
    own = {other.unit for other in among if other.position == one.position and other.unit is not None}
    return (
        Q(position=one.position) & ~Q(unit__in=own) & studied if own else Q(position=one.position) & studied
    )


# Cell by cell


@dataclass(frozen=True, slots=True)
class Cell:
    """`position` by its code: a position written anew on a day keeps its code."""

    unit: int
    position: str
    standing: Standing


def cells(rows: Q, on: date) -> Iterator[Cell]:
    """Every position of every unit with places or people that day, in one query; `rows` says which units."""
    zero = Value(0, output_field=IntegerField())
    places = (
        Frame.objects.filter(rows, holding_on(on), position__counted=True)
        .order_by()
        .values_list("unit", "position__code", "places", zero, zero)
    )
    people = present(on).filter(rows, position__counted=True).order_by().values("unit", "position__code")
    lacking = Q(pk__in=unqualified(on).order_by().values("pk"))
    counted = people.annotate(many=Count("pk"), lacking=Count("pk", filter=lacking)).values_list(
        "unit", "position__code", zero, "many", "lacking"
    )
    summed: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for unit, position, *numbers in places.union(counted, all=True):
        for at, number in enumerate(numbers):
            summed[unit, position][at] += number
    for (unit, position), (framed_places, many, unfit) in summed.items():
        yield Cell(unit, position, standing(framed_places, many, unfit))


def by_cell(rows: Q, on: date) -> Mapping[tuple[int, str], Standing]:
    return {(cell.unit, cell.position): cell.standing for cell in cells(rows, on)}

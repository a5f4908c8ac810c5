"""Units against the last periods: a table of some of them, or all of them on one screen.

Whoever reaches several provinces sees one column for the rounds they opened for the same period by the same template.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Max, Q
from django.utils import timezone

from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.returns.enums import COUNTED, HANDED_IN, State
from thongsuot.returns.models import Return, Round
from thongsuot.returns.policies import round_scope, scope
from thongsuot.returns.queries.rounds import (
    BACK,
    CHASED,
    DONE,
    HANDED,
    IN_LATE,
    LATE,
    OWING,
    TONES,
    WAITING,
)
from thongsuot.units.models import Mandate, Unit

MOST_COLUMNS = 6
PER_PAGE = 200

Called = tuple[int, int]  # keys of template and period


@dataclass(slots=True)
class Column:
    """What one template asks for of one period; of one province one round, of several as many."""

    called: Called
    rounds: list[Round] = field(default_factory=list)
    units: int = 0
    handed: int = 0
    late: int = 0

    def __str__(self) -> str:
        return str(self.rounds[0])

    @property
    def key(self) -> str:
        return "-".join(str(part) for part in self.called)

    @property
    def url(self) -> str:
        """Of its only round; several have no page in common."""
        return self.rounds[0].get_absolute_url() if len(self.rounds) == 1 else ""


@dataclass(frozen=True, slots=True)
class BoardCell:
    pk: int
    state: str
    due: date
    came: date | None
    chased: int
    chased_on: date | None
    on: date

    @property
    def late(self) -> bool:
        return self.state not in HANDED_IN and self.due < self.on

    @property
    def came_late(self) -> bool:
        return self.came is not None and self.came > self.due

    @property
    def tone(self) -> str:
        return "late" if self.late else TONES[self.state][0]

    @property
    def label(self) -> str:
        return str(State(self.state).label)


@dataclass(frozen=True, slots=True)
class BoardRow:
    unit: Unit
    cells: Sequence[BoardCell | None]


@dataclass(frozen=True, slots=True)
class Board:
    """The newest periods, each with its counts, and the units of one page of them."""

    columns: Sequence[Column]
    rows: Sequence[BoardRow]
    total: int


@dataclass(frozen=True, slots=True)
class Seen:
    """One unit of the screen."""

    name: str
    cell: BoardCell


@dataclass(frozen=True, slots=True)
class Screen:
    """Every unit of one period at once, by province."""

    column: Column
    provinces: Sequence[tuple[str, Sequence[Seen]]]

    @property
    def total(self) -> int:
        return sum(len(units) for _province, units in self.provinces)


def columns(by: Mandate, on: date) -> list[Column]:
    """The newest first, with how many are asked, have handed in, are late; of those within reach. Three queries."""
    newest = (
        Round.objects.filter(round_scope(by))
        .order_by()
        .values("template", "period", "period__last_day")
        .annotate(last=Max("pk"))
        .order_by("-period__last_day", "-last")[:MOST_COLUMNS]
    )
    found = {called: Column(called) for called in ((one["template"], one["period"]) for one in newest)}
    rows = Round.objects.filter(round_scope(by), _any_of(found)).select_related("template", "period", "unit")
    for one in rows.order_by("unit__name", "pk"):
        found[one.template_id, one.period_id].rounds.append(one)
    late = Q(due__lt=on) & ~Q(state__in=HANDED_IN)
    counted = (
        Return.objects.filter(
            scope(by), round__in=[one.pk for column in found.values() for one in column.rounds]
        )
        .order_by()
        .values_list("round__template", "round__period")
        .annotate(
            units=Count("pk"),
            handed=Count("pk", filter=Q(state__in=HANDED_IN)),
            late=Count("pk", filter=late),
        )
    )
    for template, period, units, handed, behind in counted:
        column = found[template, period]
        column.units, column.handed, column.late = units, handed, behind
    return list(found.values())


def _any_of(called: Iterable[Called]) -> Q:
    wanted = Q(pk__in=[])
    for template, period in called:
        wanted |= Q(template=template, period=period)
    return wanted


def board(
    by: Mandate, on: date, found: Sequence[Column], *, state: str = "", words: str = "", page: int = 1
) -> Board:
    """The cells of these columns; three queries."""
    asked = Return.objects.filter(scope(by), round__in=_rounds(found)).filter(_condition(state, on))
    units = Unit.objects.filter(pk__in=asked.values("unit")).order_by("name", "pk")
    if words:
        named = [
            pk for pk, name in units.values_list("pk", "name") if strip_marks(words) in strip_marks(name)
        ]
        units = units.filter(pk__in=named)
    total = units.count()
    shown = list(units.select_related("parent")[(page - 1) * PER_PAGE : page * PER_PAGE])
    cells = _cells(found, [unit.pk for unit in shown], on)
    return Board(
        found,
        [BoardRow(unit, [cells.get((unit.pk, column.called)) for column in found]) for unit in shown],
        total,
    )


def _rounds(found: Iterable[Column]) -> list[int]:
    return [one.pk for column in found for one in column.rounds]


def _cells(
    found: Sequence[Column], units: Collection[int], on: date
) -> Mapping[tuple[int, Called], BoardCell]:
    called = {one.pk: column.called for column in found for one in column.rounds}
    rows = Return.objects.filter(round__in=list(called), unit__in=units).order_by()
    return {
        (unit, called[one]): BoardCell(pk, state, due, _day(at), chased, _day(last), on)
        for pk, unit, one, state, due, at, chased, last in rows.values_list(
            "pk", "unit", "round", "state", "due", "handed_in_at", "times_chased", "last_chased_at"
        )
    }


def screen(by: Mandate, on: date, column: Column, *, state: str = "", words: str = "") -> Screen:
    """One query, whatever the number of units; provinces without a unit of that name are left out."""
    rows = (
        Return.objects.filter(scope(by), _condition(state, on), round__in=_rounds([column]))
        .order_by("unit__parent__name", "unit__name", "pk")
        .values_list(
            "unit__parent__name", "unit__kind", "unit__name",
            "pk", "state", "due", "handed_in_at", "times_chased", "last_chased_at",
        )
    )  # fmt: skip
    bare, provinces = strip_marks(words), []
    for province, group in groupby(rows.iterator(chunk_size=5000), key=lambda row: row[0] or ""):
        units = [
            Seen(f"{kind[:1].upper()}{kind[1:]} {name}", _seen(rest, on))
            for _province, kind, name, *rest in group
            if bare in strip_marks(name)
        ]
        if units:
            provinces.append((province, units))
    return Screen(column, provinces)


def _seen(row: Sequence[Any], on: date) -> BoardCell:
    pk, state, due, at, chased, last = row
    return BoardCell(pk, state, due, _day(at), chased, _day(last), on)


def _day(at: datetime | None) -> date | None:
    return timezone.localtime(at).date() if at else None


def _condition(state: str, on: date) -> Q:
    owing = ~Q(state__in=HANDED_IN)
    return {
        HANDED: Q(state__in=HANDED_IN),
        OWING: owing,
        LATE: owing & Q(due__lt=on),
        WAITING: Q(state=State.APPROVED),
        BACK: Q(state=State.SENT_BACK),
        DONE: Q(state__in=COUNTED),
        CHASED: owing & Q(times_chased__gt=0),
        IN_LATE: Q(handed_in_at__date__gt=F("due")),
    }.get(state, Q())

"""What is open and what is stuck, by unit, topic and holder: for those who look after more than one unit.

Only open matters are counted, so the page costs what is at work now and not what the register holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.http import urlencode
from django.utils.translation import get_language

from thongsuot.lawbook.topics import OTHER, topic_name
from thongsuot.matters.clocks import all_states, clock_counts, in_clock_state
from thongsuot.matters.enums import ClockState, Direction
from thongsuot.matters.models import Matter
from thongsuot.matters.policies import scope
from thongsuot.matters.queries.remembering import counted
from thongsuot.staffing.queries.transfers import silent_units
from thongsuot.units.models import Mandate
from thongsuot.units.queries.asking import standing_of
from thongsuot.web.links import link_to, link_to_list
from thongsuot.web.worded import Rows, Statement, worded

BUSIEST = 15


@dataclass(frozen=True, slots=True)
class Tally:
    """Open proposals and tasks under one heading, and how many of them are late; each a link to its rows."""

    label: str
    url: str
    query: str
    up: int
    up_late: int
    down: int
    down_late: int

    @property
    def up_url(self) -> str:
        return f"{link_to_list('matters:proposals')}?{self.query}&open=true"

    @property
    def up_late_url(self) -> str:
        return f"{link_to_list('matters:proposals')}?{self.query}&clock={ClockState.OVERDUE.value}"

    @property
    def down_url(self) -> str:
        return f"{link_to_list('matters:tasks')}?{self.query}&open=true"

    @property
    def down_late_url(self) -> str:
        return f"{link_to_list('matters:tasks')}?{self.query}&clock={ClockState.OVERDUE.value}"


@dataclass(frozen=True, slots=True)
class Overview:
    """How the open ones stand; the states add up to `total`."""

    up: dict[str, int]
    down: dict[str, int]
    units: Sequence[Tally]
    topics: Sequence[Tally]
    silent: int  # units that have let the day pass on which they were to answer about a transfer

    @property
    def late(self) -> int:
        return self.up[ClockState.OVERDUE] + self.down[ClockState.OVERDUE]

    @property
    def total(self) -> int:
        return sum(self.up.values()) + sum(self.down.values())


def overview(by: Mandate, on: date) -> Overview:
    def ask(what: str, counts: Callable[[QuerySet[Matter]], QuerySet[Any, Any]]) -> Statement | None:
        question = ("overview", what, standing_of(by), on)
        return worded(question, lambda: counts(Matter.objects.filter(scope(by), open=True)))

    up, down = (
        ask(way, lambda rows, way=way: clock_counts(rows.filter(direction=way), on))  # type: ignore[misc]
        for way in (Direction.UP, Direction.DOWN)
    )
    ups, downs = all_states(counted(up)), all_states(counted(down))
    total = sum(ups.values()) + sum(downs.values())  # the busiest units are found among all of them

    def tallied(what: str, counts: Callable[[QuerySet[Matter], date], QuerySet[Any, Any]]) -> Rows:
        return counted(ask(what, lambda rows: counts(rows, on)), lambda _rows: total)

    return Overview(
        up=ups,
        down=downs,
        units=_by_unit(tallied("units", _unit_counts)),
        topics=_by_topic(tallied("topics", _topic_counts)),
        silent=silent_units(by, on),
    )


_COUNTS = ("up", "up_late", "down", "down_late")


def _with_counts(rows: QuerySet[Any, Any], on: date) -> Any:
    """With the open and the late of both directions under each heading."""
    late = in_clock_state(ClockState.OVERDUE, on)
    up, down = Q(direction=Direction.UP), Q(direction=Direction.DOWN)
    return rows.annotate(
        up=Count("pk", filter=up),
        up_late=Count("pk", filter=up & late),
        down=Count("pk", filter=down),
        down_late=Count("pk", filter=down & late),
    )


def _unit_counts(rows: QuerySet[Matter], on: date) -> QuerySet[Any, Any]:
    """The units with the most that is late, then the most that is open."""
    unit = ("unit", "unit__kind", "unit__name")
    counts = _with_counts(rows.filter(unit__isnull=False).order_by().values(*unit), on)
    first = counts.order_by("-up_late", "-down_late", "-up", "-down", "unit__name", "unit")[:BUSIEST]
    found: QuerySet[Any, Any] = first.values_list(*unit, *_COUNTS)
    return found


def _by_unit(rows: Rows) -> list[Tally]:
    return [
        Tally(f"{kind} {name}", link_to("units:page", unit), urlencode({"unit": unit}), *counts)
        for unit, kind, name, *counts in rows
    ]


def _topic_counts(rows: QuerySet[Matter], on: date) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = _with_counts(rows.order_by().values("topic"), on).values_list(
        "topic", *_COUNTS
    )
    return found


def _by_topic(rows: Rows) -> list[Tally]:
    language = get_language() or "vi"
    tallies = [
        Tally(topic_name(topic, language), "", urlencode({"topic": topic}), *counts)
        for topic, *counts in sorted(rows, key=lambda row: (row[0] == OTHER, row[0]))
    ]
    return sorted(tallies, key=lambda tally: -(tally.up_late + tally.down_late + tally.up + tally.down))

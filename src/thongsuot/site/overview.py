"""What is open and what is stuck, by unit, topic and holder: for those who look after more than one unit.

Only open matters are counted, so the page costs what is at work now and not what the register holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from thongsuot.lawbook.topics import OTHER, topic_name
from thongsuot.matters.clocks import counted_by_clock, in_clock_state
from thongsuot.matters.enums import ClockState, Direction
from thongsuot.matters.models import Matter
from thongsuot.matters.policies import scope
from thongsuot.matters.queries.remembering import remembered
from thongsuot.staffing.queries.transfers import silent_units
from thongsuot.units.models import Mandate

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
        return f"{reverse('matters:proposals')}?{self.query}&open=true"

    @property
    def up_late_url(self) -> str:
        return f"{reverse('matters:proposals')}?{self.query}&clock={ClockState.OVERDUE.value}"

    @property
    def down_url(self) -> str:
        return f"{reverse('matters:tasks')}?{self.query}&open=true"

    @property
    def down_late_url(self) -> str:
        return f"{reverse('matters:tasks')}?{self.query}&clock={ClockState.OVERDUE.value}"


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
    rows = Matter.objects.filter(scope(by), open=True)
    counted = remembered(
        f"overview {on} {get_language()}", rows, lambda rows: _overview(rows, on), lambda found: found.total
    )
    return replace(counted, silent=silent_units(by, on))


def _overview(rows: QuerySet[Matter], on: date) -> Overview:
    return Overview(
        up=counted_by_clock(rows.filter(direction=Direction.UP), on),
        down=counted_by_clock(rows.filter(direction=Direction.DOWN), on),
        units=_by_unit(rows, on),
        topics=_by_topic(rows, on),
        silent=0,
    )


def _counted(rows: QuerySet[Any, Any], on: date) -> Any:
    """With the open and the late of both directions under each heading."""
    late = in_clock_state(ClockState.OVERDUE, on)
    up, down = Q(direction=Direction.UP), Q(direction=Direction.DOWN)
    return rows.annotate(
        up=Count("pk", filter=up),
        up_late=Count("pk", filter=up & late),
        down=Count("pk", filter=down),
        down_late=Count("pk", filter=down & late),
    )


def _by_unit(rows: QuerySet[Matter], on: date) -> list[Tally]:
    """The units with the most that is late, then the most that is open."""
    named = rows.filter(unit__isnull=False).order_by()
    counted = _counted(named.values("unit", "unit__kind", "unit__name"), on)
    first = counted.order_by("-up_late", "-down_late", "-up", "-down", "unit__name", "unit")[:BUSIEST]
    return [
        Tally(
            f"{row['unit__kind']} {row['unit__name']}",
            reverse("units:page", args=[row["unit"]]),
            urlencode({"unit": row["unit"]}),
            *_numbers(row),
        )
        for row in first
    ]


def _by_topic(rows: QuerySet[Matter], on: date) -> list[Tally]:
    language = get_language() or "vi"
    counted = _counted(rows.order_by().values("topic"), on)
    tallies = [
        Tally(topic_name(row["topic"], language), "", urlencode({"topic": row["topic"]}), *_numbers(row))
        for row in sorted(counted, key=lambda row: (row["topic"] == OTHER, row["topic"]))
    ]
    return sorted(tallies, key=lambda tally: -(tally.up_late + tally.down_late + tally.up + tally.down))


def _numbers(row: dict[str, int]) -> tuple[int, int, int, int]:
    return row["up"], row["up_late"], row["down"], row["down_late"]

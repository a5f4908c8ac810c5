"""What stands in a cell before anybody types: nobody is asked what is known.

Apps above may register further counts; those of the loop are here. A count is of a unit over the days of a period, and
what follows the period is not in it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.indicators.enums import Aggregation, Entry
from thongsuot.indicators.models import Period, StatedFigure
from thongsuot.indicators.queries import SaidThen, figures_at, held_figures
from thongsuot.matters.enums import Direction, State
from thongsuot.matters.models import Matter
from thongsuot.returns.checking import Cell
from thongsuot.returns.enums import Prefill
from thongsuot.returns.models import TemplateLine
from thongsuot.units.models import Unit

# Counts of each unit over the days, by the codes asked for.
Source = Callable[[Collection[int], date, date], Mapping[int, Mapping[str, int]]]


@dataclass(frozen=True, slots=True)
class Given:
    """A cell filled in beforehand, and where it comes from."""

    cell: Cell
    entry: Entry
    where: str = ""


_LABELS: dict[str, str | Promise] = {}
_SOURCES: list[tuple[frozenset[str], Source]] = []


def register_counts(labels: Mapping[str, str | Promise], source: Source) -> None:
    if not set(labels) <= set(_LABELS):
        _LABELS.update(labels)
        _SOURCES.append((frozenset(labels), source))


def counts() -> Mapping[str, str | Promise]:
    """Everything that can be counted, with its name."""
    return dict(_LABELS)


def prefilled(unit: Unit, period: Period, lines: Collection[TemplateLine]) -> Mapping[int, Given]:
    """By key of the line. What a paper in force states of the period already stands in any line that asks for it."""
    known = _last(unit, period, [line for line in lines if line.prefill == Prefill.LAST])
    known |= _counted(unit, period, [line for line in lines if line.prefill == Prefill.LOOP])
    return known | _held(unit, period, lines)


def _last(unit: Unit, period: Period, lines: Collection[TemplateLine]) -> dict[int, Given]:
    before = previous(period)
    if before is None or not lines:
        return {}
    known = figures_at([unit], [before], [line.indicator for line in lines])
    return {
        line.pk: Given(cell_of(figure), Entry.HELD, str(before))
        for line in lines
        if (figure := known.get((unit.pk, before.pk, line.indicator_id)))
    }


def previous(period: Period) -> Period | None:
    """The period of the same kind before it, where anything was ever reported for it."""
    name = period.period_name.moved(-1)
    return Period.objects.filter(
        calendar=period.calendar, kind=name.kind, year=name.year, number=name.number
    ).first()


def _counted(unit: Unit, period: Period, lines: Collection[TemplateLine]) -> dict[int, Given]:
    found: dict[str, int] = {}
    wanted = {line.counted for line in lines}
    for codes, source in _SOURCES:
        if codes & wanted:
            found |= source([unit.pk], period.first_day, period.last_day).get(
                unit.pk, dict.fromkeys(codes, 0)
            )
    return {
        line.pk: Given(Cell(Decimal(found[line.counted])), Entry.LOOP, str(_LABELS[line.counted]))
        for line in lines
        if line.counted in found
    }


def _held(unit: Unit, period: Period, lines: Collection[TemplateLine]) -> dict[int, Given]:
    """Of this very period; else, where the line asks so, out of the shorter periods within it."""
    stated = figures_at([unit], [period], [line.indicator for line in lines])
    known = {
        line.pk: Given(cell_of(figure), Entry.HELD, figure.statement.title)
        for line in lines
        if (figure := stated.get((unit.pk, period.pk, line.indicator_id)))
    }
    asks = [line for line in lines if line.prefill == Prefill.HELD and line.pk not in known]
    if asks:
        held = held_figures(unit, period, [line.indicator for line in asks])
        for line in asks:
            if one := held.get(line.indicator_id):
                cell = Cell(one.value, one.second, one.words, one.applicable)
                known[line.pk] = Given(cell, Entry.HELD, one.where)
    rest = [line for line in asks if line.pk not in known]
    return known | _out_of_shorter(unit, period, rest)


def _out_of_shorter(unit: Unit, period: Period, lines: Collection[TemplateLine]) -> dict[int, Given]:
    """A flow is the sum of all the shorter periods, a stock what the last of them ends with."""
    if not lines:
        return {}
    within = StatedFigure.objects.filter(
        unit=unit,
        in_force=True,
        applicable=True,
        indicator__in=[line.indicator_id for line in lines],
        period__year=period.year,
    ).exclude(period__kind=period.kind)
    by_indicator: dict[int, list[StatedFigure]] = {}
    for figure in within.select_related("period").order_by("period__last_day"):
        if period.period_name.covers(figure.period.period_name):
            by_indicator.setdefault(figure.indicator_id, []).append(figure)
    known = {}
    for line in lines:
        if cell := _together(period, line, by_indicator.get(line.indicator_id, [])):
            known[line.pk] = Given(cell, Entry.HELD, str(period))
    return known


def _together(period: Period, line: TemplateLine, figures: Collection[StatedFigure]) -> Cell | None:
    months = {month for figure in figures for month in figure.period.period_name.months}
    last = list(figures)[-1] if figures else None
    if last is None or max(months) != max(period.period_name.months):
        return None
    if line.indicator.over_periods == Aggregation.LATEST:
        return cell_of(last)
    whole = sum(len(figure.period.period_name.months) for figure in figures) == len(period.period_name.months)
    if line.indicator.over_periods != Aggregation.SUM or not whole:
        return None
    return Cell(sum((figure.value for figure in figures if figure.value is not None), Decimal()))


def cell_of(figure: StatedFigure | SaidThen) -> Cell:
    return Cell(figure.value, figure.second, figure.words, figure.applicable)


# Counts of the loop.

TASKS = {
    "tasks_assigned": _("Nhiệm vụ cấp trên giao còn phải làm trong kỳ"),
    "tasks_done_in_time": _("Nhiệm vụ hoàn thành đúng hạn"),
    "tasks_done_late": _("Nhiệm vụ hoàn thành quá hạn"),
    "tasks_in_term": _("Nhiệm vụ đang làm, trong hạn"),
    "tasks_overdue": _("Nhiệm vụ quá hạn"),
}
PROPOSALS = {
    "proposals_raised": _("Kiến nghị nêu trong kỳ"),
    "proposals_answered": _("Kiến nghị được trả lời trong kỳ"),
}


def tasks(units: Collection[int], first: date, last: date) -> Mapping[int, Mapping[str, int]]:
    """Tasks that were to be done within the days, as they stood at the last of them; the parts add up to the whole."""
    given = Matter.objects.filter(
        Q(stopped_on__isnull=True) | Q(stopped_on__gte=first),
        unit__in=units,
        direction=Direction.DOWN,
        raised_on__lte=last,
        due_on__isnull=False,
    ).exclude(state__in=[State.RECORDED, State.WITHDRAWN])
    done, over = Q(stopped_on__lte=last), Q(stopped_on__isnull=True) | Q(stopped_on__gt=last)
    return _by_unit(
        given.order_by()
        .values("unit")
        .annotate(
            tasks_assigned=Count("pk"),
            tasks_done_in_time=Count("pk", filter=done & Q(stopped_on__lte=F("due_on"))),
            tasks_done_late=Count("pk", filter=done & Q(stopped_on__gt=F("due_on"))),
            tasks_in_term=Count("pk", filter=over & Q(due_on__gte=last)),
            tasks_overdue=Count("pk", filter=over & Q(due_on__lt=last)),
        )
    )


def proposals(units: Collection[int], first: date, last: date) -> Mapping[int, Mapping[str, int]]:
    asked = Matter.objects.filter(unit__in=units, direction=Direction.UP).exclude(state=State.WITHDRAWN)
    days = (first, last)
    return _by_unit(
        asked.filter(Q(raised_on__range=days) | Q(stopped_on__range=days))
        .order_by()
        .values("unit")
        .annotate(
            proposals_raised=Count("pk", filter=Q(raised_on__range=days)),
            proposals_answered=Count("pk", filter=Q(stopped_on__range=days)),
        )
    )


def _by_unit(rows: Iterable[Any]) -> Mapping[int, Mapping[str, int]]:
    return {row["unit"]: {name: value for name, value in row.items() if name != "unit"} for row in rows}


def count_the_loop() -> None:
    register_counts(TASKS, tasks)
    register_counts(PROPOSALS, proposals)

"""What counts: a statement comes into force, and the sums it is part of are made anew.

Acts of one province come one after the other (its row is locked), so that two accepted at once are both in the sum.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import groupby
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.audit.actions import record
from thongsuot.indicators.aggregation import Point, Several
from thongsuot.indicators.enums import Acts
from thongsuot.indicators.models import Period, StatedFigure, Statement, Subtotal, UnitYear
from thongsuot.indicators.policies import may_count
from thongsuot.indicators.queries.exact import ExactSum
from thongsuot.indicators.queries.statements import clashing, figures_of, others_in_force
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.units.enums import Tier
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import province_of

Kept = TypeVar("Kept", Subtotal, UnitYear)

_NAMED = 5
# Indicators touched, by period and province, while many statements come into force together.
_TOUCHED: ContextVar[dict[tuple[int, Unit], set[int]] | None] = ContextVar("touched", default=None)
_SUMS = ("units", "not_applicable", "value", "second", "highest", "lowest")
_OF_A_YEAR = (
    "said", "applicable", "value", "second", "last_applicable", "last_value", "last_second", "highest",
    "highest_second",
)  # fmt: skip


@contextmanager
def added_up_together() -> Iterator[None]:
    """Around many acts in one transaction: the sums they touch are made anew once, at their end."""
    touched: dict[tuple[int, Unit], set[int]] = defaultdict(set)
    token = _TOUCHED.set(touched)
    try:
        yield
    finally:
        _TOUCHED.reset(token)
    for (period, province), indicators in touched.items():
        _add_up(period, province, indicators)


@transaction.atomic
def put_in_force(*, by: Mandate, statement: Statement) -> int:
    """Its figures count from now on, those of an earlier version no more. Gives the number that count.

    A number another paper in force gives already counts once; where it gives another one, this is refused.
    """
    province = province_of(statement.unit)
    _one_at_a_time(province)
    statement = Statement.objects.select_related("unit", "period").get(pk=statement.pk)
    require(may_count(by, statement.unit))
    if statement.in_force:
        return figures_of(statement).filter(in_force=True).count()
    _require_newest(statement)
    _require_no_clash(statement)
    touched = _set_aside_earlier(statement)
    Statement.objects.filter(pk=statement.pk).update(
        in_force=True, in_force_since=timezone.now(), stated_by=by.actor.name[:200]
    )
    touched |= set(figures_of(statement).values_list("indicator", flat=True))
    counted = _count_once(statement)
    if (together := _TOUCHED.get()) is not None:
        together[statement.period_id, province] |= touched
    else:
        _add_up(statement.period_id, province, touched)
    _keep_year(statement.period, [statement.unit], touched)
    record(by=by, verb=Acts.COUNTED, subject=statement, details={"figures": counted, "key": statement.key})
    return counted


def _one_at_a_time(province: Unit) -> None:
    Unit.objects.select_for_update(no_key=True).get(pk=province.pk)


def _require_newest(statement: Statement) -> None:
    if Statement.objects.filter(key=statement.key, version__gt=statement.version, in_force=True).exists():
        raise Refused(_("“%(title)s” đã có phiên bản mới hơn được tính.") % {"title": statement.title})


def _require_no_clash(statement: Statement) -> None:
    found = list(clashing(figures_of(statement), others_in_force(statement)))
    if not found:
        return
    says = "; ".join(
        _("%(name)s: ở đây %(here)s, trong “%(title)s” %(other)s")
        % {
            "name": one.indicator,
            "here": one.here.display(),
            "title": one.statement.title,
            "other": one.other.display(),
        }
        for one in found[:_NAMED]
    )
    raise Refused(
        ngettext(
            "%(count)s số khác với báo cáo đã tiếp nhận của cùng đơn vị, cùng kỳ: %(says)s. Sửa một trong hai.",
            "%(count)s số khác với báo cáo đã tiếp nhận của cùng đơn vị, cùng kỳ: %(says)s. Sửa một trong hai.",
            len(found),
        )
        % {"count": len(found), "says": says}
    )


def _set_aside_earlier(statement: Statement) -> set[int]:
    """The indicators the version before gave, which counts no more."""
    before = StatedFigure.objects.filter(statement__key=statement.key, in_force=True)
    touched = set(before.values_list("indicator", flat=True))
    if touched:
        before.update(in_force=False)
    Statement.objects.filter(key=statement.key, in_force=True).update(in_force=False)
    return touched


def _count_once(statement: Statement) -> int:
    """At every address of the unit and the period that none counts at, the oldest paper in force does."""
    papers = Statement.objects.filter(unit=statement.unit_id, period=statement.period_id, in_force=True)
    waiting = StatedFigure.objects.filter(statement__in=papers).order_by("statement_id", "pk")
    rows = list(waiting.values_list("pk", "indicator", "in_force", "statement"))
    held = {indicator for _pk, indicator, in_force, _statement in rows if in_force}
    chosen: dict[int, tuple[int, int]] = {}
    for pk, indicator, _in_force, paper in rows:
        if indicator not in held:
            chosen.setdefault(indicator, (pk, paper))
    StatedFigure.objects.filter(pk__in=[pk for pk, _paper in chosen.values()]).update(in_force=True)
    return sum(1 for _pk, paper in chosen.values() if paper == statement.pk)


@transaction.atomic
def rebuild_subtotals(*, periods: Iterable[Period]) -> int:
    """After figures were loaded in bulk; gives the same lines as the acts that put them in force would have."""
    periods = list(periods)
    for period in {(one.calendar, one.kind, one.year): one for one in periods}.values():
        for communes in _by_parent():
            _keep_year(period, communes, None)
    return sum(_add_up(period.pk, None, None) for period in periods)


def _by_parent() -> Iterator[list[Unit]]:
    """A province at a time: what is in hand at once stays small."""
    communes = Unit.objects.filter(tier=Tier.COMMUNE).order_by("parent", "pk")
    for _parent, group in groupby(communes.iterator(), key=lambda unit: unit.parent_id):
        yield list(group)


def _add_up(period: int, province: Unit | None, indicators: Collection[int] | None) -> int:
    """Lines of one province and the touched indicators, or of all; one query to add, one or two to write."""
    counted = StatedFigure.objects.filter(in_force=True, period=period)
    kept = Subtotal.objects.filter(period=period)
    if province is not None:
        communes = Unit.objects.filter(Q(parent=province) | Q(parent__parent=province))
        counted = counted.filter(unit__in=list(communes.values_list("pk", flat=True)))
        kept = kept.filter(province=province)
    if indicators is not None:
        counted = counted.filter(indicator__in=indicators)
        kept = kept.filter(indicator__in=indicators)
    lines = [Subtotal(**line) for line in _sums(counted)]
    _keep(kept, lines, ("period_id", "province_id", "indicator_id"), _SUMS)
    return len(lines)


def _keep_year(period: Period, units: Collection[Unit], indicators: Collection[int] | None) -> None:
    """What each of the communes said over the year of the period, of the touched indicators or of all; three queries
    to read, one or two to write."""
    communes = [unit.pk for unit in units if unit.tier == Tier.COMMUNE]
    year = {"calendar": period.calendar, "kind": period.kind, "year": period.year}
    # By their keys: the index of figures leads with unit and period, and a join would not find that out.
    numbers = dict(Period.objects.filter(**year).order_by().values_list("pk", "number"))
    counted = StatedFigure.objects.filter(
        in_force=True, unit__in=communes, period__in=list(numbers)
    ).order_by()
    kept = UnitYear.objects.filter(unit__in=communes, **year)
    if indicators is not None:
        counted = counted.filter(indicator__in=indicators)
        kept = kept.filter(indicator__in=indicators)
    found: dict[tuple[int, int], Several] = {}
    for unit, indicator, period_key, value, second, applicable in counted.values_list(
        "unit", "indicator", "period", "value", "second", "applicable"
    ):
        said = Several.of(Point(unit, numbers[period_key], value, second, applicable))
        there = found.get((unit, indicator))
        found[unit, indicator] = said if there is None else there + said
    lines = [
        UnitYear(
            unit_id=unit,
            indicator_id=indicator,
            **year,
            said=one.said,
            applicable=one.added.applicable,
            value=one.added.value,
            second=one.added.second,
            last_applicable=one.latest.applicable,
            last_value=one.latest.value,
            last_second=one.latest.second,
            highest=one.highest.value,
            highest_second=one.highest.second,
        )
        for (unit, indicator), one in sorted(found.items())
    ]
    _keep(kept, lines, ("year", "kind", "calendar", "unit_id", "indicator_id"), _OF_A_YEAR)


def _keep(kept: QuerySet[Kept], lines: Sequence[Kept], address: Sequence[str], said: Sequence[str]) -> None:
    """What was kept becomes these lines; an address nothing is said at any more goes."""
    there = {tuple(getattr(line, name) for name in address) for line in lines}
    empty = [pk for pk, *at in kept.values_list("pk", *address) if tuple(at) not in there]
    if empty:
        kept.model.objects.filter(pk__in=empty).delete()
    kept.model.objects.bulk_create(
        lines, update_conflicts=True, unique_fields=address, update_fields=said, batch_size=5000
    )


def _sums(counted: QuerySet[StatedFigure]) -> Iterable[Mapping[str, Any]]:
    """What a province states of itself stands beside what its communes state, and is no part of their sum."""
    return (
        counted.filter(unit__tier=Tier.COMMUNE)
        .order_by()
        .values("period_id", "indicator_id", province_id=Coalesce("unit__parent__parent", "unit__parent"))
        .annotate(
            units=Count("pk", filter=Q(applicable=True)),
            not_applicable=Count("pk", filter=Q(applicable=False)),
            highest=Max("value"),
            lowest=Min("value"),
            second=ExactSum("second"),
            value=ExactSum("value"),  # last: from here on the name means the sum
        )
    )

"""Papers that state figures: opened, filled in, carried on as the next version.

Each is one step of an act of the app that keeps the paper, and that act records the event.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.indicators.models import Period, StatedFigure, Statement
from thongsuot.indicators.policies import may_state
from thongsuot.indicators.told import Told, Unsound, faults_in
from thongsuot.kernel.periods import PeriodName
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.reporting import cut_off, first_day
from thongsuot.units.models import Mandate, Unit

_CHANGED = ("value", "second", "qualifier", "words", "applicable", "entry", "locator")
_SAID = ("value", "second", "qualifier", "words", "applicable")


def period_for(calendar: str, name: PeriodName) -> Period:
    """The period of that name in that calendar, with the days the rule gives it."""
    period, _new = Period.objects.get_or_create(
        calendar=calendar,
        kind=name.kind,
        year=name.year,
        number=name.number,
        defaults={"first_day": first_day(calendar, name), "last_day": cut_off(calendar, name)},
    )
    return period


@transaction.atomic
def open_statement(
    *, by: Mandate, key: str, version: int, unit: Unit, period: Period, title: str, path: str
) -> Statement:
    require(may_state(by, unit))
    return Statement.objects.create(
        key=key, version=version, unit=unit, period=period, title=title[:300], path=path[:200]
    )


@transaction.atomic
def state_figures(*, by: Mandate, statement: Statement, told: Sequence[Told]) -> int:
    """Write what is told over what stood there; what is told as blank goes. Gives the number of figures changed.

    Nothing is written where anything is wrong (Unsound, with every fault). Two queries to read, two to write,
    whatever the number of figures.
    """
    statement = _still_open(by, statement)
    told = [replace(one, words=one.words.strip()) for one in told]
    if faults := faults_in(told, statement.period):
        raise Unsound(faults)
    there = {
        indicator: (pk, said)
        for pk, indicator, *said in StatedFigure.objects.filter(
            statement=statement, indicator__in=[one.indicator.pk for one in told]
        ).values_list("pk", "indicator", *_SAID)
    }
    gone = [there[one.indicator.pk][0] for one in told if one.is_blank and one.indicator.pk in there]
    kept = [
        _figure(statement, one)
        for one in told
        if not one.is_blank and (one.indicator.pk not in there or there[one.indicator.pk][1] != _said(one))
    ]
    if gone:
        StatedFigure.objects.filter(pk__in=gone).delete()
    if kept:
        StatedFigure.objects.bulk_create(
            kept, update_conflicts=True, unique_fields=["statement", "indicator"], update_fields=_CHANGED
        )
    return len(gone) + len(kept)


def _still_open(by: Mandate, statement: Statement) -> Statement:
    statement = (
        Statement.objects.select_for_update(of=("self",))
        .select_related("unit", "period")
        .get(pk=statement.pk)
    )
    require(may_state(by, statement.unit))
    if statement.in_force_since is not None:
        raise Refused(
            _(
                "“%(title)s” đã được tiếp nhận, số liệu không sửa được nữa. Mở lại báo cáo để lập phiên bản mới."
            )
            % {"title": statement.title}
        )
    return statement


def _said(told: Told) -> list[object]:
    """What `_SAID` names, as the row would hold it."""
    return [told.value, told.second, told.sure, told.words, told.applicable]


def _figure(statement: Statement, told: Told) -> StatedFigure:
    return StatedFigure(
        statement=statement,
        indicator=told.indicator,
        unit_id=statement.unit_id,
        period_id=statement.period_id,
        value=told.value,
        second=told.second,
        qualifier=told.sure,
        words=told.words,
        applicable=told.applicable,
        entry=told.entry,
        locator=told.locator[:80],
    )


@transaction.atomic
def copy_statement(*, by: Mandate, statement: Statement, version: int, path: str) -> Statement:
    """The next version begins with the figures of the one before, which stays as it is and counts as it did."""
    require(may_state(by, statement.unit))
    copy = Statement.objects.create(
        key=statement.key,
        version=version,
        unit_id=statement.unit_id,
        period_id=statement.period_id,
        title=statement.title,
        path=path[:200],
    )
    figures = StatedFigure.objects.filter(statement=statement).order_by("pk")
    for figure in (rows := list(figures)):
        figure.pk, figure.statement, figure.in_force = None, copy, False
    StatedFigure.objects.bulk_create(rows)
    return copy

"""Keeping figures and the catalogue they belong to.

- load_catalogue(by) -> number of indicators added or changed      (command load_indicators; idempotent)
- propose_indicator(by, name, unit_of_measure, kind=COUNT) -> (Indicator, new)
- record_figure(by, indicator, unit, on, reading, citation, origin="") -> Figure
  where reading = Reading(value, unit_of_measure, as_printed, qualifier="=", second=None)
- remove_figure(by, figure); remove_indicator(by, indicator)       only a proposed one without figures
queries.indicator_for_measure(measure, context=sentence, at=place of the figure in it) tells which indicator it is of.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.actors import HasActor
from thongsuot.audit.removal import remove_or_refuse
from thongsuot.indicators.enums import PAIRED, Acts, Aggregation, Kind, Qualifier
from thongsuot.indicators.models import Figure, Indicator
from thongsuot.indicators.policies import may
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.lawbook.indicators import IndicatorRule, catalogue_date, indicator_rules
from thongsuot.sources.models import Citation
from thongsuot.sources.policies import may as may_source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit

_LIMIT = Decimal(10) ** 18


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as the text has it; `second` is the end of a range or what a ratio is out of."""

    value: Decimal
    unit_of_measure: str
    as_printed: str
    qualifier: str = Qualifier.EXACT
    second: Decimal | None = None


@transaction.atomic
def load_catalogue(*, by: HasActor) -> int:
    """Bring the register in line with the lawbook; figures and proposed indicators stay as they are."""
    there = {indicator.code: indicator for indicator in Indicator.objects.filter(code__in=indicator_rules())}
    changed = [
        indicator for rule in indicator_rules().values() if (indicator := _follow(rule, there.get(rule.code)))
    ]
    for indicator in changed:
        indicator.save()
    if changed:
        codes = [indicator.code for indicator in changed]
        record(by=by, verb=Acts.LOADED, subject=changed[0], details={"codes": codes})
    return len(changed)


def _follow(rule: IndicatorRule, indicator: Indicator | None) -> Indicator | None:
    """The indicator as the rule has it, or None where it is so already."""
    wanted = {
        "name": rule.name["vi"],
        "name_en": rule.name["en"],
        "unit_of_measure": rule.unit,
        "pillar": rule.pillar,
        "kind": rule.kind,
        "over_units": rule.over_units,
        "over_periods": rule.over_periods,
        "direction": rule.direction,
        "decimals": rule.decimals,
        "definition": rule.definition,
        "source": f"lawbook {catalogue_date():%d-%m-%Y}",
        "proposed": False,
    }
    indicator = indicator or Indicator(code=rule.code)
    if indicator.pk and all(getattr(indicator, name) == value for name, value in wanted.items()):
        return None
    for name, value in wanted.items():
        setattr(indicator, name, value)
    return indicator


@transaction.atomic
def propose_indicator(
    *, by: Mandate, name: str, unit_of_measure: str, kind: Kind = Kind.COUNT
) -> tuple[Indicator, bool]:
    """For a figure nothing in the catalogue fits; the same name and measure twice is one proposal."""
    require(may(by, Verb.CONFIRM))
    code = "x-" + re.sub(r"\W+", "-", strip_marks(f"{name} {unit_of_measure}")).strip("-")[:58]
    if code == "x-":
        raise Refused(_("Chỉ tiêu chưa có tên. Nhập tên chỉ tiêu và đơn vị tính."))
    indicator, new = Indicator.objects.get_or_create(
        code=code,
        defaults={
            "name": name.strip()[:200] or unit_of_measure,
            "unit_of_measure": unit_of_measure[:60],
            "kind": kind,
            "over_units": Aggregation.NONE,
            "proposed": True,
        },
    )
    if new:
        record(by=by, verb=Acts.PROPOSED, subject=indicator)
    return indicator, new


@transaction.atomic
def record_figure(
    *,
    by: Mandate,
    indicator: Indicator,
    unit: Unit,
    on: date,
    reading: Reading,
    citation: Citation,
    origin: str = "",
) -> Figure:
    require(may_source(by, Verb.CONFIRM, citation.source))
    _require_sense(reading)
    if Figure.objects.filter(indicator=indicator, unit=unit, on=on, citation=citation).exists():
        raise Refused(_("Số liệu “%(printed)s” đã có trong sổ.") % {"printed": reading.as_printed})
    figure = Figure.objects.create(
        indicator=indicator,
        unit=unit,
        on=on,
        value=reading.value,
        second=reading.second,
        qualifier=reading.qualifier,
        unit_of_measure=reading.unit_of_measure[:60],
        as_printed=reading.as_printed[:300],
        citation=citation,
        confirmed_by=by.actor.name,
        origin=origin[:300],
    )
    details = {
        "unit": unit.code,
        "on": on.isoformat(),
        "value": str(figure.value),
        "qualifier": str(figure.qualifier),
    }
    record(by=by, verb=Acts.FIGURE_RECORDED, subject=figure, details=dict(details))
    return figure


def _require_sense(reading: Reading) -> None:
    printed = {"printed": reading.as_printed}
    numbers = [number for number in (reading.value, reading.second) if number is not None]
    if not all(number.is_finite() and abs(number) < _LIMIT for number in numbers):
        raise Refused(_("“%(printed)s” không phải là một số ghi được vào sổ.") % printed)
    if (reading.qualifier in PAIRED) != (reading.second is not None):
        raise Refused(_("“%(printed)s”: khoảng hoặc tỷ lệ cần hai số, còn lại chỉ một số.") % printed)
    if reading.qualifier == Qualifier.RANGE and reading.second is not None and reading.second < reading.value:
        raise Refused(_("“%(printed)s”: số cuối của khoảng nhỏ hơn số đầu.") % printed)


@transaction.atomic
def remove_figure(*, by: Mandate, figure: Figure) -> None:
    require(may(by, Verb.UNDO, figure))
    remove_or_refuse(figure)
    record(by=by, verb=Acts.FIGURE_REMOVED, subject=figure, details={"as_printed": figure.as_printed})


@transaction.atomic
def remove_indicator(*, by: Mandate, indicator: Indicator) -> None:
    require(may(by, Verb.UNDO, indicator))
    if not indicator.proposed:
        raise Refused(_("“%(indicator)s” thuộc danh mục, không xóa ở đây.") % {"indicator": indicator})
    remove_or_refuse(indicator)
    record(by=by, verb=Acts.INDICATOR_REMOVED, subject=indicator)

"""Figures as texts give them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.removal import remove_or_refuse
from thongsuot.indicators.enums import PAIRED, Acts, Qualifier
from thongsuot.indicators.models import Figure, Indicator
from thongsuot.indicators.policies import may
from thongsuot.kernel.verdicts import Refused, require
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

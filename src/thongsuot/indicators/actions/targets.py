"""What a unit is to reach: set, changed, taken away."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.indicators.enums import WORDS_ONLY, Acts
from thongsuot.indicators.models import Indicator, Period, Target
from thongsuot.indicators.policies import may_aim
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.units.models import Mandate, Unit


@transaction.atomic
def set_target(
    *, by: Mandate, indicator: Indicator, unit: Unit, period: Period, value: Decimal | None, basis: str
) -> Target | None:
    """One number at an address: a second one takes the place of the first, none takes it away."""
    require(may_aim(by, unit))
    there = Target.objects.select_for_update().filter(indicator=indicator, unit=unit, period=period).first()
    where = {"unit": unit.code, "period": period.code}
    if value is None:
        if there is None:
            raise Refused(
                _("%(unit)s chưa có mục tiêu của %(period)s để xóa. Nhập mục tiêu.")
                % {"unit": unit, "period": period}
            )
        there.delete()
        record(by=by, verb=Acts.TARGET_REMOVED, subject=indicator, details=where)
        return None
    _require_sound(indicator, period, basis)
    target, _new = Target.objects.update_or_create(
        indicator=indicator,
        unit=unit,
        period=period,
        defaults={"value": value, "basis": basis.strip()[:300]},
    )
    before = {"before": str(there.value)} if there else {}
    record(
        by=by,
        verb=Acts.TARGET_SET,
        subject=indicator,
        details={**where, **before, "value": str(value), "basis": target.basis},
    )
    return target


def _require_sound(indicator: Indicator, period: Period, basis: str) -> None:
    if indicator.kind in WORDS_ONLY:
        raise Refused(
            _("“%(indicator)s” không phải là số, không đặt mục tiêu được.") % {"indicator": indicator}
        )
    if period.last_day < indicator.valid_from or (
        indicator.valid_to is not None and period.first_day >= indicator.valid_to
    ):
        raise Refused(
            _("“%(indicator)s” không dùng trong %(period)s. Chọn kỳ khác.")
            % {"indicator": indicator, "period": period}
        )
    if not basis.strip():
        raise Refused(_("Mục tiêu chưa có căn cứ. Nhập văn bản giao mục tiêu ấy."))

"""The catalogue: from the lawbook, from texts that count what it lacks, and from those who keep it."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.actors import HasActor
from thongsuot.audit.removal import remove_or_refuse
from thongsuot.indicators.enums import Acts, Aggregation, Kind
from thongsuot.indicators.models import Indicator
from thongsuot.indicators.policies import may
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.lawbook.indicators import IndicatorRule, catalogue_date, indicator_rules
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


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
def remove_indicator(*, by: Mandate, indicator: Indicator) -> None:
    require(may(by, Verb.UNDO, indicator))
    if not indicator.proposed:
        raise Refused(_("“%(indicator)s” thuộc danh mục, không xóa ở đây.") % {"indicator": indicator})
    remove_or_refuse(indicator)
    record(by=by, verb=Acts.INDICATOR_REMOVED, subject=indicator)

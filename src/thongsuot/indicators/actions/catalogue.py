"""The catalogue: from the lawbook, from texts that count what it lacks, and from those who keep it."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.actors import HasActor
from thongsuot.audit.removal import remove_or_refuse
from thongsuot.indicators.enums import UNADDABLE, Acts, Aggregation, Kind
from thongsuot.indicators.found import forget_indicator, index_indicators
from thongsuot.indicators.models import Indicator, StatedFigure
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
        index_indicators(*Indicator.objects.filter(code__in=[one.code for one in changed]))
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
        "source": f"Danh mục kèm hệ thống, bản ngày {catalogue_date():%d-%m-%Y}",
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
    code = _code(name, unit_of_measure)
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
        index_indicators(indicator)
        record(by=by, verb=Acts.PROPOSED, subject=indicator)
    return indicator, new


def _code(name: str, unit_of_measure: str) -> str:
    code = "x-" + re.sub(r"\W+", "-", strip_marks(f"{name} {unit_of_measure}")).strip("-")[:58]
    if code == "x-":
        raise Refused(_("Chỉ tiêu chưa có tên. Nhập tên chỉ tiêu và đơn vị tính."))
    return code


@transaction.atomic
def remove_indicator(*, by: Mandate, indicator: Indicator) -> None:
    require(may(by, Verb.UNDO, indicator))
    if not indicator.proposed:
        raise Refused(_("“%(indicator)s” thuộc danh mục, không xóa ở đây.") % {"indicator": indicator})
    remove_or_refuse(indicator)
    forget_indicator(indicator)
    record(by=by, verb=Acts.INDICATOR_REMOVED, subject=indicator)


@transaction.atomic
def suggest_indicator(*, by: Mandate, name: str, unit_of_measure: str) -> Indicator:
    """By who keeps the catalogue, before anything of it is asked."""
    require(may(by, Verb.KEEP_RETURNS))
    code = _code(name, unit_of_measure)
    if found := Indicator.objects.filter(code=code).first():
        raise Refused(_("“%(indicator)s” đã có. Mở chỉ tiêu ấy để sửa.") % {"indicator": found})
    indicator = Indicator.objects.create(
        code=code,
        name=name.strip()[:200],
        unit_of_measure=unit_of_measure.strip()[:60],
        kind=Kind.COUNT,
        over_units=Aggregation.NONE,
        proposed=True,
    )
    index_indicators(indicator)
    record(by=by, verb=Acts.PROPOSED, subject=indicator)
    return indicator


@transaction.atomic
def keep_indicator(*, by: Mandate, indicator: Indicator, **written: object) -> Indicator:
    """As it is written now; a proposed one is in the catalogue from then on. Its kind stays once figures are stated."""
    require(may(by, Verb.KEEP_RETURNS))
    before = Indicator.objects.select_for_update().get(pk=indicator.pk)
    kind = written.get("kind", before.kind)
    if kind != before.kind and StatedFigure.objects.filter(indicator=before).exists():
        raise Refused(
            _("“%(indicator)s” đã có số liệu báo cáo, không đổi loại được. Lập chỉ tiêu khác.")
            % {"indicator": before}
        )
    for name, value in written.items():
        setattr(before, name, value)
    _require_rule(before)
    before.proposed = False
    before.save()
    index_indicators(before)
    record(by=by, verb=Acts.KEPT, subject=before, details={"fields": sorted(written)})
    return before


def _require_rule(indicator: Indicator) -> None:
    name = {"indicator": indicator}
    rules = {indicator.over_units, indicator.over_periods}
    if indicator.kind == Kind.RATIO and not rules <= {
        Aggregation.WEIGHTED,
        Aggregation.LATEST,
        Aggregation.NONE,
    }:
        raise Refused(
            _("“%(indicator)s” có tử số và mẫu số: tổng hợp thì tính lại từ tử số và mẫu số.") % name
        )
    if indicator.kind != Kind.RATIO and Aggregation.WEIGHTED in rules:
        raise Refused(_("“%(indicator)s” không có tử số và mẫu số để tính lại.") % name)
    if indicator.kind in UNADDABLE and not (
        indicator.over_units == Aggregation.NONE
        and indicator.over_periods in (Aggregation.NONE, Aggregation.LATEST)
    ):
        raise Refused(_("“%(indicator)s” không cộng dồn được: chọn “Không cộng dồn”.") % name)
    if indicator.valid_to is not None and indicator.valid_to <= indicator.valid_from:
        raise Refused(_("“%(indicator)s”: ngày hết dùng phải sau ngày bắt đầu dùng.") % name)

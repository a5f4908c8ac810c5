"""Templates: what a kind of return asks for, kept so that nobody is asked the same twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.actors import HasActor
from thongsuot.audit.versions import take_turn
from thongsuot.indicators.enums import Calendar, PeriodKind
from thongsuot.indicators.models import Indicator
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.paper_layouts import STATE
from thongsuot.lawbook.reporting import least_working_days
from thongsuot.lawbook.return_templates import TemplateRule, template_rules, templates_date
from thongsuot.returns.enums import Acts, Audience, Prefill
from thongsuot.returns.models import ReturnTemplate, TemplateLine, TemplateSection
from thongsuot.returns.policies import may
from thongsuot.returns.prefilling import counts
from thongsuot.units.enums import Verb
from thongsuot.units.models import UNRECORDED, Mandate, Unit

KNOWN = (Prefill.HELD, Prefill.LOOP)  # costs nobody anything


@dataclass(frozen=True, slots=True)
class Line:
    indicator: Indicator
    heading: str = ""
    required: bool = True
    least: Decimal | None = None
    most: Decimal | None = None
    jump: Decimal | None = None
    part_of: str = ""  # code of the indicator of the whole
    prefill: str = Prefill.NOTHING
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    kind: str
    title: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Design:
    """What a template asks for, of whom, and when."""

    code: str
    name: str
    lines: Sequence[Line]
    sections: Sequence[Section] = ()
    calendar: str = Calendar.STATE
    period_kind: str = PeriodKind.QUARTER
    due_working_days: int | None = None
    layout: str = STATE
    audience: str = Audience.ALL_COMMUNES
    chosen_units: Sequence[Unit] = field(default_factory=tuple)
    valid_from: date | None = None


@transaction.atomic
def keep_template(*, by: Mandate, issuer: Unit, design: Design) -> ReturnTemplate:
    require(may(by, Verb.KEEP_RETURNS, issuer))
    if ReturnTemplate.objects.filter(code=design.code, issuer=issuer, valid_to=None).exists():
        raise Refused(
            _("Đã có mẫu mang mã “%(code)s”. Đặt mã khác, hoặc sửa mẫu đó.") % {"code": design.code}
        )
    _require_sense(design, issuer)
    return _enter(by, design, issuer)


@transaction.atomic
def change_template(
    *, by: Mandate, template: ReturnTemplate, design: Design, seen: int | None = None
) -> ReturnTemplate:
    """Reports already asked for keep the template they were asked by: a used one ends, and a new one begins."""
    require(may(by, Verb.KEEP_RETURNS, template))
    take_turn(template, seen)
    template.refresh_from_db()
    assert template.issuer is not None
    _require_sense(design, template.issuer, besides=template)
    if not template.rounds.exists():
        template.lines.update(part_of=None)
        template.lines.all().delete()
        template.sections.all().delete()
        return _enter(by, design, template.issuer, template)
    since = design.valid_from or timezone.localdate()
    if since <= template.valid_from:
        raise Refused(
            _("“%(name)s” đã dùng để thu báo cáo. Chọn ngày áp dụng bản mới sau %(day)s.")
            % {"name": template, "day": f"{template.valid_from:%d-%m-%Y}"}
        )
    template.valid_to = since
    template.save(update_fields=["valid_to"])
    return _enter(by, design, template.issuer)


@transaction.atomic
def end_template(
    *, by: Mandate, template: ReturnTemplate, on: date, seen: int | None = None
) -> ReturnTemplate:
    """Asked for no more from that day; what was reported by it stays."""
    require(may(by, Verb.KEEP_RETURNS, template))
    take_turn(template, seen)
    if on <= template.valid_from:
        raise Refused(_("Ngày ngừng dùng phải sau ngày bắt đầu %s.") % f"{template.valid_from:%d-%m-%Y}")
    template.valid_to = on
    template.save(update_fields=["valid_to"])
    record(by=by, verb=Acts.TEMPLATE_ENDED, subject=template, details={"on": on})
    return template


@transaction.atomic
def load_templates(*, by: HasActor) -> int:
    """Those that come with the system, for the whole country; how many were new. Again, it changes nothing."""
    new = 0
    for rule in template_rules():
        if not ReturnTemplate.objects.filter(code=rule.code, issuer=None).exists():
            _enter(by, design_of(rule), None, verb=Acts.TEMPLATES_LOADED)
            new += 1
    return new


def design_of(rule: TemplateRule) -> Design:
    indicators = {
        one.code: one for one in Indicator.objects.filter(code__in=[one.code for one in rule.lines])
    }
    return Design(
        code=rule.code,
        name=rule.name,
        calendar=rule.calendar,
        period_kind=rule.period,
        layout=rule.layout,
        valid_from=max(UNRECORDED, date(templates_date().year - 1, 1, 1)),
        lines=[
            Line(
                indicator=indicators[one.code],
                heading=one.heading,
                required=one.required,
                least=one.least,
                most=one.most,
                jump=one.jump,
                part_of=one.part_of,
                prefill=one.prefill if one.prefill in Prefill.values else Prefill.LOOP,
                counted="" if one.prefill in Prefill.values else one.prefill,
            )
            for one in rule.lines
        ],
        sections=[Section(one.kind, one.title, one.required) for one in rule.sections],
    )


def design_from(template: ReturnTemplate) -> Design:
    """What a template asks for now, to be changed or copied."""
    lines = template.lines.select_related("indicator", "part_of__indicator")
    return Design(
        code=template.code,
        name=template.name,
        calendar=template.calendar,
        period_kind=template.period_kind,
        due_working_days=template.due_working_days,
        layout=template.layout,
        audience=template.audience,
        chosen_units=list(template.chosen_units.all()),
        lines=[
            Line(
                one.indicator,
                one.heading,
                one.required,
                one.least,
                one.most,
                one.jump,
                one.part_of.indicator.code if one.part_of else "",
                one.prefill,
                one.counted,
            )
            for one in lines
        ],
        sections=[Section(one.kind, one.title, one.required) for one in template.sections.all()],
    )


def _enter(
    by: HasActor,
    design: Design,
    issuer: Unit | None,
    template: ReturnTemplate | None = None,
    verb: str = Acts.TEMPLATE_KEPT,
) -> ReturnTemplate:
    since = design.valid_from or timezone.localdate()
    template = template or ReturnTemplate(issuer=issuer, valid_from=since)
    template.code, template.name = design.code, " ".join(design.name.split())
    template.calendar, template.period_kind = design.calendar, design.period_kind
    template.due_working_days, template.layout = design.due_working_days, design.layout
    template.audience = design.audience
    template.save()
    template.chosen_units.set(design.chosen_units)
    _write_lines(template, design.lines)
    TemplateSection.objects.bulk_create(
        TemplateSection(
            template=template, kind=one.kind, position=at, title=one.title.strip(), required=one.required
        )
        for at, one in enumerate(design.sections, start=1)
    )
    details = {"code": template.code, "indicators": [one.indicator.code for one in design.lines]}
    record(by=by, verb=verb, subject=template, details=details)
    return template


def _write_lines(template: ReturnTemplate, lines: Sequence[Line]) -> None:
    made = TemplateLine.objects.bulk_create(
        TemplateLine(
            template=template,
            indicator=one.indicator,
            position=at,
            heading=one.heading.strip(),
            required=one.required,
            least=one.least,
            most=one.most,
            jump=one.jump,
            prefill=one.prefill,
            counted=one.counted,
        )
        for at, one in enumerate(lines, start=1)
    )
    by_code = {one.indicator.code: row for one, row in zip(lines, made, strict=True)}
    parts = []
    for one, row in zip(lines, made, strict=True):
        if one.part_of:
            row.part_of = by_code[one.part_of]
            parts.append(row)
    TemplateLine.objects.bulk_update(parts, ["part_of"])


def _require_sense(design: Design, issuer: Unit, besides: ReturnTemplate | None = None) -> None:
    if not design.lines and not design.sections:
        raise Refused(_("Mẫu chưa có chỉ tiêu, cũng chưa có phần lời văn nào. Thêm ít nhất một dòng."))
    if design.due_working_days is not None and design.due_working_days < least_working_days():
        raise Refused(
            _("Từ ngày chốt số liệu đến hạn nộp phải có ít nhất %(days)s ngày làm việc.")
            % {"days": least_working_days()}
        )
    if design.audience == Audience.CHOSEN and not design.chosen_units:
        raise Refused(_("Chưa chọn đơn vị nào phải báo cáo theo mẫu này."))
    _require_lines(design.lines)
    require_asked_once(design, issuer, besides)


def _require_lines(lines: Sequence[Line]) -> None:
    codes = [one.indicator.code for one in lines]
    for one in lines:
        name = {"name": one.indicator}
        if codes.count(one.indicator.code) > 1:
            raise Refused(_("“%(name)s” đứng hai lần trong mẫu. Giữ một dòng.") % name)
        if one.indicator.proposed:
            raise Refused(
                _("“%(name)s” mới đề xuất, chưa có trong danh mục nên chưa đưa vào mẫu được.") % name
            )
        if one.part_of and (one.part_of not in codes or one.part_of == one.indicator.code):
            raise Refused(
                _("“%(name)s” là phần của một chỉ tiêu không có trong mẫu. Thêm chỉ tiêu đó.") % name
            )
        if one.least is not None and one.most is not None and one.least > one.most:
            raise Refused(_("“%(name)s”: mức thấp nhất lớn hơn mức cao nhất.") % name)
        if (one.prefill == Prefill.LOOP) != bool(one.counted) or (
            one.counted and one.counted not in counts()
        ):
            raise Refused(_("“%(name)s”: chọn số đếm mà hệ thống điền sẵn.") % name)


def require_asked_once(design: Design, issuer: Unit, besides: ReturnTemplate | None) -> None:
    """Every figure is asked of a unit by one template; another takes it over from there."""
    asked = [one.indicator.pk for one in design.lines if one.prefill not in KNOWN]
    since = design.valid_from or timezone.localdate()
    others = (
        TemplateLine.objects.filter(Q(template__valid_to__isnull=True) | Q(template__valid_to__gt=since))
        .filter(Q(template__issuer=issuer) | Q(template__issuer__isnull=True, template__rounds__unit=issuer))
        .filter(indicator__in=asked)
        .exclude(prefill__in=KNOWN)
        .select_related("template", "indicator")
        .distinct()
        .order_by("template", "position")
    )
    if besides is not None:
        others = others.exclude(template__code=besides.code, template__issuer=besides.issuer)
    clashes = [line for line in others if _same_units(design, line.template)]
    if not clashes:
        return
    first = clashes[0]
    names = ", ".join(f"“{line.indicator}”" for line in clashes if line.template_id == first.template_id)
    raise Refused(
        _(
            "%(names)s đã được thu bằng mẫu “%(other)s” của cùng đơn vị. Bỏ dòng đó, hoặc chọn điền sẵn số đã có."
        )
        % {"names": names, "other": first.template}
    )


def _same_units(design: Design, other: ReturnTemplate) -> bool:
    if Audience.CHOSEN not in (design.audience, other.audience):
        return True
    mine = {unit.pk for unit in design.chosen_units}
    theirs: Iterable[int] = other.chosen_units.values_list("pk", flat=True)
    if design.audience != Audience.CHOSEN or other.audience != Audience.CHOSEN:
        return bool(mine or list(theirs))
    return bool(mine.intersection(theirs))

"""A template as a form: its head, its lines and its sections."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.indicators.enums import Calendar, PeriodKind
from thongsuot.indicators.models import Indicator
from thongsuot.kernel.vietnamese import fold
from thongsuot.lawbook.paper_layouts import layouts
from thongsuot.returns.actions.templates import Design, Line, Section
from thongsuot.returns.enums import Audience, Prefill, SectionKind
from thongsuot.returns.forms.filling import number_box
from thongsuot.returns.models import ReturnTemplate
from thongsuot.returns.prefilling import counts
from thongsuot.units.models import Unit
from thongsuot.units.queries import units_by_names
from thongsuot.web.editing import EditForm
from thongsuot.web.numbers import WholeField
from thongsuot.web.widgets import SuggestInput


def layout_choices() -> list[tuple[str, str]]:
    return [(code, one.name.get(get_language() or "vi", one.name["vi"])) for code, one in layouts().items()]


def prefill_choices() -> list[tuple[str, Any]]:
    plain = [(value, label) for value, label in Prefill.choices if value != Prefill.LOOP]
    return [*plain, (gettext("Hệ thống đếm"), [(code, label) for code, label in counts().items()])]


class TemplateForm(EditForm):
    code = forms.SlugField(label=_("Mã mẫu"), max_length=40, help_text=_("Chữ không dấu, số và gạch nối."))
    name = forms.CharField(label=_("Tên mẫu báo cáo"), max_length=300)
    calendar = forms.ChoiceField(label=_("Lịch báo cáo"), choices=Calendar.choices)
    period_kind = forms.ChoiceField(label=_("Loại kỳ"), choices=PeriodKind.choices)
    layout = forms.ChoiceField(label=_("Thể thức"), choices=layout_choices)
    due_working_days = WholeField(
        label=_("Số ngày làm việc để nộp"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("Sau ngày chốt số liệu. Để trống: theo quy định chung của loại kỳ."),
    )
    valid_from = forms.DateField(label=_("Áp dụng từ ngày"), required=False)
    audience = forms.ChoiceField(label=_("Đơn vị báo cáo"), choices=Audience.choices)
    names = forms.CharField(
        label=_("Tên các đơn vị được chọn"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một tên; chỉ khi không phải mọi đơn vị."),
    )

    def __init__(self, row: ReturnTemplate, issuer: Unit, data: Any = None) -> None:
        super().__init__(row, data)
        self.issuer = issuer

    def values_of(self, row: ReturnTemplate) -> Mapping[str, Any]:
        names = [unit.title for unit in row.chosen_units.all()] if row.pk else []
        return {
            "code": row.code,
            "name": row.name,
            "calendar": row.calendar,
            "period_kind": row.period_kind or PeriodKind.QUARTER,
            "layout": row.layout,
            "due_working_days": row.due_working_days,
            "audience": row.audience,
            "names": "\n".join(names),
        }

    def clean_names(self) -> list[Unit]:
        typed = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        among = Unit.objects.filter(parent=self.issuer, valid_to=None)
        found = list(zip(typed, units_by_names(typed, among), strict=True))
        unknown = [name for name, one in found if one.unit is None]
        if unknown:
            raise ValidationError(
                gettext("Không rõ đơn vị: %(names)s. Ghi đủ phường, xã và tên có dấu.")
                % {"names": "; ".join(unknown[:8])}
            )
        return [one.unit for _name, one in found if one.unit is not None]

    def design(self, lines: Sequence[Line], sections: Sequence[Section]) -> Design:
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "names")}
        return Design(**said, lines=lines, sections=sections, chosen_units=tuple(self.cleaned_data["names"]))


class IndicatorField(forms.CharField):
    """By its name or its code, offered while one types."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=200, widget=SuggestInput(), **more)
        self.known: Mapping[str, Indicator] = {}

    def offer(self, indicators: Sequence[Indicator]) -> None:
        self.known = {fold(words): one for one in indicators for words in (one.code, one.name)}
        self.widget.options = lambda: [(str(one), one.code) for one in indicators]

    def clean(self, value: Any) -> Indicator | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = self.known.get(fold(typed))
        if found is None:
            raise ValidationError(
                gettext("Danh mục không có chỉ tiêu “%(typed)s”. Chọn trong danh sách gợi ý.")
                % {"typed": typed}
            )
        return found


class LineForm(forms.Form):
    position = WholeField(label=_("Thứ tự"), required=False, min_value=1, max_value=999)
    heading = forms.CharField(label=_("Nhóm"), required=False, max_length=200)
    indicator = IndicatorField(label=_("Chỉ tiêu"), required=False)
    required = forms.BooleanField(label=_("Bắt buộc"), required=False, initial=True)
    least = number_box(_("Nhỏ nhất"))
    most = number_box(_("Lớn nhất"))
    jump = number_box(_("Biến động (lần)"))
    part_of = IndicatorField(label=_("Là phần của"), required=False)
    prefill = forms.ChoiceField(label=_("Điền sẵn"), choices=prefill_choices, required=False)

    def line(self) -> Line:
        said = self.cleaned_data
        counted = said["prefill"] if said["prefill"] not in Prefill.values else ""
        return Line(
            indicator=said["indicator"],
            heading=said["heading"],
            required=said["required"],
            least=said["least"],
            most=said["most"],
            jump=said["jump"],
            part_of=said["part_of"].code if said["part_of"] else "",
            prefill=Prefill.LOOP if counted else said["prefill"] or Prefill.NOTHING,
            counted=counted,
        )


class SectionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Loại"), choices=SectionKind.choices, required=False)
    title = forms.CharField(label=_("Tiêu đề"), required=False, max_length=300)
    required = forms.BooleanField(label=_("Bắt buộc"), required=False, initial=True)

    def section(self) -> Section:
        said = self.cleaned_data
        return Section(said["kind"] or SectionKind.OTHER, said["title"], said["required"])


SPARE_LINES, SPARE_SECTIONS = 5, 2
LineForms = forms.formset_factory(LineForm, extra=SPARE_LINES, max_num=400)
SectionForms = forms.formset_factory(SectionForm, extra=SPARE_SECTIONS, max_num=40)


def line_forms(data: Any, design: Design | None, indicators: Sequence[Indicator]) -> Any:
    initial = [
        {
            "position": at,
            "heading": one.heading,
            "indicator": one.indicator.code,
            "required": one.required,
            "least": one.least,
            "most": one.most,
            "jump": one.jump,
            "part_of": one.part_of,
            "prefill": one.counted or one.prefill,
        }
        for at, one in enumerate(design.lines if design else (), start=1)
    ]
    made: Any = LineForms(data, initial=initial, prefix="lines")
    for form in made:
        form.fields["indicator"].offer(indicators)
        form.fields["part_of"].offer(indicators)
    return made


def section_forms(data: Any, design: Design | None) -> Any:
    initial = [
        {"kind": one.kind, "title": one.title, "required": one.required}
        for one in (design.sections if design else ())
    ]
    return SectionForms(data, initial=initial, prefix="sections")


def lines_in(forms_: Any) -> list[Line]:
    """Those that name an indicator, in the order of their positions."""
    rows = [form for form in forms_ if form.cleaned_data.get("indicator")]
    numbered = sorted(enumerate(rows), key=lambda one: (one[1].cleaned_data["position"] or 1000, one[0]))
    return [form.line() for _at, form in numbered]


def sections_in(forms_: Any) -> list[Section]:
    return [form.section() for form in forms_ if form.cleaned_data.get("title")]

"""Preparing a conference, holding it, its points."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.indicators.actions import period_for
from thongsuot.indicators.enums import Calendar
from thongsuot.indicators.models import Period
from thongsuot.kernel.periods import PeriodName
from thongsuot.lawbook.reporting import cut_off
from thongsuot.oversight.actions import NewConference
from thongsuot.oversight.models import Conclusion, Conference
from thongsuot.returns.models import Round
from thongsuot.web.editing import EditForm
from thongsuot.web.numbers import WholeField

_BACK, _AHEAD = 4, 4  # quarters offered before and after the present one


def period_choices(today: date) -> Iterator[tuple[str, str]]:
    """Quarters around today and the years they lie in, in either calendar."""
    yield "", gettext("Không gắn với kỳ nào")
    present = PeriodName("quarter", today.year, (today.month - 1) // 3 + 1)
    names = [present.moved(step) for step in range(_AHEAD, -_BACK - 1, -1)]
    names += [PeriodName("year", year) for year in sorted({name.year for name in names}, reverse=True)]
    language = get_language() or "vi"
    for calendar in (Calendar.PARTY, Calendar.STATE):
        for name in names:
            label = gettext("%(period)s, %(calendar)s, chốt %(day)s") % {
                "period": name.title(language),
                "calendar": str(calendar.label).lower(),
                "day": f"{cut_off(calendar, name):%d-%m-%Y}",
            }
            yield f"{calendar}:{name.code}", label


def _code(period: Period | None) -> str:
    return f"{period.calendar}:{period.code}" if period else ""


class ConferenceForm(EditForm):
    organisation = forms.CharField(
        label=_("Cơ quan"), max_length=200, help_text=_("Ví dụ: Ban Chấp hành Đảng bộ phường.")
    )
    ordinal = WholeField(label=_("Lần thứ"), min_value=1, max_value=99)
    term = forms.CharField(label=_("Nhiệm kỳ"), max_length=60, help_text=_("Ví dụ: 2025-2030."))
    planned_on = forms.DateField(label=_("Ngày dự kiến"))
    place = forms.CharField(label=_("Địa điểm"), max_length=300, required=False)
    closes = forms.ChoiceField(label=_("Sơ kết kỳ"), required=False)
    opens = forms.ChoiceField(label=_("Nhiệm vụ của kỳ"), required=False)
    paper = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label=_("Báo cáo trình hội nghị"),
        queryset=None,
        required=False,
        empty_label=_("Chưa chọn"),
        help_text=_("Kỳ thu báo cáo của các đơn vị, tổng hợp để trình hội nghị."),
    )

    def __init__(self, conference: Conference, *args: Any) -> None:
        super().__init__(conference, *args)
        choices = list(period_choices(timezone.localdate()))
        for name in ("closes", "opens"):
            field = self.fields[name]
            kept = getattr(conference, name)
            extra = [(_code(kept), str(kept))] if kept and _code(kept) not in dict(choices) else []
            field.choices = [*choices, *extra]  # type: ignore[attr-defined]
        province = conference.unit.parent or conference.unit
        rounds = Round.objects.filter(unit__in=[province, conference.unit])
        self.fields["paper"].queryset = rounds.select_related("template", "period")  # type: ignore[attr-defined]

    def values_of(self, row: Conference) -> Mapping[str, Any]:
        return {
            "organisation": row.organisation,
            "ordinal": row.ordinal,
            "term": row.term,
            "planned_on": row.planned_on,
            "place": row.place,
            "closes": _code(row.closes),
            "opens": _code(row.opens),
            "paper": row.paper_id,
        }

    def said(self) -> NewConference:
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        said["closes"], said["opens"] = _period(said["closes"]), _period(said["opens"])
        return NewConference(**said)


def _period(code: str) -> Period | None:
    if not code:
        return None
    calendar, name = code.split(":")
    return period_for(Calendar(calendar), PeriodName.parse(name))


class HoldForm(forms.Form):
    on = forms.DateField(label=_("Ngày diễn ra"))
    chair = forms.CharField(label=_("Chủ trì"), max_length=200, required=False)


class ConclusionsForm(forms.Form):
    """Several points at once, a line each."""

    texts = forms.CharField(
        label=_("Kết luận"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi kết luận một dòng; dán được nhiều dòng từ Word."),
    )
    assigns = forms.BooleanField(label=_("Giao việc cho các đơn vị"), required=False, initial=True)

    def clean_texts(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]
        if not lines:
            raise ValidationError(gettext("Chưa nhập kết luận nào. Nhập mỗi kết luận một dòng."))
        return lines


class ConclusionForm(forms.Form):
    text = forms.CharField(label=_("Kết luận"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    assigns = forms.BooleanField(label=_("Giao việc cho các đơn vị"), required=False)

    @classmethod
    def of(cls, conclusion: Conclusion, data: Any = None) -> "ConclusionForm":
        initial = {"text": conclusion.text, "assigns": conclusion.assigns}
        return cls(data, initial=initial, prefix=f"c{conclusion.pk}")

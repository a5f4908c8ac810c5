from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.indicators.enums import PeriodKind
from thongsuot.kernel.periods import PeriodName
from thongsuot.lawbook.reporting import first_day
from thongsuot.returns.models import ReturnTemplate
from thongsuot.returns.queries.board import Column
from thongsuot.returns.queries.rounds import STATES

_BACK = 5


def recent_periods(kind: str, calendar: str, on: date) -> list[PeriodName]:
    """The one that runs, and those before it, the newest first."""
    name = PeriodName(kind, on.year + 1)
    while first_day(calendar, name) > on:
        name = name.moved(-1)
    return [name.moved(-step) for step in range(_BACK)]


class OpenRoundForm(forms.Form):
    """Which template, and which of the periods its calendar knows."""

    template = forms.ModelChoiceField(label=_("Mẫu báo cáo"), queryset=ReturnTemplate.objects.none())
    period = forms.ChoiceField(label=_("Kỳ"))
    due = forms.DateField(
        label=_("Hạn nộp"), required=False, help_text=_("Để trống: theo quy định của mẫu và của loại kỳ.")
    )

    def __init__(self, templates: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]
        today, language = timezone.localdate(), get_language() or "vi"
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (kind.label, [(name.code, name.title(language)) for name in recent_periods(kind, "state", today)])
            for kind in PeriodKind
        ]

    def clean_period(self) -> PeriodName:
        return PeriodName.parse(self.cleaned_data["period"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        template, name = said.get("template"), said.get("period")
        if template and name and template.period_kind != name.kind:
            raise ValidationError(
                gettext("“%(template)s” thu theo %(kind)s. Chọn một kỳ như vậy.")
                % {"template": template, "kind": template.get_period_kind_display().lower()}
            )
        return said


class StateForm(forms.Form):
    """Which units of a round to show; kept in the address."""

    state = forms.ChoiceField(label=_("Tình trạng"), choices=[("", _("Mọi đơn vị")), *STATES], required=False)
    unit = forms.CharField(
        label=_("Đơn vị"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )

    def wanted(self) -> tuple[str, str]:
        """An address that was tampered with shows everything."""
        self.is_valid()
        return str(self.cleaned_data.get("state") or ""), str(self.cleaned_data.get("unit") or "").strip()


class BoardForm(StateForm):
    """And in which shape; on one screen one period is shown."""

    shape = forms.ChoiceField(
        label=_("Kiểu xem"),
        choices=[("", _("Tùy số đơn vị")), ("table", _("Bảng nhiều kỳ")), ("screen", _("Một màn hình"))],
        required=False,
    )
    called = forms.ChoiceField(label=_("Kỳ"), required=False)

    def __init__(self, data: Any, columns: Sequence[Column]) -> None:
        super().__init__(data)
        self.columns = {column.key: column for column in columns}
        self.fields["called"].choices = [(key, str(column)) for key, column in self.columns.items()]  # type: ignore[attr-defined]

    def column(self) -> Column | None:
        """The one chosen, else the newest."""
        self.is_valid()
        newest = next(iter(self.columns.values()), None)
        return self.columns.get(str(self.cleaned_data.get("called") or ""), newest)

    def on_one_screen(self, most: int) -> bool:
        """As chosen, else by whether a table would not hold them all."""
        newest = self.column()
        if newest is None:
            return False
        shape = str(self.cleaned_data.get("shape") or "")
        return shape == "screen" or (not shape and newest.units > most)


class ExtendForm(forms.Form):
    due = forms.DateField(label=_("Hạn mới"))
    reason = forms.CharField(label=_("Lý do"), max_length=300)

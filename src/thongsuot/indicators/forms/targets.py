"""What a unit is to reach in a period, and by which paper."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thongsuot.indicators.enums import Calendar, PeriodKind
from thongsuot.indicators.models import Indicator, Period
from thongsuot.kernel.periods import PeriodName
from thongsuot.lawbook.reporting import first_day
from thongsuot.units.models import UNIT_NAMED_BY, Unit
from thongsuot.web.filters import OneOfField
from thongsuot.web.numbers import NumberField

_YEARS = 2  # back and ahead


def aimed_periods(indicator: Indicator, on: date) -> Iterator[tuple[str, PeriodName]]:
    """Every period of both calendars around today in which the indicator is in use, the year before its parts."""
    for year in range(on.year + 1, on.year - _YEARS, -1):
        for calendar in Calendar.values:
            for kind in reversed(PeriodKind.values):
                name = PeriodName(kind, year)
                while name.year == year:
                    begins, after = first_day(calendar, name), first_day(calendar, name.moved(1))
                    ended = indicator.valid_to is not None and begins >= indicator.valid_to
                    if after > indicator.valid_from and not ended:
                        yield calendar, name
                    name = name.moved(1)


def key_of(calendar: str, name: PeriodName) -> str:
    return f"{calendar} {name.code}"


class TargetForm(forms.Form):
    period = forms.ChoiceField(label=_("Kỳ"))
    unit = OneOfField(
        label=_("Đơn vị"),
        queryset=Unit.objects.none(),
        named_by=UNIT_NAMED_BY,
        empty_label=None,
        help_text=_("Mục tiêu của tỉnh, thành phố dùng cho mỗi xã, phường chưa có mục tiêu riêng."),
    )
    value = NumberField(
        label=_("Mục tiêu"),
        max_digits=24,
        decimal_places=6,
        required=False,
        help_text=_("Để trống để xóa mục tiêu đã đặt."),
    )
    basis = forms.CharField(
        label=_("Căn cứ"),
        max_length=300,
        required=False,
        help_text=_("Số, ngày, cơ quan ban hành của văn bản giao mục tiêu."),
    )

    def __init__(
        self, indicator: Indicator, *args: Any, known: QuerySet[Period], units: QuerySet[Unit], **more: Any
    ) -> None:
        """`known`: periods that targets were set for; one far off can be changed too."""
        super().__init__(*args, **more)
        language = get_language() or "vi"
        names = dict.fromkeys(
            [
                *aimed_periods(indicator, timezone.localdate()),
                *((period.calendar, period.period_name) for period in known),
            ]
        )
        self._periods = {key_of(calendar, name): (calendar, name) for calendar, name in names}
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (
                str(label),
                [(key, name.title(language)) for key, (of, name) in self._periods.items() if of == calendar],
            )
            for calendar, label in Calendar.choices
        ]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean_period(self) -> tuple[str, PeriodName]:
        return self._periods[self.cleaned_data["period"]]

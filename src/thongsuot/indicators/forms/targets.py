"""What a unit is to reach in a period, and by which paper."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.indicators.models import Period
from thongsuot.units.models import UNIT_NAMED_BY, Unit
from thongsuot.web.filters import OneOfField


class TargetForm(forms.Form):
    period = forms.ModelChoiceField(label=_("Kỳ"), queryset=Period.objects.none(), empty_label=None)
    unit = OneOfField(
        label=_("Đơn vị"),
        queryset=Unit.objects.none(),
        named_by=UNIT_NAMED_BY,
        empty_label=None,
        help_text=_("Mục tiêu của tỉnh, thành phố dùng cho mỗi xã, phường chưa có mục tiêu riêng."),
    )
    value = forms.DecimalField(
        label=_("Mục tiêu"),
        max_digits=24,
        decimal_places=6,
        localize=True,
        required=False,
        help_text=_("Để trống để xóa mục tiêu đã đặt."),
    )
    basis = forms.CharField(
        label=_("Căn cứ"),
        max_length=300,
        required=False,
        help_text=_("Số, ngày, cơ quan ban hành của văn bản giao mục tiêu."),
    )

    def __init__(self, *args: Any, periods: QuerySet[Period], units: QuerySet[Unit], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["period"].queryset = periods  # type: ignore[attr-defined]
        self.fields["period"].label_from_instance = (  # type: ignore[attr-defined]
            lambda period: f"{period} ({period.get_calendar_display()})"
        )
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

"""What a unit says of a figure, and what it is answered."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from thongsuot.indicators.enums import Kind
from thongsuot.indicators.models import Indicator
from thongsuot.web.numbers import NumberField


class DisputeForm(forms.Form):
    value = NumberField(label=_("Số đề nghị"), max_digits=24, decimal_places=6)
    second = NumberField(
        label=_("Trên tổng số"),
        max_digits=24,
        decimal_places=6,
        required=False,
    )
    reason = forms.CharField(
        label=_("Lý do, căn cứ"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, indicator: Indicator, data: QueryDict | None = None) -> None:
        super().__init__(data)
        if indicator.kind != Kind.RATIO:
            del self.fields["second"]


class AnswerForm(forms.Form):
    accept = forms.TypedChoiceField(
        label=_("Ý kiến"),
        choices=[("yes", _("Đồng ý: mở lại báo cáo với số đề nghị")), ("no", _("Không đồng ý"))],
        coerce=lambda value: value == "yes",
    )
    answer = forms.CharField(label=_("Trả lời"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

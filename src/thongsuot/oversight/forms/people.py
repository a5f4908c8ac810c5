"""Who leads and sits in a group, on paper."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.oversight.enums import SeatPart


class PersonForm(forms.Form):
    part = forms.ChoiceField(label=_("Phần việc"), choices=SeatPart.choices)
    name = forms.CharField(label=_("Họ và tên"), max_length=150)
    title = forms.CharField(label=_("Chức vụ"), max_length=300, required=False)
    since = forms.DateField(
        label=_("Từ ngày"), required=False, help_text=_("Để trống: từ ngày bắt đầu đợt giám sát.")
    )


class EndSeatForm(forms.Form):
    on = forms.DateField(label=_("Thôi từ ngày"), initial=timezone.localdate)


class TitleForm(forms.Form):
    title = forms.CharField(label=_("Chức vụ mới"), max_length=300)
    since = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)

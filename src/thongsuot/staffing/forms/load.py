from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.staffing.forms.board import DayForm
from thongsuot.web.numbers import WholeField


class LoadForm(DayForm):
    weight = WholeField(
        label=_("Tỷ trọng dân số (%)"), min_value=0, max_value=100, required=False, initial=50
    )

    def share(self) -> float:
        """An address that was tampered with weighs both alike."""
        self.is_valid()
        said = self.cleaned_data.get("weight")
        return 0.5 if said is None else int(said) / 100


class BudgetForm(forms.Form):
    """Money in millions of đồng, as plans are written."""

    budget = WholeField(label=_("Kinh phí (triệu đồng)"), min_value=0, max_value=1_000_000, required=False)

    def thousands(self) -> int | None:
        self.is_valid()
        said: int | None = self.cleaned_data.get("budget")
        return None if said is None else said * 1000


class SaveTrainingForm(forms.Form):
    starts_on = forms.DateField(label=_("Khai giảng dự kiến"))
    as_tasks = forms.BooleanField(
        label=_("Giao nhiệm vụ cho từng đơn vị cử người đi học, hạn là ngày khai giảng"),
        required=False,
        initial=True,
    )
    budget = WholeField(required=False, min_value=0, widget=forms.HiddenInput)

    def money(self) -> int | None:
        said: int | None = self.cleaned_data.get("budget")
        return None if said is None else said * 1000

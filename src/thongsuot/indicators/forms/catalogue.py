"""What is written of an indicator."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.indicators.enums import Aggregation
from thongsuot.indicators.models import Indicator
from thongsuot.indicators.tables import pillar_choices

OVER_UNITS = [choice for choice in Aggregation.choices if choice[0] != Aggregation.LATEST]


class IndicatorForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Indicator
        fields = [
            "name",
            "unit_of_measure",
            "pillar",
            "kind",
            "over_units",
            "over_periods",
            "direction",
            "decimals",
            "valid_from",
            "valid_to",
            "owner",
            "definition",
            "source",
        ]

    def _post_clean(self) -> None:
        """What the rules forbid the action says in words; the database would only name its constraint."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pillar"] = forms.ChoiceField(
            label=_("Trụ cột"), choices=[("", "—"), *pillar_choices()], required=True
        )
        self.fields["over_units"].choices = OVER_UNITS  # type: ignore[attr-defined]
        self.fields["definition"].widget = forms.Textarea(attrs={"rows": 3})


class ProposalForm(forms.Form):
    name = forms.CharField(label=_("Tên chỉ tiêu"), max_length=200)
    unit_of_measure = forms.CharField(label=_("Đơn vị tính"), max_length=60)

"""Which period, which pillar, which part of the city: kept in the address."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.indicators.enums import Weight
from thongsuot.indicators.models import Period
from thongsuot.indicators.tables import pillar_choices
from thongsuot.units.models import Unit

OVER = (("", _("Riêng kỳ này")), ("year", _("Lũy kế từ đầu năm")))


class ShowForm(forms.Form):
    """An address that was tampered with shows what is shown without it."""

    period = forms.ChoiceField(label=_("Kỳ"), required=False)
    over = forms.ChoiceField(label=_("Số liệu"), choices=OVER, required=False)
    pillar = forms.ChoiceField(label=_("Trụ cột"), required=False)
    area = forms.ChoiceField(label=_("Khu vực"), required=False)

    def __init__(
        self, data: Mapping[str, Any], periods: Sequence[Period], areas: Sequence[Unit] = ()
    ) -> None:
        super().__init__(data)
        self._periods = {str(period.pk): period for period in periods}
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (key, f"{period} ({period.get_calendar_display()})") for key, period in self._periods.items()
        ]
        self.fields["pillar"].choices = [("", _("Mọi trụ cột")), *pillar_choices()]  # type: ignore[attr-defined]
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", _("Mọi khu vực")),
            *((area.code, area.title) for area in areas),
        ]
        if not areas:
            del self.fields["area"]

    @property
    def period_shown(self) -> Period | None:
        return self._periods.get(self._chosen("period")) or next(iter(self._periods.values()), None)

    @property
    def over_year(self) -> bool:
        return self._chosen("over") == "year"

    @property
    def pillar_shown(self) -> str:
        return self._chosen("pillar")

    @property
    def area_shown(self) -> str:
        return self._chosen("area")

    def _chosen(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class MapForm(ShowForm):
    """Whose borders: of today, unless another day is named; and what a divided unit is dealt out by."""

    on = forms.DateField(label=_("Địa giới ngày"), required=False)
    weight = forms.ChoiceField(label=_("Chia theo"), choices=Weight.choices, required=False)

    def __init__(self, data: Mapping[str, Any], periods: Sequence[Period]) -> None:
        super().__init__(data, periods)
        del self.fields["over"], self.fields["pillar"]

    @property
    def weighed_by(self) -> Weight:
        return Weight(self._chosen("weight") or Weight.AREA)

    @property
    def day(self) -> date:
        self.is_valid()
        chosen: date | None = self.cleaned_data.get("on")
        return chosen or timezone.localdate()

"""Planning visits, noting their steps, choosing what the board shows."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.kernel.symbols import Symbol, parse_symbol
from thongsuot.oversight.actions import NewPlan, NewVisit
from thongsuot.oversight.board import Wanted
from thongsuot.oversight.enums import Stage
from thongsuot.oversight.models import Campaign, Meeting, Visit, WorkingGroup
from thongsuot.oversight.queries import unlinked_meetings
from thongsuot.units.models import Mandate, Unit
from thongsuot.web.widgets import QuickSelect

_HOURS = ["%H:%M", "%Hh%M", "%Hh", "%H giờ", "%H giờ %M", "%H"]


class HourField(forms.TimeField):
    """8:00, 8h30, 8h, 8 giờ."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=_HOURS, required=False, **kwargs)


class PlanRow(forms.Form):
    """One unit of the group: its day, hour and place; an empty day plans nothing."""

    on = forms.DateField(label=_("Ngày"), required=False)
    time = HourField(label=_("Giờ"))
    place = forms.CharField(label=_("Địa điểm"), max_length=300, required=False)

    def __init__(self, unit: Unit, visits: list[Visit], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.unit, self.visits = unit, visits
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, {unit}"

    def clean(self) -> None:
        said = self.cleaned_data
        if (said.get("time") or said.get("place")) and not said.get("on") and "on" not in self.errors:
            self.add_error("on", gettext("Có giờ hoặc địa điểm nhưng chưa có ngày."))


class PlanForm:
    """All units of a group at once. Units with the same day, hour and place are one visit."""

    def __init__(self, group: WorkingGroup, visits: list[Visit], data: Any = None) -> None:
        self.rows = [
            PlanRow(
                unit,
                [visit for visit in visits if unit in visit.units.all()],
                data,
                prefix=f"u{unit.pk}",
            )
            for unit in group.units.order_by("name", "pk")
        ]
        self.refusals: list[str] = []

    def is_valid(self) -> bool:
        answers = [row.is_valid() for row in self.rows]  # every row says its errors, not only the first
        if all(answers) and not self.planned():
            self.refusals.append(gettext("Chưa nhập ngày cho đơn vị nào."))
        return all(answers) and not self.refusals

    def add_error(self, _field: None, refusal: str | list[str]) -> None:
        self.refusals += [refusal] if isinstance(refusal, str) else refusal

    def planned(self) -> list[NewVisit]:
        joint: dict[tuple[date, time | None, str], list[Unit]] = {}
        for row in self.rows:
            said = row.cleaned_data
            if on := said.get("on"):
                joint.setdefault((on, said.get("time"), said.get("place") or ""), []).append(row.unit)
        return [NewVisit(units, on, hour, place) for (on, hour, place), units in joint.items()]

    def __iter__(self) -> Iterator[PlanRow]:
        return iter(self.rows)


class AmendForm(forms.Form):
    units = forms.ModelMultipleChoiceField(  # type: ignore[var-annotated]
        label=_("Đơn vị"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    time = HourField(label=_("Giờ"))
    place = forms.CharField(label=_("Địa điểm"), max_length=300, required=False)

    def __init__(self, visit: Visit, *args: Any) -> None:
        super().__init__(*args)
        self.fields["units"].queryset = visit.group.units.order_by("name", "pk")  # type: ignore[attr-defined]
        self.initial = {
            "units": [unit.pk for unit in visit.units.all()],
            "time": f"{visit.time:%H:%M}" if visit.time else "",
            "place": visit.place,
        }


class DayForm(forms.Form):
    on = forms.DateField(label=_("Ngày"))


class PaperForm(DayForm):
    """A step with the document that says it, by its symbol."""

    symbol = forms.CharField(
        label=_("Số, ký hiệu văn bản"),
        max_length=80,
        required=False,
        help_text=_("Ví dụ 15-TB/TCT; chưa có trong sổ văn bản thì được ghi vào sổ."),
    )
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200, required=False)

    def clean_symbol(self) -> Symbol | None:
        typed: str = self.cleaned_data["symbol"]
        symbol = parse_symbol(typed) if typed else None
        if typed and symbol is None:
            raise ValidationError(
                gettext("“%(typed)s” không phải số, ký hiệu văn bản. Nhập như 15-TB/TCT.") % {"typed": typed}
            )
        return symbol

    def noted(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        symbol: Symbol | None = said["symbol"]
        paper = NewPlan(symbol, said["on"], said["issuer"]) if symbol else None
        return {"on": said["on"], "document": paper}


class MoveForm(forms.Form):
    """To another day, or without one."""

    to = forms.DateField(
        label=_("Ngày mới"), required=False, help_text=_("Để trống khi chưa định ngày: buổi chờ ngày mới.")
    )
    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class LinkForm(forms.Form):
    meeting = forms.ModelChoiceField(
        label=_("Buổi đã ghi vào sổ"), queryset=Meeting.objects.none(), empty_label=_("Chọn buổi")
    )

    def __init__(self, visit: Visit, by: Mandate, *args: Any) -> None:
        super().__init__(*args)
        self.fields["meeting"].queryset = unlinked_meetings(visit, by)  # type: ignore[attr-defined]


class BoardForm(forms.Form):
    """What of the board to show; kept in the address."""

    to = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label=_("Tổ"), queryset=None, required=False, empty_label=_("Mọi tổ"), widget=QuickSelect
    )
    buoc = forms.ChoiceField(
        label=_("Bước"), choices=[("", _("Mọi bước")), *Stage.choices], required=False, widget=QuickSelect
    )
    don_vi = forms.CharField(
        label=_("Đơn vị"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    tre = forms.BooleanField(label=_("Chỉ xem trễ"), required=False)

    def __init__(self, campaign: Campaign, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.fields["to"].queryset = campaign.groups.order_by("number")  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """An address that was tampered with shows everything."""
        self.is_valid()
        said = self.cleaned_data
        group = said.get("to")
        return Wanted(
            group=group.pk if group else None,
            stage=said.get("buoc") or "",
            late=bool(said.get("tre")),
            words=said.get("don_vi") or "",
        )

"""Opening a campaign, forming a group with its units, seating its members."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.documents.queries import visible_documents
from thongsuot.kernel.symbols import Symbol, parse_symbol
from thongsuot.lawbook.document_types import issuer_of_code
from thongsuot.oversight.actions import NewPlan, number_taken, title_taken
from thongsuot.oversight.models import Campaign, WorkingGroup
from thongsuot.oversight.queries import campaign_units, next_number, seatable
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import TypedUnit, province_of, units_by_names
from thongsuot.web.editing import EditForm
from thongsuot.web.numbers import WholeField

_BETWEEN = re.compile(r"[,;\n\r\t]+")
# What stands before each line of a pasted list: "- ", "• ", "3. ", "3) ".
_BULLET = re.compile(r"^(?:[-–•*+]|\d{1,3}[.)])\s+")
_MAX_PASTED = 20_000


class CampaignForm(forms.Form):
    """The plan is chosen from the register, or entered with it; a campaign may have none."""

    title = forms.CharField(label=_("Tên đợt"), max_length=300)
    plan = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label=_("Kế hoạch trong sổ văn bản"),
        queryset=None,
        required=False,
        empty_label=_("Chưa có trong sổ, hoặc chưa có kế hoạch"),
    )
    plan_symbol = forms.CharField(
        label=_("Số, ký hiệu kế hoạch"),
        max_length=80,
        required=False,
        help_text=_("Khi kế hoạch chưa có trong sổ, ví dụ 249-KH/UBKTTW; sẽ ghi vào sổ văn bản."),
    )
    plan_date = forms.DateField(label=_("Ngày ban hành kế hoạch"), required=False)
    plan_issuer = forms.CharField(label=_("Cơ quan ban hành kế hoạch"), max_length=200, required=False)
    started_on = forms.DateField(label=_("Bắt đầu"), initial=timezone.localdate)
    ended_on = forms.DateField(
        label=_("Kết thúc"), required=False, help_text=_("Để trống khi chưa định ngày.")
    )

    def __init__(self, by: Mandate, *args: Any) -> None:
        super().__init__(*args)
        self.unit = province_of(by.unit)
        plans_first = Case(When(type="kế hoạch", then=0), default=1)
        self.fields["plan"].queryset = visible_documents(by).order_by(plans_first, "-date", "-pk")  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if Campaign.objects.filter(unit=self.unit, title=title).exists():
            raise ValidationError(title_taken(self.unit, title))
        return title

    def clean_plan_symbol(self) -> Symbol | None:
        typed: str = self.cleaned_data["plan_symbol"]
        symbol = parse_symbol(typed) if typed else None
        if typed and symbol is None:
            raise ValidationError(
                gettext("“%(typed)s” không phải số, ký hiệu văn bản. Nhập như 249-KH/UBKTTW.")
                % {"typed": typed}
            )
        return symbol

    def clean(self) -> None:
        said = self.cleaned_data
        started_on, ended_on = said.get("started_on"), said.get("ended_on")
        if started_on and ended_on and ended_on < started_on:
            self.add_error("ended_on", gettext("Ngày kết thúc trước ngày bắt đầu. Kiểm tra lại hai ngày."))
        if "plan_symbol" not in said:
            return
        symbol: Symbol | None = said["plan_symbol"]
        if symbol and said.get("plan"):
            self.add_error(
                "plan_symbol", gettext("Đã chọn kế hoạch trong sổ. Bỏ chọn, hoặc để trống số, ký hiệu.")
            )
        elif symbol:
            self._complete(symbol)
        elif said.get("plan_date") or said.get("plan_issuer"):
            self.add_error("plan_symbol", gettext("Có ngày, cơ quan ban hành nhưng chưa có số, ký hiệu."))

    def _complete(self, symbol: Symbol) -> None:
        """A plan enters the register with its day and issuer, or two papers of one symbol could not be told apart."""
        if not self.cleaned_data.get("plan_date") and "plan_date" not in self.errors:
            self.add_error("plan_date", gettext("Nhập ngày ban hành để ghi kế hoạch vào sổ."))
        if not (self.cleaned_data.get("plan_issuer") or issuer_of_code(symbol.code)):
            self.add_error("plan_issuer", gettext("Nhập cơ quan ban hành để ghi kế hoạch vào sổ."))

    def opened(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        symbol: Symbol | None = said["plan_symbol"]
        plan = NewPlan(symbol, said["plan_date"], said["plan_issuer"]) if symbol else said["plan"]
        return {
            "title": said["title"],
            "unit": self.unit,
            "started_on": said["started_on"],
            "ended_on": said["ended_on"],
            "plan": plan,
        }


class UnitsForm(forms.Form):
    """Units by name, typed or pasted; every name that leads to no unit, or to several, is told at once."""

    units = forms.CharField(
        label=_("Đơn vị"),
        max_length=_MAX_PASTED,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Gõ hoặc dán tên phường, xã, đặc khu; cách nhau bằng dấu phẩy, dấu chấm phẩy hoặc xuống dòng. "
            "Không cần loại đơn vị và dấu khi không lẫn với đơn vị khác."
        ),
    )

    def __init__(self, *args: Any, campaign: Campaign, **more: Any) -> None:
        super().__init__(*args, **more)
        self.campaign = campaign

    def clean_units(self) -> list[Unit]:
        found = units_by_names(_names_in(self.cleaned_data["units"]), campaign_units(self.campaign))
        if wrong := [self._why_not(one) for one in found if one.unit is None]:
            raise ValidationError(list(dict.fromkeys(wrong)))
        return list(dict.fromkeys(one.unit for one in found if one.unit))

    def _why_not(self, one: TypedUnit) -> str:
        if one.bearing:
            return gettext("“%(name)s” có thể là %(units)s. Ghi đủ loại và dấu, hoặc nhập mã.") % {
                "name": one.typed,
                "units": _listed(one.bearing),
            }
        said = {"name": one.typed, "province": self.campaign.unit, "units": _listed(one.alike)}
        if one.alike:
            return gettext("Không có “%(name)s” trong %(province)s; có phải là %(units)s?") % said
        return gettext("Không có “%(name)s” trong %(province)s. Kiểm tra tên hoặc nhập mã.") % said


class GroupForm(UnitsForm):
    number = WholeField(label=_("Số tổ"), min_value=1, max_value=999)
    name = forms.CharField(label=_("Tên tổ"), max_length=200, required=False)
    leader = forms.CharField(label=_("Tổ trưởng"), max_length=200, required=False)
    leader_title = forms.CharField(label=_("Chức vụ tổ trưởng"), max_length=300, required=False)
    field_order = ("number", "name", "leader", "leader_title", "units")

    def __init__(self, campaign: Campaign, *args: Any) -> None:
        super().__init__(*args, campaign=campaign)
        self.initial = {"number": next_number(campaign)}

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if self.campaign.groups.filter(number=number).exists():
            raise ValidationError(number_taken(number))
        return number


class GroupUnitsForm(EditForm, UnitsForm):
    """The units of a group that exists, by names that lead back to these very units."""

    def __init__(self, group: WorkingGroup, *args: Any) -> None:
        super().__init__(group, *args, campaign=group.campaign)

    def values_of(self, row: WorkingGroup) -> dict[str, Any]:
        return {"units": "\n".join(_leading_back(row))}


class SeatForm(forms.Form):
    mandate = forms.ModelChoiceField(label=_("Thành viên"), queryset=None)  # type: ignore[var-annotated]

    def __init__(self, group: WorkingGroup, *args: Any) -> None:
        super().__init__(*args)
        self.group = group
        holders = seatable(group.campaign, timezone.localdate())
        self.fields["mandate"].queryset = holders  # type: ignore[attr-defined]
        # Those seated already are not offered, yet taken: a second click on the same button is no fault.
        seated = set(group.members.values_list("pk", flat=True))
        free = [(one.pk, f"{one.user} ({one.user.username})") for one in holders if one.pk not in seated]
        self.fields["mandate"].choices = [("", "—"), *free]  # type: ignore[attr-defined]

    @property
    def offers_anyone(self) -> bool:
        return len(self.fields["mandate"].choices) > 1  # type: ignore[attr-defined]


def _names_in(text: str) -> list[str]:
    lines = (_BULLET.sub("", part.strip()).strip(" .") for part in _BETWEEN.split(text))
    return [line for line in lines if line]


def _listed(units: Iterable[Unit]) -> str:
    return ", ".join(f"{unit} ({unit.code})" for unit in units)


def _leading_back(group: WorkingGroup) -> list[str]:
    """A name, but the code where the name has passed to another unit since."""
    units = list(group.units.order_by("name", "pk"))
    found = units_by_names([str(unit) for unit in units], campaign_units(group.campaign))
    return [str(unit) if one.unit == unit else unit.code for unit, one in zip(units, found, strict=True)]

"""What is asked of lists and the map of units, and the forms of dated changes."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models import User
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.units.actions import NewUnit
from thongsuot.units.enums import Kind
from thongsuot.units.models import UNIT_NAMED_BY, Mandate, Unit
from thongsuot.units.queries import colleagues, holding_on, province_of, province_on, provinces_on
from thongsuot.web.editing import EditForm
from thongsuot.web.filters import OneOfFilter, SomeOfFilter, TextFilter
from thongsuot.web.numbers import NumberField
from thongsuot.web.widgets import SuggestInput

COMMUNE_KINDS = [(kind.value, kind.label) for kind in (Kind.WARD, Kind.COMMUNE, Kind.SPECIAL_ZONE)]
PARTS = 4
OFFERED = 200


class PlaceAndDay(forms.Form):
    """Which province, on which day; what is not said is the mandate's own and today."""

    on = forms.DateField(required=False)
    province = forms.CharField(required=False)
    day: date
    place: Unit | None

    def settle(self, by: Mandate) -> "PlaceAndDay":
        self.is_valid()
        self.day = self.cleaned_data.get("on") or timezone.localdate()
        asked = provinces_on(self.day).filter(code=self.cleaned_data.get("province") or "").first()
        self.place = asked or province_on(province_of(by.unit), self.day)
        return self


class CommuneFilter(django_filters.FilterSet):
    """Filters over the communes of a day; province and day have chosen the rows already."""

    name = TextFilter(label=_("Tên"), method="by_name")
    kind = SomeOfFilter(label=_("Loại"), choices=Kind.choices)
    province = OneOfFilter(
        label=_("Tỉnh, thành phố"),
        queryset=Unit.objects.none(),
        named_by=UNIT_NAMED_BY,
        to_field_name="code",
        method="as_it_is",
    )
    on = django_filters.DateFilter(label=_("Vào ngày"), method="as_it_is")

    class Meta:
        model = Unit
        fields: list[str] = []

    def __init__(self, data: Any, *, on: date, place: Unit | None, **more: Any) -> None:
        super().__init__(data, **more)
        self.filters["province"].queryset = provinces_on(on).order_by("name")
        if place is not None:
            self.filters["province"].extra["empty_label"] = place.title
        kinds = set(self.queryset.order_by().values_list("kind", flat=True).distinct())
        self.filters["kind"].extra["choices"] = [choice for choice in Kind.choices if choice[0] in kinds]

    def by_name(self, communes: QuerySet[Unit], name: str, value: str) -> QuerySet[Unit]:
        bare = strip_marks(value)
        return communes.filter(Q(names__bare__contains=bare) | Q(code=value.strip())).distinct()

    def as_it_is(self, communes: QuerySet[Unit], name: str, value: object) -> QuerySet[Unit]:
        return communes


class ChangeForm(forms.Form):
    """What every dated change says."""

    on = forms.DateField(label=_("Ngày có hiệu lực"))
    basis = forms.CharField(
        label=_("Căn cứ"),
        max_length=300,
        help_text=_("Số, ngày và cơ quan ban hành văn bản, ví dụ nghị quyết."),
    )


class NewUnitForm(forms.Form):
    kind = forms.ChoiceField(label=_("Loại"), choices=COMMUNE_KINDS)
    name = forms.CharField(
        label=_("Tên mới"), max_length=100, help_text=_("Chỉ tên riêng, không kèm loại đơn vị.")
    )
    code = forms.RegexField(
        r"^\d{5}$",
        label=_("Mã"),
        help_text=_("Mã 5 chữ số theo danh mục đơn vị hành chính."),
        error_messages={"invalid": _("Mã gồm đúng 5 chữ số, ví dụ 27508.")},
    )
    area_km2 = NumberField(label=_("Diện tích (km²)"), required=False, min_value=Decimal("0.01"))

    def new_unit(self) -> NewUnit:
        said = self.cleaned_data
        area = None if said["area_km2"] is None else float(said["area_km2"])
        return NewUnit(code=said["code"], kind=said["kind"], name=said["name"], area_km2=area)


class RenameForm(EditForm, ChangeForm):
    kind = forms.ChoiceField(label=_("Loại"), choices=COMMUNE_KINDS)
    name = forms.CharField(
        label=_("Tên mới"), max_length=100, help_text=_("Chỉ tên riêng, không kèm loại đơn vị.")
    )

    field_order = ("kind", "name", "on", "basis")

    def __init__(self, unit: Unit, *args: Any) -> None:
        super().__init__(unit, *args)
        if unit.kind not in dict(COMMUNE_KINDS):
            self.fields["kind"].choices = [(unit.kind, unit.get_kind_display())]  # type: ignore[attr-defined]

    def values_of(self, row: Unit) -> dict[str, Any]:
        return {"kind": row.kind, "name": row.name}


class MergeForm(NewUnitForm, ChangeForm):
    """One unit joined with others of its province, the nearest named first."""

    units = forms.MultipleChoiceField(
        label=_("Nhập với"),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Xếp theo khoảng cách, gần nhất trước. Giữ Ctrl để chọn nhiều đơn vị."),
    )
    field_order = ("units", "kind", "name", "code", "area_km2", "on", "basis")

    def __init__(self, others: Iterable[Unit], *args: Any) -> None:
        super().__init__(*args)
        self._others = {str(unit.pk): unit for unit in others}
        self.fields["units"].choices = [(pk, unit.title) for pk, unit in self._others.items()]  # type: ignore[attr-defined]

    def chosen(self) -> list[Unit]:
        return [self._others[pk] for pk in self.cleaned_data["units"]]


class DeputyForm(forms.Form):
    """Who stands in, from which day to which; the last day is meant to be worked."""

    to = forms.CharField(
        label=_("Ủy quyền cho"),
        max_length=150,
        widget=SuggestInput(),
        help_text=_("Tên đăng nhập hoặc họ tên của người cùng đơn vị."),
    )
    valid_from = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)
    last_day = forms.DateField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=300, help_text=_("Ví dụ: đi công tác, nghỉ phép."))

    def __init__(self, by: Mandate, *args: Any) -> None:
        super().__init__(*args)
        self.colleagues = colleagues(by, timezone.localdate())
        self.fields["to"].widget.options = lambda: self.colleagues.values_list("username", "full_name")[
            :OFFERED
        ]

    def clean_to(self) -> User:
        typed: str = self.cleaned_data["to"]
        found = list(self.colleagues.filter(Q(username=typed) | Q(full_name__iexact=typed))[:OFFERED])
        if len(found) > 1:
            names = ", ".join(one.username for one in found)
            raise ValidationError(
                gettext("Có nhiều người tên “%(typed)s”: nhập tên đăng nhập (%(names)s).")
                % {"typed": typed, "names": names}
            )
        if not found:
            raise ValidationError(
                gettext("Không có “%(typed)s” đang giữ vai trò tại đơn vị của bạn.") % {"typed": typed}
            )
        return found[0]

    def agreed(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        until = said["last_day"] + timedelta(days=1)
        return {
            "to": said["to"],
            "valid_from": said["valid_from"],
            "valid_to": until,
            "reason": said["reason"],
        }


NewUnits = forms.formset_factory(NewUnitForm, min_num=2, validate_min=True, extra=PARTS - 2, max_num=PARTS)


def new_units(parts: forms.BaseFormSet) -> list[NewUnit]:  # type: ignore[type-arg]
    return [form.new_unit() for form in parts.forms if form.has_changed()]


def communes_beside(unit: Unit, on: date) -> QuerySet[Unit]:
    """Units in force of the same tier under the same unit above: what it may be joined with."""
    return Unit.objects.filter(holding_on(on), parent=unit.parent_id, tier=unit.tier).exclude(pk=unit.pk)

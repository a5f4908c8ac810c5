"""Filters of the trail and of mandates; forms that open accounts and change mandates."""

from typing import Any

import django_filters
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models import User
from thongsuot.audit.labels import act_label, registered_verbs
from thongsuot.audit.models import Event
from thongsuot.lawbook.roles import roles
from thongsuot.site.tables import kind_label
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reach
from thongsuot.units.queries import holding_on
from thongsuot.web.editing import EditForm
from thongsuot.web.filters import AnyOfFilter, DayRangeFilter, TextFilter


def role_choices() -> list[tuple[str, str]]:
    language = get_language() or "vi"
    return [(role.code, role.name.get(language, role.name["vi"])) for role in roles().values()]


def _verb_choices() -> list[tuple[str, str]]:
    return sorted(((verb, act_label(verb)) for verb in registered_verbs()), key=lambda choice: choice[1])


def _kind_choices() -> list[tuple[str, str]]:
    kinds = Event.objects.order_by().values_list("subject_kind", flat=True).distinct()
    return sorted(((kind, kind_label(kind)) for kind in kinds), key=lambda choice: choice[1])


class EventFilter(django_filters.FilterSet):
    who = TextFilter(label=_("Người thực hiện"), method="by_person")
    verb = AnyOfFilter(label=_("Việc"), choices=_verb_choices)
    subject_kind = AnyOfFilter(label=_("Loại đối tượng"), choices=_kind_choices)
    at = DayRangeFilter(label=_("Thời gian"))

    class Meta:
        model = Event
        fields: list[str] = []

    def by_person(self, events: QuerySet[Event], name: str, value: str) -> QuerySet[Event]:
        return events.filter(Q(actor_name__icontains=value) | Q(actor_username__icontains=value))


IN_FORCE, ENDED = "in-force", "ended"


class MandateFilter(django_filters.FilterSet):
    who = TextFilter(label=_("Họ tên, tài khoản"), method="by_person")
    role = AnyOfFilter(label=_("Vai trò"), field_name="role_code", choices=role_choices)
    state = AnyOfFilter(
        label=_("Hiệu lực"), method="by_state", choices=[(IN_FORCE, _("Đang giữ")), (ENDED, _("Đã kết thúc"))]
    )

    class Meta:
        model = Mandate
        fields: list[str] = []

    def by_person(self, mandates: QuerySet[Mandate], name: str, value: str) -> QuerySet[Mandate]:
        return mandates.filter(Q(user__full_name__icontains=value) | Q(user__username__icontains=value))

    def by_state(self, mandates: QuerySet[Mandate], name: str, value: str) -> QuerySet[Mandate]:
        today = holding_on(timezone.localdate())
        return mandates.filter(today) if value == IN_FORCE else mandates.exclude(today)


def units_within(by: Mandate) -> QuerySet[Unit]:
    return Unit.objects.filter(reach(by, ""), valid_to=None).order_by("-tier", "name", "pk")


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, unit: Unit) -> str:
        return unit.title


class UnitChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, unit: Unit) -> str:
        return unit.title


class MandateForm(forms.Form):
    """A role at a unit from a day on, for an account that exists."""

    username = forms.CharField(label=_("Tài khoản"), max_length=150)
    role = forms.ChoiceField(label=_("Vai trò"), choices=role_choices)
    unit = UnitChoice(label=_("Đơn vị"), queryset=Unit.objects.none())
    valid_from = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)
    covers = UnitChoices(
        label=_("Phụ trách"),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Chỉ với thành viên tổ công tác: các đơn vị tổ làm việc. Giữ Ctrl để chọn nhiều."),
    )

    def __init__(self, by: Mandate, *args: Any) -> None:
        super().__init__(*args)
        units = units_within(by)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["covers"].queryset = units  # type: ignore[attr-defined]

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if not User.objects.filter(username=username).exists():
            raise ValidationError(_("Không có tài khoản “%(name)s”.") % {"name": username})
        return username

    def granted(self) -> dict[str, Any]:
        """What the action that grants takes."""
        said = self.cleaned_data
        return {name: said[name] for name in ("role", "unit", "valid_from", "covers")}


class AccountForm(MandateForm):
    """A new account with its first mandate."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    password = forms.CharField(
        label=_("Mật khẩu ban đầu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ít nhất 12 ký tự; người dùng đổi lại sau khi đăng nhập."),
    )
    field_order = ("full_name", "username", "email", "password", "role", "unit", "valid_from", "covers")

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("Tài khoản “%(name)s” đã có.") % {"name": username})
        return username

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(username=self.cleaned_data.get("username", "")))
        return password

    def opened(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {name: said[name] for name in ("username", "full_name", "email", "password")}


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        help_text=_("Nơi nhận thư nhắc việc; để trống thì không gửi thư."),
    )


class EndForm(forms.Form):
    on = forms.DateField(label=_("Không còn hiệu lực từ ngày"), initial=timezone.localdate)


class CoversForm(EditForm):
    covers = UnitChoices(
        label=_("Các đơn vị phụ trách"),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text=_("Giữ Ctrl để chọn nhiều đơn vị."),
    )

    def __init__(self, by: Mandate, mandate: Mandate, *args: Any) -> None:
        super().__init__(mandate, *args)
        self.fields["covers"].queryset = units_within(by)  # type: ignore[attr-defined]

    def values_of(self, row: Mandate) -> dict[str, Any]:
        return {"covers": list(row.covers.all())}

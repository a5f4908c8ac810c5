"""Forms that open and close accounts, and grant, change and end mandates."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models import User
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.lawbook.topics import topic_name, topics
from thongsuot.site.filters import role_choices
from thongsuot.units.models import Body, Mandate, Unit
from thongsuot.units.policies import reach
from thongsuot.units.queries import final_successors, holding_on, mandates_left_at, units_by_names
from thongsuot.web.editing import EditForm
from thongsuot.web.widgets import SuggestInput

_NAMED = 8


def units_within(by: Mandate) -> Any:
    return Unit.objects.filter(reach(by, ""), valid_to=None).order_by("-tier", "name", "pk")


class UnitChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, unit: Unit) -> str:
        return unit.title


class UnitByName(forms.CharField):
    """A unit by its name or code, offered while one types."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=SuggestInput(), max_length=200, **more)
        self.among = Unit.objects.none()

    def offer(self, among: Any) -> None:
        self.among = among
        self.widget.options = lambda: [(unit.title, unit.code) for unit in among]

    def clean(self, value: Any) -> Unit:
        typed = super().clean(value)
        (found,) = units_by_names([typed], self.among)
        if found.unit is None:
            alike = ", ".join(
                f"{unit.title} ({unit.code})" for unit in (found.bearing or found.alike)[:_NAMED]
            )
            if alike:
                raise ValidationError(
                    gettext("“%(typed)s” chưa rõ là đơn vị nào: %(alike)s. Ghi đủ tên, hoặc nhập mã.")
                    % {"typed": typed, "alike": alike}
                )
            raise ValidationError(
                gettext("Không có đơn vị “%(typed)s” trong phạm vi của bạn. Kiểm tra tên hoặc nhập mã.")
                % {"typed": typed}
            )
        return found.unit


class MandateForm(forms.Form):
    """A role at a unit, or at a body of it, for a time, for an account that exists."""

    username = forms.CharField(label=_("Tài khoản"), max_length=150)
    role = forms.ChoiceField(label=_("Vai trò"), choices=role_choices)
    unit = UnitByName(label=_("Đơn vị"), help_text=_("Gõ tên hoặc mã đơn vị rồi chọn."))
    body = forms.CharField(
        label=_("Cơ quan"),
        max_length=200,
        required=False,
        widget=SuggestInput(),
        help_text=_("Chỉ với vai trò của sở, ban, ngành, phòng: cơ quan thuộc đơn vị trên."),
    )
    fields_of_work = forms.MultipleChoiceField(
        label=_("Lĩnh vực"),
        choices=lambda: [(code, topic_name(code, get_language() or "vi")) for code in topics()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn là mọi lĩnh vực."),
    )
    valid_from = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)
    valid_to = forms.DateField(
        label=_("Đến trước ngày"), required=False, help_text=_("Để trống khi chưa định ngày kết thúc.")
    )
    covers = UnitChoices(
        label=_("Phụ trách"),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Chỉ với vai trò của tổ công tác: các đơn vị tổ làm việc. Giữ Ctrl để chọn nhiều."),
    )

    def __init__(self, by: Mandate, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        units = units_within(by)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]
        self.fields["covers"].queryset = units  # type: ignore[attr-defined]
        bodies = Body.objects.filter(reach(by), valid_to=None).order_by("name")
        self.fields["body"].widget.options = lambda: [
            (name, "") for name in bodies.values_list("name", flat=True).distinct()
        ]

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if not User.objects.filter(username=username).exists():
            raise ValidationError(_("Không có tài khoản “%(name)s”.") % {"name": username})
        return username

    def clean(self) -> None:
        said = self.cleaned_data
        typed, unit = said.get("body", ""), said.get("unit")
        said["body"] = self._body(unit, typed, said.get("valid_from")) if typed and unit else None

    def _body(self, unit: Unit, typed: str, on: Any) -> Body | None:
        held = unit.bodies.filter(holding_on(on or timezone.localdate()))
        body = held.filter(bare=strip_marks(typed)).first()
        if body is None:
            names = ", ".join(held.values_list("name", flat=True)[: _NAMED * 2])
            self.add_error(
                "body",
                gettext("%(unit)s không có cơ quan “%(typed)s”. Các cơ quan hiện có: %(names)s.")
                % {"unit": unit.title, "typed": typed, "names": names or "—"},
            )
        return body

    def granted(self) -> dict[str, Any]:
        """What the action that grants takes."""
        said = self.cleaned_data
        names = ("role", "unit", "body", "valid_from", "valid_to", "covers")
        return {**{name: said[name] for name in names}, "fields": said["fields_of_work"]}


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
    field_order = ("full_name", "username", "email", "password", "role", "unit", "body", "fields_of_work")

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


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, help_text=_("Ví dụ: chuyển công tác, nghỉ hưu.")
    )


class HeldChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, held: Mandate) -> str:
        return f"{held.user} · {held.called}" + (f" · {held.body}" if held.body else "")


class SuccessorChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, unit: Unit) -> str:
        return unit.title


class CarryOverForm(forms.Form):
    """The roles still held at an ended unit, taken to what came of it."""

    mandates = HeldChoices(label=_("Vai trò"), queryset=None, widget=forms.CheckboxSelectMultiple)
    to = SuccessorChoice(label=_("Sang đơn vị"), queryset=None, empty_label=None)
    on = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)

    def __init__(self, unit: Unit, *args: Any) -> None:
        super().__init__(*args)
        self.unit = unit
        left = mandates_left_at([unit], timezone.localdate())
        successors = final_successors(unit)
        self.fields["mandates"].queryset = left  # type: ignore[attr-defined]
        self.fields["to"].queryset = Unit.objects.filter(pk__in=[one.pk for one in successors])  # type: ignore[attr-defined]
        self.initial = {"mandates": list(left)}

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if self.unit.valid_to and on < self.unit.valid_to:
            raise ValidationError(
                gettext("Đơn vị còn đến %(day)s: chọn từ ngày đó trở đi.")
                % {"day": f"{self.unit.valid_to:%d-%m-%Y}"}
            )
        return on

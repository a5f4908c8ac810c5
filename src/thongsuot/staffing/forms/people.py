"""What is typed about a person, one part of the file at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from thongsuot.lawbook.bodies import body_kinds
from thongsuot.lawbook.locks import lock_cases, lock_name
from thongsuot.staffing.enums import Category, Degree, HoldingKind, Relation, Sex
from thongsuot.staffing.models import Holding, Person, Position
from thongsuot.staffing.policies import keep_scope
from thongsuot.staffing.queries.leaders import bodies_led, called_in
from thongsuot.units.enums import Tier
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reach
from thongsuot.units.queries import holding_on, units_by_names
from thongsuot.web.editing import EditForm
from thongsuot.web.numbers import NumberField, WholeField
from thongsuot.web.widgets import SuggestInput


def _today() -> Any:
    return timezone.localdate()


def positions() -> QuerySet[Position]:
    return Position.objects.filter(holding_on(timezone.localdate())).order_by("code")


class PositionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=Position.objects.none(), **{"label": _("Vị trí"), **more})

    def label_from_instance(self, position: Position) -> str:
        return f"{position.code} {position}"


class BodyField(forms.ChoiceField):
    """The department a head or a deputy leads; of no other position."""

    def __init__(self, **more: Any) -> None:
        told = {
            "label": _("Phòng phụ trách"),
            "required": False,
            "help_text": _("Chỉ với trưởng phòng, phó phòng: phòng nào của đơn vị."),
        }
        super().__init__(choices=self._offered, **{**told, **more})

    @staticmethod
    def _offered() -> list[tuple[str, str]]:
        codes = sorted({code for position in positions() for code in bodies_led(position)})
        return [("", "—"), *((code, body_kinds()[code]) for code in codes)]


def require_body_named(form: forms.Form, position: Position | None) -> None:
    """Said beside the field rather than over the form."""
    if position and bodies_led(position) and not form.cleaned_data.get("body"):
        form.add_error(
            "body", gettext("Chọn phòng mà người giữ “%(position)s” phụ trách.") % {"position": position}
        )


class UnitsByName(forms.CharField):
    """Units one a line, by name or code."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **more)

    def clean(self, value: Any) -> list[Unit]:
        names = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        among = Unit.objects.filter(valid_to=None).exclude(tier=Tier.DISTRICT)
        found = units_by_names(names, among) if names else []
        unknown = [name for name, one in zip(names, found, strict=True) if one.unit is None]
        if unknown:
            raise ValidationError(
                gettext("Không rõ là đơn vị nào: %(names)s. Ghi đủ tên, hoặc nhập mã.")
                % {"names": ", ".join(unknown)}
            )
        return [one.unit for one in found if one.unit is not None]


class UnitField(forms.CharField):
    """One unit, offered while one types."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=SuggestInput(), max_length=200, **more)

    def offer(self, among: QuerySet[Unit]) -> None:
        self.widget.options = lambda: [(unit.title, unit.code) for unit in among.order_by("name", "pk")]

    def clean(self, value: Any) -> Unit | None:
        typed = str(super().clean(value))
        if not typed:
            return None
        (found,) = units_by_names([typed], Unit.objects.filter(valid_to=None).exclude(tier=Tier.DISTRICT))
        if found.unit is None:
            raise ValidationError(
                gettext("Không rõ “%(typed)s” là đơn vị nào. Ghi đủ tên, hoặc nhập mã.") % {"typed": typed}
            )
        return found.unit


class EnterForm(forms.Form):
    """Somebody new, with the post they take."""

    number = forms.CharField(label=_("Số hồ sơ"), max_length=20)
    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    category = forms.ChoiceField(
        label=pgettext_lazy("staff", "Đối tượng"), choices=Category.choices, initial=Category.CIVIL_SERVANT
    )
    sex = forms.ChoiceField(label=_("Giới tính"), choices=[("", "—"), *Sex.choices], required=False)
    born_on = forms.DateField(label=_("Ngày sinh"), required=False)
    rank = forms.CharField(label=_("Ngạch"), max_length=60, required=False)
    joined_on = forms.DateField(label=_("Vào ngành từ"), required=False)
    position = PositionField()
    body = BodyField()
    since = forms.DateField(label=_("Giữ vị trí từ"), initial=_today)
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["position"].queryset = positions()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        require_body_named(self, said.get("position"))
        return said


class PersonForm(EditForm):
    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    sex = forms.ChoiceField(label=_("Giới tính"), choices=[("", "—"), *Sex.choices], required=False)
    born_on = forms.DateField(label=_("Ngày sinh"), required=False)
    category = forms.ChoiceField(label=pgettext_lazy("staff", "Đối tượng"), choices=Category.choices)
    rank = forms.CharField(label=_("Ngạch"), max_length=60, required=False)
    joined_on = forms.DateField(label=_("Vào ngành từ"), required=False)
    origin = UnitField(
        label=_("Đơn vị gốc"),
        required=False,
        help_text=_("Nơi đã công tác trước sắp xếp; khi bố trí được ưu tiên về đó, không tính khoảng cách."),
    )

    def __init__(self, person: Person, among: QuerySet[Unit], *args: Any, **more: Any) -> None:
        super().__init__(person, *args, **more)
        self.fields["origin"].offer(among)  # type: ignore[attr-defined]

    def values_of(self, row: Person) -> Mapping[str, Any]:
        names = ("full_name", "sex", "born_on", "category", "rank", "joined_on")
        return {name: getattr(row, name) for name in names} | {
            "origin": row.origin.title if row.origin else ""
        }


STUDY_ROWS = 5
EXPERIENCE_ROWS = 4


class SchoolingForm(EditForm):
    """Degrees with their majors; an empty line is none."""

    def __init__(self, person: Person, *args: Any, **more: Any) -> None:
        self.studied = [(one.degree, one.major) for one in person.qualifications.all()]
        rows = max(STUDY_ROWS, len(self.studied) + 1)
        super().__init__(person, *args, **more)
        for at in range(rows):
            self.fields[f"degree_{at}"] = forms.ChoiceField(
                label=_("Trình độ"), choices=[("", "—"), *Degree.choices], required=False
            )
            self.fields[f"major_{at}"] = forms.CharField(label=_("Ngành"), max_length=120, required=False)
        self.rows = rows

    def values_of(self, row: Person) -> Mapping[str, Any]:
        studied = list(row.qualifications.values_list("degree", "major"))
        told = {f"degree_{at}": degree for at, (degree, _major) in enumerate(studied)}
        return told | {f"major_{at}": major for at, (_degree, major) in enumerate(studied)}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for at in range(self.rows):
            degree, major = said.get(f"degree_{at}"), said.get(f"major_{at}")
            if bool(degree) != bool(major):
                self.add_error(
                    f"major_{at}" if degree else f"degree_{at}", gettext("Ghi cả trình độ và ngành.")
                )
        return said

    @property
    def qualifications(self) -> Sequence[tuple[str, str]]:
        said = self.cleaned_data
        pairs = [(said.get(f"degree_{at}", ""), said.get(f"major_{at}", "")) for at in range(self.rows)]
        return [pair for pair in pairs if all(pair)]


class ExperienceForm(EditForm):
    """Years on positions; an empty line is none, and takes out what stood there."""

    def __init__(self, person: Person, *args: Any, **more: Any) -> None:
        super().__init__(person, *args, **more)
        self.rows = max(EXPERIENCE_ROWS, person.experiences.count() + 1)
        listed = positions()
        for at in range(self.rows):
            position = PositionField(required=False)
            position.queryset = listed
            self.fields[f"position_{at}"] = position
            self.fields[f"years_{at}"] = NumberField(
                label=_("Số năm"),
                required=False,
                min_value=0,
                max_value=60,
                max_digits=3,
                decimal_places=1,
            )

    def values_of(self, row: Person) -> Mapping[str, Any]:
        done = list(row.experiences.values_list("position", "years"))
        told: dict[str, Any] = {f"position_{at}": position for at, (position, _years) in enumerate(done)}
        return told | {f"years_{at}": years for at, (_position, years) in enumerate(done)}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        seen: set[Position] = set()
        for at in range(self.rows):
            position, years = said.get(f"position_{at}"), said.get(f"years_{at}")
            if (position is None) != (years is None):
                name = f"years_{at}" if position else f"position_{at}"
                self.add_error(name, gettext("Ghi cả vị trí và số năm, hoặc để trống cả hai."))
            if position in seen:
                self.add_error(f"position_{at}", gettext("Vị trí này đã có ở dòng trên."))
            seen |= {position} if position else set()
        return said

    @property
    def experiences(self) -> Mapping[Position, Any]:
        said = self.cleaned_data
        pairs = ((said.get(f"position_{at}"), said.get(f"years_{at}")) for at in range(self.rows))
        return {position: years for position, years in pairs if position is not None and years is not None}


class TrainingForm(EditForm):
    position = PositionField()
    course = forms.CharField(label=_("Lớp bồi dưỡng"), max_length=200)
    planned_on = forms.DateField(label=_("Dự kiến"), required=False)
    finished_on = forms.DateField(
        label=_("Hoàn thành"), required=False, help_text=_("Từ ngày này người đó đạt chuẩn của vị trí.")
    )

    def __init__(self, person: Person, *args: Any, **more: Any) -> None:
        super().__init__(person, *args, **more)
        self.fields["position"].queryset = positions()  # type: ignore[attr-defined]

    def values_of(self, row: Person) -> Mapping[str, Any]:
        return {}


class WishForm(EditForm):
    units = UnitsByName(
        label=_("Nơi muốn làm việc"),
        required=False,
        help_text=_("Mỗi dòng một đơn vị; để trống là rút nguyện vọng. Chỉ ghi điều người đó tự nêu."),
    )
    given_on = forms.DateField(label=_("Ngày nêu"), initial=_today)

    def values_of(self, row: Person) -> Mapping[str, Any]:
        return {"units": "\n".join(wish.unit.title for wish in row.wishes.select_related("unit"))}


class HomeForm(EditForm):
    # Written with a point in every language, as maps give them.
    latitude = forms.FloatField(  # noqa: TID251
        label=_("Vĩ độ"), required=False, min_value=8, max_value=24
    )
    longitude = forms.FloatField(  # noqa: TID251
        label=_("Kinh độ"),
        required=False,
        min_value=102,
        max_value=118,
        help_text=_("Để trống cả hai là xóa nơi ở."),
    )
    given_on = forms.DateField(label=_("Ngày cho biết"), initial=_today)

    def values_of(self, row: Person) -> Mapping[str, Any]:
        return {"latitude": row.home_latitude, "longitude": row.home_longitude}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if (said.get("latitude") is None) != (said.get("longitude") is None):
            self.add_error("longitude", gettext("Ghi cả vĩ độ và kinh độ, hoặc để trống cả hai."))
        return said

    @property
    def point(self) -> tuple[float, float] | None:
        said = self.cleaned_data
        return None if said["latitude"] is None else (said["latitude"], said["longitude"])


class LockForm(EditForm):
    reason = forms.ChoiceField(label=_("Trường hợp (Nghị định 170/2025/NĐ-CP, Điều 25)"))
    since = forms.DateField(label=_("Từ ngày"), initial=_today)
    until = forms.DateField(
        label=_("Đến trước ngày"), required=False, help_text=_("Để trống nếu chưa biết ngày kết thúc.")
    )

    def __init__(self, person: Person, *args: Any, **more: Any) -> None:
        super().__init__(person, *args, **more)
        language = get_language() or "vi"
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            (code, lock_name(code, language)) for code in lock_cases()
        ]

    def values_of(self, row: Person) -> Mapping[str, Any]:
        return {}


class KinForm(EditForm):
    relative = forms.CharField(label=_("Số hồ sơ của người thân"), max_length=20)
    relation = forms.ChoiceField(label=_("Quan hệ"), choices=Relation.choices)

    def __init__(self, by: Mandate, person: Person, *args: Any, **more: Any) -> None:
        super().__init__(person, *args, **more)
        self.by = by

    def values_of(self, row: Person) -> Mapping[str, Any]:
        return {}

    def clean_relative(self) -> Person:
        typed = self.cleaned_data["relative"].strip()
        found = Person.objects.filter(keep_scope(self.by), number=typed).first()
        if found is None:
            raise ValidationError(
                gettext("Không có số hồ sơ %(number)s trong phạm vi của bạn.") % {"number": typed}
            )
        return found


class ForgetForm(forms.Form):
    """Nothing to fill in but whose page to go back to."""

    tu = WholeField(required=False, widget=forms.HiddenInput)


class LeaveServiceForm(EditForm):
    on = forms.DateField(label=_("Thôi từ ngày"), initial=_today)
    because = forms.CharField(
        label=_("Lý do"),
        max_length=200,
        help_text=_("Ngắn gọn, ví dụ: nghỉ hưu, chuyển công tác ra ngoài tỉnh."),
    )

    def values_of(self, row: Person) -> Mapping[str, Any]:
        return {}


class HoldForm(EditForm):
    """A post for a person: full, combined or on secondment."""

    kind = forms.ChoiceField(label=_("Hình thức"), choices=HoldingKind.choices)
    unit = UnitField(label=_("Đơn vị"))
    position = PositionField()
    body = BodyField()
    since = forms.DateField(label=_("Từ ngày"), initial=_today)
    until = forms.DateField(
        label=_("Đến trước ngày"), required=False, help_text=_("Chỉ khi biệt phái; không quá 3 năm.")
    )
    told_so = forms.BooleanField(
        label=_("Cấp có thẩm quyền đã cho phép"),
        required=False,
        help_text=_("Kiêm nhiệm vị trí danh mục không ghi; hoặc thêm cấp phó khi đã vượt bình quân."),
    )
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)

    def __init__(self, by: Mandate, person: Person, *args: Any, **more: Any) -> None:
        super().__init__(person, *args, **more)
        self.fields["position"].queryset = positions()  # type: ignore[attr-defined]
        reached = Unit.objects.filter(reach(by, ""), valid_to=None)
        self.fields["unit"].offer(reached)  # type: ignore[attr-defined]
        full = (
            person.holdings.filter(holding_on(timezone.localdate()), kind=HoldingKind.FULL)
            .select_related("unit")
            .first()
        )
        self.fields["unit"].initial = full.unit.title if full else by.unit.title
        self.fields["kind"].initial = HoldingKind.COMBINED if full else HoldingKind.FULL

    def values_of(self, row: Person) -> Mapping[str, Any]:
        return {}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        require_body_named(self, said.get("position"))
        return said


class BodyForm(EditForm):
    """Which department a head or a deputy leads."""

    body = forms.ChoiceField(label=_("Phòng phụ trách"))
    on = forms.DateField(
        label=_("Từ ngày"),
        initial=_today,
        help_text=_("Chỉ dùng khi người đó chuyển sang phụ trách phòng khác; phòng cũ thôi từ ngày này."),
    )

    def __init__(self, holding: Holding, *args: Any, **more: Any) -> None:
        super().__init__(holding, *args, **more)
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            (code, called_in(holding.unit, code)) for code in bodies_led(holding.position)
        ]
        if not holding.body:
            del self.fields["on"]

    def values_of(self, row: Holding) -> Mapping[str, Any]:
        return {"body": row.body}


class EndForm(EditForm):
    """Of a post, or of a case."""

    on = forms.DateField(label=_("Không còn từ ngày"), initial=_today)

    def values_of(self, row: Any) -> Mapping[str, Any]:
        return {}

"""What is typed at each step of a transfer file. Each form knows the version of the file it was filled from."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.lawbook.training import course_name, courses
from thongsuot.lawbook.transfers import chain_of, consulted
from thongsuot.staffing.enums import Answer, Means
from thongsuot.staffing.forms.people import BodyField
from thongsuot.staffing.models import Consent, Person, Position, Transfer
from thongsuot.staffing.policies import person_scope, unit_scope
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import holding_on
from thongsuot.web.editing import EditForm


class StepForm(EditForm):
    """A step takes no value of the file over; what counts is that nobody changed it meanwhile."""

    def values_of(self, row: Any) -> Mapping[str, Any]:
        return {}


class OpenForm(forms.Form):
    person = forms.CharField(
        label=_("Người được điều động"), max_length=20, help_text=_("Số hồ sơ, ví dụ p000123.")
    )
    to_unit = forms.ModelChoiceField(
        label=_("Nơi đến"), queryset=Unit.objects.none(), empty_label=_("Chọn đơn vị")
    )
    to_position = forms.ModelChoiceField(
        label=_("Vị trí mới"), queryset=Position.objects.none(), empty_label=_("Chọn vị trí")
    )
    to_body = BodyField()
    means = forms.ChoiceField(label=_("Hình thức"), choices=Means.choices)
    reason = forms.CharField(
        label=_("Lý do điều động"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, by: Mandate, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.by, today = by, timezone.localdate()
        units: Any = self.fields["to_unit"]
        units.queryset = Unit.objects.filter(unit_scope(by), holding_on(today)).order_by("tier", "name", "pk")
        positions: Any = self.fields["to_position"]
        positions.queryset = Position.objects.filter(holding_on(today)).order_by("code")

    def clean_person(self) -> Person:
        typed = self.cleaned_data["person"].strip()
        found = Person.objects.filter(person_scope(self.by), number__iexact=typed).first()
        if found is None:
            raise ValidationError(
                gettext("Không có số hồ sơ “%(typed)s” trong phạm vi của vai trò đang dùng.")
                % {"typed": typed}
            )
        return found


class HearForm(StepForm):
    on = forms.DateField(label=_("Gặp ngày"))
    heard_by = forms.CharField(label=_("Người gặp"), max_length=200, help_text=_("Họ tên, chức vụ."))
    agrees = forms.TypedChoiceField(
        label=_("Người được điều động"),
        choices=[("yes", _("Đồng ý")), ("no", _("Chưa đồng ý"))],
        widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
        help_text=_("Phải gặp, nghe ý kiến trước khi quyết định; ý kiến không đồng ý được ghi vào hồ sơ."),
    )
    view = forms.CharField(label=_("Ý kiến, nguyện vọng"), widget=forms.Textarea(attrs={"rows": 3}))


class AskForm(StepForm):
    """Nothing but the version."""


class AnswerForm(StepForm):
    answer = forms.ChoiceField(label=_("Trả lời"), choices=Answer.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bắt buộc khi không đồng ý; phương án sau sẽ tính đến."),
    )


class EscalateForm(StepForm):
    consent = forms.ModelChoiceField(
        label=_("Bên được chuyển lên"), queryset=Consent.objects.none(), empty_label=None
    )
    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, row: Transfer, consents: Sequence[Consent], *args: Any, **more: Any) -> None:
        super().__init__(row, *args, **more)
        field: Any = self.fields["consent"]
        field.queryset = Consent.objects.filter(pk__in=[one.pk for one in consents]).select_related("unit")
        field.label_from_instance = lambda one: f"{one.get_party_display()}: {one.unit}"


class DecideForm(forms.Form):
    """One paper for one file or for several; `seen` carries the version of each."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    number = forms.CharField(label=_("Số quyết định"), max_length=60, help_text=_("Ví dụ 15/QĐ-SNV."))
    on = forms.DateField(label=_("Ngày quyết định"))
    signed_by = forms.CharField(label=_("Người ký"), max_length=200)
    effective_on = forms.DateField(
        label=_("Có hiệu lực từ"), help_text=_("Có thể là ngày sau này; đến ngày đó sổ nhân sự tự đổi.")
    )
    ends_on = forms.DateField(
        label=_("Biệt phái đến hết ngày"), required=False, help_text=_("Chỉ với biệt phái, không quá 3 năm.")
    )
    consulted = forms.MultipleChoiceField(
        label=_("Đã xin ý kiến"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, rows: Sequence[Transfer], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        language = get_language() or "vi"
        chains = [chain_of(row.kind, row.opened_on) for row in rows]
        codes = sorted({code for chain in chains for code in chain.consult})
        choices: Any = self.fields["consulted"]
        choices.choices = [(code, consulted(code, language)) for code in codes]
        if not codes:
            del self.fields["consulted"]
        if all(row.means != Means.SECONDMENT for row in rows):
            del self.fields["ends_on"]
        if chains:
            self.fields["signed_by"].initial = chains[0].signer.get(language, chains[0].signer["vi"])
        self.fields["on"].initial = timezone.localdate()
        self.fields["seen"].initial = " ".join(f"{row.pk}:{row.version}" for row in rows)

    def versions(self) -> dict[int, int]:
        """What was shown of each file; none for a form that does not say."""
        pairs = (one.split(":") for one in self.cleaned_data["seen"].split() if one.count(":") == 1)
        return {int(key): int(seen) for key, seen in pairs if key.isdigit() and seen.isdigit()}


class CourseForm(StepForm):
    """The courses for the field of the new place first; where none is listed for it, all of them."""

    course = forms.ChoiceField(label=_("Lớp bồi dưỡng"))
    starts_on = forms.DateField(
        label=_("Khai giảng"), help_text=_("Đơn vị nhận người được giao nhiệm vụ cử đi học, hạn là ngày này.")
    )

    def __init__(self, row: Transfer, *args: Any, **more: Any) -> None:
        super().__init__(row, *args, **more)
        language, field = get_language() or "vi", row.to_position.field
        fitting = [one for one in courses().values() if field in one.fields] or list(courses().values())
        self.fields["course"].choices = [  # type: ignore[attr-defined]
            (one.code, course_name(one.code, language)) for one in fitting
        ]


class EndForm(StepForm):
    on = forms.DateField(label=_("Ngày cuối biệt phái"))
    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

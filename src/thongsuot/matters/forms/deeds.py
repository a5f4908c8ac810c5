"""The small forms under the buttons of a task: each holds what one act asks for, and nothing known already."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.clocks import periods
from thongsuot.matters.models import Matter
from thongsuot.matters.queries import bodies_to_wait_for, colleagues, pending_wish
from thongsuot.units.models import Body, Mandate

MOST_FILES = 10


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, up to a few."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Mỗi lần kèm không quá %(most)s tệp.") % {"most": MOST_FILES})
        return [super(FilesField, self).clean(one, None) for one in files]


def _words(label: Any, *, required: bool = True, rows: int = 3, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=5000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


FILES = _("Tệp kèm theo")
FILES_HELP = _("Word, PDF, Excel hoặc ảnh; bên giao và đơn vị thực hiện đều xem được.")


class DeedForm(forms.Form):
    """`task` is the row it is about; what is known already is filled in by `prepare`."""

    def __init__(self, task: Matter, *args: Any, **more: Any) -> None:
        self.task = task
        super().__init__(*args, **more)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what is known."""

    def said(self) -> Mapping[str, Any]:
        """What the action is given."""
        return dict(self.cleaned_data)


class NoWordsForm(DeedForm):
    """A button is enough."""


class ProgressForm(DeedForm):
    text = _words(_("Việc đã làm, việc còn lại"))
    evidence = FilesField(label=FILES, required=False, help_text=FILES_HELP)


class SubmitForm(DeedForm):
    text = _words(_("Kết quả và minh chứng"), rows=4)
    evidence = FilesField(label=FILES, required=False, help_text=FILES_HELP)

    def prepare(self) -> None:
        self.fields["text"].help_text = _("Sản phẩm phải có: %(product)s") % {"product": self.task.product}
        self.fields["evidence"].required = self.task.priority


class VerifyForm(DeedForm):
    text = _words(_("Nhận xét"), required=False, rows=2)


class ReturnForm(DeedForm):
    reason = _words(_("Điều còn thiếu, cần bổ sung"))
    due_on = forms.DateField(
        label=_("Hạn mới"),
        required=False,
        help_text=_("Để trống: số ngày kết quả nằm chờ xác nhận được cộng trả cho đơn vị."),
    )


class ReopenForm(ReturnForm):
    reason = _words(_("Vì sao mở lại"))
    due_on = forms.DateField(
        label=_("Hạn mới"), required=False, help_text=_("Để trống: giữ số ngày đơn vị còn khi nộp.")
    )


class WithdrawForm(DeedForm):
    reason = _words(_("Vì sao rút"))


class RemindForm(DeedForm):
    text = _words(_("Lời nhắc"), required=False, rows=2)


class AskExtensionForm(DeedForm):
    until = forms.DateField(label=_("Xin đến ngày"))
    reason = _words(_("Lý do"), rows=2)

    def prepare(self) -> None:
        if self.task.due_on:
            last = add_working_days(self.task.due_on, periods().longest_extension)
            self.fields["until"].help_text = _("Hạn đang có: %(due)s; muộn nhất: %(last)s.") % {
                "due": f"{self.task.due_on:%d-%m-%Y}",
                "last": f"{last:%d-%m-%Y}",
            }


class GrantForm(DeedForm):
    until = forms.DateField(label=_("Gia hạn đến ngày"))
    remark = _words(_("Ý kiến"), required=False, rows=2)

    def prepare(self) -> None:
        if wish := pending_wish(self.task):
            self.fields["until"].initial = wish.new_due_on


class RefuseExtensionForm(DeedForm):
    remark = _words(_("Vì sao không gia hạn"), rows=2)


class WaitForm(DeedForm):
    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("Chờ cơ quan"), required=False, empty_label=_("Chọn trong danh mục")
    )
    name = forms.CharField(
        label=_("hoặc cơ quan khác"), required=False, max_length=300, help_text=_("Ví dụ: Bộ Nội vụ.")
    )
    until = forms.DateField(label=_("Chờ đến ngày"))
    reason = _words(_("Cần cơ quan ấy làm gì"), rows=2)

    def prepare(self) -> None:
        today = timezone.localdate()
        self.fields["body"].queryset = bodies_to_wait_for(self.task, today)  # type: ignore[attr-defined]
        self.fields["until"].initial = add_working_days(today, 5)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if bool(said.get("body")) == bool((said.get("name") or "").strip()):
            self.add_error("body", _("Chọn một cơ quan trong danh mục, hoặc nhập tên cơ quan khác."))
        return said


class EndWaitForm(DeedForm):
    text = _words(_("Cơ quan ấy đã trả lời, đã làm gì"))
    evidence = FilesField(label=FILES, required=False, help_text=FILES_HELP)


class _PersonField(forms.ModelChoiceField[Mandate]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user} ({obj.role_name})"


class AssignForm(DeedForm):
    to = _PersonField(Mandate.objects.none(), label=_("Người thực hiện"), empty_label=_("Chọn người"))

    def prepare(self) -> None:
        able = [one.pk for one in colleagues(self.task, timezone.localdate()) if one.allows("perform")]
        everyone = colleagues(self.task, timezone.localdate()).filter(pk__in=able)
        self.fields["to"].queryset = everyone.exclude(pk=self.task.assignee_id or 0)  # type: ignore[attr-defined]


class CommentForm(DeedForm):
    text = _words(_("Nội dung trao đổi"), rows=2)
    evidence = FilesField(label=FILES, required=False, help_text=FILES_HELP)

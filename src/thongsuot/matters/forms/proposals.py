from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.lawbook.topics import OTHER
from thongsuot.matters.actions import Statement
from thongsuot.matters.enums import KINDS_UP, Competence, Kind
from thongsuot.matters.models import Matter
from thongsuot.matters.queries import bodies_to_route_to, usual_body
from thongsuot.matters.tables import topic_choices
from thongsuot.units.models import Mandate
from thongsuot.web.editing import EditForm


class ProposalForm(EditForm):
    """What a unit asks; of a new one the day, the speaker and the field are filled in already."""

    text = forms.CharField(
        label=_("Nội dung kiến nghị"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Mỗi kiến nghị một việc; nêu rõ đề nghị gì, cho đơn vị nào, bao nhiêu."),
    )
    kind = forms.ChoiceField(
        label=_("Loại"), choices=[(kind.value, kind.label) for kind in KINDS_UP], widget=forms.RadioSelect
    )
    topic = forms.ChoiceField(label=_("Lĩnh vực"), choices=topic_choices)
    addressee = forms.CharField(
        label=_("Gửi tới"),
        max_length=300,
        required=False,
        help_text=_("Cơ quan mà đơn vị muốn được trả lời."),
    )
    competence = forms.ChoiceField(
        label=_("Thẩm quyền giải quyết"),
        choices=[("", _("Chưa rõ, theo lĩnh vực")), *Competence.choices],
        required=False,
    )
    speaker = forms.CharField(label=_("Người nêu"), max_length=200, required=False)
    speaker_title = forms.CharField(label=_("Chức vụ"), max_length=300, required=False)
    raised_on = forms.DateField(label=_("Ngày nêu"))

    def __init__(self, by: Mandate, row: Matter | None, *args: Any, **more: Any) -> None:
        self.by = by
        super().__init__(row or Matter(), *args, **more)
        if row:
            del self.fields["raised_on"]  # it is numbered by its year

    def values_of(self, row: Matter) -> Mapping[str, Any]:
        if row.pk is None:
            return {
                "kind": Kind.REQUEST,
                "topic": OTHER,
                "speaker": str(self.by.user),
                "speaker_title": self.by.role_name,
                "raised_on": timezone.localdate(),
            }
        names = ("text", "kind", "topic", "addressee", "competence", "speaker", "speaker_title")
        return {name: getattr(row, name) for name in names}

    def statement(self) -> Statement:
        said = self.cleaned_data
        return Statement(
            text=said["text"],
            topic=said["topic"],
            speaker=said["speaker"],
            speaker_title=said["speaker_title"],
            addressee=said["addressee"],
            raised_on=said.get("raised_on"),
            competence=said["competence"],
        )


class RouteForm(forms.Form):
    """Where one proposal or many go; the usual body of their field is chosen already."""

    body = forms.ModelChoiceField(queryset=None, label=_("Cơ quan trả lời"), empty_label=None)  # type: ignore[var-annotated]
    due_on = forms.DateField(
        label=_("Hạn trả lời"), required=False, help_text=_("Để trống thì giữ hạn của từng kiến nghị.")
    )
    reason = forms.CharField(
        label=_("Lý do, ý kiến"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, by: Mandate, matters: Sequence[Matter], on: date, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        bodies = bodies_to_route_to(by, on)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        topics = {matter.topic for matter in matters}
        if len(topics) == 1 and (usual := usual_body(by, topics.pop(), on)):
            self.fields["body"].initial = usual.pk
            self.fields["body"].help_text = _("Đã chọn sẵn cơ quan thường phụ trách lĩnh vực này.")

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.matters.actions import NewTask
from thongsuot.matters.enums import AnswerKind
from thongsuot.matters.models import Answer, Matter
from thongsuot.matters.papers import named_papers
from thongsuot.matters.queries import bodies_to_route_to, tasks_numbered, visible_answers
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate

_BETWEEN = re.compile(r"[\s,;]+")
TASK_FIELDS = ("task_text", "task_person", "task_product", "task_due_on", "task_body")


class AnswerForm(forms.Form):
    """One answer; which of its parts are needed follows from its kind."""

    kind = forms.ChoiceField(label=_("Kết quả"), choices=AnswerKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Nội dung trả lời"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    documents = forms.MultipleChoiceField(label=_("Văn bản"), required=False)
    tasks = forms.CharField(
        label=_("Số nhiệm vụ đã giao"),
        required=False,
        help_text=_("Ví dụ NV-2025-000045; nhiều số thì cách nhau bằng dấu phẩy."),
    )
    task_text = forms.CharField(
        label=_("Giao nhiệm vụ mới"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    task_body = forms.ModelChoiceField(queryset=None, label=_("Cơ quan chủ trì"), required=False)  # type: ignore[var-annotated]
    task_person = forms.CharField(label=_("Người chịu trách nhiệm"), max_length=200, required=False)
    task_product = forms.CharField(label=_("Sản phẩm"), required=False)
    task_due_on = forms.DateField(label=_("Hạn"), required=False)
    forward_body = forms.ModelChoiceField(  # type: ignore[var-annotated]
        queryset=None, label=_("Chuyển đến cơ quan"), required=False
    )
    forward_to = forms.CharField(
        label=_("Hoặc cơ quan trung ương, cơ quan khác"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: Bộ Nội vụ. Nơi đang giữ vẫn theo dõi đến khi có trả lời."),
    )
    points_to = forms.CharField(
        label=_("Số câu trả lời đã có"), required=False, help_text=_("Ví dụ TL-2025-000012.")
    )

    def __init__(self, by: Mandate, on: date, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.by = by
        bodies = bodies_to_route_to(by, on)
        for name in ("forward_body", "task_body"):
            self.fields[name].queryset = bodies  # type: ignore[attr-defined]
            self.fields[name].empty_label = gettext("Chọn cơ quan")  # type: ignore[attr-defined]
        self.papers = named_papers(self.data.getlist("documents") if self.is_bound else [], by)  # type: ignore[attr-defined]
        self.fields["documents"].choices = [(paper.key, paper.title) for paper in self.papers]  # type: ignore[attr-defined]
        if not by.allows(Verb.ISSUE):
            for name in TASK_FIELDS:
                del self.fields[name]

    def clean_tasks(self) -> Sequence[Matter]:
        typed = [number for number in _BETWEEN.split(self.cleaned_data["tasks"].upper()) if number]
        found = tasks_numbered(typed, self.by)
        if missing := sorted(set(typed) - {task.number for task in found}):
            raise forms.ValidationError(
                gettext("Không có nhiệm vụ %(them)s trong phạm vi của bạn.") % {"them": ", ".join(missing)}
            )
        return found

    def clean_points_to(self) -> Answer | None:
        number = self.cleaned_data["points_to"].strip().upper()
        answer = visible_answers(self.by).filter(number=number).first() if number else None
        if number and answer is None:
            raise forms.ValidationError(
                gettext("Không có câu trả lời %(number)s trong phạm vi của bạn.") % {"number": number}
            )
        return answer

    def saying(self) -> dict[str, Any]:
        """What the action is given; parts the kind has no use for are left out."""
        said, kind = self.cleaned_data, self.cleaned_data["kind"]
        forwards, points = kind == AnswerKind.BEYOND_AUTHORITY, kind == AnswerKind.ALREADY_ANSWERED
        return {
            "kind": kind,
            "text": said["text"],
            "tasks": said["tasks"],
            "new_task": self._new_task() if kind in (AnswerKind.ACCEPTED, AnswerKind.PARTLY) else None,
            "forward_to": (said["forward_body"] or said["forward_to"]) if forwards else None,
            "points_to": said["points_to"] if points else None,
        }

    def _new_task(self) -> NewTask | None:
        said = {name.removeprefix("task_"): self.cleaned_data.get(name) for name in TASK_FIELDS}
        if not any(said.values()):
            return None
        return NewTask(
            text=said["text"] or "",
            person=said["person"] or "",
            product=said["product"] or "",
            due_on=said["due_on"],
            body=said["body"],
        )

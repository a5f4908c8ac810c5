from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.matters.models import Matter, ProposalGroup
from thongsuot.matters.queries import visible_groups
from thongsuot.units.models import Mandate

NEW = ""


class GroupForm(forms.Form):
    """A new group, or one there already."""

    group = forms.ModelChoiceField(  # type: ignore[var-annotated]
        queryset=None, label=_("Nhóm"), required=False, empty_label=_("Lập nhóm mới")
    )
    title = forms.CharField(
        label=_("Nội dung chung"), max_length=300, required=False, help_text=_("Cần khi lập nhóm mới.")
    )
    why = forms.CharField(label=_("Vì sao gộp"), max_length=300, required=False)

    def __init__(self, by: Mandate, matters: Sequence[Matter], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        topics = {matter.topic for matter in matters}
        standing: Any = visible_groups(by).filter(
            unit=by.unit_id, dissolved_at__isnull=True, topic__in=topics
        )
        self.fields["group"].queryset = ProposalGroup.objects.filter(pk__in=standing.values("pk"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("group") and not said.get("title"):
            self.add_error("title", _("Chưa ghi nội dung chung của nhóm."))
        return said

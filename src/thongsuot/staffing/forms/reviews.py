from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.staffing.models import UnitReview
from thongsuot.staffing.queries.reviews import CHANGED, CHASED, FILED, LATE, OWING, RETURNED
from thongsuot.web.editing import EditForm

STATES = (
    ("", _("Mọi đơn vị")),
    (FILED, _("Đã nộp")),
    (OWING, _("Chưa nộp")),
    (LATE, _("Quá hạn")),
    (RETURNED, _("Bị trả lại")),
    (CHASED, _("Đã đôn đốc, vẫn chưa nộp")),
    (CHANGED, _("Sổ đổi khác sau khi nộp")),
)


class RoundForm(forms.Form):
    title = forms.CharField(label=_("Tên đợt"), max_length=200)
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)
    on = forms.DateField(label=_("Số liệu ngày"))
    due_on = forms.DateField(label=_("Hạn nộp"))


class RoundFilter(forms.Form):
    state = forms.ChoiceField(label=_("Tình trạng"), choices=STATES, required=False)

    def wanted(self) -> str:
        """An address that was tampered with shows everything."""
        self.is_valid()
        return str(self.cleaned_data.get("state") or "")


class FileForm(EditForm):
    remark = forms.CharField(
        label=_("Ý kiến của đơn vị"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Chẳng hạn: việc nào nhiều lên, người nào sắp nghỉ, vị trí nào xin giữ thêm."),
    )

    def values_of(self, row: UnitReview) -> Mapping[str, Any]:
        return {"remark": row.remark}

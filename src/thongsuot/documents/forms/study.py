"""A study session as it is written down afterwards, and how many people an audience has."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.documents.actions import Heads
from thongsuot.documents.enums import Audience
from thongsuot.web.numbers import WholeField


def _count(label: Any, *, required: bool = False, help_text: Any = "") -> WholeField:
    return WholeField(label=label, min_value=0, max_value=10_000_000, required=required, help_text=help_text)


class StudyForm(forms.Form):
    audience = forms.ChoiceField(label=pgettext_lazy("study", "Đối tượng"), choices=Audience.choices)
    held_on = forms.DateField(label=_("Ngày tổ chức"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    invited = _count(_("Được mời"), required=True)
    attended = _count(_("Có mặt"), help_text=_("Để trống nếu dán danh sách ở dưới."))
    fresh = _count(
        _("Trong đó dự lần đầu"),
        help_text=_("Người chưa dự buổi nào trước đó về văn bản này; để trống là tất cả."),
    )
    confirmed = _count(_("Xác nhận đã đọc (lần đầu)"))
    passed = _count(_("Đạt kiểm tra (lần đầu)"))
    roll = forms.CharField(
        label=_("Danh sách có mặt"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Không bắt buộc, mỗi dòng một người; người trùng tên ghi thêm năm sinh. Tên không được lưu: chỉ giữ "
            "mã để không đếm ai hai lần, và xóa mã khi kết thúc đợt học."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["held_on"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("attended") and not said.get("roll", "").strip():
            self.add_error("attended", _now("Nhập số người có mặt hoặc dán danh sách."))
        return said

    def heads(self) -> Heads:
        said = self.cleaned_data
        attended = said["attended"] or 0
        return Heads(
            invited=said["invited"],
            attended=attended,
            fresh=attended if said["fresh"] is None else said["fresh"],
            confirmed=said["confirmed"] or 0,
            passed=said["passed"] or 0,
        )

    def names(self) -> list[str]:
        return [line for line in self.cleaned_data["roll"].splitlines() if line.strip()]


class CircleForm(forms.Form):
    audience = forms.ChoiceField(label=pgettext_lazy("study", "Đối tượng"), choices=Audience.choices)
    heads = WholeField(label=_("Số người của đơn vị"), min_value=1, max_value=10_000_000)

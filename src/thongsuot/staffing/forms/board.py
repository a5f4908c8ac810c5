"""What of the board to show; kept in the address."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.staffing.queries.board import SORTS, Board, Wanted

ONLY = (
    ("", _("Mọi đơn vị")),
    ("thua", _("Có vị trí thừa")),
    ("thieu", _("Có vị trí thiếu")),
    ("ca-hai", _("Vừa thừa vừa thiếu")),
    ("chua-dat", _("Có người chưa đạt chuẩn")),
)
COLUMNS = (("", _("Từng vị trí")), ("field", _("Gộp theo lĩnh vực")))


class DayForm(forms.Form):
    """The day the figures are of; dated rows answer for any day."""

    on = forms.DateField(label=_("Số liệu ngày"), required=False)

    def day(self) -> date:
        """An address that was tampered with shows today."""
        self.is_valid()
        chosen: date | None = self.cleaned_data.get("on")
        return chosen or timezone.localdate()


class BoardForm(DayForm):
    field_order = ("area", "field", "only", "unit_name", "columns", "on")

    area = forms.ChoiceField(label=_("Khu vực"), required=False)
    field = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    columns = forms.ChoiceField(label=_("Cột"), choices=COLUMNS, required=False)
    only = forms.ChoiceField(label=_("Chỉ xem"), choices=ONLY, required=False)
    unit_name = forms.CharField(
        label=_("Đơn vị"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, data: Mapping[str, Any], board: Board | None = None) -> None:
        super().__init__(data)
        if board is not None:
            self._choices("area", _("Mọi khu vực"), [(one.code, one.name) for one in board.by_area])
            self._choices("field", _("Mọi lĩnh vực"), [(one.code, one.name) for one in board.by_field])
            if not board.by_area:
                del self.fields["area"]

    def _choices(self, name: str, everything: Any, found: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", everything), *found]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        self.is_valid()
        said, sort = self.cleaned_data, self.data.get("sort", "")
        return Wanted(
            area=said.get("area") or "",
            field=said.get("field") or "",
            only=said.get("only") or "",
            words=said.get("unit_name") or "",
            sort=sort if sort in SORTS else "lech",
            by_field=said.get("columns") == "field",
        )


class CompareForm(forms.Form):
    first = forms.DateField(label=_("Từ ngày"))
    last = forms.DateField(label=_("Đến ngày"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and first >= last:
            self.add_error("last", _("Ngày sau phải muộn hơn ngày trước. Sửa lại một trong hai ngày."))
        return said

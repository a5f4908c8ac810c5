"""Documents of many units, a line each."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thongsuot.documents.actions import OnPaper
from thongsuot.documents.enums import UptakeKind
from thongsuot.documents.models import Point, Wording
from thongsuot.kernel.typed import day_of
from thongsuot.units.models import Unit
from thongsuot.units.queries import units_by_names

_ISSUERS = {
    "party_committee": _("Đảng ủy"),
    "peoples_committee": _("Ủy ban nhân dân"),
}


class OnPaperForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Hình thức"),
        choices=[(one.value, one.label) for one in (UptakeKind.PLAN, UptakeKind.DOCUMENT)],
        widget=forms.RadioSelect,
        initial=UptakeKind.PLAN,
    )
    issuer = forms.ChoiceField(label=_("Cơ quan ban hành"), choices=list(_ISSUERS.items()))
    came_on = forms.DateField(
        label=_("Ngày văn bản đến"),
        help_text=_(
            "Ngày bên giao nhận được văn bản giấy: thời hạn của đơn vị dừng vào ngày này. "
            "Văn bản đến ngày khác thì ghi ngày đến ở cột thứ tư của dòng."
        ),
    )
    lines = forms.CharField(
        label=_("Văn bản của từng đơn vị"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Mỗi đơn vị một dòng: tên đơn vị; số, ký hiệu; ngày; ngày đến (nếu khác). Dán được các cột từ Excel. "
            "Dòng chưa có số, ký hiệu được bỏ qua."
        ),
    )
    points = forms.MultipleChoiceField(
        label=_("Cụ thể hóa các điểm"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Những điểm mà mọi văn bản ghi ở trên đều thực hiện; đơn vị gắn thêm sau."),
    )

    def __init__(
        self,
        among: QuerySet[Unit],
        missing: Sequence[Unit],
        ends: Sequence[Wording],
        *args: Any,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self._among, self._papers = among, list[tuple[Unit, str, date, date | None]]()
        self._leaves = {str(one.point_id): one.point for one in ends}
        self.fields["lines"].initial = "\n".join(f"{unit.title}; ; " for unit in missing)
        self.fields["points"].choices = [  # type: ignore[attr-defined]
            (str(one.point_id), f"{one.label}: {one.brief}") for one in ends
        ]

    def clean_lines(self) -> str:
        """All that is wrong, each by its line."""
        text: str = self.cleaned_data["lines"]
        rows = list(_rows(text))
        found = units_by_names([row.name for row in rows], self._among)
        faults = []
        for row, typed in zip(rows, found, strict=True):
            day, came = day_of(row.day), day_of(row.came)
            if typed.unit is None:
                told = {"line": row.number, "name": row.name}
                faults.append(_now("Dòng %(line)s: “%(name)s” chưa rõ là đơn vị nào được giao.") % told)
            elif day is None or (row.came and came is None):
                told = {"line": row.number, "day": row.day if day is None else row.came}
                faults.append(_now("Dòng %(line)s: “%(day)s” không phải là ngày, ví dụ 10-10-2025.") % told)
            else:
                self._papers.append((typed.unit, row.symbol, day, came))
        if faults:
            raise ValidationError(faults)
        return text

    def papers(self) -> list[OnPaper]:
        said, came_on = self.cleaned_data["issuer"], self.cleaned_data["came_on"]
        return [
            OnPaper(unit, symbol, day, f"{_ISSUERS[said]} {unit}", came or came_on)
            for unit, symbol, day, came in self._papers
        ]

    def chosen(self) -> list[Point]:
        return [self._leaves[key] for key in self.cleaned_data["points"]]


class _Row(NamedTuple):
    number: int
    name: str
    symbol: str
    day: str
    came: str


def _rows(text: str) -> Iterator[_Row]:
    """Each line that names a symbol."""
    for number, line in enumerate(text.splitlines(), 1):
        parts = [*(part.strip() for part in line.replace("\t", ";").split(";")), "", "", "", ""][:4]
        if parts[0] and parts[1]:
            yield _Row(number, *parts)

"""Documents of many units, a line each."""

from collections.abc import Iterator, Sequence
from typing import Any

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
    lines = forms.CharField(
        label=_("Văn bản của từng đơn vị"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Mỗi đơn vị một dòng: tên đơn vị; số, ký hiệu; ngày. Dán được ba cột từ Excel. "
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
        self._among, self._papers = among, list[tuple[Unit, str, Any]]()
        self._leaves = {str(one.point_id): one.point for one in ends}
        self.fields["lines"].initial = "\n".join(f"{unit.title}; ; " for unit in missing)
        self.fields["points"].choices = [  # type: ignore[attr-defined]
            (str(one.point_id), f"{one.label}: {one.brief}") for one in ends
        ]

    def clean_lines(self) -> str:
        """All that is wrong, each by its line."""
        text: str = self.cleaned_data["lines"]
        rows = list(_rows(text))
        found = units_by_names([name for _number, name, _symbol, _day in rows], self._among)
        faults = []
        for (number, name, symbol, said), typed in zip(rows, found, strict=True):
            told = {"line": number, "name": name, "day": said}
            if typed.unit is None:
                faults.append(_now("Dòng %(line)s: “%(name)s” chưa rõ là đơn vị nào được giao.") % told)
            elif (day := day_of(said)) is None:
                faults.append(_now("Dòng %(line)s: “%(day)s” không phải là ngày, ví dụ 10-10-2025.") % told)
            else:
                self._papers.append((typed.unit, symbol, day))
        if faults:
            raise ValidationError(faults)
        return text

    def papers(self) -> list[OnPaper]:
        said = self.cleaned_data["issuer"]
        return [OnPaper(unit, symbol, day, f"{_ISSUERS[said]} {unit}") for unit, symbol, day in self._papers]

    def chosen(self) -> list[Point]:
        return [self._leaves[key] for key in self.cleaned_data["points"]]


def _rows(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Number, unit, symbol and day of each line that names a symbol."""
    for number, line in enumerate(text.splitlines(), 1):
        name, symbol, day = [*(part.strip() for part in line.replace("\t", ";").split(";")), "", "", ""][:3]
        if name and symbol:
            yield number, name, symbol, day

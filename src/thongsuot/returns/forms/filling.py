"""A return as one form: a field for each number, each passage, each explanation."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.indicators.enums import Kind
from thongsuot.kernel.typed import NotOne, Unsure, as_typed, number_of
from thongsuot.returns.actions.filling import LONGEST, Filled
from thongsuot.returns.checking import Cell
from thongsuot.returns.models import Return, TemplateLine
from thongsuot.returns.queries.papers import Paper, paper_of
from thongsuot.web.editing import EditForm


class NumberField(forms.Field):
    """As people type it: 1.553 or 98,6; shown so that reading it again gives the same."""

    def __init__(self, **more: Any) -> None:
        look = {"inputmode": "decimal", "autocomplete": "off", "class": "num", "maxlength": 40}
        super().__init__(required=False, widget=forms.TextInput(attrs=look), **more)

    def to_python(self, value: Any) -> Any:
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        try:
            return number_of(text)
        except Unsure as unsure:
            raise ValidationError(
                gettext("“%(said)s” có thể là hai số khác nhau. Viết %(one)s hoặc %(other)s.")
                % {"said": text, "one": text.replace(",", ""), "other": f"{text}0"}
            ) from unsure
        except NotOne as wrong:
            raise ValidationError(
                gettext("“%(said)s” không phải là số. Nhập số, ví dụ 1.553 hoặc 98,6.") % {"said": text}
            ) from wrong

    def prepare_value(self, value: Any) -> Any:
        return as_typed(value) if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(self.prepare_value(initial)) != self.to_python(data))
        except ValidationError:
            return True


class ReturnForm(EditForm):
    """v, s: the number, and what it is out of; w: words; n: nothing to count; x: the explanation; p: a passage."""

    def __init__(self, paper: Paper, data: Any = None) -> None:
        super().__init__(paper.row, data)
        self.paper = paper
        for line in paper.lines:
            self.fields.update(fields_of(line))
        for section in paper.sections:
            self.fields[f"p{section.pk}"] = forms.CharField(
                label=section.title,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 8}),
            )

    def values_of(self, row: Return) -> Mapping[str, Any]:
        paper = (
            self.paper if row.version == self.paper.row.version and not self.differences else paper_of(row)
        )
        values: dict[str, Any] = {}
        for line in paper.lines:
            cell = paper.cell(line)
            values |= {
                f"v{line.pk}": cell.value,
                f"s{line.pk}": cell.second,
                f"w{line.pk}": cell.words,
                f"n{line.pk}": not cell.applicable,
                f"x{line.pk}": paper.explanations.get(line.pk, ""),
            }
        values |= {f"p{section.pk}": paper.passages.get(section.pk, "") for section in paper.sections}
        return {name: value for name, value in values.items() if name in self.fields}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for line in self.paper.lines:
            cell = self._cell(line)
            if not cell.applicable and (cell.value is not None or cell.second is not None or cell.words):
                self.add_error(
                    f"n{line.pk}",
                    _("Đã đánh dấu không phát sinh thì không có số. Bỏ số, hoặc bỏ dấu."),
                )
        return said

    def filled(self) -> Filled:
        return Filled(
            cells={line.pk: self._cell(line) for line in self.paper.lines},
            passages={one.pk: self.cleaned_data[f"p{one.pk}"] for one in self.paper.sections},
            explanations={line.pk: self.cleaned_data[f"x{line.pk}"] for line in self.paper.lines},
        )

    def _cell(self, line: TemplateLine) -> Cell:
        said = self.cleaned_data
        return Cell(
            said.get(f"v{line.pk}"),
            said.get(f"s{line.pk}"),
            said.get(f"w{line.pk}", "") or "",
            not said.get(f"n{line.pk}"),
        )


def fields_of(line: TemplateLine) -> Mapping[str, forms.Field]:
    name, kind = str(line.indicator), line.indicator.kind
    fields: dict[str, forms.Field] = {}
    if kind != Kind.TEXT:
        fields[f"v{line.pk}"] = NumberField(label=name)
    if kind == Kind.RATIO:
        fields[f"s{line.pk}"] = NumberField(label=gettext("%(name)s: tổng số") % {"name": name})
    if kind in (Kind.TEXT, Kind.RATING):
        fields[f"w{line.pk}"] = forms.CharField(label=name, required=False, max_length=500)
    fields[f"n{line.pk}"] = forms.BooleanField(
        label=gettext("%(name)s: không phát sinh") % {"name": name}, required=False
    )
    fields[f"x{line.pk}"] = forms.CharField(
        label=gettext("%(name)s: giải trình") % {"name": name}, required=False, max_length=500
    )
    return fields

"""A return as one form: a field for each number, each passage, each explanation."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.indicators.enums import Kind
from thongsuot.returns.actions.filling import LONGEST, Filled
from thongsuot.returns.checking import Cell
from thongsuot.returns.models import Return, TemplateLine
from thongsuot.returns.queries.papers import Paper, paper_of
from thongsuot.web.editing import EditForm
from thongsuot.web.numbers import NumberField


def number_box(label: Any) -> NumberField:
    """A box in a table of numbers, or nothing."""
    return NumberField(label=label, required=False, widget=forms.TextInput(attrs={"class": "num"}))


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
        fields[f"v{line.pk}"] = number_box(name)
    if kind == Kind.RATIO:
        fields[f"s{line.pk}"] = number_box(gettext("%(name)s: tổng số") % {"name": name})
    if kind in (Kind.TEXT, Kind.RATING):
        fields[f"w{line.pk}"] = forms.CharField(label=name, required=False, max_length=500)
    fields[f"n{line.pk}"] = forms.BooleanField(
        label=gettext("%(name)s: không phát sinh") % {"name": name}, required=False
    )
    fields[f"x{line.pk}"] = forms.CharField(
        label=gettext("%(name)s: giải trình") % {"name": name}, required=False, max_length=500
    )
    return fields

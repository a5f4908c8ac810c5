"""Numbers in the words of a return, compared with the cells of the same indicator.

What a sentence tells of another period, of a plan or of what is still to come is no contradiction; nor is a number that
was rounded when it was written out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from thongsuot.indicators.enums import Kind, Qualifier
from thongsuot.kernel import normalise
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.lawbook.figure_checks import figure_checks
from thongsuot.lawbook.indicators import indicator_for
from thongsuot.reading.mentions.figures import FigureMention
from thongsuot.reading.reader import figures_in
from thongsuot.returns.checking import Asked, Cell, SaidFigure
from thongsuot.returns.enums import SectionKind

# Sections that tell of what was: in the others numbers are plans and wishes.
TOLD = (SectionKind.RESULTS, SectionKind.SHORTCOMINGS, SectionKind.OTHER)
_OTHERWISE = re.compile(
    r"\b(so voi|cung ky|ky truoc|quy truoc|thang truoc|nam truoc|nam ngoai|truoc day|chi tieu giao|ke hoach|"
    r"du toan|phan dau|muc tieu|du kien|uoc|tang|giam|luy ke|tu dau nam|nhiem ky|them|trong do)\b"
)
_BEFORE, _AFTER = 60, 50
_PRINTED = re.compile(r"\d[\d.]*(?:,(\d+))?")
_BOUND = re.compile(r"[.;\n]")


def figures_said(
    lines: Iterable[Asked], sections: Iterable[tuple[int, str, str]], cells: Mapping[int, Cell]
) -> list[SaidFigure]:
    """`sections`: key, kind and text of each."""
    by_code = {line.code: line for line in lines if line.code and line.kind != Kind.TEXT}
    return [
        said
        for key, kind, text in sections
        if kind in TOLD and any(letter.isdigit() for letter in text)
        for said in _in_text(by_code, key, text, cells)
    ]


def _in_text(
    by_code: Mapping[str, Asked], section: int, text: str, cells: Mapping[int, Cell]
) -> Iterator[SaidFigure]:
    text = normalise(text)
    for figure in figures_in(text):
        start, end = figure.start, figure.end
        sentence, at = _sentence(text, start, end)
        line = by_code.get(indicator_for(figure.unit, sentence, at) or "")
        cell = cells.get(line.key) if line else None
        if line is None or cell is None or cell.is_blank or _told_of_another(sentence, at):
            continue
        values = _values(figure)
        yield SaidFigure(line.key, section, _agrees(line, cell, figure, values, text), text[start:end])


def _sentence(text: str, start: int, end: int) -> tuple[str, int]:
    """The clause around a figure, and where in it the figure stands."""
    first = max((match.end() for match in _BOUND.finditer(text, 0, start) if _ends(text, match)), default=0)
    last = next((match.start() for match in _BOUND.finditer(text, end) if _ends(text, match)), len(text))
    return text[first:last], start - first


def _ends(text: str, match: re.Match[str]) -> bool:
    """A dot between digits groups thousands."""
    after = text[match.end() : match.end() + 1]
    return match[0] != "." or not after.isdigit()


def _told_of_another(sentence: str, at: int) -> bool:
    near = sentence[max(0, at - _BEFORE) : at]
    return bool(
        _OTHERWISE.search(strip_marks(near)) or _OTHERWISE.search(strip_marks(sentence[at : at + _AFTER]))
    )


def _values(figure: FigureMention) -> Sequence[Decimal]:
    return [Decimal(str(value)) for value in figure.values]


def _agrees(line: Asked, cell: Cell, figure: FigureMention, values: Sequence[Decimal], text: str) -> bool:
    if not cell.applicable:
        return not any(values)
    if cell.value is None:
        return True
    if figure.qualifier == Qualifier.RATIO:
        return line.kind != Kind.RATIO or tuple(values) == (cell.value, cell.second)
    held = cell.value
    if line.kind == Kind.RATIO:
        if figure.unit != "%" or not cell.second:
            return held == values[0] or cell.second == values[0]
        held = cell.value * 100 / cell.second
    if figure.qualifier == Qualifier.RANGE:
        return values[0] <= held <= values[-1]
    return _close(held, values[0], figure.qualifier, _rounding(figure, values[0], text))


def _close(held: Decimal, said: Decimal, qualifier: str, rounding: Decimal) -> bool:
    slack = max(rounding, abs(said) * figure_checks().inexact if qualifier != Qualifier.EXACT else Decimal())
    if qualifier == Qualifier.MORE:
        return said - rounding <= held <= said + slack
    if qualifier == Qualifier.LESS:
        return said - slack <= held <= said + rounding
    return abs(held - said) <= slack


def _rounding(figure: FigureMention, said: Decimal, text: str) -> Decimal:
    """Half a unit of the last digit printed: "12,5 tỷ đồng" is rounded, "1.553 đảng viên" is not."""
    match = _PRINTED.search(text, figure.start, figure.end)
    if match is None or not said:
        return Decimal()
    decimals = len(match[1] or "")
    printed = Decimal(match[0].replace(".", "").replace(",", ".") or 0)
    scale = said / printed if printed else Decimal(1)
    if not decimals and scale == 1:
        return Decimal()
    return abs(scale) * Decimal(10) ** -decimals / 2

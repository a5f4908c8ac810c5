"""Drawing a workbook up: what is asked, what is known, and cells to fill in; all else is locked."""

from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from thongsuot.indicators.enums import Kind
from thongsuot.returns.checking import Cell
from thongsuot.returns.models import TemplateLine
from thongsuot.returns.queries.papers import Paper
from thongsuot.returns.workbooks.layout import (
    FIGURES,
    FIRST_LINE,
    FORM,
    HEAD_LINE,
    HEADS,
    NONE,
    NOTE,
    SAID,
    SECOND,
    VALUE,
    WHY,
    WORDS,
    YES,
    Base,
    written,
)

_WIDTHS = (22, 38, 14, 16, 18, 16, 16, 30, 40)


def base_of(paper: Paper) -> Base:
    assert paper.version is not None
    return Base(
        parent=paper.row.pk,
        number=paper.version.number,
        saves=paper.version.saves,
        unit=paper.row.unit.code,
        lines=[line.pk for line in paper.lines],
        sections=[section.pk for section in paper.sections],
        cells=dict(paper.cells),
        passages=dict(paper.passages),
        explanations=dict(paper.explanations),
    )


def workbook_of(paper: Paper) -> bytes:
    kept_in = BytesIO()
    with xlsxwriter.Workbook(kept_in, {"in_memory": True, "strings_to_formulas": False}) as book:
        looks = {
            "title": book.add_format({"bold": True, "font_size": 13}),
            "head": book.add_format(
                {"bold": True, "bottom": 1, "bg_color": "#e8f0ef", "text_wrap": True, "valign": "top"}
            ),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "before": book.add_format(
                {"num_format": "#,##0.######", "font_color": "#66717c", "valign": "top"}
            ),
            "number": book.add_format(
                {"num_format": "#,##0.######", "locked": False, "border": 1, "valign": "top"}
            ),
            "open": book.add_format(
                {"num_format": "@", "locked": False, "border": 1, "text_wrap": True, "valign": "top"}
            ),
        }
        _figures(book, looks, paper)
        _words(book, looks, paper)
        _note(book, base_of(paper))
    return kept_in.getvalue()


def _figures(book: Any, looks: dict[str, Any], paper: Paper) -> None:
    page = book.add_worksheet(FIGURES)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.freeze_panes(HEAD_LINE, 2)
    for at, width in enumerate(_WIDTHS):
        page.set_column(at, at, width)
    page.write_string(0, 0, str(paper.row.round), looks["title"])
    page.write_string(1, 0, paper.row.unit.title)
    page.write_string(
        2,
        0,
        _("Chỉ nhập vào các ô có viền. Không phát sinh thì gõ x, không để trống. Đừng thêm, bớt, đổi dòng."),
    )
    for at, head in enumerate(HEADS):
        page.write_string(HEAD_LINE - 1, at, head, looks["head"])
    for at, line in enumerate(paper.lines, start=FIRST_LINE - 1):
        _line(page, looks, at, line, paper)


def _line(page: Any, looks: dict[str, Any], at: int, line: TemplateLine, paper: Paper) -> None:
    indicator, cell = line.indicator, paper.cell(line)
    page.write_string(at, 0, line.heading, looks["text"])
    page.write_string(at, 1, str(indicator.name), looks["text"])
    page.write_string(at, 2, indicator.unit_of_measure, looks["text"])
    before = paper.before.get(line.pk, Cell())
    if before.value is not None:
        page.write_number(at, 3, float(before.value), looks["before"])
    if indicator.kind != Kind.TEXT:
        _number(page, looks, at, VALUE, cell.value)
    if indicator.kind == Kind.RATIO:
        _number(page, looks, at, SECOND, cell.second)
    if indicator.kind in (Kind.TEXT, Kind.RATING):
        page.write_string(at, SAID, cell.words, looks["open"])
    page.write_string(at, NONE, "" if cell.applicable else YES, looks["open"])
    page.write_string(at, WHY, paper.explanations.get(line.pk, ""), looks["open"])


def _number(page: Any, looks: dict[str, Any], at: int, column: int, value: Any) -> None:
    if value is None:
        page.write_blank(at, column, None, looks["number"])
    else:
        page.write_number(at, column, float(value), looks["number"])


def _words(book: Any, looks: dict[str, Any], paper: Paper) -> None:
    page = book.add_worksheet(WORDS)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.set_column(0, 0, 36)
    page.set_column(1, 1, 110)
    page.write_string(0, 0, _("Phần"), looks["head"])
    page.write_string(0, 1, _("Nội dung"), looks["head"])
    for at, section in enumerate(paper.sections, start=1):
        page.set_row(at, 180)
        page.write_string(at, 0, section.title, looks["text"])
        page.write_string(at, 1, paper.passages.get(section.pk, ""), looks["open"])


def _note(book: Any, base: Base) -> None:
    """What the reader compares with; very hidden, and sealed."""
    page = book.add_worksheet(NOTE)
    page.very_hidden()
    rows: list[list[object]] = [
        ["form", FORM],
        ["return", base.parent],
        ["number", base.number],
        ["saves", base.saves],
        ["unit", base.unit],
        ["seal", base.seal],
    ]
    rows += [
        ["line", key, *written(base.cells.get(key, Cell())), base.explanations.get(key, "")]
        for key in base.lines
    ]
    rows += [["section", key, base.passages.get(key, "")] for key in base.sections]
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            page.write_string(at, column, str(value))

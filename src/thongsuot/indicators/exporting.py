"""Totals as an Excel file whose sums are formulas: change a ward's number and every total follows."""

import tempfile
from collections.abc import Sequence

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from thongsuot.indicators.enums import Aggregation, Kind
from thongsuot.indicators.models import Indicator, Period
from thongsuot.indicators.queries.consolidated import Cell, Consolidated
from thongsuot.web.excel import OPTIONS, TYPE, say_it_is_a_demonstration

FIRST = 3  # rows of heads
_FUNCTIONS = {Aggregation.SUM: "SUM", Aggregation.WEIGHTED: "SUM", Aggregation.MAX: "MAX"}


def totals_file(shown: Consolidated, periods: Sequence[Period]) -> FileResponse:
    """Places by indicators as on the page, all of them; of a ratio both parts and the share, in three columns."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it, and so removes it)
    book = xlsxwriter.Workbook(file, OPTIONS | {"constant_memory": False})
    sheet = book.add_worksheet(_("Tổng hợp"))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    share = book.add_format({"num_format": '0.0" %"'})
    sheet.set_column(0, 0, 32)
    title = " – ".join(dict.fromkeys((str(periods[0]), str(periods[-1]))))
    sheet.write_string(0, 0, f"{shown.place.title if shown.place else _('Cả nước')}, {title}", bold)
    sheet.write_string(2, 0, _("Đơn vị"), bold)
    for row, line in enumerate(shown.lines, FIRST):
        sheet.write_string(row, 0, line.unit.title)
    end = FIRST + len(shown.lines)
    sheet.write_string(end, 0, _("Cộng"), bold)
    column = 1
    for number, indicator in enumerate(shown.indicators):
        cells = [line.cells[number] for line in shown.lines]
        sheet.write_string(1, column, f"{indicator} ({indicator.unit_of_measure})", bold)
        for part in _parts(indicator):
            sheet.write_string(2, column, part, bold)
            for row, cell in enumerate(cells, FIRST):
                _write(sheet, row, column, cell, part)
            _total(sheet, end, column, indicator, cells, part)
            column += 1
        if indicator.kind == Kind.RATIO:
            sheet.write_string(2, column, _("Tỷ lệ"), bold)
            for row in range(FIRST, end + 1):
                above, below = (xl_rowcol_to_cell(row, column - back) for back in (2, 1))
                sheet.write_formula(
                    row,
                    column,
                    f'=IF(N({below})=0,"",{above}/{below}*100)',
                    share,
                    _share(cells, row - FIRST),
                )
            column += 1
    say_it_is_a_demonstration(book)
    book.close()
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"tong-hop-{periods[-1].code}.xlsx", content_type=TYPE
    )


def _parts(indicator: Indicator) -> list[str]:
    return [_("Số đạt"), _("Tổng số")] if indicator.kind == Kind.RATIO else [_("Giá trị")]


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, part: str) -> None:
    value = cell.second if part == _("Tổng số") else cell.value
    if value is not None:
        sheet.write_number(row, column, float(value))
    elif cell.is_not_applicable:
        sheet.write_string(row, column, _("không phát sinh"))


def _total(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    indicator: Indicator,
    cells: Sequence[Cell],
    part: str,
) -> None:
    function = _FUNCTIONS.get(Aggregation(indicator.over_units))
    if function is None or not cells:
        return
    values = [
        value for cell in cells if (value := cell.second if part == _("Tổng số") else cell.value) is not None
    ]
    known = 0 if not values else max(values) if function == "MAX" else sum(values)
    first, last = (xl_rowcol_to_cell(at, column) for at in (FIRST, row - 1))
    sheet.write_formula(row, column, f"={function}({first}:{last})", None, float(known))


def _share(cells: Sequence[Cell], row: int) -> float | str:
    if row < len(cells):
        return "" if cells[row].counted is None else float(cells[row].counted or 0)
    value = sum(cell.value or 0 for cell in cells)
    second = sum(cell.second or 0 for cell in cells)
    return float(value * 100 / second) if second else ""

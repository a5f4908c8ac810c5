"""The board as an Excel file: its sums, units by positions in colours, and line by line for whoever counts again."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from thongsuot.staffing.models import Person
from thongsuot.staffing.queries.board import Board, Line, Summed
from thongsuot.staffing.standing import NOTHING, Standing
from thongsuot.web import excel


def board_file(board: Board) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it, and so removes it)
    book = xlsxwriter.Workbook(file, excel.OPTIONS)
    writer = _BoardFile(book, board)
    writer.sums()
    writer.matrix()
    writer.lines()
    excel.say_it_is_a_demonstration(book)
    book.close()
    file.seek(0)
    name = f"thua-thieu-{board.on:%d-%m-%Y}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=excel.TYPE)


class _BoardFile:
    def __init__(self, book: Any, board: Board) -> None:
        self.book, self.board = book, board
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.turned = book.add_format({"bold": True, "bottom": 1, "rotation": 90, "valign": "bottom"})
        self.bold = book.add_format({"bold": True})
        self.number = book.add_format({"num_format": "#,##0"})
        self.net = book.add_format({"num_format": "+#,##0;-#,##0;0"})
        self.over = book.add_format({"num_format": "+#,##0;-#,##0", "bg_color": "#C9E4DF"})
        self.short = book.add_format({"num_format": "+#,##0;-#,##0", "bg_color": "#F9DFB6"})

    def sums(self) -> None:
        sheet = self._sheet(_("Tổng hợp"), 34)
        line = 0
        for text in self._notes():
            sheet.write_string(line, 0, text, self.bold if not line else None)
            line += 1
        groups: list[tuple[str, Sequence[Summed]]] = [
            (_("Toàn bộ"), [Summed("", _("Cộng"), self.board.total, len(self.board.lines))]),
            (_("Theo khu vực"), self.board.by_area),
            (_("Theo lĩnh vực"), self.board.by_field),
        ]
        for title, sums in groups:
            if sums:
                line = self._table(sheet, line + 1, [title, _("Số đơn vị"), *_heads()], _summed(sums))

    def matrix(self) -> None:
        """Net of each cell: what is too many with plus, what is lacking with minus."""
        sheet = self._sheet(_("Bảng"), 26)
        sheet.set_row(0, 130)
        sheet.freeze_panes(1, 1)
        columns = self.board.columns
        for at, name in enumerate([_("Đơn vị"), *(f"{one.code} {one.name}" for one in columns), *_heads()]):
            sheet.write_string(0, at, name, self.turned if at else self.head)
        sheet.set_column(1, len(columns), 4.5)
        for row, line in enumerate(self.board.lines, start=1):
            sheet.write_string(row, 0, line.unit.title)
            for at, column in enumerate(columns, start=1):
                self._net(sheet, row, at, line.cells.get(column.code, NOTHING))
            for at, number in enumerate(_numbers(line.total), start=len(columns) + 1):
                sheet.write_number(row, at, number, self.number)

    def lines(self) -> None:
        sheet = self._sheet(_("Từng dòng"), 26)
        heads = [_("Mã đơn vị"), _("Đơn vị"), _("Khu vực"), _("Mã vị trí"), _("Vị trí"), _("Lĩnh vực")]
        self._table(sheet, 0, [*heads, *_heads()], self._line_by_line())
        sheet.freeze_panes(1, 0)

    def _line_by_line(self) -> Iterable[Sequence[object]]:
        for line in self.board.lines:
            for column in self.board.columns:
                if standing := line.cells.get(column.code):
                    yield [*_of_unit(line), column.code, column.name, column.field, *_numbers(standing)]

    def _sheet(self, name: str, first: int) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.set_column(0, 0, first)
        return sheet

    def _table(self, sheet: Any, line: int, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        """The line after the last one."""
        for at, name in enumerate(heads):
            sheet.write_string(line, at, name, self.head)
        for row in rows:
            line += 1
            for at, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(line, at, value, self.number)
                else:
                    sheet.write_string(line, at, str(value))
        return line + 1

    def _net(self, sheet: Any, row: int, at: int, standing: Standing) -> None:
        if standing.places or standing.present:
            look = self.over if standing.surplus else self.short if standing.shortage else self.net
            sheet.write_number(row, at, standing.net, look)

    def _notes(self) -> list[str]:
        notes = [
            _("Thừa, thiếu theo vị trí việc làm, số liệu ngày %s") % f"{self.board.on:%d-%m-%Y}",
            _("Thừa: số người có mặt quá số chỗ; thiếu: số chỗ chưa có người; tính riêng từng vị trí."),
        ]
        if Person.objects.filter(synthetic=True).exists():
            notes.append(_("Người giả định trên tổng số đã công bố: không phải số liệu thật của đơn vị nào."))
        return notes


def _heads() -> list[str]:
    return [_("Số chỗ"), _("Có mặt"), _("Thừa"), _("Thiếu"), _("Chưa đạt chuẩn")]


def _numbers(one: Standing) -> list[int]:
    return [one.places, one.present, one.surplus, one.shortage, one.unqualified]


def _of_unit(line: Line) -> list[str]:
    return [line.unit.code, line.unit.title, line.area.title if line.area else ""]


def _summed(sums: Iterable[Summed]) -> Iterable[Sequence[object]]:
    return ([one.name, one.units, *_numbers(one.standing)] for one in sums)

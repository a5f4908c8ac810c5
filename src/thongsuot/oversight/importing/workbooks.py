"""A campaign as an Excel workbook: reading one cell by cell, and a sample to fill in."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeVar

import xlsxwriter
from django.utils.translation import gettext as _

from thongsuot.kernel.typed import day_of
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.oversight.importing.content import CampaignSet, Name, Person, Plan, Planned, kept, spaced
from thongsuot.oversight.importing.moments import hour_of
from thongsuot.web import workbooks
from thongsuot.web.workbooks import letters

Value = TypeVar("Value")

MOST_ROWS = 5_000
MOST_COLUMNS = 50
_BETWEEN = re.compile(r"[;,\n]+")

# Sheet -> its columns; the first line of a sheet names them, in any order.
SHEETS: dict[str, tuple[str, ...]] = {
    "Kế hoạch": ("Số, ký hiệu", "Ngày", "Cơ quan ban hành"),
    "Tổ": ("Số tổ", "Tên tổ", "Đảng bộ khối", "Đủ danh sách đơn vị"),
    "Người": ("Số tổ", "Phần việc", "Họ và tên", "Chức vụ", "Từ ngày", "Thôi từ ngày"),
    "Đơn vị": ("Số tổ", "Đơn vị"),
    "Lịch": ("Số tổ", "Ngày", "Giờ", "Địa điểm", "Đơn vị"),
}
_NEEDED = {"Kế hoạch": {"Số, ký hiệu"}, "Người": {"Số tổ", "Phần việc", "Họ và tên"}}
_SAMPLE: dict[str, tuple[tuple[str, ...], ...]] = {
    "Kế hoạch": (("01-KH/TU", "01-10-2025", "Ban Thường vụ Thành ủy"),),
    "Tổ": (("1", "", "Đảng ủy Ủy ban nhân dân thành phố", "có"), ("2", "", "", "")),
    "Người": (
        ("1", "Tổ trưởng", "Nguyễn Văn Ví Dụ", "Phó Bí thư Thành ủy", "01-10-2025", ""),
        ("1", "Tổ phó", "Trần Thị Ví Dụ", "", "", ""),
    ),
    "Đơn vị": (("1", "phường Ví Dụ Một"), ("1", "xã Ví Dụ Hai")),
    "Lịch": (("1", "30-10-2025", "8:30", "Trụ sở UBND phường Ví Dụ Một", "phường Ví Dụ Một; xã Ví Dụ Hai"),),
}


@dataclass(frozen=True, slots=True)
class Cell:
    value: Any
    place: str

    @property
    def text(self) -> str:
        value = self.value
        return spaced(int(value) if isinstance(value, float) and value.is_integer() else value)


class Line:
    """A line of a sheet, its cells by the names of the columns."""

    def __init__(self, cells: dict[str, Cell], place: str) -> None:
        self.cells, self.place = cells, place

    def __getitem__(self, column: str) -> Cell:
        return self.cells.get(_key(column), Cell("", self.place))

    def __bool__(self) -> bool:
        return any(cell.text for cell in self.cells.values())


def read_workbook(data: bytes, name: str, found: CampaignSet) -> None:
    try:
        sheets = workbooks.open_workbook(data, most_rows=MOST_ROWS - 1).rows
    except workbooks.Unreadable:
        found.wrong(name, _("Không mở được tệp Excel này. Lưu lại dạng .xlsx rồi tải lên."))
        return
    readers = {"Kế hoạch": _plan, "Tổ": _group, "Người": _person, "Đơn vị": _unit, "Lịch": _visit}
    called = {_key(sheet): sheet for sheet in readers}
    for sheet, rows in sheets.items():
        if known := called.get(_key(sheet)):
            for line in _lines(sheet, known, rows, found):
                readers[known](line, found)
        elif any(any(row) for row in rows):
            found.ignored.append(_("trang tính %(sheet)s") % {"sheet": sheet})


def _lines(sheet: str, known: str, rows: Sequence[Sequence[Any]], found: CampaignSet) -> Iterator[Line]:
    heads = [_key(cell) for cell in rows[0][:MOST_COLUMNS]] if rows else []
    needed = _NEEDED.get(known, set(SHEETS[known][:1]) if known == "Tổ" else {"Số tổ", SHEETS[known][1]})
    if missing := [column for column in SHEETS[known] if column in needed and _key(column) not in heads]:
        found.wrong(
            f"{sheet}!A1", _("Thiếu cột: %(columns)s. Tên cột ở dòng 1.") % {"columns": ", ".join(missing)}
        )
        return
    strange = [
        str(rows[0][at]) for at, head in enumerate(heads) if head and head not in map(_key, SHEETS[known])
    ]
    found.ignored += [f"{sheet}: {column}" for column in strange]
    for number, row in enumerate(rows[1:], start=2):
        found.count(1)
        cells = {
            head: Cell(value, f"{sheet}!{letters(at)}{number}")
            for at, (head, value) in enumerate(zip(heads, row, strict=False))
            if head
        }
        if line := Line(cells, f"{sheet}!A{number}"):
            yield line


def _plan(line: Line, found: CampaignSet) -> None:
    if found.plan:
        found.wrong(line.place, _("Trang Kế hoạch chỉ có một dòng."))
        return
    cell = line["Số, ký hiệu"]
    if symbol := found.symbol(cell.text, cell.place):
        on = _moment(line["Ngày"], day_of, found)
        found.plan = Plan(symbol, on, line["Cơ quan ban hành"].text, cell.place)


def _group(line: Line, found: CampaignSet) -> None:
    number = _number(line, found)
    if number is None:
        return
    group = found.group(number, line.place)
    if group.place != line.place and group.name:
        found.wrong(line.place, _("Tổ số %(number)d đã có ở dòng trên.") % {"number": number})
    group.name = line["Tên tổ"].text
    group.blocs = kept(_BETWEEN.split(str(line["Đảng bộ khối"].value)))
    group.complete = strip_marks(line["Đủ danh sách đơn vị"].text) in ("co", "du", "x", "yes", "true")


def _person(line: Line, found: CampaignSet) -> None:
    number = _number(line, found)
    part = found.part(line["Phần việc"].text, line["Phần việc"].place)
    name = line["Họ và tên"]
    if not name.text:
        found.wrong(name.place, _("Chưa có họ và tên."))
    since = _moment(line["Từ ngày"], day_of, found)
    until = _moment(line["Thôi từ ngày"], day_of, found)
    if number and part and name.text:
        person = Person(part, name.text, line["Chức vụ"].text, since, until, name.place)
        found.group(number, line.place).people.append(person)


def _unit(line: Line, found: CampaignSet) -> None:
    number, cell = _number(line, found), line["Đơn vị"]
    if not cell.text:
        found.wrong(cell.place, _("Chưa có tên đơn vị."))
    if number and cell.text:
        found.group(number, line.place).units += _names(cell)


def _visit(line: Line, found: CampaignSet) -> None:
    number, day = _number(line, found), line["Ngày"]
    on = _moment(day, day_of, found)
    if not day.text:
        found.wrong(day.place, _("Chưa có ngày."))
    hour = _moment(line["Giờ"], hour_of, found)
    if number and on:
        planned = Planned(on, hour, line["Địa điểm"].text, tuple(_names(line["Đơn vị"])), day.place)
        found.group(number, line.place).visits.append(planned)


def _number(line: Line, found: CampaignSet) -> int | None:
    cell = line["Số tổ"]
    return found.number(cell.text, cell.place)


def _names(cell: Cell) -> list[Name]:
    return [Name(spaced(part), cell.place) for part in _BETWEEN.split(str(cell.value)) if part.strip()]


def _moment(cell: Cell, read: Callable[[object], Value | None], found: CampaignSet) -> Value | None:
    if not cell.text:
        return None
    value = cell.text if isinstance(cell.value, str) else cell.value
    if (moment := read(value)) is None:
        kind = _("ngày, như 30-10-2025") if read is day_of else _("giờ, như 8:30")
        found.wrong(cell.place, _("“%(said)s” không phải %(kind)s.") % {"said": cell.text, "kind": kind})
    return moment


def _key(head: object) -> str:
    return strip_marks(spaced(head))


def sample_workbook() -> bytes:
    """The sheets and columns that are read, with lines to write over."""
    kept_in = BytesIO()
    with xlsxwriter.Workbook(kept_in, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})
        for sheet, columns in SHEETS.items():
            page = book.add_worksheet(sheet)
            page.freeze_panes(1, 0)
            for at, column in enumerate(columns):
                page.set_column(at, at, max(14, len(column) + 6), text)
                page.write_string(0, at, column, bold)
            for number, row in enumerate(_SAMPLE[sheet], start=1):
                for at, value in enumerate(row):
                    page.write_string(number, at, value, text)
    return kept_in.getvalue()

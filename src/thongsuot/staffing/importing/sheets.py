"""Opening a workbook: sheets as lines of cells, each knowing its place."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

import python_calamine

from thongsuot.staffing.importing.faults import Faults
from thongsuot.staffing.importing.layout import BASE, COLUMNS, LISTS, NEEDED, REQUIRED, SEPARATOR, key

MAX_BYTES = 5 * 1024 * 1024
MOST_ROWS = 3_000
_MOST_COLUMNS = 60
_UNPACKED = 60 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cell:
    value: Any
    sheet: str
    place: str

    @property
    def text(self) -> str:
        value = self.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return " ".join(str(value).split()) if value is not None else ""

    @property
    def code(self) -> str:
        """What stands before the words of a drop-down list."""
        return self.text.split(SEPARATOR.strip())[0].strip()


@dataclass(frozen=True, slots=True)
class Line:
    cells: Mapping[str, Cell]
    sheet: str
    number: int

    def __getitem__(self, column: str) -> Cell:
        return self.cells.get(column, Cell("", self.sheet, f"A{self.number}"))

    def has(self, column: str) -> bool:
        return column in self.cells


Sheets = Mapping[str, Sequence[Line]]


def open_workbook(data: bytes, faults: Faults) -> tuple[dict[str, list[Line]], list[list[Any]]] | None:
    """Lines of every sheet that is there, by its name in the layout, and the rows of the base; None when unreadable."""
    if len(data) > MAX_BYTES:
        faults.say("too-big", "", mb=MAX_BYTES // 1024**2)
        return None
    if not _opens_small(data):
        faults.say("broken", "")
        return None
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        rows = {name: _rows(book, name) for name in book.sheet_names}
    except (python_calamine.CalamineError, OSError, ValueError, KeyError):
        faults.say("broken", "")
        return None
    names = {key(name): name for name in COLUMNS}
    found: dict[str, list[Line]] = {}
    for name, lines in rows.items():
        known = names.get(key(name))
        if known:
            found[known] = list(_lines(known, lines, faults))
        elif key(name) not in (key(LISTS), key(BASE)) and any(any(row) for row in lines):
            faults.warn("ignored", name, "A1", title=name)
    for needed in REQUIRED:
        if needed not in found:
            faults.say("no-sheet", needed, title=needed)
    base = next((lines for name, lines in rows.items() if key(name) == key(BASE)), [])
    return found, base


def _opens_small(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return sum(part.file_size for part in packed.infolist()) <= _UNPACKED
    except (zipfile.BadZipFile, OSError):
        return False


def _rows(book: Any, name: str) -> list[list[Any]]:
    rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS + 2)
    return rows


def _lines(sheet: str, rows: Sequence[Sequence[Any]], faults: Faults) -> Iterator[Line]:
    heads = [key(cell) for cell in rows[0][:_MOST_COLUMNS]] if rows else []
    columns = {key(column): column for column in COLUMNS[sheet]}
    missing = [column for column in COLUMNS[sheet] if column in NEEDED[sheet] and key(column) not in heads]
    for column in missing:
        faults.say("no-column", sheet, "A1", column=column)
    if missing:
        return
    if len(rows) > MOST_ROWS + 1:
        faults.say("too-long", sheet, f"A{MOST_ROWS + 2}", rows=MOST_ROWS)
        return
    for number, row in enumerate(rows[1:], start=2):
        cells = {
            columns[head]: Cell(value, sheet, f"{letters(at)}{number}")
            for at, (head, value) in enumerate(zip(heads, row, strict=False))
            if head in columns
        }
        if any(cell.text for cell in cells.values()):
            yield Line(cells, sheet, number)


def letters(at: int) -> str:
    """The name of a column, counted from 0."""
    told = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        told = chr(ord("A") + rest) + told
    return told


def day_in(cell: Cell, faults: Faults) -> date | None:
    """The day of a cell, or None where it is empty or none (which is said)."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not cell.text:
        return None
    for pattern in ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(cell.text, pattern).date()  # noqa: DTZ007  a day, no moment
        except ValueError:
            continue
    faults.say("not-day", cell.sheet, cell.place, said=cell.text)
    return None


def whole_in(cell: Cell, faults: Faults) -> int | None:
    number = _decimal(cell)
    if number is None or number != int(number) or number < 0:
        below = number is not None and number < 0
        faults.say("below-zero" if below else "not-whole", cell.sheet, cell.place, said=cell.text)
        return None
    return int(number)


def number_in(cell: Cell, faults: Faults) -> Decimal | None:
    """A number with a comma or a point; None where the cell is empty or holds none (which is said)."""
    if not cell.text:
        return None
    number = _decimal(cell)
    if number is None:
        faults.say("not-number", cell.sheet, cell.place, said=cell.text)
    return number


def _decimal(cell: Cell) -> Decimal | None:
    try:
        number = Decimal(cell.text.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**9 else None

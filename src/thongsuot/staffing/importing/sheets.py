"""Opening a workbook: sheets as lines of cells, each knowing its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from thongsuot.kernel.typed import NotOne, day_of, number_of
from thongsuot.staffing.importing.faults import Faults
from thongsuot.staffing.importing.layout import BASE, COLUMNS, LISTS, NEEDED, REQUIRED, SEPARATOR, key
from thongsuot.web import workbooks
from thongsuot.web.workbooks import letters

MAX_BYTES = 5 * 1024 * 1024
MOST_ROWS = 3_000
_MOST_COLUMNS = 60
_HIGHEST = 10**9


class Cell(workbooks.Cell):
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


def open_workbook(
    data: bytes, faults: Faults
) -> tuple[dict[str, list[Line]], Sequence[Sequence[Any]]] | None:
    """Lines of every sheet that is there, by its name in the layout, and the rows of the base; None when unreadable."""
    try:
        rows = workbooks.open_workbook(data, max_bytes=MAX_BYTES, most_rows=MOST_ROWS + 1).rows
    except workbooks.TooBig:
        faults.say("too-big", "", mb=MAX_BYTES // 1024**2)
        return None
    except workbooks.Unreadable:
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
    base: Sequence[Sequence[Any]] = next(
        (lines for name, lines in rows.items() if key(name) == key(BASE)), []
    )
    return found, base


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


def day_in(cell: Cell, faults: Faults) -> date | None:
    """The day of a cell, or None where it is empty or none (which is said)."""
    if not cell.text:
        return None
    day = day_of(cell.text if isinstance(cell.value, str) else cell.value)
    if day is None:
        faults.say("not-day", cell.sheet, cell.place, said=cell.text)
    return day


def whole_in(cell: Cell, faults: Faults) -> int | None:
    """However its thousands are grouped."""
    try:
        number = number_of(cell.text if isinstance(cell.value, str) else cell.value)
    except NotOne:
        faults.say("not-whole", cell.sheet, cell.place, said=cell.text)
        return None
    if number != int(number) or not 0 <= number < _HIGHEST:
        faults.say("below-zero" if number < 0 else "not-whole", cell.sheet, cell.place, said=cell.text)
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
    """A degree or a number of years: never so large that a dot would group thousands."""
    try:
        number = Decimal(cell.text.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < _HIGHEST else None

"""Tables as Excel files, row by row, however many rows there are."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import django_tables2 as tables
import xlsxwriter
from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django_tables2.rows import BoundRow

CHUNK = 2000
ROWS_PER_SHEET = 1_048_575  # what Excel opens, less the header
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A text that starts like this would become a formula when the cell is edited.
FORMULA_STARTS = ("=", "+", "-", "@")
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
    "nan_inf_to_errors": True,
}


def export(table: tables.Table, name: str, on_export: Callable[[int], None] | None = None) -> FileResponse:
    columns = [column for column in table.columns if not column.column.exclude_from_export]
    heads = [str(column.header) for column in columns]
    return workbook(heads, _rows(table, columns), name, on_export)


def workbook(
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    name: str,
    on_export: Callable[[int], None] | None = None,
) -> FileResponse:
    """Any head and rows, not only tables, as a download `name` with the day."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it, and so removes it)
    count = _write(file, heads, rows)
    if on_export:
        on_export(count)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{name}-{timezone.localdate():%d-%m-%Y}.xlsx", content_type=TYPE
    )


def _write(file: Any, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    book = xlsxwriter.Workbook(file, OPTIONS)
    writer = _Writer(book, heads)
    for row in rows:
        writer.write(row)
    writer.finish()
    say_it_is_a_demonstration(book)
    book.close()
    return writer.count


def say_it_is_a_demonstration(book: xlsxwriter.Workbook) -> None:
    """A file goes its own way: what every page of a demonstration says must go with it."""
    if getattr(settings, "DEMO", False):
        sheet = book.add_worksheet(_("Minh họa"))
        sheet.set_column(0, 0, 90)
        sheet.write_string(0, 0, _("Tệp lấy từ bản minh họa: dữ liệu minh họa, không phải số liệu thật."))
        sheet.write_string(1, 0, _("Người và hồ sơ là giả định trên tổng số đã công bố."))


class _Writer:
    """Goes on in a new sheet when one is full."""

    def __init__(self, book: xlsxwriter.Workbook, heads: Sequence[str]) -> None:
        self.book, self.heads, self.count, self.line = book, heads, 0, 0
        self.head_format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "dd-mm-yyyy", "align": "left"})
        self.moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm", "align": "left"})
        self.whole = book.add_format({"num_format": "#,##0"})
        self.guarded = book.add_format({"quote_prefix": True})
        self.sheet = self._new_sheet()

    def write(self, row: Sequence[Any]) -> None:
        if self.line == ROWS_PER_SHEET:
            self.finish()
            self.sheet = self._new_sheet()
        self.line += 1
        self.count += 1
        for position, value in enumerate(row):
            self._cell(position, value)

    def finish(self) -> None:
        if self.heads:
            self.sheet.autofilter(0, 0, max(self.line, 1), len(self.heads) - 1)

    def _new_sheet(self) -> Any:
        sheet = self.book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for position, head in enumerate(self.heads):
            sheet.set_column(position, position, min(48, max(14, len(head) + 4)))
        for position, head in enumerate(self.heads):
            sheet.write_string(0, position, head, self.head_format)
        self.line = 0
        return sheet

    def _cell(self, position: int, value: Any) -> None:
        match value:
            case None | "":
                return
            case bool():
                self.sheet.write_string(self.line, position, _("Có") if value else _("Không"))
            case int():
                self.sheet.write_number(self.line, position, value, self.whole)
            case float() | Decimal():
                self.sheet.write_number(self.line, position, value)
            case datetime():
                self.sheet.write_datetime(self.line, position, value, self.moment)
            case date():
                self.sheet.write_datetime(self.line, position, datetime.combine(value, time()), self.day)
            case _:
                text = str(value)
                guard = self.guarded if text.startswith(FORMULA_STARTS) else None
                self.sheet.write_string(self.line, position, text, guard)


def _rows(table: tables.Table, columns: Sequence[Any]) -> Iterator[list[Any]]:
    data = table.data.data
    records = data.iterator(chunk_size=CHUNK) if isinstance(data, QuerySet) else iter(data)
    for record in records:
        row = BoundRow(record, table)
        yield [_plain(_value(table, row, column, record)) for column in columns]


def _value(table: tables.Table, row: BoundRow, column: Any, record: Any) -> Any:
    own = hasattr(table, f"value_{column.name}") or type(column.column).value is not tables.Column.value
    if own or not hasattr(table, f"render_{column.name}"):
        return row.get_cell_value(column.name)
    try:
        raw = column.accessor.resolve(record)
    except (ValueError, AttributeError):
        raw = None
    return raw if raw is not None else strip_tags(str(row.get_cell(column.name)))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if value is None or isinstance(value, bool | int | float | Decimal | date):
        return value
    if isinstance(value, list | tuple | set):
        return ", ".join(str(one) for one in value)
    return strip_tags(str(value)) if hasattr(value, "__html__") else str(value)

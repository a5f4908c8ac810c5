"""Workbooks of units for tests: drawn up from the registers, then written over."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import openpyxl

from tests.staffing.scene import ON
from thongsuot.staffing.actions.imports import unit_template
from thongsuot.units.models import Mandate, Unit

Edit = Callable[[Any], None]


def workbook(by: Mandate, unit: Unit, *edits: Edit) -> bytes:
    data = unit_template(by=by, unit=unit, on=ON)
    if not edits:
        return data
    book = openpyxl.load_workbook(BytesIO(data))
    for edit in edits:
        edit(book)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def put(sheet: str, **cells: object) -> Edit:
    def edit(book: Any) -> None:
        for place, value in cells.items():
            book[sheet][place] = value

    return edit


def add(sheet: str, values: Mapping[str, object]) -> Edit:
    """One more line, its cells by the names of the columns."""

    def edit(book: Any) -> None:
        page = book[sheet]
        heads = [cell.value for cell in page[1]]
        line = next(at for at in range(2, page.max_row + 2) if not any(cell.value for cell in page[at]))
        for name, value in values.items():
            page.cell(line, heads.index(name) + 1, value)

    return edit


def without(sheet: str) -> Edit:
    def edit(book: Any) -> None:
        del book[sheet]

    return edit


PERSON = {"Số hồ sơ": "n1", "Họ và tên": "Lê Giả Định", "Đối tượng": "Công chức", "Vị trí": "VP01"}


def person(**more: object) -> Edit:
    """A line of the sheet of people; underscores stand for spaces."""
    return add("Người", PERSON | {name.replace("_", " "): value for name, value in more.items()})

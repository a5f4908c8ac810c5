"""Workbooks that people send: opened within limits, with what nobody may trust in them named by place."""

import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from thongsuot.web.workbooks import TooBig, Unreadable, letters, open_workbook


def book(fill: Any) -> bytes:
    made = openpyxl.Workbook()
    fill(made.active)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def test_cells_know_their_place() -> None:
    def fill(page: Any) -> None:
        page.title = "Số & liệu"
        page["A1"], page["B2"] = "tên", 12.0

    found = open_workbook(book(fill))
    lines = dict(found.cells("Số & liệu"))
    assert (lines[2][1].place, lines[2][1].text) == ("B2", "12")


def test_formulas_merged_cells_and_hidden_rows_are_told() -> None:
    def fill(page: Any) -> None:
        page.title = "Số & liệu"
        page["A1"], page["C3"] = 1, "=A1*2"
        page.merge_cells("D4:E5")
        page["A7"], page["B9"] = 2, "#REF!"
        page.row_dimensions[7].hidden = True

    odd = open_workbook(book(fill), oddities=True).odd["Số & liệu"]
    assert (odd.formulas, odd.merged, odd.hidden_rows, odd.errors) == ({"C3"}, {"D4"}, {7}, {"B9"})


def test_a_long_sheet_is_read_only_as_far_as_it_counts() -> None:
    def fill(page: Any) -> None:
        for number in range(300):
            page.append([number])

    assert len(open_workbook(book(fill), most_rows=100).rows["Sheet"]) == 101


def test_what_is_no_workbook_cannot_be_opened() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "không phải bảng tính")
    for data in (b"", b"PK\x03\x04 broken", packed.getvalue()):
        with pytest.raises(Unreadable):
            open_workbook(data)


def test_what_unpacks_to_too_much_is_not_opened() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 2_000_000)
    with pytest.raises(Unreadable):
        open_workbook(packed.getvalue(), unpacked=1_000_000)


def test_a_file_over_the_limit_is_not_opened() -> None:
    with pytest.raises(TooBig):
        open_workbook(book(str), max_bytes=100)


@pytest.mark.parametrize(("at", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_names(at: int, name: str) -> None:
    assert letters(at) == name

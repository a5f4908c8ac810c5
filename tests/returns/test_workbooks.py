"""The Excel round trip: every fault by its cell, nothing by halves, nobody's newer number written over unseen."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import time_machine

from tests import people
from tests.conftest import Rows
from tests.returns.scene import QUARTER, design, fill, filled
from tests.units.places import city, ward
from thongsuot.kernel.verdicts import Refused
from thongsuot.returns.actions import (
    begin_return,
    keep_template,
    open_round,
    reopen_return,
    save_return,
    submit_return,
)
from thongsuot.returns.actions.workbooks import (
    draw_workbook,
    drop_workbook,
    queue_ready,
    read_file,
    receive_workbooks,
    write_queued,
    write_workbook,
)
from thongsuot.returns.checking import Cell
from thongsuot.returns.enums import FileState
from thongsuot.returns.models import Return, Round, WorkbookFile
from thongsuot.returns.queries.papers import paper_of
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 16)
FIGURES, WORDS = "Số liệu", "Lời văn"


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel(DAY, tick=False):
        yield


@dataclass
class World:
    """Two wards that were called on; one of them has begun."""

    here: Unit
    there: Unit
    officer: Mandate
    clerk: Mandate
    called: Round
    begun: Return


@pytest.fixture(scope="module")
def made(catalogue: None, module_rows: Rows) -> World:
    with module_rows(), time_machine.travel(DAY, tick=False):
        above = city()
        here, there = ward(above, "Tân Khánh", "25891"), ward(above, "Bình An", "25892")
        officer, clerk = people.officer(above), people.clerk(here)
        template = keep_template(by=officer, issuer=above, design=design())
        called = open_round(by=officer, template=template, name=QUARTER)
        row = Return.objects.get(round=called, unit=here)
        return World(here, there, officer, clerk, called, fill(clerk, row, {"dossiers_received": 100}))


@pytest.fixture
def world(made: World) -> World:
    """The rows are there once; who holds them in memory changes them alone."""
    return deepcopy(made)


@pytest.fixture
def there(world: World) -> Unit:
    return world.there


@pytest.fixture
def officer(world: World) -> Mandate:
    return world.officer


@pytest.fixture
def clerk(world: World) -> Mandate:
    return world.clerk


@pytest.fixture
def called(world: World) -> Round:
    return world.called


@pytest.fixture
def begun(world: World) -> Return:
    return world.begun


def edited(data: bytes, edit: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    edit(book)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def put(**cells: object) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        for place, value in cells.items():
            book[FIGURES][place] = value

    return edit


def received(by: Mandate, *datas: bytes) -> list[WorkbookFile]:
    batch = receive_workbooks(by=by, files=[(f"{at}.xlsx", data) for at, data in enumerate(datas)])
    for pk in batch.files.values_list("pk", flat=True):
        read_file(pk)
    return list(batch.files.order_by("name"))


def value_of(row: Return, code: str) -> Cell:
    paper = paper_of(row)
    return next(paper.cell(line) for line in paper.lines if line.indicator.code == code)


def test_untouched_it_changes_nothing(begun: Return, clerk: Mandate) -> None:
    data = draw_workbook(by=clerk, row=begun)
    (file,) = received(clerk, data)
    assert (file.state, file.data) == (FileState.UNCHANGED, None)


def test_filled_in_it_is_shown_then_written_and_comes_again_as_nothing_new(
    begun: Return, clerk: Mandate
) -> None:
    data = edited(
        draw_workbook(by=clerk, row=begun), put(E5="12.410", E6=12000, E7=1553, E8=32, F8=33, E9=None, G9="x")
    )
    (file,) = received(clerk, data)
    assert (file.state, [one["theirs"] for one in file.changes]) == (
        FileState.READY,
        ["12.410", "12.000", "1.553", "32/33", "không phát sinh"],
    )
    assert value_of(begun, "dossiers_received").value == 100
    assert write_workbook(by=clerk, file=file).state == FileState.APPLIED
    assert value_of(begun, "dossiers_received").value == 12_410
    assert not value_of(begun, "tasks_overdue").applicable
    paper = paper_of(begun)
    assert {figure.locator for figure in paper.figures.values()} >= {f"{FIGURES}!E5"}
    (again,) = received(clerk, data)
    assert again.state == FileState.UNCHANGED


@pytest.mark.parametrize(
    ("place", "value", "says"),
    [
        ("E5", "mười hai", "E5: “mười hai” không phải là số"),
        ("E5", "1,553", "E5: “1,553” có thể là hai số"),
        ("E5", "=1+1", "E5 là công thức"),
        ("E5", date(2026, 9, 1), "E5: “2026-09-01” là ngày giờ"),
        ("E5", "01/09/2026", "E5: “01/09/2026” không phải là số"),
        ("E5", "1.9.2026", "E5: “1.9.2026” không phải là số"),
        ("E5", "09.2026", "E5: “09.2026” không phải là số"),
        ("E5", "1,553.5", "E5: “Hồ sơ tiếp nhận”: 1.553,5 không phải số nguyên"),
        ("E5", "1.55.300", "E5: “1.55.300” không phải là số"),
        ("E5", "#REF!", "E5 đang báo lỗi của Excel"),
        ("E5", 1.5, "E5: “Hồ sơ tiếp nhận”: 1,5 không phải số nguyên"),
        ("E5", -4, "nhỏ hơn 0"),
        ("G5", "có lẽ", "G5: “có lẽ” không rõ"),
        ("G5", "x", "G5: đã ghi không phát sinh"),
        ("F8", 33, "thiếu số"),
        ("B5", "Chỉ tiêu khác", "B5: dòng này phải là"),
        ("A20", "thêm", "Từ dòng 20"),
    ],
)
def test_every_fault_is_told_by_its_cell_and_nothing_is_written(
    begun: Return, clerk: Mandate, place: str, value: object, says: str
) -> None:
    (file,) = received(clerk, edited(draw_workbook(by=clerk, row=begun), put(**{place: value})))
    assert file.state == FileState.FAULTY
    assert says in file.faults[0]["says"]
    assert value_of(begun, "dossiers_received").value == 100


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.553.000", 1_553_000),
        ("1,553,000", 1_553_000),
        ("12.410", 12_410),
        ("12 410", 12_410),
        ("12.410,0", 12_410),
        (" 12410 ", 12_410),
        (12_410.0, 12_410),
    ],
)
def test_thousands_are_read_as_they_are_marked(
    begun: Return, clerk: Mandate, typed: object, number: int
) -> None:
    (file,) = received(clerk, edited(draw_workbook(by=clerk, row=begun), put(E5=typed)))
    assert write_workbook(by=clerk, file=file).state == FileState.APPLIED
    assert value_of(begun, "dossiers_received").value == number


def test_one_wrong_cell_keeps_the_right_ones_out_too_and_the_mended_file_goes_in(
    begun: Return, clerk: Mandate
) -> None:
    data = edited(draw_workbook(by=clerk, row=begun), put(E5=111, E6="hai"))
    (file,) = received(clerk, data)
    assert file.state == FileState.FAULTY
    assert value_of(begun, "dossiers_received").value == 100
    (mended,) = received(clerk, edited(data, put(E6=222)))
    write_workbook(by=clerk, file=mended)
    assert [value_of(begun, code).value for code in ("dossiers_received", "dossiers_resolved")] == [111, 222]


def test_all_faults_come_at_once(begun: Return, clerk: Mandate) -> None:
    def edit(book: Any) -> None:
        page = book[FIGURES]
        page["E5"], page["E6"] = "a", "b"
        page.row_dimensions[7].hidden = True
        page.merge_cells("E8:F8")

    (file,) = received(clerk, edited(draw_workbook(by=clerk, row=begun), edit))
    assert {fault["cell"] for fault in file.faults} == {"E5", "E6", "A7", "E8"}


def test_more_rows_than_a_return_can_have_are_refused(begun: Return, clerk: Mandate) -> None:
    def edit(book: Any) -> None:
        for _number in range(2_001):
            book[FIGURES].append(["x"])

    (file,) = received(clerk, edited(draw_workbook(by=clerk, row=begun), edit))
    assert "hơn 2000 dòng" in file.faults[0]["says"]
    assert value_of(begun, "dossiers_received").value == 100


class TestWhoseItIs:
    def test_no_workbook_of_ours(self, begun: Return, clerk: Mandate) -> None:
        (file,) = received(
            clerk, edited(draw_workbook(by=clerk, row=begun), lambda book: book.remove(book["mốc"]))
        )
        assert "không phải tệp báo cáo" in file.faults[0]["says"]
        (file,) = received(clerk, b"PK no workbook")
        assert "Không mở được" in file.faults[0]["says"]

    def test_edited_keys_break_the_seal(self, begun: Return, clerk: Mandate) -> None:
        def edit(book: Any) -> None:
            book["mốc"]["B2"] = str(begun.pk + 1)

        (file,) = received(clerk, edited(draw_workbook(by=clerk, row=begun), edit))
        assert "mã ẩn" in file.faults[0]["says"]

    def test_of_another_unit(self, begun: Return, clerk: Mandate, there: Unit) -> None:
        (file,) = received(people.clerk(there), draw_workbook(by=clerk, row=begun))
        assert "ngoài phạm vi" in file.faults[0]["says"]

    def test_of_one_on_its_way(self, begun: Return, clerk: Mandate) -> None:
        data = draw_workbook(by=clerk, row=begun)
        save_return(by=clerk, row=begun, filled=filled(begun))
        submit_return(by=clerk, row=begun)
        (file,) = received(clerk, data)
        assert "không ghi vào được" in file.faults[0]["says"]

    def test_of_an_earlier_version(self, begun: Return, clerk: Mandate, officer: Mandate) -> None:
        data = draw_workbook(by=clerk, row=begun)
        Return.objects.filter(pk=begun.pk).update(state="accepted", handed_in_at="2026-09-16T00:00Z")
        reopen_return(by=officer, row=Return.objects.get(pk=begun.pk), reason="Sai")
        (file,) = received(clerk, data)
        assert "phiên bản 1" in file.faults[0]["says"]


class TestWhereTheServerMovedOn:
    def test_what_both_changed_is_chosen_the_rest_is_merged(self, begun: Return, clerk: Mandate) -> None:
        data = edited(draw_workbook(by=clerk, row=begun), put(E5=111, E6=222))
        save_return(by=clerk, row=begun, filled=filled(begun, {"dossiers_received": 150, "party_members": 9}))
        (file,) = received(clerk, data)
        assert (file.state, [one["conflict"] for one in file.changes]) == (FileState.CONFLICT, [True, False])
        write_workbook(by=clerk, file=file)
        assert (value_of(begun, "dossiers_received").value, value_of(begun, "dossiers_resolved").value) == (
            150,
            222,
        )
        assert value_of(begun, "party_members").value == 9

    def test_the_chosen_place_is_taken_from_the_file(self, begun: Return, clerk: Mandate) -> None:
        data = edited(draw_workbook(by=clerk, row=begun), put(E5=111))
        save_return(by=clerk, row=begun, filled=filled(begun, {"dossiers_received": 150}))
        (file,) = received(clerk, data)
        write_workbook(by=clerk, file=file, chosen=[file.changes[0]["key"]])
        assert value_of(begun, "dossiers_received").value == 111

    def test_what_changed_after_it_was_shown_is_shown_anew(self, begun: Return, clerk: Mandate) -> None:
        (file,) = received(clerk, edited(draw_workbook(by=clerk, row=begun), put(E5=111)))
        save_return(by=clerk, row=begun, filled=filled(begun, {"dossiers_received": 150}))
        file = write_workbook(by=clerk, file=file)
        assert (file.state, value_of(begun, "dossiers_received").value) == (FileState.CONFLICT, 150)
        assert file.trouble


def test_many_at_once_each_by_itself(
    called: Round, begun: Return, there: Unit, clerk: Mandate, officer: Mandate
) -> None:
    other = Return.objects.get(round=called, unit=there)
    begin_return(by=officer, row=other)
    good = edited(draw_workbook(by=officer, row=begun), put(E5=111))
    bad = edited(draw_workbook(by=officer, row=other), put(E5="hai"))
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("phuong/1.xlsx", good)
        archive.writestr("phuong/2.xlsx", bad)
        archive.writestr("doc.txt", "bỏ qua")
    batch = receive_workbooks(by=officer, files=[("tat-ca.zip", packed.getvalue())])
    for pk in batch.files.values_list("pk", flat=True):
        read_file(pk)
    assert list(batch.files.order_by("name").values_list("state", flat=True)) == [
        FileState.READY,
        FileState.FAULTY,
    ]
    (key,) = queue_ready(by=officer, batch=batch)
    assert write_queued(key) == FileState.APPLIED
    assert write_queued(key) == "nothing to do"
    assert value_of(begun, "dossiers_received").value == 111


def test_it_can_be_dropped(begun: Return, clerk: Mandate) -> None:
    (file,) = received(clerk, edited(draw_workbook(by=clerk, row=begun), put(E5=111)))
    assert drop_workbook(by=clerk, file=file).data is None
    with pytest.raises(Refused):
        write_workbook(by=clerk, file=file)

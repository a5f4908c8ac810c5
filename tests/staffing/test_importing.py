"""Workbooks: read as a whole, every fault with its cell, compared with the registers, never written by halves."""

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tests import people
from tests.factories.staffing import HoldingFactory
from tests.staffing.scene import ON, listed, row
from tests.staffing.test_bulk import everything
from tests.staffing.workbooks import Edit, add, person, put, without, workbook
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.staffing.actions import amend_person, apply_unit_staff, enter_person, hold_post, set_frame
from thongsuot.staffing.actions.imports import (
    apply_import,
    drop_import,
    forget_workbooks,
    queue_ready,
    read_import,
    receive_batch,
    unit_template,
    write_queued,
)
from thongsuot.staffing.enums import Acts, FileState
from thongsuot.staffing.jobs import read_staff_file, take_up_files, write_staff_file
from thongsuot.staffing.models import Holding, ImportBatch, ImportFile, Person, Position, Snapshot
from thongsuot.staffing.queries import staff_of
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
TODAY = date(2025, 12, 10)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


def sent(by: Mandate, *files: tuple[str, bytes]) -> ImportBatch:
    """Received, and read by a worker."""
    batch = receive_batch(by=by, on=ON, files=files)
    for key in batch.files.values_list("pk", flat=True):
        read_import(key)
    return batch


def one(by: Mandate, data: bytes) -> ImportFile:
    return sent(by, ("p.xlsx", data)).files.get()


def faults(by: Mandate, unit: Unit, *edits: Edit) -> list[tuple[str, str, str]]:
    file = one(by, workbook(by, unit, *edits))
    return [(fault["sheet"], fault["cell"], fault["level"]) for fault in file.faults]


class TestTemplate:
    def test_comes_back_as_it_went(self, here: Unit, there: Unit, keeper: Mandate) -> None:
        apply_unit_staff(by=keeper, unit=here, content=everything(here, there))
        file = one(keeper, workbook(keeper, here))
        assert (file.state, file.faults) == (FileState.UNCHANGED, [])
        assert file.data is None

    def test_of_an_empty_unit_too(self, here: Unit, keeper: Mandate) -> None:
        file = one(keeper, workbook(keeper, here))
        assert file.state == FileState.UNCHANGED
        assert [fault["level"] for fault in file.faults] == ["warning"]

    def test_drawing_it_leaves_a_trace_without_names(self, here: Unit, own: Mandate) -> None:
        unit_template(by=own, unit=here, on=ON)
        assert Event.objects.get(verb=Acts.TEMPLATE_DRAWN).details == {"on": "2025-12-04", "people": 0}

    @pytest.mark.parametrize("role", ["clerk", "ward_leader"])
    def test_only_for_those_who_keep_the_register(self, here: Unit, role: str) -> None:
        with pytest.raises(Refused):
            unit_template(by=getattr(people, role)(here), unit=here, on=ON)

    def test_nothing_a_name_begins_with_is_a_formula(self, here: Unit, keeper: Mandate) -> None:
        evil = row("p1", full_name="=HYPERLINK(1)")
        apply_unit_staff(by=keeper, unit=here, content=listed(here, evil))
        import openpyxl

        book = openpyxl.load_workbook(BytesIO(workbook(keeper, here)))
        assert book["Người"]["B2"].data_type == "s"


class TestDifference:
    def test_added_changed_ended_and_places(self, here: Unit, keeper: Mandate) -> None:
        apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1"), row("p2", "VP02")))
        file = one(
            keeper,
            workbook(
                keeper,
                here,
                person(),
                put("Người", B2="Trần Giả Định Mới", H3="VP03 · Hành chính"),
                put("Khung", B2=5),
            ),
        )
        assert file.state == FileState.READY, file.faults
        told = {change["number"]: change["kind"] for change in file.difference["people"]}
        assert told == {"n1": "added", "p1": "changed", "p2": "changed"}
        assert file.difference["counts"]["places"] == 1
        apply_import(by=keeper, file=file)
        assert Holding.objects.get(person__number="p2", valid_to=None).position.code == "VP03"
        file.refresh_from_db()
        assert (file.state, file.data) == (FileState.APPLIED, None)
        assert file.difference["written"] == file.difference["after"]
        assert "Giả Định" not in str(file.difference)
        assert Snapshot.objects.count() == 1

    def test_sent_again_it_changes_nothing(self, here: Unit, keeper: Mandate) -> None:
        data = workbook(
            keeper, here, person(Từ_ngày="01-07-2025", Giới_tính="nữ", Ngày_sinh=date(1990, 5, 1))
        )
        apply_import(by=keeper, file=one(keeper, data))
        assert one(keeper, data).state == FileState.UNCHANGED

    def test_a_case_is_not_told_in_the_difference(self, here: Unit, keeper: Mandate) -> None:
        apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1", locks=())))
        line = {"Số hồ sơ": "p1", "Trường hợp": "serious-illness", "Từ ngày": "01-11-2025"}
        file = one(keeper, workbook(keeper, here, add("Chưa điều động", line)))
        assert file.state == FileState.READY, file.faults
        assert "illness" not in str(file.difference)

    def test_what_is_left_out_stays(self, here: Unit, there: Unit, keeper: Mandate) -> None:
        apply_unit_staff(by=keeper, unit=here, content=everything(here, there))
        left = ("Khung", "Biên chế", "Văn bằng", "Kinh nghiệm", "Bồi dưỡng", "Chưa điều động")
        assert one(keeper, workbook(keeper, here, *map(without, left))).state == FileState.UNCHANGED


class TestConflicts:
    def test_somebody_changed_after_the_template_was_drawn_up(self, here: Unit, keeper: Mandate) -> None:
        apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1"), row("p2")))
        data = workbook(keeper, here, put("Người", F2="Chuyên viên chính", F3="Chuyên viên"))
        amend_person(by=keeper, person=Person.objects.get(number="p1"), changes={"rank": "Cán sự"})
        file = one(keeper, data)
        assert file.state == FileState.CONFLICT
        newer = {change["number"]: change["newer"] for change in file.difference["people"]}
        assert newer == {"p1": ["overtaken"], "p2": []}
        with pytest.raises(Refused, match="mới hơn"):
            apply_import(by=keeper, file=file)
        apply_import(by=keeper, file=file, accept=True)
        assert Person.objects.get(number="p1").rank == "Chuyên viên chính"

    def test_somebody_came_after_the_template_was_drawn_up(self, here: Unit, keeper: Mandate) -> None:
        data = workbook(keeper, here, put("Đơn vị", B5=48000))
        late = enter_person(by=keeper, unit=here, number="late", full_name="Đỗ Giả Định", category="cadre")
        hold_post(
            by=keeper,
            person=late,
            unit=here,
            position=Position.objects.get(code="VP01"),
            since=date(2025, 11, 1),
        )
        file = one(keeper, data)
        assert file.state == FileState.CONFLICT
        assert file.difference["people"][0]["newer"] == ["new-here"]

    def test_places_changed_after_the_template_was_drawn_up(self, here: Unit, keeper: Mandate) -> None:
        apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1")))
        data = workbook(keeper, here, put("Khung", B2=7))
        set_frame(by=keeper, unit=here, position=Position.objects.get(code="VP01"), places=3, on=ON)
        assert one(keeper, data).difference["places"][0]["newer"] == ["overtaken"]

    def test_somebody_who_holds_a_post_elsewhere_now(self, here: Unit, there: Unit, keeper: Mandate) -> None:
        apply_unit_staff(by=keeper, unit=there, content=listed(there, row("n1")))
        file = one(keeper, workbook(keeper, here, person()))
        assert file.state == FileState.CONFLICT
        assert file.difference["people"][0]["elsewhere"] == "phường Bình An"
        apply_import(by=keeper, file=file, accept=True)
        assert Holding.objects.get(person__number="n1", valid_to=None).unit == here

    def test_a_change_between_looking_and_writing_is_shown_first(self, here: Unit, keeper: Mandate) -> None:
        file = one(keeper, workbook(keeper, here, person()))
        apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p9"), frames=None, quotas=None))
        again = apply_import(by=keeper, file=file)
        assert (again.state, "đã thay đổi" in again.trouble) == (FileState.CONFLICT, True)
        assert not Person.objects.filter(number="n1").exists()


WRONG: list[tuple[str, list[Edit], tuple[str, str]]] = [
    ("unknown position", [person(Vị_trí="ZZ01")], ("Người", "H2")),
    ("no position", [person(Vị_trí=None)], ("Người", "H2")),
    ("unknown unit as origin", [person(Đơn_vị_gốc="99999")], ("Người", "N2")),
    ("unknown category", [person(Đối_tượng="Phi công")], ("Người", "E2")),
    ("no name", [person(Họ_và_tên=None)], ("Người", "B2")),
    ("no number", [person(Số_hồ_sơ=None)], ("Người", "A2")),
    ("number too long", [person(Số_hồ_sơ="x" * 21)], ("Người", "A2")),
    ("twice on full posts", [person(), person(Vị_trí="VP02")], ("Người", "A3")),
    ("born tomorrow", [person(Ngày_sinh="01-01-2026")], ("Người", "D2")),
    ("a hundred years old", [person(Ngày_sinh="01-01-1920")], ("Người", "D2")),
    ("no day", [person(Ngày_sinh="31-02-1980")], ("Người", "D2")),
    ("joined as a child", [person(Ngày_sinh="01-01-1990", Vào_ngành_từ="01-01-2000")], ("Người", "G2")),
    ("since after the figures", [person(Từ_ngày="08-12-2025")], ("Người", "J2")),
    ("a loan without an end", [person(Hình_thức="Biệt phái", Nơi_trả_lương="25892")], ("Người", "L2")),
    (
        "a loan of four years",
        [person(Hình_thức="Biệt phái", Nơi_trả_lương="25892", Từ_ngày="01-11-2025", Đến_trước_ngày="01-11-2029")],
        ("Người", "L2"),
    ),
    ("a loan from oneself", [person(Hình_thức="Biệt phái", Nơi_trả_lương="25891", Đến_trước_ngày="01-11-2026")], ("Người", "K2")),
    ("a full post that ends", [person(Đến_trước_ngày="01-11-2026")], ("Người", "L2")),
    ("combined with itself", [person(Kiêm_nhiệm="VP01")], ("Người", "M2")),
    ("half a home", [person(Vĩ_độ_nơi_ở=10.8)], ("Người", "Q2")),
    ("a home abroad", [person(Vĩ_độ_nơi_ở=48, Kinh_độ_nơi_ở=2, Ngày_cho_biết_nơi_ở="01-11-2025")], ("Người", "Q2")),
    ("a wish without a day", [person(Nguyện_vọng="25892")], ("Người", "P2")),
    ("a frame below nought", [add("Khung", {"Vị trí": "VP01", "Số chỗ": -1})], ("Khung", "B2")),
    ("half a place", [add("Khung", {"Vị trí": "VP01", "Số chỗ": 1.5})], ("Khung", "B2")),
    ("a position twice", [add("Khung", {"Vị trí": "VP01", "Số chỗ": 1})] * 2, ("Khung", "A3")),
    ("unknown block", [add("Biên chế", {"Khối": "Khối phố", "Biên chế": 3})], ("Biên chế", "A2")),
    ("nobody of that number", [add("Văn bằng", {"Số hồ sơ": "?", "Trình độ": "Đại học", "Ngành": "Luật"})], ("Văn bằng", "A2")),
    ("unknown degree", [person(), add("Văn bằng", {"Số hồ sơ": "n1", "Trình độ": "Tú tài", "Ngành": "Luật"})], ("Văn bằng", "B2")),
    ("years below nought", [person(), add("Kinh nghiệm", {"Số hồ sơ": "n1", "Vị trí": "VP01", "Số năm": -2})], ("Kinh nghiệm", "C2")),
    ("a lock without a day", [person(), add("Chưa điều động", {"Số hồ sơ": "n1", "Trường hợp": "maternity"})], ("Chưa điều động", "C2")),
    ("no case of the law", [person(), add("Chưa điều động", {"Số hồ sơ": "n1", "Trường hợp": "Bận", "Từ ngày": "01-11-2025"})], ("Chưa điều động", "B2")),
    (
        "a lock that ends before it begins",
        [person(), add("Chưa điều động", {"Số hồ sơ": "n1", "Trường hợp": "maternity", "Từ ngày": "01-11-2025", "Đến trước ngày": "01-10-2025"})],
        ("Chưa điều động", "D2"),
    ),
    ("a course finished tomorrow", [person(), add("Bồi dưỡng", {"Số hồ sơ": "n1", "Vị trí": "VP01", "Lớp bồi dưỡng": "Lớp", "Hoàn thành": "11-12-2025"})], ("Bồi dưỡng", "E2")),
    ("figures of tomorrow", [put("Đơn vị", B4="30-12-2025")], ("Đơn vị", "B4")),
    ("no unit", [put("Đơn vị", B2=None)], ("Đơn vị", "B2")),
    ("unknown unit", [put("Đơn vị", B2="00001")], ("Đơn vị", "B2")),
    ("another name", [put("Đơn vị", B3="phường Khác Hẳn")], ("Đơn vị", "B3")),
    ("a population of words", [put("Đơn vị", B5="đông")], ("Đơn vị", "B5")),
    ("no sheet of people", [without("Người")], ("Người", "")),
    ("no column", [put("Người", H1="Chỗ ngồi")], ("Người", "A1")),
]  # fmt: skip


class TestFaults:
    @pytest.mark.parametrize(
        ("edits", "place"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
    )
    def test_is_told_in_its_cell(
        self, here: Unit, there: Unit, keeper: Mandate, edits: list[Edit], place: tuple[str, str]
    ) -> None:
        file = one(keeper, workbook(keeper, here, *edits))
        assert file.state == FileState.FAULTY
        errors = {
            (fault["sheet"], fault["cell"]): fault for fault in file.faults if fault["level"] == "error"
        }
        assert place in errors
        assert errors[place]["vi"] != errors[place]["en"] != ""
        assert not Person.objects.exists()

    def test_all_at_once(self, here: Unit, keeper: Mandate) -> None:
        edits = [person(Vị_trí="ZZ01", Ngày_sinh="x"), add("Khung", {"Vị trí": "ZZ02", "Số chỗ": "hai"})]
        assert set(faults(keeper, here, *edits)) == {
            ("Người", "H2", "error"), ("Người", "D2", "error"), ("Khung", "A2", "error"), ("Khung", "B2", "error"),
        }  # fmt: skip

    def test_a_unit_without_a_point(self, here: Unit, keeper: Mandate) -> None:
        here.latitude = None
        here.save()
        assert faults(keeper, here) == [("Đơn vị", "B2", "error"), ("Người", "A2", "warning")]

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 torn", b"\xd0\xcf\x11\xe0 old", b"x" * 100])
    def test_a_broken_workbook(self, keeper: Mandate, data: bytes) -> None:
        file = one(keeper, data)
        assert (file.state, len(file.faults)) == (FileState.FAULTY, 1)

    def test_more_places_than_the_ceiling_is_a_warning(self, here: Unit, keeper: Mandate) -> None:
        edits = [
            add("Khung", {"Vị trí": "VP01 · Tổng hợp", "Số chỗ": 9}),
            add("Biên chế", {"Khối": "khoi chinh quyen", "Biên chế": 5}),
            person(),
        ]
        assert faults(keeper, here, *edits) == [("Khung", "B1", "warning")]

    def test_two_heads_are_a_warning(self, here: Unit, keeper: Mandate) -> None:
        edits = [person(Vị_trí="LD01"), person(Số_hồ_sơ="n2", Vị_trí="LD01")]
        assert faults(keeper, here, *edits) == [("Người", "H1", "warning")]

    def test_a_head_of_whom_nobody_says_which_department_is_told_and_let_in(
        self, here: Unit, keeper: Mandate
    ) -> None:
        assert faults(keeper, here, person(Vị_trí="LD03")) == [("Người", "T2", "warning")]

    @pytest.mark.parametrize(("position", "body"), [("LD03", "Phòng Kinh doanh"), ("VP01", "Phòng Kinh tế")])
    def test_a_department_that_cannot_be_is_an_error(
        self, here: Unit, keeper: Mandate, position: str, body: str
    ) -> None:
        edit = person(Vị_trí=position, Phòng_phụ_trách=body)
        assert faults(keeper, here, edit) == [("Người", "T2", "error")]

    def test_two_heads_of_one_department_are_a_warning(self, here: Unit, keeper: Mandate) -> None:
        names = ("Phòng Kinh tế", "phong kinh te, ha tang va do thi")
        edits = [
            person(Số_hồ_sơ=f"n{at}", Vị_trí="LD03", Phòng_phụ_trách=name) for at, name in enumerate(names)
        ]
        file = one(keeper, workbook(keeper, here, *edits))
        (fault,) = file.faults
        assert (fault["cell"], fault["level"]) == ("H3", "warning")
        assert "dòng 2, 3" in fault["vi"]

    def test_more_deputies_than_the_mean_over_all_units_are_told_and_let_in(
        self, here: Unit, there: Unit, keeper: Mandate
    ) -> None:
        """Two wards, 2.5 vice chairs each: five may be, the sixth is one more than the law means."""
        vice = Position.objects.get(code="UB02")
        for _one in range(4):
            HoldingFactory(unit=there, position=vice)
        first, second = person(Vị_trí="UB02"), person(Số_hồ_sơ="n2", Vị_trí="UB02")
        assert faults(keeper, here, first) == []
        file = one(keeper, workbook(keeper, here, first, second))
        assert [fault["level"] for fault in file.faults] == ["warning"]
        assert "6 người, nhiều hơn 5" in file.faults[0]["vi"]
        assert file.state == FileState.READY

    def test_a_file_of_another_ward(self, here: Unit, there: Unit, keeper: Mandate, own: Mandate) -> None:
        file = one(own, workbook(keeper, there))
        assert [fault["cell"] for fault in file.faults if fault["level"] == "error"] == ["B2"]


class TestLostJobs:
    def test_a_file_that_no_worker_knows_of_is_queued_again(self, here: Unit, keeper: Mandate) -> None:
        batch = receive_batch(by=keeper, on=ON, files=[("a.xlsx", workbook(keeper, here, person()))])
        client = people.signed_in(keeper)
        assert "Đọc lại tệp đứng yên" in client.get(batch.get_absolute_url()).content.decode()
        client.post(reverse("staffing:take-up", args=[batch.pk]))
        assert DBTaskResult.objects.filter(task_path=read_staff_file.module_path).count() == 1
        assert take_up_files() == 0, "a job waits for it now"
        batch.files.update(state=FileState.READY, queued_for=keeper)
        DBTaskResult.objects.all().delete()
        assert take_up_files() == 1
        assert DBTaskResult.objects.get().task_path == write_staff_file.module_path


class TestTemplates:
    def test_those_of_all_units_come_as_one_archive(self, here: Unit, there: Unit, keeper: Mandate) -> None:
        answer = people.signed_in(keeper).get(reverse("staffing:templates"))
        with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as packed:
            assert packed.testzip() is None
            names = packed.namelist()
            assert all(packed.read(name)[:2] == b"PK" for name in names)
        assert names == [f"nhan-su-{unit.code}.xlsx" for unit in (here, there)]
        assert Event.objects.filter(verb=Acts.TEMPLATE_DRAWN).count() == 2

    def test_a_ward_gets_its_own_alone(self, here: Unit, there: Unit, own: Mandate) -> None:
        answer = people.signed_in(own).get(reverse("staffing:templates"))
        with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as packed:
            assert packed.namelist() == [f"nhan-su-{here.code}.xlsx"]


class TestBatches:
    def test_one_faulty_file_stops_no_other(self, here: Unit, there: Unit, keeper: Mandate) -> None:
        batch = sent(
            keeper,
            ("a.xlsx", workbook(keeper, here, person())),
            ("b.xlsx", b"no workbook"),
            ("c.xlsx", workbook(keeper, there, person(Số_hồ_sơ="n2"))),
        )
        assert list(batch.files.values_list("state", flat=True)) == ["ready", "faulty", "ready"]
        for key in queue_ready(by=keeper, batch=batch):
            write_queued(key)
        assert list(batch.files.values_list("state", flat=True)) == ["applied", "faulty", "applied"]
        assert Person.objects.count() == 2

    def test_an_archive_of_workbooks(self, here: Unit, there: Unit, keeper: Mandate) -> None:
        kept = BytesIO()
        with zipfile.ZipFile(kept, "w") as packed:
            packed.writestr("q1/a.xlsx", workbook(keeper, here, person()))
            packed.writestr("q1/~$a.xlsx", b"lock")
            packed.writestr("b.xlsx", workbook(keeper, there, person(Số_hồ_sơ="n2")))
            packed.writestr("note.txt", b"hello")
        batch = sent(keeper, ("all.zip", kept.getvalue()))
        assert list(batch.files.values_list("name", "state")) == [("a.xlsx", "ready"), ("b.xlsx", "ready")]

    def test_a_broken_archive_is_refused(self, keeper: Mandate) -> None:
        with pytest.raises(Refused, match=r"all\.zip"):
            receive_batch(by=keeper, on=ON, files=[("all.zip", b"PK\x03\x04")])
        assert not ImportBatch.objects.exists()

    def test_somebody_in_two_files(self, here: Unit, there: Unit, keeper: Mandate) -> None:
        batch = sent(
            keeper,
            ("a.xlsx", workbook(keeper, here, person())),
            ("b.xlsx", workbook(keeper, there, person())),
        )
        first, second = batch.files.order_by("name")
        assert (first.state, second.state) == (FileState.READY, FileState.FAULTY)
        assert "a.xlsx" in second.faults[0]["vi"]

    def test_two_files_of_one_unit(self, here: Unit, keeper: Mandate) -> None:
        batch = sent(
            keeper,
            ("a.xlsx", workbook(keeper, here, person())),
            ("b.xlsx", workbook(keeper, here, person(Số_hồ_sơ="n2"))),
        )
        assert list(batch.files.values_list("state", flat=True)) == ["ready", "faulty"]

    def test_the_same_bytes_twice_are_one_file(self, here: Unit, keeper: Mandate) -> None:
        data = workbook(keeper, here, person())
        assert sent(keeper, ("a.xlsx", data), ("b.xlsx", data)).files.count() == 1

    def test_read_again_by_another_worker_nothing_changes(self, here: Unit, keeper: Mandate) -> None:
        file = one(keeper, workbook(keeper, here, person()))
        assert read_import(file.pk) == "nothing to do"

    def test_a_role_that_ended_writes_nothing(self, here: Unit, keeper: Mandate) -> None:
        batch = sent(keeper, ("a.xlsx", workbook(keeper, here, person())))
        (key,) = queue_ready(by=keeper, batch=batch)
        keeper.valid_to = TODAY
        keeper.save()
        write_queued(key)
        assert batch.files.get().trouble
        assert not Person.objects.exists()

    def test_a_dropped_file_leaves_no_workbook(self, here: Unit, keeper: Mandate) -> None:
        file = drop_import(by=keeper, file=one(keeper, workbook(keeper, here, person())))
        assert (file.state, file.data) == (FileState.DROPPED, None)
        with pytest.raises(Refused, match="Bỏ, không ghi"):
            apply_import(by=keeper, file=file)

    def test_workbooks_go_after_their_time(self, here: Unit, keeper: Mandate) -> None:
        file = one(keeper, workbook(keeper, here, person()))
        with time_machine.travel(date(2026, 2, 1), tick=False):
            from django.utils import timezone

            assert forget_workbooks(timezone.now()) == 1
        file.refresh_from_db()
        assert file.data is None
        assert "Giả Định" not in str(file.difference)

    @pytest.mark.parametrize("role", ["clerk", "ward_leader", "auditor"])
    def test_only_who_keeps_the_register_sends(self, here: Unit, role: str) -> None:
        with pytest.raises(Refused):
            receive_batch(by=getattr(people, role)(here), on=ON, files=[("a.xlsx", b"x")])

    def test_a_batch_of_another_place_is_not_touched(
        self, here: Unit, there: Unit, keeper: Mandate, own: Mandate
    ) -> None:
        file = one(keeper, workbook(keeper, there, person()))
        with pytest.raises(Refused):
            apply_import(by=own, file=file)
        with pytest.raises(Refused):
            drop_import(by=own, file=file)


class TestWhichDepartment:
    """A list may say it of a post that goes on; who goes to lead another one begins a post there."""

    def told(self, by: Mandate, here: Unit, body: str) -> list[tuple[str, date, date | None]]:
        edit = person(Vị_trí="LD03", Phòng_phụ_trách=body, Từ_ngày=date(2025, 7, 1))
        data = workbook(by, here)
        book = openpyxl.load_workbook(BytesIO(data))
        page = book["Người"]
        page.delete_rows(2, 5)
        edit(book)
        kept = BytesIO()
        book.save(kept)
        apply_import(by=by, file=one(by, kept.getvalue()), accept=True)
        posts = Holding.objects.order_by("valid_from")
        return [(post.body, post.valid_from, post.valid_to) for post in posts]

    def test_is_written_where_nobody_had_said_so(self, here: Unit, keeper: Mandate) -> None:
        assert self.told(keeper, here, "") == [("", date(2025, 7, 1), None)]
        assert self.told(keeper, here, "Phòng Kinh tế") == [("economic_department", date(2025, 7, 1), None)]

    def test_left_empty_it_stays(self, here: Unit, keeper: Mandate) -> None:
        self.told(keeper, here, "Phòng Kinh tế")
        file = one(keeper, workbook(keeper, here, put("Người", T2=None)))
        assert file.state == FileState.UNCHANGED

    def test_another_one_is_another_post(self, here: Unit, keeper: Mandate) -> None:
        self.told(keeper, here, "Phòng Kinh tế")
        assert self.told(keeper, here, "Phòng Văn hóa - Xã hội") == [
            ("economic_department", date(2025, 7, 1), ON),
            ("culture_society_department", ON, None),
        ]


def test_what_a_workbook_says_is_what_is_read(here: Unit, there: Unit, keeper: Mandate) -> None:
    """Through the sheets and back, for everything a list can say."""
    apply_unit_staff(by=keeper, unit=here, content=everything(here, there))
    data, before = workbook(keeper, here), staff_of(here, ON)
    Holding.objects.all().delete()
    Person.objects.all().delete()
    apply_import(by=keeper, file=one(keeper, data), accept=True)
    assert staff_of(here, ON) == before

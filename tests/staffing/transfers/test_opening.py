"""Opening a file: the kind follows from its ends, and everything that stands against it is said at once."""

from datetime import date
from typing import Any

import pytest

from tests import people
from tests.factories.staffing import FrameFactory, HoldingFactory, PersonFactory, PositionFactory
from tests.staffing.transfers.scene import MONDAY, Scene
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.enums import Block, Category, Means, PositionKind, TransferKind
from thongsuot.staffing.models import (
    Kinship,
    Lock,
    PlanMove,
    PositionStandard,
    Qualification,
    Training,
    Transfer,
)


def test_a_file_has_a_number_its_ends_and_its_reason(town: Scene) -> None:
    transfer = town.open()
    assert transfer.number == "DD-2026-000001"
    assert (transfer.from_unit, transfer.from_position) == (town.wards[1], town.office)
    assert (transfer.kind, transfer.state) == (TransferKind.BETWEEN, "opened")


@pytest.mark.parametrize(
    ("block", "here", "kind"),
    [
        (Block.GOVERNMENT, True, TransferKind.INSIDE),
        (Block.GOVERNMENT, False, TransferKind.BETWEEN),
        (Block.PARTY, True, TransferKind.BLOCKS),
        (Block.FRONT, False, TransferKind.BLOCKS),
    ],
)
def test_the_kind_follows_from_the_ends(town: Scene, block: str, here: bool, kind: TransferKind) -> None:
    position = PositionFactory(block=block)
    unit = town.wards[1] if here else town.wards[2]
    FrameFactory(unit=unit, position=position)
    means = Means.REASSIGNMENT if kind == TransferKind.INSIDE else Means.TRANSFER
    assert town.open(to_unit=unit, to_position=position, means=means).kind == kind


def test_from_a_department_is_a_kind_of_its_own(town: Scene) -> None:
    person = PersonFactory()
    HoldingFactory(person=person, unit=town.city, position=PositionFactory(block=Block.DEPARTMENT))
    assert town.open(person, means=Means.SECONDMENT).kind == TransferKind.DEPARTMENT


def test_one_open_file_a_person(town: Scene) -> None:
    town.open()
    with pytest.raises(Refused, match="DD-2026-000001"):
        town.open()


def test_after_one_is_cancelled_another_may_be_opened(town: Scene) -> None:
    acts.cancel(by=town.personnel, transfer=town.open(), reason="Chọn nhầm vị trí")
    assert town.open().number == "DD-2026-000002"


def test_who_is_locked_is_not_moved_and_why_is_for_those_who_may_read_it(town: Scene) -> None:
    Lock.objects.create(person=town.second, reason="maternity", valid_from=MONDAY)
    with pytest.raises(Refused, match="Mang thai"):
        town.open()
    looks = Event.objects.filter(verb="staff-person.locks-looked-at")
    assert [look.subject_label for look in looks] == [town.second.number]


def test_a_case_is_not_told_to_those_who_may_not_read_it(
    town: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    from thongsuot.lawbook import roles as lawbook

    Lock.objects.create(person=town.second, reason="maternity", valid_from=MONDAY)
    role = lawbook.roles()["personnel_officer"]
    without = {**lawbook.roles(), "personnel_officer": _without(role, "read_locks")}
    monkeypatch.setattr("thongsuot.units.models.roles", lambda: without)
    with pytest.raises(Refused, match="theo quy định") as refused:
        town.open()
    assert "thai" not in str(refused.value)
    assert not Event.objects.filter(verb="staff-person.locks-looked-at").exists()


def _without(role: Any, verb: str) -> Any:
    from dataclasses import replace

    return replace(role, verbs=role.verbs - {verb})


def test_a_case_that_is_over_no_longer_holds(town: Scene) -> None:
    Lock.objects.create(
        person=town.second, reason="discipline", valid_from=date(2026, 1, 5), valid_to=date(2026, 5, 30)
    )
    assert town.open()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": "  "}, "chưa nêu lý do"),
        ({"means": Means.REASSIGNMENT}, "không dùng hình thức"),
        ({"means": Means.COMBINED}, "không thuộc diện kiêm nhiệm"),
    ],
)
def test_what_does_not_fit_is_refused(town: Scene, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        town.open(**changed)


def test_nobody_is_moved_to_where_they_are(town: Scene) -> None:
    with pytest.raises(Refused, match="không có gì thay đổi"):
        town.open(to_unit=town.wards[1], to_position=town.office, means=Means.REASSIGNMENT)


def test_an_elected_office_is_not_filled_by_a_file(town: Scene) -> None:
    with pytest.raises(Refused, match="bầu cử"):
        town.open(to_position=PositionFactory(kind=PositionKind.ELECTED))


def test_a_file_of_a_head_says_of_which_department(town: Scene) -> None:
    several = ["economic_department", "culture_society_department"]
    head = PositionFactory(code="LD03", kind=PositionKind.LEADERSHIP, counted=False, bodies=several)
    FrameFactory(unit=town.wards[2], position=head)
    with pytest.raises(Refused, match="phụ trách phòng nào"):
        town.open(to_position=head)
    with pytest.raises(Refused, match="không phụ trách phòng"):
        town.open(to_body=several[0])
    assert town.open(to_position=head, to_body=several[0]).to_body == several[0]


def test_somebody_without_a_post_cannot_be_moved(town: Scene) -> None:
    with pytest.raises(Refused, match="không giữ vị trí chính thức"):
        town.open(PersonFactory())


def test_contract_staff_are_not_placed_on_civil_servants_posts(town: Scene) -> None:
    person = PersonFactory(category=Category.CONTRACT)
    HoldingFactory(person=person, unit=town.wards[1], position=town.office)
    with pytest.raises(Refused, match="Lao động hợp đồng"):
        town.open(person)


@pytest.mark.parametrize(
    ("joined", "may"), [(date(2021, 6, 1), True), (date(2021, 6, 2), False), (None, False)]
)
def test_public_employees_serve_five_years_before_a_transfer(
    town: Scene, joined: date | None, may: bool
) -> None:
    person = PersonFactory(category=Category.PUBLIC_EMPLOYEE, joined_on=joined)
    HoldingFactory(person=person, unit=town.wards[1], position=town.office)
    if may:
        assert town.open(person)
    else:
        with pytest.raises(Refused, match="chỉ biệt phái"):
            town.open(person)
        assert town.open(person, means=Means.SECONDMENT)


def test_relatives_do_not_come_to_sit_together(town: Scene) -> None:
    head, purse = PositionFactory(code="LD01"), PositionFactory(code="LD02")
    brother = PersonFactory()
    HoldingFactory(person=brother, unit=town.wards[2], position=head)
    lower, higher = sorted((brother, town.second), key=lambda one: one.pk)
    Kinship.objects.create(person=lower, relative=higher, relation="sibling")
    with pytest.raises(Refused, match="quan hệ gia đình"):
        town.open(to_position=purse)


def test_what_is_lacking_for_the_position_is_kept_as_a_training_need(town: Scene) -> None:
    assert "Chưa rõ" in town.open().training_need


@pytest.mark.parametrize("way", ["degree", "course", "neither"])
def test_degree_and_major_or_a_course_meet_the_standard(town: Scene, way: str) -> None:
    PositionStandard.objects.create(
        position=town.land, degree="bachelor", majors=["Quản lý đất đai"], valid_from=date(2025, 7, 1)
    )
    if way == "degree":
        Qualification.objects.create(person=town.second, degree="master", major="quản lý đất đai")
    if way == "course":
        Training.objects.create(
            person=town.second, position=town.land, course="Địa chính", finished_on=date(2026, 1, 5)
        )
    assert bool(town.open().training_need) == (way == "neither")


def test_a_chain_is_opened_whole(town: Scene) -> None:
    files = town.chain()
    assert [one.number for one in files] == ["DD-2026-000001", "DD-2026-000002"]
    assert set(PlanMove.objects.values_list("standing", flat=True)) == {"accepted"}
    assert all("Phương án tháng 6" in one.reason for one in files)


def test_a_chain_with_faults_is_not_opened_by_halves_and_says_all_of_them(town: Scene) -> None:
    moves = town.moves()
    Lock.objects.create(person=town.second, reason="long-study", valid_from=MONDAY)
    town.first.left_on = date(2026, 5, 31)
    town.first.save()
    with pytest.raises(acts.Faults) as refused:
        acts.open_chain(by=town.personnel, moves=moves)
    assert len(refused.value.faults) == 2
    assert not Transfer.objects.exists()
    assert set(PlanMove.objects.values_list("standing", flat=True)) == {"proposed"}


def test_a_proposal_is_taken_up_once(town: Scene) -> None:
    files = town.chain()
    with pytest.raises(Refused, match="đã xử lý"):
        acts.open_chain(by=town.personnel, moves=[files[0].move])


def test_a_ward_opens_only_what_stays_inside_it(town: Scene) -> None:
    keeper = people.ward_personnel(town.wards[1])
    FrameFactory(unit=town.wards[1], position=town.land)
    with pytest.raises(Refused, match="không thuộc phạm vi"):
        town.open(by=keeper)
    assert town.open(by=keeper, to_unit=town.wards[1], means=Means.REASSIGNMENT)


@pytest.mark.parametrize("role", ["ward_leader", "auditor", "city_officer", "reader"])
def test_who_keeps_no_registers_opens_nothing(town: Scene, role: str) -> None:
    unit = town.wards[1] if role == "ward_leader" else town.city
    with pytest.raises(Refused):
        town.open(by=people.holder("nobody", role, unit))

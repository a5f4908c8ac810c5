"""A unit's list is written at once: what differs and nothing else, history kept, nothing by halves."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import people
from tests.staffing.scene import ON, listed, row
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.staffing.actions import apply_unit_staff
from thongsuot.staffing.enums import Acts
from thongsuot.staffing.importing.content import (
    ExperienceRow,
    HomeRow,
    LockRow,
    PostRow,
    QualificationRow,
    TrainingRow,
    UnitStaff,
    WorkloadRow,
)
from thongsuot.staffing.models import Frame, Holding, Lock, Person
from thongsuot.staffing.queries import staff_of
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
LATER = date(2026, 1, 15)


def full(number: str) -> Holding:
    return Holding.objects.get(person__number=number, kind="full", valid_to=None)


def everything(unit: Unit, other: Unit) -> UnitStaff:
    told = row(
        "p1",
        posts=(PostRow("VP01", since=date(2025, 7, 1)), PostRow("VP04", "combined")),
        experiences=(ExperienceRow("VP01", Decimal("4.5")),),
        trainings=(TrainingRow("VP02", "Lớp an toàn thông tin", date(2026, 2, 1)),),
        locks=(LockRow("maternity", date(2025, 9, 1), date(2028, 6, 1)),),
        origin=other.code,
        wishes=(other.code,),
        wished_on=date(2025, 11, 1),
        home=HomeRow(10.8, 106.7, date(2025, 11, 1)),
        joined_on=date(2010, 1, 1),
        rank="Chuyên viên",
    )
    head = row("p3", posts=(PostRow("LD03", since=date(2025, 7, 1), body="economic_department"),))
    helper = row("p2", posts=(PostRow("VP02", "secondment", date(2025, 8, 1), date(2026, 8, 1), other.code),))
    return listed(unit, told, helper, head, workload=WorkloadRow(48_000, 21_000, False, "Niên giám"))


def test_what_was_written_is_what_is_read(here: Unit, there: Unit, keeper: Mandate) -> None:
    content = everything(here, there)
    found = apply_unit_staff(by=keeper, unit=here, content=content)
    assert found.counts == {
        "added": 3, "changed": 0, "moved": 0, "ended": 0, "places": 4, "conflicts": 0,
    }  # fmt: skip
    again = staff_of(here, ON)
    assert again.frames == content.frames
    assert again.quotas == content.quotas
    assert again.workload == content.workload
    told = {person.number: person for person in again.people}
    assert set(told["p1"].posts) == {
        PostRow("VP01", "full", date(2025, 7, 1)), PostRow("VP04", "combined", ON),
    }  # fmt: skip
    assert told["p1"].home == HomeRow(10.8, 106.7, date(2025, 11, 1))
    assert told["p1"].locks == (LockRow("maternity", date(2025, 9, 1), date(2028, 6, 1)),)
    assert told["p2"].posts == content.people[1].posts


def test_a_list_of_before_departments_were_kept_has_the_digest_it_had(here: Unit) -> None:
    """Or every review filed until then would stand as overtaken."""
    told = listed(here, row("p1")).to_json()
    assert "body" not in told["people"][0]["posts"][0]
    head = row("p1", posts=(PostRow("LD03", body="economic_department"),))
    assert listed(here, head).to_json()["people"][0]["posts"][0]["body"] == "economic_department"


def test_written_again_it_changes_nothing_and_leaves_no_trace(
    here: Unit, there: Unit, keeper: Mandate
) -> None:
    content = everything(here, there)
    apply_unit_staff(by=keeper, unit=here, content=content)
    events, holdings = Event.objects.count(), list(Holding.objects.values())
    assert apply_unit_staff(by=keeper, unit=here, content=content).is_empty
    assert apply_unit_staff(by=keeper, unit=here, content=staff_of(here, ON)).is_empty
    assert Event.objects.count() == events
    assert list(Holding.objects.values()) == holdings


def test_one_event_tells_of_the_whole_unit(here: Unit, there: Unit, keeper: Mandate) -> None:
    content = everything(here, there)
    apply_unit_staff(by=keeper, unit=here, content=content)
    event = Event.objects.get(verb=Acts.STAFF_APPLIED)
    assert event.details["added"] == 3
    assert event.details["digest"] == content.digest
    assert "Giả Định" not in str(event.details)


def test_who_is_not_listed_any_more_leaves_the_post_on_that_day(here: Unit, keeper: Mandate) -> None:
    apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1"), row("p2", "VP02")))
    apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1"), on=LATER))
    ended = Holding.objects.get(person__number="p2")
    assert (ended.valid_from, ended.valid_to) == (date(2025, 7, 1), LATER)
    assert Person.objects.filter(number="p2").exists()


def test_another_post_ends_the_one_before_and_keeps_it(here: Unit, keeper: Mandate) -> None:
    apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1", "VP01")))
    apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1", "VP02"), on=LATER))
    before, after = Holding.objects.order_by("valid_from")
    assert (before.position.code, before.valid_to) == ("VP01", LATER)
    assert (after.position.code, after.valid_from) == ("VP02", LATER)


def test_what_was_written_that_very_day_is_mended(here: Unit, keeper: Mandate) -> None:
    since_today = (PostRow("VP01", since=ON),)
    apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1", posts=since_today)))
    apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1", "VP02"), frames={"VP02": 3}))
    assert full("p1").position.code == "VP02"
    assert Holding.objects.count() == 1
    assert staff_of(here, ON).frames == {"VP01": 0, "VP02": 3}
    assert Frame.objects.count() == 2


def test_frames_are_dated(here: Unit, keeper: Mandate) -> None:
    apply_unit_staff(by=keeper, unit=here, content=listed(here, frames={"VP01": 2}))
    apply_unit_staff(by=keeper, unit=here, content=listed(here, frames={"VP01": 5}, on=LATER))
    assert staff_of(here, ON).frames == {"VP01": 2}
    assert staff_of(here, LATER).frames == {"VP01": 5}


def test_what_a_list_leaves_unsaid_stays(here: Unit, there: Unit, keeper: Mandate) -> None:
    apply_unit_staff(by=keeper, unit=here, content=everything(here, there))
    plain = listed(
        here,
        replace(
            everything(here, there).people[0], locks=None, wishes=None, home=None, trainings=None, rank=""
        ),
        *everything(here, there).people[1:],
        frames=None,
        quotas=None,
    )
    assert apply_unit_staff(by=keeper, unit=here, content=plain).is_empty
    assert staff_of(here, ON).people[0].locks != ()


def test_a_case_named_no_more_has_ended_that_day(here: Unit, keeper: Mandate) -> None:
    lock = LockRow("discipline", date(2025, 9, 1))
    apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1", locks=(lock,))))
    apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1", locks=()), on=LATER))
    assert Lock.objects.get().valid_to == LATER


def test_somebody_from_another_unit_leaves_the_post_there(here: Unit, there: Unit, keeper: Mandate) -> None:
    apply_unit_staff(by=keeper, unit=there, content=listed(there, row("p1")))
    found = apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1"), on=LATER))
    assert found.counts["moved"] == 1
    assert full("p1").unit == here
    assert staff_of(there, LATER).people == ()


def test_a_ward_does_not_take_people_off_another_one(here: Unit, there: Unit, keeper: Mandate) -> None:
    apply_unit_staff(by=keeper, unit=there, content=listed(there, row("p1")))
    with pytest.raises(Refused, match="p1 đang giữ vị trí ở phường Bình An"):
        apply_unit_staff(by=people.ward_personnel(here), unit=here, content=listed(here, row("p1"), on=LATER))
    assert full("p1").unit == there
    assert not Frame.objects.filter(unit=here).exists()


def test_an_older_list_does_not_undo_what_came_after_it(here: Unit, there: Unit, keeper: Mandate) -> None:
    apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1")))
    apply_unit_staff(by=keeper, unit=there, content=listed(there, row("p1"), on=LATER))
    with pytest.raises(Refused, match="ngày mới hơn"):
        apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1", "VP02")))


@pytest.mark.parametrize("role", ["clerk", "ward_leader", "reader"])
def test_only_who_keeps_the_register_writes_it(here: Unit, role: str) -> None:
    by = getattr(people, role)(here)
    with pytest.raises(Refused):
        apply_unit_staff(by=by, unit=here, content=listed(here, row("p1")))


def test_a_ward_writes_its_own_register_alone(here: Unit, there: Unit) -> None:
    mine = people.ward_personnel(here)
    apply_unit_staff(by=mine, unit=here, content=listed(here, row("p1")))
    with pytest.raises(Refused):
        apply_unit_staff(by=mine, unit=there, content=listed(there, row("p9")))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"posts": (PostRow("ZZ99"),)}, "ZZ99"),
        ({"posts": (PostRow("VP01"), PostRow("VP02"))}, "hai vị trí chính thức"),
        ({"wishes": ("99999",)}, "99999"),
        ({"locks": (LockRow("bored", ON),)}, "bored"),
    ],
)
def test_what_is_unknown_is_refused_whole(
    here: Unit, keeper: Mandate, change: dict[str, object], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1"), row("p2", **change)))
    assert not Person.objects.exists()


def test_a_list_of_another_unit_is_refused(here: Unit, there: Unit, keeper: Mandate) -> None:
    with pytest.raises(Refused, match="25892"):
        apply_unit_staff(by=keeper, unit=here, content=listed(there, row("p1")))


def test_qualifications_are_replaced_as_listed(here: Unit, keeper: Mandate) -> None:
    apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1")))
    better = (QualificationRow("master", "Luật kinh tế"),)
    apply_unit_staff(by=keeper, unit=here, content=listed(here, row("p1", qualifications=better)))
    assert staff_of(here, ON).people[0].qualifications == better


def test_costs_the_same_for_many(here: Unit, there: Unit, keeper: Mandate) -> None:
    def cost(unit: Unit, count: int) -> int:
        content = listed(unit, *(row(f"{unit.code}-{at}", locks=()) for at in range(count)))
        with CaptureQueriesContext(connection) as captured:
            apply_unit_staff(by=keeper, unit=unit, content=content)
        return len(captured)

    assert cost(here, 2) == cost(there, 30)

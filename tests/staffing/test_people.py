"""People one by one: entered once, amended with a trace, given freely and taken back, locked without a word too many."""

from datetime import date
from typing import Any

import pytest
import time_machine

from tests import people
from tests.factories.staffing import HoldingFactory
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused, Stale
from thongsuot.staffing.actions import (
    amend_person,
    enter_person,
    lock_person,
    look_at_locks,
    look_at_person,
    move_post,
    note_home,
    note_training,
    note_wishes,
    person_left,
    set_schooling,
    unlock_person,
)
from thongsuot.staffing.enums import Acts, Category
from thongsuot.staffing.models import Lock, Person, Position
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
TODAY = date(2025, 12, 10)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def person(here: Unit) -> Person:
    held: Person = HoldingFactory(unit=here, position=Position.objects.get(code="VP01")).person
    return held


def last() -> Event:
    event = Event.objects.order_by("-number").first()
    assert event is not None
    return event


def test_somebody_new_is_entered_once(here: Unit, own: Mandate) -> None:
    told: dict[str, Any] = {
        "unit": here,
        "number": "CB-7",
        "full_name": " Trần  Giả Định ",
        "category": Category.CADRE,
    }
    person = enter_person(by=own, **told, details={"rank": "Chuyên viên"})
    assert (person.full_name, person.bare) == ("Trần Giả Định", "tran gia dinh")
    with pytest.raises(Refused, match="CB-7"):
        enter_person(by=own, **told)
    assert last().verb == Acts.PERSON_ENTERED
    assert "Giả Định" not in f"{last().subject_label} {last().details}"


def test_the_trail_names_the_fields_not_the_values(own: Mandate, person: Person) -> None:
    amend_person(by=own, person=person, changes={"born_on": date(1980, 5, 6)}, seen=person.version)
    assert last().details == {"fields": ["born_on"]}


def test_two_at_once_do_not_write_over_each_other(own: Mandate, person: Person) -> None:
    seen = person.version
    amend_person(by=own, person=person, changes={"rank": "Chuyên viên"}, seen=seen)
    with pytest.raises(Stale):
        amend_person(by=own, person=Person.objects.get(), changes={"rank": "Chuyên viên chính"}, seen=seen)


def test_degrees_and_courses(own: Mandate, person: Person) -> None:
    office = Position.objects.get(code="VP01")
    set_schooling(
        by=own,
        person=person,
        qualifications=[("bachelor", "Luật"), ("bachelor", "Luật")],
        experiences={office: 3},
    )
    assert person.qualifications.count() == person.experiences.count() == 1
    note_training(by=own, person=person, position=office, course="Lớp văn phòng", finished_on=TODAY)
    note_training(by=own, person=person, position=office, course="Lớp  văn phòng", finished_on=TODAY)
    assert person.trainings.count() == 1


def test_what_is_given_freely_is_taken_back(own: Mandate, there: Unit, person: Person) -> None:
    note_wishes(by=own, person=person, units=[there, there], given_on=TODAY)
    note_home(by=own, person=person, point=(10.8, 106.7))
    assert [wish.unit for wish in person.wishes.all()] == [there]
    assert "106" not in str(last().details)
    note_wishes(by=own, person=person, units=[], given_on=TODAY)
    note_home(by=own, person=person, point=None)
    person.refresh_from_db()
    assert (person.home_latitude, person.home_given_on, person.wishes.count()) == (None, None, 0)


def test_a_wish_of_tomorrow_was_not_given(own: Mandate, there: Unit, person: Person) -> None:
    with pytest.raises(Refused, match="chưa đến"):
        note_wishes(by=own, person=person, units=[there], given_on=date(2025, 12, 11))


class TestLocks:
    def test_the_trail_does_not_say_which_case(self, own: Mandate, person: Person) -> None:
        lock = lock_person(by=own, person=person, reason="serious-illness", since=date(2025, 9, 1))
        assert "illness" not in f"{last().details} {last().subject_label}"
        unlock_person(by=own, lock=lock, on=TODAY)
        assert Lock.objects.get().valid_to == TODAY
        assert last().verb == Acts.UNLOCKED

    def test_only_a_case_of_the_law(self, own: Mandate, person: Person) -> None:
        with pytest.raises(Refused, match="Điều 25"):
            lock_person(by=own, person=person, reason="needed-here", since=TODAY)

    def test_one_that_never_held_is_taken_out(self, own: Mandate, person: Person) -> None:
        lock = lock_person(by=own, person=person, reason="discipline", since=TODAY)
        unlock_person(by=own, lock=lock, on=TODAY)
        assert not Lock.objects.exists()

    def test_a_leader_sees_no_case_and_sets_none(self, here: Unit, person: Person) -> None:
        leader = people.ward_leader(here)
        for act in (
            lambda: lock_person(by=leader, person=person, reason="discipline", since=TODAY),
            lambda: look_at_locks(by=leader, person=person),
        ):
            with pytest.raises(Refused):
                act()


class TestLeaving:
    def test_every_post_ends_and_stays_told(self, own: Mandate, person: Person) -> None:
        person_left(by=own, person=person, on=TODAY, because="nghỉ hưu")
        assert person.holdings.get().valid_to == TODAY
        with pytest.raises(Refused, match="đã thôi từ"):
            person_left(by=own, person=Person.objects.get(), on=TODAY, because="nghỉ hưu")

    def test_needs_a_reason(self, own: Mandate, person: Person) -> None:
        with pytest.raises(Refused, match="lý do"):
            person_left(by=own, person=person, on=TODAY, because=" ")


class TestRights:
    def test_a_file_is_kept_where_the_post_is(
        self, here: Unit, there: Unit, own: Mandate, keeper: Mandate, person: Person
    ) -> None:
        """The unit somebody left sees no more than that they were there."""
        move_post(
            by=keeper,
            holding=person.holdings.get(),
            unit=there,
            position=Position.objects.get(code="VP02"),
            on=TODAY,
        )
        with pytest.raises(Refused, match="phạm vi"):
            amend_person(by=own, person=person, changes={"rank": "x"})
        amend_person(by=people.ward_personnel(there), person=person, changes={"rank": "x"})

    def test_every_look_leaves_a_trace(self, here: Unit, person: Person) -> None:
        look_at_person(by=people.ward_leader(here), person=person)
        assert (last().verb, last().subject_label) == (Acts.PERSON_LOOKED_AT, person.number)

    def test_who_may_see_no_names_looks_at_no_file(self, here: Unit, person: Person) -> None:
        with pytest.raises(Refused):
            look_at_person(by=people.clerk(here), person=person)

    def test_a_stranger_touches_nothing(self, person: Person) -> None:
        with pytest.raises(Refused):
            amend_person(
                by=people.ward_personnel(people.stranger().unit), person=person, changes={"rank": "x"}
            )

    def test_only_fields_of_a_person(self, own: Mandate) -> None:
        with pytest.raises(ValueError, match="version"):
            enter_person(
                by=own, unit=own.unit, number="x", full_name="y", category="cadre", details={"version": 9}
            )

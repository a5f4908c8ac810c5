"""My work: whose turn it is, and what each waits for."""

from copy import copy
from datetime import date
from typing import Any

import pytest
from django.db.models import Q

from tests import people
from tests.factories.matters import IssuedTaskFactory, OriginFactory, ProposalFactory, TaskFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.matters.enums import Act, BodyPart
from thongsuot.matters.models import Extension, Leg, Matter, MatterBody, MatterUnit
from thongsuot.matters.queries.work import (
    asked_for,
    extensions_to_decide,
    load,
    owed,
    owed_from_to,
    turns,
    waited_for,
)
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db

TODAY = date(2025, 11, 10)


@pytest.fixture
def city() -> Unit:
    unit: Unit = ProvinceFactory()
    return unit


@pytest.fixture
def ward(city: Unit) -> Unit:
    unit: Unit = WardFactory(parent=city)
    return unit


def task(ward: Unit, **fields: Any) -> Matter:
    made: Matter = IssuedTaskFactory(unit=ward, origin=OriginFactory(units=[ward]), **fields)
    return made


def proposal(ward: Unit, **fields: Any) -> Matter:
    made: Matter = ProposalFactory(unit=ward, origin=OriginFactory(units=[ward]), **fields)
    return made


def test_a_ward_owes_its_open_tasks_the_latest_first(ward: Unit) -> None:
    later = task(ward)
    sooner = task(ward, turn_due_on=date(2025, 11, 3))
    task(ward, state="submitted", turn_unit=ward.parent)
    task(WardFactory(parent=ward.parent))
    mine = turns([matter.pk for matter in owed(people.clerk(ward))], TODAY)
    assert [turn.matter for turn in mine] == [sooner, later]
    assert [turn.late for turn in mine] == [True, False]
    assert {turn.act for turn in mine} == {Act.RECEIVE}


def test_the_city_owes_answers_and_verifications(city: Unit, ward: Unit) -> None:
    asked = proposal(ward)
    submitted = task(ward, state="submitted", turn_unit=city, turn_due_on=date(2025, 11, 12))
    recorded = TaskFactory(unit=ward, origin=OriginFactory(units=[ward]), turn_unit=city)
    acts = {
        turn.matter: turn.act for turn in turns([matter.pk for matter in owed(people.officer(city))], TODAY)
    }
    assert acts == {asked: Act.ANSWER, submitted: Act.VERIFY, recorded: Act.ISSUE}


def test_page_by_page_it_is_what_is_owed_in_that_order(city: Unit, ward: Unit) -> None:
    former = WardFactory(parent=city)
    days = (None, date(2025, 11, 3), date(2025, 11, 20), date(2025, 11, 3), None)
    for unit in (ward, former, WardFactory(parent=city)):
        for day in days:
            task(unit, turn_due_on=day)
            proposal(unit, turn_due_on=day)
    department = people.department(city)
    routed = proposal(ward, state="routed", body=department, turn_body=department)
    MatterBody.objects.create(matter=routed, body=department, part=BodyPart.HOLDER)
    merged = copy(people.clerk(ward))
    merged.inherited = [former.pk]
    for by in (merged, people.officer(city), people.department_officer(department), people.stranger()):
        for name, part in (("all", Q()), ("late", Q(turn_due_on__lt=TODAY))):
            expected = [matter.pk for matter in owed(by).filter(part)]
            for first, last in ((0, 4), (4, 8), (8, 12), (40, 44)):
                assert owed_from_to(by, part, first, last, name) == expected[first:last], by.role_code


def test_what_lies_with_a_department_is_that_departments_turn(city: Unit, ward: Unit) -> None:
    department = people.department(city)
    routed = proposal(ward, state="routed", body=department, turn_body=department)
    MatterBody.objects.create(matter=routed, body=department, part=BodyPart.HOLDER)
    assert list(owed(people.department_officer(department))) == [routed]
    assert list(owed(people.officer(city))) == []


def test_an_officer_with_fields_of_work_owes_only_those(city: Unit, ward: Unit) -> None:
    staffing = proposal(ward, topic="staffing-quota")
    proposal(ward, topic="it-infrastructure")
    assert list(owed(people.officer(city, fields=["staffing-quota"]))) == [staffing]


def test_a_contested_proposal_is_the_leaders_turn(city: Unit, ward: Unit) -> None:
    contested = proposal(ward, state="contested", level=1)
    assert contested in owed(people.city_leader(city))
    assert list(owed(people.officer(city))) == []


def test_an_answer_waits_for_those_who_asked(ward: Unit) -> None:
    answered = proposal(ward, state="answered", turn_unit=ward, stopped_on=TODAY)
    mine = turns([matter.pk for matter in owed(people.clerk(ward))], TODAY)
    assert [(turn.matter, turn.act) for turn in mine] == [(answered, Act.AGREE)]


def test_what_i_asked_for_is_told_with_who_has_it(city: Unit, ward: Unit) -> None:
    given, made = task(ward), proposal(ward)
    assert list(asked_for(people.officer(city))) == [given]
    assert list(asked_for(people.clerk(ward))) == [made]


def test_what_i_asked_for_is_counted_as_it_is_listed(city: Unit, ward: Unit) -> None:
    beside = WardFactory(parent=city)
    for state in ("recorded", "routed", "answered"):
        proposal(ward, state=state)
    proposal(beside)
    proposal(ward, topic="training", due_on=date(2025, 11, 3), due_soon_on=date(2025, 11, 3))
    shared = proposal(ward)
    MatterUnit.objects.create(matter=shared, unit=beside, named=True)
    task(ward)
    clerk = people.clerk(ward)
    both, narrow = copy(clerk), copy(clerk)
    both.inherited, narrow.fields = [beside.pk], ["training"]
    for by in (clerk, both, narrow, people.clerk(beside), people.officer(city)):
        counted = load(by, asked_for, TODAY, "due_on")
        late = [one for one in asked_for(by) if one.due_on and one.due_on < TODAY]
        assert (counted.total, counted.late) == (asked_for(by).count(), len(late)), by
    assert load(both, asked_for, TODAY, "due_on").total == 5


def test_the_second_extension_is_for_the_higher_role(city: Unit, ward: Unit) -> None:
    first, second = (
        Extension.objects.create(
            matter=task(ward),
            count=count,
            old_due_on=TODAY,
            new_due_on=date(2025, 11, 20),
            reason="Chờ số liệu",
            asked_by="Lan",
            asked_by_username="lan",
        )
        for count in (1, 2)
    )
    assert list(extensions_to_decide(people.officer(city))) == [first]
    assert set(extensions_to_decide(people.city_leader(city))) == {first, second}


def test_a_body_others_wait_for_sees_it(city: Unit, ward: Unit) -> None:
    department = people.department(city)
    leg = Leg.objects.create(
        matter=task(ward), kind="waiting", unit=city, body=department, name=str(department), since=TODAY
    )
    assert list(waited_for(people.department_officer(department))) == [leg]
    assert list(waited_for(people.clerk(ward))) == []


def test_the_load_adds_up(ward: Unit) -> None:
    for day in (3, 10, 12, 28):
        task(ward, turn_due_on=date(2025, 11, day))
    counted = load(people.clerk(ward), owed, TODAY)
    assert (counted.late, counted.soon, counted.later, counted.total) == (1, 2, 1, 4)


def test_a_reader_owes_nothing(city: Unit, ward: Unit) -> None:
    task(ward)
    proposal(ward)
    by: Mandate = people.reader(city)
    assert not owed(by).exists()
    assert not asked_for(by).exists()

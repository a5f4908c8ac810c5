"""Personal data kept for a time go when it is over, and leave a trace that they went."""

from datetime import date

import pytest

from tests.factories.staffing import HoldingFactory
from thongsuot.audit.models import Event
from thongsuot.staffing.actions.tidying import forget_what_is_over
from thongsuot.staffing.enums import Acts
from thongsuot.staffing.models import Kinship, Lock, Person, Position, Wish
from thongsuot.units.models import Unit

pytestmark = pytest.mark.django_db
GIVEN, PLACED = date(2025, 11, 1), date(2026, 1, 1)


@pytest.fixture
def person(here: Unit) -> Person:
    held = HoldingFactory(unit=here, position=Position.objects.get(code="VP01"), valid_from=PLACED)
    found: Person = held.person
    found.home_latitude, found.home_longitude, found.home_given_on = 10.8, 106.7, GIVEN
    found.save()
    return found


def test_wishes_and_homes_go_a_year_after_the_placement(person: Person, there: Unit) -> None:
    Wish.objects.create(person=person, unit=there, given_on=GIVEN)
    assert forget_what_is_over(date(2027, 1, 1)) == 0
    assert forget_what_is_over(date(2027, 1, 2)) == 1
    person.refresh_from_db()
    assert (person.home_latitude, Wish.objects.count()) == (None, 0)
    event = Event.objects.get(verb=Acts.OVERDUE_REMOVED)
    assert event.details == {"fields": ["wishes", "home"]}


def test_one_given_for_a_placement_still_to_come_stays(person: Person, there: Unit) -> None:
    Wish.objects.create(person=person, unit=there, given_on=date(2026, 6, 1))
    forget_what_is_over(date(2028, 1, 1))
    assert Wish.objects.count() == 1


def test_cases_go_two_years_after_they_ended(person: Person) -> None:
    Lock.objects.create(person=person, reason="discipline", valid_from=GIVEN, valid_to=date(2025, 12, 1))
    Lock.objects.create(person=person, reason="maternity", valid_from=GIVEN)
    forget_what_is_over(date(2027, 12, 1))
    assert Lock.objects.count() == 2
    forget_what_is_over(date(2027, 12, 2))
    assert Lock.objects.get().reason == "maternity"


def test_relatives_are_known_while_both_serve(person: Person, here: Unit) -> None:
    other = HoldingFactory(unit=here, position=Position.objects.get(code="VP02")).person
    Kinship.objects.create(person=person, relative=other, relation="sibling")
    forget_what_is_over(PLACED)
    other.left_on = PLACED
    other.save()
    assert forget_what_is_over(PLACED) == 2
    assert not Kinship.objects.exists()

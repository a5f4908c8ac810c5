"""Visits in the calendars of those who make them, and of those they come to."""

from datetime import UTC, date, datetime, time

import pytest

from tests import people
from tests.factories.oversight import CampaignFactory, VisitFactory, WorkingGroupFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.notices.calendar import Event
from thongsuot.oversight.models import Visit
from thongsuot.oversight.showing import visits
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 30)


@pytest.fixture
def ward() -> Unit:
    return WardFactory(parent=ProvinceFactory(), name="Tân Khánh")


@pytest.fixture
def visit(ward: Unit) -> Visit:
    group = WorkingGroupFactory(campaign=CampaignFactory(unit=ward.parent), units=[ward], number=3)
    return VisitFactory(group=group, time=time(8, 30))


def seen(mandate: Mandate, first: date = DAY, last: date = DAY) -> list[Event]:
    return list(visits(mandate.user, [mandate], first, last))


def test_a_visit_stands_at_its_hour_with_group_units_and_link(visit: Visit, ward: Unit) -> None:
    [event] = seen(people.clerk(ward))
    assert event.title == "Tổ công tác số 3 làm việc với phường Tân Khánh"
    assert event.begins == datetime(2025, 10, 30, 1, 30, tzinfo=UTC)
    assert (event.key, event.url) == (f"visit:{visit.pk}", visit.get_absolute_url())


def test_without_an_hour_it_takes_the_day(visit: Visit, ward: Unit) -> None:
    Visit.objects.update(time=None)
    assert seen(people.clerk(ward))[0].begins == DAY


def test_those_who_sit_in_the_group_have_it_once(visit: Visit, ward: Unit) -> None:
    assert ward.parent is not None
    member, other = people.group_member(ward.parent, [ward]), people.group_secretary(ward.parent, [ward])
    visit.group.members.add(member)
    assert len(seen(member)) == 1
    assert seen(other) == []
    assert seen(people.stranger()) == []


def test_what_is_put_off_is_called_off_and_what_was_held_stands_at_its_day(visit: Visit, ward: Unit) -> None:
    clerk = people.clerk(ward)
    Visit.objects.update(set_aside="postponed", reason="Bão số 12")
    assert seen(clerk)[0].cancelled
    held = date(2025, 11, 3)
    Visit.objects.update(set_aside="", reason="", held_on=held)
    assert seen(clerk) == []
    assert not seen(clerk, held, held)[0].cancelled

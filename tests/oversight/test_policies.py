"""Which rows, and may I: two questions, one answer."""

import pytest

from tests import people
from tests.factories.oversight import (
    CampaignFactory,
    MeetingFactory,
    MeetingRoleFactory,
    WorkingGroupFactory,
)
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.oversight.models import Campaign, Meeting, Official, WorkingGroup
from thongsuot.oversight.policies import campaign_scope, group_scope, may, official_scope, scope
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def everyone() -> list[Mandate]:
    """A city with a campaign of two groups; meetings of a ward, of a group, of another city."""
    city = ProvinceFactory()
    first, second, third = WardFactory.create_batch(3, parent=city)
    campaign = CampaignFactory(unit=city)
    group = WorkingGroupFactory(campaign=campaign, units=[first, second])
    WorkingGroupFactory(campaign=campaign, units=[third])
    MeetingRoleFactory(meeting=MeetingFactory(units=[first], working_group=group))
    MeetingRoleFactory(meeting=MeetingFactory(units=[], working_group=group))
    MeetingRoleFactory(meeting=MeetingFactory(units=[third]))
    MeetingRoleFactory(meeting=MeetingFactory(units=[city]))
    MeetingRoleFactory(meeting=MeetingFactory(working_group=WorkingGroupFactory()))
    return [
        people.clerk(first),
        people.clerk(second),
        people.clerk(third),
        people.officer(city),
        people.group_member(city, [first, second]),
        people.administrator(city),
        people.stranger(),
    ]


def test_scope_and_may_agree(everyone: list[Mandate]) -> None:
    for mandate in everyone:
        for register, rule in (
            (Meeting, scope),
            (Campaign, campaign_scope),
            (WorkingGroup, group_scope),
            (Official, official_scope),
        ):
            seen = set(register.objects.filter(rule(mandate)))
            for row in register.objects.all():
                assert may(mandate, Verb.READ, row).ok == (row in seen), (mandate, row)


def test_a_meeting_is_seen_from_its_units_and_those_of_its_group(everyone: list[Mandate]) -> None:
    seen = [Meeting.objects.filter(scope(mandate)).count() for mandate in everyone]
    assert seen == [2, 2, 1, 4, 2, 0, 0]


def test_a_campaign_is_known_to_its_whole_city_but_groups_to_their_own(everyone: list[Mandate]) -> None:
    assert [Campaign.objects.filter(campaign_scope(one)).count() for one in everyone] == [1, 1, 1, 1, 1, 0, 0]
    assert [WorkingGroup.objects.filter(group_scope(one)).count() for one in everyone] == [
        1,
        1,
        1,
        2,
        1,
        0,
        0,
    ]


def test_only_the_city_changes_its_campaign(everyone: list[Mandate]) -> None:
    campaign = Campaign.objects.order_by("pk").first()
    allowed = [may(mandate, Verb.MANAGE_CAMPAIGNS, campaign).ok for mandate in everyone]
    assert allowed == [False, False, False, True, False, False, False]

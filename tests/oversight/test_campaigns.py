"""Campaigns, their working groups, and who sits in them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import people
from tests.factories.documents import DocumentFactory
from tests.factories.oversight import CampaignFactory, MeetingFactory, WorkingGroupFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.audit.models import Event
from thongsuot.kernel.symbols import Symbol
from thongsuot.kernel.verdicts import Refused
from thongsuot.oversight.actions import (
    NewPlan,
    assign_group_units,
    form_group,
    open_campaign,
    seat_member,
    unseat_member,
)
from thongsuot.oversight.models import Campaign, Meeting, WorkingGroup
from thongsuot.oversight.policies import scope
from thongsuot.oversight.queries import group_in_force
from thongsuot.units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Unit:
    return ProvinceFactory()


class TestOpening:
    def test_a_city_officer_opens_it_under_its_plan(self, city: Unit) -> None:
        plan = DocumentFactory(number="249")
        campaign = open_campaign(
            by=people.officer(city),
            title="Giám sát chính quyền 2 cấp",
            unit=city,
            started_on=date(2025, 10, 1),
            plan=plan,
        )
        assert (campaign.plan, campaign.short) == (plan, "249-KH/UBKTTW")

    def test_a_ward_does_not(self, city: Unit) -> None:
        ward = WardFactory(parent=city)
        with pytest.raises(Refused, match="không có quyền"):
            open_campaign(by=people.clerk(ward), title="Giám sát", unit=city, started_on=date(2025, 10, 1))

    def test_nor_does_the_officer_of_another_city(self, city: Unit) -> None:
        with pytest.raises(Refused, match="phạm vi"):
            open_campaign(
                by=people.officer(ProvinceFactory()),
                title="Giám sát",
                unit=city,
                started_on=date(2025, 10, 1),
            )

    def test_not_twice_under_one_title(self, city: Unit) -> None:
        CampaignFactory(unit=city, title="Giám sát")
        with pytest.raises(Refused, match="đã có đợt"):
            open_campaign(by=people.officer(city), title="Giám sát", unit=city, started_on=date(2025, 10, 1))


class TestGroups:
    def test_a_number_stands_once_in_a_campaign_but_again_in_another(self, city: Unit) -> None:
        officer, first = people.officer(city), CampaignFactory(unit=city)
        tenth = form_group(by=officer, campaign=first, number=10, leader="Lê Văn Mẫu")
        assert str(tenth) == "Tổ công tác số 10"
        with pytest.raises(Refused, match="đã có tổ công tác số 10"):
            form_group(by=officer, campaign=first, number=10)
        form_group(by=officer, campaign=CampaignFactory(unit=city), number=10)
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkingGroup.objects.create(campaign=first, number=10)

    def test_beside_others_it_is_named_with_its_campaign(self) -> None:
        group = WorkingGroupFactory(number=10, campaign__plan=DocumentFactory(number="249"))
        assert group.label == "Tổ công tác số 10 · 249-KH/UBKTTW"

    def test_units_of_another_city_are_refused(self, city: Unit) -> None:
        group = WorkingGroupFactory(campaign=CampaignFactory(unit=city))
        with pytest.raises(Refused, match="phạm vi"):
            assign_group_units(by=people.officer(city), group=group, units=[WardFactory()])

    @pytest.mark.parametrize(
        ("day", "found"), [(date(2025, 10, 30), True), (date(2025, 1, 1), False), (date(2026, 1, 1), False)]
    )
    def test_a_number_alone_is_known_by_its_day(self, city: Unit, day: date, found: bool) -> None:
        campaign = CampaignFactory(unit=city, ended_on=date(2025, 12, 31))
        group = WorkingGroupFactory(campaign=campaign, number=10)
        assert group_in_force(10, WardFactory(parent=city), day) == (group if found else None)

    def test_a_number_in_two_running_campaigns_is_nobody(self, city: Unit) -> None:
        for _campaign in range(2):
            WorkingGroupFactory(campaign=CampaignFactory(unit=city), number=10)
        assert group_in_force(10, city, date(2025, 10, 30)) is None


class TestTwoAtOnce:
    """What only the constraint sees: somebody else came between the question and the answer."""

    def test_a_number_taken_in_between_is_refused_in_words(
        self, city: Unit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        campaign, officer = CampaignFactory(unit=city), people.officer(city)

        def overtaken(group: WorkingGroup) -> None:
            WorkingGroup.objects.create(campaign=group.campaign, number=group.number)

        monkeypatch.setattr(WorkingGroup, "full_clean", overtaken)
        with pytest.raises(Refused, match="đã có tổ công tác số 4"):
            form_group(by=officer, campaign=campaign, number=4)

    def test_so_is_a_title(self, city: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
        def overtaken(campaign: Campaign) -> None:
            Campaign.objects.create(unit=campaign.unit, title=campaign.title, started_on=campaign.started_on)

        monkeypatch.setattr(Campaign, "full_clean", overtaken)
        with pytest.raises(Refused, match="đã có đợt giám sát"):
            open_campaign(by=people.officer(city), title="Giám sát", unit=city, started_on=date(2025, 10, 1))

    def test_so_is_a_plan_entered_by_both(self, city: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
        plan = NewPlan(Symbol("249", "KH/UBKTTW"), date(2025, 7, 24), "Ủy ban Kiểm tra Trung ương")
        monkeypatch.setattr("thongsuot.documents.actions.registering.same_document", lambda _identity: None)
        officer = people.officer(city)
        open_campaign(by=officer, title="Một", unit=city, started_on=date(2025, 10, 1), plan=plan)
        with pytest.raises(Refused, match="Người khác vừa ghi văn bản 249-KH/UBKTTW"):
            open_campaign(by=officer, title="Hai", unit=city, started_on=date(2025, 10, 1), plan=plan)

    def test_a_group_that_may_not_have_its_units_is_not_formed(self, city: Unit) -> None:
        campaign = CampaignFactory(unit=city)
        with pytest.raises(Refused, match="phạm vi"):
            form_group(by=people.officer(city), campaign=campaign, number=1, units=[WardFactory()])
        assert not WorkingGroup.objects.exists()


class TestMembers:
    def test_twice_is_once(self, city: Unit) -> None:
        officer, member = people.officer(city), people.group_member(city, [])
        group = WorkingGroupFactory(campaign=CampaignFactory(unit=city))
        for act in (seat_member, unseat_member):
            before = Event.objects.count()
            for _click in range(2):
                act(by=officer, group=group, mandate=member)
            assert Event.objects.count() == before + 2  # the seat and what the mandate covers

    def test_a_role_that_has_ended_takes_no_seat(self, city: Unit) -> None:
        officer, member = people.officer(city), people.group_member(city, [])
        member.valid_to = date(2025, 8, 1)
        member.save()
        group = WorkingGroupFactory(campaign=CampaignFactory(unit=city))
        with pytest.raises(Refused, match="không còn hiệu lực"):
            seat_member(by=officer, group=group, mandate=member)

    def test_whoever_is_seated_sees_the_units_of_the_group_and_loses_them_when_unseated(
        self, city: Unit
    ) -> None:
        ward, elsewhere = WardFactory.create_batch(2, parent=city)
        officer, member = people.officer(city), people.group_member(city, [])
        group = WorkingGroupFactory(campaign=CampaignFactory(unit=city), units=[ward])
        meeting = MeetingFactory(units=[ward])
        MeetingFactory(units=[elsewhere])

        seat_member(by=officer, group=group, mandate=member)
        assert list(Meeting.objects.filter(scope(member))) == [meeting]
        unseat_member(by=officer, group=group, mandate=member)
        assert not Meeting.objects.filter(scope(member)).exists()

    def test_new_units_of_the_group_reach_those_who_sit_in_it(self, city: Unit) -> None:
        first, second = WardFactory.create_batch(2, parent=city)
        officer, member = people.officer(city), people.group_member(city, [])
        group = WorkingGroupFactory(campaign=CampaignFactory(unit=city), units=[first])
        other = WorkingGroupFactory(campaign=group.campaign, units=[city])
        for seat in (group, other):
            seat_member(by=officer, group=seat, mandate=member)
        assign_group_units(by=officer, group=group, units=[second])
        assert set(member.covers.all()) == {second, city}

    def test_only_a_group_member_of_the_same_city_takes_a_seat(self, city: Unit) -> None:
        officer, group = people.officer(city), WorkingGroupFactory(campaign=CampaignFactory(unit=city))
        for wrong in (people.clerk(WardFactory(parent=city)), people.group_member(ProvinceFactory(), [])):
            with pytest.raises(Refused, match="thành viên tổ công tác"):
                seat_member(by=officer, group=group, mandate=wrong)

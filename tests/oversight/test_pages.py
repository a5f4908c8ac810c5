from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests import people
from tests.costs import queries_of_list, queries_of_page
from tests.factories.documents import DocumentFactory
from tests.factories.indicators import FigureFactory
from tests.factories.matters import OriginFactory, ProposalFactory, TaskFactory
from tests.factories.oversight import (
    CampaignFactory,
    MeetingFactory,
    MeetingRoleFactory,
    WorkingGroupFactory,
)
from tests.factories.sources import CitationFactory, SourceFactory
from tests.factories.units import WardFactory
from tests.searching import index_all
from thongsuot.matters.models import Matter, MatterUnit
from thongsuot.oversight.models import Campaign, Meeting, MeetingDocument, MeetingFigure, MeetingMatter
from thongsuot.sources.marks import marks_of
from thongsuot.units.models import Unit

pytestmark = pytest.mark.django_db
LIST = "oversight:meetings"


@pytest.fixture
def ward() -> Unit:
    return WardFactory(name="Tân Khánh")


@pytest.fixture
def client(ward: Unit) -> Client:
    return people.signed_in(people.clerk(ward))


def full_meeting(ward: Unit, **facts: Any) -> Meeting:
    group = WorkingGroupFactory(campaign=CampaignFactory(unit=ward.parent), units=[ward])
    meeting = MeetingFactory(units=[ward], working_group=group, **facts)
    MeetingRoleFactory(meeting=meeting, citation=CitationFactory(), title_as_was="Trưởng Ban Tuyên giáo")
    MeetingDocument.objects.create(meeting=meeting, document=DocumentFactory(), basis=True)
    for matter in (ProposalFactory(unit=ward), TaskFactory(unit=ward), ProposalFactory()):
        MeetingMatter.objects.create(meeting=meeting, matter=matter)
    MeetingFigure.objects.create(meeting=meeting, figure=FigureFactory(unit=ward))
    return meeting


def titles(response: Any) -> list[str]:
    return [row.record.title for row in response.context["table"].rows]


class TestList:
    def test_a_row_more_costs_no_query_more(self, ward: Unit, client: Client) -> None:
        full_meeting(ward)
        list_cost, page_cost = queries_of_list(client, reverse(LIST)), queries_of_page(client, reverse(LIST))
        full_meeting(ward)
        full_meeting(ward)
        assert queries_of_list(client, reverse(LIST)) == list_cost == 8
        assert queries_of_page(client, reverse(LIST)) == page_cost

    def test_it_counts_only_what_one_may_see(self, ward: Unit, client: Client) -> None:
        full_meeting(ward)
        row = next(iter(client.get(reverse(LIST)).context["table"].rows)).record
        assert (row.proposals, row.tasks) == (1, 1)

    def test_filters(self, ward: Unit) -> None:
        officer = people.signed_in(people.officer(ward.parent))
        wanted = full_meeting(ward, title="Buổi giám sát Hòa Bình", date=date(2025, 11, 20))
        MeetingFactory(units=[WardFactory(parent=ward.parent)], kind="conference", title="Hội nghị quý III")
        link = wanted.document_links.get()
        index_all()
        for ask in (
            {"q": "hoà bình"},
            {"q": "hoa binh"},
            {"unit": ward.pk},
            {"group": wanted.working_group_id},
            {"kind": "supervision"},
            {"date_after": "2025-11-01"},
            {"document": link.document_id},
        ):
            assert titles(officer.get(reverse(LIST), ask)) == [wanted.title], ask
        assert len(titles(officer.get(reverse(LIST)))) == 2

    def test_the_first_line_adds_up(self, ward: Unit, client: Client) -> None:
        MeetingFactory(units=[ward, WardFactory()])
        MeetingFactory(units=[ward], kind="conference")
        summary = client.get(reverse(LIST)).context["summary"]
        assert summary == {"total": 2, "supervision": 1, "conference": 1, "units": 2}

    def test_excel_holds_the_filtered_rows(self, ward: Unit, client: Client) -> None:
        MeetingFactory(units=[ward], title="Buổi một")
        MeetingFactory(units=[ward], kind="conference")
        response = client.get(reverse(LIST), {"kind": "supervision", "export": "xlsx"})
        rows = list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.values)
        assert [row[0] for row in rows[1:]] == ["Buổi một"]
        assert rows[1][2] == "phường Tân Khánh"

    def test_a_stranger_finds_it_empty(self, ward: Unit) -> None:
        full_meeting(ward)
        assert titles(people.signed_in(people.stranger()).get(reverse(LIST))) == []


class TestMeetingPage:
    def test_it_says_who_met_whom_under_what_and_what_came_of_it(self, ward: Unit, client: Client) -> None:
        meeting = full_meeting(ward)
        page = client.get(meeting.get_absolute_url()).content.decode()
        own = Matter.objects.filter(meeting_links__meeting=meeting, unit=ward)
        for words in (
            meeting.title,
            "Hoàng Văn Mẫu",
            "Trưởng Ban Tuyên giáo",
            "căn cứ tiến hành",
            "hơn 152.000 dân",
            str(meeting.working_group),
            *(matter.number for matter in own),
        ):
            assert words in page
        assert page.count("?at=") == 4  # a role, a proposal, a task, a figure

    def test_the_proposals_of_others_are_not_shown(self, ward: Unit, client: Client) -> None:
        meeting = full_meeting(ward)
        theirs = Matter.objects.exclude(unit=ward).get()
        assert theirs.number not in client.get(meeting.get_absolute_url()).content.decode()

    def test_more_rows_cost_no_more_queries(self, ward: Unit, client: Client) -> None:
        meeting = full_meeting(ward)
        cost = queries_of_page(client, meeting.get_absolute_url())
        for matter in ProposalFactory.create_batch(3, unit=ward):
            MeetingMatter.objects.create(meeting=meeting, matter=matter)
        MeetingRoleFactory.create_batch(3, meeting=meeting, citation=CitationFactory())
        MeetingFigure.objects.create(meeting=meeting, figure=FigureFactory(unit=ward))
        assert queries_of_page(client, meeting.get_absolute_url()) == cost

    def test_to_a_stranger_it_does_not_exist(self, ward: Unit) -> None:
        meeting = full_meeting(ward)
        assert people.signed_in(people.stranger()).get(meeting.get_absolute_url()).status_code == 404

    def test_it_can_be_nearly_empty(self, ward: Unit, client: Client) -> None:
        meeting = MeetingFactory(units=[ward])
        assert "không có kiến nghị nào" in client.get(meeting.get_absolute_url()).content.decode()


class TestBoard:
    @pytest.fixture
    def campaign(self, ward: Unit) -> Campaign:
        """Two groups: one has met one of its two wards, twice; the other none."""
        campaign = CampaignFactory(unit=ward.parent)
        waiting = WardFactory(parent=ward.parent)
        first = WorkingGroupFactory(campaign=campaign, number=1, units=[ward, waiting])
        WorkingGroupFactory(campaign=campaign, number=2, units=[WardFactory(parent=ward.parent)])
        for day in (date(2025, 10, 1), date(2025, 11, 1)):
            MeetingFactory(units=[ward], working_group=first, date=day)
        origin = OriginFactory(units=[ward], group_key=first.key)
        ProposalFactory.create_batch(3, unit=ward, origin=origin)
        TaskFactory(unit=ward, origin=origin)
        ProposalFactory(unit=ward)
        return campaign

    def test_its_totals_add_up(self, ward: Unit, campaign: Campaign) -> None:
        officer = people.signed_in(people.officer(ward.parent))
        board = officer.get(campaign.get_absolute_url()).context["page"].board
        assert (board.units, board.met, board.waiting, board.meetings) == (3, 1, 2, 2)
        assert (board.proposals, board.tasks, board.asked, board.told) == (3, 1, 3, 1)

    def test_what_two_units_share_stands_in_both_lines_and_once_in_the_first_line(
        self, ward: Unit, campaign: Campaign
    ) -> None:
        first = campaign.groups.get(number=1)
        other = first.units.exclude(pk=ward.pk).get()
        shared = ProposalFactory(unit=ward, origin=OriginFactory(units=[ward, other], group_key=first.key))
        MatterUnit.objects.create(matter=shared, unit=other)
        MeetingFactory(units=[ward, other], working_group=first)
        board = (
            people.signed_in(people.officer(ward.parent))
            .get(campaign.get_absolute_url())
            .context["page"]
            .board
        )
        assert (board.proposals, board.asked) == (5, 4)
        assert (board.visits, board.meetings) == (4, 3)

    def test_the_line_of_a_unit(self, ward: Unit, campaign: Campaign) -> None:
        board = (
            people.signed_in(people.officer(ward.parent))
            .get(campaign.get_absolute_url())
            .context["page"]
            .board
        )
        line = next(line for block in board.blocks for line in block.lines if line.unit == ward)
        assert (line.meetings, line.last, line.proposals, line.tasks) == (2, date(2025, 11, 1), 3, 1)

    def test_a_ward_sees_its_own_line_alone(self, ward: Unit, campaign: Campaign, client: Client) -> None:
        board = client.get(campaign.get_absolute_url()).context["page"].board
        assert [line.unit for block in board.blocks for line in block.lines] == [ward]

    def test_every_number_leads_to_exactly_its_rows(self, ward: Unit, campaign: Campaign) -> None:
        officer = people.signed_in(people.officer(ward.parent))
        group = campaign.groups.get(number=1)
        met = officer.get(reverse(LIST), {"unit": ward.pk, "group": group.pk})
        asked = officer.get(reverse("matters:proposals"), {"unit": ward.pk, "group": group.key})
        assert len(met.context["table"].rows) == 2
        assert len(asked.context["table"].rows) == 3

    def test_more_groups_cost_no_more_queries(self, ward: Unit, campaign: Campaign) -> None:
        officer = people.signed_in(people.officer(ward.parent))
        cost = queries_of_page(officer, campaign.get_absolute_url())
        for _group in range(3):
            WorkingGroupFactory(campaign=campaign, units=[WardFactory(parent=ward.parent)])
        assert queries_of_page(officer, campaign.get_absolute_url()) == cost

    def test_the_list_of_campaigns_shows_how_far_each_is(self, ward: Unit, campaign: Campaign) -> None:
        officer = people.signed_in(people.officer(ward.parent))
        (row,) = officer.get(reverse("oversight:campaigns")).context["rows"]
        assert (row.campaign, row.groups, row.met, row.units) == (campaign, 2, 1, 3)
        cost = queries_of_page(officer, reverse("oversight:campaigns"))
        CampaignFactory.create_batch(2, unit=ward.parent)
        assert queries_of_page(officer, reverse("oversight:campaigns")) == cost

    def test_to_a_stranger_it_does_not_exist(self, campaign: Campaign) -> None:
        stranger = people.signed_in(people.stranger())
        assert stranger.get(campaign.get_absolute_url()).status_code == 404
        assert stranger.get(reverse("oversight:campaigns")).context["rows"] == []


def test_every_register_marks_its_place_in_the_source(ward: Unit) -> None:
    source = SourceFactory(received_at_unit=ward)
    places = [CitationFactory(source=source, start=start, end=start + 5) for start in range(0, 40, 10)]
    role = MeetingRoleFactory(meeting=MeetingFactory(units=[ward]), citation=places[0])
    proposal = ProposalFactory(unit=ward, citation=places[1])
    figure = FigureFactory(unit=ward, citation=places[2])
    document = DocumentFactory()
    document.citations.create(citation=places[3], as_printed="x")
    marks = marks_of(source, people.clerk(ward))
    assert [(mark.family, mark.start) for mark in marks] == [
        ("roles", 0),
        ("proposals", 10),
        ("figures", 20),
        ("documents", 30),
    ]
    assert [mark.url for mark in marks] == [
        role.meeting.get_absolute_url(),
        proposal.get_absolute_url(),
        f"/so-lieu/?unit={ward.pk}&indicator={figure.indicator_id}",
        document.get_absolute_url(),
    ]
    assert marks_of(source, people.stranger()) == []


def test_the_unit_page_gathers_what_is_known(ward: Unit, client: Client) -> None:
    meeting = full_meeting(ward)
    page = client.get(reverse("units:page", args=[ward.pk])).content.decode()
    assert meeting.title in page
    assert Matter.objects.filter(unit=ward).first().number in page  # type: ignore[union-attr]

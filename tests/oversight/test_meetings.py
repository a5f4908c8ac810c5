"""What a confirmed report becomes, and how it is taken back."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import people
from tests.factories.documents import DocumentFactory
from tests.factories.indicators import FigureFactory
from tests.factories.matters import ProposalFactory
from tests.factories.oversight import (
    CampaignFactory,
    MeetingFactory,
    MeetingRoleFactory,
    OfficialFactory,
    WorkingGroupFactory,
)
from tests.factories.sources import CitationFactory, SourceFactory
from tests.factories.units import WardFactory
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.actions import Statement, record_proposal, remove_matter
from thongsuot.matters.models import Matter, Origin
from thongsuot.oversight.actions import (
    NewMeeting,
    add_role,
    link_document,
    link_figure,
    link_matter,
    name_official,
    record_meeting,
    remove_meeting,
    remove_official,
    unlink_document,
    unlink_figure,
    unlink_matter,
)
from thongsuot.oversight.enums import MeetingKind, Part
from thongsuot.oversight.models import Meeting, MeetingDocument, MeetingRole, Official
from thongsuot.oversight.queries import find_officials
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 30)


@pytest.fixture
def ward() -> Unit:
    return WardFactory(name="Tân Khánh")


@pytest.fixture
def by(ward: Unit) -> Mandate:
    return people.clerk(ward)


def held(by: Mandate, **facts: object) -> Meeting:
    known = {"kind": MeetingKind.SUPERVISION, "date": DAY, "units": [by.unit], **facts}
    return record_meeting(by=by, meeting=NewMeeting(**known))  # type: ignore[arg-type]


class TestRecording:
    def test_it_names_itself_where_the_paper_does_not(self, by: Mandate, ward: Unit) -> None:
        group = WorkingGroupFactory(number=10, campaign=CampaignFactory(unit=ward.parent))
        assert held(by, working_group=group).title == "Buổi giám sát Tổ công tác số 10 tại phường Tân Khánh"
        conference = held(by, kind=MeetingKind.CONFERENCE, organisation="Đảng ủy phường Tân Khánh", ordinal=2)
        assert conference.title == "Hội nghị Đảng ủy phường Tân Khánh lần thứ 2 tại phường Tân Khánh"

    def test_what_is_asked_there_has_an_origin_that_leads_back(self, by: Mandate, ward: Unit) -> None:
        group = WorkingGroupFactory(number=10, campaign=CampaignFactory(unit=ward.parent))
        meeting = held(by, working_group=group)
        origin = meeting.origin
        assert origin is not None
        assert (origin.path, origin.on) == (meeting.get_absolute_url(), DAY)
        assert (origin.group_key, origin.group_label) == (group.key, group.label)
        assert list(origin.units.all()) == [ward]

    def test_where_no_unit_is_named_those_of_the_group_are_meant(self, by: Mandate, ward: Unit) -> None:
        group = WorkingGroupFactory(campaign=CampaignFactory(unit=ward.parent), units=[ward])
        meeting = held(by, working_group=group, units=[])
        assert meeting.origin is not None
        assert list(meeting.origin.units.all()) == [ward]

    def test_nobody_records_a_meeting_elsewhere(self, by: Mandate) -> None:
        with pytest.raises(Refused, match="Không đơn vị nào"):
            held(by, units=[WardFactory()])
        assert not Meeting.objects.exists()

    def test_a_reader_records_nothing(self, ward: Unit) -> None:
        with pytest.raises(Refused, match="không có quyền"):
            held(people.reader(ward))

    def test_a_draft_is_confirmed_once(self, by: Mandate) -> None:
        held(by, draft_key="d1")
        with pytest.raises(Refused, match="đã được xác nhận"):
            held(by, draft_key="d1")
        with pytest.raises(IntegrityError), transaction.atomic():
            MeetingFactory(draft_key="d1")

    def test_meetings_without_a_draft_are_many(self, by: Mandate) -> None:
        held(by)
        held(by)
        assert Meeting.objects.count() == 2


class TestPeople:
    def test_titles_stay_as_they_were_that_day(self, by: Mandate) -> None:
        person = name_official(by=by, name="  Văn Thị  Mẫu ")
        october, december = held(by), held(by, date=date(2025, 12, 1))
        add_role(
            by=by,
            meeting=october,
            role=Part.LEADS,
            official=person,
            title="Trưởng Ban",
            organisation="Ban Tổ chức",
        )
        add_role(
            by=by,
            meeting=december,
            role=Part.LEADS,
            official=person,
            title="Phó Bí thư",
            organisation="Thành ủy",
        )
        person.refresh_from_db()
        assert person.name == "Văn Thị Mẫu"
        assert (person.first_seen, person.last_seen) == (DAY, date(2025, 12, 1))
        assert set(MeetingRole.objects.values_list("meeting", "title_as_was")) == {
            (october.pk, "Trưởng Ban"),
            (december.pk, "Phó Bí thư"),
        }

    def test_the_same_part_twice_is_one_role(self, by: Mandate) -> None:
        meeting, person = held(by), name_official(by=by, name="Lê Mẫu")
        for title in ("Bí thư", "Chủ tịch"):
            add_role(by=by, meeting=meeting, role=Part.SPEAKS, official=person, title=title)
        assert MeetingRole.objects.get().title_as_was == "Bí thư"

    def test_namesakes_are_found_nearest_first_and_never_merged(self, by: Mandate, ward: Unit) -> None:
        elsewhere = OfficialFactory(name="Nguyễn Văn Hoà", last_seen=DAY)
        here = OfficialFactory(name="Nguyễn Văn Hòa", unit=ward)
        OfficialFactory(name="Nguyễn Văn Hạ")
        assert find_officials("Nguyễn Văn Hòa", ward) == [here, elsewhere]
        assert name_official(by=by, name="Nguyễn Văn Hòa") not in (here, elsewhere)

    def test_a_name_some_meeting_speaks_of_stays(self, by: Mandate) -> None:
        role = MeetingRoleFactory()
        with pytest.raises(Refused, match="đang được dùng"):
            remove_official(by=by, official=role.official)

    def test_a_nameless_person_is_refused(self, by: Mandate) -> None:
        with pytest.raises(Refused, match="để trống"):
            name_official(by=by, name="  ")


class TestLinks:
    def test_each_is_joined_once_and_told_once(self, by: Mandate, ward: Unit) -> None:
        meeting, document = held(by), DocumentFactory()
        matter, figure = ProposalFactory(unit=ward), FigureFactory(unit=ward)
        before = Event.objects.count()
        for _again in range(2):
            link_document(by=by, meeting=meeting, document=document)
            link_matter(by=by, meeting=meeting, matter=matter)
            link_figure(by=by, meeting=meeting, figure=figure)
        assert Event.objects.count() == before + 3

    def test_a_basis_once_said_stays_said(self, by: Mandate) -> None:
        meeting, document = held(by), DocumentFactory()
        for basis in (False, True, False):
            link_document(by=by, meeting=meeting, document=document, basis=basis)
        assert MeetingDocument.objects.get().basis

    def test_a_document_is_let_go(self, by: Mandate) -> None:
        meeting, document = held(by), DocumentFactory()
        link_document(by=by, meeting=meeting, document=document)
        unlink_document(by=by, meeting=meeting, document=document)
        assert not MeetingDocument.objects.exists()

    def test_nobody_joins_things_to_a_meeting_out_of_reach(self, by: Mandate) -> None:
        with pytest.raises(Refused, match="phạm vi"):
            link_document(by=by, meeting=MeetingFactory(), document=DocumentFactory())


class TestTakingBack:
    def test_whole_in_the_right_order(self, by: Mandate, ward: Unit) -> None:
        meeting = held(by, source=SourceFactory(received_at_unit=ward))
        assert meeting.origin is not None
        person = name_official(by=by, name="Lê Mẫu")
        add_role(by=by, meeting=meeting, role=Part.CHAIRS, official=person, citation=CitationFactory())
        link_document(by=by, meeting=meeting, document=DocumentFactory())
        matter = record_proposal(by=by, origin=meeting.origin, statement=Statement("Xin máy", [ward]))
        link_matter(by=by, meeting=meeting, matter=matter)

        unlink_matter(by=by, meeting=meeting, matter=matter)
        remove_matter(by=by, matter=matter)
        remove_meeting(by=by, meeting=meeting)
        person.refresh_from_db()
        assert (person.first_seen, person.last_seen) == (None, None)
        remove_official(by=by, official=person)
        for register in (Meeting, MeetingRole, MeetingDocument, Official, Matter, Origin):
            assert not register.objects.exists(), register

    def test_not_while_its_proposals_are_in_the_register(self, by: Mandate, ward: Unit) -> None:
        meeting = held(by)
        assert meeting.origin is not None
        matter = record_proposal(by=by, origin=meeting.origin, statement=Statement("Xin máy", [ward]))
        with pytest.raises(Refused, match=matter.number):
            remove_meeting(by=by, meeting=meeting)
        link_matter(by=by, meeting=meeting, matter=matter)
        with pytest.raises(Refused, match=matter.number):
            remove_meeting(by=by, meeting=meeting)
        assert Meeting.objects.filter(pk=meeting.pk).exists()

    def test_not_while_its_figures_are_shown(self, by: Mandate, ward: Unit) -> None:
        meeting, figure = held(by), FigureFactory(unit=ward)
        link_figure(by=by, meeting=meeting, figure=figure)
        with pytest.raises(Refused, match=r"hơn 152\.000 dân"):
            remove_meeting(by=by, meeting=meeting)
        unlink_figure(by=by, meeting=meeting, figure=figure)
        remove_meeting(by=by, meeting=meeting)

    def test_a_long_list_is_told_short(self, by: Mandate, ward: Unit) -> None:
        meeting = held(by)
        for matter in ProposalFactory.create_batch(8, unit=ward):
            link_matter(by=by, meeting=meeting, matter=matter)
        with pytest.raises(Refused, match="và 3 mục khác"):
            remove_meeting(by=by, meeting=meeting)

    def test_not_by_a_stranger(self) -> None:
        with pytest.raises(Refused, match="phạm vi"):
            remove_meeting(by=people.stranger(), meeting=MeetingFactory())

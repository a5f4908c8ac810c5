"""The registers themselves: each record is found by those its policy lets see it, and by nobody else."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import QuerySet
from django.urls import resolve

from tests import people
from tests.conftest import Rows
from tests.factories.documents import DocumentFactory
from tests.factories.matters import OriginFactory, ProposalFactory, TaskFactory
from tests.factories.oversight import (
    CampaignFactory,
    MeetingFactory,
    MeetingRoleFactory,
    OfficialFactory,
    WorkingGroupFactory,
)
from tests.factories.sources import SourceFactory
from tests.searching import index_all
from tests.units.places import city, ward
from thongsuot.documents.actions import register_document, remove_document
from thongsuot.finding.actions import reindex
from thongsuot.finding.kinds import Kind, kinds
from thongsuot.finding.models import Entry
from thongsuot.finding.queries import search
from thongsuot.lawbook.roles import roles
from thongsuot.matters.actions import Statement, record_proposal, remove_matter
from thongsuot.matters.models import MatterBody
from thongsuot.oversight.actions import NewMeeting, assign_group_units, record_meeting, remove_meeting
from thongsuot.sources.actions import share_source, withdraw_source
from thongsuot.units.actions import rename_unit
from thongsuot.units.enums import Reach
from thongsuot.units.models import Body, Mandate, Unit

pytestmark = pytest.mark.django_db
WORD = "biên chế"


@pytest.fixture
def province() -> Unit:
    return city()


@pytest.fixture
def here(province: Unit) -> Unit:
    return ward(province, "Tân Khánh", "25891")


@pytest.fixture
def there(province: Unit) -> Unit:
    return ward(province, "Gia Định", "26911")


def found(by: Mandate, typed: str = WORD) -> dict[str, set[int]]:
    return {group.kind.code: {hit.key for hit in group.hits} for group in search(by, typed)}


def fill(*places: Unit) -> None:
    """Records of every kind at each place; one matter is held by a body elsewhere."""
    for number, place in enumerate(places):
        origin = OriginFactory(units=[place])
        for topic in ("budget", "it-infrastructure"):
            matter = ProposalFactory(unit=place, origin=origin, text=f"Bổ sung {WORD}", topic=topic)
            TaskFactory(unit=place, origin=origin, text=f"Rà soát {WORD}", topic=topic)
        body = Body.objects.filter(unit=place).first()
        if body:
            MatterBody.objects.create(matter=matter, body=body, part="holder")
        campaign = CampaignFactory(unit=place.parent or place, title=f"Giám sát {WORD} {number}")
        group = WorkingGroupFactory(campaign=campaign, units=[place], name=WORD)
        MeetingFactory(units=[place], title=f"Hội nghị về {WORD}")
        meeting = MeetingFactory(units=[], working_group=group, title=f"Giám sát {WORD}")
        MeetingRoleFactory(meeting=meeting, official=OfficialFactory(name="Trần Biên Chế"))
        SourceFactory(received_at_unit=place, text=f"Biên bản {number} về {WORD}")
        DocumentFactory(abstract=f"Về {WORD}", issuer_folded=str(number))
    index_all()


@pytest.fixture(scope="class")
def filled(class_rows: Rows) -> tuple[Unit, Unit, Unit]:
    """A city and two wards of it with records of every kind, and records in a ward of another city."""
    with class_rows():
        above = city()
        wards = ward(above, "Tân Khánh", "25891"), ward(above, "Gia Định", "26911")
        fill(*wards, above, ward(city("92", "Cần Thơ"), "Ninh Kiều", "31100"))
        return above, *wards


class TestScope:
    @pytest.mark.parametrize("role", sorted(roles()))
    def test_bounds_hide_nothing_a_role_may_see_and_show_nothing_else(
        self, role: str, filled: tuple[Unit, Unit, Unit]
    ) -> None:
        province, here, there = filled
        body = Body.objects.filter(unit=here).first() if roles()[role].reach == Reach.BODY else None
        mandate = people.holder("somebody", role, self.place(role, province, here), covers=[there], body=body)
        for fields in ([], ["budget"]):
            mandate.fields = fields
            hits = found(mandate)
            for kind in kinds():
                if kind.code != "unit":
                    visible: QuerySet[Unit] = kind.scope(mandate)
                    assert hits.get(kind.code, set()) == set(visible.values_list("pk", flat=True)), kind.code

    @staticmethod
    def place(role: str, province: Unit, here: Unit) -> Unit:
        return province if roles()[role].reach in (Reach.SUBTREE, Reach.COVERED) else here

    def test_a_stranger_finds_only_what_is_public(self, filled: tuple[Unit, Unit, Unit]) -> None:
        by = people.stranger()
        assert set(found(by)) == {"document"}
        assert set(found(by, "tan khanh")) == {"unit"}


class TestActions:
    def test_what_is_recorded_is_found_and_what_is_taken_back_is_not(self, here: Unit) -> None:
        by = people.clerk(here)
        origin = OriginFactory(units=[here])
        matter = record_proposal(by=by, origin=origin, statement=Statement(text=f"Xin {WORD}", units=[here]))
        document, _new = register_document(by=by, number="12", symbol="KH/UBND", abstract=f"Về {WORD}")
        new = NewMeeting(kind="conference", date=date(2025, 10, 30), title=f"Bàn về {WORD}", units=[here])
        meeting = record_meeting(by=by, meeting=new)
        assert found(by) == {"proposal": {matter.pk}, "document": {document.pk}, "meeting": {meeting.pk}}
        remove_matter(by=by, matter=matter)
        remove_document(by=by, document=document)
        remove_meeting(by=by, meeting=meeting)
        assert found(by) == {}

    def test_a_source_is_found_by_those_it_was_shared_with(self, here: Unit, there: Unit) -> None:
        source = SourceFactory(received_at_unit=here, text=f"Biên bản về {WORD}")
        index_all()
        mine, theirs = people.clerk(here), people.clerk(there)
        assert found(theirs) == {}
        share_source(by=mine, source=source, units=[there])
        assert found(theirs) == {"source": {source.pk}}
        withdraw_source(by=mine, source=source)
        assert found(theirs) == {}

    def test_meetings_of_a_group_are_found_from_its_units(
        self, province: Unit, here: Unit, there: Unit
    ) -> None:
        group = WorkingGroupFactory(campaign=CampaignFactory(unit=province), units=[here])
        meeting = MeetingFactory(units=[], working_group=group, title=f"Bàn về {WORD}")
        official = MeetingRoleFactory(
            meeting=meeting, official=OfficialFactory(name="Trần Biên Chế")
        ).official
        index_all()
        by = people.clerk(there)
        assert found(by) == {}
        assign_group_units(by=people.officer(province), group=group, units=[there])
        assert found(by) == {"meeting": {meeting.pk}, "person": {official.pk}}

    def test_a_renamed_unit_is_found_by_both_names(self, province: Unit, here: Unit) -> None:
        by = people.administrator(province)
        rename_unit(
            by=by, unit=here, kind="phường", name="Bình Yên", on=date(2025, 9, 1), basis="Nghị quyết số 1"
        )
        reader = people.reader(province)
        assert found(reader, "binh yen") == found(reader, "tan khanh") == {"unit": {here.pk}}


class TestUnits:
    @pytest.mark.parametrize(
        "typed", ["Tân Khánh", "p. tan khanh", "phường Tân Khánh", "25891", "tân khánh hồ chí minh"]
    )
    def test_as_people_write_them(self, here: Unit, there: Unit, typed: str) -> None:
        index_all()
        assert found(people.clerk(there), typed) == {"unit": {here.pk}}

    @pytest.mark.parametrize("typed", ["tphcm", "TP.HCM", "tp hồ chí minh", "thành phố Hồ Chí Minh"])
    def test_the_city_comes_first(self, province: Unit, here: Unit, typed: str) -> None:
        index_all()
        (group,) = search(people.clerk(here), typed)
        assert group.hits[0].key == province.pk


def test_reindexing_what_actions_wrote_changes_nothing(here: Unit) -> None:
    by = people.clerk(here)
    origin = OriginFactory(units=[here])
    record_proposal(by=by, origin=origin, statement=Statement(text=f"Xin {WORD}", units=[here]))
    register_document(by=by, number="12", symbol="KH/UBND", abstract=f"Về {WORD}")
    list(reindex(["unit"]))
    before = set(Entry.objects.values_list("place", "digest"))
    assert sum(step.changed + step.removed for step in reindex()) == 0
    assert set(Entry.objects.values_list("place", "digest")) == before


class TestAddresses:
    @pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
    def test_what_is_found_leads_to_a_page(self, kind: Kind) -> None:
        found = Entry(kind=kind.code, key=7, code="NV-2025-000007", title="Họ và tên")
        resolve(urlsplit(kind.url(found)).path)

    @pytest.mark.parametrize("kind", [one for one in kinds() if one.list_url], ids=lambda kind: kind.code)
    def test_a_list_opens_with_the_words_that_were_typed(self, kind: Kind) -> None:
        assert kind.list_url is not None
        address = urlsplit(kind.list_url("biên chế & trụ sở"))
        resolve(address.path)
        assert parse_qs(address.query) == {"q": ["biên chế & trụ sở"]}

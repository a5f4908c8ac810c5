"""Recording what was asked and told, and taking it back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests import people
from tests.factories.matters import OriginFactory, ProposalFactory, TaskFactory
from tests.factories.oversight import MeetingFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.actions import (
    Statement,
    record_origin,
    record_proposal,
    record_task,
    remove_matter,
    remove_origin,
)
from thongsuot.matters.enums import Kind, OriginKind
from thongsuot.matters.models import Matter, MatterUnit, Origin, Proposal, Task
from thongsuot.matters.policies import scope
from thongsuot.oversight.models import MeetingMatter

pytestmark = pytest.mark.django_db


def places(matter: Matter) -> set[tuple[int, bool]]:
    return set(MatterUnit.objects.filter(matter=matter).values_list("unit", "named"))


class TestRecording:
    def test_a_proposal_is_numbered_within_the_year_it_was_raised(self) -> None:
        ward = WardFactory()
        by, origin = people.clerk(ward), OriginFactory(units=[ward], on=date(2025, 10, 30))
        numbers = [
            record_proposal(by=by, origin=origin, statement=Statement("Xin thêm biên chế", [ward])).number,
            record_proposal(by=by, origin=origin, statement=Statement("Xin thêm máy", [ward])).number,
            record_task(by=by, origin=origin, statement=Statement("Rà soát hồ sơ", [ward])).number,
            record_proposal(
                by=by, origin=origin, statement=Statement("Xin trụ sở", [ward], raised_on=date(2026, 1, 5))
            ).number,
        ]
        assert numbers == ["KN-2025-000001", "KN-2025-000002", "NV-2025-000001", "KN-2026-000001"]

    def test_proposals_and_tasks_are_one_register_seen_through_two_doors(self) -> None:
        ward = WardFactory()
        by, origin = people.clerk(ward), OriginFactory(units=[ward])
        proposal = record_proposal(by=by, origin=origin, statement=Statement("Thiếu phòng họp", [ward]))
        task = record_task(by=by, origin=origin, statement=Statement("Sắp xếp lại phòng họp", [ward]))
        assert set(Proposal.objects.values_list("number", flat=True)) == {proposal.number}
        assert set(Task.objects.values_list("number", flat=True)) == {task.number}
        assert Matter.objects.count() == 2

    def test_the_speaker_keeps_the_title_of_that_day(self) -> None:
        ward = WardFactory()
        statement = Statement(
            "Xin thêm máy", [ward], speaker="Lại Thị Mẫu", speaker_title="Bí thư Đảng ủy phường"
        )
        proposal = record_proposal(
            by=people.clerk(ward), origin=OriginFactory(units=[ward]), statement=statement
        )
        proposal.refresh_from_db()
        assert (proposal.speaker, proposal.speaker_title) == ("Lại Thị Mẫu", "Bí thư Đảng ủy phường")

    def test_one_event_tells_it(self) -> None:
        ward = WardFactory()
        origin = OriginFactory(units=[ward])
        proposal = record_proposal(
            by=people.clerk(ward), origin=origin, statement=Statement("Xin máy", [ward])
        )
        event = Event.objects.get()
        assert (event.verb, event.subject_kind, event.subject_key) == (
            "proposal.recorded",
            "matters.matter",
            str(proposal.pk),
        )
        assert event.details["units"] == [ward.code]

    @pytest.mark.parametrize("kind", [Kind.DIRECTION, Kind.COMMITMENT])
    def test_what_goes_down_is_no_proposal(self, kind: Kind) -> None:
        ward = WardFactory()
        with pytest.raises(Refused, match="không phải là loại kiến nghị"):
            record_proposal(
                by=people.clerk(ward),
                origin=OriginFactory(units=[ward]),
                statement=Statement("x", [ward]),
                kind=kind,
            )

    def test_what_goes_up_is_no_task(self) -> None:
        ward = WardFactory()
        with pytest.raises(Refused, match="không phải là loại nhiệm vụ"):
            record_task(
                by=people.clerk(ward),
                origin=OriginFactory(units=[ward]),
                statement=Statement("x", [ward]),
                kind=Kind.REQUEST,
            )

    @pytest.mark.parametrize(
        ("statement", "words"), [(Statement("  "), "để trống"), (Statement("x", topic="weather"), "lĩnh vực")]
    )
    def test_nonsense_is_refused_in_words(self, statement: Statement, words: str) -> None:
        ward = WardFactory()
        with pytest.raises(Refused, match=words):
            record_proposal(by=people.clerk(ward), origin=OriginFactory(units=[ward]), statement=statement)
        assert not Matter.objects.exists()

    def test_a_reader_records_nothing(self) -> None:
        ward = WardFactory()
        with pytest.raises(Refused, match="không có quyền"):
            record_task(
                by=people.reader(ward), origin=OriginFactory(units=[ward]), statement=Statement("x", [ward])
            )

    def test_nobody_records_on_an_origin_out_of_reach(self) -> None:
        ward = WardFactory()
        with pytest.raises(Refused, match="phạm vi"):
            record_task(by=people.clerk(ward), origin=OriginFactory(), statement=Statement("x", [ward]))


class TestWhereAMatterIsSeenFrom:
    """Its own units; and, where none of them took part, all that did: they heard it said."""

    def test_what_one_ward_asked_is_its_own(self) -> None:
        province = ProvinceFactory()
        one, other = WardFactory.create_batch(2, parent=province)
        origin = OriginFactory(units=[one, other])
        proposal = record_proposal(by=people.clerk(one), origin=origin, statement=Statement("x", [one]))
        assert proposal.unit == one
        assert places(proposal) == {(one.pk, True)}

    def test_what_two_wards_asked_belongs_to_both(self) -> None:
        one, other = WardFactory.create_batch(2, parent=ProvinceFactory())
        origin = OriginFactory(units=[one, other])
        proposal = record_proposal(
            by=people.clerk(one), origin=origin, statement=Statement("x", [one, other])
        )
        assert places(proposal) == {(one.pk, True), (other.pk, True)}

    def test_two_provinces_see_what_wards_of_both_asked(self) -> None:
        one, other, third = WardFactory.create_batch(3)
        origin = OriginFactory(units=[one, other])
        proposal = record_proposal(
            by=people.clerk(one), origin=origin, statement=Statement("x", [one, other])
        )
        seen_by = [
            Matter.objects.filter(scope(people.officer(ward.parent)), pk=proposal.pk).exists()
            for ward in (one, other, third)
        ]
        assert seen_by == [True, True, False]

    def test_what_nobody_in_particular_asked_is_seen_by_all_who_were_there(self) -> None:
        one, other = WardFactory.create_batch(2, parent=ProvinceFactory())
        origin = OriginFactory(units=[one, other])
        proposal = record_proposal(by=people.clerk(one), origin=origin, statement=Statement("x"))
        assert proposal.unit is None
        assert places(proposal) == {(one.pk, False), (other.pk, False)}

    def test_what_the_city_promised_is_seen_by_the_wards_it_promised_to(self) -> None:
        ward = WardFactory()
        task = record_task(
            by=people.clerk(ward),
            origin=OriginFactory(units=[ward]),
            statement=Statement("Tổ công tác sẽ theo đến cùng", [ward.parent]),
            kind=Kind.COMMITMENT,
        )
        assert places(task) == {(ward.parent.pk, True), (ward.pk, False)}


class TestOrigins:
    def test_the_same_key_is_one_origin(self) -> None:
        ward = WardFactory()
        by = people.clerk(ward)
        first, new = record_origin(
            by=by, kind=OriginKind.LETTER, key="letter:1", title="Công văn", on=date(2025, 1, 2), units=[ward]
        )
        again, newer = record_origin(
            by=by, kind=OriginKind.LETTER, key="letter:1", title="Công văn", on=date(2025, 1, 2), units=[ward]
        )
        assert (first, new, newer) == (again, True, False)

    def test_someone_must_reach_it(self) -> None:
        with pytest.raises(Refused, match="Không đơn vị nào"):
            record_origin(
                by=people.stranger(),
                kind=OriginKind.OTHER,
                key="x",
                title="Buổi họp",
                on=date(2025, 1, 2),
                units=[WardFactory()],
            )
        assert not Origin.objects.exists()

    def test_it_stays_while_matters_stand_on_it(self) -> None:
        ward = WardFactory()
        origin = OriginFactory(units=[ward])
        matter = ProposalFactory(origin=origin, unit=ward)
        with pytest.raises(Refused, match=matter.number):
            remove_origin(by=people.clerk(ward), origin=origin)


class TestTakingBack:
    def test_the_number_is_not_given_again(self) -> None:
        ward = WardFactory()
        by, origin = people.clerk(ward), OriginFactory(units=[ward])
        first = record_proposal(by=by, origin=origin, statement=Statement("x", [ward]))
        remove_matter(by=by, matter=first)
        assert (
            record_proposal(by=by, origin=origin, statement=Statement("y", [ward])).number == "KN-2025-000002"
        )
        assert not Matter.objects.filter(number=first.number).exists()

    def test_it_is_refused_with_the_name_of_what_depends_on_it(self) -> None:
        ward = WardFactory()
        matter = ProposalFactory(unit=ward, origin=OriginFactory(units=[ward]))
        meeting = MeetingFactory(title="Buổi giám sát phường Mẫu")
        MeetingMatter.objects.create(meeting=meeting, matter=matter)
        with pytest.raises(Refused, match="Buổi giám sát phường Mẫu"):
            remove_matter(by=people.clerk(ward), matter=matter)
        assert Matter.objects.filter(pk=matter.pk).exists()

    def test_whoever_may_take_the_paper_back_may_take_back_what_it_says_of_others(self) -> None:
        ward, neighbour = WardFactory.create_batch(2)
        matter = ProposalFactory(unit=neighbour, origin=OriginFactory(units=[ward, neighbour]))
        remove_matter(by=people.clerk(ward), matter=matter)
        assert not Matter.objects.exists()

    def test_a_stranger_may_not(self) -> None:
        matter = ProposalFactory()
        with pytest.raises(Refused, match="phạm vi"):
            remove_matter(by=people.stranger(), matter=matter)


class TestTheDatabaseKnows:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"direction": "down"},
            {"kind": "direction"},
            {"number": "NV-2025-000009"},
            {"topic": "weather"},
            {"text": ""},
        ],
    )
    def test_what_a_proposal_cannot_be(self, wrong: dict[str, str]) -> None:
        matter = ProposalFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            Matter.objects.filter(pk=matter.pk).update(**wrong)

    def test_a_number_is_given_once(self) -> None:
        TaskFactory(number="NV-2025-000007")
        with pytest.raises(IntegrityError), transaction.atomic():
            TaskFactory(number="NV-2025-000007")


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_never_get_the_same_number() -> None:
    if connection.vendor == "sqlite":
        pytest.skip(
            "SQLite lets one writer in at a time, and its database in memory cannot be shared by threads"
        )
    ward = WardFactory()
    by, origin = people.clerk(ward), OriginFactory(units=[ward])

    def record(position: int) -> str:
        try:
            statement = Statement(f"Kiến nghị {position}", [ward])
            return record_proposal(by=by, origin=origin, statement=statement).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(record, range(12)))
    assert sorted(numbers) == [f"KN-2025-{position:06d}" for position in range(1, 13)]

"""Answers of many units on paper: one act, all or none, every fault by its line; their tasks are handed in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import people
from tests.documents.directives import City, a_city, a_plan, answered, ordered, own_plan, point_of
from tests.units.places import ward
from thongsuot.audit.models import Event
from thongsuot.documents.actions import OnPaper, Recorded, add_version, record_answers
from thongsuot.documents.enums import Acts, UptakeKind
from thongsuot.documents.models import Directive, Document, Uptake
from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.clocks import periods
from thongsuot.matters.actions import receive_task, return_task, submit_task, verify_task, wait_for
from thongsuot.matters.clocks import clock_state
from thongsuot.matters.enums import Act, ClockState, LegKind, State
from thongsuot.matters.models import Matter
from thongsuot.matters.queries.work import owed
from thongsuot.notices.models import Notice
from thongsuot.sources.actions import receive_evidence
from thongsuot.units.enums import Verb
from thongsuot.units.models import Unit

pytestmark = pytest.mark.django_db

MONDAY, WEDNESDAY, FRIDAY = date(2026, 10, 19), date(2026, 10, 21), date(2026, 10, 23)
OF_A_UNIT = 18  # queries at most: one moves its task, the others enter its document into the register


@pytest.fixture
def place() -> City:
    return a_city()


@pytest.fixture
def directive(place: City) -> Directive:
    document, _version = a_plan(place.officer)
    return ordered(place.officer, document, place.ward, place.sibling)


@pytest.fixture
def friday() -> Iterator[time_machine.Traveller]:
    """Two weeks after the directive was given and a few days after the papers came."""
    with time_machine.travel(f"{FRIDAY} 08:00+07:00", tick=False) as traveller:
        yield traveller


def said(place: City, symbol: str = "7-KH/ĐU", came_on: date = date(2025, 10, 20)) -> list[OnPaper]:
    return [
        OnPaper(unit, symbol, date(2025, 10, 10), f"Đảng ủy {unit}", came_on)
        for unit in (place.ward, place.sibling)
    ]


def task_of(directive: Directive, unit: Unit) -> Matter:
    return Matter.objects.get(order=directive.order, unit=unit)


def written_down(place: City, directive: Directive, papers: list[OnPaper]) -> Recorded:
    return record_answers(by=place.officer, directive=directive, kind=UptakeKind.PLAN, papers=papers)


def test_many_units_in_one_act_with_the_points_all_carry_out(place: City, directive: Directive) -> None:
    point = point_of(directive.document, "muc-i.1")
    recorded = record_answers(
        by=place.officer, directive=directive, kind=UptakeKind.PLAN, papers=said(place), points=[point]
    )
    uptakes = recorded.uptakes
    assert {one.unit for one in uptakes} == {place.ward, place.sibling}
    assert all(list(one.points.values_list("point", flat=True)) == [point.pk] for one in uptakes)
    assert {one.document.unit for one in uptakes if one.document} == {place.ward, place.sibling}


def test_a_document_that_stands_in_the_register_is_not_entered_twice(
    place: City, directive: Directive
) -> None:
    own = own_plan(place.clerk, "7-KH/ĐU")
    record_answers(by=place.officer, directive=directive, kind=UptakeKind.PLAN, papers=said(place)[:1])
    assert Uptake.objects.get().document == own


def test_one_that_answered_already_keeps_all_out(place: City, directive: Directive) -> None:
    answered(place.clerk, directive)
    before = Document.objects.count()
    with pytest.raises(Refused, match="đã trả lời trên hệ thống"):
        record_answers(by=place.officer, directive=directive, kind=UptakeKind.PLAN, papers=said(place))
    assert (Uptake.objects.count(), Document.objects.count()) == (1, before)


def test_only_who_keeps_the_register_and_only_for_units_that_were_told(
    place: City, directive: Directive
) -> None:
    with pytest.raises(Refused):
        record_answers(by=place.clerk, directive=directive, kind=UptakeKind.PLAN, papers=said(place)[:1])
    alone = ordered(place.officer, a_plan(place.officer, "13-KH/TU")[0], place.ward)
    with pytest.raises(Refused, match="không được giao"):
        record_answers(by=place.officer, directive=alone, kind=UptakeKind.PLAN, papers=said(place))


class TestTheirTasks:
    """They go the way of an answer the unit gives itself, from the day the paper came."""

    @pytest.fixture
    def given(self, place: City, friday: time_machine.Traveller) -> Directive:
        friday.move_to(f"{MONDAY} 08:00+07:00")
        document, _version = a_plan(place.officer)
        directive = ordered(place.officer, document, place.ward, place.sibling)
        friday.move_to(f"{FRIDAY} 08:00+07:00")
        return directive

    def test_the_clock_stops_on_the_day_the_paper_came_and_the_check_runs_from_there(
        self, place: City, given: Directive
    ) -> None:
        recorded = written_down(place, given, said(place, came_on=WEDNESDAY))
        task = task_of(given, place.ward)
        assert task in recorded.handed_in
        assert (task.state, task.stopped_on, task.turn_unit) == (State.SUBMITTED, WEDNESDAY, place.city)
        holding, checking = task.legs.order_by("pk")
        assert (holding.kind, holding.ended_on) == (LegKind.HOLDING, WEDNESDAY)
        assert (checking.kind, checking.since, checking.ended_on) == (LegKind.CHECKING, WEDNESDAY, None)
        assert checking.due_on == task.turn_due_on == add_working_days(WEDNESDAY, periods().verify)
        assert Uptake.objects.get(unit=place.ward).answered_on == WEDNESDAY
        step = task.steps.last()
        assert step is not None
        assert step.act == Act.SUBMIT
        assert "7-KH/ĐU" in step.text
        assert "21-10-2026" in step.text

    def test_another_of_the_issuing_side_finds_it_in_their_work_and_verifies(
        self, place: City, given: Directive
    ) -> None:
        written_down(place, given, said(place, came_on=WEDNESDAY))
        task, leader = task_of(given, place.ward), people.city_leader(place.city)
        assert task in owed(leader)
        assert task not in owed(place.clerk)
        with pytest.raises(Refused, match="nên người khác phải xác nhận"):
            verify_task(by=place.officer, task=task)
        with pytest.raises(Refused):
            verify_task(by=place.clerk, task=task)
        task = verify_task(by=leader, task=task)
        assert clock_state(task, FRIDAY) == ClockState.DONE_IN_TIME

    def test_it_is_told_to_those_who_verify_and_not_to_who_wrote_it_down(
        self, place: City, given: Directive
    ) -> None:
        colleague = people.holder("officer.two", "city_officer", place.city)
        task = task_of(given, place.ward)
        Notice.objects.all().delete()
        written_down(place, given, said(place, came_on=WEDNESDAY))
        told = Notice.objects.filter(key__startswith=f"{task.number}:step-")
        assert {notice.user_id for notice in told} == {colleague.user_id}

    def test_a_paper_older_than_the_directive_counts_from_the_day_that_was_given(
        self, place: City, given: Directive
    ) -> None:
        written_down(place, given, said(place, came_on=date(2025, 10, 20)))
        assert task_of(given, place.ward).stopped_on == MONDAY

    def test_files_of_the_document_are_the_evidence_and_both_sides_see_them(
        self, place: City, given: Directive
    ) -> None:
        own = own_plan(place.clerk, "7-KH/ĐU")
        source = receive_evidence(by=place.clerk, verb=Verb.PERFORM, data=b"Ke hoach", name="ke-hoach.txt")
        add_version(by=place.clerk, document=own, effective_on=date(2025, 10, 10), source=source)
        written_down(place, given, said(place, came_on=WEDNESDAY))
        step = task_of(given, place.ward).steps.last()
        assert step is not None
        assert list(step.sources.all()) == [source]
        assert set(source.concerns.values_list("pk", flat=True)) >= {place.city.pk, place.ward.pk}

    def test_a_task_of_priority_stays_with_its_unit_until_there_is_a_file(
        self, place: City, given: Directive
    ) -> None:
        Matter.objects.filter(unit=place.ward).update(priority=True)
        recorded = written_down(place, given, said(place, came_on=WEDNESDAY))
        assert [task.unit for task in recorded.handed_in] == [place.sibling]
        task = task_of(given, place.ward)
        assert (task.state, task.stopped_on) == (State.ISSUED, None)
        assert Uptake.objects.filter(unit=place.ward).exists()

    def test_what_was_handed_in_or_sent_back_since_stays_as_it_stands(
        self, place: City, given: Directive
    ) -> None:
        one, two = task_of(given, place.ward), task_of(given, place.sibling)
        leader = people.city_leader(place.city)
        submit_task(by=place.clerk, task=receive_task(by=place.clerk, task=one), text="Đã ban hành")
        submit_task(by=place.other, task=receive_task(by=place.other, task=two), text="Đã ban hành")
        return_task(by=leader, task=two, reason="Chưa có kế hoạch")
        recorded = written_down(place, given, said(place, came_on=WEDNESDAY))
        assert recorded.handed_in == []
        assert task_of(given, place.ward).stopped_on == FRIDAY
        assert task_of(given, place.sibling).state == State.RETURNED

    def test_a_paper_that_came_after_it_was_sent_back_is_the_new_result(
        self, place: City, given: Directive, friday: time_machine.Traveller
    ) -> None:
        leader, task = people.city_leader(place.city), task_of(given, place.ward)
        friday.move_to(f"{MONDAY + timedelta(days=1)} 08:00+07:00")
        submit_task(by=place.clerk, task=receive_task(by=place.clerk, task=task), text="Đã ban hành")
        return_task(by=leader, task=task, reason="Chưa có kế hoạch")
        friday.move_to(f"{FRIDAY} 08:00+07:00")
        written_down(place, given, said(place, came_on=WEDNESDAY)[:1])
        assert task_of(given, place.ward).stopped_on == WEDNESDAY

    def test_waiting_ends_on_the_day_the_paper_came_and_its_days_are_given_back(
        self, place: City, given: Directive, friday: time_machine.Traveller
    ) -> None:
        friday.move_to(f"{MONDAY} 09:00+07:00")
        task = receive_task(by=place.clerk, task=task_of(given, place.ward))
        wait_for(by=place.clerk, task=task, name="Sở Nội vụ", until=FRIDAY, reason="Chờ hướng dẫn")
        before = task_of(given, place.ward).due_on
        friday.move_to(f"{FRIDAY} 08:00+07:00")
        written_down(place, given, said(place, came_on=WEDNESDAY)[:1])
        task = task_of(given, place.ward)
        assert before is not None
        assert (task.waiting_since, task.due_on) == (None, add_working_days(before, 2))
        assert task.legs.get(kind=LegKind.WAITING).ended_on == WEDNESDAY

    def test_one_event_names_the_tasks(self, place: City, given: Directive) -> None:
        before = set(Event.objects.values_list("pk", flat=True))
        recorded = written_down(place, given, said(place, came_on=WEDNESDAY))
        events = Event.objects.exclude(pk__in=before).exclude(verb=Acts.REGISTERED)
        assert [event.verb for event in events] == [Acts.RECORDED_ON_PAPER]
        assert events[0].details["handed_in"] == [task.number for task in recorded.handed_in]

    def test_days_that_cannot_be_are_told_all_at_once_and_nothing_is_kept(
        self, place: City, given: Directive
    ) -> None:
        one, two = said(place, came_on=FRIDAY + timedelta(days=1))
        two = replace(two, came_on=date(2025, 10, 9))
        with pytest.raises(Refused) as refused:
            written_down(place, given, [one, two])
        assert "24-10-2026 ở sau hôm nay" in str(refused.value)
        assert "văn bản ngày 10-10-2025 không thể đến từ ngày 09-10-2025" in str(refused.value)
        assert not Uptake.objects.exists()
        assert set(Matter.objects.values_list("state", flat=True)) == {State.ISSUED}

    def test_an_officer_of_another_field_of_work_hands_nothing_in(
        self, place: City, given: Directive
    ) -> None:
        Matter.objects.update(topic="training")
        place.officer.fields = ["budget"]
        with pytest.raises(Refused, match="Không thuộc phạm vi"):
            written_down(place, given, said(place, came_on=WEDNESDAY))
        assert not Uptake.objects.exists()

    def test_each_further_unit_costs_the_same_few_queries(self, place: City, given: Directive) -> None:
        more = [ward(place.city, f"Thêm {n}", f"2710{n}") for n in range(7)]
        wide = ordered(place.officer, given.document, *more)
        papers = [OnPaper(unit, "7-KH/ĐU", date(2025, 10, 10), f"Đảng ủy {unit}", WEDNESDAY) for unit in more]
        _asked(place, wide, papers[:1])  # what is read once is known from here on
        one, two, three = (_asked(place, wide, some) for some in (papers[1:2], papers[2:4], papers[4:]))
        assert two - one == three - two <= OF_A_UNIT


def _asked(place: City, directive: Directive, papers: list[OnPaper]) -> int:
    with CaptureQueriesContext(connection) as asked:
        written_down(place, directive, papers)
    return len(asked)


class TestThePage:
    def test_units_that_owe_an_answer_stand_there_and_lines_without_a_symbol_are_left_out(
        self, place: City, directive: Directive
    ) -> None:
        client = people.signed_in(place.officer)
        url = reverse("documents:on-paper", args=[directive.pk])
        assert place.sibling.title in client.get(url).content.decode()
        lines = f"{place.ward.title}; 7-KH/ĐU; 10-10-2025; 21-10-2025\n{place.sibling.title}; ; "
        answer = client.post(
            url, {"kind": "plan", "issuer": "party_committee", "came_on": "20-10-2025", "lines": lines}
        )
        assert answer.status_code == 302
        uptake = Uptake.objects.get()
        assert (uptake.unit, str(uptake.document and uptake.document.date)) == (place.ward, "2025-10-10")
        assert (
            reverse("documents:on-paper", args=[directive.pk])
            in client.get(directive.get_absolute_url()).content.decode()
        )

    def test_every_fault_is_told_by_its_line_and_what_was_typed_stays(
        self, place: City, directive: Directive
    ) -> None:
        lines = f"Phường Không Có; 7-KH/ĐU; 10-10-2025\n{place.ward.title}; 8-KH/ĐU; hôm qua"
        answer = people.signed_in(place.officer).post(
            reverse("documents:on-paper", args=[directive.pk]),
            {"kind": "plan", "issuer": "party_committee", "came_on": "20-10-2025", "lines": lines},
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Dòng 1: “Phường Không Có”" in page
        assert "Dòng 2: “hôm qua”" in page
        assert "8-KH/ĐU" in page
        assert not Uptake.objects.exists()

    def test_a_ward_has_no_such_page(self, place: City, directive: Directive) -> None:
        url = reverse("documents:on-paper", args=[directive.pk])
        assert people.signed_in(place.clerk).get(url).status_code in (403, 404)

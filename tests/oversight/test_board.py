"""The board of groups and units: where each unit stands, totals that add up, what is late, filters, Excel."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests import people
from tests.costs import queries_of_page
from tests.factories.oversight import (
    CampaignFactory,
    GroupSeatFactory,
    MeetingFactory,
    VisitFactory,
    WorkingGroupFactory,
)
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.oversight.board import Block, Board, Line, Wanted, visit_that_counts
from thongsuot.oversight.enums import Lateness, Stage
from thongsuot.oversight.models import Campaign, Visit, WorkingGroup
from thongsuot.units.models import Unit

TODAY = date(2025, 11, 10)
PAST, COMING = date(2025, 10, 30), date(2025, 11, 24)


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel("2025-11-10 09:00+07:00", tick=False):
        yield


@pytest.fixture
def city(db: None) -> Unit:
    return ProvinceFactory()


@pytest.fixture
def campaign(city: Unit) -> Campaign:
    return CampaignFactory(unit=city)


@pytest.fixture
def officer(city: Unit) -> Client:
    return people.signed_in(people.officer(city))


def group_of(campaign: Campaign, number: int, *names: str) -> WorkingGroup:
    units = [WardFactory(parent=campaign.unit, name=name) for name in names]
    return WorkingGroupFactory(campaign=campaign, number=number, units=units)


def visited(group: WorkingGroup, name: str, **facts: Any) -> Visit:
    return VisitFactory(group=group, units=[group.units.get(name=name)], **facts)


def lines(board: Board) -> dict[str, tuple[Stage, Lateness | None]]:
    return {line.unit.name: (line.stage, line.late) for line in board.lines}


@pytest.fixture
def third(campaign: Campaign) -> WorkingGroup:
    """One unit at each stage."""
    group = group_of(campaign, 3, "Chưa", "Sắp", "Quá", "Báo", "Họp", "Ngoài lịch", "Xong", "Hoãn")
    GroupSeatFactory(group=group, name="Lê Thị Mẫu")
    visited(group, "Sắp", planned_on=COMING)
    visited(group, "Quá", planned_on=PAST)
    visited(group, "Báo", planned_on=COMING, notice_on=TODAY)
    visited(group, "Họp", planned_on=PAST, held_on=PAST)
    units = [group.units.get(name="Ngoài lịch")]
    MeetingFactory(working_group=group, units=units, date=PAST)
    units = [group.units.get(name="Xong")]
    meeting = MeetingFactory(working_group=group, units=units, date=PAST)
    visited(group, "Xong", planned_on=PAST, held_on=PAST, meeting=meeting, reported_on=TODAY)
    visited(group, "Hoãn", planned_on=PAST, set_aside="postponed", reason="bão")
    return group


def test_each_unit_stands_where_its_visit_is(
    campaign: Campaign, third: WorkingGroup, officer: Client
) -> None:
    board = officer.get(campaign.get_absolute_url()).context["page"].board
    assert lines(board) == {
        "Chưa": (Stage.UNPLANNED, None),
        "Sắp": (Stage.PLANNED, None),
        "Quá": (Stage.PLANNED, Lateness.NOT_HELD),
        "Báo": (Stage.NOTIFIED, None),
        "Họp": (Stage.HELD, Lateness.NO_MINUTES),
        "Ngoài lịch": (Stage.MINUTES, None),
        "Xong": (Stage.REPORTED, None),
        "Hoãn": (Stage.POSTPONED, None),
    }
    assert (board.sums.units, board.late) == (8, 2)


def test_a_cell_opens_its_visit_and_says_late_in_words(
    campaign: Campaign, third: WorkingGroup, officer: Client
) -> None:
    page = officer.get(campaign.get_absolute_url()).content.decode()
    late = Visit.objects.get(units__name="Quá")
    cell = page[page.index(f'href="{late.get_absolute_url()}"') - 60 :][:600]
    assert "cell-late" in cell
    assert "Quá ngày, chưa làm việc, 30-10-2025" in cell
    assert "· trễ" in cell
    assert "Lê Thị Mẫu" in page


@pytest.mark.parametrize(
    ("ask", "names"),
    [
        ({"tre": "on"}, {"Quá", "Họp"}),
        ({"buoc": "planned"}, {"Sắp", "Quá"}),
        ({"buoc": "planned", "tre": "on"}, {"Quá"}),
        ({"don_vi": "ngoai lich"}, {"Ngoài lịch"}),
        ({"don_vi": "không đâu"}, set()),
        (
            {"buoc": "no-such-stage"},
            {"Chưa", "Sắp", "Quá", "Báo", "Họp", "Ngoài lịch", "Xong", "Hoãn", "Khác"},
        ),
    ],
)
def test_filters(
    campaign: Campaign, third: WorkingGroup, officer: Client, ask: dict[str, str], names: set[str]
) -> None:
    group_of(campaign, 4, "Khác")
    page = officer.get(campaign.get_absolute_url(), ask).context["page"]
    assert set(lines(page.shown)) == names
    assert page.board.sums.units == 9


def test_the_filter_by_group(campaign: Campaign, third: WorkingGroup, officer: Client) -> None:
    fourth = group_of(campaign, 4, "Khác")
    page = officer.get(campaign.get_absolute_url(), {"to": fourth.pk}).context["page"]
    assert [block.group for block in page.shown.blocks] == [fourth]


def test_excel_holds_what_is_shown(campaign: Campaign, third: WorkingGroup, officer: Client) -> None:
    answer = officer.get(campaign.get_absolute_url(), {"export": "xlsx", "tre": "on"})
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)  # type: ignore[attr-defined]
    assert [(row[0], row[2], row[3], row[5]) for row in rows[1:]] == [
        (3, "phường Họp", "Đã làm việc", "Chậm biên bản"),
        (3, "phường Quá", "Đã lên lịch", "Quá ngày, chưa làm việc"),
    ]


def test_more_groups_units_and_visits_cost_no_more_queries(
    campaign: Campaign, third: WorkingGroup, officer: Client
) -> None:
    for url in (
        campaign.get_absolute_url(),
        reverse("oversight:campaign-units", args=[campaign.pk]),
        f"{reverse('oversight:timetable', args=[campaign.pk])}?tu=2025-10-30",
    ):
        cost = queries_of_page(officer, url)
        for number in (10, 11, 12):
            number += campaign.groups.count() * 3
            more = group_of(campaign, number, "Một", "Hai")
            GroupSeatFactory(group=more)
            visited(more, "Một", planned_on=PAST)
        assert queries_of_page(officer, url) == cost


def test_a_ward_sees_its_own_visits_alone(campaign: Campaign, third: WorkingGroup) -> None:
    ward = third.units.get(name="Quá")
    client = people.signed_in(people.clerk(ward))
    assert lines(client.get(campaign.get_absolute_url()).context["page"].board) == {
        "Quá": (Stage.PLANNED, Lateness.NOT_HELD)
    }
    other = Visit.objects.get(units__name="Họp")
    assert client.get(other.get_absolute_url()).status_code == 404


class TestWhichVisitCounts:
    def test_late_first_then_next_then_last(self) -> None:
        done = Visit(pk=1, planned_on=PAST, held_on=PAST, meeting_id=1, reported_on=PAST)
        late = Visit(pk=2, planned_on=PAST)
        coming = Visit(pk=3, planned_on=COMING)
        off = Visit(pk=4, planned_on=COMING, set_aside="cancelled", reason="bão")
        assert visit_that_counts([done, late, coming, off], TODAY) is late
        assert visit_that_counts([done, coming, off], TODAY) is coming
        assert visit_that_counts([done, off], TODAY) is done
        assert visit_that_counts([off], TODAY) is off
        assert visit_that_counts([], TODAY) is None


_UNITS = [Unit(pk=pk, name=name, kind="xã") for pk, name in enumerate(["Tân Phú", "Hòa Lợi", "Bình Hưng"])]
_GROUPS = [WorkingGroup(pk=number, number=number) for number in (1, 2, 3)]
_LINES = st.lists(
    st.builds(
        Line,
        unit=st.sampled_from(_UNITS),
        group=st.sampled_from(_GROUPS),
        meetings=st.integers(0, 3),
        last=st.none(),
        proposals=st.integers(0, 9),
        tasks=st.integers(0, 9),
        stage=st.sampled_from(Stage),
        late=st.none() | st.sampled_from(Lateness),
    ),
    max_size=12,
)


class TestTotalsAddUp:
    @given(st.lists(_LINES, max_size=5))
    def test_stages_to_units_and_groups_to_the_whole(self, groups: list[list[Line]]) -> None:
        board = Board([Block(WorkingGroup(), lines) for lines in groups], 0, 0, 0)
        assert board.sums.units == sum(len(lines) for lines in groups) == sum(board.sums.stages.values())
        for stage, count in board.sums.cells:
            assert count == sum(dict(block.sums.cells)[stage] for block in board.blocks)
        assert board.late == sum(block.sums.late for block in board.blocks)
        assert board.met + board.waiting == board.units

    @given(st.lists(_LINES, max_size=5))
    def test_what_each_number_leads_to_is_that_many_lines(self, groups: list[list[Line]]) -> None:
        board = Board([Block(WorkingGroup(), lines) for lines in groups], 0, 0, 0)
        for stage, count in board.sums.cells:
            assert len(board.only(Wanted(stage=stage)).lines) == count
        assert len(board.only(Wanted(late=True)).lines) == board.late
        assert board.only(Wanted()).lines == board.lines


class TestTimetable:
    def test_a_week_shows_its_days_and_who_leads_that_day(
        self, campaign: Campaign, third: WorkingGroup, officer: Client
    ) -> None:
        page = officer.get(reverse("oversight:timetable", args=[campaign.pk]), {"tu": "2025-10-29"})
        table = page.context["page"]
        assert (table.first, table.last) == (date(2025, 10, 27), date(2025, 11, 2))
        assert {day.on: len(day.entries) for day in table.days} == {
            date(2025, 10, 27) + timedelta(n): 4 if n == 3 else 0 for n in range(5)
        }
        text = page.content.decode()
        assert "Thứ 5, 30-10-2025" in text
        assert "Lê Thị Mẫu" in text
        assert table.late == 2

    def test_one_day_at_a_time_and_a_day_of_rest_where_something_stands_on_it(
        self, campaign: Campaign, third: WorkingGroup, officer: Client
    ) -> None:
        sunday = date(2025, 11, 2)
        visited(third, "Chưa", planned_on=sunday)
        url = reverse("oversight:timetable", args=[campaign.pk])
        week = officer.get(url, {"tu": "2025-10-29"}).context["page"]
        assert week.days[-1].on == sunday
        day = officer.get(url, {"tu": "2025-11-02", "xem": "ngay"}).context["page"]
        assert [entry.visit.day for entry in day.days[0].entries] == [sunday]
        assert (day.before, day.after) == (date(2025, 11, 1), date(2025, 11, 3))

    def test_a_day_that_is_none_is_this_week(self, campaign: Campaign, officer: Client) -> None:
        for typed in ("2025-02-31", "x", ""):
            page = officer.get(reverse("oversight:timetable", args=[campaign.pk]), {"tu": typed})
            assert page.context["page"].first == TODAY

    def test_to_a_stranger_it_does_not_exist(self, campaign: Campaign) -> None:
        stranger = people.signed_in(people.stranger())
        for name in ("timetable", "campaign-units"):
            assert stranger.get(reverse(f"oversight:{name}", args=[campaign.pk])).status_code == 404

"""Reminders: however often or seldom the job runs, everybody hears once of every rung."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories.accounts import UserFactory
from thongsuot.accounts.models import User
from thongsuot.lawbook.reminders import steps
from thongsuot.notices import jobs, reminding
from thongsuot.notices.enums import Kind
from thongsuot.notices.models import Notice, Run
from thongsuot.notices.reminding import Due, remind

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
START = date(2025, 10, 1)
FRIDAY = date(2025, 10, 31)
DAY = timedelta(days=1)


class Desk:
    """A register of open things, as an app above would stream it."""

    def __init__(self, things: Iterable[Due], closed: dict[str, date] | None = None) -> None:
        self.things, self.closed, self.today = list(things), closed or {}, START

    def source(self, first: date, last: date) -> Iterator[Due]:
        for thing in self.things:
            opened = thing.since is None or thing.since < self.today
            still = self.today < self.closed.get(thing.key, date.max)
            if opened and still and first <= thing.due_on <= last:
                yield thing

    def run(self, day: date) -> None:
        """The daily job, as a worker runs it that morning."""
        self.today = day
        with time_machine.travel(datetime.combine(day, time(6, 31), HERE), tick=False):
            Run.objects.get_or_create(
                name=jobs.REMINDERS, period=day.isoformat(), defaults={"enqueued_at": timezone.now()}
            )
            jobs.remind_daily.call(day.isoformat())


def desk(monkeypatch: pytest.MonkeyPatch, things: Iterable[Due], closed: Any = None) -> Desk:
    made = Desk(things, closed)
    monkeypatch.setattr(reminding, "_SOURCES", {"desk": made.source})
    return made


def told() -> set[tuple[int, str, str, str]]:
    return set(Notice.objects.values_list("user", "key", "rung", "kind"))


@pytest.fixture
def people(db: None) -> list[User]:
    """Who holds it, who leads the holder, and who leads the leader."""
    return UserFactory.create_batch(3)


def thing(people: list[User], key: str = "task:1", due_on: date = FRIDAY, **more: Any) -> Due:
    holder, leader, above = (user.pk for user in people)
    return Due(key, "NV-1", "/nhiem-vu/NV-1/", due_on, [holder], [[leader], [above]], **more)


class TestTheLadder:
    def test_holder_first_then_the_levels_above(
        self, people: list[User], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = desk(monkeypatch, [thing(people)])
        for n in range(60):
            one.run(START + n * DAY)
        heard = [
            [
                rung.split("/")[1]
                for key_user, _key, rung, _kind in sorted(told(), key=lambda row: row[2])
                if key_user == user.pk
            ]
            for user in people
        ]
        assert [set(rungs) for rungs in heard] == [
            {"before-3", "before-1", "due", "late-1", "late-3", "late-5", "late-10"},
            {"late-3", "late-5", "late-10"},
            {"late-5", "late-10"},
        ]
        kinds = {(row[0] == people[0].pk, row[3]) for row in told()}
        assert kinds == {(True, Kind.DUE), (True, Kind.LATE), (False, Kind.BELOW)}

    def test_a_holder_who_also_leads_hears_once(
        self, people: list[User], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        holder = people[0].pk
        one = desk(monkeypatch, [Due("task:1", "NV-1", "/", FRIDAY, [holder], [[holder], [holder]])])
        for n in range(30, 50):
            one.run(START + n * DAY)
        assert Notice.objects.filter(rung__endswith="late-5").count() == 1

    def test_what_lay_before_it_came_is_not_held_against_the_holder(
        self, people: list[User], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = desk(monkeypatch, [thing(people, since=FRIDAY - DAY)])
        one.run(START)
        one.run(FRIDAY)
        assert {row[2] for row in told()} == {"2025-10-31/due"}

    def test_a_due_date_put_off_has_a_ladder_of_its_own(
        self, people: list[User], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = desk(monkeypatch, [thing(people)])
        one.run(FRIDAY)
        one.things = [thing(people, due_on=FRIDAY + 14 * DAY)]
        one.run(FRIDAY + 14 * DAY)
        assert {"2025-10-31/due", "2025-11-14/due"} <= {row[2] for row in told()}

    def test_who_has_left_is_not_reminded(self, people: list[User], monkeypatch: pytest.MonkeyPatch) -> None:
        User.objects.update(is_active=False)
        one = desk(monkeypatch, [thing(people)])
        one.run(FRIDAY)
        assert not told()

    def test_the_first_run_of_all_does_not_dig_up_the_past(
        self, people: list[User], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = desk(monkeypatch, [thing(people, due_on=FRIDAY - 20 * DAY)])
        one.run(FRIDAY)
        assert not told()


class TestDowntime:
    def test_three_days_without_service_lose_and_double_nothing(
        self, people: list[User], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = desk(monkeypatch, [thing(people)])
        for n in (0, 26, 30, 30):  # 1, 27 and 31 October: nothing ran on 28, 29 and 30
            one.run(START + n * DAY)
        assert sorted(row[2].split("/")[1] for row in told()) == ["before-1", "before-3", "due"]

    def test_a_run_that_broke_off_is_made_good_by_the_next(
        self, people: list[User], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = desk(monkeypatch, [thing(people), thing(people, "task:2")])
        one.run(START)
        whole, Desk.source = Desk.source, broken  # type: ignore[method-assign]
        monkeypatch.setattr(reminding, "_SOURCES", {"desk": one.source})
        try:
            with pytest.raises(RuntimeError):
                one.run(FRIDAY)
        finally:
            Desk.source = whole  # type: ignore[method-assign]
        monkeypatch.setattr(reminding, "_SOURCES", {"desk": one.source})
        one.run(FRIDAY + DAY)
        assert {row[1:3] for row in told()} >= {("task:1", "2025-10-31/due"), ("task:2", "2025-10-31/due")}

    def test_nothing_happens_for_days_that_are_done(self, people: list[User]) -> None:
        remind(after=FRIDAY, on=FRIDAY)
        remind(after=FRIDAY, on=FRIDAY - DAY)
        assert not told()


def broken(self: Desk, first: date, last: date) -> Iterator[Due]:
    yield self.things[0]
    raise RuntimeError("the database went away")


class TestAnyPattern(TestCase):
    """Twice a day, or with gaps: by the end the rows are those of running every day once."""

    LENGTH = 45

    def setUp(self) -> None:
        self.users = [UserFactory().pk for _ in range(3)]
        self.kept = reminding._SOURCES

    def tearDown(self) -> None:
        reminding._SOURCES = self.kept

    def rows(self, things: list[Due], closed: dict[str, date], days: list[int]) -> set[tuple[str, ...]]:
        Notice.objects.all().delete()
        Run.objects.all().delete()
        one = Desk(things, closed)
        reminding._SOURCES = {"desk": one.source}
        for day in days:
            one.run(START + day * DAY)
        return set(Notice.objects.values_list("user", "key", "rung"))

    @settings(max_examples=25, deadline=None)
    @given(
        data=st.data(),
        dues=st.lists(st.tuples(st.integers(-5, 50), st.integers(-10, 40)), min_size=1, max_size=4),
        ran=st.lists(st.integers(1, LENGTH - 1), max_size=25),
    )
    def test_the_same_rows(self, data: Any, dues: list[tuple[int, int]], ran: list[int]) -> None:
        things = [
            Due(
                f"task:{n}",
                "NV",
                "/",
                START + due * DAY,
                self.users[:1],
                [self.users[1:2], self.users[2:]],
                since=START + came * DAY,
            )
            for n, (due, came) in enumerate(dues)
        ]
        pattern = [0, *sorted(ran), self.LENGTH]
        every_day = list(range(self.LENGTH + 1))
        assert self.rows(things, {}, pattern) == self.rows(things, {}, every_day)

    @settings(max_examples=15, deadline=None)
    @given(closes=st.integers(1, LENGTH), ran=st.lists(st.integers(1, LENGTH - 1), max_size=25))
    def test_what_is_closed_gets_no_new_ones(self, closes: int, ran: list[int]) -> None:
        day = START + closes * DAY
        things = [Due("task:1", "NV", "/", FRIDAY, self.users[:1], [])]
        rows = self.rows(things, {"task:1": day}, [0, *sorted(ran), self.LENGTH])
        fell_before = {f"{FRIDAY}/{step.code}" for step in steps(FRIDAY) if step.on < day}
        assert {row[2] for row in rows} <= fell_before

"""The weekly letter: what is late, what is due, what waits, what came back; once a week, from the same sources."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories.accounts import UserFactory
from tests.factories.notices import NoticeFactory
from thongsuot.accounts.models import User
from thongsuot.notices import jobs, reminding
from thongsuot.notices.digest import send_digest
from thongsuot.notices.enums import Kind, Way
from thongsuot.notices.mail import deliver
from thongsuot.notices.models import Notice, Pulse, Run, Wish
from thongsuot.notices.reminding import Due

pytestmark = pytest.mark.django_db
MONDAY = date(2025, 11, 3)
NOW = datetime(2025, 11, 3, 0, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lan() -> User:
    return UserFactory()


@pytest.fixture(autouse=True)
def due(lan: User, monkeypatch: pytest.MonkeyPatch) -> list[Due]:
    """Late since ten days, due on Wednesday, to be answered by Friday, due next week."""
    days = (-10, 2, 4, 8)
    things = [
        Due(f"task:{day}", f"NV {day}", f"/nv/{day}/", MONDAY + timedelta(days=day), [lan.pk], waits=day == 4)
        for day in days
    ]

    def source(first: date, last: date) -> Iterator[Due]:
        return (thing for thing in things if first <= thing.due_on <= last)

    monkeypatch.setattr(reminding, "_SOURCES", {"desk": source})
    return things


def letter() -> Notice:
    return Notice.objects.get(kind=Kind.DIGEST)


def sections() -> list[tuple[str, str]]:
    return [(line["section"], line["title"]) for line in letter().lines]


class TestTheLetter:
    def test_says_what_is_late_due_and_waited_for(self) -> None:
        send_digest(MONDAY)
        assert sections() == [("late", "NV -10"), ("this-week", "NV 2"), ("waits", "NV 4")]
        assert letter().text == "Quá hạn: 1 · Đến hạn trong tuần: 1 · Chờ tôi: 1"

    def test_is_written_once_a_week(self) -> None:
        send_digest(MONDAY)
        send_digest(MONDAY)
        assert Notice.objects.count() == 1
        send_digest(MONDAY + WEEK)
        assert Notice.objects.count() == 2

    def test_tells_what_came_back_in_the_week_before(self, lan: User) -> None:
        NoticeFactory(user=lan, kind=Kind.ANSWERED, title="mới", created_at=NOW - timedelta(days=3))
        NoticeFactory(user=lan, kind=Kind.RETURNED, title="cũ", created_at=NOW - timedelta(days=9))
        NoticeFactory(user=lan, kind=Kind.ASSIGNED, title="giao", created_at=NOW - timedelta(days=3))
        send_digest(MONDAY)
        assert [title for section, title in sections() if section == "came-back"] == ["mới"]

    def test_follows_the_wishes(self, lan: User) -> None:
        Wish.objects.create(user=lan, kind=Kind.ANSWERED, way=Way.PAGE)
        Wish.objects.create(user=lan, kind=Kind.ASSIGNED, way=Way.WEEKLY)
        for kind in (Kind.ANSWERED, Kind.ASSIGNED):
            NoticeFactory(user=lan, kind=kind, title=kind.value, created_at=NOW - timedelta(days=3))
        send_digest(MONDAY)
        assert [title for section, title in sections() if section == "came-back"] == ["assigned"]

    def test_who_wants_none_gets_none(self, lan: User) -> None:
        Wish.objects.create(user=lan, kind=Kind.DIGEST, way=Way.PAGE)
        send_digest(MONDAY)
        assert not Notice.objects.exists()

    def test_who_has_nothing_gets_nothing(self) -> None:
        UserFactory()
        send_digest(MONDAY)
        assert Notice.objects.count() == 1

    def test_long_ones_are_cut_and_their_number_told(self, lan: User, due: list[Due]) -> None:
        due[:] = [Due(f"t:{n}", f"NV {n}", "/", MONDAY, [lan.pk]) for n in range(40)]
        send_digest(MONDAY)
        assert letter().text == "Đến hạn trong tuần: 40"
        assert len(letter().lines) == 15

    def test_as_mail_it_lists_and_links(self, lan: User, due: list[Due], settings: Any) -> None:
        settings.ADDRESS = "https://viec.example.vn"
        due.append(Due("s", "Rất kín", "/kin/", MONDAY, [lan.pk], discreet=True))
        send_digest(MONDAY)
        assert deliver(NOW) == 1
        [message] = outbox.outbox
        assert "Quá hạn: NV -10, hạn 24-10-2025" in message.body
        for text in (message.body, message.alternatives[0][0]):
            assert "https://viec.example.vn/nv/2/" in text
            assert "kín" not in text


class TestJobs:
    def test_the_weekly_one_writes_the_letter_of_its_week(self) -> None:
        jobs.digest_weekly.call("2025-W45")
        assert letter().rung == "2025-W45"

    def test_the_hourly_one_finds_mail_whose_job_was_lost(
        self, lan: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        NoticeFactory(user=lan, mail_after=NOW, created_at=NOW)
        with django_capture_on_commit_callbacks(execute=True):
            jobs.find_forgotten_mail.call("2025-11-03T07")
        assert DBTaskResult.objects.count() == 1

    def test_the_nightly_one_deletes_what_has_had_its_time(self, lan: User) -> None:
        old, recent = NOW - timedelta(days=500), NOW - timedelta(days=100)
        for at in (old, recent):
            NoticeFactory(user=lan, created_at=at)
        Pulse.objects.create(worker="gone", seen_at=recent)
        for name, day in ((jobs.REMINDERS, 90), (jobs.REMINDERS, 80), ("mail", 80), ("mail", 1)):
            at = NOW - timedelta(days=day)
            Run.objects.create(name=name, period=f"{at:%Y-%m-%d}", enqueued_at=at, finished_at=at)
        jobs.tidy_daily.call("2025-11-03")
        assert Notice.objects.get().created_at == recent
        assert not Pulse.objects.exists()
        kept = Run.objects.order_by("name").values_list("name", "period")
        assert list(kept) == [("mail", "2025-11-02"), (jobs.REMINDERS, "2025-08-15")]
        assert timezone.now() == NOW

"""The schedule: once in each period whatever the workers do; what a dead one held is taken up by another."""

import threading
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from thongsuot.notices import schedule
from thongsuot.notices.models import Pulse, Run
from thongsuot.notices.schedule import Every, Periodic, enqueue_due, give_back_lost, monday_of, tick
from thongsuot.notices.working import HouseWorker

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2025, 10, 30, 8, 0, tzinfo=HERE)
MINUTE = timedelta(minutes=1)
done: list[str] = []


@task()
def bad_luck(period: str) -> None:
    done.append(period)
    raise ValueError("out of order")


def good_work(period: str) -> None:
    done.append(period)


good = schedule.periodic("test-good", Every.DAY, at=time(6, 30))(good_work)
good_work = good  # type: ignore[assignment]  # a job is found again by the name of its function
GOOD = schedule._PERIODIC.pop("test-good")
BAD = Periodic("test-bad", Every.DAY, time(6, 30), bad_luck)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    done.clear()
    monkeypatch.setattr(schedule, "_PERIODIC", {"test-good": GOOD})
    return iter(())


def drain() -> None:
    HouseWorker("test:1:x").run()


class TestPeriods:
    @pytest.mark.parametrize(
        ("every", "now", "period"),
        [
            (Every.HOUR, NOW, "2025-10-30T08"),
            (Every.DAY, NOW, "2025-10-30"),
            (Every.DAY, NOW.replace(hour=6, minute=29), "2025-10-29"),
            (Every.WEEK, NOW, "2025-W44"),
            (Every.WEEK, datetime(2025, 11, 3, 6, 0, tzinfo=HERE), "2025-W44"),
            (Every.WEEK, datetime(2025, 11, 3, 7, 0, tzinfo=HERE), "2025-W45"),
            (Every.WEEK, datetime(2026, 1, 1, 7, 0, tzinfo=HERE), "2026-W01"),
        ],
    )
    def test_the_newest_that_has_begun_here(self, every: Every, now: datetime, period: str) -> None:
        assert (
            Periodic("x", every, time(6, 30), bad_luck).period(
                now.astimezone(timezone.get_default_timezone())
            )
            == period
        )

    def test_a_week_begins_on_monday(self) -> None:
        assert monday_of("2025-W44") == date(2025, 10, 27)
        assert monday_of("2026-W01") == date(2025, 12, 29)


@pytest.mark.django_db
class TestOncePerPeriod:
    def test_two_workers_looking_in_turn_enqueue_once(self) -> None:
        for n in range(6):
            tick(f"worker-{n % 2}", NOW + n * MINUTE)
        assert DBTaskResult.objects.count() == 1

    def test_a_worker_that_sees_no_row_and_comes_second_leaves_it(self) -> None:
        """Both have looked before either wrote."""
        schedule._begin(GOOD, "2025-10-30", NOW)
        schedule._begin(GOOD, "2025-10-30", NOW)
        assert DBTaskResult.objects.count() == 1

    def test_once_more_on_the_next_day(self) -> None:
        tick("a", NOW)
        drain()
        tick("a", NOW + timedelta(days=1))
        drain()
        assert done == ["2025-10-30", "2025-10-31"]

    def test_after_days_without_service_the_newest_period_alone(self) -> None:
        tick("a", NOW)
        drain()
        tick("a", NOW + timedelta(days=4))
        drain()
        assert done == ["2025-10-30", "2025-11-03"]
        assert not Run.objects.filter(finished_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_the_same_moment_enqueue_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite lies in memory, where threads cannot write side by side")
    start = threading.Barrier(4)

    def look() -> None:
        start.wait()
        enqueue_due(NOW)
        connection.close()

    workers = [threading.Thread(target=look) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (Run.objects.count(), DBTaskResult.objects.count()) == (1, 1)


@pytest.mark.django_db
class TestFailure:
    @pytest.fixture(autouse=True)
    def unlucky(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(schedule, "_PERIODIC", {"test-bad": BAD})

    def test_a_failed_run_is_tried_again_with_growing_patience(self) -> None:
        now, tries = NOW, []
        for minute in range(100):
            tick("a", now + minute * MINUTE)
            before = len(done)
            drain()
            if len(done) > before:
                tries.append(minute)
        assert tries == [0, 1, 6, 21, 81]

    def test_two_workers_do_not_both_try_again(self) -> None:
        tick("a", NOW)
        drain()
        run = Run.objects.get()
        schedule._try_again(BAD, run, NOW + MINUTE)
        schedule._try_again(BAD, run, NOW + MINUTE)
        assert DBTaskResult.objects.filter(status="READY").count() == 1


@pytest.mark.django_db
class TestKilledWorker:
    """What is left behind by a worker that was killed in the middle of a job."""

    @pytest.fixture
    def job(self) -> DBTaskResult[Any, Any]:
        tick("a", NOW)
        job = DBTaskResult.objects.get()
        job.claim("dead")
        return job

    def test_while_it_shows_life_its_job_is_its_own(self, job: DBTaskResult[Any, Any]) -> None:
        Pulse.objects.create(worker="dead", seen_at=NOW)
        assert give_back_lost(NOW + 0.9 * MINUTE) == 0

    def test_silent_for_a_minute_its_job_goes_to_another_and_is_done_once(
        self, job: DBTaskResult[Any, Any]
    ) -> None:
        Pulse.objects.create(worker="dead", seen_at=NOW)
        tick("b", NOW + 2 * MINUTE)
        drain()
        assert done == ["2025-10-30"]
        tick("b", NOW + 3 * MINUTE)
        drain()
        assert done == ["2025-10-30"]
        assert Run.objects.get().finished_at is not None

    def test_a_job_that_kills_every_worker_is_put_aside(self, job: DBTaskResult[Any, Any]) -> None:
        for n in range(4):
            assert give_back_lost(NOW + 2 * MINUTE) == 1
            job.refresh_from_db()
            job.claim(f"dead-{n}")
        give_back_lost(NOW + 2 * MINUTE)
        job.refresh_from_db()
        assert job.status == "FAILED"


@pytest.mark.django_db
class TestTheCommand:
    def test_does_what_is_due_and_ends(self) -> None:
        call_command("worker", "--once")
        assert len(done) == 1
        assert not Pulse.objects.exists()

    def test_its_worker_notices_that_the_server_is_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        worker = HouseWorker("w", with_parent=True)
        assert not worker._orphaned()
        monkeypatch.setattr("os.getppid", lambda: 1)
        assert worker._orphaned()
        assert not HouseWorker("v")._orphaned()

"""What happens every hour, day or week, without cron: workers look at the table of runs, the first one enqueues.

A periodic job must bear being run again for the same period: a worker may die after the work and before its note.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import wraps
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from thongsuot.notices.models import Pulse, Run

SILENT = timedelta(seconds=60)  # after which a worker counts as dead
DEATHS = 5  # a job that has taken this many workers with it is not given to another
_PATIENCE = (1, 5, 15, 60)  # minutes before a failed run is tried again; the last one for good

Work = Callable[[str], object]


class Every(Enum):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Periodic:
    """Begins at `at` of every day, or of every Monday; the period is what tells one run from the next."""

    name: str
    every: Every
    at: time
    task: Task[[str], object]

    def period(self, now: datetime) -> str:
        """The newest one that has begun."""
        here = timezone.localtime(now)
        if self.every is Every.HOUR:
            return f"{here:%Y-%m-%dT%H}"
        day = here.date() if here.time() >= self.at else here.date() - timedelta(days=1)
        if self.every is Every.DAY:
            return day.isoformat()
        return f"{day:%G-W%V}"


def monday_of(week: str) -> date:
    """The first day of a period of a weekly job."""
    return datetime.strptime(f"{week}-1", "%G-W%V-%u").date()  # noqa: DTZ007  a day, no moment


_PERIODIC: dict[str, Periodic] = {}


def periodic(name: str, every: Every, at: time = time(0)) -> Callable[[Work], Task[[str], object]]:
    """Makes a job of a function that takes the period: once in each, however many workers; missed ones are not
    made up for one by one, so the function must look after everything since it last finished.
    """

    def register(work: Work) -> Task[[str], object]:
        @wraps(work)
        def finished(period: str) -> object:
            answer = work(period)
            Run.objects.filter(name=name, period=period).update(finished_at=timezone.now())
            return answer

        job: Task[[str], object] = task(finished)
        _PERIODIC[name] = Periodic(name, every, at, job)
        return job

    return register


def registered() -> list[Periodic]:
    return list(_PERIODIC.values())


def tick(worker: str, now: datetime) -> None:
    """What every worker does every few seconds, also while a job runs."""
    Pulse.objects.update_or_create(worker=worker, defaults={"seen_at": now})
    give_back_lost(now)
    enqueue_due(now)


def enqueue_due(now: datetime) -> None:
    wanted = {(job.name, job.period(now)): job for job in registered()}
    periods = {period for _name, period in wanted}
    known = {(run.name, run.period): run for run in Run.objects.filter(period__in=periods)}
    for (name, period), job in wanted.items():
        run = known.get((name, period))
        if run is None:
            _begin(job, period, now)
        elif run.finished_at is None:
            _try_again(job, run, now)


def _begin(job: Periodic, period: str, now: datetime) -> None:
    with transaction.atomic():
        run, new = Run.objects.get_or_create(name=job.name, period=period, defaults={"enqueued_at": now})
        if new:
            _enqueue(job, run)


def _try_again(job: Periodic, run: Run, now: datetime) -> None:
    """A failed run, after a while; one that waits or runs is left alone."""
    patience = timedelta(minutes=_PATIENCE[min(run.attempts, len(_PATIENCE) - 1)])
    results = DBTaskResult.objects.filter(pk=run.result) if run.result else DBTaskResult.objects.none()
    status = results.values_list("status", flat=True).first()
    if now < run.enqueued_at + patience or status not in (None, TaskResultStatus.FAILED):
        return
    with transaction.atomic():
        mine = Run.objects.filter(pk=run.pk, attempts=run.attempts, finished_at=None)
        if mine.update(enqueued_at=now, attempts=run.attempts + 1):
            _enqueue(job, run)


def _enqueue(job: Periodic, run: Run) -> None:
    result = job.task.enqueue(run.period)
    Run.objects.filter(pk=run.pk).update(result=result.id)


def give_back_lost(now: datetime) -> int:
    """Jobs whose worker has fallen silent wait again for another; how many."""
    alive = set(Pulse.objects.filter(seen_at__gte=now - SILENT).values_list("worker", flat=True))
    lost = [job for job in DBTaskResult.objects.running() if not alive.intersection(job.worker_ids[-1:])]
    return sum(_give_back(job, now) for job in lost)


def _give_back(job: DBTaskResult[Any, Any], now: datetime) -> int:
    mine = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)
    if len(job.worker_ids) < DEATHS:
        return mine.update(status=TaskResultStatus.READY)
    return mine.update(
        status=TaskResultStatus.FAILED,
        finished_at=now,
        traceback=f"{len(job.worker_ids)} workers died over it",
    )

"""What workers do for staffing: workbooks that came in, and what happens by the clock."""

from datetime import date, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from thongsuot.notices.schedule import Every, periodic
from thongsuot.staffing.actions.imports import forget_workbooks, read_import, write_queued
from thongsuot.staffing.actions.running import take_up_forgotten
from thongsuot.staffing.actions.tidying import forget_what_is_over
from thongsuot.staffing.actions.transfers import (
    end_secondments,
    escalate_silent,
    take_effects,
    warn_of_ends,
)
from thongsuot.staffing.enums import FileState
from thongsuot.staffing.models import ImportFile

WORKBOOKS_KEPT = timedelta(days=30)


@task()
def read_staff_file(pk: int) -> str:
    return read_import(pk)


@task()
def write_staff_file(pk: int) -> str:
    return write_queued(pk)


def take_up_files(batch: int | None = None) -> int:
    """Workbooks that wait for a worker and that no job is queued or runs for are queued again; how many."""
    jobs = DBTaskResult.objects.filter(
        task_path__in=[read_staff_file.module_path, write_staff_file.module_path],
        status__in=("READY", "RUNNING"),
    )
    cared_for = {job.args_kwargs["args"][0] for job in jobs}
    waiting = ImportFile.objects.filter(
        Q(state=FileState.WAITING, data__isnull=False) | Q(state=FileState.READY, queued_for__isnull=False)
    )
    rows = waiting.filter(batch=batch) if batch else waiting
    lost = [(pk, state) for pk, state in rows.values_list("pk", "state") if pk not in cared_for]
    for pk, state in lost:
        (read_staff_file if state == FileState.WAITING else write_staff_file).enqueue(pk)
    return len(lost)


@periodic("staff-files", Every.HOUR)
def take_up_staff_files(period: str) -> None:
    """A file does not wait for ever because its worker was lost."""
    take_up_files()


@periodic("transfers", Every.DAY, at=time(0, 10))
def follow_transfers_daily(period: str) -> None:
    """Decisions take effect and secondments end by their own day; days without service are made good."""
    on = date.fromisoformat(period)
    take_effects(on)
    end_secondments(on)
    escalate_silent(on)
    warn_of_ends(on)


@periodic("staff-tidying", Every.DAY, at=time(2, 30))
def tidy_staff_daily(period: str) -> None:
    """Personal data that were kept for a time go when it is over, and leave a trace that they went."""
    forget_workbooks(timezone.now() - WORKBOOKS_KEPT)
    forget_what_is_over(timezone.localdate())


@periodic("plans", Every.HOUR)
def take_up_plans(period: str) -> None:
    """Plans whose job was lost: a queue that could not be written, a database restored, a worker gone for good."""
    take_up_forgotten()

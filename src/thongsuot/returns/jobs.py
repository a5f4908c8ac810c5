"""What workers do for returns: workbooks that came in."""

from datetime import time, timedelta

from django.utils import timezone
from django_tasks import task

from thongsuot.notices.schedule import Every, periodic
from thongsuot.returns.actions.workbooks import forget_workbooks, read_file, write_queued

WORKBOOKS_KEPT = timedelta(days=30)


@task()
def read_return_workbook(pk: int) -> str:
    return read_file(pk)


@task()
def write_return_workbook(pk: int) -> str:
    return write_queued(pk)


@periodic("return-workbooks", Every.DAY, at=time(2, 50))
def tidy_workbooks(period: str) -> None:
    forget_workbooks(timezone.now() - WORKBOOKS_KEPT)

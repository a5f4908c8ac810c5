"""What the worker does by the clock."""

from datetime import date, time, timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from thongsuot.lawbook.reminders import keep_days
from thongsuot.notices.digest import send_digest
from thongsuot.notices.mail import due_for_mail, ring
from thongsuot.notices.models import Notice, Pulse, Run
from thongsuot.notices.queries import last_finished
from thongsuot.notices.reminding import remind
from thongsuot.notices.schedule import Every, monday_of, periodic

REMINDERS = "reminders"
_DAY = timedelta(days=1)


@periodic(REMINDERS, Every.DAY, at=time(6, 30))
def remind_daily(period: str) -> None:
    """Looks after every day since it last finished; the first time after this day alone."""
    on = date.fromisoformat(period)
    remind(after=last_finished(REMINDERS, before=period) or on - _DAY, on=on)


@periodic("digest", Every.WEEK, at=time(6, 45))
def digest_weekly(period: str) -> None:
    send_digest(monday_of(period))


@periodic("mail", Every.HOUR)
def find_forgotten_mail(period: str) -> None:
    """Mail whose job was lost: a worker died, or the queue could not be written."""
    if Notice.objects.filter(due_for_mail(timezone.now())).exists():
        ring()


@periodic("tidying", Every.DAY, at=time(2, 0))
def tidy_daily(period: str) -> None:
    """Notices and the traces of jobs go when their time is over."""
    now, keep = timezone.now(), keep_days()
    traces = now - timedelta(days=keep["jobs"])
    Notice.objects.filter(created_at__lt=now - timedelta(days=keep["notices"])).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=traces).delete()
    Run.objects.filter(enqueued_at__lt=traces, finished_at__isnull=False).exclude(name=REMINDERS).delete()
    _keep_last_reminder_run(traces.date())
    Pulse.objects.filter(seen_at__lt=now - _DAY).delete()


def _keep_last_reminder_run(before: date) -> None:
    """The last finished one says from which day on reminders are owed, however long ago it was."""
    runs = Run.objects.filter(name=REMINDERS, finished_at__isnull=False).order_by("-period")
    last = runs.values_list("period", flat=True).first()
    if last:
        runs.filter(period__lt=min(last, before.isoformat())).delete()

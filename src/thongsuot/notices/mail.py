"""Notices on their way by mail: claimed, sent, tried again. A notice is the only state there is; nothing is lost.

A claim moves `mail_after` into the future before anything is sent, so that no two workers send the same, and a worker
that dies leaves its claim to lapse. Should it die between sending and noting so, the second mail bears the same
Message-ID, by which mail programs know it for the same.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPSenderRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from thongsuot.accounts.models import User
from thongsuot.notices.models import Notice

logger = logging.getLogger("thongsuot.mail")
CLAIM = timedelta(minutes=15)
PATIENCE = (1, 5, 15, 60, 240)  # minutes until the next try; the last one for good
GIVE_UP = timedelta(days=7)  # after which mail is of no use; the notice stays on its page
IN_ONE_MAIL = 40


def can_mail() -> bool:
    return bool(settings.SENDS_MAIL)


def ring() -> None:
    """After the present transaction, have the mail sent by a worker; never in the request."""
    transaction.on_commit(_enqueue, robust=True)  # should this fail, the hourly job finds what waits


def _enqueue(at: datetime | None = None) -> None:
    """Unless such a job waits already: it will find what is there when it starts."""
    waiting = DBTaskResult.objects.ready() if at is None else DBTaskResult.objects.filter(run_after__lte=at)
    if not waiting.filter(task_path=deliver_mail.module_path, status="READY").exists():
        (deliver_mail if at is None else deliver_mail.using(run_after=at)).enqueue()


@task()
def deliver_mail() -> int:
    return deliver(timezone.now())


def waiting_for_mail(now: datetime) -> Q:
    """What has been read on its page, or dealt with, needs no mail any more."""
    return Q(mailed_at=None, read_at=None, mail_after__isnull=False, created_at__gt=now - GIVE_UP)


def due_for_mail(now: datetime) -> Q:
    return waiting_for_mail(now) & Q(mail_after__lte=now)


def deliver(now: datetime) -> int:
    """One mail to each person for whom something waits; how many. What could not be sent is tried again later."""
    sent = 0
    waiting = Notice.objects.filter(due_for_mail(now)).order_by().values_list("user", flat=True).distinct()
    connection = get_connection()
    try:
        for user in list(waiting):
            sent += _deliver_to(user, now, connection)
    except (OSError, SMTPException) as down:
        logger.warning("mail server cannot be reached: %s", type(down).__name__)
    finally:
        connection.close()
    _come_back(now)
    return sent


def _come_back(now: datetime) -> None:
    later = Notice.objects.filter(waiting_for_mail(now))
    at = later.order_by("mail_after").values_list("mail_after", flat=True).first()
    if at is not None:
        _enqueue(max(at, now + timedelta(minutes=PATIENCE[0])))


def _deliver_to(user: int, now: datetime, connection: BaseEmailBackend) -> int:
    claimed = _claim(user, now)
    if not claimed:
        return 0
    try:
        _compose(claimed[0].user, claimed, connection).send()
    except (SMTPRecipientsRefused, SMTPSenderRefused) as refused:  # the address, not the server
        logger.warning("mail to account %s refused: %s", user, type(refused).__name__)
        _put_off(claimed, now)
        return 0
    except (OSError, SMTPException):
        _put_off(claimed, now)
        raise
    Notice.objects.filter(pk__in=[notice.pk for notice in claimed]).update(mailed_at=timezone.now())
    return 1


def _claim(user: int, now: datetime) -> list[Notice]:
    with transaction.atomic():
        due = Notice.objects.select_for_update(of=("self",), skip_locked=True).select_related("user")
        claimed = list(due.filter(due_for_mail(now), user=user, user__is_active=True).order_by("pk"))
        Notice.objects.filter(pk__in=[notice.pk for notice in claimed]).update(mail_after=now + CLAIM)
    return claimed


def _put_off(claimed: Sequence[Notice], now: datetime) -> None:
    tries = max(notice.mail_tries for notice in claimed)
    wait = timedelta(minutes=PATIENCE[min(tries, len(PATIENCE) - 1)])
    ours = Notice.objects.filter(pk__in=[notice.pk for notice in claimed])
    ours.update(mail_tries=tries + 1, mail_after=now + wait)


def _compose(user: User, notices: Sequence[Notice], connection: BaseEmailBackend) -> EmailMultiAlternatives:
    with override(user.language):
        shown = list(_latest_of_each(notices))
        context = {"user": user, "notices": shown[:IN_ONE_MAIL], "address": settings.ADDRESS}
        context |= {"more": max(len(shown) - IN_ONE_MAIL, 0), "language": user.language}
        message = EmailMultiAlternatives(
            _subject(shown),
            render_to_string("notices/mail.txt", context),
            to=[user.email],
            connection=connection,
            headers={"Message-ID": _message_id(notices), "Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(render_to_string("notices/mail.html", context), "text/html")
    return message


def _latest_of_each(notices: Sequence[Notice]) -> Iterator[Notice]:
    """Of several reminders of one thing, as after days without service, the last says all."""
    last = {notice.key: notice for notice in sorted(notices, key=lambda notice: notice.pk)}
    return (notice for notice in notices if last[notice.key] is notice)


def _subject(notices: Sequence[Notice]) -> str:
    if len(notices) == 1:
        text = f"{notices[0].get_kind_display()}: {notices[0].subject}"
    else:
        text = ngettext("%(count)s việc cần chú ý", "%(count)s việc cần chú ý", len(notices)) % {
            "count": len(notices)
        }
    return _("[Thông Suốt] %(text)s") % {"text": " ".join(text.split())[:150]}


def _message_id(notices: Sequence[Notice]) -> str:
    told = ",".join(str(notice.pk) for notice in notices)
    return f"<{sha256(told.encode()).hexdigest()[:32]}@{urlsplit(settings.ADDRESS).hostname or 'localhost'}>"

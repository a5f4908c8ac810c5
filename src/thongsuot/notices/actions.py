"""Telling people, and what they do with what they are told.

- tell(users, kind, key, title, text="", url="", due_on=None, discreet=False): once for each key, after commit by mail
- keep(messages): for reminders and digests
- silence(): a context in which nobody is told
- settle(keys): what has been dealt with is no longer unread, nor mailed
- mark_read(by, notices) -> the moment, with which mark_unread(by, moment) takes it back
- wish(by, ways); make_calendar_link(by) -> secret; revoke_calendar_link(by)
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from thongsuot.accounts.models import User
from thongsuot.audit.actions import record
from thongsuot.notices.enums import Acts, Kind, Way
from thongsuot.notices.mail import can_mail, ring
from thongsuot.notices.models import CalendarLink, Notice, Wish
from thongsuot.notices.queries import Recipient, recipients, unread
from thongsuot.units.models import Mandate

TOLD = "told"  # the occasion of what is told once
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Message:
    """What one person is to be told. `discreet`: only that there is something, as soon as it leaves by mail."""

    user: int
    kind: Kind
    key: str
    rung: str
    title: str
    text: str | Promise = ""
    url: str = ""
    due_on: date | None = None
    discreet: bool = False
    lines: list[dict[str, Any]] = field(default_factory=list)


def tell(
    *,
    users: Iterable[User | int],
    kind: Kind,
    key: str,
    title: str,
    text: str | Promise = "",
    url: str = "",
    due_on: date | None = None,
    discreet: bool = False,
) -> None:
    """Part of the act that has something to tell, so not audited by itself. The same key is told once to each."""
    people = dict.fromkeys(user if isinstance(user, int) else user.pk for user in users)
    keep(Message(user, kind, key, TOLD, title, text, url, due_on, discreet) for user in people)


_SILENT: ContextVar[bool] = ContextVar("silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """While registers are filled with what happened long ago, nobody is told."""
    token = _SILENT.set(True)
    try:
        yield
    finally:
        _SILENT.reset(token)


def silent() -> bool:
    return _SILENT.get()


def keep(messages: Iterable[Message]) -> None:
    """Write down what is new among them, in batches, and have it mailed to those who want that."""
    if silent():
        return
    now, stream = timezone.now(), iter(messages)
    while batch := list(islice(stream, _BATCH)):
        _keep_batch(batch, now)


@transaction.atomic
def _keep_batch(batch: list[Message], now: datetime) -> None:
    people = recipients(message.user for message in batch)
    with override(settings.LANGUAGE_CODE):  # kept in one language, like the records they speak of
        told = [_notice(message, people[message.user], now) for message in batch if message.user in people]
    Notice.objects.bulk_create(told, ignore_conflicts=True)
    if any(notice.mail_after for notice in told):
        ring()


def _notice(message: Message, who: Recipient, now: datetime) -> Notice:
    by_mail = can_mail() and who.mails(message.kind)
    return Notice(
        user_id=message.user,
        kind=message.kind,
        key=message.key,
        rung=message.rung,
        title=message.title[:300],
        text=str(message.text)[:500],
        lines=message.lines,
        url=message.url,
        due_on=message.due_on,
        discreet=message.discreet,
        created_at=now,
        mail_after=now if by_mail else None,
    )


def settle(*, keys: Iterable[str]) -> None:
    """Part of the act that deals with the matter; what was told stays to be read again."""
    Notice.objects.filter(key__in=set(keys), read_at=None).update(read_at=timezone.now())


def mark_read(*, by: Mandate, notices: QuerySet[Notice]) -> datetime:
    """A person's own reading is no act of office, and leaves no trace in the trail."""
    now = timezone.now()
    unread(by.user).filter(pk__in=notices.order_by().values("pk")).update(read_at=now)
    return now


def mark_unread(*, by: Mandate, moment: datetime) -> int:
    return Notice.objects.filter(user=by.user, read_at=moment).update(read_at=None)


@transaction.atomic
def wish(*, by: Mandate, ways: Mapping[str, str]) -> None:
    """A person's own convenience, so not audited."""
    for kind, way in ways.items():
        Wish.objects.update_or_create(user=by.user, kind=Kind(kind), defaults={"way": Way(way)})


@transaction.atomic
def make_calendar_link(*, by: Mandate) -> str:
    """The secret of a new link, told this once; an earlier one ceases to work."""
    secret = secrets.token_urlsafe(32)
    link, _new = CalendarLink.objects.update_or_create(
        user=by.user, defaults={"digest": digest_of(secret), "made_at": timezone.now()}
    )
    record(by=by, verb=Acts.LINK_MADE, subject=link)
    return secret


@transaction.atomic
def revoke_calendar_link(*, by: Mandate) -> None:
    for link in CalendarLink.objects.filter(user=by.user):
        CalendarLink.objects.filter(pk=link.pk).delete()
        record(by=by, verb=Acts.LINK_REVOKED, subject=link)


def digest_of(secret: str) -> str:
    """A secret of 256 random bits needs no slow hash."""
    return sha256(secret.encode()).hexdigest()

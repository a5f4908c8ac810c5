"""A person's dates as an iCalendar feed (RFC 5545). Apps above register where events come from.

An event carries no more than number, title and address: the feed lies in calendars outside the system.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import icalendar
from django.conf import settings
from django.utils import timezone

from thongsuot.accounts.models import User
from thongsuot.units.models import Mandate
from thongsuot.units.queries import mandates_in_force

BACK, AHEAD = timedelta(days=60), timedelta(days=366)
_MAKER = "-//Thong Suot//Lich//VI"


@dataclass(frozen=True, slots=True)
class Event:
    """A whole day, or a time span when `begins` is a moment. The key stays the same when the event moves."""

    key: str
    title: str
    url: str
    begins: date | datetime
    ends: datetime | None = None
    cancelled: bool = False


# The events of a user under the mandates in force, from the first to the second day.
EventSource = Callable[[User, Sequence[Mandate], date, date], Iterable[Event]]

_SOURCES: dict[str, EventSource] = {}


def register_calendar(name: str, source: EventSource) -> None:
    _SOURCES[name] = source


def events(user: User, on: date) -> Iterator[Event]:
    mandates = mandates_in_force(user, on)
    for source in _SOURCES.values():
        yield from source(user, mandates, on - BACK, on + AHEAD)


def feed(user: User, now: datetime) -> bytes:
    """The whole calendar as a file."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Thông Suốt")
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    for event in events(user, timezone.localtime(now).date()):
        calendar.add_component(_entry(event, now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _entry(event: Event, now: datetime) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", f"{event.key}@{urlsplit(settings.ADDRESS).hostname or 'localhost'}")
    entry.add("dtstamp", now.astimezone(timezone.get_fixed_timezone(0)).replace(microsecond=0))
    entry.add("summary", event.title)
    entry.add("url", urljoin(settings.ADDRESS, event.url))
    begins, ends = _span(event)
    entry.add("dtstart", begins)
    entry.add("dtend", ends)
    if not isinstance(event.begins, datetime):
        entry.add("transp", "TRANSPARENT")  # a deadline makes nobody busy
    if event.cancelled:
        entry.add("status", "CANCELLED")
    return entry


def _span(event: Event) -> tuple[date | datetime, date | datetime]:
    if not isinstance(event.begins, datetime):
        return event.begins, event.begins + timedelta(days=1)
    begins = timezone.localtime(event.begins)
    return begins, timezone.localtime(event.ends) if event.ends else begins + timedelta(hours=1)

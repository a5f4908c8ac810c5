"""What was done to a record, in lines for its page: runs of one act by one person are told once, with their number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Model

from thongsuot.audit.models import Event
from thongsuot.audit.queries import history_of

_EVENTS = 200


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline: `who` as they were called that day."""

    at: datetime
    what: str
    who: str
    note: str = ""


def moments(subject: Model) -> list[Moment]:
    """The newest acts on a record, newest first."""
    return in_runs(history_of(subject)[:_EVENTS])


def in_runs(events: Iterable[Event]) -> list[Moment]:
    runs = groupby(events, key=lambda event: (event.verb, event.actor_username, event.note, event.at.date()))
    return [_moment(list(run)) for _key, run in runs]


def _moment(run: list[Event]) -> Moment:
    first = run[0]
    what = f"{first.what} ({len(run)})" if len(run) > 1 else first.what
    return Moment(first.at, what, first.who, first.note)

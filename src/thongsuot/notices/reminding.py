"""Reminding of what is due: apps above register where due things come from; a ladder says who hears when.

A reminder is a row that can exist once (user, key of the thing, rung), so that reminding again changes nothing; and a
run looks after every day since the one before, so that days without service lose nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise

from thongsuot.lawbook.reminders import Step, due_between, steps
from thongsuot.notices.actions import Message, keep
from thongsuot.notices.enums import Kind

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """Something open with a due date, and the users who hold it.

    `next_levels`: the users of the level above, then of the one above that. `since`: the day it came to its holders,
    who are not reminded of what lay before. `what` says what is to be done with it. `waits`: somebody else is done and
    waits for the holder. `discreet`: nothing of it may leave by mail.
    """

    key: str
    title: str
    url: str
    due_on: date
    holders: Sequence[int]
    next_levels: Sequence[Sequence[int]] = ()
    since: date | None = None
    what: str | Promise = ""
    waits: bool = False
    discreet: bool = False

    def levels(self) -> list[Sequence[int]]:
        return [self.holders, *self.next_levels]


# What is open and due from the first to the second day, as a stream whose cost grows with these rows alone.
DueSource = Callable[[date, date], Iterable[Due]]

_SOURCES: dict[str, DueSource] = {}


def register_reminders(name: str, source: DueSource) -> None:
    _SOURCES[name] = source


def dues(first: date, last: date) -> Iterator[Due]:
    """From every source: what is open and due between the days."""
    for source in _SOURCES.values():
        yield from source(first, last)


def remind(*, after: date, on: date) -> None:
    """Every rung whose day lies after the one and not after the other. Again for the same days changes nothing."""
    if after >= on:
        return
    keep(_messages(after, on))


def _messages(after: date, on: date) -> Iterator[Message]:
    for due in dues(*due_between(after + _DAY, on)):
        since = max(after, due.since) if due.since else after
        for step in steps(due.due_on):
            if since < step.on <= on:
                yield from _of_step(due, step)


def _of_step(due: Due, step: Step) -> Iterator[Message]:
    """Who holds it and also leads those who do hears once, as holder."""
    told: set[int] = set()
    levels = due.levels()
    for level in sorted(step.levels):
        for user in levels[level] if level < len(levels) else ():
            if user not in told:
                told.add(user)
                yield _message(due, step, user, level)


def _message(due: Due, step: Step, user: int, level: int) -> Message:
    own = Kind.LATE if step.on > due.due_on else Kind.DUE
    return Message(
        user=user,
        kind=Kind.BELOW if level else own,
        key=due.key,
        rung=f"{due.due_on.isoformat()}/{step.code}",  # a due date put off has a ladder of its own
        title=due.title,
        text=due.what,
        url=due.url,
        due_on=due.due_on,
        discreet=due.discreet,
    )

"""Counts of many rows are remembered for a minute: of five thousand, nobody sees whether one came or went just now.

Whoever sees few rows, as a ward does, always gets them counted anew. What is remembered is shared by all processes of
a machine. When the minute is over one of them counts anew, apart from any page, and the pages meanwhile tell what was
counted last: so no page waits for a count that was told before, and however many counts are old, one at a time is made
anew. What takes long to count is counted anew less often, so that counting never takes more than a hundredth of a
processor's time for each count.
"""

import hashlib
import time
from collections.abc import Callable
from threading import Thread

from django.core.cache import caches
from django.db import connection

from thongsuot.web.worded import Rows, Statement, answers

REMEMBERED_FROM = 5_000  # rows
CLOSED_FROM = 500  # of what was closed before today, which hardly changes
FRESH_FOR = 60  # seconds at least
SHARE = 100  # times as long as the count itself took is it told, where that is longer
TOLD_FOR = 600  # seconds at most, where nobody asked for a while
TURN = 60  # seconds one process has for counting anew before another may try
TURN_KEY = "counting-anew"


def counted(
    asked: Statement | None, how_many: Callable[[Rows], int] | None = None, at_least: int | None = None
) -> Rows:
    """What the statement answers, or answered a minute ago where it counted many rows, `how_many` of them."""
    if asked is None:
        return []
    shared, key = caches["counts"], _key(asked)
    kept: tuple[Rows, float] | None = shared.get(key)
    if kept is None:
        began = time.time()
        rows = answers(asked)
        if (how_many or total)(rows) >= (REMEMBERED_FROM if at_least is None else at_least):
            _keep(key, rows, began)
        return rows
    rows, fresh_until = kept
    if time.time() >= fresh_until and shared.add(TURN_KEY, True, TURN):
        _apart(lambda: _anew(key, asked))
    return rows


def _anew(key: str, asked: Statement) -> None:
    began = time.time()
    try:
        _keep(key, answers(asked), began)
    finally:
        caches["counts"].delete(TURN_KEY)


def total(rows: Rows) -> int:
    """Of rows whose last column is a count."""
    return sum(row[-1] for row in rows)


def _key(asked: Statement) -> str:
    return hashlib.sha256(repr((str(connection.settings_dict["NAME"]), asked)).encode()).hexdigest()


def _keep(key: str, rows: Rows, began: float) -> None:
    shared, now = caches["counts"], time.time()
    fresh_for = max(FRESH_FOR, SHARE * (now - began))
    shared.set(key, (rows, now + fresh_for), max(TOLD_FOR, 2 * fresh_for))


def _apart(work: Callable[[], None]) -> None:
    """In a thread with a connection of its own: the page that found the count old need not wait for the new one."""

    def alone() -> None:
        try:
            work()
        finally:
            connection.close()

    Thread(target=alone, daemon=True).start()

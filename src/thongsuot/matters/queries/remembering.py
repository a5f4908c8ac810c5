"""Counts of many rows are remembered for a minute: of five thousand, nobody sees whether one came or went just now.

Whoever sees few rows, as a ward does, always gets them counted anew. What is remembered is shared by all processes of
a machine. When the minute is over one of them counts anew, apart from any page, and the pages meanwhile tell what was
counted last: so no page waits for a count that was told before, and however many counts are old, one at a time is made
anew, on one processor. What takes long to count is counted anew less often, so that counting never takes more than half
a hundredth of a processor's time for each count.
"""

import hashlib
import time
from collections.abc import Callable
from threading import Thread
from typing import NamedTuple

from django.core.cache import caches
from django.db import connection

from thongsuot.web.worded import Rows, Statement, answers


class Memory(NamedTuple):
    """From how many rows on a count is remembered, and for how many seconds at least it is told."""

    at_least: int
    fresh_for: int


OF_MANY = Memory(5_000, 60)
OF_CLOSED = Memory(500, 30 * 60)  # what was closed before today hardly changes
SHARE = 200  # times as long as the count itself took is it told, where that is longer
TOLD_FOR = 600  # seconds at most, where nobody asked for a while
TURN = 60  # seconds one process has for counting anew before another may try
TURN_KEY = "counting-anew"


def counted(
    asked: Statement | None, how_many: Callable[[Rows], int] | None = None, memory: Memory | None = None
) -> Rows:
    """What the statement answers, or answered a minute ago where it counted many rows, `how_many` of them."""
    if asked is None:
        return []
    shared, key, memory = caches["counts"], _key(asked), memory or OF_MANY
    kept: tuple[Rows, float] | None = shared.get(key)
    if kept is None:
        began = time.time()
        rows = answers(asked)
        if (how_many or total)(rows) >= memory.at_least:
            _keep(key, rows, began, memory)
        return rows
    rows, fresh_until = kept
    if time.time() >= fresh_until and shared.add(TURN_KEY, True, TURN):
        _apart(lambda: _anew(key, asked, memory))
    return rows


def _anew(key: str, asked: Statement, memory: Memory) -> None:
    began = time.time()
    try:
        _keep(key, answers(asked), began, memory)
    finally:
        caches["counts"].delete(TURN_KEY)


def total(rows: Rows) -> int:
    """Of rows whose last column is a count."""
    return sum(row[-1] for row in rows)


def _key(asked: Statement) -> str:
    return hashlib.sha256(repr((str(connection.settings_dict["NAME"]), asked)).encode()).hexdigest()


def _keep(key: str, rows: Rows, began: float, memory: Memory) -> None:
    shared, now = caches["counts"], time.time()
    fresh_for = max(memory.fresh_for, SHARE * (now - began))
    shared.set(key, (rows, now + fresh_for), max(TOLD_FOR, 2 * fresh_for))


def _apart(work: Callable[[], None]) -> None:
    """In a thread with a connection of its own: the page that found the count old need not wait for the new one."""

    def alone() -> None:
        try:
            if connection.vendor == "postgresql":  # which would take the processors that pages wait for
                with connection.cursor() as cursor:
                    cursor.execute("SET max_parallel_workers_per_gather = 0")
            work()
        finally:
            connection.close()

    Thread(target=alone, daemon=True).start()

"""Counts of many rows are remembered for a minute: of five thousand, nobody sees whether one came or went just now.

Whoever sees few rows, as a ward does, always gets them counted anew.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Told = TypeVar("Told")

REMEMBERED_FROM = 5_000  # rows
CLOSED_FROM = 500  # of what was closed before today, which hardly changes
REMEMBERED_FOR = 60  # seconds


def remembered(
    what: str,
    rows: QuerySet[Row, Any],
    count: Callable[[QuerySet[Row, Any]], Told],
    rows_in: Callable[[Told], int],
    at_least: int | None = None,
) -> Told:
    """`count(rows)`, or what it told less than a minute ago where it was of many rows; `what` names the counting."""
    try:
        asked = f"{what} {rows.order_by().values('pk').query}"
    except EmptyResultSet:  # nobody could be in it: there is nothing to ask
        return count(rows)
    key = f"counted:{hashlib.sha256(asked.encode()).hexdigest()}"
    known: Told | None = cache.get(key)
    if known is not None:
        return known
    told = count(rows)
    if rows_in(told) >= (REMEMBERED_FROM if at_least is None else at_least):
        cache.set(key, told, REMEMBERED_FOR)
    return told


def total(counts: Mapping[Any, int]) -> int:
    return sum(counts.values())

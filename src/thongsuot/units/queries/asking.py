"""What is asked on page after page is put into SQL once for each mandate, and from then on only asked.

To put a question together and into SQL takes Django longer than the database takes to answer it.
"""

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Count, Model, Q, QuerySet, Value

from thongsuot.units.models import Mandate

Rows = list[tuple[Any, ...]]


class Statement(NamedTuple):
    """`width`: the columns asked for; behind them may stand others by which the rows are sorted."""

    sql: str
    given: tuple[Any, ...]
    width: int


_MOST = 5_000  # statements a process keeps
_worded: dict[Hashable, Statement | None] = {}


def standing_of(by: Mandate) -> Hashable:
    """All of a mandate that says which rows it reaches: with the same, and on the same day, the SQL is the same."""
    unit = by.unit
    place = (by.unit_id, unit.tier, unit.parent_id, tuple(by.inherited), by.body_id)
    return (
        by.pk,
        by.user.username,
        by.role_code,
        by.role.reach,
        by.role.verbs,
        place,
        tuple(by.fields),
        by.deputy_of_id,
    )


def statement(rows: QuerySet[Any, Any]) -> Statement | None:
    """None where nobody could be in it: there is nothing to ask."""
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, given = compiler.as_sql()
    except EmptyResultSet:
        return None
    return Statement(sql, tuple(given), compiler.col_count)


def worded(question: Hashable, rows: Callable[[], QuerySet[Any, Any]]) -> Statement | None:
    """The statement of `rows()`; `question` names it with everything its words depend on."""
    if question not in _worded:
        if len(_worded) >= _MOST:
            _worded.clear()
        _worded[question] = statement(rows())
    return _worded[question]


def answers(asked: Statement | None) -> Rows:
    if asked is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, asked.given)
        return [tuple(row[: asked.width]) for row in cursor.fetchall()]


def numbers(rows: QuerySet[Any], **conditions: Q | None) -> QuerySet[Any, Any]:
    """One row: how many fulfil each condition; None counts all."""
    counts = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    one = rows.order_by().select_related(None).annotate(of_all=Value(1)).values("of_all")
    found: QuerySet[Any, Any] = one.annotate(**counts).values_list(*conditions)
    return found


def how_many(question: Hashable, rows: Callable[[], QuerySet[Model]]) -> int:
    """`rows().count()`, worded once."""
    found = answers(worded(question, lambda: numbers(rows(), total=None)))
    return int(found[0][0]) if found else 0

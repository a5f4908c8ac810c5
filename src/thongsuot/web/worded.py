"""What is asked on page after page is put into SQL once, and from then on only asked.

To put a question together and into SQL takes Django longer than the database takes to answer it.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from copy import copy
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import BigIntegerField, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from thongsuot.web.kept import Kept

Rows = list[tuple[Any, ...]]
Value = int | str | date | datetime
Given = Value | list[int]  # one, or keys of many
R = TypeVar("R")


class Statement(NamedTuple):
    """`width`: the columns asked for; behind them may stand others by which the rows are sorted."""

    sql: str
    given: tuple[Any, ...]
    width: int


def statement(rows: QuerySet[Any, Any]) -> Statement | None:
    """None where nobody could be in it: there is nothing to ask."""
    put = _put_into_sql(rows)
    return None if put is None else Statement(put.sql, put.given, put.compiler.col_count or 0)


class _Put(NamedTuple):
    compiler: SQLCompiler
    sql: str
    given: tuple[Any, ...]


def _put_into_sql(rows: QuerySet[Any, Any]) -> _Put | None:
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, given = compiler.as_sql()
    except EmptyResultSet:
        return None
    return _Put(compiler, sql, tuple(given))


_worded: Kept[Statement | None] = Kept(5_000)


def worded(question: Hashable, rows: Callable[[], QuerySet[Any, Any]]) -> Statement | None:
    """The statement of `rows()`; `question` names it with everything its words depend on, or is None: made anew."""
    return statement(rows()) if question is None else _worded.get(question, lambda: statement(rows()))


def answers(asked: Statement | None) -> Rows:
    if asked is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, asked.given)
        return [tuple(row[: asked.width]) for row in cursor.fetchall()]


def together(asked: Iterable[Statement | None]) -> Statement | None:
    """One after the other, with the same columns, asked at once."""
    parts = [one for one in asked if one is not None]
    if not parts:
        return None
    each = (f"SELECT * FROM ({one.sql}) part{number}" for number, one in enumerate(parts))  # noqa: S608  Django's SQL
    sql = " UNION ALL ".join(each)
    return Statement(sql, tuple(value for one in parts for value in one.given), parts[0].width)


class _Place(NamedTuple):
    """Where a value goes among the parameters; `wrapped_in` is how the database is given a number."""

    name: str
    number: int
    wrapped_in: type[int] | None


class _Read(NamedTuple):
    """A question after rows: how Django reads them, and among its parameters the places of values."""

    rows: QuerySet[Any, Any]
    put: _Put


# Each keeps what Django knows of its columns, some 50 KB.
_read: Kept[_Read | None] = Kept(500)


def asked(question: Hashable, rows: Callable[..., QuerySet[Any, R]], **values: Given) -> list[R]:
    """`list(rows(**values))`, put into SQL once for each `question` and number of values.

    `question` names with everything its words depend on; the values are no part of its words, they are its parameters.
    """
    listed = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
    if any(_is_no_key(value) for value in values.values()):
        return []
    key = (question, *((name, len(them)) for name, them in listed.items()))
    read = _read.get(key, lambda: _with_places(question, rows, values))
    return [] if read is None else list(_with(read, listed))


def _is_no_key(value: Given) -> bool:
    """Such a number comes in an address; no column holds it, and the database would refuse to compare it."""
    return isinstance(value, int) and abs(value) > BigIntegerField.MAX_BIGINT


def _with(read: _Read, values: Mapping[str, Sequence[Value]]) -> QuerySet[Any, Any]:
    """The rows, which Django reads as ever, but for the SQL it need not make."""
    compiler, rows = copy(read.put.compiler), read.rows.all()
    given = tuple(_value(one, values) if isinstance(one, _Place) else one for one in read.put.given)
    compiler.connection = connections[DEFAULT_DB_ALIAS]
    compiler.as_sql = lambda *_, **__: (read.put.sql, given)  # type: ignore[method-assign]
    rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
    return rows


def _value(place: _Place, values: Mapping[str, Sequence[Value]]) -> Any:
    value = _adapted(values[place.name][place.number])
    return place.wrapped_in(value) if place.wrapped_in else value


def _adapted(value: Value) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _with_places(
    question: Hashable, rows: Callable[..., QuerySet[Any, Any]], values: Mapping[str, Given]
) -> _Read | None:
    """Asked with marks instead of the values; where they come out are the places."""
    places: dict[Any, tuple[str, int]] = {}

    def mark(name: str, number: int, value: Value) -> Value:
        own = _mark(value, len(places) + 1)
        places[_adapted(own)] = (name, number)
        return own

    marks = {
        name: [mark(name, number, one) for number, one in enumerate(value)]
        if isinstance(value, list)
        else mark(name, 0, value)
        for name, value in values.items()
    }
    found = rows(**marks)
    put = _put_into_sql(found)
    if put is None:
        return None
    placed = tuple(_placed(one, places) for one in put.given)
    if lost := set(places.values()) - {one[:2] for one in placed if isinstance(one, _Place)}:
        raise ValueError(f"{question}: not among the parameters of its SQL: {sorted(lost)}")
    return _Read(found, put._replace(given=placed))


def _mark(value: Value, number: int) -> Value:
    """A value of the same kind that no row has and no other place."""
    if isinstance(value, datetime):
        return datetime(1801, 1, 1, tzinfo=UTC) + timedelta(days=number)
    if isinstance(value, date):
        return date(1801, 1, 1) + timedelta(days=number)
    return f"the value of place {number}" if isinstance(value, str) else 2_000_000_000 + number


def _placed(given: Any, places: Mapping[Any, tuple[str, int]]) -> Any:
    if not isinstance(given, str | int | date) or given not in places:
        return given
    name, number = places[given]
    wrapped_in = type(given) if isinstance(given, int) and type(given) is not int else None
    return _Place(name, number, wrapped_in)

"""Sums of decimals that stay decimals.

PostgreSQL adds NUMERIC exactly. SQLite adds floats, where 0.1 + 0.2 is not 0.3 and the order of the rows shows; there a
function of ours adds them, reading each number as Django reads it from the column.
"""

from decimal import Context, Decimal
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, DecimalField

_AS_READ = Context(prec=15)


class ExactDecimalField(DecimalField[Decimal | None, Decimal | None]):
    """Taken as it comes: Django would round what SQLite gives to fifteen figures."""

    def get_internal_type(self) -> str:
        return "ExactDecimalField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


class ExactSum(Aggregate):
    """None where there is nothing to add."""

    function = "SUM"
    arity = 1

    def __init__(self, expression: Any, **extra: Any) -> None:
        extra.setdefault("output_field", ExactDecimalField(max_digits=40, decimal_places=6))
        super().__init__(expression, **extra)

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, function=self.name_on(connection), **extra)

    @staticmethod
    def name_on(connection: BaseDatabaseWrapper) -> str:
        """What the function is called there, for a statement written out."""
        if connection.vendor != "sqlite":
            return "SUM"
        connection.ensure_connection()
        connection.connection.create_aggregate("exact_sum", 1, _Adding)
        return "exact_sum"

    @staticmethod
    def read(given: Decimal | float | int | str | None) -> Decimal | None:
        """A number of such a statement, as Django reads one from a column."""
        if given is None or isinstance(given, Decimal):
            return given
        return _read(given)


class _Adding:
    def __init__(self) -> None:
        self.total: Decimal | None = None

    def step(self, value: float | int | str | None) -> None:
        if value is not None:
            number = _read(value)
            self.total = number if self.total is None else self.total + number

    def finalize(self) -> str | None:
        return None if self.total is None else str(self.total)


def _read(value: float | int | str) -> Decimal:
    if isinstance(value, str):  # a sum of ours, handed on from one statement to the next
        return Decimal(value)
    return _AS_READ.create_decimal_from_float(value)

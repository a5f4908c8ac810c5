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
        connection.ensure_connection()
        connection.connection.create_aggregate("exact_sum", 1, _Adding)
        return super().as_sql(compiler, connection, function="exact_sum", **extra)


class _Adding:
    def __init__(self) -> None:
        self.total: Decimal | None = None

    def step(self, value: float | int | str | None) -> None:
        if value is not None:
            number = (
                _AS_READ.create_decimal_from_float(value)
                if isinstance(value, float | int)
                else Decimal(value)
            )
            self.total = number if self.total is None else self.total + number

    def finalize(self) -> str | None:
        return None if self.total is None else str(self.total)

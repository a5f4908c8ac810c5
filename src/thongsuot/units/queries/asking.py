"""What a question about rows in reach depends on, and counts of several things at once."""

from collections.abc import Callable, Hashable
from typing import Any

from django.db.models import Count, Model, Q, QuerySet, Value

from thongsuot.units.models import Mandate
from thongsuot.web.worded import answers, worded


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


def numbers(rows: QuerySet[Any], of: str = "pk", **conditions: Q | None) -> QuerySet[Any, Any]:
    """One row: how many fulfil each condition; None counts all. `of` is what several rows may be about."""
    counts = {
        name: Count(of, filter=condition, distinct=of != "pk") for name, condition in conditions.items()
    }
    one = rows.order_by().select_related(None).annotate(of_all=Value(1)).values("of_all")
    found: QuerySet[Any, Any] = one.annotate(**counts).values_list(*conditions)
    return found


def how_many(question: Hashable, rows: Callable[[], QuerySet[Model]], of: str = "pk") -> int:
    """`rows().count()`, worded once; or how many different ones the rows are about (`of`)."""
    found = answers(worded(question, lambda: numbers(rows(), of, total=None)))
    return int(found[0][0]) if found else 0

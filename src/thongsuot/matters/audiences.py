"""Whom an order may go to by one name: groups of units that apps above keep, such as those of a working group."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from thongsuot.units.models import Mandate


@dataclass(frozen=True, slots=True)
class Audience:
    """`key` stays the same from page to page; `units` are keys of units."""

    key: str
    label: str
    units: frozenset[int]


AudienceQuery = Callable[[Mandate], Iterable[Audience]]

_QUERIES: list[AudienceQuery] = []


def register_audiences(query: AudienceQuery) -> None:
    if query not in _QUERIES:
        _QUERIES.append(query)


def audiences(by: Mandate) -> list[Audience]:
    return [audience for query in _QUERIES for audience in query(by) if audience.units]

"""A register of notes, made of units, whose content each test sets: finding knows no domain, nor do its tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from thongsuot.finding import kinds as registry
from thongsuot.finding.actions import index
from thongsuot.finding.kinds import Content, Kind, register_kind
from thongsuot.finding.queries import Group, search
from thongsuot.units.models import UNRECORDED, Unit

DAY = date(2025, 10, 30)


@dataclass
class Notes:
    """Rows of a table that is at hand; `visible` are the keys the searching mandate may see, None for all."""

    kind: str = "note"
    contents: dict[int, Content] = field(default_factory=dict)
    visible: set[int] | None = None
    bounds: tuple[tuple[str, ...], ...] = ()

    def add(self, text: str = "", **more: Any) -> int:
        unit = Unit.objects.create(
            code=f"N{len(self.contents)}{self.kind}"[:10],
            tier="commune",
            kind="xã",
            name="Một",
            valid_from=UNRECORDED,
        )
        self.put(unit.pk, text, **more)
        return unit.pk

    def put(self, key: int, text: str = "", **more: Any) -> None:
        self.contents[key] = Content(**{"text": text, "day": DAY, **more})
        index(self.kind, key)

    def found(self, typed: str, **more: Any) -> list[int]:
        return [hit.key for group in self.groups(typed, **more) for hit in group.hits]

    def groups(self, typed: str, **more: Any) -> list[Group]:
        return search(self, typed, kinds=[self.kind], **more)

    def rows(self) -> QuerySet[Unit]:
        return Unit.objects.filter(pk__in=self.contents)

    def bounds_of(self, by: Any) -> tuple[tuple[str, ...], ...]:
        return self.bounds

    def seen(self, by: Any) -> QuerySet[Unit]:
        return self.rows() if self.visible is None else Unit.objects.filter(pk__in=self.visible)


@contextmanager
def notes(kind: str = "note", *, titled: bool = True, order: int = 90) -> Iterator[Notes]:
    made = Notes(kind)
    register_kind(
        Kind(
            code=kind,
            label="Ghi chép",
            icon="note",
            rows=made.rows,
            content=lambda row: made.contents[row.pk],
            scope=made.seen,
            bounds=made.bounds_of,
            url=lambda entry: f"/ghi-chep/{entry.key}/",
            order=order,
            titled=titled,
        )
    )
    try:
        yield made
    finally:
        del registry._KINDS[kind]

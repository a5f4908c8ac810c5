"""Frames, ceilings and workload as the list has them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from thongsuot.staffing.actions.bulk.books import Books
from thongsuot.staffing.importing.content import UnitStaff
from thongsuot.staffing.models import Frame, Quota, Workload
from thongsuot.units.queries import holding_on


def write_places(content: UnitStaff, books: Books) -> None:
    unit, on = books.unit, books.on
    if content.frames is not None:
        rows = Frame.objects.filter(holding_on(on), unit=unit).select_related("position")
        there = {frame.position.code: frame for frame in rows}
        fresh = _dated(there, content.frames, "places", on)
        Frame.objects.bulk_create(
            Frame(unit=unit, position=books.positions[code], places=places, basis=books.basis, valid_from=on)
            for code, places in fresh.items()
        )
    if content.quotas is not None:
        quotas = {quota.block: quota for quota in Quota.objects.filter(holding_on(on), unit=unit)}
        fresh = _dated(quotas, content.quotas, "posts", on)
        Quota.objects.bulk_create(
            Quota(unit=unit, block=block, posts=posts, basis=books.basis, valid_from=on)
            for block, posts in fresh.items()
        )
    if content.workload:
        row = content.workload
        Workload.objects.update_or_create(
            unit=unit,
            on=on,
            defaults={
                "population": row.population,
                "dossiers": row.dossiers,
                "upland": row.upland,
                "source": row.source,
            },
        )


def _dated(there: Mapping[str, Any], wanted: Mapping[str, int], name: str, on: date) -> dict[str, int]:
    """End the rows whose number changes, mend those that began that very day; gives what is to begin."""
    fresh: dict[str, int] = {}
    for key in there.keys() | wanted.keys():
        row, number = there.get(key), wanted.get(key, 0)
        if row is None:
            if number:
                fresh[key] = number
        elif getattr(row, name) != number:
            if row.valid_from == on:
                setattr(row, name, number)
            else:
                row.valid_to = on
                if number:
                    fresh[key] = number
            row.version += 1
            row.save(update_fields=[name, "valid_to", "version"])
    return fresh

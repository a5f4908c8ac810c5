"""From where a matter is seen.

A matter lies in one province (`province`), whose mandates see it by that column alone. Every other unit that sees it
has a row of its own (MatterUnit); and where that unit is of another province, so has that province.
"""

from collections.abc import Iterable, Sequence

from thongsuot.matters.models import Matter, MatterUnit
from thongsuot.units.models import Unit


def province_of(unit: Unit | None) -> Unit | None:
    return (unit.parent or unit) if unit else None


def see_from(matters: Sequence[Matter], units: Iterable[Unit]) -> None:
    """Let these units see the matters, where they do not already."""
    MatterUnit.objects.bulk_create(
        [
            MatterUnit(matter_id=matter.pk, unit_id=place, named=False)
            for matter in matters
            for place in sorted(_places(matter, units) - {matter.province_id})
        ],
        ignore_conflicts=True,
    )


def see_from_named(matter: Matter, units: Sequence[Unit]) -> None:
    """Its own units; and, where none of them took part in what it came out of, all that did: they heard it said."""
    named = {unit.pk for unit in units}
    present = list(matter.origin.units.all())
    MatterUnit.objects.bulk_create(MatterUnit(matter_id=matter.pk, unit_id=pk) for pk in sorted(named))
    heard = [] if named & {unit.pk for unit in present} else present
    see_from([matter], [*units, *heard])


def _places(matter: Matter, units: Iterable[Unit]) -> set[int]:
    """The units, and the provinces of those that are not of the matter's own."""
    places = set()
    for unit in units:
        places.add(unit.pk)
        if unit.parent_id and unit.parent_id != matter.province_id:
            places.add(unit.parent_id)
    return places

"""The staff of every unit of the demonstration's city, as it would stand in its workbook."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from thongsuot.lawbook.positions import positions
from thongsuot.site.demo.staffing.people import (
    SINCE,
    Lives,
    Point,
    combine,
    departments,
    put_forward,
    send,
    staff,
)
from thongsuot.site.demo.staffing.places import Figures, Place, draw
from thongsuot.site.demo.words import written
from thongsuot.staffing.enums import Block
from thongsuot.staffing.importing.content import PersonRow, UnitStaff, WorkloadRow

BASIS = "Minh họa: người giả định trên tổng số đã công bố"
INVENTED = "Minh họa: số giả định"


@dataclass(frozen=True, slots=True)
class CityStaff:
    """Those on secondment stand both in the list of their department and in that of a ward."""

    departments: UnitStaff
    wards: Sequence[UnitStaff]
    figures: Sequence[Figures]


def write(
    city: str, units: Sequence[Place], points: Mapping[str, Point], on: date, chance: Random
) -> CityStaff:
    shares = written("staffing")["people"]
    units = sorted(units, key=lambda one: one.code)
    figures = draw(units, chance)
    lives = Lives(units, points, on, chance)
    of_unit = staff(figures, lives)
    of_departments = departments(city, len(units), lives)
    combine(of_unit, figures, lives, shares["combined_posts"])
    of_departments = send(of_departments, of_unit, figures, city, lives)
    for unit, people in put_forward(units, lives).items():
        of_unit[unit] += people
    above = Counter(row.posts[0].position for row in of_departments)
    return CityStaff(
        UnitStaff(
            city, SINCE, of_departments, dict(above), {Block.DEPARTMENT: len(of_departments)}, basis=BASIS
        ),
        [_ward(one, of_unit[one.place.code]) for one in figures],
        figures,
    )


def _ward(one: Figures, people: Sequence[PersonRow]) -> UnitStaff:
    """The bodies of the other blocks have as many places as people: who is put forward leaves one behind."""
    listed = positions()
    frames = dict(one.places)
    quotas = {Block.GOVERNMENT.value: one.assigned}
    for position, many in sorted(Counter(row.posts[0].position for row in people).items()):
        if listed[position].block != Block.GOVERNMENT:
            frames[position] = many
            quotas[listed[position].block] = quotas.get(listed[position].block, 0) + many
    load = WorkloadRow(one.population, one.dossiers, source=INVENTED)
    return UnitStaff(one.place.code, SINCE, people, frames, quotas, load, BASIS)

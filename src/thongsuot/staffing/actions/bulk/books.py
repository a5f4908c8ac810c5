"""What the codes and numbers of a list stand for, looked up once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from thongsuot.staffing.importing.content import UnitStaff
from thongsuot.staffing.models import Holding, Person, Position
from thongsuot.staffing.queries import positions_on
from thongsuot.units.models import Unit
from thongsuot.units.queries import holding_on


@dataclass(slots=True)
class Books:
    """What codes and numbers of the list stand for."""

    unit: Unit
    on: date
    positions: Mapping[str, Position]
    units: Mapping[str, Unit]
    people: dict[str, Person]
    basis: str
    held: dict[int, list[Holding]] = field(default_factory=dict)


def books_of(unit: Unit, content: UnitStaff, basis: str) -> Books:
    codes = {post.payroll for _person, post in content.posts} | {one.origin for one in content.people}
    codes |= {wish for person in content.people for wish in person.wishes or ()}
    units = Unit.objects.filter(holding_on(content.on), code__in=codes - {"", None})
    people = Person.objects.select_for_update().filter(number__in=[one.number for one in content.people])
    return Books(
        unit,
        content.on,
        positions_on(content.on),
        {one.code: one for one in units},
        {person.number: person for person in people},
        basis,
    )

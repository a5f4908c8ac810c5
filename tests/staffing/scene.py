"""A list of a unit's staff, made short."""

from dataclasses import replace
from datetime import date
from typing import Any

from thongsuot.audit.actors import SYSTEM
from thongsuot.staffing.actions import load_positions
from thongsuot.staffing.importing.content import PersonRow, PostRow, QualificationRow, UnitStaff
from thongsuot.units.models import Unit

ON = date(2025, 12, 4)


def catalogue() -> None:
    load_positions(by=SYSTEM)


def row(number: str, position: str = "VP01", **more: Any) -> PersonRow:
    told = PersonRow(
        number=number,
        full_name=f"Nguyễn Giả Định {number}",
        category="civil-servant",
        sex="female",
        born_on=date(1985, 3, 2),
        posts=(PostRow(position, since=date(2025, 7, 1)),),
        qualifications=(QualificationRow("bachelor", "Luật"),),
    )
    return replace(told, **more)


def listed(unit: Unit, *people: PersonRow, **more: Any) -> UnitStaff:
    told = {"frames": {"VP01": 2, "VP02": 1}, "quotas": {"government": 40}, **more}
    return UnitStaff(unit.code, told.pop("on", ON), people, **told)

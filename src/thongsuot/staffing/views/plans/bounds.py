"""Conditions about people in words: units and positions by name, people by name for those who may see names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.staffing.models import Person, Plan
from thongsuot.staffing.views.plans.frame import positions_of, units_of


@dataclass(frozen=True, slots=True)
class Names:
    """By number of the file, code of the unit, code of the position."""

    people: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    positions: Mapping[str, str] = field(default_factory=dict)

    def pin(self, one: Mapping[str, str]) -> str:
        return _("Ghim %(person)s vào %(position)s, %(unit)s") % self._of(one)

    def forbid(self, one: Mapping[str, str]) -> str:
        if not one.get("position"):
            return _("Không xếp %(person)s về %(unit)s") % self._of(one)
        return _("Không xếp %(person)s vào %(position)s, %(unit)s") % self._of(one)

    def refused(self, one: Mapping[str, Any]) -> str:
        if one["keeps"]:
            return _("Không xếp %(person)s ra khỏi %(unit)s") % self._of(one)
        return self.forbid(one)

    def cap(self, unit: str, most: int) -> str:
        return ngettext(
            "%(unit)s cho đi nhiều nhất %(count)s người", "%(unit)s cho đi nhiều nhất %(count)s người", most
        ) % {
            "unit": self.units.get(unit, unit),
            "count": most,
        }

    def _of(self, one: Mapping[str, str]) -> dict[str, str]:
        position = one.get("position") or ""
        return {
            "person": self.people.get(one["person"], one["person"]),
            "unit": self.units.get(one["unit"], one["unit"]),
            "position": self.positions.get(position, position),
        }


def names_for(plan: Plan, bounds: Iterable[Mapping[str, Any]], *, named: bool) -> Names:
    numbers = {one["person"] for one in bounds}
    if not numbers and not plan.rules["caps"]:
        return Names()
    rows = Person.objects.filter(number__in=numbers).values_list("number", "full_name") if named else ()
    return Names(
        {number: f"{name} ({number})" for number, name in rows},
        {unit.code: str(unit) for unit in units_of(plan)},
        {one.code: one.brief for one in positions_of(plan)},
    )


@dataclass(frozen=True, slots=True)
class BoundLine:
    icon: str
    words: str
    why: str
    by: str
    url: str = ""


def bound_lines(plan: Plan, *, named: bool) -> list[BoundLine]:
    """The conditions of the office, then what was refused in transfer files before."""
    refused = plan.findings.get("refused", ())
    names = names_for(plan, [*plan.pins, *plan.forbids, *refused], named=named)
    pins = [BoundLine("pin", names.pin(one), one["why"], one["by"]) for one in plan.pins]
    forbids = [BoundLine("ban", names.forbid(one), one["why"], one["by"]) for one in plan.forbids]
    said = [BoundLine("ban", names.refused(one), _refused(one), one["by"], one["url"]) for one in refused]
    return [*pins, *forbids, *said]


def _refused(one: Mapping[str, Any]) -> str:
    on = date.fromisoformat(one["on"])
    return _("đã từ chối ngày %(on)s, hồ sơ %(file)s") % {"on": f"{on:%d-%m-%Y}", "file": one["file"]}

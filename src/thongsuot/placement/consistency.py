"""Whether the parts of a problem agree: codes that exist, nothing twice, nothing below zero."""

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from thongsuot.placement.faults import Faults
from thongsuot.placement.problem import BLOCKS, LEVELS, STAGES

MOST_WEIGHT = 10_000
MOST_PLACES = 1_000_000

Parts = Mapping[str, list[tuple[int, Any]]]


def consistent(found: Faults, parts: Parts) -> None:
    """Add every fault of the parts, each a list of (index in the file, item), to `found`."""
    codes = _Codes(parts)
    _twice(found, "units", "code", parts["units"], lambda one: one.code)
    _twice(found, "positions", "code", parts["positions"], lambda one: one.code)
    _twice(found, "frames", "", parts["frames"], lambda one: (one.unit, one.position))
    _twice(found, "people", "id", parts["people"], lambda one: one.id)
    for index, unit in parts["units"]:
        _unit(found, f"units[{index}]", unit)
    for index, position in parts["positions"]:
        _position(found, f"positions[{index}]", position)
    for index, frame in parts["frames"]:
        codes.unit(found, f"frames[{index}].unit", frame.unit)
        codes.position(found, f"frames[{index}].position", frame.position)
        _whole(found, f"frames[{index}].places", frame.places, MOST_PLACES)
    for index, person in parts["people"]:
        _person(found, f"people[{index}]", person, codes)
    for _, rules in parts["rules"]:
        _max_km(found, rules.max_km)
    for name in ("pins", "previous", "agreed", "forbids"):
        for index, one in parts[name]:
            if one is not None:
                codes.place(found, f"{name}[{index}]", one)
    _optional(found, parts, codes)


def places_known(found: Faults, problem: Any, bonds: Parts) -> None:
    """Faults of pins, forbids or previous moves that name what the problem does not have."""
    codes = _Codes(
        {name: list(enumerate(getattr(problem, name))) for name in ("units", "positions", "people")}
    )
    for name, items in bonds.items():
        for index, one in items:
            if one is not None:
                codes.place(found, f"{name}[{index}]", one)


class _Codes:
    def __init__(self, parts: Parts) -> None:
        self.units = {one.code for _, one in parts["units"]}
        self.areas = {one.area for _, one in parts["units"] if one.area}
        self.positions = {one.code for _, one in parts["positions"]}
        self.people = {one.id for _, one in parts["people"]}

    def unit(self, found: Faults, path: str, code: str) -> None:
        if code not in self.units:
            found.add(
                path, f"không có đơn vị mã «{code}» trong units", f"no unit with code '{code}' in units"
            )

    def position(self, found: Faults, path: str, code: str) -> None:
        if code not in self.positions:
            found.add(
                path,
                f"không có vị trí việc làm mã «{code}» trong positions",
                f"no position with code '{code}' in positions",
            )

    def person(self, found: Faults, path: str, code: str) -> None:
        if code not in self.people:
            found.add(
                path, f"không có người mã «{code}» trong people", f"no person with id '{code}' in people"
            )

    def place(self, found: Faults, path: str, one: Any) -> None:
        self.person(found, f"{path}.person", one.person)
        self.unit(found, f"{path}.unit", one.unit)
        if one.position is not None:
            self.position(found, f"{path}.position", one.position)


def _twice(found: Faults, name: str, leaf: str, items: list[tuple[int, Any]], key: Any) -> None:
    first: dict[object, int] = {}
    for index, one in items:
        before = first.setdefault(key(one), index)
        if before != index:
            path = f"{name}[{index}]" + (f".{leaf}" if leaf else "")
            what = key(one) if isinstance(key(one), str) else " / ".join(key(one))
            found.add(
                path,
                f"«{what}» đã có ở {name}[{before}]; mỗi mã chỉ ghi một lần",
                f"'{what}' already stands at {name}[{before}]; write each only once",
            )


def _whole(found: Faults, path: str, number: int, most: int) -> None:
    if not 0 <= number <= most:
        found.add(
            path,
            f"phải là số nguyên từ 0 đến {most}, không phải {number}",
            f"must be a whole number from 0 to {most}, not {number}",
        )


def _within(found: Faults, path: str, number: float, most: float, vi: str, en: str) -> None:
    if not (math.isfinite(number) and -most <= number <= most):
        found.add(
            path,
            f"{vi} phải từ -{most:g} đến {most:g}, không phải {number}",
            f"{en} must be from -{most:g} to {most:g}, not {number}",
        )


def _unit(found: Faults, path: str, unit: Any) -> None:
    _within(found, f"{path}.lat", unit.lat, 90, "vĩ độ", "latitude")
    _within(found, f"{path}.lon", unit.lon, 180, "kinh độ", "longitude")
    for name in ("quota", "max_departures"):
        if (number := getattr(unit, name)) is not None:
            _whole(found, f"{path}.{name}", number, MOST_PLACES)


def _position(found: Faults, path: str, position: Any) -> None:
    _whole(found, f"{path}.weight", position.weight, MOST_WEIGHT)
    _one_of(found, f"{path}.block", position.block, BLOCKS)


def _one_of(found: Faults, path: str, value: str, allowed: Iterable[str]) -> None:
    if value not in allowed:
        listed = ", ".join(allowed)
        found.add(path, f"«{value}» không thuộc: {listed}", f"'{value}' is not one of: {listed}")


def _person(found: Faults, path: str, person: Any, codes: _Codes) -> None:
    codes.unit(found, f"{path}.unit", person.unit)
    if person.position is not None:
        codes.position(found, f"{path}.position", person.position)
    _one_of(found, f"{path}.block", person.block, BLOCKS)
    for code, level in person.fits.items():
        codes.position(found, f"{path}.fits.{code}", code)
        _one_of(found, f"{path}.fits.{code}", level, LEVELS)
    if person.origin is not None and person.origin not in codes.areas:
        codes.unit(found, f"{path}.origin", person.origin)
    for index, code in enumerate(person.prefers):
        codes.unit(found, f"{path}.prefers[{index}]", code)
    if isinstance(person.home, tuple):
        _within(found, f"{path}.home.lat", person.home[0], 90, "vĩ độ", "latitude")
        _within(found, f"{path}.home.lon", person.home[1], 180, "kinh độ", "longitude")


def _max_km(found: Faults, kilometres: float | None) -> None:
    if kilometres is not None and not (math.isfinite(kilometres) and kilometres >= 0):
        found.add(
            "rules.max_km",
            f"khoảng cách tối đa không được âm, không phải {kilometres}",
            f"the greatest distance cannot be negative, not {kilometres}",
        )


def _optional(found: Faults, parts: Parts, codes: _Codes) -> None:
    for _, on in parts["on"]:
        _day(found, on)
    for index, stage in parts["stages"]:
        _one_of(found, f"stages[{index}]", stage, STAGES)
    for index, limit in parts["limits"]:
        if limit.unit is not None:
            codes.unit(found, f"limits[{index}].unit", limit.unit)
        for number, code in enumerate(limit.positions):
            codes.position(found, f"limits[{index}].positions[{number}]", code)
        _whole(found, f"limits[{index}].most", limit.most, MOST_PLACES)
    _overlapping(found, parts["limits"])
    for index, pair in parts["relatives"]:
        for number, person in enumerate(pair.people):
            codes.person(found, f"relatives[{index}].people[{number}]", person)
        if pair.people[0] == pair.people[1]:
            found.add(
                f"relatives[{index}].people", "hai người phải khác nhau", "the two must be different people"
            )
        for number, code in enumerate(pair.positions):
            codes.position(found, f"relatives[{index}].positions[{number}]", code)


def _day(found: Faults, on: str | None) -> None:
    try:
        if on is not None:
            date.fromisoformat(on)
    except ValueError:
        found.add("on", f"ngày viết dạng 2025-12-04, không phải «{on}»", f"a date as 2025-12-04, not '{on}'")


def _overlapping(found: Faults, limits: list[tuple[int, Any]]) -> None:
    """Two limits of one unit may not share a position: the groups must be apart for the proof by flow to hold."""
    for place, (index, limit) in enumerate(limits):
        for before, other in limits[:place]:
            shared = sorted({*limit.positions} & {*other.positions})
            if shared and (limit.unit is None or other.unit is None or limit.unit == other.unit):
                found.add(
                    f"limits[{index}].positions",
                    f"vị trí «{shared[0]}» đã nằm trong limits[{before}]; các nhóm không được chồng nhau",
                    f"position '{shared[0]}' is already in limits[{before}]; groups may not overlap",
                )

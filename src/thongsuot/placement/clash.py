"""Why nothing can be done: the smallest set of pins, forbids and rules that cannot all hold.

Clashes of two are read off directly. Larger ones are found by leaving out one bond after another while the rest still
clashes; few bonds are then tried in every combination, so that the set is proven smallest. Places, qualifications,
locks and distances always hold; the rules that can be part of a clash by themselves are those of `BENDING`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np

from thongsuot.placement.board import Board
from thongsuot.placement.branching import TimeIsUp, whole
from thongsuot.placement.distance import kilometres
from thongsuot.placement.flow import Infeasible
from thongsuot.placement.network import Network
from thongsuot.placement.plan import Clash
from thongsuot.placement.pricing import priced
from thongsuot.placement.problem import STAGES, Forbid, Person, Pin, Problem
from thongsuot.placement.programme import Bounds
from thongsuot.placement.reasons import Reason
from thongsuot.placement.sides import side_rows

BENDING = ("keep_cover", "quota", "max_departures", "limits", "relatives")
FEW = 12  # bonds of which every combination is tried

Bond = Pin | Forbid | str

ONE_TRIAL = 30.0  # seconds to show whether some of the bonds hold together


def clash_of(problem: Problem, left: Callable[[], float]) -> Clash:
    """The clash of a problem that no plan solves. `left()` bounds the search in seconds; a set found by then is still
    a clash, but not called smallest."""
    two = min(_pairs(problem), key=lambda one: len(one.pins) + len(one.forbids), default=None)
    if two is not None:
        return two
    bonds: list[Bond] = [
        *problem.bound_to,
        *problem.forbids,
        *(rule for rule in BENDING if _has(problem, rule)),
    ]
    counted = min(_counted(problem), key=lambda one: len(one.pins), default=None)
    if counted is not None and len(bonds) > FEW:
        return counted
    few, whole_search = _filtered(problem, bonds, left)
    smallest = whole_search and _smaller(problem, bonds, few, left)
    chosen = smallest if isinstance(smallest, list) else few
    for one in _counted(problem):
        if len(one.pins) + len(one.rules) <= len(chosen) + 1 and {*one.pins} >= {*_of(chosen, Pin)}:
            return replace(one, smallest=smallest is not False)
    return _told(chosen, proven=smallest is not False)


def _of(bonds: Iterable[Bond], kind: type) -> tuple[Any, ...]:
    return tuple(bond for bond in bonds if isinstance(bond, kind))


def _told(bonds: list[Bond], *, proven: bool) -> Clash:
    pins, forbids, rules = _of(bonds, Pin), _of(bonds, Forbid), _of(bonds, str)
    values = {"pins": len(pins), "forbids": len(forbids), "rules": ", ".join(("places", *rules))}
    return Clash(pins, forbids, ("places", *rules), proven, (Reason("clash.together", values),))


# --- clashes of two ---------------------------------------------------------------------------------------


def _pairs(problem: Problem) -> Iterator[Clash]:
    people = {person.id: person for person in problem.people}
    first: dict[str, Pin] = {}
    for pin in problem.bound_to:
        before = first.setdefault(pin.person, pin)
        if before != pin:
            yield Clash((before, pin), (), (), True, (Reason("clash.two_places", {"person": pin.person}),))
        for one in problem.forbids:
            if one.person == pin.person and one.unit == pin.unit and one.position in (None, pin.position):
                values = {"person": pin.person, "unit": pin.unit}
                yield Clash((pin,), (one,), (), True, (Reason("clash.forbidden", values),))
        for rule, reason in _alone(problem, pin, people[pin.person]):
            yield Clash((pin,), (), (rule,), True, (reason,))


def _alone(problem: Problem, pin: Pin, person: Person) -> Iterator[tuple[str, Reason]]:
    """Rules that a pin breaks all by itself."""
    places = {(frame.unit, frame.position): frame.places for frame in problem.frames}
    names = {"person": pin.person, "unit": pin.unit, "position": pin.position}
    if not places.get((pin.unit, pin.position)):
        yield "places", Reason("clash.places", {**names, "places": 0, "pins": 1})
    if (pin.unit, pin.position) == (person.unit, person.position):
        return
    if person.locked:
        yield "locked", Reason("clash.locked", {**names, "lock": person.locked})
    if pin.position not in person.fits:
        yield "fits", Reason("clash.fits", names)
    elif _stage(problem, pin, person) not in problem.stages:
        yield "stages", Reason("clash.stages", names)
    units = {unit.code: unit for unit in problem.units}
    here, there = units[person.unit], units[pin.unit]
    km, limit = kilometres(here.lat, here.lon, there.lat, there.lon), problem.rules.max_km
    if (
        here is not there
        and limit is not None
        and km > limit
        and person.origin not in (there.code, there.area)
    ):
        yield "max_km", Reason("clash.max_km", {**names, "km": f"{km:.1f}", "limit": f"{limit:g}"})
    if here is not there and there is not None and here.max_departures == 0:
        yield "max_departures", Reason("clash.max_departures", {"unit": here.code, "cap": 0, "pins": 1})


def _stage(problem: Problem, pin: Pin, person: Person) -> str:
    block = next(position.block for position in problem.positions if position.code == pin.position)
    if person.fits.get(pin.position) == "training":
        return STAGES[4]
    if person.block == "department":
        return STAGES[3]
    if person.block != block:
        return STAGES[2]
    return STAGES[0] if pin.unit == person.unit else STAGES[1]


# --- clashes that counting shows --------------------------------------------------------------------------


def _counted(problem: Problem) -> Iterator[Clash]:
    """More pins than places, more pins away than a unit may let go."""
    places = {(frame.unit, frame.position): frame.places for frame in problem.frames}
    home = {person.id: person.unit for person in problem.people}
    caps = {unit.code: unit.max_departures for unit in problem.units}
    wanted = Counter((pin.unit, pin.position) for pin in problem.bound_to)
    for (unit, position), count in sorted(wanted.items()):
        most = places.get((unit, position), 0)
        if count > most:
            pins = [pin for pin in problem.bound_to if (pin.unit, pin.position) == (unit, position)][
                : most + 1
            ]
            values = {"unit": unit, "position": position, "places": most, "pins": count}
            yield Clash(tuple(pins), (), ("places",), False, (Reason("clash.places", values),))
    gone = Counter(home[pin.person] for pin in problem.bound_to if pin.unit != home[pin.person])
    for unit, count in sorted(gone.items()):
        cap = caps[unit]
        if cap is not None and count > cap:
            away = [pin for pin in problem.bound_to if home[pin.person] == unit and pin.unit != unit][
                : cap + 1
            ]
            values = {"unit": unit, "cap": cap, "pins": count}
            yield Clash(
                tuple(away), (), ("max_departures",), False, (Reason("clash.max_departures", values),)
            )


# --- all others -------------------------------------------------------------------------------------------


def _has(problem: Problem, rule: str) -> bool:
    return {
        "keep_cover": problem.rules.keep_cover,
        "quota": any(unit.quota is not None for unit in problem.units),
        "max_departures": any(unit.max_departures is not None for unit in problem.units),
        "limits": bool(problem.limits),
        "relatives": bool(problem.relatives),
    }[rule]


def holds(problem: Problem, bonds: Iterable[Bond]) -> bool:
    """Whether some plan obeys these bonds and the rules that always hold."""
    kept = list(bonds)
    units = tuple(
        replace(
            unit,
            quota=unit.quota if "quota" in kept else None,
            max_departures=unit.max_departures if "max_departures" in kept else None,
        )
        for unit in problem.units
    )
    loosened = replace(
        problem,
        units=units,
        pins=_of(kept, Pin),
        agreed=(),
        forbids=_of(kept, Forbid),
        rules=replace(problem.rules, keep_cover="keep_cover" in kept),
        limits=problem.limits if "limits" in kept else (),
        relatives=problem.relatives if "relatives" in kept else (),
    )
    network = Network(Board(loosened), loosened.pins, loosened.forbids)
    return _feasible(network)


def _feasible(network: Network) -> bool:
    arcs, rows = network.arcs, side_rows(network)
    nothing = np.zeros(len(arcs), dtype=np.int64)
    bounds = Bounds(arcs.lower, arcs.upper)
    try:
        if priced(network, nothing, rows, bounds, 0, 1, lambda: ONE_TRIAL).flow is not None:
            return True
        return whole(network, nothing, rows, bounds, np.arange(len(arcs)), lambda: ONE_TRIAL) is not None
    except Infeasible:
        return False
    except TimeIsUp:
        return True  # not shown to clash


def _filtered(problem: Problem, bonds: list[Bond], left: Callable[[], float]) -> tuple[list[Bond], bool]:
    """Bonds of which none can be left out, and whether the time sufficed."""
    kept = list(bonds)
    for bond in [*_of(bonds, str), *_of(bonds, Forbid), *_of(bonds, Pin)]:
        if left() <= 0:
            return kept, False
        rest = [one for one in kept if one != bond]
        if not holds(problem, rest):
            kept = rest
    return kept, True


def _smaller(
    problem: Problem, bonds: list[Bond], few: list[Bond], left: Callable[[], float]
) -> list[Bond] | bool:
    """The smallest clash if every smaller combination could be tried; False if not."""
    if len(few) <= 1:
        return few
    if len(bonds) > FEW:
        return False
    fine: list[set[Bond]] = []
    for size in range(1, len(few)):
        for chosen in combinations(bonds, size):
            if any({*chosen} <= known for known in fine):
                continue
            if left() <= 0:
                return False
            if not holds(problem, chosen):
                return list(chosen)
            fine.append(_grown(problem, list(chosen), bonds, left))
    return few


def _grown(problem: Problem, chosen: list[Bond], bonds: list[Bond], left: Callable[[], float]) -> set[Bond]:
    """As many bonds as still hold together with these: no part of them needs trying again."""
    for bond in bonds:
        if bond not in chosen and left() > 0 and holds(problem, [*chosen, bond]):
            chosen.append(bond)
    return {*chosen}

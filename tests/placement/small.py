"""Small problems by chance, and the slow, plain way to solve them: try every assignment."""

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from thongsuot.placement import Problem, problem_from
from thongsuot.placement.distance import hectometres, kilometres

# Kilometres east of the first unit: some within 30 km of each other, some not.
PLACES_KM = (0.0, 12.0, 25.0, 41.0, 63.0)


def problem_data(**parts: Any) -> dict[str, Any]:
    """A problem file with nothing in it but what is given."""
    empty: dict[str, Any] = {
        name: [] for name in ("units", "positions", "frames", "people", "pins", "forbids")
    }
    rules = {"max_km": 30, "keep_cover": True}
    return {"schema": "thongsuot.placement.problem/1", "on": "2025-12-04", **empty, "rules": rules, **parts}


def unit(
    code: str, east_km: float = 0.0, quota: int = 70, cap: int | None = None, area: str = "hcm"
) -> dict[str, Any]:
    degrees = east_km / 111.195
    return {
        "code": code,
        "name": f"Phường {code}",
        "lat": 0.0,
        "lon": degrees,
        "area": area,
        "quota": quota,
        "max_departures": cap,
    }


def position(code: str, weight: int = 1) -> dict[str, Any]:
    return {"code": code, "name": f"Vị trí {code}", "field": "VP", "weight": weight}


def person(code: str, at: str, holds: str, **parts: Any) -> dict[str, Any]:
    usual = {
        "block": "government",
        "fits": {holds: "full"},
        "locked": None,
        "origin": None,
        "home": None,
        "prefers": [],
    }
    return {"id": code, "unit": at, "position": holds, **usual, **parts}


UNITS = ("A", "B", "C")
POSITIONS = ("P", "Q", "R")


@st.composite
def problems(
    draw: st.DrawFn, *, caps: bool = False, most_people: int = 5, bound: bool = True
) -> dict[str, Any]:
    units = UNITS[: draw(st.integers(1, 3))]
    positions = POSITIONS[: draw(st.integers(1, 3))]
    some_unit, some_position = st.sampled_from(units), st.sampled_from(positions)
    areas = [draw(st.sampled_from(("hcm", "bd"))) for _ in units]
    data = problem_data(
        units=[
            unit(
                code,
                draw(st.sampled_from(PLACES_KM)),
                draw(st.integers(0, 4)),
                draw(st.none() | st.integers(0, 2)) if caps else None,
                area,
            )
            for code, area in zip(units, areas, strict=True)
        ],
        positions=[position(code, draw(st.integers(0, 3))) for code in positions],
        frames=[
            {"unit": at, "position": holds, "places": draw(st.integers(0, 2))}
            for at in units
            for holds in positions
            if draw(st.integers(0, 4))
        ],
        people=[
            person(
                f"p{number}",
                draw(some_unit),
                draw(some_position),
                fits=draw(st.dictionaries(some_position, st.sampled_from(("full", "full", "training")))),
                locked=draw(st.sampled_from((None, None, None, None, "ill"))),
                origin=draw(st.sampled_from((None, None, None, *units, *areas))),
                prefers=draw(st.lists(some_unit, max_size=2, unique=True)),
            )
            for number in range(draw(st.integers(0, most_people)))
        ],
        rules={"max_km": draw(st.sampled_from((0, 15, 30, 100))), "keep_cover": draw(st.booleans())},
    )
    ids = [one["id"] for one in data["people"]]
    if ids and bound and draw(st.booleans()):
        some_person = st.sampled_from(ids)
        for name, position_or_none in (("pins", some_position), ("forbids", st.none() | some_position)):
            data[name] = [
                {"person": draw(some_person), "unit": draw(some_unit), "position": draw(position_or_none)}
                for _ in range(draw(st.integers(0, 2)))
            ]
    return data


def best(data: dict[str, Any]) -> tuple[int, ...] | None:
    """The best value of the six tiers (smaller is better, tier by tier), None if no plan obeys the rules."""
    problem = problem_from(data)
    found = list(_values(problem))
    return min(found) if found else None


def _values(problem: Problem) -> Iterator[tuple[int, ...]]:
    places = {(frame.unit, frame.position): frame.places for frame in problem.frames}
    lots = [_lots(problem, one, places) for one in problem.people]
    for chosen in itertools.product(*lots):
        filled = Counter((lot[0], lot[1]) for lot in chosen if lot[1] is not None)
        if all(count <= places.get(place, 0) for place, count in filled.items()) and _holds(
            problem, chosen, filled, places
        ):
            gains = [lot[2] for lot in chosen]
            yield tuple(sum(column) for column in zip(*gains, strict=True)) if gains else (0,) * 6


def _holds(problem: Problem, chosen: Any, filled: Any, places: Any) -> bool:
    people = problem.people
    present = Counter((one.unit, one.position) for one in people)
    if problem.rules.keep_cover and any(
        filled[place] < min(count, present[place]) for place, count in places.items()
    ):
        return False
    today = Counter(one.unit for one in people)
    after = Counter(lot[0] for lot in chosen)
    gone = Counter(one.unit for one, lot in zip(people, chosen, strict=True) if lot[0] != one.unit)
    return all(
        after[one.code] <= max(one.quota or 0, today[one.code])
        and (one.max_departures is None or gone[one.code] <= one.max_departures)
        for one in problem.units
    )


def _lots(problem: Problem, one: Any, places: Any) -> list[tuple[str, str | None, tuple[int, ...]]]:
    """(unit, position or None for surplus, its share in the six tiers) of each thing that may become of a person."""
    units = {unit.code: unit for unit in problem.units}
    weight = {position.code: position.weight for position in problem.positions}
    pins = [(pin.unit, pin.position) for pin in problem.pins if pin.person == one.id]
    forbids = [(no.unit, no.position) for no in problem.forbids if no.person == one.id]
    lots: list[tuple[str, str | None, tuple[int, ...]]] = [] if pins else [(one.unit, None, (0,) * 6)]
    for at, holds in sorted(places):
        if any(pin != (at, holds) for pin in pins) or (at, holds) in forbids or (at, None) in forbids:
            continue
        stays, leaves = (at, holds) == (one.unit, one.position), at != one.unit
        if not stays and (one.locked or holds not in one.fits):
            continue
        here, there = units[one.unit], units[at]
        km = kilometres(here.lat, here.lon, there.lat, there.lon)
        if leaves and one.origin not in (at, there.area) and km > (problem.rules.max_km or 0):
            continue
        share = (
            -weight[holds],
            int(leaves),
            int(holds != one.position),
            int(not stays and one.fits[holds] == "training"),
            hectometres(km) if leaves else 0,
            -int(leaves and at in one.prefers),
        )
        lots.append((at, holds, share))
    return lots

"""Staffing problems of any size under the contract of `thongsuot place`: real communes, invented people, one seed.

The totals are those of the city's review of December 2025: 1,052 people too many and 935 too few over 27 positions in
168 communes, by former area and, where published, by field. Places, people and what they can do are invented.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from thongsuot.lawbook.locks import lock_cases
from thongsuot.lawbook.positions import positions
from thongsuot.placement import distance

Json = dict[str, Any]

SEED = 4353
ON = "2025-12-04"
CITY = "79"
CITY_UNITS, CITY_PLACES, CITY_PEOPLE = 168, 8_183, 8_300
COUNTRY_PEOPLE, COUNTRY_UNITS = 136_261, 3_321
MAX_KM = 30

# By former province of the city: 79, Bình Dương (74), Bà Rịa - Vũng Tàu (77).
SURPLUS_BY_AREA = {"79": 908, "74": 58, "77": 86}
SHORTAGE_BY_AREA = {"79": 506, "74": 304, "77": 125}
# By field; REST are the fields without a published pair.
SURPLUS_BY_FIELD = {"VP": 223, "TCKH": 66, "XDCT": 187, "REST": 576}
SHORTAGE_BY_FIELD = {"VP": 160, "TCKH": 118, "XDCT": 126, "REST": 531}

LOCKED_SHARE, TRAINED_FOR_OWN = 0.04, 0.946
LOCKS = tuple(lock_cases())
BLOCKS = {"government": 91, "party": 5, "front": 2, "department": 2}


@dataclass(frozen=True, slots=True)
class Position:
    """One of the 27 of the lawbook's catalogue, with how it stands here: how many places of a hundred it takes, how
    likely one too many or too few of its field is found in it, and where those who hold it may go."""

    code: str
    name: str
    field: str
    weight: int
    share: int
    surplus: int
    shortage: int
    near: tuple[str, ...]

    @property
    def group(self) -> str:
        return self.field if self.field in SURPLUS_BY_FIELD else "REST"


# Said to be over-filled: records, procedure control, ethnic affairs; short: health, IT, land, construction, finance.
STANDING = """\
VP01|9|3|2|VP03 VP04 VH01 HC01 TP01
VP02|4|0|6|VH06 VP03 HC01
VP03|5|2|2|VP01 VP04 VH01 HC01
VP04|5|6|0|VP01 VP03 HC01 VH05
TP01|8|2|2|HC01 VP01 VH01 KT03
DN01|1|1|1|VP01 VH05
KT01|5|1|5|KT04 KT02 KT03
KT02|4|2|2|KT01 KT03 KT04 KT09
KT03|3|3|1|KT09 KT02 TP01
KT04|5|1|4|KT01 KT02
KT05|4|2|2|KT06 KT07 KT11
KT06|5|1|5|KT05 KT07 KT08
KT07|4|4|2|KT06 KT08 KT05
KT08|3|2|3|KT07 KT06
KT09|3|6|1|KT02 KT03 KT01
KT10|3|3|1|KT12 KT11
KT11|6|1|6|KT05 KT12 KT06
KT12|3|2|2|KT10 KT11
VH01|5|3|2|VP01 VH02 VH03 TP01
VH02|5|3|2|VH01 VH08 VH05
VH03|2|6|0|VH01 VH05 VP01
VH04|4|2|2|VH05 VH01
VH05|4|4|1|VH07 VH04 VP01
VH06|3|0|5|VP02 VH07
VH07|3|3|1|VH05 VH06 VP01
VH08|4|0|7|VH02
HC01|14|6|1|VP01 TP01 VP04 KT03"""


def _positions() -> Iterator[Position]:
    listed = positions()
    for line in STANDING.splitlines():
        code, share, surplus, shortage, near = line.split("|")
        one = listed[code]
        yield Position(
            code,
            one.name["vi"],
            one.field,
            one.weight,
            int(share),
            int(surplus),
            int(shortage),
            tuple(near.split()),
        )


POSITIONS = tuple(_positions())
BY_CODE = {one.code: one for one in POSITIONS}


@dataclass(frozen=True, slots=True)
class Commune:
    code: str
    name: str
    latitude: float
    longitude: float
    province: str
    area: str  # the former province most of it came from


# The units ---------------------------------------------------------------------------------------------------


@cache
def communes() -> tuple[Commune, ...]:
    """All 3,321 of the product's own data set, by code."""
    from thongsuot.units.dataset import open_dataset

    data = open_dataset()
    of_district = {one.code: one.above for one in data.former_districts()}
    of_former = {one.code: of_district[one.above or ""] for one in data.former_communes()}
    came_from: dict[str, Counter[str]] = defaultdict(Counter)
    for step in data.commune_successions():
        came_from[step.present][of_former.get(step.former) or of_district[step.former] or ""] += 1
    return tuple(
        Commune(
            one.code,
            f"{one.kind.capitalize()} {one.name}",
            one.latitude or 0.0,
            one.longitude or 0.0,
            one.above or "",
            max(sorted(came_from[one.code]), key=came_from[one.code].__getitem__, default=one.above or ""),
        )
        for one in data.present_communes()
    )


@cache
def provinces() -> tuple[str, ...]:
    return tuple(sorted({one.province for one in communes()}))


def kilometres(a: Commune, b: Commune) -> float:
    return distance.kilometres(a.latitude, a.longitude, b.latitude, b.longitude)


def nearest(units: int) -> list[Commune]:
    """The city's communes first, then those around it, each nearest to where its three areas meet."""
    middle = Commune("", "", 10.87, 106.76, CITY, CITY)
    found = sorted(
        communes(), key=lambda one: (one.province != CITY, round(kilometres(middle, one), 3), one.code)
    )
    if not 0 < units <= len(found):
        raise SystemExit(f"1 to {len(found)} units")
    return sorted(found[:units], key=lambda one: one.code)


# The problems ------------------------------------------------------------------------------------------------


def problem(units: int = CITY_UNITS, *, caps: bool = False, seed: int = SEED) -> Json:
    """The city at 168; fewer are its innermost communes, more take in the provinces around it."""
    return _problem(nearest(units), CITY_PLACES / CITY_UNITS, caps, random.Random(f"{seed} {units}"))


def province(code: str, *, caps: bool = False, seed: int = SEED) -> Json:
    """One of the 34, with the country's average of 41 people to a commune."""
    mine = [one for one in communes() if one.province == code]
    return _problem(
        mine,
        COUNTRY_PEOPLE / COUNTRY_UNITS * CITY_PLACES / CITY_PEOPLE,
        caps,
        random.Random(f"{seed} {code}"),
    )


def country(*, caps: bool = False, seed: int = SEED) -> Iterator[tuple[str, Json]]:
    """One by one: the country as a whole need not stand in memory."""
    for code in provinces():
        yield code, province(code, caps=caps, seed=seed)


def _problem(units: Sequence[Commune], places_each: float, caps: bool, dice: random.Random) -> Json:
    places = _places(units, round(places_each * len(units)), dice)
    size = places_each * CITY_UNITS / CITY_PLACES
    surplus = _spread(units, places, SURPLUS_BY_AREA, SURPLUS_BY_FIELD, size, dice, {})
    shortage = _spread(units, places, SHORTAGE_BY_AREA, SHORTAGE_BY_FIELD, size, dice, surplus)
    present = {cell: places[cell] + surplus.get(cell, 0) - shortage.get(cell, 0) for cell in places}
    staff = _people(units, present, dice)
    here = Counter(one["unit"] for one in staff)
    framed: Counter[str] = Counter()
    for (unit, _position), count in places.items():
        framed[unit] += count
    return {
        "schema": "thongsuot.placement.problem/1",
        "on": ON,
        "units": [
            {
                "code": one.code,
                "name": one.name,
                "lat": one.latitude,
                "lon": one.longitude,
                "area": one.area,
                "quota": framed[one.code] + dice.randint(-2, 3),
                "max_departures": max(1, round(here[one.code] * dice.uniform(0.02, 0.06))) if caps else None,
            }
            for one in units
        ],
        "positions": [
            {"code": one.code, "name": one.name, "field": one.field, "weight": one.weight}
            for one in POSITIONS
        ],
        "frames": [
            {"unit": unit, "position": position, "places": count}
            for (unit, position), count in places.items()
            if count
        ],
        "people": staff,
        "rules": {"max_km": MAX_KM, "keep_cover": True},
        "pins": [],
        "forbids": [],
    }


Cell = tuple[str, str]


def _shared(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers that add up, by largest remainder."""
    whole = sum(weights)
    exact = [total * one / whole for one in weights]
    given = [int(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda n: (given[n] - exact[n], n))
    for n in order[: total - sum(given)]:
        given[n] += 1
    return given


def _places(units: Sequence[Commune], total: int, dice: random.Random) -> dict[Cell, int]:
    sizes = _shared(total, [min(70.0, max(32.0, dice.gauss(49, 8))) for _one in units])
    return {
        (unit.code, position.code): count
        for unit, size in zip(units, sizes, strict=True)
        for position, count in zip(
            POSITIONS, _shared(size, [one.share * dice.uniform(0.5, 1.5) for one in POSITIONS]), strict=True
        )
    }


def _spread(
    units: Sequence[Commune],
    places: Mapping[Cell, int],
    by_area: Mapping[str, int],
    by_field: Mapping[str, int],
    size: float,
    dice: random.Random,
    other: Mapping[Cell, int],
) -> dict[Cell, int]:
    """So many too many (or, beside those given as `other`, too few) by area and field, never both in one cell."""
    short = bool(other)
    areas = _by_area(units, by_area, size)
    wanted = [area for area, count in areas.items() for _n in range(count)]
    counts = _shared(len(wanted), list(by_field.values()))
    fields = [name for name, count in zip(by_field, counts, strict=True) for _n in range(count)]
    dice.shuffle(wanted)
    dice.shuffle(fields)
    loads = {one.code: dice.lognormvariate(0, 0.9) for one in units}
    found: Counter[Cell] = Counter()

    def free(cell: Cell) -> bool:
        return places[cell] > found[cell] and cell not in other if short else bool(places[cell])

    for area, field in zip(wanted, fields, strict=True):
        inside = [one for one in units if one.area == area]
        mine = [one for one in POSITIONS if one.group == field and (one.shortage if short else one.surplus)]
        weights = [one.shortage if short else one.surplus for one in mine]
        for _try in range(200):
            unit = dice.choices(inside, [loads[one.code] for one in inside])[0]
            cell = unit.code, dice.choices(mine, weights)[0].code
            if free(cell):
                break
        else:
            cell = dice.choice([one for one in places if free(one)])
        found[cell] += 1
    return dict(found)


def _by_area(units: Sequence[Commune], published: Mapping[str, int], size: float) -> dict[str, int]:
    """What was published for the whole area, cut to the part of it that is here; elsewhere the city's average."""
    here = Counter(one.area for one in units)
    whole = Counter(one.area for one in communes() if one.province == CITY)
    average = sum(published.values()) / CITY_UNITS
    return {
        area: round(size * count * (published[area] / whole[area] if area in published else average))
        for area, count in sorted(here.items())
    }


def _people(units: Sequence[Commune], present: Mapping[Cell, int], dice: random.Random) -> list[Json]:
    around = _neighbours(units)
    areas = sorted({one.area for one in units})
    blocks, shares = list(BLOCKS), list(BLOCKS.values())
    staff: list[Json] = []
    for unit in units:
        for position in POSITIONS:
            for _n in range(present[unit.code, position.code]):
                away = [one for one in areas if one != unit.area]
                wish = around[unit.code] if dice.random() < 0.1 else []
                staff.append(
                    {
                        "id": f"p{len(staff) + 1:06}",
                        "unit": unit.code,
                        "position": position.code,
                        "block": dice.choices(blocks, shares)[0],
                        "fits": _fits(position, dice),
                        "locked": dice.choice(LOCKS) if dice.random() < LOCKED_SHARE else None,
                        "origin": dice.choice(away) if away and dice.random() < 0.04 else None,
                        "home": None,
                        "prefers": dice.sample(wish, min(len(wish), dice.randint(1, 2))),
                    }
                )
    return staff


def _neighbours(units: Sequence[Commune]) -> dict[str, list[str]]:
    """The twelve nearest of each, for wishes."""
    return {
        one.code: [
            near.code for near in sorted(units, key=lambda other: (kilometres(one, other), other.code))[1:13]
        ]
        for one in units
    }


def _fits(position: Position, dice: random.Random) -> dict[str, str]:
    """Their own and one to three more, nearer trades first."""
    more = dice.sample(position.near, min(len(position.near), dice.choice((1, 1, 2, 2, 3))))
    own = "full" if dice.random() < TRAINED_FOR_OWN else "training"
    return {position.code: own, **{code: dice.choice(("full", "full", "training")) for code in more}}


def review(data: Json) -> Json:
    """Places, people, too many and too few, counted from the lists."""
    places = {(one["unit"], one["position"]): one["places"] for one in data["frames"]}
    present = Counter((one["unit"], one["position"]) for one in data["people"])
    cells = places.keys() | present.keys()
    return {
        "units": len(data["units"]),
        "places": sum(places.values()),
        "people": len(data["people"]),
        "surplus": sum(max(0, present[cell] - places.get(cell, 0)) for cell in cells),
        "shortage": sum(max(0, places.get(cell, 0) - present[cell]) for cell in cells),
    }

"""How many people a unit serves, how many places it has, and how many of them are taken: drawn so that the sums are
those that were published. Same units and seed, same city."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from thongsuot.lawbook.positions import positions
from thongsuot.lawbook.quotas import quota_for
from thongsuot.site.demo.words import written

ON = date(2025, 12, 4)  # the day of the published count
_OUT_OF = 168
_FORMER_CITY = "79"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as far as chance needs it; `area` is the code of its former province."""

    code: str
    name: str
    kind: str
    area: str


@dataclass(slots=True)
class Figures:
    """What one unit has. `places` and `present` by code of position."""

    place: Place
    population: int = 0
    dossiers: int = 0
    norm: int = 0
    assigned: int = 0
    places: Counter[str] = field(default_factory=Counter)
    present: Counter[str] = field(default_factory=Counter)

    def surplus(self, codes: Iterable[str]) -> int:
        return sum(max(0, self.present[code] - self.places[code]) for code in codes)

    def shortage(self, codes: Iterable[str]) -> int:
        return sum(max(0, self.places[code] - self.present[code]) for code in codes)


def counted() -> list[str]:
    """The 27 positions over which surplus and shortage are counted."""
    return [code for code, one in positions().items() if one.counted]


def draw(units: Sequence[Place], chance: Random) -> list[Figures]:
    """The whole city; of fewer units a smaller one in proportion."""
    rules = written("staffing")
    city = [Figures(place) for place in sorted(units, key=lambda place: place.code)]
    share = len(city) / _OUT_OF
    _give_people(city, rules, share, chance)
    _give_places(city, rules, share, chance)
    _Unbalanced(city, rules, share, chance).spread()
    _give_leaders(city, rules, chance)
    _assign(city, rules, share)
    if city:
        outside = rules["published"]["outside_the_count"]
        chance.choice(city).present[outside["position"]] += outside["people"]
    return city


# People


def _give_people(city: list[Figures], rules: Any, share: float, chance: Random) -> None:
    published, ranges = rules["published"], rules["population"]
    capped = set(published["at_the_cap"]["communes"])
    wards = [one for one in city if (one.place.area, one.place.kind) == (_FORMER_CITY, "phường")]
    most = round(published["at_the_cap"]["wards"] * share)
    large = {one.place.code for one in chance.sample(wards, min(most, len(wards)))}
    low, high = rules["dossiers_a_person"]
    for one in city:
        of_area = ranges.get(one.place.area, ranges[_FORMER_CITY])
        range_of = of_area.get(one.place.kind, of_area["xã"])
        if one.place.code in large:
            range_of = of_area["at_the_cap"]
        elif one.place.name in capped:
            range_of = ranges[_FORMER_CITY]["cap_of_communes"]
        drawn = chance.randrange(range_of[0] * 1000, range_of[1] * 1000)
        one.population = published["people"].get(one.place.name, drawn)
        one.norm = _norm(one)
    _meet_the_norm(city, round(published["norm"] * share), chance)
    for one in city:
        drawn = int(one.population * chance.uniform(low, high)) // 100 * 100
        one.dossiers = published["dossiers"].get(one.place.name, drawn)


def _norm(one: Figures) -> int:
    reckoned = quota_for(one.population, one.place.kind, ON)
    return reckoned.posts if reckoned else 0


def _meet_the_norm(city: list[Figures], wanted: int, chance: Random) -> None:
    """Two thousand people more or fewer are one post; units at their cap or at the base stay as drawn."""
    movable = [one for one in city if not _at_an_end(one)]
    while movable and (missing := wanted - sum(one.norm for one in city)):
        one = chance.choice(movable)
        one.population += 2000 if missing > 0 else -2000
        one.norm = _norm(one)
        if _at_an_end(one):
            movable.remove(one)


def _at_an_end(one: Figures) -> bool:
    reckoned = quota_for(one.population, one.place.kind, ON)
    return reckoned is None or reckoned.posts == reckoned.cap or not reckoned.extra


# Places


def _give_places(city: list[Figures], rules: Any, share: float, chance: Random) -> None:
    """Of each unit in proportion to its norm, less those of leaders; of each position by its share."""
    leaders = sum(rules["leaders"].values())
    totals = _apportioned(
        [max(one.norm - leaders, 1) for one in city], round(rules["published"]["places"] * share)
    )
    for one, total in zip(city, totals, strict=True):
        weights = [
            entry["share"]
            * (entry.get("rural", 1) if one.place.kind != "phường" else 1)
            * chance.uniform(0.8, 1.25)
            for entry in rules["positions"].values()
        ]
        one.places.update(dict(zip(rules["positions"], _apportioned(weights, total), strict=True)))
        one.present.update(one.places)


def _apportioned(weights: Sequence[float], total: int) -> list[int]:
    """Largest remainders: whole numbers in proportion that add up to `total`."""
    whole = sum(weights) or 1
    exact = [weight * total / whole for weight in weights]
    found = [int(one) for one in exact]
    by_rest = sorted(range(len(exact)), key=lambda at: (found[at] - exact[at], at))
    for at in by_rest[: total - sum(found)]:
        found[at] += 1
    return found


# Surplus and shortage


class _Unbalanced:
    """Hands out one surplus or one vacant place at a time, each of an area and a position whose sums are given."""

    def __init__(self, city: list[Figures], rules: Any, share: float, chance: Random) -> None:
        self.city, self.rules, self.share, self.chance = city, rules, share, chance
        self.published = rules["published"]
        # Which units lean which way: a few much, most a little.
        self.leaning = {one.place.code: chance.gammavariate(2.2, 1) for one in city}
        self.surplus: Counter[str] = Counter()
        self.shortage: Counter[str] = Counter()
        self.signs: dict[tuple[str, str], int] = {}
        areas = {one.place.area for one in city}
        self.by_area = {area: [one for one in city if one.place.area == area] for area in areas}

    def spread(self) -> None:
        surplus, shortage = self._drawn("surplus"), self._drawn("shortage")
        self.over = self._extreme(_FORMER_CITY, "surplus", surplus, self.published["most_surplus"])
        self.under = self._extreme("74", "shortage", shortage, self.published["most_shortage"])
        for area, position in shortage:
            self._lack(self._short_one(area, position), position)
        for area, position in surplus:
            self._add(self._full_one(area, position), position)

    def _drawn(self, what: str) -> list[tuple[str, str]]:
        """Pairs of area and position, so that the sums over either are those given."""
        wanted = {area: sums[what] for area, sums in self.published["areas"].items()}
        known = [area for area in self.by_area if area in wanted]
        areas = [area for area in sorted(known) for _one in range(wanted[area])]
        if len(self.city) != _OUT_OF:
            total = round(self.published[what] * self.share)
            areas = [self.chance.choice(self.city).place.area for _one in range(total)]
        of_positions = _apportioned([one[what] for one in self.rules["positions"].values()], len(areas))
        codes = [
            code
            for code, many in zip(self.rules["positions"], of_positions, strict=True)
            for _one in range(many)
        ]
        self.chance.shuffle(codes)
        pairs = list(zip(areas, codes, strict=True))
        self.chance.shuffle(pairs)
        return pairs

    def _extreme(self, area: str, what: str, pairs: list[tuple[str, str]], most: int) -> str:
        """The unit with the most of the city; the pairs it takes are no longer to be handed out."""
        wards = [one for one in self.by_area.get(area, []) if one.place.kind == "phường"]
        if len(self.city) != _OUT_OF or not wards:
            return ""
        large = sorted(wards, key=lambda one: (-sum(one.places.values()), one.place.code))
        unit = self.chance.choice(large[:8])
        give = self._add if what == "surplus" else self._lack
        for pair in [pair for pair in pairs if pair[0] == area]:
            if most and (what == "surplus" or self._can_lack(unit, pair[1])):
                give(unit, pair[1])
                pairs.remove(pair)
                most -= 1
        return unit.place.code

    def _short_one(self, area: str, position: str) -> Figures:
        able = [
            one
            for one in self.by_area[area]
            if one.place.code not in (self.over, self.under)
            and self.shortage[one.place.code] < self.published["most_shortage"] - 4
            and self._can_lack(one, position)
        ]
        return self._chosen(able, lambda one: one.places[position] / (0.3 + self.leaning[one.place.code]))

    def _full_one(self, area: str, position: str) -> Figures:
        able = [
            one
            for one in self.by_area[area]
            if one.place.code not in (self.over, self.under)
            and self.surplus[one.place.code] < self.published["most_surplus"] - 8
            and self.signs.get((one.place.code, position), 0) >= 0
        ]
        return self._chosen(able, lambda one: (0.3 + one.places[position]) * self.leaning[one.place.code])

    def _chosen(self, able: list[Figures], weight: Any) -> Figures:
        return self.chance.choices(able, [weight(one) for one in able])[0]

    def _can_lack(self, one: Figures, position: str) -> bool:
        return one.present[position] > 0 and self.signs.get((one.place.code, position), 0) <= 0

    def _lack(self, one: Figures, position: str) -> None:
        one.present[position] -= 1
        self.signs[one.place.code, position] = -1
        self.shortage[one.place.code] += 1

    def _add(self, one: Figures, position: str) -> None:
        one.present[position] += 1
        self.signs[one.place.code, position] = 1
        self.surplus[one.place.code] += 1


# Leaders and payroll


def _give_leaders(city: list[Figures], rules: Any, chance: Random) -> None:
    published = rules["published"]
    for at, one in enumerate(sorted(city, key=lambda one: -one.population)):
        one.places.update(rules["leaders"])
        one.places["UB02"] += (at < published["more_vice_chairs"]) + at % 2
        one.present.update({code: one.places[code] for code in rules["leaders"]})
    for code, many in published["vacant"].items():
        named = published["vacant_vice_chairs"] if code == "UB02" else ()
        able = [one for one in city if not named or one.place.name in named]
        for one in chance.sample(able, min(many, len(able))):
            one.present[code] -= 1
    whole = [one for one in city if one.present["LD04"] == one.places["LD04"]]
    for one in chance.sample(whole, min(published["too_many_deputies"], len(whole))):
        one.present["LD04"] += 1


def _assigned_above(city: list[Figures], rest: int) -> Mapping[str, int]:
    extra = _apportioned([sum(one.present.values()) for one in city], rest)
    return {one.place.code: many for one, many in zip(city, extra, strict=True)}


def _assign(city: list[Figures], rules: Any, share: float) -> None:
    """What is above the norm was left where the people were on the day of the reorganisation."""
    norm = sum(one.norm for one in city)
    above = _assigned_above(city, max(0, round(rules["published"]["assigned"] * share) - norm))
    for one in city:
        one.assigned = one.norm + above[one.place.code]

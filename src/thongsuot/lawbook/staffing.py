"""Figures and lists of staffing: secondment, change of position, retirement, relatives (data/staffing.yaml)."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from thongsuot.lawbook.rulebook import open_rules


@dataclass(frozen=True, slots=True)
class ChangeTerms:
    """Who holds a position that rotates moves on between `earliest` and `latest` years."""

    earliest: int
    latest: int
    months_to_retirement: int
    source: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LeaderMean:
    """Over all units of an authority, `average` holders a `per` (body or unit) of these positions."""

    positions: frozenset[str]
    average: float
    per: str
    source: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RelativesRule:
    source: Mapping[str, str]
    collectives: Sequence[frozenset[str]]
    head_and_deputy: Sequence[frozenset[str]]
    heads: frozenset[str]
    offices: frozenset[str]

    def forbids(self, one: str, other: str) -> bool:
        """Whether relatives may not hold these two positions in one unit. The order does not matter."""
        pair = {one, other}
        together = any(pair <= group for group in self.collectives)
        over = len(pair) == 2 and any(pair <= group for group in self.head_and_deputy)
        purse = any(
            head in self.heads and office in self.offices for head, office in ((one, other), (other, one))
        )
        return together or over or purse


def _in_force(name: str, on: date) -> Any:
    """The set that holds that day; before the first one, the first one."""
    sets = sorted(open_rules("staffing")[name], key=lambda one: one["from"], reverse=True)
    return next((one for one in sets if one["from"] <= on), sets[-1])


def secondment_years(on: date) -> int:
    years: int = _in_force("secondment", on)["years"]
    return years


def change_terms(on: date) -> ChangeTerms:
    entry = _in_force("position_change", on)
    earliest, latest = entry["years"]
    return ChangeTerms(earliest, latest, entry["months_to_retirement"], entry["source"])


@cache
def relatives_rule() -> RelativesRule:
    entry = open_rules("staffing")["relatives"][-1]
    purse = entry["head_and_purse"]
    return RelativesRule(
        entry["source"],
        tuple(frozenset(group) for group in entry["collectives"]),
        tuple(frozenset(group) for group in entry["head_and_deputy"]),
        frozenset(purse["heads"]),
        frozenset(purse["offices"]),
    )


def leader_means(on: date) -> list[LeaderMean]:
    """Those in force that day."""
    return [
        LeaderMean(frozenset(one["positions"]), float(one["average"]), one["per"], one["source"])
        for one in open_rules("staffing")["leaders"]
        if one["from"] <= on
    ]


def keeping_years(what: str) -> int:
    """Years after which a lock ("lock") or a wish and a home ("wish") are taken out once they are over."""
    years: int = open_rules("staffing")["keeping"][what]
    return years


def retirement_age(year: int, sex: str) -> tuple[int, int]:
    """Years and months of age at which somebody who gets there in `year` retires; sex is "male" or "female"."""
    rules = open_rules("staffing")["retirement"]
    terms = rules[sex]
    first, last = (years * 12 + months for years, months in (terms["from"], terms["to"]))
    months: int = min(first + max(year - rules["first_year"], 0) * terms["step"], last)
    return divmod(months, 12)


def retires_on(born: date, sex: str) -> date:
    """The first day in retirement: of the month after the one in which the age of that very year is reached."""
    year = born.year + retirement_age(born.year + 55, sex)[0]
    while True:
        day = months_after(born, _months(retirement_age(year, sex)))
        if day.year <= year:
            return months_after(day.replace(day=1), 1)
        year += 1


def _months(age: tuple[int, int]) -> int:
    return age[0] * 12 + age[1]


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def close_to_retirement(born: date, sex: str, on: date) -> bool:
    """Whether a periodic change of position is no longer asked of the person (Decree 59/2019)."""
    return retires_on(born, sex) <= months_after(on, change_terms(on).months_to_retirement)

"""How many posts the population of a commune gives it (data/quotas.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from thongsuot.lawbook.rulebook import open_rules


@dataclass(frozen=True, slots=True)
class QuotaNorm:
    since: date
    source: Mapping[str, str]
    posts: int
    population: int
    lowland: int
    upland: int
    caps: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class QuotaReckoned:
    """The posts, and the steps that lead to them: base + extra, no more than cap."""

    posts: int
    base: int
    above: int  # people above those the base serves
    people_a_post: int
    extra: int
    cap: int

    @property
    def capped(self) -> bool:
        return self.base + self.extra > self.cap


@cache
def _norms() -> tuple[QuotaNorm, ...]:
    """The latest first."""
    found = [
        QuotaNorm(
            entry["from"],
            entry["source"],
            entry["posts"],
            entry["population"],
            entry["people_a_post"]["lowland"],
            entry["people_a_post"]["upland"],
            entry["caps"],
        )
        for entry in open_rules("quotas")["norms"]
    ]
    return tuple(sorted(found, key=lambda norm: norm.since, reverse=True))


def quota_norm(on: date) -> QuotaNorm:
    """What holds that day; before the first norm, the first one."""
    return next((norm for norm in _norms() if norm.since <= on), _norms()[-1])


def quota_for(population: int, kind: str, on: date, *, upland: bool = False) -> QuotaReckoned | None:
    """For a commune-tier unit of that kind ("phường", "xã", "đặc khu"); None where the norm names no cap for it."""
    norm = quota_norm(on)
    if kind not in norm.caps:
        return None
    step = norm.upland if upland else norm.lowland
    above = max(population - norm.population, 0)
    cap = norm.caps[kind]
    extra = above // step
    return QuotaReckoned(min(norm.posts + extra, cap), norm.posts, above, step, extra, cap)

"""How many people a text reached: nobody twice, and nobody again for words that did not change. No database here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """A session: `fresh` of those present came for the first time since the text last changed for them."""

    version: int
    unit: int
    audience: str
    attended: int
    fresh: int
    confirmed: int = 0
    passed: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    sessions: int = 0
    attendances: int = 0
    people: int = 0
    confirmed: int = 0
    passed: int = 0

    def __add__(self, other: "Reach") -> "Reach":
        return Reach(
            self.sessions + other.sessions,
            self.attendances + other.attendances,
            self.people + other.people,
            self.confirmed + other.confirmed,
            self.passed + other.passed,
        )


NOBODY = Reach()


def counts_since(touched: Mapping[int, Collection[str]], audience: str, version: int) -> int:
    """From which version on sessions count for that audience: the last one up to `version` that changed its points.

    `touched` names for each version after the first whose points it changed.
    """
    changed = [number for number, audiences in touched.items() if number <= version and audience in audiences]
    return max(changed, default=1)


def reach(
    sessions: Iterable[Counted], touched: Mapping[int, Collection[str]], version: int
) -> dict[tuple[int, str], Reach]:
    """By unit and audience, of the text as `version` has it."""
    found: dict[tuple[int, str], Reach] = {}
    since: dict[str, int] = {}
    for one in sessions:
        first = since.setdefault(one.audience, counts_since(touched, one.audience, version))
        if not first <= one.version <= version:
            continue
        key = (one.unit, one.audience)
        found[key] = found.get(key, NOBODY) + Reach(1, one.attended, one.fresh, one.confirmed, one.passed)
    return found


def total(parts: Iterable[Reach]) -> Reach:
    return sum(parts, NOBODY)


def first_timers(present: Sequence[str], seen: Collection[str]) -> int:
    """Of the hashed names present, each once, how many were on no earlier roll."""
    return len(set(present) - set(seen))

"""Ask once: who asks which figure of whom, how often. Apps above say what they ask when they are ready.

A figure asked by two is asked twice only if the two differ; the ledger shows both, and what it costs a unit a month.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thongsuot.indicators.models import Indicator
from thongsuot.lawbook.reporting import minutes_for
from thongsuot.units.models import Unit

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure asked of every commune of a province (or of `units` alone), so many times a year, by a paper at `url`.

    `filled`: it stands there already when the unit opens the paper, and costs no minutes.
    """

    indicator: int
    asker: str
    url: str
    times_a_year: int
    units: frozenset[int] | None = None
    filled: bool = False


# What is asked of the communes of a province on a day; a bounded number of queries.
Asker = Callable[[Unit, date], Iterable[Asked]]
_ASKERS: dict[str, Asker] = {}


def register_asker(name: str, asker: Asker) -> None:
    _ASKERS[name] = asker


def asked_of(province: Unit, on: date) -> list[Asked]:
    return [one for name in sorted(_ASKERS) for one in _ASKERS[name](province, on)]


def already_asked(province: Unit, on: date, indicators: Iterable[int], url: str = "") -> list[Asked]:
    """By other papers than that at `url`: what a new one should not ask again."""
    wanted = set(indicators)
    return [one for one in asked_of(province, on) if one.indicator in wanted and one.url != url]


@dataclass(frozen=True, slots=True)
class Burden:
    """On a commune, in an average month."""

    items: Decimal
    minutes: Decimal


@dataclass(frozen=True, slots=True)
class LedgerLine:
    indicator: Indicator
    askers: Sequence[Asked]
    burden: Burden

    @property
    def is_twice(self) -> bool:
        return sum(1 for one in self.askers if not one.filled) > 1


@dataclass(frozen=True, slots=True)
class Ledger:
    lines: Sequence[LedgerLine]
    whole: Burden

    @property
    def twice(self) -> int:
        return sum(1 for line in self.lines if line.is_twice)


def ledger(province: Unit, on: date, unit: Unit | None = None) -> Ledger:
    """Of one commune, or of any commune of the province; the heaviest first."""
    by_indicator: dict[int, list[Asked]] = defaultdict(list)
    for one in asked_of(province, on):
        if unit is None or one.units is None or unit.pk in one.units:
            by_indicator[one.indicator].append(one)
    indicators = Indicator.objects.in_bulk(list(by_indicator))
    lines = [
        LedgerLine(indicators[pk], askers, _burden(indicators[pk].kind, askers))
        for pk, askers in by_indicator.items()
    ]
    lines.sort(key=lambda line: (not line.is_twice, -line.burden.minutes, line.indicator.name))
    return Ledger(
        lines,
        Burden(
            sum((line.burden.items for line in lines), Decimal(0)),
            sum((line.burden.minutes for line in lines), Decimal(0)),
        ),
    )


def _burden(kind: str, askers: Sequence[Asked]) -> Burden:
    items = Decimal(sum(one.times_a_year for one in askers)) / MONTHS
    typed = Decimal(sum(one.times_a_year for one in askers if not one.filled)) / MONTHS
    return Burden(items, typed * minutes_for(kind))

"""Figures of one unit that cannot all be right: pure, over what was given and the rules of the lawbook.

A number said with "hơn" or "khoảng" stands for a stretch of numbers; two figures contradict each other only where
no numbers in their stretches agree. A ratio (28/32) counts by its first number.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise

from django.utils.translation import gettext as _

from thongsuot.indicators.display import plain
from thongsuot.indicators.enums import Clash, Qualifier
from thongsuot.kernel.rounding import half_up
from thongsuot.lawbook.figure_checks import FigureChecks, figure_checks

_HUNDRED = Decimal(100)
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Given:
    """A figure as far as the rules care; `key` leads back to it."""

    key: int
    indicator: str
    name: str
    on: date
    value: Decimal
    qualifier: str = Qualifier.EXACT
    second: Decimal | None = None

    def stretch(self, inexact: Decimal) -> tuple[Decimal, Decimal]:
        match self.qualifier:
            case Qualifier.MORE:
                return self.value, self.value * (_ONE + inexact)
            case Qualifier.LESS:
                return self.value * (_ONE - inexact), self.value
            case Qualifier.ABOUT:
                return self.value * (_ONE - inexact), self.value * (_ONE + inexact)
            case Qualifier.RANGE if self.second is not None:
                return self.value, self.second
        return self.value, self.value


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`figures` are the keys of those that cannot all be right."""

    clash: Clash
    on: date
    figures: tuple[int, ...]
    says: str


def contradictions(given: Sequence[Given], rules: FigureChecks | None = None) -> list[Contradiction]:
    """All of them, in the order of their days; the same figures in another order give the same answer."""
    rules = rules or figure_checks()
    ordered = sorted(given, key=lambda one: (one.on, one.indicator, one.value, one.key))
    by_day: dict[date, dict[str, list[Given]]] = defaultdict(lambda: defaultdict(list))
    for one in ordered:
        by_day[one.on][one.indicator].append(one)
    found = [
        clash for on, day in sorted(by_day.items()) for check in _OF_A_DAY for clash in check(on, day, rules)
    ]
    found += _jumps(ordered, rules)
    return sorted(found, key=lambda one: (one.on, list(Clash).index(one.clash), one.figures))


Day = Mapping[str, Sequence[Given]]


def _rivals(on: date, day: Day, rules: FigureChecks) -> Iterator[Contradiction]:
    for given in day.values():
        for first, second in combinations(given, 2):
            low, high = first.stretch(rules.inexact)
            low2, high2 = second.stretch(rules.inexact)
            if high < low2 or high2 < low:
                says = _("%(name)s ngày %(day)s có hai số: %(first)s và %(second)s.") % {
                    "name": first.name,
                    "day": _day(on),
                    "first": plain(first.value),
                    "second": plain(second.value),
                }
                yield Contradiction(Clash.RIVALS, on, (first.key, second.key), says)


def _sums(on: date, day: Day, rules: FigureChecks) -> Iterator[Contradiction]:
    """Only of what is given once that day: of two totals nobody knows which the parts belong to."""
    for total_code, part_codes in rules.sums:
        total, parts = _only(day, total_code), [_only(day, code) for code in part_codes]
        known = [part for part in parts if part is not None]
        if total is None or len(known) != len(parts):
            continue
        low, high = total.stretch(rules.inexact)
        ends = [part.stretch(rules.inexact) for part in known]
        least, most = sum(end[0] for end in ends), sum(end[1] for end in ends)
        if most < low or least > high:
            added = sum((part.value for part in known), Decimal(0))
            says = _("%(parts)s = %(sum)s, không bằng %(name)s %(total)s (lệch %(off)s), ngày %(day)s.") % {
                "parts": " + ".join(f"{plain(part.value)} ({part.name})" for part in known),
                "sum": plain(added),
                "name": total.name,
                "total": plain(total.value),
                "off": plain(abs(total.value - added)),
                "day": _day(on),
            }
            yield Contradiction(Clash.SUM, on, (total.key, *(part.key for part in known)), says)


def _at_most(on: date, day: Day, rules: FigureChecks) -> Iterator[Contradiction]:
    for part_code, whole_code in rules.at_most:
        part, whole = _only(day, part_code), _only(day, whole_code)
        if part and whole and part.stretch(rules.inexact)[0] > whole.stretch(rules.inexact)[1]:
            says = _("%(part)s %(more)s lớn hơn %(whole)s %(less)s, ngày %(day)s.") % {
                "part": part.name,
                "more": plain(part.value),
                "whole": whole.name,
                "less": plain(whole.value),
                "day": _day(on),
            }
            yield Contradiction(Clash.PART, on, (part.key, whole.key), says)


def _bounded(on: date, day: Day, rules: FigureChecks) -> Iterator[Contradiction]:
    for code, most in rules.bounded.items():
        for one in day.get(code, ()):
            if one.stretch(rules.inexact)[0] > most:
                says = _("%(name)s %(value)s vượt %(most)s, ngày %(day)s.") % {
                    "name": one.name,
                    "value": plain(one.value),
                    "most": plain(most),
                    "day": _day(on),
                }
                yield Contradiction(Clash.BOUND, on, (one.key,), says)


def _shares(on: date, day: Day, rules: FigureChecks) -> Iterator[Contradiction]:
    for share_code, part_code, whole_code, off in rules.shares:
        share, part, whole = (_only(day, code) for code in (share_code, part_code, whole_code))
        if not (share and part and whole) or not whole.value:
            continue
        reckoned = part.value / whole.value * _HUNDRED
        low, high = share.stretch(rules.inexact)
        if reckoned < low - off or reckoned > high + off:
            says = _("%(name)s %(said)s không khớp %(part)s/%(whole)s = %(reckoned)s %%, ngày %(day)s.") % {
                "name": share.name,
                "said": plain(share.value),
                "part": plain(part.value),
                "whole": plain(whole.value),
                "reckoned": plain(half_up(reckoned, 1)),
                "day": _day(on),
            }
            yield Contradiction(Clash.SHARE, on, (share.key, part.key, whole.key), says)


def _jumps(ordered: Sequence[Given], rules: FigureChecks) -> Iterator[Contradiction]:
    by_indicator: dict[str, list[Given]] = defaultdict(list)
    for one in ordered:
        if one.indicator in rules.jumps:
            by_indicator[one.indicator].append(one)
    for code, given in by_indicator.items():
        factor = rules.jumps[code]
        for before, after in pairwise(given):
            low, high = before.stretch(rules.inexact)
            low2, high2 = after.stretch(rules.inexact)
            if before.on < after.on and (low2 > high * factor or high2 * factor < low):
                says = _("%(name)s từ %(first)s (%(day1)s) thành %(second)s (%(day2)s).") % {
                    "name": after.name,
                    "first": plain(before.value),
                    "day1": _day(before.on),
                    "second": plain(after.value),
                    "day2": _day(after.on),
                }
                yield Contradiction(Clash.JUMP, after.on, (before.key, after.key), says)


_OF_A_DAY: tuple[Callable[[date, Day, FigureChecks], Iterator[Contradiction]], ...] = (
    _rivals,
    _sums,
    _at_most,
    _bounded,
    _shares,
)


def _only(day: Day, code: str) -> Given | None:
    """The figure of that day, where there is one; the same number twice is one."""
    given = day.get(code, ())
    same = {(one.value, one.second, one.qualifier) for one in given}
    return given[0] if len(same) == 1 else None


def _day(on: date) -> str:
    return f"{on:%d-%m-%Y}"

"""The catalogue of indicators, and which of them a printed measure names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from thongsuot.kernel.vietnamese import fold, strip_marks
from thongsuot.lawbook.rulebook import open_rules


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """`measures` name it by themselves; the nouns in `also` do so only beside one of the `cues`."""

    code: str
    name: Mapping[str, str]
    unit: str
    pillar: str
    kind: str
    over_units: str
    over_periods: str
    direction: str
    decimals: int
    definition: str
    measures: frozenset[str]
    also: frozenset[str]
    cues: tuple[str, ...]


def catalogue_date() -> date:
    as_of: date = open_rules("indicators")["as_of"]
    return as_of


@cache
def pillars() -> Mapping[str, Mapping[str, str]]:
    names: Mapping[str, Mapping[str, str]] = open_rules("indicators")["pillars"]
    return names


@cache
def indicator_rules() -> Mapping[str, IndicatorRule]:
    return {entry["code"]: _rule(entry) for entry in open_rules("indicators")["indicators"]}


def _rule(entry: Mapping[str, Any]) -> IndicatorRule:
    return IndicatorRule(
        code=entry["code"],
        name={"vi": entry["vi"], "en": entry["en"]},
        unit=entry["unit"],
        pillar=entry["pillar"],
        kind=entry["kind"],
        over_units=entry["over_units"],
        over_periods=entry["over_periods"],
        direction=entry.get("direction", ""),
        decimals=entry.get("decimals", 0),
        definition=entry["definition"],
        measures=frozenset(map(fold, entry.get("measures", ()))),
        also=frozenset(map(fold, entry.get("also", ()))),
        cues=tuple(map(strip_marks, entry.get("cues", ()))),
    )


def indicator_for(measure: str, context: str = "", at: int | None = None) -> str | None:
    """The code of the indicator counted in `measure`, told by the words around it where need be.

    `at` is where in `context` the figure stands: the nearest cue decides. Without it, the longest does.
    """
    noun = fold(measure)
    told = [
        (distance, -length, rule.code)
        for rule in indicator_rules().values()
        if noun in rule.also | rule.measures
        for distance, length in _cues(rule, context, at)
    ]
    if told:
        return min(told)[2]
    return next((rule.code for rule in indicator_rules().values() if noun in rule.measures), None)


def _cues(rule: IndicatorRule, context: str, at: int | None) -> Iterator[tuple[int, int]]:
    """Each cue found, as its distance from the figure and its length."""
    before = strip_marks(context if at is None else context[:at])
    after = "" if at is None else strip_marks(context[at:])
    for cue in rule.cues:
        pattern = re.compile(rf"\b{re.escape(cue)}\b")
        for found in pattern.finditer(before):
            yield (0 if at is None else len(before) - found.end()), len(cue)
        for found in pattern.finditer(after):
            yield found.start(), len(cue)

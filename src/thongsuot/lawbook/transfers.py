"""How somebody is moved: hearing, the parties asked and their clocks, who decides, what is handed over
(data/transfers.yaml)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from thongsuot.lawbook.rulebook import open_rules

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Clocks:
    """In working days."""

    answer: int
    next_level: int
    silence: int
    handover: int
    source: Words
    certain: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """The way of one kind of move. `certain` is False where it is our own reading."""

    kind: str
    rounds: Sequence[Sequence[str]]
    consult: Sequence[str]
    decides: str
    signer: Words
    means: Sequence[str]
    source: Words
    certain: bool


@dataclass(frozen=True, slots=True)
class TransferRules:
    """What holds for files opened from `since` on."""

    since: date
    consent_of_person: bool
    hearing_source: Words
    clocks: Clocks
    warn_before_end: Sequence[int]
    years_of_public_employee: int
    chains: Mapping[str, Chain]


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    side: str
    name: Words


@cache
def _all() -> tuple[TransferRules, ...]:
    """The latest first; before the first day written, the first set holds as well."""
    rules = open_rules("transfers")
    sets = [_set(entry, rules["sources"]) for entry in rules["sets"]]
    return tuple(sorted(sets, key=lambda one: one.since, reverse=True))


def _set(entry: Mapping[str, Any], sources: Mapping[str, Words]) -> TransferRules:
    clocks = entry["clocks"]
    return TransferRules(
        since=entry["from"],
        consent_of_person=entry["hearing"]["consent"],
        hearing_source=sources[entry["hearing"]["source"]],
        clocks=Clocks(
            clocks["answer"],
            clocks["next_level"],
            clocks["silence"],
            clocks["handover"],
            sources[clocks["source"]],
            clocks["certain"],
        ),
        warn_before_end=tuple(sorted(entry["secondment"]["warn"], reverse=True)),
        years_of_public_employee=entry["public_employee"]["years"],
        chains={kind: _chain(kind, told, sources) for kind, told in entry["kinds"].items()},
    )


def _chain(kind: str, told: Mapping[str, Any], sources: Mapping[str, Words]) -> Chain:
    return Chain(
        kind=kind,
        rounds=tuple(tuple(parties) for parties in told["ask"]),
        consult=tuple(told["consult"]),
        decides=told["decides"],
        signer=told["signer"],
        means=tuple(told["means"]),
        source=sources[told["source"]],
        certain=told["certain"],
    )


def transfer_rules(on: date) -> TransferRules:
    return next((one for one in _all() if one.since <= on), _all()[-1])


def chain_of(kind: str, on: date) -> Chain:
    return transfer_rules(on).chains[kind]


def consulted(code: str, language: str = "vi") -> str:
    """What a body that is consulted before the decision is called."""
    names: Mapping[str, Words] = open_rules("transfers")["consulted"]
    return names[code][language] if code in names else code


def handover_items(kind: str, means: str) -> list[Item]:
    """What is to be handed over in a move of that kind, by that means."""
    return [
        Item(one["code"], one["side"], {"vi": one["vi"], "en": one["en"]})
        for one in open_rules("transfers")["handover"]
        if kind in one.get("kinds", [kind]) and means in one.get("means", [means])
    ]


@cache
def sides() -> Mapping[str, str]:
    """Who ticks off an item, by its code."""
    return {one["code"]: one["side"] for one in open_rules("transfers")["handover"]}

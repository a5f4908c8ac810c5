"""How wards word what they ask for: same words, opposite words, words that carry nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from thongsuot.lawbook.rulebook import open_rules


@dataclass(frozen=True)
class Wording:
    """Phrases as they are printed; `things` and `general` name, under a code, the phrases that ask for one thing."""

    abbreviations: Mapping[str, str]
    asking: tuple[str, ...]
    asides: tuple[str, ...]
    boilerplate: tuple[str, ...]
    reasons: tuple[str, ...]
    things: Mapping[str, tuple[str, ...]]
    general: Mapping[str, tuple[str, ...]]
    more: tuple[str, ...]
    less: tuple[str, ...]
    turning: tuple[str, ...]
    neither: tuple[str, ...]


@cache
def wording() -> Wording:
    rules = open_rules("wording")
    return Wording(
        abbreviations=rules["abbreviations"],
        asking=tuple(rules["asking"]),
        asides=tuple(rules["asides"]),
        boilerplate=tuple(phrase for line in rules["boilerplate"] for phrase in line),
        reasons=tuple(rules["reasons"]),
        things=_by_code(rules["things"].items()),
        general=_by_code(rules["general"].items()),
        more=tuple(rules["more"]),
        less=tuple(rules["less"]),
        turning=tuple(rules["turning"]),
        neither=tuple(rules["neither"]),
    )


def _by_code(entries: Iterable[tuple[str, list[str]]]) -> Mapping[str, tuple[str, ...]]:
    return {code: tuple(phrases) for code, phrases in entries}

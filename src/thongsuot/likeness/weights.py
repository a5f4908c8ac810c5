"""How much each word tells: the rarer in the register, the more."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from thongsuot.likeness.words import Words, words_of

# Chosen on the tuning half of tests/data/likeness.
KINDS: Mapping[str, float] = {
    "thing": 1.0,
    "general": 0.7,
    "way": 0.35,
    "reason": 0.3,
    "pair": 0.3,
    "word": 0.35,
    "whole": 1.0,
}
RAREST, COMMONEST = 1.0, 0.3
RARE = 0.01  # share of the texts


@dataclass(frozen=True)
class Weights:
    """Learnt from the texts of the register; `to_dict` and `from_dict` keep and load them as plain data."""

    texts: int = 0
    found_in: Mapping[str, int] = field(default_factory=dict)
    places: frozenset[str] = frozenset()

    @staticmethod
    @cache
    def usual() -> "Weights":
        """What a register with few texts of its own begins with."""
        text = files("thongsuot.likeness").joinpath("data", "usual.yaml").read_text("utf-8")
        return Weights.from_dict(yaml.safe_load(text))

    @staticmethod
    def learn(texts: Iterable[str], *, onto: "Weights | None" = None) -> "Weights":
        """Counts these texts beside those known already: the usual ones, unless told otherwise."""
        before = Weights.usual() if onto is None else onto
        count, found_in, places = before.texts, Counter(before.found_in), set(before.places)
        for text in texts:
            words = words_of(text)
            count += 1
            found_in.update(words.terms.keys())
            places |= words.places
        # A word met once tells no more than one never met.
        return Weights(count, {name: n for name, n in sorted(found_in.items()) if n > 1}, frozenset(places))

    def to_dict(self) -> dict[str, Any]:
        return {"texts": self.texts, "found_in": dict(self.found_in), "places": sorted(self.places)}

    @staticmethod
    def from_dict(kept: Mapping[str, Any]) -> "Weights":
        return Weights(int(kept["texts"]), dict(kept["found_in"]), frozenset(kept["places"]))

    def rarity(self, name: str) -> float:
        """From COMMONEST, in every text, to RAREST, in one text of a hundred or fewer."""
        if not self.texts:
            return RAREST
        share = self.found_in.get(name, 1) / self.texts
        return COMMONEST + (RAREST - COMMONEST) * min(1.0, max(0.0, math.log(share) / math.log(RARE)))

    def words(self, text: str) -> Words:
        return words_of(text, self.places)

    def of(self, words: Words) -> dict[str, float]:
        """What each term of a text weighs."""
        return {
            name: KINDS[term.kind] * term.amount * self.rarity(name) for name, term in words.terms.items()
        }

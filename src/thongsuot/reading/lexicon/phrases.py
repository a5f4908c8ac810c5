"""Phrases found in one Aho-Corasick pass, or tried at a given place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick


class Hit(NamedTuple):
    start: int
    end: int
    phrase: str


Scan = Mapping[str, list[Hit]]  # class of phrase -> hits in order, longest first choice, none overlapping


def is_word_edge(shade: str, place: int) -> bool:
    """True where a word may begin or end."""
    return not (0 < place < len(shade) and shade[place - 1].isalnum() and shade[place].isalnum())


@dataclass(frozen=True)
class Phrases:
    """A set of phrases to try at a place, longest first."""

    by_first_word: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "Phrases":
        grouped: dict[str, set[str]] = defaultdict(set)
        for phrase in phrases:
            grouped[_first_word(phrase, 0)].add(phrase)
        return cls({word: tuple(sorted(group, key=len, reverse=True)) for word, group in grouped.items()})

    def match(self, shade: str, place: int) -> str | None:
        for phrase in self.by_first_word.get(_first_word(shade, place), ()):
            if shade.startswith(phrase, place) and is_word_edge(shade, place + len(phrase)):
                return phrase
        return None


def _first_word(shade: str, place: int) -> str:
    end = place
    while end < len(shade) and shade[end].isalnum():
        end += 1
    return shade[place : end or place + 1] if end > place else shade[place : place + 1]


class Scanner:
    """All phrases of all classes in one automaton."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        found: dict[str, list[str]] = defaultdict(list)
        for name, phrases in classes.items():
            for phrase in phrases:
                found[phrase].append(name)
        self._automaton = ahocorasick.Automaton()
        for phrase, names in found.items():
            self._automaton.add_word(phrase, (phrase, tuple(names)))
        self._automaton.make_automaton()

    def scan(self, shade: str) -> Scan:
        raw: dict[str, list[Hit]] = defaultdict(list)
        for last, (phrase, names) in self._automaton.iter(shade):
            start, end = last + 1 - len(phrase), last + 1
            if is_word_edge(shade, start) and is_word_edge(shade, end):
                for name in names:
                    raw[name].append(Hit(start, end, phrase))
        return {name: _longest_first(hits) for name, hits in raw.items()}


def _longest_first(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept

"""Phrases found in one Aho-Corasick pass, or tried at a given place."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick

_WORD = re.compile(r"[^\W_]+")


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

    def match(self, shade: str, place: int = 0) -> str | None:
        for phrase in self.by_first_word.get(_first_word(shade, place), ()):
            if shade.startswith(phrase, place) and is_word_edge(shade, place + len(phrase)):
                return phrase
        return None


def _first_word(shade: str, place: int) -> str:
    word = _WORD.match(shade, place)
    return word[0] if word else shade[place : place + 1]


def automaton(words: Mapping[str, object]) -> ahocorasick.Automaton:
    made = ahocorasick.Automaton()
    for word, value in words.items():
        made.add_word(word, value)
    made.make_automaton()
    return made


def places_of(word: str, text: str) -> Iterator[int]:
    """Where a word or name stands whole."""
    place = text.find(word)
    while place >= 0:
        whole = is_word_edge(text, place) and is_word_edge(text, place + len(word))
        if whole:
            yield place
        place = text.find(word, place + (len(word) if whole else 1))


class Scanner:
    """All phrases of all classes in one automaton."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        found: dict[str, list[str]] = defaultdict(list)
        for name, phrases in classes.items():
            for phrase in phrases:
                found[phrase].append(name)
        self._automaton = automaton({phrase: (phrase, tuple(names)) for phrase, names in found.items()})

    def scan(self, shade: str) -> Scan:
        raw: dict[str, list[Hit]] = defaultdict(list)
        letters = [False, *map(str.isalnum, shade), False]  # letters[i + 1] tells of shade[i]
        for last, (phrase, names) in self._automaton.iter(shade):
            start, end = last + 1 - len(phrase), last + 1
            if (letters[end + 1] and letters[end]) or (letters[start] and letters[start + 1]):
                continue  # inside a word
            hit = Hit(start, end, phrase)
            for name in names:
                raw[name].append(hit)
        return {name: _longest_first(hits) for name, hits in raw.items()}


def _longest_first(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept

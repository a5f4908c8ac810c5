"""Phrases found in one Aho-Corasick pass, or tried at a given place."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

import ahocorasick

_WORD = re.compile(r"[^\W_]+")


class Hit(NamedTuple):
    start: int
    end: int
    phrase: str


class Scan(NamedTuple):
    """What the scanner met in one text."""

    hits: Mapping[str, list[Hit]]  # class of phrase -> in order, longest first choice, none overlapping
    heads: Mapping[str, list[int]]  # name -> where one of its words begins
    marks: Mapping[str, list[int]]  # name -> where one of its words begins, inside other words too

    def of(self, name: str) -> list[Hit]:
        return self.hits.get(name, [])

    def starts(self, name: str) -> Sequence[int]:
        return self.heads.get(name, ())

    def has(self, name: str, start: int, end: int) -> bool:
        """True where a mark stands in shade[start:end] or begins there."""
        places = self.marks.get(name)
        if not places:
            return False
        index = bisect_left(places, start)
        return index < len(places) and places[index] < end


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
            word = _WORD.match(phrase)
            grouped[word[0] if word else phrase[:1]].add(phrase)
        return cls({word: tuple(sorted(group, key=len, reverse=True)) for word, group in grouped.items()})

    def match(self, shade: str, place: int = 0) -> str | None:
        word = _WORD.match(shade, place)
        for phrase in self.by_first_word.get(word[0] if word else shade[place : place + 1], ()):
            if shade.startswith(phrase, place):
                end = place + len(phrase)
                if end >= len(shade) or not (shade[end].isalnum() and shade[end - 1].isalnum()):
                    return phrase
        return None


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


_NONE: Mapping[str, Iterable[str]] = {}


class _Entry(NamedTuple):
    """What a phrase is looked for as."""

    phrase: str
    length: int
    opens: bool  # begins with a letter, so that none may stand before it; and likewise at its end
    closes: bool
    classes: tuple[str, ...]
    heads: tuple[str, ...]
    marks: tuple[str, ...]


class Scanner:
    """All phrases of all classes in one automaton, with the words by which patterns are spared."""

    def __init__(
        self,
        classes: Mapping[str, Iterable[str]] = _NONE,
        heads: Mapping[str, Iterable[str]] = _NONE,
        marks: Mapping[str, Iterable[str]] = _NONE,
    ) -> None:
        in_classes, in_heads, in_marks = map(_by_phrase, (classes, heads, marks))
        self._automaton = automaton(
            {
                phrase: _Entry(
                    phrase,
                    len(phrase),
                    phrase[0].isalnum(),
                    phrase[-1].isalnum(),
                    in_classes.get(phrase, ()),
                    in_heads.get(phrase, ()),
                    in_marks.get(phrase, ()),
                )
                for phrase in in_classes | in_heads | in_marks
            }
        )

    def scan(self, shade: str) -> Scan:
        hits: dict[str, list[Hit]] = defaultdict(list)
        found_heads: dict[str, list[int]] = defaultdict(list)
        found_marks: dict[str, list[int]] = defaultdict(list)
        edged = f" {shade} "  # every letter of the text has another before and after it
        for end, (phrase, length, opens, closes, classes, heads, marks) in self._automaton.iter(edged):
            start = end - length
            for name in marks:
                found_marks[name].append(start)
            if (closes and edged[end + 1].isalnum()) or (opens and edged[start].isalnum()):
                continue  # inside a word
            for name in heads:
                found_heads[name].append(start)
            if classes:
                hit = Hit(start, end, phrase)
                for name in classes:
                    hits[name].append(hit)
        for places in (*found_heads.values(), *found_marks.values()):
            places.sort()  # they come in the order of their ends
        return Scan({name: _longest_first(found) for name, found in hits.items()}, found_heads, found_marks)


def _by_phrase(groups: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, phrases in groups.items():
        for phrase in phrases:
            found[phrase] = (*found.get(phrase, ()), name)
    return found


def _longest_first(hits: list[Hit]) -> list[Hit]:
    """Of hits in the order of their ends, those a reader would choose."""
    kept: list[Hit] = []
    free = 0
    hits.reverse()  # of those that begin together the longest comes first, and stays so
    hits.sort(key=itemgetter(0))
    for hit in hits:
        start, end, _ = hit
        if start >= free:
            kept.append(hit)
            free = end
    return kept

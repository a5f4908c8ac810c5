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
        if not places or places[-1] < start:
            return False
        return places[bisect_left(places, start)] < end

    def first(self, name: str, start: int, end: int) -> int:
        """Where the first of these marks begins, or -1."""
        places = self.marks.get(name)
        if not places or places[-1] < start:
            return -1
        place = places[bisect_left(places, start)]
        return place if place < end else -1


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
        return cls(
            {
                word: tuple(sorted(group, key=lambda phrase: (-len(phrase), phrase)))
                for word, group in grouped.items()
            }
        )

    def match(self, shade: str, place: int = 0) -> str | None:
        space = shade.find(" ", place)
        first = shade[place:space] if space > 0 else ""
        if not first.isalnum():  # a sign ends the first word, or the text does
            word = _WORD.match(shade, place)
            first = word[0] if word else shade[place : place + 1]
        for phrase in self.by_first_word.get(first, ()):
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


# What a phrase is looked for as: itself, its length, whether it begins and ends with a letter, so that none may
# stand before it and after it; the names of its classes, heads and marks. A plain tuple is the quickest to open.
_Entry = tuple[str, int, bool, bool, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


class Scanner:
    """All phrases of all classes in one automaton, with the words by which patterns are spared."""

    def __init__(
        self,
        classes: Mapping[str, Iterable[str]] = _NONE,
        heads: Mapping[str, Iterable[str]] = _NONE,
        marks: Mapping[str, Iterable[str]] = _NONE,
    ) -> None:
        in_classes, in_heads, in_marks = map(_by_phrase, (classes, heads, marks))
        entries: dict[str, _Entry] = {
            phrase: (
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
        self._automaton = automaton(entries)

    def met(self, shade: str) -> dict[str, None]:
        """The phrases that stand whole in a short text, each once, in the order of their ends."""
        edged = f" {shade} "
        return dict.fromkeys(
            phrase
            for end, (phrase, length, opens, closes, _, _, _) in self._automaton.iter(edged)
            if not ((closes and edged[end + 1].isalnum()) or (opens and edged[end - length].isalnum()))
        )

    def scan(self, shade: str) -> Scan:
        hits: dict[str, list[Hit]] = defaultdict(list)
        found_heads: dict[str, list[int]] = defaultdict(list)
        found_marks: dict[str, list[int]] = defaultdict(list)
        tangled: set[str] = set()  # classes with hits that overlap
        edged = f" {shade} "  # every letter of the text has another before and after it
        for end, (phrase, length, opens, closes, classes, heads, marks) in self._automaton.iter(edged):
            start = end - length
            if marks:
                for name in marks:
                    found_marks[name].append(start)
            if (closes and (after := edged[end + 1]) != " " and after.isalnum()) or (
                opens and (before := edged[start]) != " " and before.isalnum()
            ):
                continue  # inside a word
            if heads:
                for name in heads:
                    found_heads[name].append(start)
            if classes:
                hit = Hit(start, end, phrase)
                for name in classes:
                    found = hits[name]
                    if found and start < found[-1][1]:
                        tangled.add(name)
                    found.append(hit)
        _put_in_order(found_heads)
        _put_in_order(found_marks)
        return Scan(hits | {name: _longest_first(hits[name]) for name in tangled}, found_heads, found_marks)


def _by_phrase(groups: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, phrases in groups.items():
        for phrase in phrases:
            found[phrase] = (*found.get(phrase, ()), name)
    return found


def _put_in_order(groups: Mapping[str, list[int]]) -> None:
    """Places come in the order of the ends of what was met there."""
    for places in groups.values():
        places.sort()


def _longest_first(hits: list[Hit]) -> list[Hit]:
    """Of hits in the order of their ends, those a reader would choose."""
    kept: list[Hit] = []
    free = 0
    hits.reverse()  # of those that begin together the longest comes first, and stays so
    hits.sort(key=itemgetter(0))
    for hit in hits:
        if hit[0] >= free:
            kept.append(hit)
            free = hit[1]
    return kept

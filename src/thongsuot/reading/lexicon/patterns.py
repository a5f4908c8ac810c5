"""Word sets as compiled alternations, made once however many texts are read."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from thongsuot.reading.lexicon.phrases import Phrases


@cache
def alternatives(words: frozenset[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


@cache
def phrases_of(words: frozenset[str]) -> Phrases:
    """For trying the words at a place: a look-up, where a pattern would try each word in turn."""
    return Phrases.of(words)


@cache
def any_of(words: frozenset[str], *, before: str = "", after: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}(?:{alternatives(words)}){after}")


def matches_at(places: Iterable[int], shape: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of a shape that begins at one of the places, none overlapping."""
    free, match_at = 0, shape.match
    for place in places:
        if place >= free:
            match = match_at(text, place)
            if match:
                yield match
                free = match.end()

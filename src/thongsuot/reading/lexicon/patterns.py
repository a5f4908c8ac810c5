"""Word sets as compiled alternations, made once however many texts are read."""

import re
from functools import cache

from thongsuot.reading.lexicon.phrases import Phrases


@cache
def alternatives(words: frozenset[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def whole_words(*words: str) -> str:
    """Any of the words where it begins a word. The engine leaps to their first letters, since nothing stands
    before the alternatives; a leading word edge would be tried at every letter of a text.
    """
    return "(?:" + "|".join(rf"{re.escape(word)}(?<!\w{'.' * len(word)})" for word in words) + ")"


@cache
def phrases_of(words: frozenset[str]) -> Phrases:
    """For trying the words at a place: a look-up, where a pattern would try each word in turn."""
    return Phrases.of(words)


@cache
def any_of(words: frozenset[str], *, before: str = "", after: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}(?:{alternatives(words)}){after}")

"""Word sets as compiled alternations, made once however many texts are read."""

import re
from functools import cache


@cache
def alternatives(words: frozenset[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def any_of(words: frozenset[str], *, before: str = "", after: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}(?:{alternatives(words)}){after}")

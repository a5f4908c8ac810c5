"""Vietnamese text made comparable: one Unicode form, one tone placement, one dash, one space."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from thongsuot.kernel.spans import Span

_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
# Open syllables in oa, oe, uy may carry the tone on either vowel; the first is chosen here.
_TONES = {
    unicodedata.normalize("NFC", first + second + mark): unicodedata.normalize("NFC", first + mark + second)
    for first, second in ("oa", "oe", "uy")
    for mark in _TONE_MARKS
}
# What is looked for stands first, so that the engine leaps to its first letters.
_TONE = re.compile(
    "(?:"
    + "|".join(f"{first}[{''.join(pair[1] for pair in _TONES if pair[0] == first)}]" for first in "ou")
    + r")(?<![qQ]..)(?![^\W\d_]|[\u0300-\u036f])"
)

_DASHES = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)
_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "´": "'", "ʼ": "'"}
_LOOKALIKES = {"ð": "đ", "Ð": "đ", "ƌ": "đ"}  # Icelandic eth is printed for đ by some old fonts

_UNIFIED = {**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_SPACES, " ")}
_SHADOWED = {**_UNIFIED, **_QUOTES, **_LOOKALIKES}
_TO_UNIFY = re.compile("[" + re.escape("".join(_UNIFIED)) + "]")
_TO_SHADOW = re.compile("[" + re.escape("".join(_SHADOWED)) + "]")
_TO_SHADOW_IN_LINES = re.compile("[" + re.escape("".join(_SHADOWED.keys() - {"\n", "\t"})) + "]")
_STROKES = str.maketrans({"đ": "d", "ð": "d", "ƌ": "d", "Đ": "d", "Ð": "d"})


def normalise(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _one_tone_place(text: str) -> str:
    return _TONE.sub(lambda match: _TONES[match[0]], text)


def fold(text: str) -> str:
    """A comparable form: two spellings of the same words fold to one string."""
    folded = _TO_UNIFY.sub(lambda match: _UNIFIED[match[0]], normalise(normalise(text).casefold()))
    return " ".join(_one_tone_place(folded).split())


def strip_marks(text: str) -> str:
    """Folded and without diacritics: what a person types who has no Vietnamese keyboard."""
    decomposed = unicodedata.normalize("NFD", fold(text).translate(_STROKES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def leaves_marks_out(typed: str, name: str) -> bool:
    """True where `typed` is `name` with all, some or none of its marks, and no mark of its own."""
    ours, theirs = _letters(typed), _letters(name)
    return len(ours) == len(theirs) and all(
        one == other and marks <= others for (one, marks), (other, others) in zip(ours, theirs, strict=True)
    )


def _letters(text: str) -> list[tuple[str, frozenset[str]]]:
    """Each letter of the folded text without its marks, and the marks; a stroke is one."""
    split = (unicodedata.normalize("NFD", letter) for letter in fold(text))
    return [(one[0].translate(_STROKES), frozenset(one if one == "đ" else one[1:])) for one in split]


def shadow(text: str, *, breaks: bool = False) -> str:
    """Lower case, one dash, one space, one tone place, with every character still in its place.

    With `breaks`, line breaks and tabs stay what they are.
    """
    to_shadow = _TO_SHADOW_IN_LINES if breaks else _TO_SHADOW
    lowered = text.lower()
    if len(lowered) != len(text):  # a few foreign capitals grow when lowered
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return _one_tone_place(to_shadow.sub(lambda match: _SHADOWED[match[0]], lowered))


@dataclass(frozen=True)
class OffsetMap:
    """Places in NFC text mapped back to the text as it was.

    `pairs` holds (length in NFC, length in the original). Equal lengths map one to one; any other pair
    is a cluster, such as a letter with separate marks, which can only be pointed at as a whole. A cluster whose
    length did not change has its second length negative.
    """

    pairs: tuple[tuple[int, int], ...]

    @classmethod
    def from_runs(cls, runs: Sequence[int]) -> "OffsetMap":
        if len(runs) % 2 or any(length < 0 for length in runs[::2]):
            raise ValueError("runs are pairs of lengths")
        return cls(tuple(zip(runs[::2], runs[1::2], strict=True)))

    def to_runs(self) -> list[int]:
        return [length for pair in self.pairs for length in pair]

    @cached_property
    def _starts(self) -> tuple[list[int], list[int]]:
        composed, original = [0], [0]
        for here, there in self.pairs:
            composed.append(composed[-1] + here)
            original.append(original[-1] + abs(there))
        return composed, original

    @property
    def lengths(self) -> tuple[int, int]:
        """Length of the NFC text and of the original."""
        composed, original = self._starts
        return composed[-1], original[-1]

    def original_start(self, offset: int) -> int:
        return self._original(offset, after=False)

    def original_end(self, offset: int) -> int:
        return self._original(offset, after=True)

    def original(self, span: Span) -> Span:
        """The smallest stretch of the original that holds all of `span`."""
        start = self.original_start(span.start)
        return Span(start, max(start, self.original_end(span.end)))

    def _original(self, offset: int, *, after: bool) -> int:
        composed, original = self._starts
        if not 0 <= offset <= composed[-1]:
            raise ValueError(f"{offset} is outside the text ({composed[-1]} characters)")
        run = bisect_right(composed, offset) - 1
        inside = offset - composed[run]
        if not inside or run == len(self.pairs):
            return original[run]
        here, there = self.pairs[run]
        if here == there:
            return original[run] + inside
        return original[run + 1] if after else original[run]


def _joins_previous(letter: str) -> bool:
    """True where composing may merge this character into the one before it."""
    return unicodedata.category(letter)[0] == "M" or "\u1160" <= letter <= "\u11ff"


def _clusters(text: str) -> Iterator[str]:
    start = 0
    for place in range(1, len(text)):
        if not (text[place].isascii() or not _joins_previous(text[place])):
            continue
        yield text[start:place]
        start = place
    if text:
        yield text[start:]


def normalise_with_offsets(text: str) -> tuple[str, OffsetMap]:
    if unicodedata.is_normalized("NFC", text):
        return text, OffsetMap(((len(text), len(text)),) if text else ())
    parts, pairs, same = [], [], 0
    for cluster in _clusters(text):
        composed = normalise(cluster)
        parts.append(composed)
        if composed == cluster or len(cluster) == 1 == len(composed):
            same += len(cluster)
            continue
        if same:
            pairs.append((same, same))
            same = 0
        altered = len(composed) == len(cluster)
        pairs.append((len(composed), -len(cluster) if altered else len(cluster)))
    if same:
        pairs.append((same, same))
    composed = "".join(parts)
    whole = normalise(text)
    if composed != whole:  # clusters that still merge: point at the text as a whole
        return whole, OffsetMap(((len(whole), len(text)),))
    return composed, OffsetMap(tuple(pairs))

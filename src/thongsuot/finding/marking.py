"""Showing the words that were found in the text they were found in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thongsuot.finding.asking import Typed
from thongsuot.finding.words import bare, forms_at, meanings_in
from thongsuot.kernel.vietnamese import normalise, shadow

AROUND = 220  # characters of a snippet
_BEFORE = 60
_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"[^\w\n]{1,2}")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    found: bool = False


class Seeker:
    def __init__(self, typed: Typed, *, loosely: bool) -> None:
        self.meanings = meanings_in(typed.words)
        self.marked = {word for word in typed.words if not loosely and bare(word) != word}
        self.bare = {bare(word) for word in typed.words if word not in self.marked}
        self.begun = typed.last
        self.begun_marked = self.begun in self.marked

    def whole(self, text: str) -> list[Piece]:
        text = normalise(text)
        return list(_pieces(text, self._places(text), 0, len(text)))

    def snippet(self, text: str) -> list[Piece]:
        """The stretch where most of the words stand together."""
        text = normalise(text)
        places = self._places(text)
        if len(text) <= AROUND:
            return list(_pieces(text, places, 0, len(text)))
        start = self._fullest(places)
        first = _from_a_word(text, max(0, start - _BEFORE)) if start > _BEFORE else 0
        last = _to_a_word(text, first + AROUND)
        pieces = list(_pieces(text, places, first, last))
        return [*([Piece("…")] if first else []), *pieces, *([Piece("…")] if last < len(text) else [])]

    @staticmethod
    def _fullest(places: Sequence[tuple[int, int]]) -> int:
        def together(start: int) -> int:
            return sum(start <= other < start + AROUND - _BEFORE for other, _end in places)

        starts = [start for start, _end in places[:200]]
        return max(starts, key=together) if starts else 0

    def _places(self, text: str) -> list[tuple[int, int]]:
        """Where found words stand; neighbours are one place."""
        spans = [(match[0], *match.span()) for match in _WORD.finditer(shadow(text))]
        written = [word for word, _start, _end in spans]
        lit = [self._is_found(word) for word in written]
        if self.meanings:
            for at in range(len(written)):
                for form in forms_at(written, at):
                    if form.meaning in self.meanings:
                        lit[at : at + len(form.marked)] = [True] * len(form.marked)
        places: list[tuple[int, int]] = []
        for (_word, start, end), found in zip(spans, lit, strict=True):
            if not found:
                continue
            if places and _JOINT.fullmatch(text, places[-1][1], start):
                places[-1] = (places[-1][0], end)
            else:
                places.append((start, end))
        return places

    def _is_found(self, word: str) -> bool:
        if word in self.marked or bare(word) in self.bare:
            return True
        if not self.begun:
            return False
        return word.startswith(self.begun) if self.begun_marked else bare(word).startswith(bare(self.begun))


def _pieces(text: str, places: Sequence[tuple[int, int]], first: int, last: int) -> Iterator[Piece]:
    at = first
    for start, end in places:
        if end <= first or start >= last:
            continue
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[max(start, at) : min(end, last)], found=True)
        at = min(end, last)
    if at < last:
        yield Piece(text[at:last])


def _from_a_word(text: str, at: int) -> int:
    space = text.find(" ", at)
    return space + 1 if 0 <= space < at + 20 else at


def _to_a_word(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at)
    return space if space > at - 20 else at

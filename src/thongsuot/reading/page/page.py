"""One opened text."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from thongsuot.kernel import Span
from thongsuot.reading.page.blocks import Block, Kind, cut_blocks
from thongsuot.reading.page.flat import Flat, flatten
from thongsuot.reading.page.sentences import sentences_of
from thongsuot.reading.page.tables import Table, tables_of

# Leaps from digit to digit, as \d+ does not; tells what may be a date or a symbol, and what may be "8 412".
_DIGITS = re.compile(r"\d\d*(?:( ?[-/.]| tháng)|( )(?=\d))?")
_JOINED, _SPACED = 1, 2  # its groups


@dataclass(frozen=True)
class Page:
    flat: Flat
    text: str
    shade: str
    blocks: tuple[Block, ...]
    official: bool

    @cached_property
    def _digits(self) -> tuple[list[int], list[int], list[int]]:
        every, joined, spaced = [], [], []
        for match in _DIGITS.finditer(self.shade):
            place = match.start()
            every.append(place)
            if match.lastindex == _JOINED:
                joined.append(place)
            elif match.lastindex == _SPACED:
                spaced.append(place)
        return every, joined, spaced

    @property
    def digits(self) -> list[int]:
        """Where runs of digits begin: the shapes of numbers are tried only there."""
        return self._digits[0]

    @property
    def joined_digits(self) -> list[int]:
        """Those before a dash, a slash, a dot or a month: dates and symbols are tried only there."""
        return self._digits[1]

    @property
    def spaced_digits(self) -> list[int]:
        """Those before a space and more digits."""
        return self._digits[2]

    def span(self, start: int, end: int) -> Span:
        return self.flat.span(start, end)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        return tuple(tables_of(self.text))

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def block_at(self, place: int) -> Block:
        return self.blocks[bisect_right(self._starts, place, 1) - 1]

    def kind_at(self, place: int) -> Kind:
        return self.blocks[bisect_right(self._starts, place, 1) - 1].kind

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Every sentence of the page, in order; none crosses a block."""
        return tuple(chain.from_iterable(self._by_block.values()))

    def sentences_in(self, block: Block) -> list[tuple[int, int]]:
        return self._by_block[block.start]

    @cached_property
    def _by_block(self) -> dict[int, list[tuple[int, int]]]:
        return {block.start: sentences_of(self.text, block.body, block.end) for block in self.blocks}

    def sentence_at(self, place: int) -> tuple[int, int]:
        return self.sentences[bisect_right(self._sentence_starts, place, 1) - 1]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]


def open_page(text: str) -> Page:
    flat = flatten(text)
    blocks, official = cut_blocks(flat)
    return Page(flat, flat.text, flat.shade, blocks, official)

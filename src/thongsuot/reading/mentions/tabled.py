"""Figures in tables: the unit stands in brackets after a row's or a column's name, in a cell, or beside the table."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from thongsuot.reading.lexicon import Lexicon
from thongsuot.reading.mentions.numbers import tidy, value_of
from thongsuot.reading.page import Page, Table

_WHOLE_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_IN_BRACKETS = re.compile(r"\((?P<unit>[^()]{1,24})\)")
_UNIT_OF_ALL = re.compile(r"\b(?:đơn vị(?: tính)?|đvt) ?: ?(?P<unit>[^()\n:;.|]{1,24})")
_NUMBER_OF = re.compile(r"(?:tổng )?số (?:lượng )?")
_RUNNING = re.compile(r"(?:tt|stt|số tt|số thứ tự|thứ tự)\b")


class TabledFigure(NamedTuple):
    start: int
    end: int
    value: int | float
    unit: str


_Unit = tuple[str, int] | None


class _Units:
    def __init__(self, page: Page, lexicon: Lexicon) -> None:
        self.page, self.lexicon = page, lexicon

    def named(self, words: str) -> _Unit:
        words = words.strip()
        if words in ("%", "tỷ lệ %", "phần trăm"):
            return "%", 1
        scale, _, money = words.rpartition(" ")
        if money == "đồng":
            return "đồng", self.lexicon.scales.get(scale, 1)
        return (words, 1) if words and self.lexicon.measures.match(words, 0) == words else None

    def of_cell(self, start: int, end: int, *, whole: bool) -> _Unit:
        cell = self.page.shade[start:end]
        for bracket in _IN_BRACKETS.finditer(cell):
            if unit := self.named(bracket["unit"]):
                return unit
        if whole and (unit := self.named(cell)):
            return unit
        counted = _NUMBER_OF.match(cell)
        noun = self.lexicon.measures.match(cell, counted.end()) if counted else None
        return (noun, 1) if noun else None

    def of_table(self, table: Table) -> _Unit:
        """ "(Đơn vị tính: hồ sơ)" in the line before a table or after it."""
        before = self.page.shade[max(0, table.start - 160) : table.start].rstrip("\n").rpartition("\n")[2]
        after = self.page.shade[table.end : table.end + 80].lstrip("\n").partition("\n")[0]
        for line in (before, after):
            match = _UNIT_OF_ALL.search(line)
            if match:
                return self.named(match["unit"])
        return None


def tabled_figures(page: Page, lexicon: Lexicon) -> Iterator[TabledFigure]:
    units = _Units(page, lexicon)
    for table in page.tables:
        yield from _of_table(page, units, table)


def _of_table(page: Page, units: _Units, table: Table) -> Iterator[TabledFigure]:
    head = table.rows[0]
    columns = [units.of_cell(*cell, whole=False) for cell in head]
    running = bool(_RUNNING.match(page.shade, head[0][0]))
    common = units.of_table(table)
    for row in table.rows:
        own = next((u for a, b in row if (u := units.of_cell(a, b, whole=True))), None)
        for place, (start, end) in enumerate(row):
            if not _WHOLE_NUMBER.fullmatch(page.shade, start, end) or (
                place == 0 and (running or len(row) > 1)
            ):
                continue
            column = columns[place] if len(columns) == len(row) and row is not head else None
            unit = own or column or common
            if unit:
                value = tidy(value_of(page.shade[start:end]) * unit[1])
                yield TabledFigure(start, end, value, unit[0])

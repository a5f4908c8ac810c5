"""Rows and cells: lines parted by bars, tabs or spaced slashes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]+")
_RULE = re.compile(r"[|\s:+-]+")
_BARS, _TABS, _SLASHES = re.compile(r"[^|]+"), re.compile(r"[^\t]+"), re.compile(r"(?:(?! / ).)+")

Cell = tuple[int, int]


@dataclass(frozen=True)
class Table:
    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


def _cells(text: str, start: int, end: int) -> tuple[Cell, ...]:
    line = text[start:end]
    parts = _BARS if "|" in line else _TABS if "\t" in line else _SLASHES if line.count(" / ") > 1 else None
    if parts is None:
        return ()
    found = []
    for match in parts.finditer(text, start, end):
        a, b = match.span()
        while a < b and text[a] in " /\t|":
            a += 1
        while b > a and text[b - 1] in " /\t|":
            b -= 1
        if a < b:
            found.append((a, b))
    return tuple(found)


def tables_of(text: str) -> Iterator[Table]:
    """Neighbouring lines of two cells or more."""
    if not ("|" in text or "\t" in text or " / " in text):
        return
    rows: list[tuple[Cell, ...]] = []
    start = end = 0
    for match in _LINE.finditer(text):
        if rows and _RULE.fullmatch(match[0]):
            continue
        cells = _cells(text, *match.span())
        if len(cells) > 1:
            start = match.start() if not rows else start
            rows.append(cells)
            end = match.end()
            continue
        if len(rows) > 1:
            yield Table(start, end, tuple(rows))
        rows = []
    if len(rows) > 1:
        yield Table(start, end, tuple(rows))

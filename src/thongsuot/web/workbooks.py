"""Workbooks that people send: opened within limits, their cells by place, and what in them no reader may trust.

Formulas, merged cells and hidden rows are looked for in the parts of the file themselves: a formula reads like its last
result, and nothing says whose result that was.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from typing import Any

import python_calamine

MOST_ROWS = 5_000
UNPACKED = 60 * 1024 * 1024
_TAG = rb"<(?:\w+:)?"
_SHEET = re.compile(_TAG + rb"sheet\s([^>]*)")
_RELATION = re.compile(rb"<Relationship\s([^>]*)")
_NAME = re.compile(rb"(?<!\w)name=\"([^\"]*)\"")
_KEY = re.compile(rb"\w+:id=\"([^\"]*)\"")
_ID = re.compile(rb"(?<!\w)Id=\"([^\"]*)\"")
_TARGET = re.compile(rb"Target=\"([^\"]*)\"")
_MERGED = re.compile(_TAG + rb"mergeCell\s[^>]*ref=\"([A-Z]+\d+):")
_ROW = re.compile(_TAG + rb"row\s([^>]*)>")
_NUMBER = re.compile(rb"(?<!\w)r=\"(\d+)\"")
_HIDDEN = re.compile(rb"(?<!\w)hidden=\"(?:1|true)\"")
_FORMULA = re.compile(_TAG + rb"c\s[^>]*?(?<!\w)r=\"([A-Z]+\d+)\"[^>]*>\s*" + _TAG + rb"f[\s/>]")
_ERROR = re.compile(_TAG + rb"c\s(?=[^>]*(?<!\w)t=\"e\")[^>]*?(?<!\w)r=\"([A-Z]+\d+)\"")
_MOST_ODD = 200


class Unreadable(Exception):
    """The file is no workbook that can be opened."""


class TooBig(Unreadable):
    """The file is larger than allowed."""


@dataclass(frozen=True, slots=True)
class Cell:
    value: Any
    sheet: str
    place: str

    @property
    def text(self) -> str:
        """Its words in one line; whole numbers without their decimals."""
        value = self.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return " ".join(str(value).split()) if value is not None else ""


@dataclass(frozen=True, slots=True)
class Oddities:
    """Places in one sheet."""

    formulas: frozenset[str] = frozenset()
    merged: frozenset[str] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    errors: frozenset[str] = frozenset()  # cells that hold #REF! and its like; they read as empty


@dataclass(frozen=True, slots=True)
class Workbook:
    """`rows` of each sheet by its name, at most `most_rows` and one more, so that too many can be told."""

    rows: Mapping[str, Sequence[Sequence[Any]]]
    odd: Mapping[str, Oddities] = field(default_factory=dict)

    def cells(self, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
        """Line by line, counted from 1."""
        for number, row in enumerate(self.rows.get(sheet, ()), start=1):
            yield number, [Cell(value, sheet, f"{letters(at)}{number}") for at, value in enumerate(row)]


def open_workbook(
    data: bytes,
    *,
    max_bytes: int | None = None,
    most_rows: int = MOST_ROWS,
    unpacked: int = UNPACKED,
    oddities: bool = False,
) -> Workbook:
    """Raises Unreadable, or TooBig; never unpacks more than `unpacked`."""
    if max_bytes is not None and len(data) > max_bytes:
        raise TooBig
    if not _opens_small(data, unpacked):
        raise Unreadable
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        rows = {name: _rows(book, name, most_rows + 1) for name in book.sheet_names}
        odd = _oddities(data) if oddities else {}
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError, KeyError) as broken:
        raise Unreadable from broken
    return Workbook(rows, odd)


def letters(at: int) -> str:
    """The name of a column, counted from 0."""
    told = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        told = chr(ord("A") + rest) + told
    return told


def _opens_small(data: bytes, unpacked: int) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return sum(part.file_size for part in packed.infolist()) <= unpacked
    except (zipfile.BadZipFile, OSError):
        return False


def _rows(book: Any, name: str, most: int) -> list[list[Any]]:
    rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=most)
    return rows


def _oddities(data: bytes) -> dict[str, Oddities]:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return {name: _odd_in(packed.read(part)) for name, part in _parts(packed) if part}


def _parts(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Names of sheets with the part of the archive that holds each."""
    targets = {}
    for match in _RELATION.finditer(packed.read("xl/_rels/workbook.xml.rels")):
        key, target = _ID.search(match[1]), _TARGET.search(match[1])
        if key and target:
            targets[key[1]] = target[1].decode()
    there = set(packed.namelist())
    for match in _SHEET.finditer(packed.read("xl/workbook.xml")):
        name, key = _NAME.search(match[1]), _KEY.search(match[1])
        place = targets.get(key[1], "") if key else ""
        part = place.lstrip("/") if place.startswith("/") else f"xl/{place}"
        if name and part in there:
            yield unescape(name[1].decode()), part


def _odd_in(part: bytes) -> Oddities:
    hidden = set()
    for match in _ROW.finditer(part):
        number = _NUMBER.search(match[1])
        if number and _HIDDEN.search(match[1]):
            hidden.add(int(number[1]))
    return Oddities(
        frozenset(_first(_FORMULA, part)),
        frozenset(_first(_MERGED, part)),
        frozenset(sorted(hidden)[:_MOST_ODD]),
        frozenset(_first(_ERROR, part)),
    )


def _first(pattern: re.Pattern[bytes], part: bytes) -> Iterator[str]:
    for count, match in enumerate(pattern.finditer(part)):
        if count == _MOST_ODD:
            return
        yield match[1].decode()

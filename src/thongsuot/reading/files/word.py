"""Word files: headers first, then paragraphs and tables in order."""

import io
import re
from typing import Any

from thongsuot.reading.files import archive as archives
from thongsuot.reading.files.problems import UnreadableFile
from thongsuot.reading.files.secrecy import refuse_classified

_COLUMNS = re.compile(r"cộng hòa xã hội|đảng cộng sản|độc lập - tự do|nơi nhận", re.I)
_GAP = " " * 8
_IMAGE = re.compile(r"-{4,}(?:media/|Image alt text)[^-]*-{4,}|----[^-]*----")


def read(data: bytes, limit: int) -> str:
    archive = archives.open_archive(data, limit)
    listed = archives.names(archive)
    if archives.has_macros(archive):
        raise UnreadableFile("macro")
    if "word/document.xml" not in listed:
        raise UnreadableFile("unsupported" if "[Content_Types].xml" in listed else "binary")
    try:
        raw = archives.raw_texts(archive)
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile("broken") from error
    refuse_classified(*raw)
    return _text(data)


def _text(data: bytes) -> str:
    from docx2python import docx2python  # noqa: PLC0415  # loads lxml: only for Word files

    try:
        with docx2python(io.BytesIO(data)) as document:
            lines = _header(document.header)
            for table in document.body:
                lines += _table(table)
    except Exception as error:  # any failure of the parser means the same to the reader: a damaged file
        raise UnreadableFile("broken") from error
    return "\n".join(lines).strip("\n") + "\n"


def _header(header: Any) -> list[str]:
    """Each line of the running headers once, however many sections repeat it."""
    found: list[str] = []
    for table in header:
        for row in table:
            for cell in row:
                found += [line for line in _lines(cell) if line.strip() and line not in found]
    return found


def _lines(cell: list[str]) -> list[str]:
    lines = []
    for paragraph in cell:
        lines += [_clean(line) for line in paragraph.split("\n")]
    return lines


def _clean(line: str) -> str:
    line = _IMAGE.sub("", line)
    return re.sub(
        r"^(\s*)(--|\d+\)|[a-z]\)|[ivx]+\))\t", lambda m: "- " if m[2] == "--" else m[2] + " ", line
    ).rstrip()


def _table(table: Any) -> list[str]:
    if len(table) == 1 and len(table[0]) == 1:  # plain paragraphs
        return _lines(table[0][0])
    rows = [[_lines(cell) for cell in row] for row in table]
    printed = "\n".join(" ".join(lines) for row in rows for lines in row)
    if rows and max(map(len, rows)) == 2 and _COLUMNS.search(printed):
        return [line for row in rows for line in _side_by_side(row)]
    return ["| " + " | ".join(" ".join(filter(None, lines)) for lines in row) + " |" for row in rows]


def _side_by_side(row: list[list[str]]) -> list[str]:
    """The two columns of a letterhead, as they stand on paper."""
    left, right = [*row, [], []][:2]
    left, right = ([line for line in side if line.strip()] for side in (left, right))
    count = max(len(left), len(right))
    left, right = left + [""] * (count - len(left)), right + [""] * (count - len(right))
    return [f"{a}{_GAP}{b}".rstrip() if b else a for a, b in zip(left, right, strict=True)]

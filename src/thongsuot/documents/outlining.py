"""The points of a text, one line each, as people type or paste them: "Điều 3.", "II.", "2.", "b)". No database here.

Anchors tell the way to a point and stay short: "d3.k2.b" for point b of clause 2 of article 3, "muc-ii.3b" for point b
of number 3 under heading II; they are those of the reader of directives.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from thongsuot.documents.enums import PointKind


@dataclass(frozen=True, slots=True)
class PointRecord:
    """A point before it is kept; `path` is its anchor, `start` and `end` its place in the source where it has one."""

    label: str
    kind: str
    path: str
    text: str
    start: int | None = None
    end: int | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Head:
    """What a line begins with."""

    kind: PointKind
    rank: int
    mark: str


_LETTERS = "abcdđeghiklmnopqrstuvxy"
_HEADS: Sequence[tuple[re.Pattern[str], PointKind, int]] = (
    (re.compile(r"chương\s+([ivxlc]+|\d+)\b[.:]?\s*", re.I), PointKind.CHAPTER, 0),
    (re.compile(r"mục\s+([ivxlc]+|\d+)\b[.:]?\s*", re.I), PointKind.SECTION, 1),
    (re.compile(r"điều\s+(\d+[a-zđ]?)\b[.:]?\s*", re.I), PointKind.ARTICLE, 2),
    (re.compile(r"([IVXL]+)\s*[.\-–]\s+"), PointKind.HEADING, 1),
    (re.compile(r"(\d{1,3}(?:\.\d{1,3})+)\s*[.)]?\s+"), PointKind.CLAUSE, 4),
    (re.compile(r"(\d{1,3})\s*[.)\-–]\s+"), PointKind.CLAUSE, 3),
    (re.compile(rf"([{_LETTERS}])\s*[.)]\s+"), PointKind.POINT, 5),
)
_NAMES = {
    PointKind.CHAPTER: "Chương",
    PointKind.SECTION: "Mục",
    PointKind.ARTICLE: "Điều",
    PointKind.HEADING: "mục",
    PointKind.CLAUSE: "khoản",
    PointKind.POINT: "điểm",
}


def outline(text: str) -> list[PointRecord]:
    """Every line that begins a point, with the lines that go on with it; what stands before the first is left out."""
    open_heads: list[_Head] = []
    found: list[PointRecord] = []
    taken: dict[str, int] = {}
    for start, end, line in _lines(unicodedata.normalize("NFC", text)):
        head, words = _head(line)
        if head is None:
            if found:
                last = found[-1]
                found[-1] = replace(last, text=f"{last.text}\n{line}".strip(), end=end)
            continue
        open_heads = [one for one in open_heads if one.rank < head.rank]
        open_heads.append(head)
        anchor = _once(_anchor(open_heads), taken)
        found.append(
            PointRecord(_label(open_heads), head.kind.value, anchor, words, start, end, len(open_heads) - 1)
        )
    return found


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    place = 0
    for whole in text.splitlines(keepends=True):
        line = whole.strip()
        if line:
            start = place + whole.index(line)
            yield start, start + len(line), line
        place += len(whole)


def _head(line: str) -> tuple[_Head | None, str]:
    for pattern, kind, rank in _HEADS:
        if match := pattern.match(f"{line} "):
            return _Head(kind, rank, match[1]), line[match.end() :].strip()
    return None, line


def _anchor(heads: Sequence[_Head]) -> str:
    """Articles are numbered through the whole text, so chapters and sections are no part of their way."""
    within = heads
    for place, head in enumerate(heads):
        if head.kind == PointKind.ARTICLE:
            within = heads[place:]
    lawlike = any(head.kind == PointKind.ARTICLE for head in within)
    path = ""
    for head in within:
        mark = head.mark.lower().replace("đ", "dd")
        path = _joined(path, head, mark, lawlike)
    return path


def _joined(path: str, head: _Head, mark: str, lawlike: bool) -> str:
    match head.kind:
        case PointKind.CHAPTER:
            step = f"chuong-{mark}"
        case PointKind.SECTION | PointKind.HEADING:
            step = f"muc-{mark}"
        case PointKind.ARTICLE:
            step = f"d{mark}"
        case PointKind.CLAUSE if "." in mark:
            above, _dot, last = mark.rpartition(".")
            step = last if path.endswith(above) else mark
        case PointKind.CLAUSE if lawlike:
            step = f"k{mark}"
        case PointKind.POINT if path and path[-1].isdigit() and not lawlike:
            return f"{path}{mark}"
        case _:
            step = mark
    return f"{path}.{step}" if path else step


def _label(heads: Sequence[_Head]) -> str:
    """Innermost first, as it is cited: "điểm b khoản 2 Điều 3"."""
    shown = list(heads)
    articles = [place for place, head in enumerate(heads) if head.kind == PointKind.ARTICLE]
    if articles:
        shown = list(heads[articles[-1] :])
    parts = [f"{_NAMES[head.kind]} {head.mark}" for head in reversed(shown)]
    return " ".join(parts)


def _once(anchor: str, taken: dict[str, int]) -> str:
    """A text that numbers twice keeps both, the second with its turn."""
    taken[anchor] = taken.get(anchor, 0) + 1
    return anchor if taken[anchor] == 1 else f"{anchor}~{taken[anchor]}"


def head_of(kind: str, label: str) -> str:
    """How the line of a point begins: "b)" of "điểm b khoản 2 Điều 3"."""
    words = label.split()
    mark = words[1] if len(words) > 1 else label
    match kind:
        case PointKind.CHAPTER:
            return f"Chương {mark}."
        case PointKind.SECTION:
            return f"Mục {mark}."
        case PointKind.ARTICLE:
            return f"Điều {mark}."
        case PointKind.HEADING | PointKind.CLAUSE:
            return f"{mark}."
        case PointKind.POINT:
            return f"{mark})"
    return label


def typed_lines(points: Iterable[tuple[str, str, str]]) -> str:
    """Kind, label and text of each, as lines to go on typing in; `outline` reads them back."""
    return "\n".join(f"{head_of(kind, label)} {text}".strip() for kind, label, text in points)


def located(points: Sequence[PointRecord], source: str) -> list[PointRecord]:
    """Each with its place in the source, looked for from where the one before ended; else without a place."""
    found, place = [], 0
    for one in points:
        words = one.text.split("\n", 1)[0]
        start = source.find(words, place) if words else -1
        if start < 0:
            found.append(replace(one, start=None, end=None))
            continue
        whole = one.text if source.startswith(one.text, start) else words
        place = start + len(whole)
        found.append(replace(one, start=start, end=place))
    return found

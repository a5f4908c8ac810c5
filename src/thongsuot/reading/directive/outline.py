"""The outline of a directive: parts, chapters, articles, clauses, points and dashes, each with a stable anchor."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from thongsuot.kernel import strip_marks
from thongsuot.reading.directive.paper import Paper, Paragraph
from thongsuot.reading.page.letters import CAPITALS

PART, CHAPTER, SECTION, ROMAN, ARTICLE, NUMBER, DECIMAL, DECIMAL_3, LETTER, DASH, PLUS, ROW = range(1, 13)
_JOINT = r"(?:\.-|\./|/-|[.)/-]|\.\)|:)"
_SHAPES = (
    (PART, "part", r"phần (?:thứ )?(?P<n>[ivx]+|\d+|nhất|một|hai|ba|tư|bốn|năm|sáu)\b[.:]?"),
    (CHAPTER, "chapter", r"chương (?P<n>[ivxl]+|\d+)\b[.:]?"),
    (SECTION, "section", r"mục (?P<n>[ivx]+|\d{1,2})\b[.:]?"),
    (ARTICLE, "article", r"điều (?P<n>\d{1,3}[a-zđ]?)\b ?[.:]?"),
    (ROMAN, "heading", rf"(?P<n>[ivx]{{1,6}}) ?{_JOINT}(?= )"),
    (PART, "part", r"(?P<n>[a-h]) ?(?:\.-|[.-]|\))(?= )"),
    (DECIMAL_3, "clause", rf"(?P<n>\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}}){_JOINT}?(?= )"),
    (DECIMAL, "clause", rf"(?P<n>\d{{1,2}}\.\d{{1,2}}){_JOINT}?(?= )"),
    (NUMBER, "clause", rf"\(?(?P<n>\d{{1,2}}) ?{_JOINT}(?= )"),
    (LETTER, "point", r"\(?(?P<n>[a-zđ]) ?(?:\.-|[.)/-])(?= )"),
    (LETTER, "point", r"\((?P<n>[ivx]{2,4})\)(?= )"),
    (DASH, "dash", r"(?P<n>)[-–—•▪●](?= ?\S)"),
    (PLUS, "dash", r"(?P<n>)[+*◦](?= ?\S)"),
)
_MARKER = [(level, kind, re.compile(shape)) for level, kind, shape in _SHAPES]
_CAPITAL_LEVELS = frozenset({PART, CHAPTER, SECTION, ROMAN, ARTICLE})
_ANNEX = re.compile(r"phụ lục(?: (?:số )?(?P<n>\d+|[ivx]+)\b)?")
_CLOSING = re.compile(
    r"(?:trong quá trình|trên đây là|nhận được|yêu cầu |đề nghị |quá trình |(?:chỉ thị|quyết định|kế hoạch|thông báo"
    r"|quy định"
    r"|nghị quyết|kết luận|hướng dẫn|công điện) này|[^.;]{3,60}? (?:thông báo|báo) (?:để )|.*(?:nêu trên"
    r"|sau đây)[^.]{0,20}:$)"
)
_STEP = 3  # how far a number may leap from the one before it and still be of the same list


class Marker(NamedTuple):
    level: int
    kind: str
    label: str
    number: str
    words: int  # where the words begin


@dataclass
class Node:
    """One point while the outline is made; its pieces are its paragraphs, without the label of the first."""

    level: int
    kind: str
    label: str
    path: str
    number: str
    parent: "Node | None"
    start: int
    pieces: list[tuple[int, int]] = field(default_factory=list)
    cells: tuple[tuple[int, int], ...] = ()  # of a row of a table
    columns: dict[str, int] = field(default_factory=dict)
    confidence: float = 0.97

    @property
    def end(self) -> int:
        return max(self.start, self.pieces[-1][1]) if self.pieces else self.start

    def ancestors(self) -> "list[Node]":
        found, node = [], self.parent
        while node:
            found.append(node)
            node = node.parent
        return found


class Outline:
    """The points in order, and the paragraphs of the body that belong to none."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.nodes: list[Node] = []
        self.loose: list[Paragraph] = []
        self._stack: list[Node] = []
        self._paths: Counter[str] = Counter()
        self._dashes: Counter[str] = Counter()
        self._columns: dict[str, int] | None = None
        self._closed = False
        for paragraph in paper.body():
            self._take(paragraph, "")
        self._annexes()
        if not self.nodes:
            self._paragraphs()

    def _annexes(self) -> None:
        """What stands after the signature is read only from its own heading on."""
        prefix, count = "", 0
        for paragraph in self.paper.paragraphs[self.paper.foot_from :]:
            match = _ANNEX.match(self.paper.shade, paragraph.start, paragraph.end)
            if match and self.paper.text[paragraph.start].isupper() and match.end() - paragraph.start < 20:
                count += 1
                prefix = f"pl{count}"
                self._stack, self._columns, self._closed = [], None, False
                self._push(Marker(0, "annex", match[0].strip(), str(count), match.end()), paragraph, prefix)
            elif prefix:
                self._take(paragraph, prefix)

    def _paragraphs(self) -> None:
        """A letter without any numbering: its paragraphs are what can be cited."""
        loose, self.loose = self.loose, []
        for number, paragraph in enumerate(loose, 1):
            node = Node(
                NUMBER, "paragraph", "", f"doan-{number}", str(number), None, paragraph.start, confidence=0.8
            )
            node.pieces = [(paragraph.start, paragraph.end)]
            self.nodes.append(node)

    def _take(self, paragraph: Paragraph, prefix: str) -> None:
        if self.paper.text[paragraph.start] == "|":
            self._closed = True  # words after a table are not those of the point before it
            self._row(paragraph, prefix)
            return
        self._columns = None
        marker = self._marker(paragraph)
        if marker and self._fits(marker):
            self._closed = False
            self._push(marker, paragraph, self._path(marker, prefix))
        elif self._stack and not self._closed and not self._is_closing(paragraph):
            self._stack[-1].pieces.append((paragraph.start, paragraph.end))
        else:
            self._closed = bool(self._stack)
            self.loose.append(paragraph)

    def _is_closing(self, paragraph: Paragraph) -> bool:
        """Words after the last point that speak of the whole paper; a point without words still waits for its own."""
        last = self._stack[-1]
        own = self.paper.text[slice(*last.pieces[0])].strip() if last.pieces else ""
        waiting = len(last.pieces) == 1 and (
            self.paper.is_capitals(*last.pieces[0]) or own[-1:] not in ".;,/"
        )
        if waiting and last.level in _CAPITAL_LEVELS | {NUMBER, DECIMAL, DECIMAL_3}:
            return False
        return bool(_CLOSING.match(self.paper.shade, paragraph.start, paragraph.end))

    def _marker(self, paragraph: Paragraph) -> Marker | None:
        text, shade = self.paper.text, self.paper.shade
        for level, kind, shape in _MARKER:
            match = shape.match(shade, paragraph.start, paragraph.end)
            if not match:
                continue
            if level in _CAPITAL_LEVELS and not text[paragraph.start].isupper():
                continue
            if (
                level == PART
                and len(match["n"]) == 1
                and match["n"].isalpha()
                and match["n"] in "ivx"
                and match[0][0] != "p"
            ):
                continue
            if level == LETTER and text[paragraph.start].isupper():
                continue
            if level in (CHAPTER, SECTION, ARTICLE) and not self._heads(match, paragraph):
                continue
            words = match.end()
            while words < paragraph.end and text[words] in " .:-":
                words += 1
            if level in (DASH, PLUS):
                words = min(words, paragraph.end)
            return Marker(level, kind, text[paragraph.start : match.end()].strip(), match["n"], words)
        return None

    def _heads(self, match: re.Match[str], paragraph: Paragraph) -> bool:
        """ "Điều 5 Nghị định này quy định …" at the start of a paragraph cites, it does not head."""
        after = self.paper.text[match.end() : paragraph.end].lstrip()
        return (
            match[0].rstrip()[-1] in ".:"
            or not after
            or (
                after[0] in f".:-{CAPITALS}"
                and (match[0].startswith(("chương", "mục", "phần")) or after[0] in ".:-")
            )
        )

    def _fits(self, marker: Marker) -> bool:
        """A number far from the one before it is a figure at the start of a line."""
        if marker.level not in (NUMBER, DECIMAL) or "." in marker.number:
            return True
        number = int(marker.number)
        last = next((node for node in reversed(self._stack) if node.level == NUMBER), None)
        before = int(last.number) if last and last.number.isdigit() else 0
        return number == 1 or before < number <= before + _STEP

    def _path(self, marker: Marker, prefix: str) -> str:
        while self._stack and self._stack[-1].level >= marker.level and self._stack[-1].kind != "annex":
            self._stack.pop()
        parent = self._stack[-1] if self._stack else None
        base = parent.path if parent else prefix
        number = strip_marks(marker.number) if marker.number != "đ" else "dd"
        if marker.level in (DASH, PLUS):
            self._dashes[base] += 1
            return _joined(base, f"g{self._dashes[base]}")
        if marker.level == ARTICLE:
            number = marker.number.replace("đ", "dd")
            return _joined(prefix, f"d{number}")  # articles run through the chapters of a paper
        in_article = any(node.level == ARTICLE for node in self._stack)
        match marker.level:
            case 1:
                return _joined(base, f"phan-{number}")
            case 2:
                return _joined(base, f"chuong-{number}")
            case 3 | 4:
                return _joined(base, f"muc-{number}")
            case 6:
                return _joined(base, f"k{number}" if in_article else number)
            case 7 | 8:
                return self._decimal(parent, base, number)
            case _:
                numbered = (
                    parent is not None and parent.level in (NUMBER, DECIMAL, DECIMAL_3) and not in_article
                )
                return f"{base}{number}" if numbered else _joined(base, number)

    def _decimal(self, parent: Node | None, base: str, number: str) -> str:
        """Under 2 stands 2.1, not 2.2.1."""
        if parent and parent.level in (NUMBER, DECIMAL) and number.startswith(f"{parent.number}."):
            return f"{base}.{number[len(parent.number) + 1 :]}"
        return _joined(base, number)

    def _push(self, marker: Marker, paragraph: Paragraph, path: str) -> None:
        self._paths[path] += 1
        again = self._paths[path]
        parent = self._stack[-1] if self._stack else None
        node = Node(
            marker.level,
            marker.kind,
            marker.label,
            path if again == 1 else f"{path}~{again}",
            marker.number,
            parent,
            paragraph.start,
            confidence=0.97 if again == 1 else 0.7,
        )
        if marker.words < paragraph.end:
            node.pieces.append((marker.words, paragraph.end))
        else:
            node.pieces.append((paragraph.end, paragraph.end))
        self.nodes.append(node)
        self._stack.append(node)

    def _row(self, paragraph: Paragraph, prefix: str) -> None:
        cells = _cells(self.paper.text, paragraph)
        if self._columns is None:
            self._columns = _columns([self.paper.shade[a:b] for a, b in cells])
            return
        if "task" not in self._columns or self._columns["task"] >= len(cells):
            return
        start, end = cells[self._columns["task"]]
        if start == end:
            return
        while self._stack and self._stack[-1].level >= ROW:
            self._stack.pop()
        parent = self._stack[-1] if self._stack else None
        base = parent.path if parent else prefix
        first = self.paper.text[slice(*cells[0])] if self._columns["task"] > 0 else ""
        self._dashes[f"{base}|"] += 1
        number = first if first.isascii() and first.isdigit() else str(self._dashes[f"{base}|"])
        path = _joined(base, f"b{number}")
        self._paths[path] += 1
        if self._paths[path] > 1:
            path = f"{path}~{self._paths[path]}"
        node = Node(
            ROW, "row", first or number, path, number, parent, cells[0][0], [(start, end)], confidence=0.9
        )
        node.cells, node.columns = cells, self._columns
        self.nodes.append(node)


def _joined(base: str, part: str) -> str:
    return f"{base}.{part}" if base else part


def _cells(text: str, paragraph: Paragraph) -> tuple[tuple[int, int], ...]:
    """Every cell of a row between bars, the empty ones too."""
    bars = [place for place in range(paragraph.start, paragraph.end) if text[place] == "|"]
    if not bars or bars[-1] < paragraph.end - 1:
        bars.append(paragraph.end)
    found = []
    for one, other in pairwise(bars):
        start, end = one + 1, other
        while start < end and text[start] in " \t":
            start += 1
        while end > start and text[end - 1] in " \t":
            end -= 1
        found.append((start, end))
    return tuple(found)


_COLUMNS = (
    (
        "lead",
        re.compile(r"chủ trì|đơn vị thực hiện|cơ quan thực hiện|người thực hiện|trách nhiệm|đơn vị tham mưu"),
    ),
    ("support", re.compile(r"phối hợp")),
    ("due", re.compile(r"thời hạn|thời gian|hạn hoàn thành|tiến độ|hoàn thành|thời điểm")),
    ("product", re.compile(r"sản phẩm|kết quả|đầu ra")),
    ("task", re.compile(r"nhiệm vụ|nội dung|công việc|hoạt động|giải pháp")),
)


def _columns(heads: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        for name, shape in _COLUMNS:
            if name not in found and shape.search(head):
                found[name] = place
                break
    return found if "task" in found and len(found) > 1 else {}

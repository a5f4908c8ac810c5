"""A clean copy of the text for the grammars: wrapped lines joined, spaces single, one dash, one tone place.

Grammars then need not know about double spaces or broken lines. Every place leads back to the text.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from thongsuot.kernel import Span, shadow

GAP = "\t"  # the space between the two columns of a letterhead
# A stretch that needs no repair: words with one plain space between them.
_WORD = re.compile(r"\S+(?: (?![\s,;:!?)\]”])\S+)*")
_PLAIN = {**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"), "’": "'"}
_BULLET = re.compile(
    r"\s*(?:[-–—•+*▪●◦]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)/]\s|\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\s"
    r"|\(?[a-zđ][).]\s|[IVX]{1,5}[.)/-]\s)"
)
_CLOSED = (".", "!", "?", ":", ";", "…", "”", '"')  # how a sentence ends
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*\d{1,3}\s*[-–—]|(?:trang|page)\s+\d{1,3}(?:\s*/\s*\d{1,3})?|\d{1,3}\s*/\s*\d{1,3})\s*$",
    re.I,
)
# OCR of "Đảng" reads "Đẳng"; a few real words do carry "đẳng".
_OCR_PARTY = re.compile(
    r"\bđẳng\b(?<!bình đẳng)(?<!cao đẳng)(?<!trung đẳng)(?<!đồng đẳng)(?<!hạng đẳng)"
    r"(?! (?:cấp|thức|hạng|cự))",
    re.I,
)
_TIGHT = frozenset(",;:!?)]”")
_BEFORE_TIGHT = re.compile(r" [,;:!?)\]”]")


@dataclass(frozen=True)
class Flat:
    """The clean text in runs that were copied whole: a place is as far from its origin as its run is."""

    text: str
    shade: str  # lower case, same length
    runs: list[int]  # where each run begins
    shifts: list[int]  # how much further on it stood in the NFC text

    def span(self, start: int, end: int) -> Span:
        """The stretch of the NFC text that flat[start:end] came from."""
        first = start + self.shifts[bisect_right(self.runs, start) - 1]
        if end <= start:
            return Span(first, first)
        return Span(first, end + self.shifts[bisect_right(self.runs, end - 1) - 1])


class _Copy:
    """The clean text as it grows."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.runs: list[int] = []
        self.shifts: list[int] = []

    def add(self, words: str, place: int) -> None:
        """Write down what stands at a place of the text."""
        shift = place - self.length
        if not self.shifts or self.shifts[-1] != shift:
            self.runs.append(self.length)
            self.shifts.append(shift)
        self.parts.append(words)
        self.length += len(words)


def _has_columns(line: str) -> bool:
    return GAP in line or " " * 5 in line


def _wrap_width(lines: list[str]) -> int:
    """Where lines were broken by a typewriter or a PDF; 0 where paragraphs run free."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 4 or lengths[-1] > 150:
        return 0
    return lengths[int(len(lengths) * 0.9)]


def _is_wrapped(lines: list[str]) -> bool:
    """Half of the long lines break off in mid-sentence: a machine broke them."""
    long = [line for line in lines if len(line.strip()) > 40]
    return len(long) >= 6 and sum(not line.endswith(_CLOSED) for line in long) >= 0.5 * len(long)


def _continues(
    previous: str, line: str, width: int, *, wrapped: bool, opens: re.Pattern[str] | None = None
) -> bool:
    closed = previous.endswith(_CLOSED)
    if closed and not wrapped:
        return False
    if (
        not previous.strip()
        or not line.strip()
        or _has_columns(previous.strip())
        or _has_columns(line.strip())
    ):
        return False
    if _BULLET.match(line) or _PAGE_NUMBER.match(line) or _PAGE_NUMBER.match(previous):
        return False
    if opens and opens.match(line):
        return False
    if closed:
        # A full stop at the end of a full line may sit inside a paragraph that was wrapped by machine.
        return len(previous) >= 0.8 * width and previous[-1] in ".;:"
    if line.lstrip()[0].islower():
        return True
    if previous.isupper() != line.isupper():
        return False
    ends_open = previous.rstrip()[-1] in ",-–" or bool(
        re.search(r"\s(?:và|của|các|tại|cho|là|do|với|về|theo|trong)$", previous.rstrip())
    )
    return bool(width) and (ends_open or len(previous.rstrip()) >= 0.75 * width)


def _joined_lines(text: str, opens: re.Pattern[str] | None = None) -> list[list[tuple[int, int]]]:
    """Lines of the text, as (start, end), grouped where one sentence was broken over several."""
    lines, printed, start = [], [], 0
    for line in text.split("\n"):
        if line or start == 0:
            lines.append((start, start + len(line)))
            printed.append(line)
        start += len(line) + 1
    width = _wrap_width(printed)
    wrapped = bool(width) and _is_wrapped(printed)
    groups: list[list[tuple[int, int]]] = []
    last_end = -2
    for (start, end), line in zip(lines, printed, strict=True):
        if not line.strip():
            continue
        previous = text[slice(*groups[-1][-1])] if groups else ""
        adjacent = start == last_end + 1
        if groups and adjacent and _continues(previous, line, width, wrapped=wrapped, opens=opens):
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
        last_end = end
    return groups


def _is_clean(line: str) -> bool:
    """Nothing to repair, as in most lines: told by string searches, which are quicker than the pattern."""
    return " ".join(line.split()) == line and not _BEFORE_TIGHT.search(line)


def _copy_lines(text: str, group: list[tuple[int, int]], copy: _Copy) -> None:
    """Write down one paragraph, after the line break that parts it from the one before."""
    start, end = group[0]
    if len(group) == 1 and _is_clean(text[start:end]):
        first = start - 1 if copy.parts else start
        copy.add(text[first:end], first)
        return
    if copy.parts:
        copy.add("\n", start - 1)
    begun = False
    for start, end in group:
        last = start
        for word in _WORD.finditer(text, start, end):
            here, there = word.span()
            words = word[0]
            if begun:
                gap = text[last:here]
                column = last > start and (len(gap) >= 5 or "\t" in gap)
                if column or words[0] not in _TIGHT:
                    copy.add(GAP if column else " ", last if last > start else start - 1)
            copy.add(words, here)
            begun, last = True, there


def _repair_party(text: str) -> str:
    return _OCR_PARTY.sub(lambda m: m[0].replace("ẳ", "ả").replace("Ẳ", "Ả"), text)


def flatten(text: str, opens: re.Pattern[str] | None = None) -> Flat:
    """`opens` tells further lines that begin a paragraph of their own, whatever stands before them."""
    copy = _Copy()
    for group in _joined_lines(text, opens):
        _copy_lines(text, group, copy)
    copy.add("", len(text))
    clean = "".join(copy.parts)
    for odd, plain in _PLAIN.items():
        clean = clean.replace(odd, plain)
    shade = shadow(clean, breaks=True)
    if "đẳng" in shade:
        clean = _repair_party(clean)
        shade = shadow(clean, breaks=True)
    return Flat(clean, shade, copy.runs, copy.shifts)

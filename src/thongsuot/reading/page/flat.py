"""A clean copy of the text for the grammars: wrapped lines joined, spaces single, one dash, one tone place.

Grammars then need not know about double spaces or broken lines. `origin` leads every place back.
"""

import re
from array import array
from dataclasses import dataclass

from thongsuot.kernel import Span, shadow

GAP = "\t"  # the space between the two columns of a letterhead
# A stretch that needs no repair: words with one plain space between them.
_WORD = re.compile(r"\S+(?: (?![\s,;:!?)\]”])\S+)*")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_BREAK = re.compile(r"[\n\t]")
_LINE = re.compile(r"[^\n]*")
_BULLET = re.compile(
    r"\s*(?:[-–—•+*▪●◦]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)/]\s|\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\s"
    r"|\(?[a-zđ][).]\s|[IVX]{1,5}[.)/-]\s)"
)
_OPEN_END = re.compile(r"[^.!?:;…”\"]\s*$")
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


@dataclass(frozen=True)
class Flat:
    text: str
    shade: str  # lower case, same length
    origin: array  # type: ignore[type-arg]  # place in the NFC text of every flat character, and one past

    def span(self, start: int, end: int) -> Span:
        """The stretch of the NFC text that flat[start:end] came from."""
        if end <= start:
            return Span(self.origin[start], self.origin[start])
        return Span(self.origin[start], self.origin[end - 1] + 1)


def _has_columns(line: str) -> bool:
    return GAP in line or " " * 5 in line


def _is_heading_shaped(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return bool(letters) and all(c.isupper() for c in letters)


def _wrap_width(lines: list[str]) -> int:
    """Where lines were broken by a typewriter or a PDF; 0 where paragraphs run free."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 4 or lengths[-1] > 150:
        return 0
    return lengths[int(len(lengths) * 0.9)]


def _is_wrapped(lines: list[str]) -> bool:
    """Half of the long lines break off in mid-sentence: a machine broke them."""
    long = [line for line in lines if len(line.strip()) > 40]
    return len(long) >= 6 and sum(bool(_OPEN_END.search(line)) for line in long) >= 0.5 * len(long)


def _continues(previous: str, line: str, width: int, *, wrapped: bool) -> bool:
    if (
        not previous.strip()
        or not line.strip()
        or _has_columns(previous.strip())
        or _has_columns(line.strip())
    ):
        return False
    if _BULLET.match(line) or _PAGE_NUMBER.match(line) or _PAGE_NUMBER.match(previous):
        return False
    first = line.lstrip()[0]
    if not _OPEN_END.search(previous):
        # A full stop at the end of a full line may sit inside a paragraph that was wrapped by machine.
        full = len(previous.rstrip()) >= 0.8 * width
        return wrapped and full and previous.rstrip()[-1] in ".;:"
    if first.islower():
        return True
    if _is_heading_shaped(previous) != _is_heading_shaped(line):
        return False
    ends_open = previous.rstrip()[-1] in ",-–" or bool(
        re.search(r"\s(?:và|của|các|tại|cho|là|do|với|về|theo|trong)$", previous.rstrip())
    )
    return bool(width) and (ends_open or len(previous.rstrip()) >= 0.75 * width)


def _joined_lines(text: str) -> list[list[tuple[int, int]]]:
    """Lines of the text, as (start, end), grouped where one sentence was broken over several."""
    lines = [
        match.span() for match in _LINE.finditer(text) if match.end() > match.start() or match.start() == 0
    ]
    printed = [text[a:b] for a, b in lines]
    width = _wrap_width(printed)
    wrapped = bool(width) and _is_wrapped(printed)
    groups: list[list[tuple[int, int]]] = []
    last_end = -2
    for (start, end), line in zip(lines, printed, strict=True):
        if not line.strip():
            continue
        previous = text[slice(*groups[-1][-1])] if groups else ""
        adjacent = start == last_end + 1
        if groups and adjacent and _continues(previous, line, width, wrapped=wrapped):
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
        last_end = end
    return groups


def _flatten_lines(text: str, group: list[tuple[int, int]], places: array) -> list[str]:  # type: ignore[type-arg]
    """Adds to `places` where each letter came from."""
    parts: list[str] = []
    for start, end in group:
        last = start
        for word in _WORD.finditer(text, start, end):
            here, there = word.span()
            if parts:
                gap = text[last:here]
                column = last > start and (len(gap) >= 5 or "\t" in gap)
                if column or word[0][0] not in _TIGHT:
                    parts.append(GAP if column else " ")
                    places.append(last if last > start else start - 1)
            parts.append(word[0])
            places.extend(range(here, there))
            last = there
    return parts


def _repair_party(text: str) -> str:
    if "đẳng" not in text.lower():
        return text
    return _OCR_PARTY.sub(lambda m: m[0].replace("ẳ", "ả").replace("Ẳ", "Ả"), text)


def flatten(text: str) -> Flat:
    letters: list[str] = []
    origin = array("I")
    for group in _joined_lines(text):
        if letters:
            letters.append("\n")
            origin.append(group[0][0] - 1)
        letters.extend(_flatten_lines(text, group, origin))
    origin.append(len(text))
    clean = _DASH.sub("-", _repair_party("".join(letters).replace("’", "'")))
    return Flat(clean, _keep_breaks(clean, shadow(clean)), origin)


def _keep_breaks(flat: str, shade: str) -> str:
    if "\n" not in flat and GAP not in flat:
        return shade
    parts, last = [], 0
    for match in _BREAK.finditer(flat):
        parts += [shade[last : match.start()], match[0]]
        last = match.end()
    return "".join([*parts, shade[last:]])

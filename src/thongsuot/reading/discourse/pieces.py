"""What is said, cut into tasks or needs that could be assigned one by one."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from thongsuot.reading.lexicon import Lexicon, Scan
from thongsuot.reading.lexicon.heads import LINKS
from thongsuot.reading.lexicon.patterns import phrases_of
from thongsuot.reading.page import Page

_HARD = re.compile(r"; ?|\.(?= [^\W\d_])|\.(?<=[^\W\d]\.) ?$")
_ORDER_WORD = re.compile(
    r"(?:một|hai|ba|bốn|năm|sáu) là,? |(?:thứ (?:nhất|hai|ba|tư|năm|sáu)),? (?:là )?|\(\d\)\s?|\(i+v?\) "
)
_THEN = re.compile(
    rf",? (?:{'|'.join(LINKS)})(?: là)?,? "
    r"|, (?=trong (?:khi|lúc) chờ )|, (?=giao (?:cho )?(?:sở|ban|phòng|ubnd|đảng ủy|văn phòng|công an"
    r"|các|thanh tra|ủy ban))|\", (?:vì vậy|do đó|vì thế|bởi vậy),? |,? (?:và )?đồng thời,? "
)
_COMMA = re.compile(r", (?=[^\W\d_])| và (?=[^\W\d_])")
_CLOSING = " \n\t,;:.!…/"  # what _CLOSERS is made of
_EDGE = " ,;:.\n\t\"“”'-–!…"
_LOOSE_END = " ,;:.\n\t-–"
_JOINTS = (" và", " đồng thời", " nhưng", " song")
_CLOSERS = re.compile(r"(?:\./\.|[\s,;:.!…])+$")
_LEAD_WORDS = re.compile(
    r"(?:và|là|rằng|về việc|cho rằng|đồng thời|ngoài ra|bên cạnh đó|cùng với đó|song song đó|cụ thể là"
    r"|cụ thể|đặc biệt|trong đó|thì|theo đó|qua đó|mặt khác|trước hết|việc đầu tiên là|tiếp tục là"
    r"|do đó|vì vậy|vì thế|cũng như|sau đó|tuy nhiên|tuy vậy|song|dù vậy|tuy|nhưng|cạnh đó|trong khi đó"
    r"|thêm vào đó|một mặt|trong khi chờ|trong lúc chờ)(?:,)? "
    r"|(?:một|hai|ba|bốn|năm|sáu|bảy|thứ (?:nhất|hai|ba|tư|năm|sáu)), "
)
_MODAL = re.compile(
    r"(?:cũng |đều |vẫn |luôn )?(?:cần phải|cần|phải|nên|hãy|có trách nhiệm|có nhiệm vụ"
    r"|được yêu cầu)(?: được)? (?!thiết)"
)


class Piece(NamedTuple):
    start: int
    end: int


class Cutter:
    """Cuts and trims stretches of one text. Several readers ask about the same ones: answers are kept."""

    def __init__(self, page: Page, lexicon: Lexicon, scan: Scan) -> None:
        self.page, self.scan = page, scan
        words = lexicon.discourse
        self._starts = phrases_of(words["starts_item"])
        self._and_starts = phrases_of(words["and_starts_item"])
        self._stays = phrases_of(words["stays_with_item"])
        self._pieces: dict[tuple[int, int, bool], tuple[Piece, ...]] = {}
        self._without_lead: dict[Piece, Piece] = {}

    def cut(self, start: int, end: int, *, commas: bool = True) -> tuple[Piece, ...]:
        """Pieces of text[start:end], trimmed; quotes are kept whole."""
        known = self._pieces.get((start, end, commas))
        if known is None:
            known = self._pieces[start, end, commas] = tuple(self._cut(start, end, commas=commas))
        return known

    def _cut(self, start: int, end: int, *, commas: bool) -> Iterator[Piece]:
        text, shade = self.page.text, self.page.shade
        stops = shade.find(";", start, end) >= 0 or shade.find(".", start, end - 1) >= 0
        for begin, finish in _split(_HARD, shade, start, end) if stops else ((start, end),):
            for first, last in self._then(shade, begin, finish):
                for a, b in self._commas(shade, first, last) if commas else ((first, last),):
                    trimmed = trim(text, a, b)
                    if trimmed:
                        yield trimmed

    def _then(self, shade: str, start: int, end: int) -> list[tuple[int, int]]:
        linked = self.scan.has("next task", start, end)
        parts = _split(_THEN, shade, start, end) if linked else [(start, end)]
        words = shade[start:end]
        if " là" not in words and "thứ " not in words and "(" not in words:
            return parts
        return [part for begin, finish in parts for part in _split(_ORDER_WORD, shade, begin, finish)]

    def without_lead(self, piece: Piece) -> Piece:
        """Drop "Đồng thời," and the like from the head of a piece."""
        known = self._without_lead.get(piece)
        if known is None:
            known = self._without_lead[piece] = self._led(piece)
        return known

    def _led(self, piece: Piece) -> Piece:
        while match := _LEAD_WORDS.match(self.page.shade, piece.start, piece.end):
            shorter = trim(self.page.text, match.end(), piece.end)
            if shorter is None:
                return piece
            piece = shorter
        return piece

    def without_modal(self, piece: Piece) -> tuple[Piece, bool]:
        match = _MODAL.match(self.page.shade, piece.start, piece.end)
        if not match:
            return piece, False
        return trim(self.page.text, match.end(), piece.end) or piece, True

    def _commas(self, shade: str, start: int, end: int) -> list[tuple[int, int]]:
        """Split at a comma only where a task with its own object ends and a strong new verb begins."""
        if not self.scan.has("next item", start, end):
            return [(start, end)]
        parts, begin = [], start
        for match in _COMMA.finditer(shade, start, end):
            opener = self._starts if match[0].startswith(",") else self._and_starts
            if not opener.match(shade, match.end()):
                continue
            if len(shade[begin : match.start()].split()) < 6 or len(shade[match.end() : end].split()) < 4:
                continue
            if self._stays.match(shade, match.end()) and match[0].startswith(","):
                continue
            if _in_brackets(shade, begin, match.start()) or _in_noun_list(shade, begin, match):
                continue
            parts.append((begin, match.start()))
            begin = match.end()
        parts.append((begin, end))
        return parts


def _in_brackets(shade: str, start: int, place: int) -> bool:
    before = shade[start:place]
    return before.count("(") > before.count(")") or before.count('"') % 2 == 1


_LISTED_UNDER = re.compile(r"\b(?:công tác|việc|lĩnh vực|nhiệm vụ|để|nhằm|giúp|kế hoạch)\b[^,;]*$")


def _in_noun_list(shade: str, start: int, match: re.Match[str]) -> bool:
    """ "về công tác tổ chức, xây dựng Đảng": a list under one noun, not two tasks."""
    near = shade[max(start, match.start() - 18) : match.start()]
    return bool(_LISTED_UNDER.search(near))


def _split(pattern: re.Pattern[str], shade: str, start: int, end: int) -> list[tuple[int, int]]:
    parts, begin = [], start
    for match in pattern.finditer(shade, start, end):
        if match.start() > begin:
            parts.append((begin, match.start()))
        begin = match.end()
    if begin < end:
        parts.append((begin, end))
    return parts


def trim(text: str, start: int, end: int) -> Piece | None:
    words = text[start:end]
    kept = words.rstrip(_CLOSING)
    if len(kept) < len(words) and "/" in words[len(kept) :]:
        closers = _CLOSERS.search(words, len(kept))
        kept = words[: closers.start()] if closers else words
    words = kept.lstrip(_EDGE)
    start += len(kept) - len(words)
    words = words.rstrip(_LOOSE_END)
    if words.endswith(_JOINTS):
        joint = next(joint for joint in _JOINTS if words.endswith(joint))
        return trim(text, start, start + len(words) - len(joint))
    if words.endswith(("”", '"')):
        if words.count("“") < words.count("”"):
            words = words[:-1]
        if words.endswith('"') and words.count('"') % 2:
            words = words[:-1]
    return Piece(start, start + len(words)) if len(words) > 3 else None

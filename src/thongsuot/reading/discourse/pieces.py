"""What is said, cut into tasks or needs that could be assigned one by one."""

import re
from typing import NamedTuple

from thongsuot.reading.lexicon import Lexicon
from thongsuot.reading.lexicon.patterns import phrases_of

_HARD = re.compile(r"; ?|\.(?= [^\W\d_])|\.(?<=[^\W\d]\.) ?$")
_ORDER_WORD = re.compile(
    r"(?:một|hai|ba|bốn|năm|sáu) là,? |(?:thứ (?:nhất|hai|ba|tư|năm|sáu)),? (?:là )?|\(\d\)\s?|\(i+v?\) ",
    re.I,
)
_LINKS = ("đồng thời", "cũng như", "song song đó", "cùng với đó", "bên cạnh đó", "ngoài ra", "mặt khác")
_THEN = re.compile(
    rf",? (?:{'|'.join(_LINKS)})(?: là)?,? "
    r"|, (?=trong (?:khi|lúc) chờ )|, (?=giao (?:cho )?(?:sở|ban|phòng|ubnd|đảng ủy|văn phòng|công an"
    r"|các|thanh tra|ủy ban))|\", (?:vì vậy|do đó|vì thế|bởi vậy),? |,? (?:và )?đồng thời,? "
)
_COMMA = re.compile(r", (?=[^\W\d_])| và (?=[^\W\d_])")
_CLOSING = " \n\t,;:.!…/"  # what _CLOSERS is made of
_EDGE = " ,;:.\n\t\"“”'-–!…"
_CLOSERS = re.compile(r"(?:\./\.|[\s,;:.!…])+$")
_LEAD_WORDS = re.compile(
    r"^(?:và|là|rằng|về việc|cho rằng|đồng thời|ngoài ra|bên cạnh đó|cùng với đó|song song đó|cụ thể là"
    r"|cụ thể|đặc biệt|trong đó|thì|theo đó|qua đó|mặt khác|trước hết|việc đầu tiên là|tiếp tục là"
    r"|do đó|vì vậy|vì thế|cũng như|sau đó|tuy nhiên|tuy vậy|song|dù vậy|tuy|nhưng|cạnh đó|trong khi đó"
    r"|thêm vào đó|một mặt|trong khi chờ|trong lúc chờ)(?:,)? "
    r"|^(?:một|hai|ba|bốn|năm|sáu|bảy|thứ (?:nhất|hai|ba|tư|năm|sáu)), "
)
_MODAL = re.compile(
    r"^(?:cũng |đều |vẫn |luôn )?(?:cần phải|cần|phải|nên|hãy|có trách nhiệm|có nhiệm vụ"
    r"|được yêu cầu)(?: được)? (?!thiết)"
)


class Piece(NamedTuple):
    start: int
    end: int


class Cutter:
    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.discourse
        self._starts = phrases_of(words["starts_item"])
        self._and_starts = phrases_of(words["and_starts_item"])
        self._stays = phrases_of(words["stays_with_item"])

    def cut(self, text: str, shade: str, start: int, end: int, *, commas: bool = True) -> list[Piece]:
        """Pieces of text[start:end], trimmed; quotes are kept whole."""
        pieces: list[Piece] = []
        for begin, finish in _split(_HARD, shade, start, end):
            for first, last in self._then(shade, begin, finish):
                pieces += [
                    Piece(*span) for span in (self._commas(shade, first, last) if commas else [(first, last)])
                ]
        return [trimmed for piece in pieces if (trimmed := trim(text, piece.start, piece.end))]

    def _then(self, shade: str, start: int, end: int) -> list[tuple[int, int]]:
        parts = []
        words = shade[start:end]
        linked = any(link in words for link in (*_LINKS, ", giao ", ", trong ", '", '))
        ordered = " là" in words or "thứ " in words or "(" in words
        for begin, finish in _split(_THEN, shade, start, end) if linked else [(start, end)]:
            parts += _split(_ORDER_WORD, shade, begin, finish) if ordered else [(begin, finish)]
        return parts

    def _commas(self, shade: str, start: int, end: int) -> list[tuple[int, int]]:
        """Split at a comma only where a task with its own object ends and a strong new verb begins."""
        parts, begin = [], start
        for match in _COMMA.finditer(shade, start, end):
            words_before = shade[begin : match.start()].split()
            words_after = shade[match.end() : end].split()
            opener = self._starts if match[0].startswith(",") else self._and_starts
            if len(words_before) < 6 or len(words_after) < 4 or not opener.match(shade, match.end()):
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
    words = start + len(text[start:end].rstrip(_CLOSING))
    closers = _CLOSERS.search(text, words, end) if words < end else None
    if closers and closers.end() == end:
        end = closers.start()
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in ",;:.\n\t -–":
        end -= 1
    for joint in (" và", " đồng thời", " nhưng", " song"):
        if text.endswith(joint, start, end):
            return trim(text, start, end - len(joint))
    if end > start and text[end - 1] in '”"' and text[start:end].count("“") < text[start:end].count("”"):
        end -= 1
    if end > start and text[end - 1] == '"' and text[start:end].count('"') % 2:
        end -= 1
    return Piece(start, end) if end - start > 3 else None


def without_lead(text: str, shade: str, piece: Piece) -> Piece:
    """Drop "Đồng thời," and the like from the head of a piece."""
    while match := _LEAD_WORDS.match(shade[piece.start : piece.end]):
        shorter = trim(text, piece.start + match.end(), piece.end)
        if shorter is None:
            return piece
        piece = shorter
    return piece


def without_modal(text: str, shade: str, piece: Piece) -> tuple[Piece, bool]:
    match = _MODAL.match(shade[piece.start : piece.end])
    if not match:
        return piece, False
    return trim(text, piece.start + match.end(), piece.end) or piece, True

"""Where sentences end: not at the dot of TP.HCM, of Đ/c. or of N.Hạnh."""

import re

from thongsuot.reading.page.letters import CAPITALS

# All it may begin with stands first, so that the engine leaps from one to the next.
_END = re.compile(
    rf"[.!?…”\"\t](?:(?<=[.!?…])[.!?…]*[”\"')\]]*(?:(?=\s+[\"“'(\[]?[{CAPITALS}\d])|\s*$)"
    rf"|(?<=[.!?…][”\"])(?=\s+[{CAPITALS}])|(?<=\t))"
)
_ABBREVIATION = re.compile(
    rf"(?:\b(?:TP|Tp|Tx|TX|TT|Q|P|H|X|T|Đ|Đ/c|đ/c|ThS|Ths|TS|PGS|GS|BS|LS|KTS|KS|CN|Th|St|v|NXB|Mr|Bs"
    rf"|Ts)|(?<!quý )(?<!khóa )\b[{CAPITALS}]|^\s*[IVX]+)\.$"
)
_SMALL = ("đ/c.", "v.")  # the others have a capital


def sentences_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences of text[start:end], without surrounding space."""
    found: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        place, after = match.span()
        if after == place + 1 and after < end and text[place] == ".":
            head = text[max(begin, place - 8) : after]
            if (not head.islower() or head.endswith(_SMALL)) and _ABBREVIATION.search(head):
                continue
        found.append((begin, after))
        begin = after
    if begin < end:
        found.append((begin, end))
    return [trimmed for a, b in found if (trimmed := _trimmed(text, a, b))]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None

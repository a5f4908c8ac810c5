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


def sentences_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences of text[start:end], without surrounding space."""
    found: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        head = text[max(begin, match.start() - 8) : match.start() + 1]
        if match[0] == "." and _ABBREVIATION.search(head) and match.end() < end:
            continue
        found.append((begin, match.end()))
        begin = match.end()
    if begin < end:
        found.append((begin, end))
    trimmed = []
    for a, b in found:
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            trimmed.append((a, b))
    return trimmed

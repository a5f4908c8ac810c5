"""Official papers cited in a text: type, number, symbol, date and issuer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from thongsuot.reading.lexicon.patterns import matches_at
from thongsuot.reading.mentions.dates import DateMention
from thongsuot.reading.mentions.organisations import Bodies, Organisation
from thongsuot.reading.page import Kind
from thongsuot.reading.page.letters import CAPITALS

_CODE_PART = rf"[{CAPITALS}][{CAPITALS}A-Za-zđư]{{0,11}}"
_SYMBOL = re.compile(
    rf"(?<![\w/-])(?P<number>\d{{1,6}}) ?[-/] ?"
    rf"(?P<code>(?:\d{{4}} ?/ ?)?{_CODE_PART}(?: ?[-/&] ?[{CAPITALS}\d][{CAPITALS}A-Za-zđư\d]*)*)"
)
_NUMBERED = re.compile(
    r"(?: làm việc| hành động| kết luận| liên tịch)?(?: số:?)? (?P<number>\d{1,4})(?![\d/]|[.,-]\d| ?-[a-zđ]| ?%)"
)
_BEFORE = re.compile(r"(?P<words>(?: [^\W\d_]+){0,4}?)(?: số ?:?)? ?$")
_JOINT = re.compile(r" ?([-/&]) ?")
_TAIL = re.compile(r" ?(?:số ?:? ?)?$")
_WORD = re.compile(r"\b[^\W\d_]")
_DATED = re.compile(r",? ?\(?(?:ban hành |ký )?(?:ngày )?$")
_ISSUED_BY = re.compile(
    r",? (?:do|của) (?P<officer>(?:chủ tịch|bí thư|chánh văn phòng|giám đốc) (?=(?:ubnd|ủy ban|thành ủy|tỉnh ủy|sở)))?"
)
_ISSUES = re.compile(
    r" (?:(?:đã|vừa|sẽ|có) )*(?:ban hành|ký ban hành|ký|ra|có|tại|trong|hướng dẫn tại|nêu tại"
    r"|quy định tại|chỉ đạo tại|thông báo tại|giao tại|phê duyệt tại|đề nghị tại|ban hành kèm theo"
    r"|trả lời tại|hướng dẫn trong|tham mưu ban hành)(?: các| một số)? $"
)
_COUNTED = re.compile(
    r" (?:năm|tháng|ngày(?! \d)|tuần|quý|nội dung|nhiệm vụ|chỉ tiêu|điểm|người|hồ sơ|trường hợp|đơn vị|phường|xã)\b"
)
# Types that are cited by number alone; "kế hoạch 5 năm" is not, so others need "số" or a capital.
_BARE_TYPES = frozenset(
    {
        "nghị quyết",
        "nghị định",
        "kế hoạch",
        "chỉ thị",
        "quyết định",
        "kết luận",
        "thông tư",
        "quy định",
        "thông báo",
        "công văn",
        "hướng dẫn",
        "đề án",
        "luật",
        "công điện",
        "chương trình",
    }
)


@dataclass(frozen=True)
class DocumentMention:
    start: int
    end: int
    type: str | None
    number: str | None
    symbol: str | None
    date: str | None
    issuer: Organisation | None
    own: bool = False  # the text's own number
    day: DateMention | None = None  # a date printed without its year


class Papers:
    def __init__(self, bodies: Bodies, dates: tuple[DateMention, ...]) -> None:
        self.bodies, self.page, self.lexicon = bodies, bodies.page, bodies.lexicon
        self.dates = {mention.start: mention for mention in dates}
        self.found = tuple(sorted(self._all(), key=lambda d: d.start))

    def _all(self) -> Iterator[DocumentMention]:
        taken: list[tuple[int, int]] = []
        for match in matches_at(self.page.joined_digits, _SYMBOL, self.page.text):
            mention = self._with_symbol(match)
            if mention:
                taken.append((match.start(), match.end()))
                yield mention
        for start, kind, end in self._types():
            numbered = _NUMBERED.match(self.page.shade, end)
            if numbered and not any(a < numbered.end() and start < b for a, b in taken):
                mention = self._by_number(start, kind, numbered)
                if mention:
                    yield mention

    def _types(self) -> Iterator[tuple[int, str, int]]:
        for hit in self.bodies.scan.of("document"):
            yield hit.start, hit.phrase, hit.end

    def _with_symbol(self, match: re.Match[str]) -> DocumentMention | None:
        parts = _JOINT.split(match["code"])  # with the joints between them
        code = "".join(parts)
        letters = [part for part in parts[::2] if not part.isdigit()]
        if (len(letters) < 2 and letters[0].upper() not in self.lexicon.document_codes) or not letters[0][
            :1
        ].isupper():
            return None
        if len(code) == 1 and match[0][len(match["number"]) : -1] != "/":
            return None  # "2- L..." opens a list
        start, kind = self._type_before(match.start())
        own = self.page.kind_at(match.start()) == Kind.LETTERHEAD and kind is None
        if kind is None:
            kind = self.lexicon.document_codes.get(letters[0].upper()) or (
                "công văn" if letters[0].upper() in _OFFICES else None
            )
        end, dated = self._date_after(match.end())
        end, issuer = self._issuer_after(end)
        issuer = issuer or self._issuer_before(start)
        return DocumentMention(start, end, kind, match["number"], code, dated, issuer, own)

    def _by_number(self, start: int, kind: str, match: re.Match[str]) -> DocumentMention | None:
        named = " số" in match[0] or (self.page.text[start].isupper() and kind in _BARE_TYPES)
        number = match["number"]
        if (
            not named
            or kind not in _BARE_TYPES
            or _COUNTED.match(self.page.shade, match.end())
            or 1990 <= int(number) <= 2100
        ):
            return None
        end, dated = self._date_after(match.end())
        end, issuer = self._issuer_after(end)
        issuer = issuer or self._issuer_before(start)
        return DocumentMention(
            start, end, kind, number, None, dated, issuer, day=self._day_after(match.end())
        )

    def _day_after(self, end: int) -> DateMention | None:
        """ "Quyết định 56 ngày 3/9": the year is the meeting's."""
        return next((self.dates[place] for place in range(end, end + 8) if place in self.dates), None)

    def _type_before(self, place: int) -> tuple[int, str | None]:
        before = self.page.shade[max(0, place - 48) : place]
        offset = place - len(before)
        tail = _TAIL.search(before)
        head = before[: tail.start()] if tail else before
        numbered = bool(tail and "số" in tail[0])
        found: tuple[int, str | None] | None = None
        for words in _WORD.finditer(head):
            kind = self.lexicon.document_types.match(head, words.start())
            if not kind or kind == "dự án":
                continue
            between = head[words.start() + len(kind) :]
            if between == "" or (numbered and re.fullmatch(r"(?: [^\W\d_]+){1,4}", between)):
                found = offset + words.start(), kind
        if found:
            return found
        if numbered and tail:
            return offset + tail.start() + (1 if tail[0].startswith(" ") else 0), None
        return place, None

    def _date_after(self, end: int) -> tuple[int, str | None]:
        reach = range(end, min(end + 22, len(self.page.shade)))
        for start, mention in self.dates.items():
            if start in reach and (
                _DATED.match(self.page.shade[end:start])
                or mention.start == end + 1
                or self.page.shade[end:start] == ", "
            ):
                close = mention.end + (
                    self.page.shade[mention.end : mention.end + 1] == ")"
                    and "(" in self.page.shade[end:start]
                )
                return close, mention.iso
        return end, None

    def _issuer_after(self, end: int) -> tuple[int, Organisation | None]:
        match = _ISSUED_BY.match(self.page.shade, end)
        body = self.bodies.at(match.end()) if match else None
        if match and body and match["officer"]:
            body = body._replace(text=self.page.text[match.start("officer") : body.end])
        return (body.end, body) if body else (end, None)

    def _issuer_before(self, start: int) -> Organisation | None:
        for body in reversed(self.bodies.found):
            if body.end < start:
                return body if _ISSUES.fullmatch(self.page.shade, body.end, start) else None
        return None


_OFFICES = frozenset(
    {
        "UBND",
        "VPCP",
        "SNV",
        "STC",
        "SXD",
        "VP",
        "SKHCN",
        "BNV",
        "BTC",
        "BXD",
        "HĐND",
        "VPUB",
        "SYT",
        "STP",
        "SCT",
    }
)


def merged(found: tuple[DocumentMention, ...]) -> tuple[DocumentMention, ...]:
    """One record per paper: later mentions fill what the first left out."""
    kept: dict[tuple[str | None, str | None, str | None], DocumentMention] = {}
    for mention in found:
        key = next((k for k in kept if _same_paper(kept[k], mention)), None)
        if key is None:
            kept[mention.type, mention.number, mention.symbol and mention.symbol.upper()] = mention
            continue
        first = kept[key]
        fuller = mention if mention.date and not first.date else first
        kept[key] = replace(
            fuller,
            symbol=first.symbol or mention.symbol,
            date=first.date or mention.date,
            issuer=first.issuer or mention.issuer,
            own=first.own,
        )
    return tuple(kept.values())


def _same_paper(one: DocumentMention, other: DocumentMention) -> bool:
    if one.number != other.number or (one.type != other.type and one.type and other.type):
        return False
    if one.symbol and other.symbol:
        same = one.symbol.upper() == other.symbol.upper()
        return same and (not one.date or not other.date or one.date == other.date)
    return True

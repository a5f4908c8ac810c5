"""Figures: a qualifier, a number and what is counted."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from thongsuot.reading.lexicon import Lexicon
from thongsuot.reading.lexicon.patterns import matches_at
from thongsuot.reading.mentions.numbers import (
    COMMA_GROUP,
    NUMBER,
    SPACED,
    Number,
    read_number,
    tidy,
    value_of,
)
from thongsuot.reading.mentions.tabled import tabled_figures
from thongsuot.reading.page import Page

_PERCENT = re.compile(r" ?%| phần trăm\b")
_PERCENT_SIGNS = ("%", " %", " phần")
_SCALE = re.compile(r" (?:(?:nghìn|ngàn|triệu) )?(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|trăm)\b(?: (?:tỷ|tỉ)\b)?")
_MONEY = re.compile(r" ?(?:đồng|vnđ|vnd|đ)\b(?! (?:chí|thời|bộ|bào|hồ|thuận|hành|tình))")
_BRACKET = re.compile(r" \([^\W\d_][^()]{1,20}\)")
_UNIT_SIGN = re.compile(
    r" ?(?:m2|m²|km2|km²|m3|m³|km|kg|ha|cm|mm|m|kwp|kwh|kw|mw|mbps|gb|mb|tb)\b|(?: ?(?:m²|m³|km²))"
)
# Words whose number is a name or a rank, not a count: the last word or two before the number.
_ORDINALS = frozenset(
    {
        "số",
        "điều",
        "khoản",
        "mục",
        "tổ",
        "ấp",
        "thôn",
        "buôn",
        "quý",
        "thứ",
        "khóa",
        "quận",
        "phường",
        "mẫu",
        "chương",
        "hotline",
        "điểm",
        "tháng",
        "ngày",
        "năm",
        "khu phố",
        "quốc lộ",
        "tỉnh lộ",
        "phiên bản",
        "vành đai",
        "điện thoại",
        "tổng đài",
        "phụ lục",
        "nghị quyết",
        "kế hoạch",
        "quyết định",
        "chỉ thị",
        "nghị định",
        "kết luận",
        "nhiệm kỳ",
    }
)
_COUNTED_BY = frozenset(
    {
        "dân số",
        "tổng số",
        "con số",
        "nhân số",
        "mỗi ngày",
        "hằng ngày",
        "hàng ngày",
        "một ngày",
        "mỗi tháng",
        "hằng tháng",
    }
) | {
    "hàng tháng",
    "một tháng",
    "mỗi năm",
    "hằng năm",
    "hàng năm",
    "một năm",
    "mỗi quý",
    "mỗi tổ",
    "mỗi ấp",
    "mỗi thôn",
    "mỗi khu phố",
    "mỗi phường",
    "dứt điểm",
    "cao điểm",
    "thời điểm",
    "trọng điểm",
    "địa điểm",
    "vị trí",
    "ban ngày",
    "trong ngày",
    "trong tháng",
}
# These name a rank only before a small whole number: "cấp 4", but "cấp 4,2 tỷ đồng".
_RANKS = frozenset({"mức", "cấp", "bậc", "hạng", "độ", "giai đoạn", "mức độ"})
_NO_RANKS = frozenset({"khẩn cấp", "cung cấp", "tốc độ", "mật độ"})
_SMALL = re.compile(r"\d{1,2}(?![\d.,]| ?(?:tỷ|tỉ|triệu|nghìn|%))")
_TIME = re.compile(
    r" ?(?:giờ|phút|giây|ngày|tuần|tháng|quý|năm|thế kỷ|nhiệm kỳ|đêm|tuổi|h\b|g\b|cấp\b|trụ cột)"
)
_SHARED = re.compile(r"(?:(?:, \d+(?:\.\d{3})*(?:,\d+)?(?= ?,| và))* và |, | và lần lượt )(?=\d)")
_RISE = re.compile(r" (?:lên|xuống|xuống còn|còn|nay là) (?=\d)")
_IN_TURN = re.compile(r"\b(?:lần lượt|theo thứ tự)\b[^.;]{0,40}$")
_TIMES_MORE = re.compile(r"\b(?:tăng|giảm|gấp|cao|hơn|bằng|vượt|đạt)\b[^,.;]{0,16}$")


_SEQUENCE = re.compile(
    r"(?:lần lượt|theo thứ tự)(?: (?:là|có|đạt|ở mức))? (?P<numbers>\d[\d.]*(?:, \d[\d.]*)*,? và \d+(?:\.\d{3})*)"
)
_NUMBER_OF = re.compile(r"\b(?:tổng số|số lượng|số) ")


@cache
def _last_words(lexicon: Lexicon) -> frozenset[str]:
    """What the words before a number end in where they qualify it."""
    return frozenset(phrase.rpartition(" ")[2] for phrase in lexicon.qualifiers)


class FigureMention(NamedTuple):
    start: int
    end: int
    number: int  # where the digits begin
    values: tuple[int | float, ...]
    unit: str
    qualifier: str

    @property
    def value(self) -> int | float | list[int | float]:
        return self.values[0] if len(self.values) == 1 else list(self.values)


class Ambiguous(NamedTuple):
    start: int
    end: int


class Figures:
    def __init__(self, page: Page, lexicon: Lexicon, blocked: list[tuple[int, int]]) -> None:
        self.page, self.lexicon = page, lexicon
        held = sorted([(start, end) for start, end in blocked if end > start])
        self._blocked_starts = [start for start, _ in held]
        self._blocked_ends = list(accumulate([end for _, end in held], max))
        self.numbers = tuple(matches_at(page.digits, NUMBER, page.shade))
        self.ambiguous = tuple(self._ambiguous())
        found = [*self._figures(), *self._sequences(), *self._tabled()]
        unique = {figure.number: figure for figure in reversed(found)}
        self.found = tuple(sorted(unique.values(), key=lambda figure: figure.number))

    def _is_blocked(self, start: int, end: int) -> bool:
        """True inside a date, a paper's symbol, a unit's name or a list marker."""
        index = bisect_left(self._blocked_starts, end) - 1
        return index >= 0 and self._blocked_ends[index] > start

    def _counted(self, end: int) -> bool:
        return bool(self._measure(end) or _PERCENT.match(self.page.shade, end))

    def _ambiguous(self) -> Iterator[Ambiguous]:
        shade = self.page.shade
        for match in matches_at(self.page.spaced_digits, SPACED, shade):
            if (
                not self._is_blocked(*match.span())
                and self._counted(match.end())
                and not self._is_ordinal(match.start())
            ):
                yield Ambiguous(*match.span())
        for match in self.numbers:
            for part in ("a", "b"):
                printed = match[part]
                if (
                    printed
                    and "," in printed
                    and COMMA_GROUP.match(printed)
                    and not self._is_exact(match.end())
                ):
                    yield Ambiguous(*match.span(part))

    def _is_exact(self, end: int) -> bool:
        """Three decimals are usual before a scale, a percent sign or a unit of physics."""
        shade = self.page.shade
        return bool(_SCALE.match(shade, end) or _PERCENT.match(shade, end) or _UNIT_SIGN.match(shade, end))

    def _is_ordinal(self, start: int) -> bool:
        before = self.page.shade[max(0, start - 24) : start].split()
        if not before:
            return False
        last, pair = before[-1], " ".join(before[-2:])
        if last in _ORDINALS or pair in _ORDINALS:
            return pair not in _COUNTED_BY
        if last in _RANKS or pair in _RANKS:
            return pair not in _NO_RANKS and bool(_SMALL.match(self.page.shade, start))
        return False

    def _measure(self, end: int) -> tuple[str, int] | None:
        """What is counted from `end` on, and where its name ends."""
        shade = self.page.shade
        bracket = _BRACKET.match(shade, end) if shade.startswith(" (", end) else None
        if bracket:
            end = bracket.end()
        sign = _UNIT_SIGN.match(shade, end)
        if sign and not shade[sign.end() : sign.end() + 1].isalnum():
            return self.page.text[end : sign.end()].strip().lower(), sign.end()
        if shade[end : end + 1] != " ":
            return None
        noun = self.lexicon.measures.match(shade, end + 1)
        return (noun, end + 1 + len(noun)) if noun else None

    def _figures(self) -> Iterator[FigureMention]:
        for match in self.numbers:
            found = self._read(match)
            if found:
                yield found
            elif match["b"]:
                yield from self._second_alone(match)

    def _tabled(self) -> Iterator[FigureMention]:
        for start, end, value, unit in tabled_figures(self.page, self.lexicon):
            yield FigureMention(start, end, start, (value,), unit, "=")

    def _sequences(self) -> Iterator[FigureMention]:
        """ "Số tổ chức đảng của ba đơn vị theo thứ tự là 104, 58 và 37": the noun stands before."""
        if "lần lượt" not in self.page.shade and "theo thứ tự" not in self.page.shade:
            return
        for match in _SEQUENCE.finditer(self.page.shade):
            start, _ = self.page.sentence_at(match.start())
            noun = next(
                (
                    n
                    for m in _NUMBER_OF.finditer(self.page.shade, start, match.start())
                    if (n := self.lexicon.measures.match(self.page.shade, m.end()))
                ),
                None,
            )
            if noun is None or self._counted(match.end()):
                continue
            for number in NUMBER.finditer(self.page.shade, match.start("numbers"), match.end()):
                yield FigureMention(
                    number.start("a"),
                    number.end("a"),
                    number.start("a"),
                    (tidy(value_of(number["a"])),),
                    noun,
                    "=",
                )

    def _second_alone(self, match: re.Match[str]) -> Iterator[FigureMention]:
        """ "1-7 đến 31 hồ sơ": the first number belongs to something else."""
        again = NUMBER.match(self.page.shade, match.start("b"))
        if again and match["joint"].strip() not in ("/", "-"):
            found = self._read(again)
            if found:
                yield found

    def _read(self, match: re.Match[str]) -> FigureMention | None:
        start, end = match.start("a"), match.end()
        if self._is_blocked(start, end) or self._is_ordinal(start):
            return None
        if self.ambiguous and any(a.start < end and start < a.end for a in self.ambiguous):
            return None
        number = read_number(match)
        sized = self._sized(number, end)
        if sized is None:
            return self._sharing(match, number)
        values, unit, finish = sized
        if not _plausible(number) or (
            unit == "lần" and not _TIMES_MORE.search(self.page.shade, max(0, start - 30), start)
        ):
            return None
        begin, qualifier = self._qualified(match, number)
        return FigureMention(begin, finish, start, values, unit, qualifier)

    def _sized(self, number: Number, end: int) -> tuple[tuple[int | float, ...], str, int] | None:
        shade = self.page.shade
        percent = _PERCENT.match(shade, end) if shade.startswith(_PERCENT_SIGNS, end) else None
        if percent:
            return tuple(map(tidy, number.values)), "%", percent.end()
        scale = _SCALE.match(shade, end) if shade.startswith(" ", end) else None
        factor = self.lexicon.scales.get(scale[0].strip(), 1) if scale else 1
        after = scale.end() if scale else end
        scaled = tuple([tidy(value * factor) for value in number.values])
        money = _MONEY.match(shade, after)
        if money:
            return scaled, "đồng", money.end()
        if not scale and _TIME.match(shade, end):
            return None
        measure = self._measure(after)
        if measure:
            return scaled, measure[0], measure[1]
        if scale and factor >= 1_000_000 and shade[after : after + 1] != "/":
            return scaled, "đồng", after
        return None

    def _sharing(self, match: re.Match[str], number: Number) -> FigureMention | None:
        """ "47 và 71 tổ chức đảng": the first number counts what the second does."""
        rises = self.page.shade.startswith("từ ", match.start("a") - 3)
        joint = (_RISE if rises else _SHARED).match(self.page.shade, match.end())
        if not joint or match["b"]:
            return None
        following = NUMBER.match(self.page.shade, joint.end())
        if not following or self._is_blocked(*following.span()):
            return None
        sized = self._sized(number, following.end())
        before = self.page.shade[max(0, match.start("a") - 50) : match.start("a")]
        if sized is None or (sized[1] == "đồng" and not _IN_TURN.search(before)):
            return None
        values = sized[0]
        return FigureMention(match.start("a"), match.end(), match.start("a"), values, sized[1], "=")

    def _qualified(self, match: re.Match[str], number: Number) -> tuple[int, str]:
        start = match.start("a")
        *words, after = self.page.shade[max(0, start - 20) : start].split(" ")
        qualifier, begin = "=", start
        may_qualify = not after and words and words[-1].lstrip("(") in _last_words(self.lexicon)
        for count in (4, 3, 2, 1) if may_qualify else ():
            phrase = " ".join(words[-count:]).lstrip("(")
            if phrase in self.lexicon.qualifiers:
                qualifier, begin = self.lexicon.qualifiers[phrase], start - len(phrase) - 1
                break
        if number.qualifier == "range" and self.page.shade.startswith("từ ", start - 3):
            begin = start - 3
        return begin, number.qualifier if number.qualifier != "=" else qualifier


def _plausible(number: Number) -> bool:
    if number.qualifier == "range":
        return number.values[0] < number.values[1]
    return True

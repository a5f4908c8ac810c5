"""Names of bodies: "Ban Thường vụ Thành ủy TPHCM", "UBND phường", "Sở Khoa học và Công nghệ".

A body's name is read from its head to the right. Where its place is only understood ("Đảng ủy",
"UBND phường"), the place comes from the context.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from thongsuot.reading.lexicon import Lexicon, Scan
from thongsuot.reading.mentions.units import Places, UnitMention
from thongsuot.reading.page import Page
from thongsuot.reading.page.letters import CAPITALS

# Bodies that are complete only with the place they serve.
_COMMUNE_HEADS = re.compile(r"^(?:đảng ủy|đảng bộ|ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân)$")
_PROVINCE_PARTY = re.compile(r"\b(?:thành ủy|tỉnh ủy)\b")
_LEVEL = re.compile(r"(?:phường|xã|đặc khu|tỉnh|thành phố|tp|quận|huyện|thị trấn|thị xã)\b")
_FIELD_WORD = rf"[{CAPITALS}][^\W\d_]*"
_FIELD = re.compile(rf"{_FIELD_WORD}(?:(?: (?:và|-|–|&) | - |-|, | ){_FIELD_WORD})*")
_COMPANIES = frozenset({"công ty", "tổng công ty", "tập đoàn", "ngân hàng", "bệnh viện", "trường"})
# Companies mix small words into their names: "Công ty Điện lực Đà Nẵng".
_COMPANY = re.compile(rf"{_FIELD_WORD}(?:(?: [^\W\d_]+){{0,2}}? {_FIELD_WORD})*(?: lực| nước)?")
_NAMED_PARTS = re.compile(r"số \d+|khu vực \d+|(?:cơ sở )?\d+")
_NUMBERED = re.compile(r" số \d+")
_MORE_KINDS = re.compile(r", (?:xã|phường|đặc khu)\b")
_PLACE_WORDS = re.compile(r"[^\W\d_]+(?:(?: - | )[^\W\d_]+){0,4}")
_GROUP = re.compile(r"^(?:tổ|đoàn|tổ công tác|đoàn công tác|đoàn giám sát|tổ giám sát|đoàn kiểm tra)\b")


class Organisation(NamedTuple):
    start: int
    end: int
    text: str  # as printed, one space between words
    head: str  # lower-case head of the outermost body
    core: str  # lower-case head of the innermost body: whose organ it is
    place: UnitMention | None = None
    level: str | None = None  # a bare "phường", "tỉnh" standing for the place
    place_name: str | None = None  # a province said without its type: "Tỉnh ủy Đồng Nai"

    @property
    def is_placed(self) -> bool:
        return bool(self.place or self.place_name)

    @property
    def wants_place(self) -> bool:
        return not self.is_placed and bool(self.level or _COMMUNE_HEADS.match(self.core))

    def completed(self, unit: UnitMention | None) -> str:
        """The name with the place understood from the context."""
        if not unit or not self.wants_place:
            return self.text
        if self.level:
            if self.level not in ("phường", "xã", "đặc khu", "tỉnh") or self.level != unit.kind:
                return self.text
            return f"{self.text[: len(self.text) - len(self.level)]}{unit.printed}"
        return f"{self.text} {unit.printed}"


_OF_HAMLETS = frozenset({"chi bộ", "đảng bộ", "hội", "ban công tác mặt trận", "chi hội"})
_HAMLET = re.compile(
    rf"(?:thôn|ấp|khu phố|tổ dân phố|khóm|bản|buôn|làng|khu dân cư|xóm)(?: (?:\d{{1,3}}[A-Z]?|"
    rf"[{CAPITALS}][^\W\d_]*)){{1,4}}"
)


@dataclass(frozen=True)
class Bodies:
    """The reader of body names in one text."""

    page: Page
    lexicon: Lexicon
    places: Places
    scan: Scan

    @cached_property
    def _unit_at(self) -> dict[int, UnitMention]:
        return {mention.start: mention for mention in self.places.mentions}

    def unit_at(self, place: int) -> UnitMention | None:
        """The unit whose mention begins here."""
        return self._unit_at.get(place)

    @cached_property
    def _heads(self) -> dict[int, str]:
        """The heads the scanner met, by where they begin."""
        return {start: phrase for start, _, phrase in self.scan.of("organisation")}

    @cached_property
    def found(self) -> tuple[Organisation, ...]:
        """Every body named in the text, none overlapping."""
        kept: list[Organisation] = []
        for hit in self.scan.of("organisation"):
            if kept and hit.start < kept[-1].end:
                continue
            body = self.at(hit.start)
            if body and self._is_name(body):
                kept.append(body)
        return tuple(kept)

    @cached_property
    def _starts(self) -> list[int]:
        return [body.start for body in self.found]

    def starting_at(self, place: int) -> Organisation | None:
        index = bisect_left(self._starts, place)
        return self.found[index] if index < len(self.found) and self._starts[index] == place else None

    def _is_name(self, body: Organisation) -> bool:
        """False for plain words that only look like a head: "ban hành", "phòng họp"."""
        return (
            self.page.text[body.start].isupper()
            or body.is_placed
            or (" " in body.text and body.text[:1].isupper())
        )

    @cached_property
    def _known(self) -> dict[int, Organisation | None]:
        return {}

    def at(self, start: int) -> Organisation | None:
        """The body whose name begins here."""
        if start not in self._known:
            self._known[start] = self._at(start, 0)
        return self._known[start]

    def _at(self, start: int, depth: int) -> Organisation | None:
        head = self._heads.get(start) or self.lexicon.org_heads.match(self.page.shade, start)
        if head is None or depth > 4:
            return None
        kind = self.lexicon.org_kinds[head]
        end = start + len(head)
        body = self._made(start, end, head, head)
        if kind == "named":
            named = self._named(body)
            if named is None:
                return None
            body = named
        elif kind == "inside":
            return self._inside(body, depth)
        elif kind == "whole":
            return body
        return self._placed(body, depth)

    def _made(self, start: int, end: int, head: str, core: str) -> Organisation:
        return Organisation(start, end, self.page.text[start:end], head, core)

    def _grown(self, body: Organisation, end: int) -> Organisation:
        start, _, _, head, core, place, level, place_name = body
        return Organisation(start, end, self.page.text[start:end], head, core, place, level, place_name)

    def _next(self, end: int) -> int | None:
        return end + 1 if self.page.text[end : end + 1] == " " else None

    def _named(self, body: Organisation) -> Organisation | None:
        start = self._next(body.end)
        if start is None:
            return None
        field = self.lexicon.fields.match(self.page.shade, start)
        if field and (
            self.page.text[start].isupper() or (self.page.text[body.start].isupper() and body.head != "ban")
        ):
            return self._grown(body, start + len(field))
        shape = _COMPANY if body.head in _COMPANIES else _FIELD
        run = shape.match(self.page.text, start)
        if not run or not self.page.text[body.start].isupper():
            return None
        end = self._cut_field(start, run.end())
        return self._grown(body, end) if end > start else None

    def _cut_field(self, start: int, end: int) -> int:
        """Stop a run of capitals before a place, another body or a person's name."""
        for word in re.finditer(r"[^\W\d_]+", self.page.text[start:end]):
            place = start + word.start()
            starts_other = place > start and (
                place in self._unit_at or self.lexicon.org_heads.match(self.page.shade, place)
            )
            if starts_other or (place > start and self._looks_like_name(place, end)):
                return len(self.page.text[:place].rstrip(" ,-–&").removesuffix(" và"))
        return end

    def _looks_like_name(self, place: int, end: int) -> bool:
        words = self.page.shade[place:end].split(" ")
        plain = all(word.isalpha() for word in words)
        strong = words[0] in self.lexicon.surnames and words[0] not in self.lexicon.weak_surnames
        return plain and strong and 2 <= len(words) <= 4

    def _inside(self, body: Organisation, depth: int) -> Organisation | None:
        number = _NUMBERED.match(self.page.shade, body.end)
        if number:
            body = self._grown(body, number.end())
        start = self._next(body.end)
        if start is not None and self.page.shade.startswith("của ", start) and _GROUP.match(body.head):
            start += 4
        inner = self._at(start, depth + 1) if start is not None and self._may_begin(start) else None
        if inner is None:
            return self._placed(body, depth)
        return inner._replace(
            start=body.start,
            text=self.page.text[body.start : inner.end],
            head=body.head,
            core=inner.core,
        )

    def _may_begin(self, start: int) -> bool:
        return self.page.text[start : start + 1].isupper() or self.page.shade.startswith(
            ("đảng ", "ubnd", "hđnd", "cơ quan"), start
        )

    def _placed(self, body: Organisation, depth: int) -> Organisation:
        start = self._next(body.end)
        if start is None:
            return body
        unit = self._unit_at.get(start)
        if unit:
            return self._grown(body, unit.end)._replace(place=unit)
        hamlet = _HAMLET.match(self.page.text, start) if body.head in _OF_HAMLETS else None
        if hamlet:
            return self._grown(body, hamlet.end())._replace(place_name=hamlet[0])
        if body.head in ("đảng ủy", "đảng bộ") and self._may_begin(start):
            inner = self._at(start, depth + 1)
            if inner and inner.core != body.core:
                return inner._replace(
                    start=body.start,
                    text=self.page.text[body.start : inner.end],
                    head=body.head,
                    core=inner.core,
                )
        province = self._bare_province(start)
        if province:
            return self._grown(body, province)._replace(place_name=self.page.text[start:province])
        if self.page.shade.startswith("của ", start) and body.head.startswith("trung tâm"):
            owner = _LEVEL.match(self.page.shade, start + 4)
            if owner and not self._is_general(owner.end()):
                grown = self._grown(body, owner.end())
                return grown._replace(text=f"{body.text} {owner[0]}", level=owner[0])
        level = _LEVEL.match(self.page.shade, start)
        if level and (level[0] in ("tỉnh", "thành phố", "tp") or not self._is_general(level.end())):
            return self._grown(body, level.end())._replace(level=level[0])
        return body

    def _is_general(self, end: int) -> bool:
        """ "UBND phường, xã" names no one body."""
        return bool(_MORE_KINDS.match(self.page.shade, end)) or self.page.text[end : end + 2] == " -"

    def _bare_province(self, start: int) -> int | None:
        if not self.page.text[start].isupper():
            return None
        run = _PLACE_WORDS.match(self.page.shade, start)
        name = run[0] if run else ""
        while name:
            if name in self.lexicon.places.provinces:
                return start + len(name)
            name = name.rpartition(" ")[0].rstrip(" -")
        return None

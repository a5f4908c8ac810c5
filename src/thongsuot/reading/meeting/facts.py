"""The meeting's own facts: kind, date, group, body, units, ordinal, term."""

import re
from dataclasses import dataclass

from thongsuot.reading.lexicon import Lexicon
from thongsuot.reading.lexicon.patterns import matches_at
from thongsuot.reading.meeting.issuers import joined_issuer
from thongsuot.reading.mentions.dates import DateMention, first_of_pair
from thongsuot.reading.mentions.organisations import Bodies, Organisation
from thongsuot.reading.mentions.units import Places, UnitMention
from thongsuot.reading.page import Block, Kind, Page
from thongsuot.reading.setting import Setting

_GROUP = r"\b(?:tổ|đoàn)"
_GROUP_NUMBER = re.compile(
    _GROUP + r" (?:(?:công tác|giám sát|kiểm tra|khảo sát|kiểm tra, giám sát"
    r"|giám sát, khảo sát)?(?: ?(?:liên ngành|của [^.,;()]{0,40}))? ?số (?P<n>\d{1,3})\b"
    r"|(?:công tác|giám sát|kiểm tra) (?P<m>\d{1,3})\b)"
)
_GROUP_OF = re.compile(
    _GROUP + r" (?:công tác|giám sát|kiểm tra|khảo sát|công tác giám sát"
    r"|kiểm tra, giám sát)(?: liên ngành| công vụ| chuyên đề| thường xuyên)?(?: số \d{1,3}| \d{1,3})?"
    r"(?:,? thuộc| của)? "
)
_HOLDS = re.compile(
    r"(?: \([^()]{1,40}\))?(?:,? khóa [ivx\d]+)?(?:,? nhiệm kỳ \d{4} ?- ?\d{4})?(?:, (?:tp|"
    r"thành phố|tỉnh)[^,.;]{2,22}?)?(?: (?:vào )?(?:sáng|chiều|tối|ngày"
    r"|hôm)[^,.;]{0,24}?)?,? (?:đã |vừa |phối hợp [^.,;]{0,50} |long trọng )?(?:tổ chức|họp|tiến hành"
    r"|khai mạc|triệu tập|có buổi|có cuộc|đã có|làm việc|giám sát|tiếp xúc|gặp gỡ|kiểm tra|khảo sát"
    r"|đối thoại)\b"
)
_CONFERENCE_OF = re.compile(r"hội nghị(?<!\w.{8})(?: lần thứ \w+(?: \w+)?)?(?: \([^()]*\))? $")
_ORDINAL = re.compile(
    r"\blần thứ (?P<n>\w+(?: (?:mốt|một|hai|ba|tư|năm|lăm|sáu|bảy|tám|chín))?)|\blần (?P<r>[ivx]+|\d{1,2})\b"
)
_TERM = re.compile(r"\bnhiệm kỳ (?P<a>\d{4}) ?- ?(?P<b>\d{4})")
_OTHER_EVENT = re.compile(r"\b(?:đại hội|kỳ họp)\b[^.;]{0,60}$")
_NUMERALS = {
    "nhất": 1, "một": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "mười ba": 13, "mười bốn": 14, "mười lăm": 15,
    "mười sáu": 16, "mười bảy": 17, "mười tám": 18, "mười chín": 19, "hai mươi": 20,
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11,
    "xii": 12, "xiii": 13, "xiv": 14, "xv": 15,
}  # fmt: skip
_DAY_WORD = re.compile(
    r"(?:ngày|sáng|chiều|tối|trưa|nay|qua|hôm nay|hôm qua|lúc|vào|tiếp|trong)[, (]*(?:ngày )?$|^$"
    r"|(?:ngày \d{1,2}(?: và |, | đến |-| - )(?:ngày )?)$|[)-] ?$"
)
_TITLE_LINE = re.compile(
    r"^(báo cáo|biên bản|thông báo kết luận|thông báo|tờ trình|công điện|chỉ thị|kế hoạch|quyết định"
    r"|nghị quyết|hướng dẫn|chương trình|kết luận|công văn|giấy mời)\b"
)
_OTHER_DATE = re.compile(
    r"\b(?:từ|đến|trước|kế hoạch|quyết định|nghị quyết|nghị định|công văn|căn cứ|tờ trình"
    r"|thông báo|quy chế|số) (?:ngày )?[^,.]{0,24}$"
)
_HALF_DAY = re.compile(r"\b(?:sáng|chiều|tối|trưa)\b[^,.]{0,12}$")
_PAPER_DATE = re.compile(r"\d[-/][^ ,]{2,20},? (?:ký )?(?:ngày )?$")  # the date of the paper just cited
_CITED_YEAR = re.compile(r"[-/][a-zđư][^ ,;.]{1,20},? (?:ký )?(?:ngày )?\d{1,2}[-/.]\d{1,2}[-/.](20[2-4]\d)")
_YEAR = re.compile(r"(?<![\d.,])(?<!\d{4} - )(?<!\d{4}-)20[1-4]\d(?![\d.,]\d)")  # not the end of a term
_PLACED_DATE = re.compile(r", ngày ")


@dataclass(frozen=True)
class Facts:
    kind: str | None
    date: str | None
    date_span: tuple[int, int] | None
    working_group: int | None
    organisation: str | None
    units: tuple[UnitMention, ...]
    ordinal: int | None
    term: str | None
    issuer: str | None  # who signs an official paper
    paper: str | None  # what kind of official paper the text is
    paper_date: str | None


class FactReader:
    def __init__(
        self,
        page: Page,
        lexicon: Lexicon,
        places: Places,
        bodies: Bodies,
        setting: Setting,
        dates: tuple[DateMention, ...],
    ) -> None:
        self.page, self.lexicon, self.places = page, lexicon, places
        self.bodies, self.setting, self.dates = bodies, setting, dates
        self.body_blocks = [b for b in page.blocks if b.kind in (Kind.BODY, Kind.ITEM)]
        self.opening = self._opening_block()

    def read(self) -> Facts:
        paper = self._paper()
        kind = self._kind(paper)
        units = self._units(kind, paper)
        self.setting.main = units
        date, span = self._date(kind)
        issuer = self._issuer() if self.page.official else None
        organisation = self._organisation(kind, issuer)
        ordinal, term = self._ordinal_and_term() if kind == "conference" else (None, None)
        return Facts(
            kind,
            date,
            span,
            self._working_group(kind),
            organisation,
            units,
            ordinal,
            term,
            issuer,
            paper,
            self._paper_date(),
        )

    # -- blocks ---------------------------------------------------------------
    def _opening_block(self) -> Block | None:
        """The paragraph that tells the event: the first with an event date, else the first of all."""
        for block in self.body_blocks[:4]:
            for mention in self.dates:
                if block.start <= mention.start < min(block.end, block.start + 260) and self._is_event_date(
                    mention, block
                ):
                    return block
        return self.body_blocks[0] if self.body_blocks else None

    def _letterhead(self) -> list[Block]:
        return [b for b in self.page.blocks if b.kind == Kind.LETTERHEAD]

    def _paper(self) -> str | None:
        if not self.page.official:
            return None
        for block in self._letterhead():
            match = _TITLE_LINE.match(self.page.shade[block.start : block.end])
            if match and (
                self.page.text[block.start : block.start + len(match[0])].isupper()
                or block.end - block.start < 60
            ):
                following = self.page.shade[block.start : block.end + 60]
                return (
                    "thông báo kết luận" if match[0] == "thông báo" and "kết luận" in following else match[0]
                )
        return "công văn"

    # -- kind ------------------------------------------------------------------
    def _kind(self, paper: str | None) -> str | None:
        if paper in ("báo cáo", "tờ trình"):
            return "other"
        if paper and paper not in ("biên bản", "thông báo kết luận", "kết luận"):
            return "directive"
        first = self.opening.start if self.opening else 0
        told = self.bodies.scan.marks
        scores = {
            kind: sum(weight * self._loudness(word, first) for word, weight in words.items() if word in told)
            for kind, words in self.lexicon.meeting_kinds.items()
        }
        best = max(scores, key=lambda kind: scores[kind])
        if scores[best] >= 3:
            return best
        return "working-session" if paper else "other"

    def _loudness(self, phrase: str, first: int) -> float:
        """How loudly a phrase is told: the opening weighs most."""
        total, free = 0.0, 0
        for place in self.bodies.scan.marks[phrase]:
            if place < free:
                continue
            near = self.opening and self.opening.start <= place < self.opening.end
            total += 2.0 if near else 1.0 if place < first else 0.35
            free = place + len(phrase)
        return min(total, 3.0)

    # -- date ------------------------------------------------------------------
    def _is_event_date(self, mention: DateMention, block: Block) -> bool:
        before = self.page.shade[max(block.start, mention.start - 26) : mention.start]
        sentence, _ = self.page.sentence_at(mention.start)
        head = self.page.shade[sentence : mention.start]
        if _OTHER_DATE.search(head) and not _HALF_DAY.search(head):
            return False
        if _PAPER_DATE.search(head):
            return False
        full = self.page.shade[mention.start : mention.start + 5] == "ngày "
        return full or bool(_DAY_WORD.search(before))

    def _year(self) -> int | None:
        for block in self.page.blocks:
            if block.kind in (Kind.META, Kind.HEADLINE, Kind.LETTERHEAD):
                for mention in self.dates:
                    if block.start <= mention.start < block.end and mention.year:
                        return mention.year
        if self.dates and self.dates[0].start < 20 and self.dates[0].year:
            return self.dates[0].year
        years = [int(match[0]) for match in matches_at(self.page.digits, _YEAR, self.page.shade)]
        cited = [int(year) for year in _CITED_YEAR.findall(self.page.shade)]
        if cited and max(cited) >= 2025:
            return max(cited)  # a paper cited is older than the meeting; years told alone may be yet to come
        return max(set(years), key=lambda year: (years.count(year), year)) if years else None

    def _dateline(self) -> DateMention | None:
        for block in self.page.blocks:
            if block.kind in (Kind.META, Kind.HEADLINE, Kind.LETTERHEAD):
                for mention in self.dates:
                    if (
                        block.start <= mention.start < block.end
                        and mention.year
                        and self._is_own_date(mention, block)
                    ):
                        return mention
        first = self.dates[0] if self.dates else None
        return (
            first
            if first and first.start < 20 and first.year and self.page.shade.startswith("date")
            else None
        )

    def _is_own_date(self, mention: DateMention, block: Block) -> bool:
        if block.kind != Kind.LETTERHEAD:
            return True
        before = self.page.shade[max(0, mention.start - 40) : mention.start]
        return (
            bool(re.search(r"(?:, |^|\n|\t)(?:ngày )?$", before))
            or ", ngày" in self.page.shade[max(0, mention.start - 2) : mention.end]
        )

    def _paper_date(self) -> str | None:
        mention = self._dateline() if self.page.official else None
        return mention.iso if mention else None

    def _date(self, kind: str | None) -> tuple[str | None, tuple[int, int] | None]:
        dateline = self._dateline()
        if self.page.official and kind in ("directive", "other"):
            return (dateline.iso, (dateline.start, dateline.end)) if dateline else (None, None)
        event = self._event_date()
        if event is None:
            return (dateline.iso, (dateline.start, dateline.end)) if dateline else (None, None)
        event = first_of_pair(self.page, event)
        year = event.year or (dateline.year if dateline else self._year())
        if dateline and dateline.year and not event.year and event.month > dateline.month + 1:
            year = dateline.year - 1
        found = event.on(year)
        return (found.isoformat() if found else None), (event.start, event.end)

    def _event_date(self) -> DateMention | None:
        after_label = 16 if self.page.shade.startswith("date ") else 0  # "date 2025-10-30" of an archive
        for block in self.body_blocks[:4]:
            for mention in self.dates:
                inside = max(block.start, after_label) <= mention.start < block.end
                if inside and self._is_event_date(mention, block):
                    return mention
        return None

    # -- group, body, units ------------------------------------------------------
    def _working_group(self, kind: str | None) -> int | None:
        if kind not in ("supervision", "working-session"):
            return None
        for match in matches_at(self.bodies.scan.starts("visitors"), _GROUP_NUMBER, self.page.shade):
            return int(match["n"] or match["m"])
        return None

    def _organisation(self, kind: str | None, issuer: str | None) -> str | None:
        if kind in ("directive", "other") and issuer:
            return issuer
        found = self._group_owner() if kind in ("supervision", "working-session") else None
        if found is None and kind == "conference":
            found = self._holder()
        if found is None and kind == "voter-meeting":
            found = self._delegation()
        found = found or self._holder()
        if found:
            return self.setting.completed(found)
        if issuer and self.page.official:  # an office announces for its committee
            return re.sub(r"^Văn phòng (?=Thành|Tỉnh|UBND|Ủy)", "", issuer)
        return issuer

    def _group_owner(self) -> Organisation | None:
        for match in matches_at(self.bodies.scan.starts("visitors"), _GROUP_OF, self.page.shade):
            body = self.bodies.at(match.end())
            if body and self.page.text[body.start].isupper():
                return body
        return None

    def _delegation(self) -> Organisation | None:
        for body in self.bodies.found:
            if body.head in ("tổ đại biểu", "đoàn đại biểu", "đoàn đại biểu quốc hội", "đoàn đbqh") and (
                body.end - body.start > len(body.head) + 2
            ):
                return body
        return None

    def _holder(self) -> Organisation | None:
        block = self.opening
        if block is None:
            return None
        inside = [b for b in self.bodies.found if block.start <= b.start < block.end]
        for body in inside:
            if _HOLDS.match(self.page.shade, body.end):
                return body
        for body in inside:
            if _CONFERENCE_OF.search(self.page.shade, block.start, body.start):
                return body
        return None

    def _issuer(self) -> str | None:
        """The body in the left column of a letterhead."""
        lines: list[str] = []
        for block in self._letterhead()[:4]:
            text = self.page.text[block.start : block.end].split("\t")[0].strip()
            shade = text.lower()
            if (
                not text
                or not any(c.isalpha() for c in text)
                or not text.isupper()
                or re.match(
                    r"^(?:số|\*|báo cáo|biên bản|thông báo|cộng hòa|độc lập|đảng cộng sản|kế hoạch"
                    r"|công điện|hỏa tốc|tờ trình|quyết định|nghị quyết|chỉ thị)\b",
                    shade,
                )
            ):
                if lines or re.match(r"^(?:số|báo cáo|biên bản|thông báo)", shade):
                    break
                continue
            lines.append(text)
        return joined_issuer(lines, self.page, self.places) if lines else None

    def _units(self, kind: str | None, paper: str | None) -> tuple[UnitMention, ...]:
        if kind == "directive":
            return ()
        if kind == "other" and self.page.official:
            return self._communes_in(self._letterhead())[:1]
        blocks = [b for b in (self.opening,) if b]
        if self.page.official:
            listed = self._communes_in([b for b in self._letterhead() if not self._is_place_line(b)])
            if paper == "biên bản" and not listed:
                listed = self._communes_in(self._present())
            return listed or self._communes_in(blocks) or self._communes_in(self.body_blocks[:6])
        found = self._communes_in(blocks)
        return (
            found
            or self._communes_in(self.body_blocks[:3])
            or self._communes_in([b for b in self.page.blocks if b.kind in (Kind.HEADLINE, Kind.LEAD)])
        )

    def _is_place_line(self, block: Block) -> bool:
        return bool(_PLACED_DATE.search(self.page.shade[block.start : block.end]))

    def _present(self) -> list[Block]:
        """The blocks under "THÀNH PHẦN" of minutes."""
        found: list[Block] = []
        level = 0
        for block in self.page.blocks:
            if block.kind == Kind.ITEM and "thành phần" in self.page.shade[block.body : block.body + 40]:
                level = block.level
            elif level and block.kind == Kind.ITEM and block.level <= level:
                break
            elif level:
                found.append(block)
        return found

    def _communes_in(self, blocks: list[Block]) -> tuple[UnitMention, ...]:
        seen: dict[str, UnitMention] = {}
        for mention in self.places.mentions:
            if (
                mention.is_commune
                and not mention.former
                and any(b.start <= mention.start < b.end for b in blocks)
            ):
                seen.setdefault(mention.key, mention)
        return tuple(seen.values())

    # -- ordinal and term ----------------------------------------------------------
    def _ordinal_and_term(self) -> tuple[int | None, str | None]:
        block = self.opening
        if block is None:
            return None, None
        ordinal = term = None
        for match in _ORDINAL.finditer(self.page.shade, block.start, block.end):
            word = match["n"] or match["r"]
            first = word.split(" ")[0]
            number = _NUMERALS.get(word) or _NUMERALS.get(first) or (int(first) if first.isdigit() else None)
            if number and not _OTHER_EVENT.search(self.page.shade[block.start : match.start()]):
                ordinal = number
                break
        for match in _TERM.finditer(self.page.shade, block.start, block.end):
            if not _OTHER_EVENT.search(self.page.shade[block.start : match.start()]):
                term = f"{match['a']}-{match['b']}"
                break
        return ordinal, term

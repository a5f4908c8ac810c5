"""Named administrative units: today's by code, former ones by mark, date or absence from today's list."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from thongsuot.reading.lexicon import Gazetteer, Lexicon, Scan, UnitRow
from thongsuot.reading.lexicon.places import COMMUNE_KINDS, FORMER_KINDS, UNIT_KINDS
from thongsuot.reading.page import Page
from thongsuot.reading.page.letters import CAPITAL_LETTERS, CAPITALS

_MANY = frozenset(
    [
        "các",
        "hai",
        "ba",
        "bốn",
        "năm",
        "sáu",
        "bảy",
        "tám",
        "chín",
        "mười",
        "những",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "02",
        "03",
        "04",
        "05",
    ]
)
_COUNT = re.compile(r"\d+(?:[.,/%-]\d| ?%|\d{3})")  # "phường 1.553 đảng viên" names no ward
_NEAR = 400  # merger wording governs names this close; keeps endless sentences cheap
_SEPARATOR = re.compile(r", và |,? ?và |, ?|; ?")
_FORMER_MARK = re.compile(
    r" ?\(?(?:cũ|trước đây|trước kia|trước khi (?:sắp xếp|sáp nhập|hợp nhất)|trước sắp xếp"
    r"|trước sáp nhập|trước ngày|ngày trước|hồi trước)\b"
)
_MARK_REACH = 16  # the word of each mark is over by then
_SHARED_MARK = re.compile(r",? ?(?:và |một phần |phần lớn |của |thuộc |toàn bộ |các )*|, ")
_MERGER = re.compile(
    r"trên cơ sở|sáp nhập|hợp nhất|nhập (?<!\w.....)(?<!thu nhập )(?<!sáp nhập )(?=các|từ|thêm|xã|phường"
    r"|thị trấn|toàn bộ|nguyên|một phần|với|hai|ba)|hình thành từ|sắp xếp (?:từ|các)|thành lập từ|được ghép từ|gộp"
)
_RESULT = re.compile(r"\b(?:thành|thành lập|lấy tên(?: là)?|thành phường|thành xã) ?$")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class UnitMention(NamedTuple):
    start: int
    end: int
    kind: str
    name: str  # as printed, without its type word
    printed: str  # with its type word, as the reading shows it
    rows: tuple[UnitRow, ...]
    code: str | None = None
    former: bool = False
    marked_former: bool = False
    certain: bool = True

    @property
    def is_commune(self) -> bool:
        return self.kind in COMMUNE_KINDS

    @property
    def is_province(self) -> bool:
        return self.kind == "tỉnh" or (self.kind == "thành phố" and any(row.current for row in self.rows))

    @property
    def key(self) -> str:
        return f"{self.kind} {self.name.lower()}"


@dataclass(frozen=True)
class Places:
    """Every unit named in a text, and the province the text is about."""

    mentions: tuple[UnitMention, ...]
    province: str | None


# Every commune of today is listed; an unknown name of three syllables after a post is its holder's.
_POST_BEFORE = re.compile(
    r"\b(?:bí thư|chủ tịch|trưởng|giám đốc|chủ nhiệm|chỉ huy|chánh)\b[^.;:()]{0,45}\b(?:phường|xã|đặc khu) $"
)


def _former_mark(page: Page, place: int) -> re.Match[str] | None:
    near = page.shade[place : place + _MARK_REACH]
    return _FORMER_MARK.match(page.shade, place) if "cũ" in near or "trước" in near else None


def _may_begin_name(letter: str) -> bool:
    """A capital or a digit."""
    return letter in CAPITAL_LETTERS or letter.isdecimal()


def _name_at(
    page: Page, places: Gazetteer, kind: str, start: int, end_of_line: int
) -> tuple[int, tuple[UnitRow, ...]] | None:
    """The longest listed name of this kind that begins here."""
    ends: list[int] = []
    for count, word in enumerate(_WORD.finditer(page.text, start, end_of_line)):
        gap = page.text[ends[-1] if ends else start : word.start()]
        if count >= places.longest + 2 or gap not in ("", " ", " - ", "-", " – "):
            break
        if not _may_begin_name(word[0][0]):
            break
        ends.append(word.end())
    for end in reversed(ends):
        rows = places.find(kind, page.shade[start:end])
        if rows:
            return end, rows
    return None


def _unlisted_name(page: Page, start: int, line_end: int, surnames: frozenset[str]) -> int | None:
    """End of a run of capitals after a type word, where the list knows no such name."""
    if page.text[start : start + 12].isupper():
        return None
    end, count = start, 0
    for word in _WORD.finditer(page.text, start, line_end):
        gap = page.text[end : word.start()]
        if (
            gap not in ("", " ")
            or not _may_begin_name(word[0][0])
            or count == 4
            or (count >= 2 and word[0].lower() in surnames)
        ):
            break
        if word[0].isupper() and len(word[0]) > 1 and not word[0].isdigit():
            break
        end, count = word.end(), count + 1
    if not count or end - start < 2:
        return None
    first = page.shade[start:end].partition(" ")[0]
    run = re.compile(rf"[{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*)*").match(page.text, start)
    after_post = _POST_BEFORE.search(page.shade, max(0, start - 60), start)
    is_person = (first in surnames or after_post) and run is not None and run[0].count(" ") >= 2
    return None if is_person else end


def _spelled(page: Page, places: Gazetteer, scan: Scan) -> Iterator[UnitMention]:
    """Provinces printed in a fixed spelling: TPHCM, TP.HCM."""
    for hit in scan.of("spelling"):
        code = places.spellings[hit.phrase]
        row = UnitRow(True, "thành phố", places.province_names[code], code, code)
        printed = page.text[hit.start : hit.end]
        if printed.isupper() and len(printed) > 10:  # a headline in capitals
            printed = f"thành phố {row.name}"
        yield UnitMention(hit.start, hit.end, "thành phố", row.name, printed, (row,), code)


def _line_end(page: Page, place: int) -> int:
    end = page.text.find("\n", place)
    tab = page.text.find("\t", place)
    stops = [stop for stop in (end, tab) if stop >= 0]
    return min(stops, default=len(page.text))


def _mention(
    page: Page, kind: str, start: int, name: int, end: int, rows: tuple[UnitRow, ...], *, listed: bool
) -> UnitMention:
    printed_name = page.text[name:end]
    if printed_name.isupper() and rows and not any(c.isdigit() for c in printed_name):
        printed_name = rows[0].name
    return UnitMention(start, end, kind, printed_name, f"{kind} {printed_name}", rows, certain=listed)


def _typed(page: Page, lexicon: Lexicon, scan: Scan) -> Iterator[UnitMention]:
    for hit in scan.of("unit_kind"):
        kind, start, name = UNIT_KINDS[hit.phrase], hit.start, hit.end
        colon = page.shade.startswith(":", name)
        if colon:
            name += 1
        if page.shade.startswith(" ", name):
            name += 1
        if (name == hit.end and not hit.phrase.endswith(".")) or not _may_begin_name(
            page.text[name : name + 1]
        ):
            continue
        if page.text[name].isdigit() and (colon or _COUNT.match(page.shade, name)):
            continue
        line = _line_end(page, name)
        many = colon or page.shade[max(0, start - 8) : start].rstrip().rpartition(" ")[2] in _MANY
        found = _name_at(page, lexicon.places, kind, name, line)
        if found is None:
            if kind in ("tỉnh", "thành phố") or (
                page.text[name].isdigit() and kind not in ("phường", "quận")
            ):
                continue
            end = _unlisted_name(page, name, line, lexicon.surnames)
            if end is None:
                continue
            found = end, ()
        end, rows = found
        first = _mention(page, kind, start, name, end, rows, listed=bool(rows))
        if hit.phrase in ("tp", "tp.") and kind == "thành phố":
            first = first._replace(printed=page.text[start:end])
        yield first
        yield from _listed_after(page, lexicon, first, many=many, line=line)


def _listed_after(
    page: Page, lexicon: Lexicon, first: UnitMention, *, many: bool, line: int
) -> Iterator[UnitMention]:
    """Names that share the type word: "các phường A, B và C"."""
    place, provinces = first.end, {row.province for row in first.rows}
    while True:
        mark = _former_mark(page, place)
        if mark and page.shade[mark.end() : mark.end() + 1] == ")":
            place = mark.end() + 1
        separator = _SEPARATOR.match(page.shade, place, line)
        if not separator or separator.end() >= line or not _may_begin_name(page.text[separator.end()]):
            return
        start = separator.end()
        found = _name_at(page, lexicon.places, first.kind, start, line)
        if found is None and many and not lexicon.org_heads.match(page.shade, start) and first.rows:
            return
        if found is None:
            return
        end, rows = found
        following = re.match(rf" [{CAPITALS}]", page.text[end : end + 2])
        related = not provinces or provinces & {row.province for row in rows}
        if following or not related or (not many and not related) or _is_person(page, lexicon, start, end):
            return
        if not many and not _same_province(rows, provinces):
            return
        yield _mention(page, first.kind, start, start, end, rows, listed=True)
        place = end


def _same_province(rows: tuple[UnitRow, ...], provinces: set[str]) -> bool:
    return any(row.province in provinces for row in rows)


def _is_person(page: Page, lexicon: Lexicon, start: int, end: int) -> bool:
    return page.text[end : end + 2] in (", ", " -") and bool(
        lexicon.scanner.scan(page.shade[end + 2 : end + 14]).of("title")
    )


def _province_votes(page: Page, places: Gazetteer, scan: Scan, mentions: list[UnitMention]) -> Counter[str]:
    votes: Counter[str] = Counter()
    for mention in mentions:
        provinces = {row.province for row in mention.rows}
        if mention.is_province or mention.kind == "tỉnh":
            votes[mention.rows[0].province] += 3
        elif len(provinces) == 1:
            votes[next(iter(provinces))] += 2 if mention.rows[0].current else 1
        else:
            current = {row.province for row in mention.rows if row.current}
            for province in provinces:
                votes[province] += 0.5 if province in current else 0.1  # type: ignore[assignment]
    for hit in scan.of("province"):
        if page.text[hit.start].isupper():
            head = page.shade[max(0, hit.start - 9) : hit.start]
            votes[places.provinces[hit.phrase]] += 4 if head.endswith(("tỉnh ủy ", "thành ủy ")) else 1
    return votes


def _resolve(mention: UnitMention, province: str | None) -> UnitMention:
    """Pick the unit a name means, given the province the text is about."""
    if mention.code:
        return mention
    here = [row for row in mention.rows if row.province == province]
    if mention.marked_former or mention.kind in FORMER_KINDS:
        return mention._replace(former=True)
    current_here = [row for row in here if row.current]
    current = current_here or ([row for row in mention.rows if row.current] if not here else [])
    if mention.kind in ("tỉnh", "thành phố"):
        current = [row for row in mention.rows if row.current]
    if current:
        return mention._replace(
            code=current[0].code if len(current) == 1 else None, certain=len(current) == 1
        )
    return mention._replace(former=bool(mention.rows))


def _marked(page: Page, scan: Scan, mentions: list[UnitMention]) -> list[UnitMention]:
    """Spread "(cũ)", "trước đây" and merger wording over the names they govern."""
    found = list(mentions)
    for place in range(len(found) - 1, -1, -1):
        mention = found[place]
        if _former_mark(page, mention.end):
            found[place] = mention._replace(marked_former=True)
        elif place + 1 < len(found) and found[place + 1].marked_former:
            between = page.shade[mention.end : found[place + 1].start]
            if _SHARED_MARK.fullmatch(between):
                found[place] = mention._replace(marked_former=True)
    return [_in_merger(page, scan, mention) for mention in found]


def _in_merger(page: Page, scan: Scan, mention: UnitMention) -> UnitMention:
    start = max(page.sentence_at(mention.start)[0], mention.start - _NEAR)
    if not scan.has("merger", start, mention.start):
        return mention
    before = page.shade[start : mention.start]
    merger = max(_MERGER.finditer(before), key=lambda match: match.start(), default=None)
    if (
        merger is None
        or _RESULT.search(before)
        or re.search(r"\bthành (?:phường|xã|đặc khu)", before[merger.end() :])
    ):
        return mention
    if mention.is_province or re.search(r"[.;:]", before[merger.end() :]):
        return mention
    return mention._replace(marked_former=True)


def _without_overlaps(mentions: list[UnitMention]) -> list[UnitMention]:
    kept: list[UnitMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def find_units(page: Page, lexicon: Lexicon, scan: Scan) -> Places:
    mentions = _without_overlaps([*_spelled(page, lexicon.places, scan), *_typed(page, lexicon, scan)])
    votes = _province_votes(page, lexicon.places, scan, mentions)
    province = max(votes, key=lambda code: (votes[code], code)) if votes else None
    resolved = [_resolve(mention, province) for mention in _marked(page, scan, mentions)]
    return Places(tuple(resolved), province)

"""By when: days, repeated days and running terms, in the words of directives."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from thongsuot.reading.directive.paper import Paper

_YEAR = r"(?:(?: năm |[/.-] ?| )(?P<y{0}>20\d\d))?"
_CUE = (
    r"(?:trước|chậm nhất|không chậm hơn|không muộn hơn|muộn nhất|hạn chót|hạn cuối|thời hạn|đến hết|hết|xong"
    r"|hoàn thành|không quá|thời gian hoàn thành)"
    r"(?: là| vào| trong| trước| đến)*:?(?: \d{1,2} ?(?:giờ|h)(?: ?\d{2})?(?: phút)?,?)?"
)
_DAY = (
    r"(?P<d>\d{1,2})(?: ?[/.-] ?(?P<m>\d{1,2})(?: ?[/.-] ?(?P<y>20\d\d))?"
    r"| tháng (?P<wm>\d{1,2})(?:(?: năm |/| )(?P<wy>20\d\d))?)"
)
_ON_DAY = re.compile(rf"(?<!\w)(?P<cue>{_CUE}(?: ngày)?|trong ngày) {_DAY}(?!\d|[/.-]\d)")
_BARE_DAY = re.compile(rf"(?<![\d/.-]){_DAY}(?!\d|[/.-]\d)")
_EVERY = r"(?:hằng|hàng|mỗi)"
_MONTHLY = re.compile(
    rf"(?<!\w)(?:(?:trước|chậm nhất|muộn nhất|vào)(?: là| vào)? )?(?:ngày )(?P<d>\d{{1,2}})(?: (?:{_EVERY} tháng"
    rf"|của {_EVERY} tháng))"
)
_QUARTERLY = re.compile(
    rf"(?<!\w)(?:(?:trước|chậm nhất|muộn nhất|vào)(?: là"
    rf"| vào)? )?(?:ngày )(?P<d>\d{{1,2}})(?: của)? tháng cuối(?: của)?(?: {_EVERY})? quý"
)
_WEEKLY = re.compile(
    rf"(?<!\w)(?:(?:trước|chậm nhất|muộn nhất|vào)(?: là| vào)? )?(?:\d{{1,2}} ?(?:giờ"
    rf"|h)(?: ?\d\d)?(?: phút)?,? ?)?(?:ngày )?(?P<w>thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật) {_EVERY} tuần"
)
_PERIODIC = re.compile(
    rf"(?<!\w)(?:(?:định kỳ|theo định kỳ) (?:{_EVERY} )?(?P<a>tuần|tháng|quý|06 tháng|6 tháng|sáu tháng|năm)"
    rf"|(?:báo cáo|sơ kết|tổng hợp|gửi)[^.;]{{0,60}}? {_EVERY} (?P<b>tuần|tháng|quý|năm))(?!\w)"
)
_MONTH = re.compile(
    r"(?<!\w)(?P<cue>(?:xong |hoàn thành )?(?:trong|trước|hết|cuối|đến hết)|hoàn thành|xong) tháng (?P<m>\d{1,2})"
    + _YEAR.format("")
    + r"(?!\d)"
)
_BARE_MONTH = re.compile(r"(?<!\w)tháng (?P<m>\d{1,2})" + _YEAR.format("") + r"(?!\d)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER_WORDS = (
    r"quý (?P<q>iv|i{1,3}|[1-4])(?:(?:,| và| -) (?P<q2>iv|i{1,3}|[1-4]))?" + _YEAR.format("") + r"(?!\w)"
)
_QUARTER = re.compile(
    r"(?<!\w)(?P<cue>(?:xong |hoàn thành )?(?:trong|trước|hết|cuối|đến hết)|hoàn thành|xong) "
    + _QUARTER_WORDS
)
_BARE_QUARTER = re.compile(r"(?<!\w)" + _QUARTER_WORDS)
_IN_YEAR = re.compile(
    r"(?<!\w)(?P<cue>hoàn thành trong|xong trong|trong|hết|đến hết|trước) năm (?P<y>20\d\d)(?!\d)"
)
_RUNNING = re.compile(
    r"(?<!\w)(?:(?:trong|chậm nhất|muộn nhất|không quá|tối đa)(?: là| sau)?(?: thời hạn| vòng"
    r"| thời gian)?(?: không quá| tối đa)?|sau) "
    r"(?P<n>\d{1,3})(?: \([^)]{2,20}\))? ngày(?P<w> làm việc)?(?!\w)(?:,? (?:kể )?(?:từ|sau) (?:ngày|khi"
    r"|thời điểm)[^.;,)]{0,60})?"
)
_DAYS = {"thứ hai": 1, "thứ ba": 2, "thứ tư": 3, "thứ năm": 4, "thứ sáu": 5, "thứ bảy": 6, "chủ nhật": 7} | {
    f"thứ {n}": n - 1 for n in range(2, 8)
}
_SPANS = {"tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"}
_IN_FORCE = re.compile(r"(?:có )?hiệu lực(?: thi hành)?[^.;]{0,30}$")
_LAST_DAYS = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}
_REASONS = {
    "day": "Ngày đứng sau từ chỉ hạn (trước, chậm nhất, hoàn thành).",
    "day-no-year": "Ngày không ghi năm, lấy năm của văn bản.",
    "month": "Hạn theo tháng, tính đến ngày cuối tháng.",
    "quarter": "Hạn theo quý, tính đến ngày cuối quý.",
    "year": "Hạn theo năm, tính đến ngày cuối năm.",
    "repeated": "Hạn lặp lại theo kỳ.",
    "term": "Thời hạn tính từ một sự kiện.",
    "cell": "Ô của cột thời hạn trong bảng phân công.",
}


class Term(NamedTuple):
    start: int
    end: int
    kind: str
    on: date | None
    every: str | None
    day: int | None
    days: int | None
    working: bool
    rule: str
    confidence: float

    @property
    def reason(self) -> str:
        return _REASONS[self.rule]


@dataclass(frozen=True)
class Terms:
    paper: Paper
    day_of_paper: date | None

    def within(self, start: int, end: int, *, cell: bool = False) -> list[Term]:
        """Every term told between two places, none overlapping; a cell of the column of terms needs no cue."""
        kept: list[Term] = []
        for found in self._all(start, end, cell=cell):
            if not any(found.start < other.end and other.start < found.end for other in kept):
                kept.append(found)
        return sorted(kept)

    def _all(self, start: int, end: int, *, cell: bool) -> Iterator[Term]:
        shade = self.paper.shade
        yield from self._repeated(start, end)
        for match in _RUNNING.finditer(shade, start, end):
            days, working = int(match["n"]), bool(match["w"])
            if match[0].startswith("sau") and "từ" not in match[0]:
                continue
            yield Term(*match.span(), "term", None, None, None, days, working, "term", 0.9)
        for match in _ON_DAY.finditer(shade, start, end):
            if not _IN_FORCE.search(shade, max(start, match.start() - 50), match.start()):
                yield from self._day(match)
        for match in _MONTH.finditer(shade, start, end):
            yield from self._month(match, before=match["cue"].endswith("trước"))
        for match in _QUARTER.finditer(shade, start, end):
            yield from self._quarter(match, before=match["cue"].endswith("trước"))
        for match in _IN_YEAR.finditer(shade, start, end):
            if match["cue"] != "trong" or re.search(
                r"hoàn thành|xong|thực hiện", shade[start : match.start()]
            ):
                year = int(match["y"]) - (match["cue"] == "trước")
                yield Term(*match.span(), "date", date(year, 12, 31), None, None, None, False, "year", 0.75)
        if cell:
            yield from self._bare(start, end)

    def _bare(self, start: int, end: int) -> Iterator[Term]:
        shade = self.paper.shade
        for match in _BARE_DAY.finditer(shade, start, end):
            yield from (term._replace(rule="cell") for term in self._day(match))
        for match in _BARE_MONTH.finditer(shade, start, end):
            yield from (term._replace(rule="cell") for term in self._month(match, before=False))
        for match in _BARE_QUARTER.finditer(shade, start, end):
            yield from (term._replace(rule="cell") for term in self._quarter(match, before=False))

    def _repeated(self, start: int, end: int) -> Iterator[Term]:
        shade = self.paper.shade
        for shape, every in ((_QUARTERLY, "quarter"), (_MONTHLY, "month")):
            for match in shape.finditer(shade, start, end):
                if 1 <= int(match["d"]) <= 31:
                    yield _every(match.span(), every, int(match["d"]), 0.95)
        for match in _WEEKLY.finditer(shade, start, end):
            yield _every(match.span(), "week", _DAYS[match["w"]], 0.95)
        for match in _PERIODIC.finditer(shade, start, end):
            word = match["a"] or match["b"]
            begin = match.end() - len(word) - 5 if match["b"] else match.start()
            yield _every((begin, match.end()), _SPANS.get(word, "half-year"), None, 0.8)

    def _day(self, match: re.Match[str]) -> Iterator[Term]:
        day, month = int(match["d"]), int(match["m"] or match["wm"])
        printed = match["y"] or match["wy"]
        year = int(printed) if printed else self._year_for(month, day)
        on = _date(year, month, day)
        if on:
            rule, trust = ("day", 0.95) if printed else ("day-no-year", 0.85)
            yield Term(*match.span(), "date", on, None, None, None, False, rule, trust)

    def _year_for(self, month: int, day: int) -> int | None:
        """The year of the paper, or the next where that day was over when it was signed."""
        if not self.day_of_paper:
            return None
        year = self.day_of_paper.year
        on = _date(year, month, day)
        return year + 1 if on and on < self.day_of_paper else year

    def _month(self, match: re.Match[str], *, before: bool) -> Iterator[Term]:
        month = int(match["m"])
        year = int(match["y"]) if match["y"] else self._year_for(month, 28)
        if year is None or not 1 <= month <= 12:
            return
        if before:
            year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        on = date(year, month, monthrange(year, month)[1])
        yield Term(*match.span(), "date", on, None, None, None, False, "month", 0.9 if match["y"] else 0.8)

    def _quarter(self, match: re.Match[str], *, before: bool) -> Iterator[Term]:
        quarter = _ROMAN[match["q2"] or match["q"]]
        year = int(match["y"]) if match["y"] else self._year_for(*_LAST_DAYS[quarter])
        if year is None:
            return
        if before:
            year, quarter = (year - 1, 4) if quarter == 1 else (year, quarter - 1)
        on = date(year, *_LAST_DAYS[quarter])
        yield Term(*match.span(), "date", on, None, None, None, False, "quarter", 0.9 if match["y"] else 0.8)


def _every(span: tuple[int, int], every: str, day: int | None, trust: float) -> Term:
    return Term(*span, "recurring", None, every, day, None, False, "repeated", trust)


def _date(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None

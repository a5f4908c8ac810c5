"""Dates as Vietnamese papers print them: 24-7-2025, 24/07/25, 30-10, ngày 24 tháng 7 năm 2025, 2025-07-24."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from thongsuot.reading.lexicon.patterns import matches_at
from thongsuot.reading.page import Page

_FULL = re.compile(
    r"(?<![\d/.,-])(?P<d>\d{1,2})(?P<s> ?[-/.] ?)(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})(?![\d/-]|[.,]\d)"
    r"|(?<![\d-])(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})(?![\d-])"
    r"|(?<!\d)(?P<wd>\d{1,2}) tháng (?P<wm>\d{1,2})(?:(?: năm |[/-])(?P<wy>\d{4}))?(?!\d|[/-]\d)"
)
_PART = re.compile(r"(?<![\d/.,-])(?P<d>\d{1,2}) ?(?P<s>[-/.]) ?(?P<m>\d{1,2})(?![\d/%]|[-.,]\d|-[a-z])")
# A bare "30-10" is a date only where the words say so.
_DATE_WORD = re.compile(
    r"(?:ngày|sáng|chiều|tối|trưa|đêm|từ|đến|trước|sau|hôm nay|hôm qua|nay|qua|hết|vào|tới"
    r"|ngày \d{1,2}(?: và|,| đến|-)|nay,|qua,|dịp|lễ|hạn|kể từ|tính đến|nhất|\(|ngày:)[ (]*$"
)
_SPREAD = re.compile(r"\bngày (?P<d>\d{1,2})(?: và |, | đến |-| - )(?:ngày )?(?=\d{1,2}[-/.]\d{1,2}\b)")


class DateMention(NamedTuple):
    start: int
    end: int
    day: int
    month: int
    year: int | None

    def on(self, year: int | None) -> date | None:
        known = self.year or year
        return _date(known, self.month, self.day) if known else None

    @property
    def iso(self) -> str | None:
        known = self.on(None)
        return known.isoformat() if known else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _possible(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _full(page: Page) -> Iterator[DateMention]:
    shade = page.shade
    for match in matches_at(page.joined_digits, _FULL, shade):
        day, month, year = next(
            parts
            for parts in (
                match.group("d", "m", "y"),
                match.group("id", "im", "iy"),
                match.group("wd", "wm", "wy"),
            )
            if parts[0]
        )
        if _possible(day, month):
            known = int(year) + (2000 if len(year) == 2 else 0) if year else None
            start = (
                match.start() - 5
                if match["wd"] and shade.startswith("ngày ", match.start() - 5)
                else match.start()
            )
            yield DateMention(start, match.end(), int(day), int(month), known)


def find_dates(page: Page) -> tuple[DateMention, ...]:
    found = list(_full(page))
    taken = [(m.start, m.end) for m in found]
    for match in matches_at(page.joined_digits, _PART, page.shade):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        if _possible(match["d"], match["m"]) and _DATE_WORD.search(
            page.shade[max(0, match.start() - 24) : match.start()]
        ):
            found.append(DateMention(match.start(), match.end(), int(match["d"]), int(match["m"]), None))
    return tuple(sorted(found, key=lambda m: m.start))


def first_of_pair(page: Page, mention: DateMention) -> DateMention:
    """ "ngày 14 và 15-8" began on the 14th."""
    before = page.shade[max(0, mention.start - 24) : mention.start]
    spreads = _SPREAD.finditer(before + page.shade[mention.start : mention.end])
    pair = max(spreads, key=lambda match: match.start(), default=None)
    if pair is None or pair.end() != len(before) or not 1 <= int(pair["d"]) <= 31:
        return mention
    return DateMention(mention.start, mention.end, int(pair["d"]), mention.month, mention.year)

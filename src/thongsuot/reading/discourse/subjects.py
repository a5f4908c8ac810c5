"""Which commune a figure is about."""

import re
from bisect import bisect_left, bisect_right

from thongsuot.reading.discourse.actors import Actors
from thongsuot.reading.discourse.sides import PROVINCE, Sides
from thongsuot.reading.lexicon import Scan
from thongsuot.reading.lexicon.patterns import matches_at
from thongsuot.reading.lexicon.phrases import places_of
from thongsuot.reading.mentions.figures import FigureMention
from thongsuot.reading.mentions.units import UnitMention
from thongsuot.reading.page import Page
from thongsuot.reading.setting import Setting

_PLACED_AFTER = re.compile(r"(?: [^\W\d_]+){0,3}?,? (?:ở|tại|thuộc|của|cho|trên địa bàn) | \(")
_REACH = 100  # more than these words take
_IN_TURN = re.compile(r"(?:lần lượt|theo thứ tự)\b")
_SEVERAL = r"\b(?:hai|ba|bốn|năm|sáu|cả|các|những|toàn bộ|từng|mỗi|[2-9])"
_PLURAL = re.compile(_SEVERAL + r" (?:\w+ )?(?:phường|xã|đặc khu|địa phương|đơn vị|trung tâm|nơi)\b")
_BARE = re.compile(r"(?:phường|xã|đặc khu)\b")
_NUMBER = re.compile(r"\d[\d.]*")


class Subjects:
    def __init__(self, page: Page, setting: Setting, actors: Actors, sides: Sides, scan: Scan) -> None:
        self.page, self.setting = page, setting
        named = [m for m in setting.places.mentions if m.is_commune and not m.former]
        self.units = sorted([*named, *self._bare_names()], key=lambda m: m.start)
        self._starts = [unit.start for unit in self.units]
        self._above = [
            (a.start, a.end) for a in actors.found if a.person and (sides.rank_of(a) or 0) >= PROVINCE
        ]
        heads = {m.start - 1 for m in setting.places.mentions} | {
            m.start + len(m.kind) for m in setting.places.mentions
        }
        plurals = matches_at(scan.starts("several"), _PLURAL, page.shade)
        self.plurals = [m.end() for m in plurals if m.end() not in heads]
        self.bare = self._bare_kinds(scan)
        self.turns = [m.span() for m in matches_at(scan.starts("in turn"), _IN_TURN, page.shade)]

    def _bare_names(self) -> list[UnitMention]:
        """ "Nghi Lộc và Hải Lộc" said without "xã", once the text has named them in full."""
        mentions = self.setting.places.mentions
        starts = [m.start for m in mentions]
        found = []
        for unit in self.setting.main:
            for place in places_of(unit.name, self.page.text):
                index = bisect_right(starts, place) - 1
                if index < 0 or mentions[index].end <= place:
                    found.append(unit._replace(start=place, end=place + len(unit.name)))
        return found

    def of(self, figure: FigureMention) -> str | None:
        unit = self._after(figure) or self._in_turn(figure)
        if unit:
            return unit.printed
        start, _ = self.page.sentence_at(figure.start)
        block = self.page.block_at(figure.start)
        only = self.setting.main[0] if len(self.setting.main) == 1 else None
        for begin, end in ((start, figure.start), (block.start, start)):
            found, decided = self._nearest(begin, end)
            if decided and only and (found is None or (begin != start and found.key != only.key)):
                return only.printed  # a text about one unit comes back to it
            if decided:
                return found.printed if found else None
        return self._by_context(figure, block.start)

    def _after(self, figure: FigureMention) -> UnitMention | None:
        index = bisect_left(self._starts, figure.end)
        if index == len(self._starts) or self._starts[index] > figure.end + _REACH:
            return None
        match = _PLACED_AFTER.match(self.page.shade, figure.end)
        return next((u for u in self.units[index:] if u.start == match.end()), None) if match else None

    def _in_turn(self, figure: FigureMention) -> UnitMention | None:
        """ "phường A và xã B có lần lượt 47 và 71": the n-th number is of the n-th unit."""
        if not self.turns:
            return None
        start, _ = self.page.sentence_at(figure.start)
        begin, end = max((t for t in self.turns if start <= t[0] and t[1] <= figure.start), default=(-1, -1))
        if begin < 0:
            return None
        clause = max(self.page.shade.rfind(";", start, begin), start)
        named = [u for u in self.units if clause <= u.start < begin]
        before = len(_NUMBER.findall(self.page.shade[end : figure.number]))
        if not named and _PLURAL.search(self.page.shade, clause, begin):
            named = list(self.setting.main)
        return named[before] if before < len(named) else None

    def _nearest(self, start: int, end: int) -> tuple[UnitMention | None, bool]:
        """The unit named last, unless a plural or somebody from above stands nearer."""
        index = bisect_left(self._starts, end) - 1
        unit = self.units[index] if index >= 0 and self._starts[index] >= start else None
        unit_end = unit.end if unit else -1
        plural, above = _last(self.plurals, start, end), self._last_above(start, end)
        bare = self._bare(max(start, unit_end, plural, above - 1), end)
        if bare:
            return bare, True
        nearest = max(unit_end, plural, above)
        return (unit if nearest == unit_end else None), nearest >= 0

    def _last_above(self, start: int, end: int) -> int:
        """Where the last of those from above ends who begin in a stretch."""
        index = bisect_left(self._above, (end, -1)) - 1
        return self._above[index][1] if index >= 0 and self._above[index][0] >= start else -1

    def _bare_kinds(self, scan: Scan) -> list[tuple[int, str]]:
        """Type words that name no unit themselves, by where they end."""
        named = {m.start for m in self.setting.places.mentions}
        bare = [place for place in scan.starts("commune") if place not in named]
        return [(m.end(), m[0]) for m in matches_at(bare, _BARE, self.page.shade)]

    def _bare(self, start: int, end: int) -> UnitMention | None:
        index = bisect_right(self.bare, (end, "")) - 1
        if index < 0 or self.bare[index][0] <= start:
            return None
        place, kind = self.bare[index]
        return self.setting.unit_for(kind, place)

    def _by_context(self, figure: FigureMention, block: int) -> str | None:
        main = self.setting.main
        if len(main) == 1:
            return main[0].printed
        found, decided = self._nearest(max(0, block - 400), block)
        return found.printed if found and decided else None


def _last(places: list[int], start: int, end: int) -> int:
    index = bisect_right(places, end) - 1
    return places[index] if index >= 0 and places[index] > start else -1

"""Which commune a figure is about."""

import re
from bisect import bisect_left, bisect_right

from thongsuot.reading.discourse.actors import Actor, Actors
from thongsuot.reading.discourse.sides import PROVINCE, Sides
from thongsuot.reading.lexicon.patterns import whole_words
from thongsuot.reading.lexicon.phrases import places_of
from thongsuot.reading.mentions.figures import FigureMention
from thongsuot.reading.mentions.units import UnitMention
from thongsuot.reading.page import Page
from thongsuot.reading.setting import Setting

_PLACED_AFTER = re.compile(r"(?: [^\W\d_]+){0,3}?,? (?:ở|tại|thuộc|của|cho|trên địa bàn) | \(")
_IN_TURN = re.compile(whole_words("lần lượt", "theo thứ tự") + r"\b")
_SEVERAL = whole_words(
    "hai", "ba", "bốn", "năm", "sáu", "cả", "các", "những", "toàn bộ", "từng", "mỗi", *"23456789"
)
_PLURAL = re.compile(_SEVERAL + r" (?:\w+ )?(?:phường|xã|đặc khu|địa phương|đơn vị|trung tâm|nơi)\b")
_BARE = re.compile(whole_words("phường", "xã", "đặc khu") + r"\b")
_NUMBER = re.compile(r"\d[\d.]*")


class Subjects:
    def __init__(self, page: Page, setting: Setting, actors: Actors, sides: Sides) -> None:
        self.page, self.setting, self.actors, self.sides = page, setting, actors, sides
        named = [m for m in setting.places.mentions if m.is_commune and not m.former]
        self.units = sorted([*named, *self._bare_names()], key=lambda m: m.start)
        heads = {m.start - 1 for m in setting.places.mentions} | {
            m.start + len(m.kind) for m in setting.places.mentions
        }
        self.plurals = [m.end() for m in _PLURAL.finditer(page.shade) if m.end() not in heads]
        self.bare = self._bare_kinds()
        self.turns = [m.span() for m in _IN_TURN.finditer(page.shade)]

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
        match = _PLACED_AFTER.match(self.page.shade, figure.end)
        return next((u for u in self.units if u.start == match.end()), None) if match else None

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
        index = bisect_left(self.units, end, key=lambda u: u.start) - 1
        unit = self.units[index] if index >= 0 and self.units[index].start >= start else None
        plural = _last(self.plurals, start, end)
        bare = self._bare(start, end)
        people = reversed(self.actors.between(start, end))
        above = next((a.end for a in people if self._is_above(a)), -1)
        places = {
            "unit": unit.end if unit else -1,
            "plural": plural,
            "bare": bare[0] if bare else -1,
            "above": above,
        }
        nearest = max(places, key=lambda name: places[name])
        if places[nearest] < 0:
            return None, False
        if nearest == "unit":
            return unit, True
        return (bare[1], True) if nearest == "bare" and bare else (None, True)

    def _bare_kinds(self) -> list[tuple[int, str]]:
        """Type words that name no unit themselves, by where they end."""
        named = {m.start for m in self.setting.places.mentions}
        return [(m.end(), m[0]) for m in _BARE.finditer(self.page.shade) if m.start() not in named]

    def _bare(self, start: int, end: int) -> tuple[int, UnitMention] | None:
        index = bisect_right(self.bare, (end, "")) - 1
        if index < 0 or self.bare[index][0] <= start:
            return None
        place, kind = self.bare[index]
        unit = self.setting.unit_for(kind, place)
        return (place, unit) if unit else None

    def _is_above(self, actor: Actor) -> bool:
        return actor.is_person and actor.person is not None and (self.sides.rank_of(actor) or 0) >= PROVINCE

    def _by_context(self, figure: FigureMention, block: int) -> str | None:
        main = self.setting.main
        if len(main) == 1:
            return main[0].printed
        found, decided = self._nearest(max(0, block - 400), block)
        return found.printed if found and decided else None


def _last(places: list[int], start: int, end: int) -> int:
    index = bisect_right(places, end) - 1
    return places[index] if index >= 0 and places[index] > start else -1

"""What a bare "phường", "Đảng ủy" or "UBND tỉnh" means at a place in the text."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from thongsuot.reading.lexicon import Lexicon
from thongsuot.reading.mentions.organisations import Organisation
from thongsuot.reading.mentions.units import Places, UnitMention
from thongsuot.reading.page import Kind, Page

_BARE = re.compile(
    r"^(?:(?:lãnh đạo|chính quyền|ubnd|đảng ủy|hđnd|công an|cấp ủy|ủy ban nhân dân) )?(?P<level>phường"
    r"|xã|đặc khu|tỉnh)(?= |$|,)",
    re.I,
)


_IN_POST = re.compile(r"\b(?:bí thư|chủ tịch|trưởng công an|chủ nhiệm|trưởng ban|trưởng phòng)\b[^;.]{0,40}$")


class Setting:
    def __init__(self, page: Page, lexicon: Lexicon, places: Places) -> None:
        self.page, self.lexicon, self.places = page, lexicon, places
        self._starts = [m.start for m in places.mentions]
        self.main: tuple[UnitMention, ...] = ()  # the units the text is about, once known

    @cached_property
    def communes(self) -> list[UnitMention]:
        """Today's communes of the text, each once, in order of first mention."""
        seen: dict[str, UnitMention] = {}
        for mention in self.places.mentions:
            if mention.is_commune and not mention.former:
                seen.setdefault(mention.key, mention)
        return list(seen.values())

    @cached_property
    def province(self) -> UnitMention | None:
        known = [m for m in self.places.mentions if m.is_province and not m.former]
        here = [m for m in known if m.code == self.places.province]
        return (here or known or [None])[0]  # type: ignore[list-item]

    @cached_property
    def province_name(self) -> str | None:
        """The province as "tỉnh X" or "thành phố X", where only its name is printed."""
        if self.province:
            return self.province.printed
        name = self.lexicon.places.province_names.get(self.places.province or "")
        return f"tỉnh {name}" if name else None

    def unit_for(self, kind: str | None, place: int) -> UnitMention | None:
        """The commune a bare type word means here: the only one, else the one named last."""
        spoken = self._of_speaker(kind, place)
        if spoken:
            return spoken
        main = [m for m in self.main if kind in (None, m.kind)]
        if len(main) == 1:
            return main[0]
        fitting = [m for m in self.communes if kind in (None, m.kind)]
        if len(fitting) == 1:
            return fitting[0]
        if not fitting:
            return None
        return self._last_before(kind, place)

    def _of_speaker(self, kind: str | None, place: int) -> UnitMention | None:
        """The unit in the post of whoever speaks in this sentence."""
        start, _ = self.page.sentence_at(place)
        for mention in reversed(
            self.places.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, place)]
        ):
            if mention.is_commune and not mention.former and kind in (None, mention.kind):
                return mention if _IN_POST.search(self.page.shade, start, mention.start) else None
        return None

    def _last_before(self, kind: str | None, place: int) -> UnitMention | None:
        index = bisect_right(self._starts, place) - 1
        block = self.page.block_at(place)
        while index >= 0:
            mention = self.places.mentions[index]
            if mention.is_commune and not mention.former and kind in (None, mention.kind):
                if (
                    mention.start >= block.start
                    or block.kind in (Kind.ITEM, Kind.SIGNATURE)
                    or place - mention.start < 900
                ):
                    return mention
                return None
            index -= 1
        return None

    def completed(self, body: Organisation) -> str:
        """A body's name with the place it can only mean."""
        if not body.wants_place:
            return body.text
        if body.level == "tỉnh":
            return self._with_province(body)
        if body.level in ("phường", "xã", "đặc khu"):
            return body.completed(self.unit_for(body.level, body.start))
        if body.level:
            return body.text
        return body.completed(self.unit_for(None, body.start))

    def issuer(self, body: Organisation) -> str:
        """An issuer is shown with its city too: "UBND thành phố" is of one city only."""
        if body.level and body.level.startswith(("thành phố", "tp")) and not body.is_placed:
            name = self.lexicon.places.province_names.get(self.places.province or "")
            return f"{body.text} {name}" if name else body.text
        return self.completed(body)

    def _with_province(self, body: Organisation) -> str:
        name = self.lexicon.places.province_names.get(self.places.province or "")
        return f"{body.text} {name}" if name else body.text

    def completed_words(self, words: str, place: int) -> str:
        """ "xã" or "UBND phường" as printed in a sentence, with its unit's name."""
        match = _BARE.match(words)
        if not match or re.search(r"\b(?:các|hai|ba|từng|mỗi|cấp)\b", words.lower()):
            return words
        level = match["level"].lower()
        rest = words[match.end() :]
        if rest.strip():
            return words
        if level == "tỉnh":
            name = self.lexicon.places.province_names.get(self.places.province or "")
            return f"{words} {name}" if name and match.start("level") else words
        unit = self.unit_for(level, place)
        return f"{words[: match.start('level')]}{unit.printed}" if unit else words

"""Who is heard in a paragraph where no verb of speech says so: its person, or whoever a quotation is given to."""

import re
from dataclasses import dataclass

from thongsuot.reading.discourse.actors import Actor
from thongsuot.reading.discourse.notes import Part
from thongsuot.reading.discourse.sides import Speaker
from thongsuot.reading.discourse.turns import Turns
from thongsuot.reading.page import Block, Kind

_QUOTE = re.compile(r"[\"“](?P<said>[^\"“”]{12,1200})[\"”],? ?(?:- ?)?(?:như |theo )?(?:lời )?")
# Sentences that say who came, not who spoke.
_PRESENCE = re.compile(
    r"\b(?:dự|tham dự|tham gia|chủ trì|chủ tọa|điều hành|có mặt|tiếp đoàn|đón đoàn gồm|cùng đi"
    r"|đi cùng|trưởng đoàn|tổ trưởng"
    r"|dẫn đầu|làm việc với|thành phần|thăm|tặng|trao|ký|đọc báo cáo|thông qua|kết luận|bế mạc|khai mạc)\b"
)
_BEFORE_PERSON = re.compile(r"(?:^|[,:] |\b(?:là|có|còn|đến|tới lượt|với|phía|lượt) )$")


@dataclass(frozen=True)
class _Quote:
    start: int
    end: int
    speaker: Speaker


class Voices(Part):
    def __init__(self, turns: Turns, official: bool) -> None:
        super().__init__(turns.notes)
        self.turns, self.official = turns, official
        self._quotes: list[_Quote] = []

    def enter(self, block: Block) -> None:
        self._quotes = [] if block.kind != Kind.BODY else self._quotations(block)

    def of_quote(self, start: int) -> Speaker | None:
        if not self._quotes:
            return None
        return next((q.speaker for q in self._quotes if q.start - 2 <= start < q.end), None)

    def _quotations(self, block: Block) -> list[_Quote]:
        found: list[_Quote] = []
        if not any(mark in self.page.text[block.start : block.end] for mark in '"“'):
            return found
        for match in _QUOTE.finditer(self.page.text, block.start, block.end):
            actor = self.actors.starting_at(match.end())
            person = self._person(actor) if actor and actor.is_person else None
            if actor and person:
                found.append(
                    _Quote(match.start("said"), match.end("said"), self.sides.of_person(person, actor))
                )
        return found

    def _person(self, actor: Actor):  # type: ignore[no-untyped-def]
        return actor.person or (self.turns.meant(actor) if actor.kind == "pronoun" else None)

    def introduced(self, start: int, end: int, *, opening: bool) -> tuple[Speaker, int] | None:
        """ "Người trình bày là ông X, chức vụ.": what follows is his; and where it begins."""
        if self.official or opening:
            return None
        people = [a for a in self.actors.between(start, end) if a.kind == "person" and a.person]
        if len(people) != 1 or _PRESENCE.search(self.page.shade, start, end):
            return None
        actor = people[0]
        if actor.start - start > 70 or not _BEFORE_PERSON.search(self.page.shade, start, actor.start):
            return None
        colon = self.page.shade.find(": ", actor.end, end)
        begins = colon + 2 if 0 <= colon < actor.end + 90 else end
        return self.sides.of_person(actor.person, actor), begins  # type: ignore[arg-type]

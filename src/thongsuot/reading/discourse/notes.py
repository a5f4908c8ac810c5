"""What the discourse reader writes down, and what it remembers from one sentence to the next."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from thongsuot.reading.discourse.actors import Actors
from thongsuot.reading.discourse.clauses import Clauses
from thongsuot.reading.discourse.openings import Openings
from thongsuot.reading.discourse.pieces import Piece
from thongsuot.reading.discourse.sides import Sides, Speaker
from thongsuot.reading.page import Page


class Item(NamedTuple):
    act: str  # request | difficulty | direction | commitment
    start: int
    end: int
    speaker: str | None
    addressee: str | None
    rule: str
    confidence: float


@dataclass
class State:
    """What the last sentences established."""

    speaker: Speaker | None = None
    mode: str | None = None  # act of the last opening
    addressee: str | None = None
    concluding: bool = False

    def begin(
        self,
        speaker: Speaker | None = None,
        mode: str | None = None,
        addressee: str | None = None,
        *,
        concluding: bool = False,
    ) -> None:
        """Forget what was established, but for this."""
        self.speaker, self.mode, self.addressee, self.concluding = speaker, mode, addressee, concluding


_SAYS_NOTHING = re.compile(
    r"(?:một số|các|nhiều|những) (?:nội dung|vấn đề|kiến nghị|đề xuất|ý kiến|giải pháp"
    r"|nhiệm vụ)(?: cụ thể| sau| liên quan| quan trọng| trọng tâm)*"
    r"|(?:nghiêm túc |khẩn trương )*(?:triển khai |tổ chức |phối hợp )*(?:thực hiện|triển khai)"
    r"(?: (?:nghiêm túc|nghiêm|tốt))?(?: (?:các nội dung|thông báo|công văn|nội dung) (?:này|trên|nêu trên))?"
)
_OPENS_LIST = re.compile(
    r"(?:nhiệm vụ|nội dung|vấn đề|giải pháp|việc|yêu cầu|kiến nghị)(?: trọng tâm| cụ thể)? (?:sau"
    r"|như sau|sau đây)$"
)


@dataclass
class Notes:
    """One text under reading: its parts, the state of the talk, and the items found so far."""

    page: Page
    actors: Actors
    openings: Openings
    sides: Sides
    clauses: Clauses
    state: State = field(default_factory=State)
    items: list[Item] = field(default_factory=list)

    def add(
        self,
        act: str,
        piece: Piece | None,
        speaker: Speaker,
        addressee: str | None,
        rule: str,
        confidence: float,
    ) -> None:
        if piece is None or piece.end - piece.start < 8:
            return
        words = self.page.shade[piece.start : piece.end]
        if words.count(" ") < (2 if act == "direction" else 1):
            return
        if _SAYS_NOTHING.fullmatch(words):
            return
        if words.endswith(("sau", "sau đây")) and _OPENS_LIST.search(words):
            return
        self.items.append(Item(act, piece.start, piece.end, speaker.name, addressee, rule, confidence))

    def unique(self) -> list[Item]:
        """Items of one act never overlap; the first found stays."""
        kept: list[Item] = []
        taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for item in self.items:
            _, start, end, *_ = item
            for first, last in taken[item.act]:
                if start < last and first < end:
                    break
            else:
                kept.append(item)
                taken[item.act].append((start, end))
        return kept


class Part:
    """A part of the reader that works on the same notes."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.page, self.actors, self.sides = notes.page, notes.actors, notes.sides
        self.clauses, self.scan, self.state = notes.clauses, notes.actors.scan, notes.state

"""Headings and list openings: they say who speaks, to whom, and how what follows is meant."""

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from thongsuot.reading.discourse.actors import Actor, Actors
from thongsuot.reading.discourse.answers import Answers, Asked, is_about_requests
from thongsuot.reading.discourse.clauses import Clauses
from thongsuot.reading.discourse.openings import Opening, Openings
from thongsuot.reading.discourse.results import tells_results
from thongsuot.reading.discourse.sides import COMMUNE, Sides, Speaker
from thongsuot.reading.lexicon import Lexicon
from thongsuot.reading.lexicon.patterns import any_of
from thongsuot.reading.meeting.facts import Facts
from thongsuot.reading.page import LETTER, Block, Kind, Page

_NOUN_HEAD = re.compile(
    r"(?:những |các |một số |về )?(?:kiến nghị|đề xuất|đề nghị|khó khăn|vướng mắc|kết luận|yêu cầu"
    r"|chỉ đạo)(?: chung| của| cụ thể|,|:|$)"
)
_HEAD_START = re.compile(
    r"^(?:về |một số |các |những |ý kiến |nội dung |phần |tình hình |công tác |kết quả )*"
)
_SENT_TO = re.compile(r"\b(?:điện|gửi) ?:$")
_ASKED_BEFORE = re.compile(
    r"(?:đối với |về )?(?:việc )?(?:(?:các |những |một số )?(?:kiến nghị|đề nghị|đề xuất)|về việc)\b"
)
_CONCLUSIONS = frozenset({"thông báo kết luận", "kết luận", "thông báo"})
_REPORTS = re.compile(
    r" (?:xin |kính |trân trọng |tổng hợp |nghiêm túc )*(?:báo cáo|trình|kiến nghị|đề nghị|giải trình)\b"
)
_PLACED_IN = re.compile(r",? (?:tỉnh|thành phố|tp) [^,.;:]{3,24},?")
_GOES_DOWN_A_LIST = re.compile(
    r"(?:về|đối với|với|riêng|thứ (?:nhất|hai|ba|tư|năm|sáu)|(?:một|hai|ba|bốn|năm|sáu) là|"
    r"trước hết|đồng thời|cùng với|bên cạnh)\b"
)
_AS_FOLLOWS = re.compile(
    r"\b(?:như sau|sau đây|các nội dung sau|nội dung sau|một số nội dung|các nhiệm vụ sau|những việc sau)\b"
)


class Frame(NamedTuple):
    act: str | None = None  # request | difficulty | direction | told
    speaker: Speaker | None = None
    addressee: str | None = None
    listed: bool = False  # every sentence is an item
    start: int = 0  # where the words of this block begin
    is_heading: bool = False
    neutral: bool = False
    answers: bool = False  # what follows answers requests
    asked: Asked | None = None  # the request repeated at the head of its answer
    asker: str | None = None


_NOTHING = Frame()


@cache
def _kinds_of_heading(lexicon: Lexicon) -> tuple[dict[str, str], re.Pattern[str]]:
    """What a heading with a word announces, and a pattern for all those words."""
    kinds = {
        word: name
        for name in ("direction", "neutral", "commitment", "request", "difficulty")
        for word in lexicon.discourse[f"{name}_heads"]
    }
    return kinds, any_of(frozenset(kinds), before=r"\b", after=r"\b")


class FrameReader:
    def __init__(
        self,
        page: Page,
        lexicon: Lexicon,
        actors: Actors,
        openings: Openings,
        sides: Sides,
        clauses: Clauses,
        facts: Facts,
        chair: Speaker | None,
    ) -> None:
        self.page, self.actors, self.openings = page, actors, openings
        self.sides, self.clauses, self.facts, self.chair = sides, clauses, facts, chair
        self._kinds, self._head_words = _kinds_of_heading(lexicon)
        self._answers = Answers(page, actors, sides, clauses)
        self._stack: list[tuple[float, Frame]] = []
        self._blocks = {block.start: index for index, block in enumerate(page.blocks)}
        self._base = self._first_frame()
        reports = facts.kind == "other" and page.official and facts.issuer is not None
        self._author = Speaker(self._reporting_body() or facts.issuer, COMMUNE, False) if reports else None
        self._unit = Speaker(facts.units[0].printed, COMMUNE, False) if len(facts.units) == 1 else None

    def _reporting_body(self) -> str | None:
        """ "Ban Thường vụ Đảng ủy xã X báo cáo": who reports, where the letterhead is shorter."""
        for block in [b for b in self.page.blocks if b.kind == Kind.BODY][:4]:
            for match in _REPORTS.finditer(self.page.shade, block.start, block.end):
                before = self.page.shade[block.start : match.start()]
                near = [a for a in self.actors.between(block.start, match.start()) if a.kind == "body"]
                if near and (
                    near[-1].end == match.start() or _PLACED_IN.fullmatch(before, near[-1].end - block.start)
                ):
                    return self.actors.name_of(near[-1])
        return None

    def _first_frame(self) -> Frame:
        if self.facts.kind == "directive" and self.page.official:
            return Frame("direction", Speaker(self.facts.issuer, 2, True), listed=True)
        return Frame()

    def enter(self, block: Block) -> Frame:
        level = self._level(block)
        if block.kind == Kind.ITEM or (not self.page.official and block.kind == Kind.BODY):
            self._stack = [(at, frame) for at, frame in self._stack if at < level]
        if block.kind == Kind.HEADING or (
            level == 0 and not _GOES_DOWN_A_LIST.match(self.page.shade, block.body)
        ):
            self._stack = [(at, frame) for at, frame in self._stack if at >= 0]
        parent = self._stack[-1][1] if self._stack else (self._base if block.kind == Kind.ITEM else _NOTHING)
        frame = self._read(block, parent)
        if frame.is_heading or frame.start >= block.end:
            self._stack = [(at, held) for at, held in self._stack if at < level]
            self._stack.append((level, frame._replace(is_heading=False)))
        return frame if frame.start else frame._replace(start=block.body)

    def current(self) -> Frame:
        """What the last heading or list opening has set."""
        return self._stack[-1][1] if self._stack else _NOTHING

    def _next(self, block: Block) -> Block | None:
        index = self._blocks[block.start] + 1
        return self.page.blocks[index] if index < len(self.page.blocks) else None

    def _level(self, block: Block) -> float:
        if block.kind == Kind.ITEM:
            return block.level
        following = self._next(block)
        if self._ends_open(block) and following and following.kind == Kind.ITEM:
            return following.level - 0.5
        if self._ends_open(block) and following and following.kind == Kind.BODY and not self.page.official:
            return -1.0
        return 0.0 if not self.page.official else LETTER - 0.5

    def _ends_open(self, block: Block) -> bool:
        return self.page.shade[block.end - 1] == ":"

    # -- one block --------------------------------------------------------------------
    def _read(self, block: Block, parent: Frame) -> Frame:
        colon = self._colon(block)
        if self._ends_open(block):
            return self._opening_of_list(block, parent)
        if block.kind == Kind.HEADING or (block.kind == Kind.ITEM and self._is_bare_heading(block)):
            return self._heading(block, parent)
        if parent.answers:
            found = self._answer(block, colon, parent)
            if found:
                return found
        listed = parent.act == "direction" and parent.listed
        if listed and tells_results(self.page, block):
            return Frame(neutral=True, start=block.end)
        labels = block.kind == Kind.ITEM or self.page.official
        if colon and colon - block.body < 200 and (labels or self._is_speaker_label(block, colon)):
            found = self._labelled(block, parent, colon)
            if found:
                return found
        if parent is _NOTHING:
            return Frame(start=block.body)
        return parent._replace(start=block.body, is_heading=False, asked=None, asker=None)

    def _colon(self, block: Block) -> int:
        """Where the words before the first colon of a block end; 0 without one. 8:30 has none."""
        place = self.page.shade.find(":", block.body + 2, min(block.end, block.body + 262))
        while place >= 0 and self.page.shade[place + 1 : place + 2] not in ("", " ", "\n", '"'):
            place = self.page.shade.find(":", place + 1, min(block.end, block.body + 262))
        return place + 1 if place >= 0 else 0

    def _is_speaker_label(self, block: Block, colon: int) -> bool:
        actor = next(iter(self.actors.between(block.body, block.body + 12)), None)
        return bool(actor and actor.is_person and colon - actor.end <= 3)

    def _is_bare_heading(self, block: Block) -> bool:
        shade = self.page.shade[block.body : block.end]
        if shade[-1] in ".;!?" or len(shade) > 130:
            return False
        following = self._next(block)
        deeper = bool(following and (following.kind != Kind.ITEM or following.level > block.level))
        capitals = self.page.text[block.body : block.end].isupper()
        return capitals or (deeper and block.level < LETTER)

    def _heading(self, block: Block, parent: Frame) -> Frame:
        found = self._by_addressee(block.body, block.end, parent) or self._by_words(
            block.body, block.end, parent, anywhere=True
        )
        if found is None and any(o.act == "ask" for o in self.openings.in_sentence(block.body, block.end)):
            found = self._by_opening(block.body, block.end, parent)  # "2.4. Hai đơn vị xin kiến nghị"
        if found is None:
            found = self._by_speaker(block.body, block.end, parent)
        if found is None:
            keep = parent if block.kind == Kind.ITEM and parent.act else Frame(neutral=True)
            found = keep._replace(addressee=keep.addressee)
        return found._replace(is_heading=True, start=block.end, asked=None)

    def _opening_of_list(self, block: Block, parent: Frame) -> Frame:
        """A block that ends with a colon opens the list below it."""
        start, _ = (
            self.page.sentences_in(block)[-1] if self.page.sentences_in(block) else (block.body, block.end)
        )
        if self.page.shade.startswith(("kính gửi", "nơi nhận"), start) or _SENT_TO.search(
            self.page.shade[start : block.end]
        ):
            return Frame(neutral=True, is_heading=True, start=block.end)
        noun = _NOUN_HEAD.match(self.page.shade, start) if start == block.body else None
        head = self._by_words(start, block.end, parent) if noun else None
        head = head or self._by_opening(start, block.end, parent)
        if head is None and (start == block.body or self.page.official):
            head = (
                self._by_addressee(start, block.end, parent)
                or self._by_words(start, block.end, parent, anywhere=True)
                or self._by_speaker(start, block.end, parent)
            )
        if head is None:
            return parent._replace(start=block.body)
        return head._replace(is_heading=start == block.body or True, start=block.end)

    def _labelled(self, block: Block, parent: Frame, colon: int) -> Frame | None:
        """ "Khó khăn: ...", "Riêng phường X: xin ...", "- Đ/c Y: ...", "Kiến nghị A: giao B ..." """
        start = block.body
        shade = self.page.shade[start : colon - 1]
        speaker = self._by_speaker(start, colon, parent)
        if speaker:
            return speaker._replace(start=colon)
        if _ASKED_BEFORE.match(shade) and self._is_answering(parent):
            return self._answer(block, colon, parent)
        if len(shade) > 90:
            return None
        if parent.act in ("request", "direction"):
            found = self._by_asker(start, colon, parent) or self._by_addressee(start, colon, parent)
            if found:
                return found._replace(start=colon, listed=True)
        words = self._by_words(start, colon, parent)
        if words and words.act:
            return words._replace(start=colon, listed=words.act in ("difficulty", "request", "direction"))
        return None

    def _answer(self, block: Block, colon: int, parent: Frame) -> Frame | None:
        """A request repeated at the head of its answer."""
        asked = self._answers.asked(block, colon, parent.asker)
        if asked is None:
            return None
        speaker = parent.speaker or self.chair
        return Frame("direction", speaker, None, listed=True, start=asked.answer, answers=True, asked=asked)

    # -- kinds of heading ------------------------------------------------------------------
    def _by_words(self, start: int, end: int, parent: Frame, *, anywhere: bool = False) -> Frame | None:
        """By the first word in a heading that tells what is below it."""
        shade = self.page.shade[start:end].strip(" :.")
        if anywhere and self._is_answering(parent) and is_about_requests(shade):
            return self._worded("answer", start, end, parent)
        lead = _HEAD_START.match(shade)
        found = self._head_words.match(shade, lead.end() if lead else 0) or self._head_words.match(shade)
        if found is None and anywhere and len(shade) < 110 and not self._openings_in(start, end):
            found = self._head_words.search(shade)
        return self._worded(self._kinds[found[0]], start, end, parent) if found else None

    def _is_answering(self, parent: Frame) -> bool:
        concluded = bool(self.chair) and self.facts.paper in _CONCLUSIONS
        return concluded or parent.act == "direction"

    def _openings_in(self, start: int, end: int) -> bool:
        return any(o.subject for o in self.openings.in_sentence(start, end))

    def _worded(self, name: str, start: int, end: int, parent: Frame) -> Frame:
        actor = self._owner(start, end)
        concluded = bool(self.chair) and self.facts.paper in _CONCLUSIONS
        if name == "answer" or (name == "request" and concluded):
            asker = self.actors.name_of(actor) if actor and not actor.is_person else None
            speaker = parent.speaker or self.chair
            return Frame("direction", speaker, None, listed=True, answers=True, asker=asker)
        if name == "commitment":
            return Frame("commitment", parent.speaker or self._author, listed=bool(self._author))
        if name in ("difficulty", "request"):
            speaker = (
                self.sides.speaker(actor, None) if actor else parent.speaker or self._author or self._unit
            )
            return Frame(name, speaker, parent.addressee if name == parent.act else None, listed=True)
        if name == "direction":
            if self.facts.kind == "other" and self.page.official:
                return Frame(neutral=True, speaker=parent.speaker)
            chair = self._named_in(start, end) or self.chair or parent.speaker
            named = (
                self.actors.name_of(actor)
                if actor and not actor.is_person and not self.clauses.is_visitor(actor)
                else None
            )
            return Frame("direction", chair, named, listed=bool(chair))
        return Frame(neutral=True, speaker=parent.speaker)

    def _owner(self, start: int, end: int) -> Actor | None:
        """ "Kiến nghị chung của hai phường" """
        match = re.search(r"\b(?:của|đối với|từ) ", self.page.shade[start:end])
        actor = self.actors.starting_at(start + match.end()) if match else None
        return actor if actor and not actor.is_person else None

    def _named_in(self, start: int, end: int) -> Speaker | None:
        """ "Ý kiến chỉ đạo của bà X" """
        person = next((a for a in self.actors.between(start, end) if a.person), None)
        return replace(self.sides.speaker(person, None), superior=True) if person else None

    def _by_opening(self, start: int, end: int, parent: Frame) -> Frame | None:
        openings = [
            o for o in self.openings.in_sentence(start, end) if o.act in ("ask", "order", "conclude", "say")
        ]
        if not openings:
            return None
        opening = next(
            (o for o in reversed(openings) if o.act in ("ask", "order") and (o.subject or o.start == start)),
            openings[-1],
        )
        subject = next((o.subject for o in openings if o.subject), None)
        speaker = self._speaker(opening, subject, start, parent)
        goes_on = parent.act in ("difficulty", "request") and subject is not None
        closes = any(o.act == "conclude" for o in openings)
        if (
            opening.act == "say"
            and not goes_on
            and not closes
            and not _AS_FOLLOWS.search(self.page.shade, opening.end, end)
        ):
            return None
        if self._author and not (speaker and speaker.person):
            speaker = self._author
        if self.chair and self.facts.paper in _CONCLUSIONS and not (speaker and speaker.person):
            speaker = self.chair
        act = "direction" if closes else self._act(opening, speaker, start, end)
        if act is None and opening.act in ("say", "complain") and parent.act in ("difficulty", "request"):
            act = parent.act
        _, addressee = self.clauses.take_addressee(opening.end, end, direction=True)
        named = self.actors.name_of(addressee) if addressee and not addressee.person else None
        return Frame(
            act, speaker, named, listed=act in ("request", "direction", "difficulty"), neutral=act is None
        )

    def _speaker(self, opening: Opening, subject: Actor | None, start: int, parent: Frame) -> Speaker | None:
        actor = opening.subject or subject
        if actor is None:
            return parent.speaker
        if actor.kind == "pronoun":
            return self._last_speaker(start) or parent.speaker
        return self.sides.speaker(actor, opening.person)

    def _last_speaker(self, place: int) -> Speaker | None:
        block = self.page.block_at(place)
        before = [a for a in self.actors.between(0, place) if a.person]
        return (
            self.sides.of_person(before[-1].person, before[-1])
            if before and before[-1].person and block
            else None
        )

    def _act(self, opening: Opening, speaker: Speaker | None, start: int, end: int) -> str | None:
        if opening.act == "order" or opening.act == "conclude":
            return "direction"
        if opening.act == "ask":
            return (
                "direction"
                if speaker and speaker.superior and not opening.cue.startswith(("xin", "kiến nghị"))
                else "request"
            )
        shade = self.page.shade[start:end]
        if speaker and speaker.superior and re.search(r"ý kiến|chỉ đạo|kết luận", shade):
            return "direction"
        return None

    def _by_speaker(self, start: int, end: int, parent: Frame) -> Frame | None:
        """ "Đ/c X (tiếp thu):", "Ông Y (xã Z):", "Đ/c K kết luận:" """
        people = [a for a in self.actors.between(start, end) if a.person]
        if not people or people[0].start - start > 40:
            return None
        actor = people[0]
        speaker = self.sides.of_person(actor.person, actor) if actor.person else None
        rest = self.page.shade[actor.end : end]
        if re.search(r"kết luận|chỉ đạo|yêu cầu|có ý kiến", rest) and speaker:
            return Frame("direction", replace(speaker, superior=True), listed=True)
        if len(rest) > 60:
            return None
        return Frame("told", speaker)

    def _by_asker(self, start: int, end: int, parent: Frame) -> Frame | None:
        match = re.match(r"(?:riêng|còn|cụ thể|về phía|phía) ", self.page.shade[start:end])
        actor = self.actors.starting_at(start + match.end()) if match and parent.act == "request" else None
        if actor and self.sides.rank_of(actor) == COMMUNE:
            return parent._replace(speaker=self.sides.speaker(actor, None), addressee=None)
        return None

    def _by_addressee(self, start: int, end: int, parent: Frame) -> Frame | None:
        """ "2. Giao Sở X:", "4.1. Với UBND tỉnh:", "1. Chủ tịch UBND các xã, phường" """
        if parent.act not in ("request", "direction"):
            return None
        match = re.match(
            r"(?:kính |trân trọng )?(?:đề nghị|kiến nghị|đề xuất|giao|yêu cầu|với|đối với|về phía|riêng"
            r"|gửi)?(?: với| cho)? ?",
            self.page.shade[start:end],
        )
        place = start + (match.end() if match else 0)
        actor = self.actors.starting_at(place)
        if actor is None or actor.person or end - actor.end > 14 or actor.end == place:
            return None
        return parent._replace(addressee=self.actors.name_of(actor), listed=True)

"""Proposals, directions and commitments, read sentence by sentence while following who speaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from thongsuot.reading.discourse.actors import Actors
from thongsuot.reading.discourse.clauses import Clauses
from thongsuot.reading.discourse.frames import Frame, FrameReader
from thongsuot.reading.discourse.openings import Opening, Openings
from thongsuot.reading.discourse.pieces import Piece, trim, without_lead
from thongsuot.reading.discourse.sides import COMMUNE, PROVINCE, VOTER, Sides, Speaker
from thongsuot.reading.meeting.facts import Facts
from thongsuot.reading.page import Block, Kind, Page


@dataclass(frozen=True)
class Item:
    act: str  # request | difficulty | direction | commitment
    start: int
    end: int
    speaker: str | None
    addressee: str | None
    rule: str
    confidence: float


@dataclass
class _State:
    """What the last sentences established."""

    speaker: Speaker | None = None
    mode: str | None = None  # act of the last opening
    addressee: str | None = None
    concluding: bool = False


_UPWARD = re.compile(r"\b(?:xin|mong|kính)\b")
_OFFICE_WORK = frozenset(
    {
        "chỉ đạo",
        "giao",
        "phân công",
        "đề xuất",
        "đôn đốc",
        "nhắc nhở",
        "báo cáo",
        "trả lời",
        "giải trình",
        "làm rõ",
        "phản hồi",
        "thông tin",
        "trao đổi",
        "tiếp thu",
        "phân tích",
        "đánh giá",
        "nêu",
        "nêu rõ",
        "làm rõ thêm",
        "thảo luận",
        "ghi nhận",
        "cam kết",
        "tổng kết",
        "trình bày",
    }
)
_CLOSING = re.compile(
    r"(?:biên bản (?:gồm|lập|kết thúc|được|này)|trên đây|công văn này|thông báo này"
    r"|văn phòng [^.]{0,50} thông báo (?:để|đến|tới)|trong quá trình (?:triển khai "
    r"|tổ chức )?thực hiện,? nếu|(?:cuộc họp|buổi làm việc|buổi giám sát|hội nghị) kết thúc)"
)
_EMPTY_WORDS = re.compile(
    r"(?:một số|các|nhiều|những) (?:nội dung|vấn đề|kiến nghị|đề xuất|ý kiến|giải pháp"
    r"|nhiệm vụ)(?: cụ thể| sau| liên quan| quan trọng| trọng tâm)*"
)
_OPENS_LIST = re.compile(
    r"(?:nhiệm vụ|nội dung|vấn đề|giải pháp|việc|yêu cầu|kiến nghị)(?: trọng tâm| cụ thể)? (?:sau"
    r"|như sau|sau đây)$"
)
_GUEST = re.compile(r"\b(?:dự|tham dự|tới dự|đến dự|về dự)(?:,| và)")
_CONTRAST = re.compile(
    r"(?:đi vào mặt|tuy nhiên|tuy vậy|bên cạnh (?:đó|những|kết quả)|dù vậy|song|về khó khăn|khó khăn"
    r"|hạn chế|mặc dù|dù |trong khi đó|ngoài ra|cùng với đó|cạnh đó|thực tế|trên thực tế|riêng)"
)
_MUST = re.compile(r"\b(?:phải|cần|không được|nghiêm cấm)\b")
_WISH = re.compile(
    r"^(?:(?:xã|phường|đặc khu|địa phương|đơn vị|chúng tôi|bà con|người dân) (?:rất |cũng |chỉ )?"
    r"(?:muốn|mong|mong muốn|cần|xin|đề nghị|kiến nghị|đề xuất|tha thiết mong)"
    r"|(?:rất |kính |tha thiết )?(?:mong muốn|mong|đề nghị|kiến nghị|đề xuất)) "
)


class ItemReader:
    def __init__(
        self,
        page: Page,
        actors: Actors,
        openings: Openings,
        sides: Sides,
        clauses: Clauses,
        frames: FrameReader,
        facts: Facts,
    ) -> None:
        self.page, self.actors, self.openings = page, actors, openings
        self.sides, self.clauses, self.frames, self.facts = sides, clauses, frames, facts
        self.found: list[Item] = []
        self.state = _State()

    def read(self) -> list[Item]:
        for block in self.page.blocks:
            if block.kind in (Kind.BODY, Kind.ITEM, Kind.HEADING):
                self._block(block)
        return _without_repeats(self.found)

    # -- blocks -----------------------------------------------------------------
    def _block(self, block: Block) -> None:
        frame = self.frames.enter(block)
        if frame.is_heading:
            self._before_list(block)
            return
        if block.kind == Kind.HEADING:
            return
        if frame.asked:
            self._add(
                "request", frame.asked, Speaker(frame.asker, None, False), None, "request.answered", 0.85
            )
        self._enter(frame)
        sentences = (
            self.page.sentences_in(block) if frame.start <= block.body else self._rest(block, frame.start)
        )
        for start, end in sentences:
            self._sentence(start, end, frame)

    def _before_list(self, block: Block) -> None:
        """A paragraph may say more before the sentence that opens a list."""
        sentences = self.page.sentences_in(block)
        if block.kind != Kind.BODY or len(sentences) < 2:
            return
        for start, end in sentences[:-1]:
            self._sentence(start, end, Frame())

    def _goes_on(self, frame: Frame) -> bool:
        """A paragraph that turns to what is lacking still has the last speaker."""
        return bool(_CONTRAST.match(self.page.shade, frame.start))

    def _rest(self, block: Block, start: int) -> list[tuple[int, int]]:
        return [(max(a, start), b) for a, b in self.page.sentences_in(block) if b > start]

    def _enter(self, frame: Frame) -> None:
        """A list item begins with the speaker and act of its frame."""
        if frame.act is None and frame.speaker is None:
            if self.page.official and frame.neutral:
                self.state = _State()
            elif not self.state.concluding and not self._goes_on(frame):
                self.state.mode = None
            return
        speaker = frame.speaker or self.state.speaker
        self.state = _State(speaker, frame.act, frame.addressee, frame.act == "direction")

    # -- sentences ----------------------------------------------------------------
    def _sentence(self, start: int, end: int, frame: Frame) -> None:
        if _CLOSING.match(self.page.shade, start, end):
            return
        listed = frame.act if frame.listed else None
        openings = self._openings(start, end, frame)
        quoted = next((place for place, opening in enumerate(openings) if opening.after_quote), None)
        if quoted is not None and all(
            o.subject is None or not o.subject.is_person for o in openings[:quoted]
        ):
            self._quoted(openings[quoted], start)
            openings = openings[quoted + 1 :]
            start = openings[0].start if openings else end
        if listed and not self._speaks_anew(openings, start):
            self._listed(start, end, frame)
            return
        if not openings:
            self._continued(start, end)
            return
        first = openings[0]
        if first.start - start > 25 and first.subject and first.cue != "theo":
            self._before_first(start, first)
        for place, opening in enumerate(openings):
            finish = openings[place + 1].start if place + 1 < len(openings) else end
            self._opened(opening, finish, start)

    def _speaks_anew(self, openings: list[Opening], start: int) -> bool:
        return any(
            o.person is not None and o.act in ("order", "ask", "say", "promise", "complain") for o in openings
        )

    def _openings(self, start: int, end: int, frame: Frame) -> list[Opening]:
        found = self.openings.in_sentence(start, end)
        resolved = [self._resolved(opening) for opening in found]
        kept: list[Opening] = []
        for opening in resolved:
            if self._is_office_work(opening, frame):
                continue
            if kept and self._is_inside(kept[-1], opening):
                continue
            kept.append(opening)
        return kept

    def _is_office_work(self, opening: Opening, frame: Frame) -> bool:
        """While the chair concludes, "các sở trả lời phường" is a task and no speech."""
        subject = opening.subject
        if subject is None or subject.is_person:
            return False
        closing = self.state.concluding and self.state.speaker is not None and self.state.speaker.superior
        closing = closing or (
            frame.speaker is not None and frame.speaker.superior and self.sides.rank_of(subject) == COMMUNE
        )
        speaker = self.state.speaker
        visiting = self.clauses.is_visitor(subject) and speaker is not None and speaker.superior
        closing = closing or (visiting and self.state.mode is not None)
        return closing and opening.cue in _OFFICE_WORK and self.sides.rank_of(subject) != VOTER

    def _resolved(self, opening: Opening) -> Opening:
        """A pronoun means the last person who spoke."""
        if opening.subject and opening.subject.kind == "pronoun":
            last = self.state.speaker.person if self.state.speaker else None
            last = last or self._last_person(opening.start)
            return replace(opening, person=last)
        return opening

    def _last_person(self, place: int):  # type: ignore[no-untyped-def]
        before = [
            a
            for a in self.actors.between(0, place)
            if a.person and self.page.kind_at(a.start) in (Kind.BODY, Kind.ITEM)
        ]
        return before[-1].person if before else None

    def _is_inside(self, outer: Opening, inner: Opening) -> bool:
        """A verb inside what somebody already asks or orders opens nothing new."""
        if inner.subject is None:
            return outer.act in ("order", "ask", "promise")
        if inner.subject is outer.subject:
            return False
        if inner.subject.is_person and (inner.person is not None or inner.subject.kind == "reference"):
            return outer.act in ("ask", "order") and inner.act == "say" and inner.person is None
        own = self.page.shade[outer.end : inner.start].strip(" ,")
        if outer.act in ("order", "ask"):
            return not re.search(r"[;.](?: còn| riêng| và)?$", own)
        if outer.act in ("order", "ask", "conclude") and inner.act in ("say", "complain", "praise"):
            return True
        if (
            outer.subject
            and outer.subject.is_person
            and outer.act == "say"
            and inner.act in ("say", "praise")
        ):
            return True
        return outer.act == "order" and not re.search(r"[;.]", own)

    def _before_first(self, start: int, first: Opening) -> None:
        """ "Riêng phường X ..., bà giao ...": nothing; a full clause before a second speaker belongs to the first."""
        if self.state.speaker and self.page.shade[start : first.start].rstrip().endswith(";"):
            self._continued(start, first.start)

    # -- one opening ---------------------------------------------------------------
    def _opened(self, opening: Opening, end: int, sentence: int) -> None:
        speaker = self._speaker(opening)
        start = opening.end
        self.state.speaker = speaker
        same = self.state.speaker is not None and (
            speaker.name == self.state.speaker.name or self.state.speaker.name is None
        )
        concluding = opening.act == "conclude" or (
            self.state.concluding and same and speaker.person is not None
        )
        concluding = concluding and not _GUEST.search(self.page.shade[sentence:start])
        self.state.speaker = speaker
        self.state.concluding = concluding and (speaker.superior or opening.act == "conclude")
        act = self._act(opening, speaker, start, end)
        self.state.mode = act
        if act in ("direction", "request"):
            self._tasks(act, speaker, start, end, f"{act}.{opening.act}")
        elif act == "commitment":
            self._promised(speaker, opening, start, end)
        elif act == "difficulty":
            self._troubles(speaker, start, end, strong=False, rule="difficulty.complaint")
        elif act == "told":
            self._told(speaker, start, end)

    def _speaker(self, opening: Opening) -> Speaker:
        known = self.state.speaker
        if opening.subject is None and opening.person is None:
            return known or Speaker(None, None, False)
        generic = (
            opening.subject is not None and opening.subject.kind == "group" and not opening.subject.quantified
        )
        if opening.act == "promise" and generic and known and known.person and self.state.mode == "told":
            return known  # "Ban hứa ..." after its director has spoken
        return self.sides.speaker(opening.subject, opening.person)

    def _act(self, opening: Opening, speaker: Speaker, start: int, end: int) -> str | None:
        if opening.act == "conclude":
            return None
        if opening.act == "promise":
            return "commitment"
        if opening.act == "praise":
            return None
        if opening.act in ("ask", "order"):
            return self._asked(opening, speaker, start)
        if opening.act == "complain":
            return "told" if speaker.superior else "difficulty"
        return "told"

    def _asked(self, opening: Opening, speaker: Speaker, start: int) -> str | None:
        """Up or down: by the speaker, then by whom it is said to."""
        if speaker.is_voter:
            return "request"
        addressee = self.clauses.addressee_at(start)
        rank = self.sides.rank_of(addressee) if addressee else None
        if opening.act == "order":
            if (
                opening.subject
                and not opening.subject.is_person
                and (not speaker.superior or opening.past or addressee is None)
            ):
                return None
            return None if opening.past and not speaker.person else "direction"
        if (
            speaker.superior and speaker.person and speaker.rank == COMMUNE
        ):  # chairs the ward's own conference
            if _UPWARD.search(opening.cue) and rank is None:
                return "request"
            return "request" if rank is not None and rank >= PROVINCE else "direction"
        if speaker.superior:
            above = rank is not None and speaker.rank is not None and rank > speaker.rank
            if (
                speaker.person is None
                and opening.subject
                and opening.subject.kind == "group"
                and rank is None
            ):
                return "direction"
            return "request" if above or opening.cue.startswith("xin") else "direction"
        if (
            speaker.rank == COMMUNE
            and rank is not None
            and rank <= COMMUNE
            and speaker.person
            and self.state.concluding
        ):
            return "direction"
        return "request"

    # -- what is said ------------------------------------------------------------------
    def _tasks(self, act: str, speaker: Speaker, start: int, end: int, rule: str) -> None:
        start, addressee = self.clauses.take_addressee(start, end, direction=act == "direction")
        named = self.actors.name_of(addressee) if addressee else None
        self.state.addressee = named
        for place, piece in enumerate(self.clauses.cut(start, end)):
            if place:
                piece = self.clauses.without_cue(piece, asked=act == "request")
            if act == "direction" or place:
                owned = self.clauses.task(piece, explicit=True)
                if owned is None:
                    continue
                piece, whose = owned.piece, owned.addressee
                if whose:
                    named = self.actors.name_of(whose)
                    self.state.addressee = named
                elif owned.whole:
                    self._add(act, piece, speaker, None, rule, 0.85)
                    continue
            if self._is_promise(piece, speaker, act):
                self._add("commitment", piece, speaker, None, "commitment.will", 0.75)
                continue
            self._add(act, self.clauses.bare(piece), speaker, named, rule, 0.9 if place == 0 else 0.85)

    def _is_promise(self, piece: Piece, speaker: Speaker, act: str) -> bool:
        return act == "direction" and self.clauses.is_own_promise(piece, speaker)

    def _promised(self, speaker: Speaker, opening: Opening, start: int, end: int) -> None:
        for place, piece in enumerate(self.clauses.cut(start, end, commas=False)):
            will = self.clauses.promise_in(piece)
            if will is None and opening.subject and not opening.subject.is_person:
                piece = (
                    Piece(opening.start, piece.end)
                    if place == 0 and "sẽ" in self.page.shade[start:end]
                    else piece
                )
            self._add("commitment", will or self.clauses.bare(piece), speaker, None, "commitment.verb", 0.85)

    def _told(self, speaker: Speaker, start: int, end: int) -> None:
        """Plain telling: promises of one's own side, troubles from below, demands from above."""
        introduced = False
        for piece in self.clauses.cut(start, end, commas=False):
            if introduced:
                self._trouble(speaker, piece, strong=False, rule="difficulty.introduced")
                continue
            introduced = not speaker.superior and self.clauses.introduces_trouble(piece)
            self._told_piece(speaker, piece)

    def _told_piece(self, speaker: Speaker, piece: Piece) -> None:
        piece = without_lead(self.page.text, self.page.shade, piece)
        promise = self.clauses.promise_in(piece)
        if promise and not self._is_others_task(promise, speaker) and not speaker.is_voter:
            self._add("commitment", promise, speaker, None, "commitment.will", 0.85)
            head = trim(self.page.text, piece.start, promise.start)
            if head is None or head.end - head.start < 30 or self.page.shade[promise.start - 2] != ",":
                return
            piece = head
        if speaker.superior and (
            speaker.rank != COMMUNE or self.state.concluding or self.state.mode == "direction"
        ):
            self._demanded(speaker, piece)
            return
        wish = _WISH.match(self.page.shade[piece.start : piece.end])
        if wish:
            place, addressee = self.clauses.take_addressee(
                piece.start + wish.end(), piece.end, direction=False
            )
            named = self.actors.name_of(addressee) if addressee else None
            wished = self.clauses.bare(Piece(place, piece.end))
            self._add("request", wished, self._unit_of(speaker, piece), named, "request.wish", 0.7)
            return
        self._trouble(speaker, piece, strong=not speaker.is_voter, rule="difficulty.told")

    def _unit_of(self, speaker: Speaker, piece: Piece) -> Speaker:
        actor = self.actors.starting_at(piece.start)
        return replace(speaker, name=self.actors.name_of(actor)) if actor else speaker

    def _is_others_task(self, piece: Piece, speaker: Speaker) -> bool:
        actor = self.actors.starting_at(piece.start)
        rank = self.sides.rank_of(actor) if actor and not actor.is_person else None
        return speaker.superior and rank == COMMUNE and speaker.rank != COMMUNE

    def _demanded(self, speaker: Speaker, piece: Piece) -> None:
        if self.clauses.taken_up_in(piece) and "phải" not in self.page.shade[piece.start : piece.end]:
            self._add("commitment", piece, speaker, None, "commitment.taken-up", 0.75)
            return
        owned = self.clauses.task(piece, explicit=False) or (
            self.clauses.closing_task(piece) if self.state.concluding else None
        )
        if owned is None:
            return
        addressee = self.actors.name_of(owned.addressee) if owned.addressee else None
        if (
            owned.addressee
            and (self.sides.rank_of(owned.addressee) or 0) >= PROVINCE
            and self.clauses.is_own_side(owned.addressee, speaker)
        ):
            self._add("commitment", piece, speaker, None, "commitment.own-side", 0.7)
            return
        if addressee is None and not owned.whole and owned.imperative:
            addressee = self.state.addressee
        self.state.addressee = addressee or self.state.addressee
        self._add(
            "direction",
            self.clauses.bare(owned.piece),
            speaker,
            addressee,
            "direction.told",
            0.8 if owned.modal else 0.7,
        )

    def _troubles(self, speaker: Speaker, start: int, end: int, *, strong: bool, rule: str) -> None:
        for piece in self.clauses.cut(start, end, commas=False):
            self._trouble(speaker, piece, strong=strong, rule=rule)

    def _trouble(self, speaker: Speaker, piece: Piece, *, strong: bool, rule: str) -> None:
        found = self.clauses.trouble(piece, strong=strong)
        if found:
            self._add("difficulty", found, speaker, None, rule, 0.75 if not strong else 0.65)

    # -- sentences without an opening ---------------------------------------------------
    def _continued(self, start: int, end: int) -> None:
        speaker = self._speaker_of_trouble(start, end) or self.state.speaker
        if speaker is None or speaker.name is None:
            return
        if speaker.superior:
            if self.state.mode in ("direction", "told") or self.state.concluding:
                for piece in self.clauses.cut(start, end):
                    self._told_piece(speaker, piece)
            return
        if self.state.mode in ("told", "difficulty", "request"):
            self._told(speaker, start, end)

    def _speaker_of_trouble(self, start: int, end: int) -> Speaker | None:
        """ "Cả hai xã đều ... Khó khăn nổi lên là ...": told of the units the paragraph is about."""
        first = next(iter(self.clauses.cut(start, end, commas=False)), None)
        if (
            first is None
            or not self.clauses.introduces_trouble(first)
            or (self.state.speaker and self.state.mode and not self.state.speaker.superior)
        ):
            return None
        block = self.page.block_at(start)
        for actor in self.actors.between(max(0, block.start - 300), start):
            named = actor.quantified or actor.kind in ("unit", "body")
            if named and not actor.is_person and self.sides.rank_of(actor) == COMMUNE:
                self.state.mode = "told"
                self.state.speaker = self.sides.speaker(actor, None)
                return self.state.speaker
        return None

    def _quoted(self, opening: Opening, start: int) -> None:
        """What stands before "..., ông Quang hứa"."""
        speaker = self._speaker(opening)
        self.state.speaker = speaker
        if opening.act == "promise":
            for piece in self.clauses.cut(start, opening.start, commas=False):
                self._add("commitment", piece, speaker, None, "commitment.quoted", 0.85)
            return
        self.state.mode = "told"
        for a, b in _quoted_sentences(self.page.shade, start, opening.start):
            if opening.act == "complain":
                self._troubles(speaker, a, b, strong=False, rule="difficulty.quoted")
            else:
                self._told(speaker, a, b)

    # -- lists ----------------------------------------------------------------------------
    def _listed(self, start: int, end: int, frame: Frame) -> None:
        speaker = frame.speaker or self.state.speaker or Speaker(None, None, False)
        if frame.act == "difficulty":
            for piece in self.clauses.cut(start, end, commas=False):
                self._add(
                    "difficulty",
                    without_lead(self.page.text, self.page.shade, piece),
                    speaker,
                    None,
                    "difficulty.listed",
                    0.85,
                )
            return
        if frame.act == "request":
            self._listed_requests(start, end, frame, speaker)
            return
        if frame.act == "direction":
            self._listed_directions(start, end, frame, speaker)

    def _listed_requests(self, start: int, end: int, frame: Frame, speaker: Speaker) -> None:
        named = frame.addressee
        for piece in self.clauses.cut(start, end):
            piece = self.clauses.without_cue(piece)
            place, addressee = self.clauses.take_addressee(piece.start, piece.end, direction=True)
            if addressee:
                named = self.actors.name_of(addressee)
            self._add(
                "request", self.clauses.bare(Piece(place, piece.end)), speaker, named, "request.listed", 0.9
            )

    def _listed_directions(self, start: int, end: int, frame: Frame, speaker: Speaker) -> None:
        named = frame.addressee
        if "cho thấy" in self.page.shade[start : min(end, start + 60)]:
            return
        for piece in self.clauses.cut(start, end):
            if self.clauses.is_praise(piece):
                continue
            promise = self.clauses.promise_in(piece) or (piece if self.clauses.taken_up_in(piece) else None)
            if promise and not self._is_others_task(piece, speaker):
                self._add("commitment", promise, speaker, None, "commitment.listed", 0.85)
                continue
            piece = self.clauses.without_cue(piece)
            owned = self.clauses.task(piece, explicit=True)
            if owned is None:
                continue
            if owned.addressee and self.clauses.is_visitor(owned.addressee):
                self._add("commitment", piece, speaker, None, "commitment.listed", 0.8)
                continue
            if owned.addressee:
                named = self.actors.name_of(owned.addressee)
            whose = None if owned.whole and frame.addressee is None and owned.addressee is None else named
            self._add("direction", self.clauses.bare(owned.piece), speaker, whose, "direction.listed", 0.9)

    def _add(
        self,
        act: str,
        piece: Piece | None,
        speaker: Speaker,
        addressee: str | None,
        rule: str,
        confidence: float,
    ) -> None:
        if (
            piece is None
            or piece.end - piece.start < 8
            or self.page.shade[piece.start : piece.end].count(" ") < (2 if act == "direction" else 1)
        ):
            return
        if _EMPTY_WORDS.fullmatch(self.page.shade, piece.start, piece.end):
            return
        if _OPENS_LIST.search(self.page.shade, piece.start, piece.end):
            return
        self.found.append(Item(act, piece.start, piece.end, speaker.name, addressee, rule, confidence))


def _quoted_sentences(shade: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in re.finditer(r"[.!?…] +(?=[\"“]?[^\W\d_])", shade[start:end]):
        yield begin, start + match.start()
        begin = start + match.end()
    yield begin, end


def _without_repeats(items: list[Item]) -> list[Item]:
    kept: list[Item] = []
    for item in items:
        if not any(
            item.start < other.end and other.start < item.end and item.act == other.act for other in kept
        ):
            kept.append(item)
    return kept

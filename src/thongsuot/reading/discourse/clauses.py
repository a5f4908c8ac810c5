"""Reading one clause: whose task it is, what is promised, what is lacking."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from thongsuot.reading.discourse.actors import Actor, Actors
from thongsuot.reading.discourse.pieces import Cutter, Piece, trim
from thongsuot.reading.discourse.sides import Speaker, is_visitor
from thongsuot.reading.discourse.troubles import Troubles
from thongsuot.reading.lexicon import Lexicon, Phrases
from thongsuot.reading.lexicon.patterns import any_of, phrases_of
from thongsuot.reading.page import Page

_BEFORE_ADDRESSEE = re.compile(
    r"[ :]*(?:(?:với|tới|đến|cho|đối với|rằng|về phía|kính gửi|thêm|là) )?(?:kính )?"
)
_FRONTED = re.compile(
    r"^(?:nếu|về|đối với|với|riêng|riêng với|riêng về|riêng đối với|trong|từ|trước|tại|để|nhằm|qua"
    r"|trên cơ sở|khi|do|vì|bên cạnh|ngoài|song song|cùng với|liên quan|liên quan đến|đến|sau"
    r"|thời gian tới|trước mắt|thông qua|căn cứ)\b[^,;]{2,110}, "
)
_TOPIC = re.compile(r"^(?:riêng đối với|riêng với|đối với|với|riêng|về phía|phía) ")
_MODAL_INSIDE = re.compile(
    r"\b(?:phải|cần|không được|nghiêm cấm)\b(?! (?:thiết|chăng|không|biết|thời gian)\b)"
)
_THING = re.compile(
    r"^(?:việc|công tác|các|những|mọi|mỗi|từng|quá trình|hoạt động|vấn đề|hồ sơ|trường hợp|thủ tục"
    r"|cán bộ|người|nơi|chỗ|ai|đơn vị nào|bố trí|xây dựng|chuyển đổi|giải|kinh phí|nguồn|kế hoạch"
    r"|nghị quyết)\b"
)
_REQUIREMENT_IS = re.compile(
    r"\b(?:yêu cầu|nhiệm vụ|việc cần|giải pháp|quan trọng nhất|quan trọng|việc đầu tiên|trọng tâm"
    r"|điều cần|việc)\b[^,;:]{0,50}? (?:là|:) (?:phải |cần )?(?=[^\W\d_])"
)
_NARRATED = re.compile(
    r"^(?:đã|đang|từng|vừa|là|có nhiều|có những|được|bị|cho thấy|vẫn|chưa|còn|đều đã|rất|luôn|cơ bản"
    r"|bước đầu|khi|mà|và|của|nào|gồm|thuộc|với|sẽ|thì|ở|để|không có|có)\b"
)
_SHOWS = re.compile(
    r"\bcho thấy\b|\bđạt kết quả\b|\bđã (?:được|có|triển khai|ban hành|hoàn thành|chủ động|tích cực"
    r"|nỗ lực|bám sát|giữ)\b|\bđang được\b|\bđang\b|\bvẫn là\b|\bđạt \d|\bcòn (?:lỏng|chậm|nhiều|thấp"
    r"|hạn)|\bchưa (?:rõ|xem xét)\b|đã vận hành"
)
_TOLD = re.compile(r"\bcho thấy\b|\bđã (?:được|có|triển khai|ban hành|hoàn thành)\b")
_WILL = re.compile(r"\bsẽ\b")
_TAKES_UP = re.compile(
    r" (?:đã )?(?:tiếp thu|ghi nhận|tổng hợp|tiếp nhận|chuyển|sẽ|báo cáo|kiến nghị|theo dõi|đeo bám)\b"
)
_ANNOUNCED = re.compile(
    r"[^:;]{0,90}\b(?:nhiệm vụ|nội dung|việc|giải pháp|vấn đề|yêu cầu)(?: sau| trọng tâm| cụ thể"
    r"| lớn)*: "
)
_FREE_SUBJECT = re.compile(r"(?:, |\d |này |nay |sau |tới )$")
_REASON = re.compile(r", (?:bởi|bởi vì|vì|bởi lẽ|vì rằng|lý do là) ")
_THEN_WHO = re.compile(r" thì (?=[^\W\d_])")
_OWNER = re.compile(r"(?:phường|xã|đặc khu|ubnd|đảng ủy|sở|công an|văn phòng|hai|ba|các (?:phường|xã|sở))\b")
_NOUN_LIST = re.compile(
    r"(?: ?(?:với|tới) [^,;:]{2,40}?)? ?(?:một số|các|nhiều|những)? ?(?:nội dung|vấn đề|kiến nghị"
    r"|nhóm vấn đề)?(?: \d+)? ?(?:liên quan(?: đến)?|về|xoay quanh)(?: các)?(?: vấn đề| nội dung)?:? "
)
_LISTED_CUE = re.compile(
    r"^(?:kính |trân trọng |tiếp tục )?(?:đề nghị|kiến nghị|đề xuất|yêu cầu|giao|xin chủ trương"
    r"|xin phép|xin|mong|chỉ đạo|đồng ý giao|thống nhất giao|phân công|nhắc|lưu ý)(?: cho"
    r"| với)? (?!nhiệm vụ|thông )"
)
_ASKED_CUE = re.compile(
    r"^(?:kính |trân trọng |tiếp tục )?(?:đề nghị|kiến nghị|đề xuất|mong muốn|mong"
    r"|xin)(?: với)? (?!phép)"
)
# After a body: what follows is still about it, or tells of it.
_GOES_ON = re.compile(r" (?:của|để|thành|làm(?! (?:rõ|tốt|việc))|về|đã|đang|theo|tại|ở)\b")
_NO_TASK = re.compile(
    r"không (?:có|còn|đủ)|có (?!trách nhiệm|kế hoạch|giải pháp|phương án|lộ trình|hướng dẫn"
    r"|cơ chế|chính sách|chế độ|quy)"
)
_PREPOSITION_LAST = re.compile(r"\b(?:của|cho|từ|với|tại)$")
_THEN_LAST = re.compile(r"\bthì$")
_PRAISE = re.compile(
    r"^(?:biểu dương|ghi nhận|đánh giá cao|hoan nghênh|chúc mừng|cảm ơn|khen|tuyên dương|thống nhất với"
    r"|cơ bản thống nhất|nhất trí|đồng ý|thống nhất chủ trương|thống nhất về)\b"
)


class Owned(NamedTuple):
    """A task with the body that is to do it."""

    piece: Piece
    addressee: Actor | None
    whole: bool = False  # the subject is the thing, kept in the item
    modal: bool = False
    imperative: bool = False


@cache
def _acts(lexicon: Lexicon) -> Phrases:
    return phrases_of(lexicon.discourse["actions"] | lexicon.discourse["urging"])


class Clauses:
    def __init__(self, page: Page, lexicon: Lexicon, actors: Actors) -> None:
        self.page, self.actors = page, actors
        self.cutter = Cutter(page, lexicon, actors.scan)
        words = lexicon.discourse
        self._acts = _acts(lexicon)
        self._modals = any_of(words["modals"], before=",? ?", after=r"\b")
        troubles = Troubles(self.cutter, lexicon, actors)
        self.trouble, self.introduces_trouble = troubles.trouble, troubles.introduced
        self._own = words["own_side"]
        self._visitors: dict[int, bool] = {}  # by where the actor stands

    # -- cutting ----------------------------------------------------------------
    def cut(self, start: int, end: int, *, commas: bool = True, nouns: bool = True) -> Sequence[Piece]:
        shade = self.page.shade
        head = shade[start : min(end, start + 80)]
        may_list = "về" in head or "liên quan" in head or "xoay quanh" in head
        listed = _NOUN_LIST.match(shade, start, end) if may_list else None
        if (
            nouns
            and listed
            and commas
            and "," in shade[start:end]
            and not self._acts.match(shade, listed.end())
        ):
            return self._noun_list(listed.end(), end)
        pieces = self.cutter.cut(start, end, commas=commas)
        return [part for piece in pieces for part in self._at_new_owner(piece)] if commas else pieces

    def _at_new_owner(self, piece: Piece) -> list[Piece]:
        """ "..., phường nghiên cứu để áp dụng": another body's task begins."""
        for actor in self.actors.between(piece.start + 30, piece.end):
            if (
                self.page.shade[actor.start - 2 : actor.start] != ", "
                or actor.is_person
                or not _OWNER.match(self.page.shade, actor.start)
            ):
                continue
            after = self._modals.match(self.page.shade, actor.end) or self._acts.match(
                self.page.shade, actor.end + 1
            )
            first = trim(self.page.text, piece.start, actor.start - 2) if after else None
            if first:
                return [first, Piece(actor.start, piece.end)]
        return [piece]

    def _noun_list(self, start: int, end: int) -> list[Piece]:
        """ "kiến nghị về hạ tầng; phần mềm, biên chế": each noun is a need."""
        parts, begin = [], start
        for match in re.finditer(
            r"; | và (?=cơ sở|biên chế|vị trí|kinh phí|chế độ|hạ tầng|phần mềm)|, ",
            self.page.shade[start:end],
        ):
            following = self.page.shade[start + match.end() : end]
            if match[0] == ", " and re.match(r"(?:công tác|việc|nhất là|đặc biệt|trong đó|như)\b", following):
                continue
            parts.append((begin, start + match.start()))
            begin = start + match.end()
        parts.append((begin, end))
        return [p for a, b in parts if (p := trim(self.page.text, a, b))]

    def bare(self, piece: Piece) -> Piece:
        piece = trim(self.page.text, piece.start, piece.end) or piece
        piece = self.cutter.without_lead(piece)
        colon = self.page.shade.find(":", piece.start, piece.end)
        announced = _ANNOUNCED.match(self.page.shade, piece.start, piece.end) if colon >= 0 else None
        if announced:
            piece = trim(self.page.text, announced.end(), piece.end) or piece
        reason = _REASON.search(self.page.shade, piece.start, piece.end)
        if reason and reason.start() - piece.start > 20:
            piece = trim(self.page.text, piece.start, reason.start()) or piece
        return self.cutter.without_modal(piece)[0]

    def without_cue(self, piece: Piece, *, asked: bool = False) -> Piece:
        """Without its own "đề nghị", "giao"; inside a request only words of asking go."""
        piece = self.cutter.without_lead(piece)
        match = (_ASKED_CUE if asked else _LISTED_CUE).match(self.page.shade[piece.start : piece.end])
        return (trim(self.page.text, piece.start + match.end(), piece.end) or piece) if match else piece

    # -- addressees ---------------------------------------------------------------
    def addressee_at(self, start: int) -> Actor | None:
        skip = _BEFORE_ADDRESSEE.match(self.page.shade, start)
        actor = self.actors.starting_at(skip.end() if skip else start)
        return actor if actor and actor.kind not in ("pronoun",) else None

    def take_addressee(self, start: int, end: int, *, direction: bool) -> tuple[int, Actor | None]:
        actor = self.addressee_at(start)
        if actor is None or actor.end >= end or (actor.is_person and not direction and actor.person):
            return start, None
        after = self.page.shade[actor.end : end]
        if _GOES_ON.match(after):
            return start, None
        return actor.end, actor

    # -- tasks ------------------------------------------------------------------------
    def task(self, piece: Piece, *, explicit: bool) -> Owned | None:
        """The task in a clause, or None where it tells of something else."""
        piece = self.cutter.without_lead(piece)
        fronted, topic = self._without_fronting(piece)
        owned = self._owned(fronted, explicit=explicit)
        if owned is None and explicit and not _SHOWS.search(self.page.shade[piece.start : piece.end]):
            return Owned(piece, topic, imperative=True)
        if owned and owned.addressee is None and topic:
            owned = owned._replace(addressee=topic)
        return owned

    def topic_of(self, start: int, end: int) -> Actor | None:
        """ "Riêng đối với xã X, đồng chí lưu ý ...": whom the sentence is about, said before its verb."""
        about = _TOPIC.match(self.page.shade[start:end])
        actor = self.actors.starting_at(start + about.end()) if about else None
        return (
            actor
            if actor and not actor.is_person and self.page.shade[actor.end : actor.end + 1] == ","
            else None
        )

    def closing_task(self, piece: Piece) -> Owned | None:
        """In a conclusion, a named body followed by any verb is being given a task."""
        piece = self.cutter.without_lead(piece)
        fronted, _ = self._without_fronting(piece)
        actor = self.actors.starting_at(fronted.start)
        if (
            actor is None
            or actor.is_person
            or (actor.kind == "group" and not actor.quantified)
            or _SHOWS.search(self.page.shade[fronted.start : fronted.end])
        ):
            return None
        return self._by_actor(fronted, actor, explicit=True)

    def _without_fronting(self, piece: Piece) -> tuple[Piece, Actor | None]:
        """ "Đối với xã X, ..." names what, or whom, the task is about."""
        shade = self.page.shade[piece.start : piece.end]
        then = _THEN_WHO.search(shade)
        if then and self.actors.starting_at(piece.start + then.end()):
            return Piece(piece.start + then.end(), piece.end), None
        match = _FRONTED.match(shade)
        if not match:
            return piece, None
        rest = trim(self.page.text, piece.start + match.end(), piece.end)
        if rest is None:
            return piece, None
        topic = None
        about = _TOPIC.match(shade)
        if about:
            actor = self.actors.starting_at(piece.start + about.end())
            if actor and actor.end >= piece.start + match.end() - 3 and not actor.is_person:
                topic = actor
        follows = (
            self.actors.starting_at(rest.start)
            or self._acts.match(self.page.shade, rest.start)
            or self._modals.match(self.page.shade, rest.start)
            or _THING.match(self.page.shade[rest.start : rest.end])
        )
        return (rest, topic) if follows else (piece, topic)

    def _owned(self, piece: Piece, *, explicit: bool) -> Owned | None:
        shade = self.page.shade[piece.start : piece.end]
        actor = self.actors.starting_at(piece.start)
        if actor and actor.end < piece.end and actor.kind != "pronoun":
            owned = self._by_actor(piece, actor, explicit=explicit)
            if owned:
                return owned
        is_requirement = _REQUIREMENT_IS.search(shade[:90])
        if is_requirement:
            begin = trim(self.page.text, piece.start + is_requirement.end(), piece.end)
            if begin:
                return Owned(begin, None, modal=True, imperative=False)
        bare, modal = self.cutter.without_modal(piece)
        if modal:
            return Owned(bare, None, modal=True, imperative=True)
        inside = _MODAL_INSIDE.search(shade)
        if (
            inside
            and inside.start() < 110
            and (_THING.match(shade) or not self._acts.match(shade))
            and not _TOLD.search(shade[: inside.start()])
        ):
            return Owned(piece, self._doer(piece, piece.start + inside.start()), whole=True, modal=True)
        if self._acts.match(shade) and (explicit or not _SHOWS.search(shade)):
            return Owned(piece, None, imperative=True)
        return None

    def _doer(self, piece: Piece, modal: int) -> Actor | None:
        """ "đến 31/12 xã phải đạt ...": the body right before the modal, where it is the clause's own subject."""
        actor = self.actors.ending_before(modal)
        if actor is None or actor.start <= piece.start or modal - actor.end > 1 or actor.is_person:
            return None
        return actor if _FREE_SUBJECT.search(self.page.shade, piece.start, actor.start) else None

    def _by_actor(self, piece: Piece, actor: Actor, *, explicit: bool) -> Owned | None:
        shade = self.page.shade
        modal = self._modals.match(shade, actor.end)
        after = modal.end() if modal else actor.end
        while after < piece.end and shade[after] in " ,:":
            after += 1
        rest = trim(self.page.text, after, piece.end)
        if rest is None:
            return None
        words = shade[rest.start : rest.end]
        if modal or (self._acts.match(words) and not _NO_TASK.match(words)):
            bare, more = self.cutter.without_modal(rest)
            return Owned(bare, actor, modal=bool(modal) or more)
        if (
            explicit
            and not _NARRATED.match(words)
            and " là " not in words[:40]
            and not _MODAL_INSIDE.search(words[:60])
            and (actor.kind != "group" or actor.quantified or self.page.text[actor.end] in ",:")
        ):
            return Owned(rest, actor)
        return None

    # -- promises -----------------------------------------------------------------------
    def promise_in(self, piece: Piece) -> Piece | None:
        shade = self.page.shade
        said = shade.find("sẽ", piece.start, piece.end) >= 0
        will = _WILL.search(shade, piece.start, piece.end) if said else None
        before = shade[piece.start : will.start()].rstrip() if will else ""
        if not will or _THEN_LAST.search(before):
            return None
        if before.endswith(" và"):
            fronted, _ = self._without_fronting(piece)
            whose = self.actors.starting_at(fronted.start)
            if whose and not whose.is_person and not re.search(r"\b(?:đang|đã)\b", before):
                return fronted
            return Piece(will.start(), piece.end)
        actor = self.actors.ending_before(will.start())
        if (
            actor is None
            or actor.start < piece.start
            or will.start() - actor.end > 14
            or _PREPOSITION_LAST.search(shade[piece.start : actor.start].rstrip())
        ):
            return piece
        if shade[piece.start : actor.start].lstrip().startswith("nếu"):
            return piece
        return Piece(actor.start, piece.end)

    def taken_up_in(self, piece: Piece) -> bool:
        """The visitors take something along: "Tổ giám sát tiếp thu, báo cáo ..." """
        for actor in self.actors.between(piece.start, piece.end):
            if self.is_visitor(actor) and _TAKES_UP.match(self.page.shade, actor.end):
                return True
        return False

    def is_own_promise(self, piece: Piece, speaker: Speaker) -> bool:
        actor = self.actors.starting_at(piece.start)
        return bool(
            actor and self.is_visitor(actor) and _WILL.search(self.page.shade, piece.start, piece.end)
        )

    def is_visitor(self, actor: Actor) -> bool:
        if actor.start not in self._visitors:
            self._visitors[actor.start] = is_visitor(actor.text.lower())
        return self._visitors[actor.start]

    def is_own_side(self, actor: Actor, speaker: Speaker) -> bool:
        if self.is_visitor(actor):
            return True
        words = actor.text.lower()
        if speaker.person is None:
            return False
        bodies = " ".join((body or "").lower() for _, body in speaker.person.posts)
        return words in bodies

    def is_praise(self, piece: Piece) -> bool:
        return bool(_PRAISE.match(self.page.shade[piece.start : piece.end]))

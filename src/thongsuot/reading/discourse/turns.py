"""Whose turn it is: which verbs of a sentence open a speech, and who speaks."""

import re
from dataclasses import replace

from thongsuot.reading.cast import Person
from thongsuot.reading.discourse.actors import Actor
from thongsuot.reading.discourse.frames import Frame
from thongsuot.reading.discourse.notes import Part
from thongsuot.reading.discourse.openings import Opening
from thongsuot.reading.discourse.sides import COMMUNE, VOTER, Speaker
from thongsuot.reading.page import Kind

# What offices do as a task; said by the chair of another body it is no speech of that body.
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


_OWN_UNITS = frozenset(
    {"phường", "xã", "đặc khu", "địa phương", "đơn vị", "ubnd phường", "ubnd xã", "đảng ủy", "ủy ban"}
)
_WOMAN, _MAN = re.compile(r"\b(?:bà|chị|cô)\b"), re.compile(r"\b(?:ông|anh)\b")
_STANDING = re.compile(r"(?:ban thường vụ|thường vụ|thường trực|tập thể|ban chấp hành|lãnh đạo)(?: |$)")
_LEADER = re.compile(r"\b(?:đoàn|tổ|buổi làm việc|hội nghị|cuộc họp)\b")
_POST = re.compile(
    r"phó bí thư|bí thư|phó chủ tịch|chủ tịch|phó giám đốc|giám đốc|trưởng ban|trưởng phòng|"
    r"trưởng ấp|trưởng thôn|trưởng công an"
)


def _holds(person: Person, post: str) -> bool:
    return any(title.text.lower().startswith(post) for title, _ in person.titles)


_TASK_VERBS = frozenset(
    {
        "phân công",
        "giao",
        "chỉ đạo",
        "đôn đốc",
        "nhắc nhở",
        "định hướng",
        "quán triệt",
        "đánh giá",
        "làm rõ",
        "báo cáo",
        "tổng kết",
        "ghi nhận",
        "giải trình",
        "trả lời",
        "phản hồi",
    }
)


class Turns(Part):
    def heard(self, start: int, end: int, frame: Frame) -> list[Opening]:
        found = self.notes.openings.in_sentence(start, end)
        resolved = [self._resolved(opening) for opening in found]
        kept: list[Opening] = []
        for opening in resolved:
            if self._is_office_work(opening, frame) or self._is_the_task(opening):
                continue
            if kept and self._is_inside(kept[-1], opening):
                continue
            kept.append(self._of_own_unit(opening, kept))
        return kept

    def _of_own_unit(self, opening: Opening, before: list[Opening]) -> Opening:
        """ "Theo ông, phường rất cần ...": the person speaks for the unit."""
        subject, person = opening.subject, self.state.speaker.person if self.state.speaker else None
        if before and before[-1].cue == "theo":
            person = before[-1].person
        elif (
            subject is None
            or self.page.shade.count('"', self.page.block_at(subject.start).start, subject.start) % 2 == 0
        ):
            return opening
        if subject is None or subject.text.lower() not in _OWN_UNITS or person is None:
            return opening
        return replace(opening, person=person) if self.sides.rank_of_person(person) == COMMUNE else opening

    def _is_the_task(self, opening: Opening) -> bool:
        """ "Đồng thời, phân công rõ trách nhiệm": nobody is addressed, so the verb is the task itself."""
        bare = opening.subject is None and opening.cue in _TASK_VERBS
        return bare and self.clauses.addressee_at(opening.end) is None

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
            return replace(opening, person=self.meant(opening.subject))
        return opening

    def meant(self, pronoun: Actor) -> Person | None:
        """ "Ông", "vị chủ tịch xã", "người dẫn đầu đoàn": the last who fits."""
        words = pronoun.text.lower()
        if _LEADER.search(words) and self.sides.chair:
            return self.sides.chair
        post = _POST.search(words)
        if post:
            held = [p for p in self._before(pronoun.start) if _holds(p, post[0])]
            return held[-1] if held else None
        last = self.state.speaker.person if self.state.speaker else None
        if last and self._agrees(words, last):
            return last
        fitting = (p for p in reversed(self._before(pronoun.start)) if self._agrees(words, p))
        return next(fitting, last)

    def _agrees(self, pronoun: str, person: Person) -> bool:
        """ "Bà" is nobody called "ông" elsewhere in the text."""
        called = " ".join(self.page.shade[m.honorific : m.start] for m in person.mentions)
        woman = bool(_WOMAN.search(called)) or " thị " in person.name.lower()
        if _WOMAN.match(pronoun):
            return woman or not _MAN.search(called)
        return not (woman and _MAN.match(pronoun))

    def _before(self, place: int) -> list[Person]:
        return [
            a.person
            for a in self.actors.between(0, place)
            if a.person and self.page.kind_at(a.start) in (Kind.BODY, Kind.ITEM)
        ]

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

    def speaker(self, opening: Opening) -> Speaker:
        known = self.state.speaker
        if opening.subject is None and opening.person is None:
            return known or Speaker(None, None, False)
        generic = (
            opening.subject is not None and opening.subject.kind == "group" and not opening.subject.quantified
        )
        standing = opening.subject is not None and _STANDING.match(opening.subject.text.lower())
        if opening.act == "promise" and known and known.person and standing:
            return known  # the secretary promises for the standing committee
        if opening.act == "promise" and generic and known and known.person and self.state.mode == "told":
            return known  # "Ban hứa ..." after its director has spoken
        return self.sides.speaker(opening.subject, opening.person)

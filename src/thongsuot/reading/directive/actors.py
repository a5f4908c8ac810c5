"""Who must act: whole groups ("các xã, phường, đặc khu"), bodies by name, offices that stand for a body."""

import re
from typing import NamedTuple

from thongsuot.reading.directive.paper import Paper

_LINK = re.compile(r" ?(?:;|,)? ?(?:và|cùng với|cùng|;|,) ")
_TAIL = re.compile(
    r"(?: (?:thành phố|tỉnh|phường|xã|đặc khu|trung ương)(?! \w+ ủy)(?= |[.,:;]|$))?"
    r"(?: trực thuộc)?(?: có liên quan| liên quan)?"
)
_MANY = re.compile(
    r"(?:(?:ban thường vụ )?(?:đảng ủy|ủy ban nhân dân|ubnd) )?các (?:phường|xã|đặc khu):? (?=\w)"
)
_LOOSE_WORDS = 14
_NO_VERB_AFTER = (
    " của ",
    " về ",
    " do ",
    " việc ",
    " được ",
    " và ",
    " phụ trách ",
    "các cơ quan ",
    "công tác ",
)
_STOP = re.compile(r"[.;:!?()\n\t]")
_TRUST = {"named": 0.93, "group": 0.95, "loose": 0.7}
_REASONS = {
    "named": "Tên cơ quan đứng ở chỗ của bên được giao.",
    "group": "Cụm từ chỉ chung một loại cơ quan, địa phương.",
    "loose": "Cụm danh từ đứng trước động từ chỉ việc phải làm.",
}


class Actor(NamedTuple):
    start: int
    end: int
    name: str
    scope: str  # a group of words.groups, "named" or "group"
    rule: str
    confidence: float

    @property
    def reason(self) -> str:
        return _REASONS[self.rule]


class Actors:
    def __init__(self, paper: Paper) -> None:
        self.paper, self.words = paper, paper.words

    def at(self, place: int, limit: int) -> tuple[list[Actor], int]:
        """Every actor of the list that begins here, and where it ends; a lone name must be followed by its verb."""
        found: list[Actor] = []
        end = place
        while True:
            actor = self._one(place, limit)
            if actor is None:
                break
            found.append(actor)
            end = actor.end
            link = _LINK.match(self.paper.shade, end, limit)
            if not link:
                break
            place = link.end()
        return found, end

    def loose_at(self, place: int, limit: int) -> tuple[list[Actor], int]:
        """A group that no list knows: what stands before the verb of its duty, or before a colon."""
        start = self._after_officers(place, limit)
        if not self.words.loose.match(self.paper.shade, start, limit):
            return [], place
        stop = _STOP.search(self.paper.shade, start, limit)
        reach = stop.start() if stop else limit
        at = start
        for _ in range(_LOOSE_WORDS):
            space = self.paper.shade.find(" ", at, reach)
            if space < 0:
                opens_list = (stop is not None and stop[0] == ":") or reach == limit
                return ([self._loose(start, reach)], reach) if opens_list else ([], place)
            at = space + 1
            verb = self.words.verb.match(self.paper.shade, at, limit)
            if verb and self.paper.text[at].islower() and self._is_verb(at) and space - start > 7:
                return [self._loose(start, space)], space
        return [], place

    def _is_verb(self, place: int) -> bool:
        """ "Công chức phụ trách tổ chức" … a capital, or the word of a name, is no verb."""
        before = self.paper.shade[max(0, place - 12) : place]
        return not before.endswith(_NO_VERB_AFTER)

    def _loose(self, start: int, end: int) -> Actor:
        while end > start and self.paper.text[end - 1] in " ,":
            end -= 1
        return Actor(start, end, _capital(self.paper.text[start:end]), "group", "loose", _TRUST["loose"])

    def _after_officers(self, place: int, limit: int) -> int:
        match = self.words.officer.match(self.paper.shade, place, limit)
        return match.end() if match else place

    def _one(self, place: int, limit: int) -> Actor | None:
        start = self._after_officers(place, limit)
        for begin in dict.fromkeys((place, start)):
            for scope, shape in self.words.groups.items():
                match = shape.match(self.paper.shade, begin, limit)
                if match and match.end() > begin and not self._names_one(match.end(), limit):
                    end = self._tail(match.end(), limit)
                    name = _capital(self.paper.text[place:end])
                    return Actor(place, end, name, scope, "group", _TRUST["group"])
        if unit := self._unit(start, limit):
            return unit
        body = self.paper.bodies.at(start)
        if body is None or body.end > limit or not (body.text[0].isupper() or body.is_placed):
            return None
        end = self._longer(body.end, limit)
        return Actor(place, end, _capital(self.paper.text[start:end]), "named", "named", _TRUST["named"])

    def _names_one(self, end: int, limit: int) -> bool:
        """ "các phường Vũng Tàu, Tam Thắng" are those, not all."""
        after = self.paper.text[end : min(end + 2, limit)]
        alone = self.paper.shade.endswith(("các phường", "các xã"), 0, end)
        return alone and after[:1] == " " and after[1:].isupper()

    def _unit(self, start: int, limit: int) -> Actor | None:
        """A ward by name, as itself or in a list after "các phường"."""
        many = _MANY.match(self.paper.shade, start, limit)
        mention = self.paper.bodies.unit_at(many.end() if many else start)
        if mention is None or mention.end > limit:
            return None
        return Actor(start, mention.end, _capital(mention.printed), "named", "named", 0.85)

    def _tail(self, end: int, limit: int) -> int:
        match = _TAIL.match(self.paper.shade, end, limit)
        return match.end() if match else end

    def _longer(self, end: int, limit: int) -> int:
        """ "Công an Thành phố", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường"."""
        joint = re.compile(r" và (?=ủy ban nhân dân|ubnd)").match(self.paper.shade, end, limit)
        if joint and self.paper.shade[max(0, end - 18) : end].endswith(("hội đồng nhân dân", "hđnd")):
            body = self.paper.bodies.at(joint.end())
            if body and body.end <= limit:
                end = body.end
        level = re.compile(
            r" (?:thành phố|tỉnh|phường|xã|đặc khu)(?= |[.,:;)]|$)(?!,? (?:xã|phường|đặc khu))"
        ).match(self.paper.shade, end, limit)
        if level and not self.words.verb.match(self.paper.shade, end + 1):
            follows = self.paper.text[level.end() : level.end() + 2]
            if not (follows[:1] == " " and follows[1:].isupper()):
                return level.end()
        return end


def _capital(name: str) -> str:
    name = " ".join(name.split())
    return name[:1].upper() + name[1:]

"""Phrases that can speak or be spoken to: people, bodies, units and groups such as "ba phường"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter, itemgetter
from typing import NamedTuple

from thongsuot.reading.cast import Cast, Person, folded
from thongsuot.reading.lexicon import Lexicon
from thongsuot.reading.lexicon.patterns import matches_at
from thongsuot.reading.mentions.organisations import Bodies
from thongsuot.reading.mentions.people import Names
from thongsuot.reading.mentions.titles import Chain
from thongsuot.reading.page import Page
from thongsuot.reading.setting import Setting

_PRONOUN = re.compile(
    r"\b(?:(?:vị|nữ|ông|bà|đồng chí) (?:phó bí thư|bí thư|phó chủ tịch|chủ tịch|phó giám đốc|giám đốc|trưởng ban"
    r"|trưởng phòng|trưởng ấp|trưởng thôn|trưởng công an|đại biểu|lãnh đạo|cán bộ|"
    r"cử tri)(?: (?:phường|xã|đặc khu|tỉnh|sở|này|ấy))?"
    r"|(?:vị|người) (?:này|ấy)|(?:người (?:dẫn đầu|đứng đầu|làm trưởng|phụ trách|chủ trì)|"
    r"vị trưởng|đồng chí trưởng|đ/c trưởng|trưởng)"
    r" (?:đoàn|tổ|buổi làm việc|hội nghị|cuộc họp)(?: (?:giám sát|công tác|kiểm tra|khảo sát))?)(?=,? [^\W\d_]|, |:)"
    r"|\b(?:chúng tôi|chúng tui|tôi|tui)\b(?= [^\W\d_])"
    r"|\b(?:ông|bà|đồng chí|đ/c|anh|chị|cô)\b(?! (?:con|em|chị|bà|ngoại|nội|xã|ta|giáo|bác|đơn)\b)(?=,? [^\W\d_]|, |:)"
)
_BRACKET = re.compile(r" \([^()]{1,80}\)")
_MODIFIES = re.compile(
    r"(?: (?:của|ở|tại|thuộc|trên địa bàn|từ|phía)(?: (?:địa bàn|phía))?)?(?: (?:các|hai|ba|bốn|năm|sáu"
    r"|cả hai|cả ba|từng|mỗi|cấp|những|\d{1,2}))? "
)
_WIDEST_GAP = 40  # more than the longest of these and of _JOINS
_PLURAL = re.compile(r" (?:các|hai|ba|bốn|năm|từng|mỗi|những) $")
_SIMPLE_BODIES = frozenset(
    {
        "hđnd",
        "ubnd",
        "đảng ủy",
        "thành ủy",
        "tỉnh ủy",
        "ủy ban nhân dân",
        "hội đồng nhân dân",
        "mttq",
        "quốc hội",
        "chính phủ",
    }
)
_JOINS = re.compile(r"(?:,| và|, và|, cùng| cùng)(?: (?:các|hai|ba|bốn|từng|mỗi))? ")
_HONORIFIC = re.compile(r"(?:các )?(?:đồng chí|đ/c|ông|bà|anh|chị|đại biểu|cử tri|vị) $")
_POST_NAME_GAP = re.compile(r"(?:, | - |-| \(|: | là |, là )$")


_PEOPLE = frozenset({"person", "reference", "pronoun"})


class Actor(NamedTuple):
    start: int
    end: int
    kind: str  # person | reference | pronoun | body | unit | group
    text: str
    person: Person | None = None
    quantified: bool = False
    is_person: bool = False  # a person, a reference or a pronoun


_start_of = attrgetter("start")


class _Atom(NamedTuple):
    start: int
    end: int
    kind: str
    person: Person | None = None


class Actors:
    def __init__(
        self,
        page: Page,
        lexicon: Lexicon,
        bodies: Bodies,
        names: Names,
        chains: tuple[Chain, ...],
        cast: Cast,
        setting: Setting,
    ) -> None:
        self.page, self.lexicon, self.bodies, self.cast, self.setting = page, lexicon, bodies, cast, setting
        self.scan = bodies.scan
        self._quantifiers = {hit.end: hit.start for hit in self.scan.of("quantifier")}
        self._tails = {hit.start: hit.end for hit in self.scan.of("group_tail")}
        atoms = self._atoms(names, chains)
        self.found = tuple(sorted(self._merged(atoms), key=itemgetter(0)))
        self._ends = [actor.end for actor in self.found]
        self._starts = [actor.start for actor in self.found]

    # -- regions of people -------------------------------------------------
    def _people(self, names: Names, chains: tuple[Chain, ...]) -> Iterator[_Atom]:
        ends = {chain.end: chain for chain in chains}
        used: set[int] = set()
        for mention in names.mentions:
            person = self.cast.of_mention.get(mention.start)
            start, end = mention.honorific, mention.end
            chain = next((ends[e] for e in (start - 1, start - 2) if e in ends), None)
            if (
                chain
                and self.page.text[chain.end : start].strip(" ,") == ""
                and (start - chain.end < 2 or start < mention.start)
            ):
                start = chain.start
                used.add(chain.start)
                honorific = _HONORIFIC.search(self.page.shade[max(0, start - 12) : start])
                start -= len(honorific[0]) if honorific else 0
            bracket = _BRACKET.match(self.page.text, end)
            end = bracket.end() if bracket else end
            following = self._chain_after(end, chains)
            if following and following.start not in used:
                used.add(following.start)
                end = following.end
            yield _Atom(start, end, "person", person)
        for chain in chains:
            if chain.start not in used:
                atom = self._reference(chain)
                if atom:
                    yield atom

    def _chain_after(self, end: int, chains: tuple[Chain, ...]) -> Chain | None:
        index = bisect_left(chains, end, key=_start_of)
        if index == len(chains):
            return None
        chain = chains[index]
        gap = self.page.shade[end : chain.start]
        return chain if len(gap) < 6 and _POST_NAME_GAP.fullmatch(gap) else None

    def _reference(self, chain: Chain) -> _Atom | None:
        """ "đồng chí Phó Bí thư Tỉnh ủy": a post that stands for its holder."""
        title = chain.titles[0]
        if (title.body is None and not title.is_meeting_part) or title.text.lower() in (
            "cán bộ",
            "công chức",
            "chuyên viên",
            "thành viên",
            "thường trực",
            "đại biểu",
            "nhân viên",
        ):
            return None
        honorific = _HONORIFIC.search(self.page.shade[max(0, chain.start - 12) : chain.start])
        start = chain.start - (len(honorific[0]) if honorific else 0)
        return _Atom(start, chain.end, "reference", self._holder(chain))

    def _holder(self, chain: Chain) -> Person | None:
        title = chain.titles[0]
        body = folded(self.setting.completed(title.body)) if title.body else None
        for person in self.cast.people.values():
            for held, known in person.titles:
                if folded(held.text) != folded(title.text):
                    continue
                if body is None or (
                    known and (folded(known).startswith(body) or body.startswith(folded(known)))
                ):
                    return person
        return None

    def _pronouns(self) -> Iterator[_Atom]:
        for match in matches_at(self.scan.starts("pronoun"), _PRONOUN, self.page.shade):
            after = self.page.text[match.end() : match.end() + 2].strip(" ,:")
            if after[:1].islower() or self.page.text[match.end()] in ",:":
                yield _Atom(match.start(), match.end(), "pronoun")

    def _is_board(self, start: int, end: int) -> bool:
        """ "Ban" alone is the board; "ban hành" is not."""
        return self.page.text[start:end] == "Ban" and not self.page.shade.startswith((" hành", " đầu"), end)

    # -- phrases -----------------------------------------------------------
    def _atoms(self, names: Names, chains: tuple[Chain, ...]) -> list[_Atom]:
        ranked: list[tuple[int, int, str, Person | None]] = [*self._people(names, chains)]
        ranked += [(body.start, body.end, "body", None) for body in self.bodies.found]
        ranked += [(unit.start, unit.end, "unit", None) for unit in self.bodies.places.mentions]
        ranked += self._pronouns()
        ranked += [
            (start, end, "group", None)
            for start, end, phrase in self.scan.of("group")
            if phrase != "ban" or self._is_board(start, end)
        ]
        kept: list[_Atom] = []
        starts, ends = [len(self.page.text) + 1], [0]
        for start, end, kind, person in ranked:  # earlier kinds win
            index = bisect_left(starts, start)
            if ends[index] > start:
                continue
            if end > starts[index]:
                if kind != "group":
                    continue
                end = self.page.shade.rfind(", ", start, starts[index])  # "phường, xã, đặc khu Côn Đảo"
                if end <= start:
                    continue
            kept.insert(index, _Atom(start, end, kind, person))
            starts.insert(index, start)
            ends.insert(index + 1, end)
        return kept

    def _merged(self, atoms: list[_Atom]) -> Iterator[Actor]:
        first = last = None
        for atom in atoms:
            if first and last:
                if first.kind not in ("person", "pronoun") and self._belongs(last, atom):
                    last = atom
                    continue
                yield self._actor(first, last)
            first = last = atom
        if first and last:
            yield self._actor(first, last)

    def _belongs(self, last: _Atom, following: _Atom) -> bool:
        if following.kind in _PEOPLE:
            return False
        start, end = last.end, following.start
        tail = self._tails.get(start + 1)
        if tail and tail < end:
            start = tail
        if end - start > _WIDEST_GAP or self.page.shade[end - 1] != " ":
            return False
        gap = self.page.shade[start:end]
        if gap == " " or _MODIFIES.fullmatch(gap):
            if (
                gap == " "
                and last.kind in ("body", "reference")
                and ", " in self.page.shade[following.start : following.end]
            ):
                return True  # "UBND phường, xã"
            return (
                last.kind == "group"
                or "của" in gap
                or (last.kind in ("body", "reference") and bool(_PLURAL.search(gap)))
            )
        joined = _JOINS.fullmatch(gap)
        if not joined:
            return False
        if (
            last.kind == "group"
            and following.kind == "unit"
            and self.page.shade[last.start : last.end].endswith(("phường", "xã"))
        ):
            return True
        if last.kind == "body" and following.kind == "body" and "và" not in gap:
            return self.page.shade[last.start : last.end] in _SIMPLE_BODIES
        return last.kind == following.kind or "và" in gap

    def _actor(self, first: _Atom, last: _Atom) -> Actor:
        start, end = first.start, last.end
        if first.kind in _PEOPLE:
            person = first.person if last is first else None
            return Actor(start, end, first.kind, self.page.text[start:end], person, last is not first, True)
        quantifier = self._quantifiers.get(start - 1)
        if quantifier is not None:
            start = quantifier
        tail = self._tails.get(end + 1)
        if tail and last.kind == "group":
            end = tail
        return Actor(start, end, first.kind, self.page.text[start:end], quantified=quantifier is not None)

    # -- look-up -------------------------------------------------------------
    def ending_before(self, place: int) -> Actor | None:
        index = bisect_right(self._ends, place) - 1
        return self.found[index] if index >= 0 else None

    def starting_at(self, place: int) -> Actor | None:
        index = bisect_left(self._starts, place)
        return self.found[index] if index < len(self.found) and self._starts[index] == place else None

    def between(self, start: int, end: int) -> tuple[Actor, ...]:
        first = bisect_left(self._starts, start)
        return self.found[first : bisect_left(self._starts, end, first)]

    def name_of(self, actor: Actor) -> str:
        """How a speaker or addressee is shown: completed where the printed words leave the unit out."""
        if actor.person:
            return actor.person.name
        text = actor.text
        if actor.kind == "reference":
            return _HONORIFIC_HEAD.sub("", text)
        even = _EVEN.match(text)
        text = text[even.end() :] if even else text
        body = self.bodies.starting_at(actor.start)
        if body and body.end == actor.end:
            return self.setting.completed(body)
        return self.setting.completed_words(text, actor.start)


_EVEN = re.compile(r"(?:cả|còn|riêng) (?=hai|ba|bốn)", re.I)
_HONORIFIC_HEAD = re.compile(r"^(?:đồng chí|đ/c|ông|bà) ", re.I)

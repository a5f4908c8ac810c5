"""Who is who: every mention of a name led to one person with the posts said anywhere in the text."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from thongsuot.kernel import fold
from thongsuot.reading.mentions.organisations import Bodies
from thongsuot.reading.mentions.people import NameMention, Names
from thongsuot.reading.mentions.titles import Chain, Title
from thongsuot.reading.page import REPEATING, Kind
from thongsuot.reading.setting import Setting

# Between a name and the posts after it, and between posts and the name after them.
_NAME_TO_POST = re.compile(
    r"(?:, | - |-| \(|: | là |, là |, hiện là |, nguyên là | hiện là |,? làm | giữ chức |, giữ chức vụ "
    r"| với vai trò )$"
)
_POST_TO_NAME = re.compile(
    r"^(?: |, |: | là | - )(?:đồng chí |đ/c |ông |bà |(?:đại|thượng|trung|thiếu) (?:tá|úy|tướng) "
    r"|tiến sĩ |thạc sĩ |ts\.? |ths\.? |các đồng chí |anh |chị |là |có |gồm )*:? ?$"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")

folded = lru_cache(maxsize=2048)(fold)  # names and posts are compared with one another over and over


@dataclass
class Person:
    name: str
    mentions: list[NameMention] = field(default_factory=list)
    titles: list[tuple[Title, str | None]] = field(default_factory=list)  # with the completed body

    @property
    def given(self) -> str:
        return self.name.split(" ")[-1].lower()

    @property
    def posts(self) -> list[tuple[Title, str | None]]:
        return [(title, body) for title, body in self.titles if not title.is_meeting_part]


class Cast:
    def __init__(self, bodies: Bodies, chains: tuple[Chain, ...], names: Names, setting: Setting) -> None:
        self.page, self.bodies, self.setting = bodies.page, bodies, setting
        self.people: dict[str, Person] = {}
        self.of_mention: dict[int, Person] = {}  # where a mention starts -> person
        self._gather(names.mentions)
        self._attach(chains, names.mentions)

    def _gather(self, mentions: Iterable[NameMention]) -> None:
        mentions = list(mentions)
        for mention in mentions:
            if mention.full:
                person = self.people.setdefault(folded(mention.name), Person(mention.name))
                person.mentions.append(mention)
                self.of_mention[mention.start] = person
        for mention in mentions:
            if not mention.full:
                person_meant = self._by_given_name(mention)
                if person_meant:
                    self.of_mention[mention.start] = person_meant

    def _by_given_name(self, mention: NameMention) -> Person | None:
        """ "ông Khoát" is the Khoát last named in full."""
        ending = " " + folded(mention.name)
        known = [p for key, p in self.people.items() if key.endswith(ending)]
        if not known:
            return None
        before = [p for p in known if p.mentions[0].start < mention.start]
        return max(
            before or known,
            key=lambda p: max((m.start for m in p.mentions if m.start < mention.start), default=-1),
        )

    def _attach(self, chains: tuple[Chain, ...], mentions: tuple[NameMention, ...]) -> None:
        full = [m for m in mentions if m.start in self.of_mention]
        ends, starts = [m.end for m in full], [m.start for m in full]
        for chain in chains:
            if self.page.kind_at(chain.start) == Kind.META:
                continue
            person = self._named_before(chain, full, ends) or self._named_after(chain, full, starts)
            if person:
                self._add(person, chain)

    def _named_before(self, chain: Chain, full: list[NameMention], ends: list[int]) -> Person | None:
        index = bisect_right(ends, chain.start) - 1
        if index < 0:
            return None
        between = self.page.shade[full[index].end : chain.start]
        if len(between) > 60 or "\n" in between:
            return None
        plain = _IN_BRACKETS.sub("", between)
        return (
            self.of_mention[full[index].start] if _NAME_TO_POST.fullmatch(plain.replace("  ", " ")) else None
        )

    def _named_after(self, chain: Chain, full: list[NameMention], starts: list[int]) -> Person | None:
        index = bisect_right(starts, chain.end - 1)
        if index >= len(full):
            return None
        between = self.page.shade[chain.end : full[index].start]
        if len(between) > 30 or not _POST_TO_NAME.match(between):
            return None
        return self.of_mention[full[index].start]

    def _add(self, person: Person, chain: Chain) -> None:
        repeated = self.page.kind_at(chain.start) in REPEATING
        for title in chain.titles:
            body = self.setting.completed(title.body) if title.body else None
            if title.text.lower() in _NO_POSTS and (
                title.body is None or title.text.lower() in ("chủ trì", "chủ tọa")
            ):
                continue
            if title.body is None and title.text.lower() in _NEEDS_BODY and not title.is_meeting_part:
                body = self._body_by_apposition(chain) or self._body_named_before(title)
            if not any(_same_title(title, body, old, known) for old, known in person.titles):
                if repeated and any(old.text.lower() == title.text.lower() for old, _ in person.titles):
                    continue
                person.titles.append((title, body))

    def _body_named_before(self, title: Title) -> str | None:
        """ "Giám đốc Trung tâm" of the centre named earlier in full."""
        head = self.page.shade[title.start + len(title.text) : title.end].strip()
        if not head:
            return None
        for body in reversed(self.bodies.found):
            if body.start < title.start and body.head.startswith(head) and len(body.text) > len(head):
                return self.setting.completed(body)
        return None

    def _body_by_apposition(self, chain: Chain) -> str | None:
        """ "Phía Sở Nội vụ, bà X - Phó Giám đốc Sở" """
        start, _ = self.page.sentence_at(chain.start)
        for body in reversed(self.bodies.found):
            if start <= body.start < chain.start:
                return self.setting.completed(body)
        return None


_NO_POSTS = {"chủ trì", "chủ tọa", "cán bộ", "công chức", "đại biểu", "nhân viên", "thường trực"}
_NEEDS_BODY = {"giám đốc", "phó giám đốc", "chủ tịch", "phó chủ tịch", "bí thư", "phó bí thư"}


def _same_title(title: Title, body: str | None, old: Title, known: str | None) -> bool:
    if folded(title.text) != folded(old.text):
        return False
    if body is None or known is None:
        return True
    one, other = folded(body), folded(known)
    return one == other or one.startswith(other) or other.startswith(one)

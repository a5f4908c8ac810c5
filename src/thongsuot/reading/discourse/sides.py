"""On whose side somebody speaks: above, below, or among the people."""

import re
from dataclasses import dataclass
from functools import lru_cache

from thongsuot.reading.cast import Person
from thongsuot.reading.discourse.actors import Actor, Actors
from thongsuot.reading.lexicon import Lexicon
from thongsuot.reading.lexicon.patterns import any_of
from thongsuot.reading.meeting.facts import Facts
from thongsuot.reading.meeting.roles import Roles

VOTER, COMMUNE, PROVINCE, CENTRE = 0, 1, 2, 3
_VOTERS = re.compile(
    r"\b(?:cử tri|người dân|bà con|hộ dân|đại biểu|nhân dân|công nhân|tiểu thương|doanh nghiệp|chủ nhà trọ)\b"
)
_OF_COMMUNE = re.compile(r"\b(?:phường|xã|đặc khu)\b")
_OF_PROVINCE = re.compile(r"\b(?:thành ủy|tỉnh ủy|sở|tỉnh|thành phố|tp|tphcm)\b")
_OF_CENTRE = re.compile(r"\b(?:trung ương|chính phủ|quốc hội|bộ chính trị|ban bí thư|thủ tướng)\b")
_VISITORS = re.compile(
    r"\b(?:tổ công tác|đoàn công tác|đoàn giám sát|tổ giám sát|đoàn kiểm tra|tổ đại biểu)\b"
    r"|(?<!tập )(?<!công )(?<!quân )\bđoàn\b(?! (?:thể|thanh niên|viên|tncs|phường|xã|luật|kinh tế"
    r"|kết))"
)


def is_visitor(words: str) -> bool:
    """True of those who came to look, as against "đoàn thể" and the like."""
    return ("đoàn" in words or "tổ" in words) and bool(_VISITORS.search(words))


@dataclass(frozen=True)
class Speaker:
    name: str | None
    rank: int | None
    superior: bool
    person: Person | None = None
    actor: Actor | None = None
    is_voter: bool = False


@lru_cache(maxsize=4096)
def _rank_of_words(lexicon: Lexicon, text: str) -> int | None:
    """Level of government of a body or group by its name: the longest known phrase in it decides."""
    if _OF_COMMUNE.search(text) and not _OF_PROVINCE.search(text):
        return COMMUNE
    if not _OF_CENTRE.search(text) and _OF_PROVINCE.search(text):
        return PROVINCE
    found = any_of(frozenset(lexicon.ranks), before=r"(?<!\w)", after=r"(?!\w)").findall(text)
    return lexicon.ranks[max(found, key=len)] if found else None


class Sides:
    def __init__(self, lexicon: Lexicon, actors: Actors, facts: Facts, roles: Roles) -> None:
        self.lexicon, self.actors, self.facts = lexicon, actors, facts
        self.leading = {p.name for p in roles.holders("leads", "chairs", "concludes")}
        self.delegates = self.leading | {p.name for p in roles.holders("attends")}
        self.chair = next(iter(roles.holders("leads", "chairs")), None)
        self._ranks_of_people: dict[str, int | None] = {}
        self._ranks: dict[int, int | None] = {}  # by where the actor stands
        self._speakers: dict[tuple[str, int], Speaker] = {}

    def rank_of_words(self, words: str) -> int | None:
        return _rank_of_words(self.lexicon, words.lower())

    def rank_of_person(self, person: Person) -> int | None:
        if person.name not in self._ranks_of_people:
            ranks = (self.rank_of_words(body or title.text) for title, body in person.titles)
            known = [rank for rank in ranks if rank is not None]
            self._ranks_of_people[person.name] = max(known, default=None)
        return self._ranks_of_people[person.name]

    def rank_of(self, actor: Actor) -> int | None:
        if actor.person:
            return self.rank_of_person(actor.person)
        if actor.start not in self._ranks:
            self._ranks[actor.start] = self._rank_of_group(actor)
        return self._ranks[actor.start]

    def _rank_of_group(self, actor: Actor) -> int | None:
        if actor.kind == "unit" and not actor.quantified:
            return PROVINCE if re.match(r"(?:tp|thành phố|tỉnh)", actor.text.lower()) else COMMUNE
        words = actor.text.lower()
        if is_visitor(words):
            return PROVINCE
        if self.facts.kind == "voter-meeting" and "đại biểu" in words:
            return PROVINCE
        if _VOTERS.search(words):
            return VOTER
        return self.rank_of_words(words)

    def speaker(self, actor: Actor | None, person: Person | None) -> Speaker:
        person = person or (actor.person if actor else None)
        if person:
            return self.of_person(person, actor)
        if actor is None:
            return Speaker(None, None, False)
        rank = self.rank_of(actor)
        voter = rank == VOTER
        superior = rank is not None and rank >= PROVINCE
        return Speaker(self.actors.name_of(actor), rank, superior, None, actor, voter)

    def of_person(self, person: Person, actor: Actor | None = None) -> Speaker:
        key = person.name, actor.start if actor else -1
        if key not in self._speakers:
            self._speakers[key] = self._speaking(person, actor)
        return self._speakers[key]

    def _speaking(self, person: Person, actor: Actor | None) -> Speaker:
        rank = self.rank_of_person(person)
        voter = (actor is not None and "cử tri" in actor.text.lower()) or any(
            t.text.lower() == "cử tri" for t, _ in person.titles
        )
        if voter or (
            rank is None
            and self.facts.kind == "voter-meeting"
            and person.name not in self.delegates
            and not person.titles
        ):
            return Speaker(person.name, VOTER, False, person, actor, True)
        if self.facts.kind == "voter-meeting" and person.name in self.delegates:
            return Speaker(person.name, max(rank or PROVINCE, PROVINCE), True, person, actor)
        superior = (
            person.name in self.leading
            and (rank is None or rank >= PROVINCE or self.facts.kind in ("conference", "directive", "other"))
        ) or (rank or 0) >= PROVINCE
        return Speaker(person.name, rank, superior, person, actor)

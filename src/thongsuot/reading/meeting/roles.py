"""The parts people play: who leads, chairs, concludes, hosts, attends, speaks."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from thongsuot.reading.cast import Person
from thongsuot.reading.discourse.actors import Actor, Actors
from thongsuot.reading.discourse.openings import Openings
from thongsuot.reading.mentions.people import NameMention
from thongsuot.reading.page import Block, Kind, Page

_LEADS = re.compile(
    r"\b(?:làm|là|giữ vai trò|với vai trò|với tư cách) (?:tổ trưởng|trưởng đoàn|trưởng tổ)|\bdẫn đầu\b"
    r"|\blàm trưởng (?:đoàn|tổ)|\bdẫn đoàn\b|\bphụ trách đoàn\b|\b(?:cùng"
    r"|và)(?: các thành viên)? (?:đoàn|tổ) (?:công tác|giám sát|kiểm tra|khảo sát)\b"
)
_LEAD_TITLES = re.compile(r"^(?:tổ trưởng|trưởng đoàn)(?! (?:tổ )?(?:dân phố|đại biểu))")
_CHAIRS = re.compile(
    r"\b(?:đồng |cùng )?(?:chủ trì|chủ tọa|chủ trì, điều hành)\b(?! (?:thực hiện|tham mưu|"
    r"xây dựng|soạn|giải quyết|xử lý|rà|đề xuất"
    r"|tổng hợp|báo cáo|tháo gỡ|kiểm tra|theo dõi|hướng dẫn|triển khai|khảo sát lập|thẩm định|"
    r"đôn đốc|lập|trình))(?!,? phối hợp)"
    r"|\b(?:đồng )?(?:điều hành|dẫn dắt|cầm trịch|điều khiển)\b(?=(?: và (?:phát biểu |"
    r")(?:kết luận|chỉ đạo|điều hành))?"
    r"(?: (?:phần|buổi|hội nghị|cuộc|kỳ họp|phiên|lễ|làm việc|thảo luận|hỏi đáp|chung|có|là|"
    r"gồm|của|tại|tọa đàm|đối thoại|diễn đàn"
    r"|chương trình|\()|[.,;:]|$|\n))|\b(?:ngồi )?ghế chủ tọa\b"
)
_BEFORE_CHAIR = 10  # more than "ngồi ghế " before the mark
_LED_BY = re.compile(r"(?:dưới sự )?(?:chủ trì|điều hành) của ")
_HOSTS = re.compile(
    r"(?:cùng )?(?:tiếp(?: đón)?|đón tiếp|đón|tiếp và làm việc|đón và làm việc"
    r"|làm việc)\b[^.;:]{0,40}\b(?:đoàn|tổ công tác|tổ giám sát)\b|về phía (?:phường|xã|đặc khu"
    r"|địa phương|đơn vị|đảng ủy)"
)
_ATTENDS = re.compile(
    r"(?:các )?thành viên(?: đoàn| tổ)? ?(?:gồm)?:|(?:đại diện|phía|bên|đơn vị|địa phương|"
    r"khách mời) [^:.]{0,40}:|(?:cùng |tới |đến |về |tham |cùng tham )?(?:dự|tham dự|tham gia"
    r"|đi)\b(?! (?:ý kiến|thảo luận"
    r"|phát biểu|góp ý|giải trình|tham luận|án|kiến|toán|thảo|báo))|cùng (?:dự|đi|tham gia)"
    r"|(?:thành phần )?tham dự|dự và|có mặt|về dự|tới dự|đến dự|tham gia (?:đoàn|buổi|cùng)"
    r"|(?:hội nghị|buổi làm việc|buổi giám sát|cuộc họp) (?:có|còn có) (?:sự )?(?:tham dự|tham gia"
    r"|sự có mặt)|về phía (?:thành phố|tỉnh|sở|đoàn)|dự hội nghị|dự buổi"
)
_ATTENDING = re.compile(
    r",? ?(?:cùng )?(?:tới |đến |về |tham )?(?:dự|tham dự|tham gia)\b(?! (?:án|thảo|toán|kiến|báo|phòng))"
)
_DELEGATES = re.compile(
    r"\b(?:đại biểu|đoàn|tổ|thành viên|nhóm)\b[^.;:]{0,80}?\b(?:gồm"
    r"|là)(?: có)?(?: các)?:? (?=(?:các )?(?:ông|bà|đồng chí|đ/c)\b)"
)
_CONCLUDES = re.compile(
    r"kết luận|bế mạc|tổng kết|khép lại (?:buổi|hội nghị|diễn đàn|cuộc|phiên)|kết thúc,"
    r"|chốt lại (?:mấy|các|một số|những|buổi|vấn đề)|nói lời cuối|thay lời kết|phát biểu sau cùng"
)
_LEADER = re.compile(r"\b(?:người (?:dẫn đầu|đứng đầu|làm trưởng|chủ trì)|trưởng đoàn|tổ trưởng|chủ tọa)\b")
_PRESENT = re.compile(r"thành phần|tham dự|có mặt|đại biểu dự|người (?:tham gia|dự)|tham gia|thành viên")
_ABSENT = re.compile(r"vắng")
_MANY = ("các đồng chí", "hai đồng chí", "các ông", "các đ/c", "các bà", "ông bà")
_TELLING = frozenset({Kind.BODY, Kind.ITEM, Kind.LETTERHEAD})
_SPEECH = frozenset({"say", "ask", "order", "complain", "promise", "praise", "conclude"})


class _Sentence(NamedTuple):
    block: Block
    start: int
    end: int
    words: str  # in lower case
    people: list[Actor]


class RoleFact(NamedTuple):
    role: str
    person: Person
    start: int
    end: int
    rule: str


class Roles:
    def __init__(self, page: Page, actors: Actors, openings: Openings, official: bool) -> None:
        self.page, self.actors, self.openings = page, actors, openings
        self.scan = actors.scan
        self.facts: dict[tuple[str, str], RoleFact] = {}
        self._sentences = [
            _Sentence(block, start, end, page.shade[start:end], self._people(start, end))
            for block in page.blocks
            if block.kind in _TELLING
            for start, end in page.sentences_in(block)
        ]
        self._read_body()
        self._read_attendance()
        self._leader_concludes()
        self._read_speakers()

    def holders(self, *roles: str) -> list[Person]:
        facts = [fact for fact in self.facts.values() if fact.role in roles]
        return [fact.person for fact in sorted(facts, key=lambda f: (roles.index(f.role), f.start))]

    # -- helpers -------------------------------------------------------------
    def _add(self, role: str, person: Person | None, place: int, rule: str) -> None:
        if person is None:
            return
        mention = self._mention(person, place)
        key = (role, person.name)
        if key not in self.facts and mention:
            self.facts[key] = RoleFact(role, person, mention.start, mention.end, rule)

    def _mention(self, person: Person, place: int) -> NameMention | None:
        """The full name nearest to where the role is told."""
        return min(person.mentions, key=lambda m: abs(m.start - place), default=None)

    def _people(self, start: int, end: int) -> list[Actor]:
        return [a for a in self.actors.between(start, end) if a.kind in ("person", "reference") and a.person]

    # -- reading -------------------------------------------------------------
    def _read_body(self) -> None:
        for sentence in self._sentences:
            if sentence.people and sentence.block.kind != Kind.LETTERHEAD:
                self._leads(sentence)
                self._chairs(sentence)
                self._hosts_and_guests(sentence)
            self._concludes(sentence)

    def _leads(self, sentence: _Sentence) -> None:
        _, start, end, words, people = sentence
        if _ABSENT.match(words):
            return
        if "đoàn" not in words and "tổ trưởng" not in words and "dẫn đầu" not in words:
            return
        for match in _LEADS.finditer(self.page.shade, start, end):
            before = _before(people, match.start())
            if before:
                self._add("leads", before[-1].person, match.start(), "role.leads")
            else:
                after = _after(people, match.end())
                if after and after[0].start - match.end() < 40:
                    self._add("leads", after[0].person, match.start(), "role.leads")
        for actor in people:
            person = actor.person
            for title, _ in person.titles if person else ():
                if (
                    actor.start <= title.start < actor.end
                    and title.is_meeting_part
                    and _LEAD_TITLES.match(title.text.lower())
                ):
                    body = self.page.shade[title.end - 24 : title.end + 24]
                    if not re.search(r"đại biểu|đbqh", body):
                        self._add("leads", person, actor.start, "role.leads-title")

    def _chairs(self, sentence: _Sentence) -> None:
        _, start, end, words, people = sentence
        told = self.scan.first("chair", start, end)
        if told < 0:
            return
        shade = self.page.shade
        for match in _CHAIRS.finditer(shade, max(start, told - _BEFORE_CHAIR), end):
            led = _LED_BY.match(shade, match.start())
            before = _before(people, match.start())
            at_head = match.start() - start < 24 and not before
            if led or at_head:
                after = _after(people, match.end())
                for actor in after if at_head and not led else after[:1]:
                    self._add("chairs", actor.person, match.start(), "role.chairs-list")
                continue
            if (
                before
                and match.start() - before[-1].end < 60
                and ";" not in shade[before[-1].end : match.start()]
            ):
                if self._is_told_of_others(before[-1], match.start()):
                    continue
                both = match[0].startswith(("đồng", "cùng")) or words.startswith(_MANY)
                for actor in self._joined(before, both):
                    self._add("chairs", actor.person, match.start(), "role.chairs")

    def _is_told_of_others(self, actor: Actor, place: int) -> bool:
        between = self.page.shade[actor.end : place]
        return bool(re.search(r"\b(?:giao|yêu cầu|đề nghị|kiến nghị|chỉ đạo|do)\b", between))

    def _joined(self, people: list[Actor], both: bool) -> list[Actor]:
        if not both:
            return people[-1:]
        kept = people[-1:]
        for actor in reversed(people[:-1]):
            if self.page.shade[actor.end : kept[0].start].strip(" ,;") in ("", "và", "cùng", "cùng với"):
                kept.insert(0, actor)
        return kept

    def _hosts_and_guests(self, sentence: _Sentence) -> None:
        _, start, _, words, people = sentence
        if _HOSTS.match(words):
            for actor in people:
                self._add("hosts", actor.person, actor.start, "role.hosts")
            return
        opening = _ATTENDS.match(words)
        if opening and not _before(people, start + opening.end()):
            if "chủ trì" in words[:40]:
                return
            for actor in people:
                self._add("attends", actor.person, actor.start, "role.attends-list")
            return
        listed = _DELEGATES.search(words) if "gồm" in words else None
        if listed:
            for actor in _after(people, start + listed.end() - 4):
                self._add("attends", actor.person, actor.start, "role.attends-delegates")
            return
        for actor in people:
            if _ATTENDING.match(self.page.shade, actor.end):
                self._add("attends", actor.person, actor.start, "role.attends")

    def _concludes(self, sentence: _Sentence) -> None:
        block, start, end, words, people = sentence
        may_match = self.scan.has("conclusion", start, end)
        match = _CONCLUDES.search(words) if may_match else None
        if not match or match.start() > 160:
            return
        if block.kind == Kind.LETTERHEAD:
            if people and match.start() < 40:
                self._add("concludes", people[0].person, people[0].start, "role.concludes-title")
            return
        for opening in self.openings.in_sentence(start, end):
            if opening.act != "conclude" or not _CONCLUDES.search(opening.cue):
                continue
            subject = (
                opening.person
                or next((a.person for a in people if a.start >= opening.end), None)
                or self._spoken_of(start, end)
            )
            self._add("concludes", subject, opening.start, "role.concludes")
            return
        if match.start() < 30 and people:
            self._add("concludes", people[0].person, people[0].start, "role.concludes-head")
        else:
            place = start + match.start()
            before = [a for a in people if a.end <= place and place - a.end < 45]
            if before and re.search(r"(?:và|,) (?:phát biểu )?(?:kết luận|bế mạc)|có ý kiến kết luận", words):
                self._add("concludes", before[-1].person, before[-1].start, "role.concludes")

    def _spoken_of(self, start: int, end: int) -> Person | None:
        """ "Kết luận hội nghị, đồng chí yêu cầu": the person named last; "người dẫn đầu đoàn": the leader."""
        if _LEADER.search(self.page.shade, start, end):
            return next(iter(self.holders("leads", "chairs")), None)
        if not any(actor.kind == "pronoun" for actor in self.actors.between(start, end)):
            return None
        before = self._people(0, start)
        return before[-1].person if before else None

    def _leader_concludes(self) -> None:
        """Without a word of conclusion, the leader's closing directions conclude."""
        if any(role == "concludes" for role, _ in self.facts):
            return
        leaders = {p.name for p in self.holders("leads")}
        for sentence in self._sentences:
            if sentence.start < len(self.page.shade) // 2:
                continue
            for opening in self.openings.in_sentence(sentence.start, sentence.end):
                if (
                    opening.person
                    and opening.person.name in leaders
                    and opening.act in ("order", "ask", "praise", "say", "conclude")
                ):
                    self._add("concludes", opening.person, opening.start, "role.concludes-leader")
                    return

    def _read_attendance(self) -> None:
        """Items under "THÀNH PHẦN" in minutes."""
        level, listing, absent = 0, False, False
        for block in self.page.blocks:
            shade = self.page.shade[block.body : block.end]
            if block.kind != Kind.ITEM:
                if shade.endswith(":"):  # "Thành phần tham dự:" without a number of its own
                    level, listing = 0, bool(_PRESENT.search(shade)) and len(shade) < 60
                elif listing and level and not _ABSENT.match(shade):
                    self._attending_line(block)
                continue
            if not listing:
                if _PRESENT.search(shade) and len(shade) < 60:
                    level, listing = block.level, True
                continue
            if block.level <= level:
                listing = bool(_PRESENT.search(shade))
                continue
            absent = bool(_ABSENT.search(shade))
            if not absent:
                for actor in self._people(block.body, block.end):
                    self._attending(actor, block)

    def _attending_line(self, block: Block) -> None:
        """A line of its own for each person under the heading."""
        people = self._people(block.body, block.end)
        if people and people[0].start - block.body < 12:
            for actor in people:
                self._attending(actor, block)

    def _attending(self, actor: Actor, block: Block) -> None:
        key = actor.person.name if actor.person else ""
        after = self.page.shade[actor.end : actor.end + 24]
        around = self.page.shade[actor.start : actor.end]
        if re.search(r"chủ trì|chủ tọa|điều hành", around + after.split(";")[0]):
            self._add("chairs", actor.person, actor.start, "role.chairs-list")
        elif ("leads", key) not in self.facts and ("chairs", key) not in self.facts:
            self._add("attends", actor.person, actor.start, "role.attends-minutes")

    def _read_speakers(self) -> None:
        concluders = {person.name for person in self.holders("concludes")}
        for sentence in self._sentences:
            if sentence.block.kind == Kind.LETTERHEAD:
                continue
            for opening in self.openings.in_sentence(sentence.start, sentence.end):
                person = opening.person
                if person and opening.act in _SPEECH and person.name not in concluders:
                    self._add("speaks", person, opening.start, "role.speaks")
            self._labelled(sentence, concluders)

    def _labelled(self, sentence: _Sentence, concluders: set[str]) -> None:
        """ "- Đ/c X: ..." in minutes, "* Cử tri Y (phường Z): ..." """
        if sentence.start > sentence.block.body + 2:
            return
        actor = next(iter(_before(sentence.people, sentence.start + 12)), None)
        if (
            actor
            and actor.person
            and actor.person.name not in concluders
            and self.page.shade.startswith((":", " :"), actor.end)
        ):
            self._add("speaks", actor.person, actor.start, "role.speaks-label")

    def add_heard(self, heard: Iterable[tuple[Person, int]]) -> None:
        """Whoever asked, directed or promised something also spoke."""
        concluders = {person.name for person in self.holders("concludes")}
        for person, place in heard:
            if person.name not in concluders:
                self._add("speaks", person, place, "role.speaks-item")
        self._read_captions()

    def _read_captions(self) -> None:
        """A caption counts only for people the body gives no part."""
        known = {fact.person.name for fact in self.facts.values()}
        for block in self.page.blocks:
            if block.kind == Kind.CAPTION and re.search(
                r"phát biểu|báo cáo|nêu ý kiến|trình bày", self.page.shade[block.start : block.end]
            ):
                for actor in self._people(block.start, block.end)[:1]:
                    if actor.person and actor.person.name not in known:
                        self._add("speaks", actor.person, actor.start, "role.speaks-caption")


def _before(people: list[Actor], place: int) -> list[Actor]:
    return [actor for actor in people if actor.start < place]


def _after(people: list[Actor], place: int) -> list[Actor]:
    return [actor for actor in people if actor.start >= place]

"""Where a sentence says that somebody speaks: the verb, and who its subject is."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from thongsuot.reading.cast import Person
from thongsuot.reading.discourse.actors import Actor, Actors
from thongsuot.reading.lexicon import Hit, Scan
from thongsuot.reading.lexicon.patterns import alternatives
from thongsuot.reading.page import Page

_CLASSES = (
    "conclude",
    "promise",
    "order",
    "ask",
    "complain",
    "praise",
    "say",
)  # a verb of two classes takes the earlier
# A cue word after one of these is a noun: "các kiến nghị", "theo yêu cầu".
_NOUN_BEFORE = re.compile(
    r"\b(?:các|những|mọi|nhóm|ý kiến|nội dung|việc|sự|lời|bản|số|kết quả|giải quyết|tiếp thu|đáp ứng"
    r"|công tác|tất cả|thực hiện|ngoài|một số|nhiều|từng|"
    r"chương trình|kế hoạch|dự thảo|theo|tổng hợp|văn bản|được|bị|trình|tinh thần|ghi nhận|xem xét"
    r"|trả lời|chuyển|về|có|nhận|của|sau khi|đơn|bài|toàn bộ|cuộc|buổi|hội nghị|thông báo|qua|trước"
    r"|vượt|gửi|nêu|nghe|thay|xét|và các) $"
)
_NOUN_REACH = 24  # more than the longest of them
_NOUN_AFTER = re.compile(
    r" (?:của|này|đó|trên|nói trên|nêu trên|chính đáng|vượt thẩm quyền|tại buổi|tại hội nghị,)\b"
)
_NOUN_CUES = frozenset(
    {
        "hẹn",
        "muốn",
        "ước",
        "kiến nghị",
        "đề xuất",
        "đề nghị",
        "yêu cầu",
        "báo cáo",
        "chỉ đạo",
        "kết luận",
        "phản ánh",
        "giải trình",
        "trả lời",
        "giao",
        "đánh giá",
        "cam kết",
        "mong muốn",
        "kỳ vọng",
        "lo",
        "than",
        "chốt",
        "kêu",
        "nhắc",
        "khen",
        "kể",
        "hỏi",
        "nói",
        "nêu",
        "quyết tâm",
        "xin",
        "gợi ý",
        "định hướng",
        "phân công",
        "tổng kết",
        "trao đổi",
        "hứa",
        "mong",
        "đôn đốc",
        "ghi nhận",
        "phân tích",
        "bổ sung thêm",
        "thảo luận",
        "nguyện vọng",
        "tham luận",
    }
)
# Everyday verbs that tell of speech only with a person before them.
_OF_PEOPLE = frozenset(
    {
        "bảo đảm",
        "đảm bảo",
        "bảo",
        "ước",
        "hẹn",
        "nhấn",
        "nhờ",
        "bảo rằng",
        "thưa",
        "nhắn",
        "cảnh báo",
        "lên tiếng",
        "nói điều",
    }
)
# A verb that is only the first half of another word.
_COMPOUND = {
    phrase: re.compile(rf" (?:{rest})\b")
    for phrase, rest in {
        "kể": "từ|cả|trên",
        "bảo": "đảm|vệ|hiểm|tồn|trì|dưỡng|hộ|lãnh|mật|tàng|quản|trợ|lưu|chứng|hành",
        "ước": "tính|đạt|khoảng|lượng|chừng|vọng|mơ|thực",
        "hẹn": "giờ|trả|gặp|hò",
        "nhờ": "đó|vậy|thế|có|nguồn|sự|chuyển",
        "nhấn": "nút|chuông",
        "muốn": "vậy|thế|làm được|nạo vét phải",
        "hy vọng": "là",
        "nói": "trên|chung|riêng|chuyện|được",
        "lo": "cho|liệu|toan",
        "giao": "thông|dịch|lưu|đất|tiếp|nhau|thoa|thương|hữu|diện",
        "hỏi": "đáp|thăm",
        "báo cáo": "viên|số",
        "trả lời": "phỏng vấn",
        "đánh giá": "chung",
        "chỉ đạo": "điều hành",
        "xin": "lỗi|nghỉ|thôi|việc",
        "chốt": "trực|chặn|dân quân",
        "than": "đá|củi",
        "hứa": "hẹn",
        "kêu": "cứu",
        "thúc": "đẩy",
        "nhắc": "đến",
        "đề xuất": "phương án|giải pháp",
        "giải trình": "trước",
    }.items()
}
_THEO = re.compile(
    r"\b(?:cũng |còn |nguyên nhân, )?theo (?:báo cáo của |ý kiến của |phản ánh của |ghi nhận của |lời )?$"
)
_AFTER_THEO = re.compile(r",? (?:thì |là )?(?=[^\W\d_])|, ")
_GAP_WORDS = re.compile(r"^[ ,\-]*(?P<words>[^.;:\"“”]*?)[ ,]*$")
_QUOTE = re.compile(r"[\"“][^\"”]{10,}[\"”]")
_COLON_QUOTE = re.compile(r",?(?: [^\W\d_]+){0,3} ?: ?[\"“]")
# A speaker stands at the head of a clause; "tuyến đường ông Mót nêu" has none.
_BEFORE_SUBJECT = re.compile(
    r"(?:^|[,;:.\-\"“(]|\b(?:còn|và|do|song|nhưng|rồi|thì|đó|đây|hội nghị|giám sát|làm việc|là|khi|nghe"
    r"|theo|có|cùng|tiếp xúc|cuộc họp|báo cáo|ý kiến|kết luận|dịp này|tư cách|vai trò|sau đó))\s*$"
)
_RESIDENCE = re.compile(
    r",? (?:ở |trú )?(?:thôn|ấp|khu phố|tổ|tổ dân phố|khóm|buôn|làng|bản|xã|phường|khu) [^.;:,]{1,40} "
)
_FRONTED_TOPIC = re.compile(r"(?:đối với|về|riêng|liên quan|để|trước mắt|nhằm|trên cơ sở) [^.;:,]{3,90}$")
_APPOSITION = re.compile(r", [^.;:\"“”]{3,90},(?: [^\W\d_]+){0,2} ")
_ON_BEHALF = re.compile(r"\b(?:thay mặt|đại diện|đại diện cho|cùng|với|cho)(?: các| hai| ba)? $")
_SCENE = re.compile(
    r"(?:thay mặt|kết luận|phát biểu|theo|tại|về|trước|sau|trả lời|tiếp thu|giải trình|trao đổi"
    r"|đại diện|báo cáo|trình bày|cùng|mở đầu|kết thúc|là )"
)
_SECOND = re.compile(r"(?:, |; |và |đồng thời |còn |rồi )$")
_AFTER_COMMA = frozenset({"đề nghị", "kiến nghị", "yêu cầu", "lưu ý", "mong", "mong muốn", "cam kết", "hứa"})
_SECOND_CUES = frozenset(
    {
        "gợi ý",
        "nhận lời",
        "dặn",
        "kiến nghị",
        "đề nghị",
        "đề xuất",
        "yêu cầu",
        "lưu ý",
        "mong",
        "mong muốn",
        "cam kết",
        "hứa",
        "giao",
        "xin",
        "chỉ đạo",
    }
)
_ADVERBIAL = re.compile(r"^(?:tại|trong|sau khi|từ|qua|về|với|bằng|ngay|trước|trên|cho|đối với|khi) ")


@dataclass(frozen=True)
class Opening:
    start: int  # where the clause of this speaker begins
    end: int  # where what is said begins
    cue: str
    act: str  # class of the verb
    subject: Actor | None
    person: Person | None
    past: bool = False  # "đã giao": told as a result
    after_quote: bool = False  # what is said stands before


class Openings:
    def __init__(self, page: Page, actors: Actors, fillers: frozenset[str], scan: Scan) -> None:
        self.page, self.actors = page, actors
        self._fillers = _only(fillers)
        self._cues = _one_class(scan)
        self._places = [hit.start for _, hit in self._cues]
        self._known: dict[tuple[int, int], list[Opening]] = {}

    def in_sentence(self, start: int, end: int) -> list[Opening]:
        if (start, end) not in self._known:
            self._known[start, end] = self._look(start, end)
        return self._known[start, end]

    def _look(self, start: int, end: int) -> list[Opening]:
        words = self.page.shade[start:end]
        found = list(self._theo(start, end)) if "theo" in words else []
        if ":" in words:
            found += self._before_colon(start, end)
        for act, hit in self._cues_between(start, end):
            opening = self._read(act, hit, start, end) or self._coordinated(act, hit, found, start)
            if opening and not any(abs(opening.end - other.end) < 2 for other in found):
                found.append(opening)
        found.sort(key=attrgetter("end"))
        return _without_gerund(found)

    def _cues_between(self, start: int, end: int) -> Iterator[tuple[str, Hit]]:
        for act, hit in self._cues[bisect_left(self._places, start) : bisect_left(self._places, end)]:
            compound = _COMPOUND.get(hit.phrase)
            if hit.end <= end and not (compound and compound.match(self.page.shade, hit.end)):
                yield act, hit

    def _theo(self, start: int, end: int) -> Iterator[Opening]:
        """ "Theo ông Chung, ..." """
        for actor in self.actors.between(start, end):
            before = self.page.shade[max(start, actor.start - 60) : actor.start]
            if not _THEO.search(before) or (actor.kind == "body" and not self._is_speaking_body(actor)):
                continue
            after = _AFTER_THEO.match(self.page.shade, actor.end)
            if after and (", " in after[0] or "là" in after[0]):
                yield Opening(actor.start, after.end(), "theo", "say", actor, actor.person)

    def _before_colon(self, start: int, end: int) -> Iterator[Opening]:
        """ "Ông Nhỏ, Chủ tịch UBND xã, thẳng thắn: “...”" needs no verb of speech."""
        for actor in self.actors.between(start, end):
            match = _COLON_QUOTE.match(self.page.shade, actor.end) if actor.is_person else None
            if match and match.end() <= end:
                yield Opening(actor.start, match.end() - 1, ":", "say", actor, actor.person)

    def _after_other_verb(self, act: str, hit: Hit, start: int) -> Opening | None:
        """ "ông xin lỗi bà con và hứa ...": the person at the head of the clause."""
        if act != "promise" or not self.page.shade[start : hit.start].endswith("và "):
            return None
        person = next((a for a in self.actors.between(start, hit.start) if a.is_person), None)
        return Opening(hit.start, hit.end, hit.phrase, act, person, person.person) if person else None

    def _coordinated(self, act: str, hit: Hit, found: list[Opening], start: int) -> Opening | None:
        """ "bức xúc việc A, đồng thời kiến nghị B": the second verb has the first one's subject."""
        if act not in ("ask", "order", "promise") or hit.phrase not in _SECOND_CUES:
            return None
        if not found:
            return self._after_other_verb(act, hit, start)
        last = found[-1]
        before = self.page.shade[last.end : hit.start]
        if last.subject is None or _NOUN_AFTER.match(self.page.shade, hit.end) or not _SECOND.search(before):
            return None
        if before.endswith(", ") and hit.phrase not in _AFTER_COMMA and not before.endswith("đồng thời, "):
            return None
        if last.act in ("ask", "order") and ("đồng thời" not in before[-14:] or hit.phrase == "giao"):
            return None
        return Opening(hit.start, hit.end, hit.phrase, act, last.subject, last.person)

    def _is_speaking_body(self, actor: Actor) -> bool:
        return not re.search(r"\d|nghị quyết|quyết định", actor.text.lower())

    def _read(self, act: str, hit: Hit, start: int, end: int) -> Opening | None:
        shade = self.page.shade
        if hit.phrase == "giao" and self.page.text.startswith(" ban ", hit.end):
            return None  # "giao ban" is a briefing; "Giao Ban Tổ chức" is an order
        found = self._subject(hit, start)
        by_person = found is not None and found[0].is_person
        if hit.phrase in _NOUN_CUES and (
            _NOUN_AFTER.match(shade, hit.end) or (not by_person and self._after_noun(hit, start))
        ):
            return None
        if hit.phrase in _OF_PEOPLE and not by_person:
            return None
        if found and by_person and not _BEFORE_SUBJECT.search(shade[start : found[0].start]):
            return None
        if found:
            actor, past = found
            quote = self._is_after_quote(actor.start, start, hit.end, end)
            return Opening(actor.start, hit.end, hit.phrase, act, actor, actor.person, past, quote)
        if self._opens_sentence(shade[start : hit.start]):
            return Opening(hit.start, hit.end, hit.phrase, act, None, None)
        return None

    def _after_noun(self, hit: Hit, start: int) -> bool:
        return bool(_NOUN_BEFORE.search(self.page.shade, max(start, hit.start - _NOUN_REACH), hit.start))

    def _subject(self, hit: Hit, start: int) -> tuple[Actor, bool] | None:
        actor = self._nearest(hit.start, start)
        if actor is None or actor.start < start:
            return None
        gap = self.page.shade[actor.end : hit.start]
        words = _GAP_WORDS.match(gap)
        if not words or len(gap) > 70:
            return None
        inner = words["words"].strip()
        if actor.is_person and (_APPOSITION.fullmatch(gap) or _RESIDENCE.fullmatch(gap)):
            return actor, False
        past = " đã " in f" {inner} "
        if actor.is_person and inner.startswith(("thay mặt", "đại diện")) and len(inner.split()) <= 12:
            return actor, past
        if not inner or self._fillers.fullmatch(inner):
            return actor, past
        if (
            actor.is_person
            and (gap.startswith((",", " -", " (")) or gap.rstrip().endswith(","))
            and (_ADVERBIAL.match(inner) or len(inner.split()) <= 6)
        ):
            return actor, past
        if (
            actor.is_person
            and (_other_cue := re.search(r"\b(?:và|đồng thời|cũng)$", inner))
            and len(inner.split()) <= 12
        ):
            return actor, past
        return None

    def _nearest(self, place: int, start: int) -> Actor | None:
        """The actor right before a verb, stepping over "thay mặt xã X"."""
        actor = self.actors.ending_before(place)
        if actor is None or actor.is_person:
            return actor
        for earlier in reversed(self.actors.between(max(start, place - 130), actor.start)):
            if earlier.is_person:
                between = self.page.shade[earlier.end : place]
                if _APPOSITION.fullmatch(between) or _RESIDENCE.fullmatch(between):
                    return earlier
                break
        before = self.page.shade[start : actor.start]
        if not _ON_BEHALF.search(before):
            return actor
        person = self.actors.ending_before(actor.start)
        near = (
            person
            and person.is_person
            and person.start >= start
            and len(self.page.shade[person.end : actor.start]) < 24
        )
        return person if near else actor

    def _opens_sentence(self, before: str) -> bool:
        stripped = before.strip(' ,"“-')
        if before.rstrip().endswith(",") and _FRONTED_TOPIC.match(stripped):
            return True
        return stripped in (
            "",
            "đồng thời",
            "ngoài ra",
            "bên cạnh đó",
            "cùng với đó",
            "riêng",
            "qua đó",
            "theo đó",
            "từ đó",
            "trước mắt",
            "thời gian tới",
            "trong thời gian tới",
            "do đó",
            "vì vậy",
        )

    def _is_after_quote(self, subject: int, start: int, cue_end: int, end: int) -> bool:
        """True for “…”, ông Quang hứa."""
        rest = self.page.text[cue_end:end].strip(" .,!:")
        before = self.page.text[start:subject].rstrip()
        if len(rest) >= 12 or len(before) <= 15 or self.page.text[cue_end:end].strip().startswith(":"):
            return False
        quoted = any(mark in before for mark in '”"')
        return (quoted and before[-1] in ',-–”"') or (
            before[-1] == "," and len(before) > 40 and not _SCENE.match(before.lower())
        )


@cache
def _only(fillers: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:\s*\b(?:{alternatives(fillers)})\b,?)*\s*")


def _without_gerund(found: list[Opening]) -> list[Opening]:
    """ "Nêu những điểm nghẽn, đồng chí X cho biết": the first verb only sets the scene."""
    if (
        len(found) > 1
        and found[0].subject is None
        and found[1].subject is not None
        and found[0].act in ("say", "complain", "ask", "order", "promise")
    ):
        return found[1:]
    return found


def _one_class(scan: Scan) -> list[tuple[str, Hit]]:
    """Every cue with one class, the longest where several begin or overlap."""
    hits = [(hit[0], -hit[1], rank, hit) for rank, act in enumerate(_CLASSES) for hit in scan.of(act)]
    hits.sort()
    kept: list[tuple[str, Hit]] = []
    free = 0
    for start, _, rank, hit in hits:
        if start >= free:
            kept.append((_CLASSES[rank], hit))
            free = hit[1]
    return kept

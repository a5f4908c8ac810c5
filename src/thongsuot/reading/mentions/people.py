"""People by name: anchored by a word of address, a post or a known family name."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from thongsuot.reading.mentions.organisations import Bodies
from thongsuot.reading.mentions.titles import Chain
from thongsuot.reading.page import Kind, Page
from thongsuot.reading.page.letters import CAPITALS

_REST = r"(?:['’])?[^\W\d_]*(?:['’][^\W\d_]+)*"
# The capital stands first, so that the engine leaps from one to the next.
_RUN = re.compile(rf"[{CAPITALS}](?<![\w.].){_REST}(?: [{CAPITALS}]{_REST})*")
# Common nouns before which a name is that of a street, school or prize.
_NAMESAKE = re.compile(
    r"(?:đường|phố|hẻm|ngõ|cầu|trường|trường (?:tiểu học|thcs|thpt|mầm non)|tiểu học|thcs|thpt|mầm non"
    r"|mẫu giáo|công viên|chợ|bệnh viện|quảng trường|khu dân cư|"
    r"chung cư|rạch|kênh|giải thưởng|tư tưởng|quỹ|nhà thờ|đền|đình|chùa|tượng đài|khu|lăng|phong cách"
    r"|học tập và làm theo|bến|đảo|vịnh|thời|đại lộ|tỉnh lộ|ngã tư|ngã ba|ngã năm|vòng xoay|dự án|tuyến"
    r"|đoàn tncs|cộng sản|tp|tp\.|thành phố|ấp|thôn|buôn|bản|làng|khu phố|hồ|sông|núi|đèo|kỷ niệm"
    r"|danh hiệu|huân chương) $"
)
_STREET_LIST = re.compile(r"(?:đường|phố|tuyến|hẻm)[^.;:]{0,80}(?:, | và | - )$")
_NEVER_LAST = frozenset({"TPHCM", "UBND", "HĐND", "MTTQ", "TP", "Ảnh", "Tin"})
_HEADS = frozenset({"Tổ", "Đoàn", "Ban", "Sở", "Ủy"})
_BY_BIRTH = frozenset(
    ["hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "út"]
)  # "ông Mười Cẩn", as the South calls people
_TO_POST = re.compile(r", | - | \(|: ")
_LEADERS = {"ông", "bà", "anh", "chị", "cô", "chú", "bác", "cụ", "em"}


class NameMention(NamedTuple):
    start: int
    end: int
    name: str
    full: bool  # False for "ông Khoát", which stands for somebody named before
    anchored: bool
    honorific: int  # where the words of address begin; equal to start without them


def _blocked(bodies: Bodies, chains: tuple[Chain, ...]) -> list[tuple[int, int]]:
    spans = [(m.start, m.end) for m in bodies.places.mentions]
    spans += [(b.start, b.end) for b in bodies.found]
    spans += [(t.start, t.end) for chain in chains for t in chain.titles]
    return sorted(spans)


def _free_runs(page: Page, blocked: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words outside places, bodies and posts."""
    index = 0
    ends = [*[end for _, end in blocked], len(page.text) + 1]
    starts = [*[start for start, _ in blocked], len(page.text)]
    text = page.text
    for match in _RUN.finditer(text):
        start, end = match.span()
        while ends[index] <= start:
            index += 1
        place = index
        while starts[place] < end:
            if starts[place] > start:
                yield start, _trim(text, start, starts[place])
            if ends[place] > start:
                start = ends[place]
            place += 1
        while start < end and text[start] == " ":
            start += 1
        if start < end:
            yield start, end


def _words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = []
    for word in text[start:end].split(" "):
        after = start + len(word)
        if word:
            words.append((start, after))
        start = after + 1
    return words


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] == " ":
        end -= 1
    return end


class Names:
    """The names of one text."""

    def __init__(self, bodies: Bodies, chains: tuple[Chain, ...]) -> None:
        self.page, self.lexicon = bodies.page, bodies.lexicon
        self.honorifics = {hit.end: hit.start for hit in bodies.scan.of("honorific")}
        self.chain_ends = {chain.end: chain.start for chain in chains}
        self.chain_starts = frozenset(chain.start for chain in chains)
        self.blocked = _blocked(bodies, chains)
        self.mentions = tuple(m for run in _free_runs(self.page, self.blocked) if (m := self._read(*run)))

    def _read(self, start: int, end: int) -> NameMention | None:
        text, shade = self.page.text, self.page.shade
        if " " not in text[start:end] and self._anchor(start) is None:
            return None  # one word is a name only where somebody is addressed
        words = _words(text, start, end)
        if not words:
            return None
        words, leader = self._without_leader(words)
        if not words:
            return None
        begin = words[0][0]
        anchor = leader if leader is not None else self._anchor(begin)
        surname_at = self._surname_index(words, anchored=anchor is not None)
        if surname_at:
            words, anchor = words[surname_at:], None
            begin = words[0][0]
        words = self._cut(words)
        if not words:
            return None
        finish = words[-1][1]
        printed = text[begin:finish]
        first = shade[slice(*words[0])]
        known = first in self.lexicon.surnames
        if anchor is not None:
            full = (
                len(words) >= 2 and (known or len(words) >= 3 or len(first) == 1 or first in _BY_BIRTH)
            ) or "'" in printed
            if len(words) > 5 or len(printed) < 2:
                return None
            return NameMention(begin, finish, printed, full, True, anchor)
        if self._stands_alone(words, known, first, begin):
            return NameMention(begin, finish, printed, True, self._in_list(begin), begin)
        return None

    def _without_leader(self, words: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], int | None]:
        """Drop a capitalised "Ông"/"Bà" that is an address and not the family name Ông."""
        first = self.page.shade[slice(*words[0])]
        if first not in _LEADERS or len(words) < 2:
            return words, None
        if self._anchor(words[0][0]) is not None and first in self.lexicon.surnames:
            return words, None
        return words[1:], words[0][0]

    def _anchor(self, begin: int) -> int | None:
        """Where the words of address or the post right before a name begin, if any."""
        shade = self.page.shade
        gap = begin
        while gap > 0 and shade[gap - 1] in " :":
            gap -= 1
        if gap in self.honorifics:
            return self.honorifics[gap]
        if gap in self.chain_ends and gap == begin - 1:
            return begin
        return None

    def _surname_index(self, words: list[tuple[int, int]], *, anchored: bool) -> int:
        """Skip capitalised words that only open the sentence: "Theo Nguyễn Văn A"."""
        if anchored:
            return 0
        shades = [self.page.shade[slice(*word)] for word in words]
        for index, word in enumerate(shades):
            if word in self.lexicon.surnames and word not in self.lexicon.not_names:
                return index if index == 0 or len(words) - index >= 3 else 0
        return 0

    def _cut(self, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
        for index, word in enumerate(words):
            printed = self.page.text[slice(*word)]
            if index and (printed in _NEVER_LAST or (printed in _HEADS and self._heads_a_body(word[1]))):
                return words[:index]
        return words

    def _heads_a_body(self, end: int) -> bool:
        """ "Đoàn giám sát", "Sở Tài chính" go on; the name "Hầu Văn Đoàn" is over."""
        after = self.page.text[end : end + 2]
        return len(after) == 2 and after[0] == " " and after[1].isalpha()

    def _stands_alone(self, words: list[tuple[int, int]], known: bool, first: str, begin: int) -> bool:
        """A name with nothing before it must look like one by itself."""
        if not known:
            return False
        text = self.page.text
        if any(text[slice(*word)].isupper() and word[1] - word[0] > 1 for word in words):
            return False
        before = self.page.shade[max(0, begin - 100) : begin]
        if _NAMESAKE.search(before[-24:]) or _STREET_LIST.search(before):
            return False
        if any(self.page.shade[slice(*word)] in self.lexicon.not_names for word in words[1:]):
            return False
        if self._in_signature(begin, words[-1][1]) or self._in_list(begin) or self._before_post(words[-1][1]):
            return 2 <= len(words) <= 5
        return 3 <= len(words) <= 5 and (first not in self.lexicon.weak_surnames or self._has_middle(words))

    def _has_middle(self, words: list[tuple[int, int]]) -> bool:
        return self.page.shade[slice(*words[1])] in (
            "thị",
            "văn",
            "đình",
            "hữu",
            "quốc",
            "ngọc",
            "thanh",
            "minh",
            "xuân",
            "đức",
            "công",
            "hoàng",
            "bảo",
            "kim",
            "thu",
            "hồng",
            "mạnh",
            "quang",
            "anh",
            "trọng",
            "tấn",
            "phước",
            "như",
            "mỹ",
            "bích",
            "diễm",
        )

    def _in_signature(self, begin: int, end: int) -> bool:
        if self.page.kind_at(begin) != Kind.SIGNATURE:
            return False
        around = self.page.text[max(0, begin - 1) : begin] + self.page.text[end : end + 1]
        return all(letter in "\n\t" for letter in around)

    def _in_list(self, begin: int) -> bool:
        """After "các đồng chí: A, chức vụ; " or at the start of a list item."""
        start, _ = self.page.sentence_at(begin)
        block = self.page.block_at(begin)
        if begin == block.body and block.kind == Kind.ITEM:
            return True
        before = self.page.shade[start:begin]
        return any(word in before for word in self.lexicon.plural_honorifics) and before.rstrip(" ").endswith(
            (";", ":", ",", " và")
        )

    def _before_post(self, end: int) -> bool:
        match = _TO_POST.match(self.page.shade, end)
        return match is not None and match.end() in self.chain_starts

"""A proposal as the words that matter: names, numbers and set phrases gone, same words made one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from thongsuot.kernel.vietnamese import fold, normalise, strip_marks
from thongsuot.lawbook.wording import wording

_TOKEN = re.compile(
    r"(?P<number>\d\w*(?:[.,/:-]\d\w*)*(?:[/-][^\W\d_][\w-]*)*%?)|(?P<word>[^\W\d_]+)|(?P<stop>[.,;:!?()\n])"
)
_ENDS = ".!?;\n"
_UNIT_WORDS = frozenset(
    ("phường", "xã", "khu", "trấn", "quận", "huyện", "tỉnh", "phố", "tp", "ấp", "thôn", "buôn")
)
_PLAIN_UNIT_WORDS = frozenset(("phuong", "xa", "khu", "tran", "quan", "huyen", "tinh", "tp", "ap"))
_LONGEST_NAME = 5


class Role(Enum):
    """What a phrase of the word lists does."""

    THING = "thing"
    GENERAL = "general"
    MORE = "more"
    LESS = "less"
    TURN = "turn"
    NOTHING = "nothing"
    UNKNOWN = "unknown"
    REASON = "reason"
    ASKS = "asks"
    ASKS_FIRST = "asks where it opens a sentence"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Phrase:
    role: Role
    code: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One feature of a proposal: what it is compared by, how much of it there is, where it stands."""

    kind: str  # thing, general, way, reason, pair, word
    amount: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """What is left of a text.

    `things` are what it is about; what stands in a reason counts only where nothing else does. `ways` holds +1 where
    it asks for more, -1 where for less.
    """

    text: str
    terms: Mapping[str, Term]
    things: frozenset[str]
    ways: frozenset[int]
    places: frozenset[str]


@dataclass(slots=True)
class Measures:
    """How much a word weighs by where it stands; chosen on the tuning half of tests/data/likeness."""

    before: float = 0.7  # told before the request itself
    aside: float = 0.45  # reason, aim, circumstance


MEASURES = Measures()

_UNKNOWN, _ASKS, _ASIDE = Phrase(Role.UNKNOWN), Phrase(Role.ASKS), Phrase(Role.ASIDE)


class _Phrases:
    """Looks a phrase up by its syllables, with marks or, in a text that has none, without."""

    def __init__(self, entries: Iterable[tuple[str, Phrase]]) -> None:
        self._marked: dict[str, Phrase] = {}
        self._plain: dict[str, tuple[Phrase, list[str]]] = {}
        self._longest: dict[str, int] = {}
        for printed, phrase in entries:
            self._marked.setdefault(" ".join(_syllables(printed)), phrase)
        # A syllable alone and without marks is first of all a small word: "cho" is no market.
        for marked, phrase in sorted(
            self._marked.items(), key=lambda entry: entry[1].role is not Role.NOTHING
        ):
            syllables, plain = marked.split(), strip_marks(marked).split()
            self._plain.setdefault(" ".join(plain), (phrase, syllables))
            self._longest[plain[0]] = max(self._longest.get(plain[0], 0), len(plain))

    def at(self, line: "_Line", place: int) -> tuple[int, Phrase] | None:
        longest = self._longest.get(line.plain[place])
        if longest is None:
            return None
        for length in range(min(longest, len(line.plain) - place), 0, -1):
            written = line.syllables[place : place + length]
            phrase = self._marked.get(" ".join(written)) if line.marked else None
            if phrase:
                return length, phrase
            if line.marked and length == 1:
                return None
            plain = self._plain.get(" ".join(line.plain[place : place + length]))
            if plain and (not line.marked or _one_slip(written, plain[1])):
                return length, plain[0]
        return None


def _one_slip(written: list[str], meant: list[str]) -> bool:
    """One syllable in two may carry a wrong mark: "biên chê" is known, "họp đông" is no "hợp đồng"."""
    return sum(one != other for one, other in zip(written, meant, strict=True)) <= len(meant) // 2


def _syllables(printed: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(str(printed)))


@cache
def _phrases() -> _Phrases:
    return _Phrases(_entries())


def _entries() -> Iterator[tuple[str, Phrase]]:
    """Where a phrase stands in two lists the first of these holds."""
    lists = wording()
    for printed in lists.neither:
        code = next((c for c, phrases in lists.things.items() if printed in phrases), "")
        yield printed, Phrase(Role.THING, code) if code else Phrase(Role.NOTHING)
    for code, phrases in lists.things.items():
        yield from ((printed, Phrase(Role.THING, code)) for printed in phrases)
    for code, phrases in lists.general.items():
        yield from ((printed, Phrase(Role.GENERAL, code)) for printed in phrases)
    for role, phrases in (
        (Role.ASKS_FIRST, tuple(both for both in lists.asking if both in lists.asides)),
        (Role.ASKS, lists.asking),
        (Role.MORE, lists.more),
        (Role.LESS, lists.less),
        (Role.TURN, lists.turning),
        (Role.ASIDE, lists.asides),
        (Role.REASON, lists.reasons),
        (Role.NOTHING, lists.boilerplate),
    ):
        yield from ((printed, Phrase(role)) for printed in phrases)


@cache
def _abbreviations() -> Mapping[str, list[str]]:
    return {
        key: _syllables(long)
        for short, long in wording().abbreviations.items()
        for key in (fold(short), strip_marks(short))
    }


@dataclass(slots=True)
class _Line:
    """Syllables between two stops, each with its place in the text."""

    sentence: int
    syllables: list[str]
    plain: list[str]
    places: list[tuple[int, int]]
    capital: list[bool]
    marked: bool = True  # the text has marks somewhere

    @classmethod
    def empty(cls, sentence: int) -> "_Line":
        return cls(sentence, [], [], [], [])

    def add(self, word: str, place: tuple[int, int]) -> None:
        syllables, plain, capital = _spelt(word)
        for syllable, bare in zip(syllables, plain, strict=True):
            self.syllables.append(syllable)
            self.plain.append(bare)
            self.places.append(place)
            self.capital.append(capital)

    def keep(self, places: list[int]) -> None:
        self.syllables = [self.syllables[place] for place in places]
        self.plain = [self.plain[place] for place in places]
        self.places = [self.places[place] for place in places]
        self.capital = [self.capital[place] for place in places]

    def said(self, start: int, end: int) -> str:
        return " ".join(self.plain[start:end])


@lru_cache(20_000)
def _spelt(word: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Its syllables with and without marks, and whether it begins like a name."""
    folded = fold(word)
    long = _abbreviations().get(folded)
    syllables = tuple(long or (folded,))
    capital = not long and word[0].isupper() and (len(word) == 1 or not word.isupper())
    return syllables, tuple(strip_marks(syllable) for syllable in syllables), capital


def _lines(text: str) -> list[_Line]:
    lines = [_Line.empty(0)]
    sentence, marked = 0, False
    for found in _TOKEN.finditer(text):
        stop, word = found["stop"], found["word"]
        if stop:
            sentence += stop in _ENDS
            lines.append(_Line.empty(sentence))
        elif word:
            lines[-1].add(word, found.span())
            marked = marked or not word.isascii()
    lines = [line for line in lines if line.syllables]
    for line in lines:
        line.marked = marked
    return lines


def _name_ends(line: _Line, start: int, known: frozenset[str], shouting: bool) -> int:
    """Where the name of a unit that begins at `start` ends; `start` where there is none."""
    end = start
    while not shouting and end < len(line.plain) and line.capital[end]:
        phrase = _phrases().at(line, end)
        if phrase and phrase[0] > 1:
            break
        end += 1
    if end > start or not known:
        return end
    longest = min(_LONGEST_NAME, len(line.plain) - start)
    ends = (start + length for length in range(longest, 0, -1))
    return next((end for end in ends if line.said(start, end) in known), start)


def _take_names(line: _Line, known: frozenset[str], shouting: bool) -> set[str]:
    """Takes the names of units out of the line and tells them."""
    names: set[str] = set()
    keep, place, in_list = [], 0, False
    while place < len(line.plain):
        keep.append(place)
        of_unit = line.syllables[place] in (_UNIT_WORDS if line.marked else _PLAIN_UNIT_WORDS)
        joins = in_list and line.plain[place] == "va"
        place += 1
        in_list = False
        if of_unit or joins:
            end = _name_ends(line, place, known, shouting)
            if end > place:
                names.add(line.said(place, end))
                place, in_list = end, True
    if names:
        line.keep(keep)
    return names


class _Reader:
    """Goes through a text line by line and gathers its terms."""

    def __init__(self, lines: list[_Line]) -> None:
        self.terms: dict[str, Term] = {}
        self.ways: set[int] = set()
        found = [list(_found(line)) for line in lines]
        asks = any(phrase.role is Role.ASKS for phrases in found for _, _, phrase in phrases)
        self._asked, sentence = not asks, 0
        for line, phrases in zip(lines, found, strict=True):
            if asks and line.sentence != sentence:
                self._asked, sentence = False, line.sentence
            self._read(line, phrases)

    def _read(self, line: _Line, phrases: list[tuple[int, int, Phrase]]) -> None:
        self._line, self._aside, self._unknown_ended = line, False, -1
        self._turned = self._less_open = False
        for start, end, phrase in phrases:
            match phrase.role:
                case Role.ASKS:
                    self._asked, self._aside = True, False
                case Role.ASIDE:
                    self._aside = True
                case Role.THING | Role.GENERAL:
                    self._add("#" + phrase.code, phrase.role.value, start, end)
                case Role.MORE | Role.LESS:
                    self._add_way(phrase.role is Role.MORE, start, end)
                case Role.REASON:
                    self._add(line.said(start, end), "reason", start, end)
                case Role.UNKNOWN:
                    self._add_unknown(start, end)
            self._turned = phrase.role is Role.TURN
            self._less_open = phrase.role is Role.LESS or (
                self._less_open and phrase.role in (Role.MORE, Role.NOTHING)
            )

    def _add(self, name: str, kind: str, start: int, end: int) -> None:
        amount = MEASURES.aside if self._aside else 1.0 if self._asked else MEASURES.before
        known = self.terms.get(name)
        if known is None or known.amount < amount:
            self.terms[name] = Term(kind, amount, self._line.places[start][0], self._line.places[end - 1][1])

    def _add_way(self, more: bool, start: int, end: int) -> None:
        turned = self._turned or (more and self._less_open)  # "thu lại việc ủy quyền" asks for less
        way = 1 if more is not turned else -1
        if not self._aside:
            self.ways.add(way)
        self._add("+" if way > 0 else "-", "way", start, end)

    def _add_unknown(self, start: int, end: int) -> None:
        self._add(self._line.said(start, end), "word", start, end)
        if self._unknown_ended == start:
            self._add(self._line.said(start - 1, end), "pair", start - 1, end)
        self._unknown_ended = end


def _found(line: _Line) -> Iterator[tuple[int, int, Phrase]]:
    """Each phrase of the line, or a word by itself where none begins."""
    place = 0
    while place < len(line.plain):
        length, phrase = _phrases().at(line, place) or (1, _UNKNOWN)
        if phrase.role is Role.ASKS_FIRST:
            phrase = _ASIDE if place else _ASKS
        yield place, place + length, phrase
        place += length


def words_of(text: str, places: frozenset[str] = frozenset()) -> Words:
    """`places` are names of units already met, without marks: they are known where capitals are missing."""
    text = normalise(text)
    lines = _lines(text)
    shouting = text.isupper()
    names = {name for line in lines for name in _take_names(line, places, shouting)}
    read = _Reader(lines)
    if not read.terms and text.strip():  # nothing but set phrases: it is like itself alone
        all_of_it = " ".join(line.said(0, len(line.plain)) for line in lines)
        read.terms["=" + all_of_it] = Term("whole", 1.0, 0, len(text))
    return Words(text, read.terms, _things(read.terms), frozenset(read.ways), frozenset(names))


def _things(terms: Mapping[str, Term]) -> frozenset[str]:
    found = {name: term.amount for name, term in terms.items() if term.kind == "thing"}
    return frozenset(name for name, amount in found.items() if amount > MEASURES.aside) or frozenset(found)

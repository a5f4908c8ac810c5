"""What was typed, as a question to an engine: all words must occur, the last may be only begun.

The same words are asked more and more widely. Strictly: each word with just the marks it was typed with. Plainly: a
word typed without marks stands for any marks, one typed with marks keeps them. Without marks: no mark counts.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from thongsuot.finding.words import (
    BARE,
    CODE,
    IN_TITLE,
    MARKED,
    MEANING,
    NAME_BARE,
    NAME_MARKED,
    SYMBOL,
    bare,
    code_tokens,
    forms_at,
    symbol_token,
    whole_name,
    words,
)
from thongsuot.kernel.symbols import parse_symbol
from thongsuot.kernel.vietnamese import normalise
from thongsuot.lawbook.document_types import document_types

MOST_WORDS = 24
MOST_BEGINNINGS = 32  # of a word only begun, the most frequent ones

STRICTLY, PLAINLY, WITHOUT_MARKS = "strictly", "plainly", "without marks"
# What could be a word of its own, and no issuer's letters.
_SYLLABLE = re.compile(r"[bcdghklmnpqrstvx]*[aeiouy]+[cghmnpt]*")
_QUOTED = re.compile(r'"([^"]*)"?')


@dataclass(frozen=True, slots=True)
class Term:
    """Any of these tokens."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One after the other, each place any of its tokens."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class All:
    parts: "tuple[Question, ...]"


@dataclass(frozen=True, slots=True)
class Any:
    parts: "tuple[Question, ...]"


Question = Term | Phrase | All | Any
# From the beginning of a word, with its family, to the words of the registers that begin so.
Beginnings = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Way:
    """How marks count, and whether only titles are asked."""

    marks: str
    in_title: bool = False

    def family(self, word: str) -> str:
        with_marks = self.marks == STRICTLY or (self.marks == PLAINLY and bare(word) != word)
        return self.of_title(MARKED if with_marks else BARE)

    def of_title(self, family: str) -> str:
        return IN_TITLE[family] if self.in_title else family


@dataclass(frozen=True, slots=True)
class _Word:
    word: str
    begun: bool = False

    def term(self, way: Way, beginnings: Beginnings) -> Term:
        family = way.family(self.word)
        whole = f"{family}{self.word if family in _KEEPING_MARKS else bare(self.word)}"
        if not self.begun:
            return Term((whole,))
        looked_up = (MARKED if family in _KEEPING_MARKS else BARE) + whole[1:]
        begun = [f"{family}{token[1:]}" for token in beginnings.get(looked_up, ())]
        return Term(tuple(dict.fromkeys((whole, *begun))))


_KEEPING_MARKS = frozenset({MARKED, IN_TITLE[MARKED]})


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed text understood: parts that must all occur; each asks its own question in a given way."""

    # `last` is the word that may be only begun; `codes` the number of a record, if one was typed.
    text: str
    parts: tuple[Callable[[Way, Beginnings], Question], ...]
    words: tuple[str, ...]
    last: str
    codes: tuple[str, ...]

    @property
    def has_marks(self) -> bool:
        return any(bare(word) != word for word in self.words)

    @property
    def is_mixed(self) -> bool:
        """Some word was typed without marks, so that strictly and plainly are not the same."""
        return any(bare(word) == word and word.isalpha() for word in self.words)

    def to_complete(self) -> tuple[str, ...]:
        """Beginnings to look up; one letter is taken for a whole word."""
        return (f"{MARKED}{self.last}", f"{BARE}{bare(self.last)}") if len(self.last) > 1 else ()

    @property
    def before_last(self) -> str:
        """What was typed before a letter that may be the beginning of anything; empty where there is none."""
        before, _space, last = self.text.strip().rpartition(" ")
        return before if len(last) == 1 and last.isalpha() else ""

    def question(self, way: Way, beginnings: Beginnings) -> Question:
        asked = tuple(part(way, beginnings) for part in self.parts)
        whole: Question = asked[0] if len(asked) == 1 else All(asked)
        return Any((*(Term((code,)) for code in self.codes), whole)) if self.codes else whole

    def by_name(self, marks: str) -> Question:
        """Those whose whole name was typed."""
        family = NAME_BARE if marks == WITHOUT_MARKS or not self.has_marks else NAME_MARKED
        return Term((whole_name(family, self.words),))


def understand(typed: str) -> Typed | None:
    """None where nothing was typed that could be found."""
    text = normalise(typed).replace("“", '"').replace("”", '"')
    parts: list[Callable[[Way, Beginnings], Question]] = []
    every: list[str] = []
    rest = _QUOTED.sub(" ", text)
    for quoted in _QUOTED.findall(text):
        phrase = tuple(words(quoted)[:MOST_WORDS])
        if phrase:
            parts.append(_in_order([_Word(word) for word in phrase]))
            every.extend(phrase)
    loose = words(rest)[: MOST_WORDS - len(every)]
    last = loose[-1] if loose else ""
    parts.extend(_loose_parts(rest, loose, bool(last)))
    every.extend(loose)
    if not parts:
        return None
    return Typed(text, tuple(parts), tuple(every), last, tuple(code_tokens(text)[:1]))


def _loose_parts(
    rest: str, loose: Sequence[str], last_is_begun: bool
) -> Iterator[Callable[[Way, Beginnings], Question]]:
    """Words outside quotation marks: symbols and abbreviations first, then word by word."""
    joined = _joined(rest, len(loose))
    begun = [_Word(word, last_is_begun and place == len(loose) - 1) for place, word in enumerate(loose)]
    at = 0
    while at < len(loose):
        length = 1
        if at in joined:
            chunk, length = joined[at]
            yield _one_chunk(chunk, begun[at : at + length])
        elif _is_spaced_symbol(loose[at : at + 3]):
            length = 3
            yield _maybe_symbol(begun[at : at + length])
        elif form := next(forms_at(loose, at), None):
            length = len(form.marked)
            yield _meant(form.meaning, begun[at : at + length])
        else:
            yield begun[at].term
        at += length


def _joined(rest: str, at_most: int) -> dict[int, tuple[str, int]]:
    """What was typed without a space between its words: place of the first word -> the chunk, how many words."""
    chunks: dict[int, tuple[str, int]] = {}
    at = 0
    for chunk in rest.split():
        length = min(len(words(chunk)), at_most - at)
        if length > 1:
            chunks[at] = chunk, length
        at += length
    return chunks


def _in_order(of: Sequence[_Word]) -> Callable[[Way, Beginnings], Question]:
    def ask(way: Way, beginnings: Beginnings) -> Question:
        terms = tuple(word.term(way, beginnings) for word in of)
        return terms[0] if len(terms) == 1 else Phrase(terms)

    return ask


def _one_chunk(chunk: str, of: Sequence[_Word]) -> Callable[[Way, Beginnings], Question]:
    """249-KH/UBKTTW, 152.000, TP.HCM: a symbol or an abbreviation, else words that stand together."""
    written = [word.word for word in of]
    symbol = parse_symbol(chunk)
    form = next((form for form in forms_at(written, 0) if len(form.marked) == len(written)), None)
    together = _in_order(of)

    def ask(way: Way, beginnings: Beginnings) -> Question:
        wider: list[Question] = []
        if symbol:
            wider.append(Term((symbol_token(way.of_title(SYMBOL), symbol),)))
        if form:
            wider.append(Term((f"{way.of_title(MEANING)}{form.meaning}",)))
        return Any((*wider, together(way, beginnings))) if wider else together(way, beginnings)

    return ask


@cache
def _type_abbreviations() -> frozenset[str]:
    return frozenset(bare(one.abbreviation.lower()) for one in document_types().values() if one.abbreviation)


def _is_spaced_symbol(of: Sequence[str]) -> bool:
    """Number, type and issuer stand apart: 249 KH UBKTTW."""
    return len(of) == 3 and of[0].isdigit() and len(of[0]) <= 6 and bare(of[1]) in _type_abbreviations()


def _maybe_symbol(of: Sequence[_Word]) -> Callable[[Way, Beginnings], Question]:
    symbol = parse_symbol("-".join(word.word for word in of))
    sure = not _SYLLABLE.fullmatch(bare(of[-1].word))

    def ask(way: Way, beginnings: Beginnings) -> Question:
        terms = tuple(word.term(way, beginnings) for word in of)
        words = Phrase(terms) if sure else All(terms)
        return Any((Term((symbol_token(way.of_title(SYMBOL), symbol),)), words)) if symbol else words

    return ask


def _meant(meaning: str, of: Sequence[_Word]) -> Callable[[Way, Beginnings], Question]:
    """Spelled out, it is found where the words stand together; shortened, it may also be a word only begun."""

    def ask(way: Way, beginnings: Beginnings) -> Question:
        meant = Term((f"{way.of_title(MEANING)}{meaning}",))
        return meant if len(of) > 1 else Any((meant, of[0].term(way, beginnings)))

    return ask


def narrowed(question: Question, bounds: Sequence[Term]) -> Question:
    return All((*bounds, question)) if bounds else question


def without_idle(question: Question, entries: Mapping[str, int]) -> Question:
    """Of words that one may have begun, only those that occur in this family; what was typed itself stays."""
    match question:
        case Term((first, *others)):
            return Term((first, *(token for token in others if entries.get(token))))
        case Phrase(terms):
            return Phrase(tuple(Term(tuple(tokens_of(without_idle(term, entries)))) for term in terms))
        case All(parts):
            return All(tuple(without_idle(part, entries) for part in parts))
        case Any(parts):
            return Any(tuple(without_idle(part, entries) for part in parts))
    return question


def tokens_of(question: Question) -> Iterator[str]:
    match question:
        case Term(tokens):
            yield from tokens
        case Phrase(parts) | All(parts) | Any(parts):
            for part in parts:
                yield from tokens_of(part)


__all__ = [
    "CODE",
    "All",
    "Any",
    "Phrase",
    "Question",
    "Term",
    "Typed",
    "Way",
    "narrowed",
    "tokens_of",
    "understand",
    "without_idle",
]

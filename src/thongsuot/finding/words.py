"""Text cut into the tokens that both engines keep, always by our own folding, so that both find the same.

Every token begins with the letter of its family. A word stands under its marks and without them; a word of the title
stands again as a word of the title; abbreviations and what they stand for share one token; so do all spellings of a
document's symbol; and the bounds within which a record is seen are tokens as well, so that an engine meets
them in its index.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from thongsuot.kernel.symbols import Symbol, find_symbols
from thongsuot.kernel.vietnamese import fold, strip_marks
from thongsuot.lawbook.abbreviations import abbreviations
from thongsuot.lawbook.rulebook import open_rules

MARKED, BARE = "m", "b"
TITLE_MARKED, TITLE_BARE = "t", "s"
NAME_MARKED, NAME_BARE = "x", "n"
MEANING, TITLE_MEANING = "a", "e"
SYMBOL, TITLE_SYMBOL = "y", "g"
CODE = "c"
BOUND = "u"
KIND = "k"
# Families with few enough tokens that a list of them is worth keeping (models.Word).
COUNTED = frozenset({MARKED, BARE, TITLE_MARKED, TITLE_BARE, MEANING, TITLE_MEANING, BOUND, KIND})
IN_TITLE = {MARKED: TITLE_MARKED, BARE: TITLE_BARE, MEANING: TITLE_MEANING, SYMBOL: TITLE_SYMBOL}
BREAK = "z"  # stands between stretches that are no phrase together

LONGEST = 60  # letters of a token; what follows is not told apart
# PostgreSQL counts places up to 16,383; words further on are found, but not as parts of a phrase.
IN_PLACE = 15_000
RULES = 1  # raise when texts are cut otherwise than before: every entry is then indexed anew

_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(
    r"(?P<series>[a-zđ]{1,5})[\s.\-/]*(?:(?P<year>(?:19|20)\d\d)[\s.\-/]+)?0*(?P<number>\d{1,9})"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """`streams` hold words in their order; `single` is a bag of tokens."""

    streams: tuple[tuple[str, ...], ...]
    single: frozenset[str]

    def counted(self) -> frozenset[str]:
        every = chain(self.single, *self.streams)
        return frozenset(token for token in every if token[0] in COUNTED)


def words(text: str) -> list[str]:
    """Folded, with their marks."""
    return [word[:LONGEST] for word in _WORD.findall(fold(text))]


@lru_cache(maxsize=50_000)
def bare(word: str) -> str:
    return "".join(_WORD.findall(strip_marks(word))) or word


@cache
def rules_version() -> str:
    """Changes when the same text would be cut into other tokens."""
    forms = repr((RULES, open_rules("abbreviations")["abbreviations"]))
    return hashlib.sha256(forms.encode()).hexdigest()[:16]


def cut(
    *,
    title: str,
    text: str,
    names: Iterable[str] = (),
    code: str = "",
    bounds: Iterable[object] = (),
    more: Iterable[str] = (),
) -> Tokens:
    in_title, in_text = words(title), words(text)
    far = in_text[IN_PLACE:]
    near = in_text[:IN_PLACE]
    single = {*more, *map(bound_token, bounds)}
    single.update(code_tokens(code))
    for name in names:
        single.update((whole_name(NAME_MARKED, words(name)), whole_name(NAME_BARE, words(name))))
    for family in (MARKED, BARE):
        single.update(family + (bare(word) if family == BARE else word) for word in far)
    single.update(f"{MEANING}{meaning}" for meaning in (*meanings_in(in_title), *meanings_in(in_text)))
    single.update(f"{TITLE_MEANING}{meaning}" for meaning in meanings_in(in_title))
    for symbol in find_symbols(title):
        single.update((symbol_token(SYMBOL, symbol), symbol_token(TITLE_SYMBOL, symbol)))
    single.update(symbol_token(SYMBOL, symbol) for symbol in find_symbols(text))
    streams = (
        _stream(MARKED, in_title, near),
        _stream(BARE, map(bare, in_title), map(bare, near)),
        _stream(TITLE_MARKED, in_title),
        _stream(TITLE_BARE, map(bare, in_title)),
    )
    return Tokens(streams, frozenset(single))


def _stream(family: str, *stretches: Iterable[str]) -> tuple[str, ...]:
    parted = chain.from_iterable((BREAK, *(family + word for word in stretch)) for stretch in stretches)
    return tuple(parted)[1:]


def whole_name(family: str, of: Sequence[str]) -> str:
    """A name as a whole: what bears exactly the name that was typed comes first."""
    joined = "".join(bare(word) for word in of) if family == NAME_BARE else "".join(of)
    return f"{family}{joined}"[:LONGEST]


def symbol_token(family: str, symbol: Symbol) -> str:
    return f"{family}{''.join(_WORD.findall(strip_marks(symbol.number + symbol.code)))}"[:LONGEST]


def bound_token(bound: object) -> str:
    return f"{BOUND}{''.join(_WORD.findall(str(bound)))}"[:LONGEST]


def code_tokens(typed: str) -> list[str]:
    """KN-2025-000123 is known by its whole number and, in short, as KN 123."""
    match = _CODE.fullmatch(strip_marks(typed).strip())
    if not match:
        return []
    series, year, number = match.group("series", "year", "number")
    short = f"{CODE}{series}{number}"
    return [f"{CODE}{series}{year}n{number}", short] if year else [short]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a meaning: "ubnd", or "ủy ban nhân dân"."""

    meaning: str
    marked: tuple[str, ...]
    bare: tuple[str, ...]


@cache
def _forms() -> dict[str, list[Form]]:
    """By first word without marks, the longest first."""
    forms: dict[str, list[Form]] = {}
    for abbreviation in abbreviations():
        meaning = "".join(bare(word) for word in words(abbreviation.short[0]))
        for written in abbreviation.forms:
            marked = tuple(words(written))
            form = Form(meaning, marked, tuple(bare(word) for word in marked))
            forms.setdefault(form.bare[0], []).append(form)
    for known in forms.values():
        known.sort(key=lambda form: -len(form.marked))
    return forms


def forms_at(of: Sequence[str], start: int) -> Iterator[Form]:
    """The forms that stand there, with all their marks or with none."""
    for form in _forms().get(bare(of[start]), ()):
        there = tuple(of[start : start + len(form.marked)])
        if there in (form.marked, form.bare):
            yield form


def meanings_in(of: Sequence[str]) -> set[str]:
    known = _forms()
    return {
        form.meaning for start, word in enumerate(of) if bare(word) in known for form in forms_at(of, start)
    }

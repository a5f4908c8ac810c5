"""The full-text index of each database: SQLite's FTS5 and PostgreSQL's tsvector behind one interface.

Both hold the same tokens under the same place. FTS5 walks its lists from the newest place on and stops when it has
enough. PostgreSQL's GIN has no order: what is frequent is met soon by walking the newest records, and only where that
walk ends in vain is the index asked; what it answers is told again for a minute. So every question is weighed first;
what is rare is taken whole, for all kinds at once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from typing import Any as Anything
from typing import NamedTuple, Protocol

from django.core.cache import caches
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from thongsuot.finding.asking import All, Any, Phrase, Question, Term
from thongsuot.finding.kinds import PLACE_BITS
from thongsuot.finding.models import Word
from thongsuot.finding.words import BREAK, KIND, Tokens

_RARE = 4000  # so many entries at most are taken from an index as they are, and sorted


@dataclass(frozen=True, slots=True)
class Ask:
    """A question within a span of places, and how many of the newest are wanted."""

    span: tuple[int, int]
    question: Question
    wanted: int

    def split(self, entries: Mapping[str, int]) -> tuple[Question, Question | None]:
        """What an index should be asked, and what most of the kind fulfil, which is cheaper seen in the few found."""
        parts = self.question.parts if isinstance(self.question, All) else (self.question,)
        kind = Term((kind_token(self.span[0]),))
        broad = [part for part in parts if weight(part, entries) >= weight(kind, entries)]
        narrow = [part for part in parts if part not in broad] or list(parts)
        return All((kind, *narrow)), All(tuple(broad)) if broad and narrow != list(parts) else None

    def rarest_first(self, entries: Mapping[str, int]) -> Question:
        """For a walk, which asks each record anew: what hardly any fulfils spares the rest."""
        question = self.question
        parts = question.parts if isinstance(question, All) else (question,)
        return All(tuple(sorted(parts, key=lambda part: weight(part, entries))))

    @property
    def of_kind(self) -> Question:
        """For an index that cannot look at places."""
        return All((Term((kind_token(self.span[0]),)), self.question))


def kind_token(place: int) -> str:
    return f"{KIND}{place >> PLACE_BITS}"


class Engine(Protocol):
    def write(self, rows: Iterable[tuple[int, Tokens]]) -> None: ...

    def erase(self, places: Iterable[int]) -> None: ...

    def newest(self, asks: Sequence[Ask], entries: Mapping[str, int]) -> list[list[int]]:
        """For each ask its places, the newest first; `entries` says how frequent each token is."""

    def all_places(self, question: Question) -> RawSQL: ...

    def words_from(self, beginning: str) -> QuerySet[Word]: ...

    def may_note_words(self) -> bool:
        """False while another transaction notes words: waiting for it could be for ever."""


class Fts5:
    """SQLite."""

    def write(self, rows: Iterable[tuple[int, Tokens]]) -> None:
        statement = "INSERT OR REPLACE INTO finding_text (rowid, tokens) VALUES (%s, %s)"
        with connection.cursor() as cursor:
            cursor.executemany(statement, [(place, _as_text(tokens)) for place, tokens in rows])

    def erase(self, places: Iterable[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM finding_text WHERE rowid = %s", [(place,) for place in places])

    def newest(self, asks: Sequence[Ask], entries: Mapping[str, int]) -> list[list[int]]:
        found: list[list[int]] = [[] for _ask in asks]
        rare = [number for number, ask in enumerate(asks) if weight(ask.question, entries) <= _RARE]
        _take_whole(found, asks, rare, _LISTED, fts5)
        lasting = sorted({*range(len(asks))} - {*rare})
        chosen = [asks[number] for number in lasting]
        values = [(fts5(ask.question), *ask.span, ask.wanted) for ask in chosen]
        for number, places in zip(lasting, _several(_FROM_THE_NEWEST, values), strict=True):
            found[number] = places
        return found

    def all_places(self, question: Question) -> RawSQL:
        return RawSQL("SELECT rowid FROM finding_text WHERE finding_text MATCH %s", [fts5(question)])

    def words_from(self, beginning: str) -> QuerySet[Word]:
        return Word.objects.filter(word__gte=beginning, word__lt=f"{beginning}\U0010ffff")

    def may_note_words(self) -> bool:
        return True  # writers already stand in line


class TsVector:
    """PostgreSQL."""

    def write(self, rows: Iterable[tuple[int, Tokens]]) -> None:
        statement = (
            "INSERT INTO finding_text (place, tokens) SELECT place, tokens::tsvector"
            " FROM unnest(%s::bigint[], %s::text[]) AS written (place, tokens)"
            " ON CONFLICT (place) DO UPDATE SET tokens = excluded.tokens"
        )
        written = [(place, _as_tsvector(tokens)) for place, tokens in rows]
        with connection.cursor() as cursor:
            cursor.execute(statement, [list(column) for column in zip(*written, strict=True)] or [[], []])

    def erase(self, places: Iterable[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM finding_text WHERE place = ANY(%s)", [list(places)])

    def newest(self, asks: Sequence[Ask], entries: Mapping[str, int]) -> list[list[int]]:
        found: list[list[int]] = [[] for _ask in asks]
        rarest = [number for number, ask in enumerate(asks) if weight(ask.question, entries) <= _RARE]
        _take_whole(found, asks, rarest, _LOOKED_UP, tsquery)
        lasting = {*range(len(asks))} - {*rarest}
        rare = [number for number in sorted(lasting) if weight(asks[number].of_kind, entries) <= _RARE]
        walked = sorted(lasting - {*rare})
        behind = {number: _behind(asks[number], entries) for number in walked}
        shared = caches["searches"]
        told = shared.get_many({one.key for one in behind.values()})
        values = [
            (
                tsquery(asks[number].rarest_first(entries)),
                *asks[number].span,
                _WALKED_AGAIN if behind[number].key in told else _WALKED,
                asks[number].wanted,
            )
            for number in walked
        ]
        for number, places in zip(walked, _several(_WALK, values), strict=True):
            found[number] = _newest_of(places, told.get(behind[number].key, ()), asks[number].wanted)
        short = [
            number
            for number in walked
            if len(found[number]) < asks[number].wanted and behind[number].key not in told
        ]
        asked = {number: _Indexed(_INDEXED, _values(asks[number])) for number in rare}
        _take_indexed(found, asked | {number: behind[number] for number in short})
        for number in short:
            shared.set(behind[number].key, found[number], _TOLD_FOR)
        return found

    def all_places(self, question: Question) -> RawSQL:
        return RawSQL("SELECT place FROM finding_text WHERE tokens @@ %s::tsquery", [tsquery(question)])

    def words_from(self, beginning: str) -> QuerySet[Word]:
        return Word.objects.filter(word__startswith=beginning)

    def may_note_words(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('finding_word'))")
            return bool(cursor.fetchone()[0])


_LISTED = "SELECT %s, rowid FROM finding_text WHERE finding_text MATCH %s"
_FROM_THE_NEWEST = (
    "SELECT * FROM (SELECT %s, rowid FROM finding_text WHERE finding_text MATCH %s"
    " AND rowid BETWEEN %s AND %s ORDER BY rowid DESC LIMIT %s)"
)
_LOOKED_UP = "SELECT %s, place FROM finding_text WHERE tokens @@ %s::tsquery"
# Of what is just not rare, so many records out of a million hold a page of hits.
_WALKED = 6000
# Where the index was asked less than a minute ago: more than are written in that minute.
_WALKED_AGAIN = 1000
_TOLD_FOR = 60  # seconds
_WALK = (
    "SELECT * FROM (SELECT %s, place FROM (SELECT place, tokens, %s::tsquery AS asked"
    " FROM finding_text WHERE place BETWEEN %s AND %s ORDER BY place DESC LIMIT %s) newest"
    " WHERE tokens @@ asked ORDER BY place DESC LIMIT %s) walked"
)
# As _INDEXED; each place found is then looked at by itself, from the newest on, until there are enough.
_INDEXED_AND_SEEN = (
    "SELECT * FROM (WITH hits AS MATERIALIZED (SELECT %s AS number, place"
    " FROM finding_text WHERE tokens @@ %s::tsquery)"
    " SELECT number, newest.place FROM"
    " (SELECT number, place FROM hits WHERE place BETWEEN %s AND %s ORDER BY place DESC) newest"
    " CROSS JOIN LATERAL (SELECT 1 FROM finding_text one"
    " WHERE one.place = newest.place AND one.tokens @@ %s::tsquery OFFSET 0) seen"
    " ORDER BY newest.place DESC LIMIT %s) indexed"
)
# Materialised, or the planner may walk the places instead.
_INDEXED = (
    "SELECT * FROM (WITH hits AS MATERIALIZED (SELECT %s AS number, place"
    " FROM finding_text WHERE tokens @@ %s::tsquery)"
    " SELECT number, place FROM hits WHERE place BETWEEN %s AND %s ORDER BY place DESC LIMIT %s) indexed"
)


def _take_whole(
    found: list[list[int]],
    asks: Sequence[Ask],
    numbers: Sequence[int],
    one: str,
    written: Callable[[Question], str],
) -> None:
    """Each different question once over all kinds, and its places dealt out to those who asked."""
    askers: dict[str, list[int]] = {}
    for number in numbers:
        askers.setdefault(written(asks[number].question), []).append(number)
    for places, asking in zip(_several(one, [(text,) for text in askers]), askers.values(), strict=True):
        for number in asking:
            first, last = asks[number].span
            within = [place for place in places if first <= place <= last]
            found[number] = within[: asks[number].wanted]


class _Indexed(NamedTuple):
    """What the index is asked: a statement and its values."""

    statement: str
    values: tuple[Anything, ...]

    @property
    def key(self) -> str:
        return f"older:{sha256(repr((connection.settings_dict['NAME'], *self)).encode()).hexdigest()}"


def _behind(ask: Ask, entries: Mapping[str, int]) -> _Indexed:
    """What a walk that found too few leaves to the index."""
    narrow, broad = ask.split(entries)
    if broad is None:
        return _Indexed(_INDEXED, _values(ask))
    return _Indexed(_INDEXED_AND_SEEN, (tsquery(narrow), *ask.span, tsquery(broad), ask.wanted))


def _take_indexed(found: list[list[int]], asked: Mapping[int, _Indexed]) -> None:
    answered = _together([one.statement for one in asked.values()], [one.values for one in asked.values()])
    for number, places in zip(asked, answered, strict=True):
        found[number] = places


def _newest_of(walked: Iterable[int], older: Iterable[int], wanted: int) -> list[int]:
    return sorted({*walked, *older}, reverse=True)[:wanted]


def _values(ask: Ask) -> tuple[Anything, ...]:
    return (tsquery(ask.of_kind), *ask.span, ask.wanted)


def _several(one: str, values: Sequence[Sequence[Anything]]) -> list[list[int]]:
    """One statement for all; each answers under its number."""
    return _together([one] * len(values), values)


def _together(statements: Sequence[str], values: Sequence[Sequence[Anything]]) -> list[list[int]]:
    found: list[list[int]] = [[] for _value in values]
    if values:
        numbered = [part for number, value in enumerate(values) for part in (number, *value)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(statements), numbered)
            for number, place in cursor.fetchall():
                found[number].append(place)
    return [sorted(places, reverse=True) for places in found]


def engine() -> Engine:
    return _ENGINES[connection.vendor]


_ENGINES: dict[str, Engine] = {"sqlite": Fts5(), "postgresql": TsVector()}


def weight(question: Question, entries: Mapping[str, int]) -> int:
    """At most about so many entries answer it."""
    match question:
        case Term(tokens):
            return sum(entries.get(token, 0) for token in tokens)
        case Any(parts):
            return sum(weight(part, entries) for part in parts)
        case Phrase(parts) | All(parts):
            return min(weight(part, entries) for part in parts)


def _as_text(tokens: Tokens) -> str:
    streams = f" {BREAK} ".join(" ".join(stream) for stream in tokens.streams)
    return f"{streams} {BREAK} {f' {BREAK} '.join(sorted(tokens.single))}"


def _as_tsvector(tokens: Tokens) -> str:
    places: dict[str, list[str]] = {}
    for stream in tokens.streams:
        for place, token in enumerate(stream, 1):
            if token != BREAK:
                places.setdefault(token, []).append(str(place))
    # A token without a place is no part of any phrase.
    written = [f"'{token}':{','.join(where[:255])}" for token, where in places.items()]
    return " ".join([*written, *(f"'{token}'" for token in tokens.single - places.keys())])


def fts5(question: Question) -> str:
    match question:
        case Term(tokens):
            return _either(f'"{token}"' for token in tokens)
        case Phrase(terms):
            spelled = product(*(term.tokens for term in terms))
            return _either(" + ".join(f'"{token}"' for token in tokens) for tokens in spelled)
        case Any(parts):
            return _either(fts5(part) for part in parts)
        case All(parts):
            return f"({' AND '.join(fts5(part) for part in parts)})"


def _either(parts: Iterable[str], sign: str = " OR ") -> str:
    written = list(parts)
    return written[0] if len(written) == 1 else f"({sign.join(written)})"


def tsquery(question: Question) -> str:
    match question:
        case Term(tokens):
            return _either((f"'{token}'" for token in tokens), " | ")
        case Phrase(terms):
            return f"({' <-> '.join(tsquery(term) for term in terms)})"
        case Any(parts):
            return _either((tsquery(part) for part in parts), " | ")
        case All(parts):
            return f"({' & '.join(tsquery(part) for part in parts)})"


def create(vendor: str) -> Iterator[str]:
    """The table, for the migration."""
    if vendor == "sqlite":
        # Letters outside ASCII are taken as they are: folding is ours.
        yield "CREATE VIRTUAL TABLE finding_text USING fts5(tokens, tokenize='ascii', columnsize=0)"
    else:
        yield "CREATE TABLE finding_text (place bigint PRIMARY KEY, tokens tsvector NOT NULL)"
        # A walk reads tokens row after row: keep all but the longest beside their place.
        yield "ALTER TABLE finding_text SET (toast_tuple_target = 8160)"
        yield (
            "CREATE INDEX finding_text_tokens ON finding_text USING gin (tokens)"
            " WITH (gin_pending_list_limit = 512)"
        )
        yield "CREATE INDEX finding_word_starts ON finding_word (word text_pattern_ops)"

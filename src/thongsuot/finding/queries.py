"""Finding records by what was typed; what a mandate may not see is not found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from thongsuot.finding.asking import (
    MOST_BEGINNINGS,
    PLAINLY,
    STRICTLY,
    WITHOUT_MARKS,
    Question,
    Term,
    Typed,
    Way,
    narrowed,
    tokens_of,
    understand,
    without_idle,
)
from thongsuot.finding.engines import Ask, engine, kind_token
from thongsuot.finding.kinds import Kind, kind_of
from thongsuot.finding.kinds import kinds as registered
from thongsuot.finding.marking import Piece, Seeker
from thongsuot.finding.models import Entry, Indexed, Word
from thongsuot.finding.words import bare, bound_token, rules_version

LIMIT = 20
# Where a kind has no bound by place, the scope is asked of more and more candidates until enough are seen.
_GROWTH = 10


@dataclass(frozen=True)
class Hit:
    """One record found; the words in it are marked when it is drawn."""

    kind: Kind
    entry: Entry
    seeker: Seeker

    @property
    def key(self) -> int:
        return self.entry.key

    @cached_property
    def url(self) -> str:
        return self.kind.url(self.entry)

    @cached_property
    def title(self) -> Sequence[Piece]:
        return self.seeker.whole(self.entry.title)

    @cached_property
    def snippet(self) -> Sequence[Piece]:
        return self.seeker.snippet(self.entry.text)

    @cached_property
    def note(self) -> Sequence[Piece]:
        return self.seeker.whole(self.entry.note)

    @property
    def heading(self) -> Sequence[Piece]:
        """What leads to the record: its title, or its text where it has none."""
        return self.title or self.snippet


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind; `more` where there are more than shown, all of them at `more_url`."""

    kind: Kind
    hits: Sequence[Hit]
    more: bool
    more_url: str

    @property
    def label(self) -> str | Promise:
        return self.kind.label


def search(by: Any, typed: str, kinds: Iterable[str] | None = None, limit: int = LIMIT) -> list[Group]:
    """Groups of hits, those first whose hits fit best; what bears exactly the marks typed before all else."""
    understood = understand(typed)
    if understood is None:
        return []
    chosen = [kind for kind in registered() if kinds is None or kind.code in set(kinds)]
    beginnings = _beginnings(understood)
    for marks in _marks(understood):
        steps = _steps(understood, marks, beginnings)
        found = _Finding(by, chosen, limit + 1).walk(steps)
        if found:
            ways = {code: steps[hits[0][0]].way for code, hits in found.items()}
            order = sorted(ways, key=lambda code: (ways[code], kind_of(code).order))
            return _groups({code: found[code] for code in order}, understood, marks, limit)
    # The next word has only been begun: what was found before it still stands.
    return search(by, understood.before_last, kinds, limit) if understood.before_last else []


def jump(by: Any, typed: str) -> str | None:
    """The address of the one record whose number was typed."""
    understood = understand(typed)
    if understood is None or not understood.codes:
        return None
    found = _Finding(by, registered(), 2).walk([Step(Term(understood.codes))])
    entries = [entry for each in found.values() for _rank, entry in each]
    return kind_of(entries[0].kind).url(entries[0]) if len(entries) == 1 else None


def matching(kind: str, typed: str, by: Any = None) -> QuerySet[Entry, int]:
    """Keys of all records of a kind with these words, for the filter of a list that has its own scope.

    Given the mandate, rows it cannot see anyway are spared.
    """
    entries = Entry.objects.filter(kind=kind)
    understood = understand(typed)
    if understood is None:
        return (
            entries.none().values_list("key", flat=True)
            if typed.strip()
            else entries.values_list("key", flat=True)
        )
    question = understood.question(Way(_marks(understood)[0][-1]), _beginnings(understood))
    bounds = _bounds(kind_of(kind), by) if by is not None else ()
    if not all(bound.tokens for bound in bounds):
        return entries.none().values_list("key", flat=True)
    asked = narrowed(question, bounds)
    return entries.filter(place__in=engine().all_places(asked)).values_list("key", flat=True)


def not_indexed() -> list[Kind]:
    """Kinds whose records were never indexed, or by other rules."""
    done = set(Indexed.objects.filter(rules=rules_version()).values_list("kind", flat=True))
    return [kind for kind in registered() if kind.code not in done]


@dataclass(frozen=True, slots=True)
class Step:
    """`titled` where only kinds with titles are asked; `way` counts how widely marks are taken."""

    question: Question
    titled: bool = False
    way: int = 0


Found = Mapping[str, Sequence[tuple[int, Entry]]]


def _marks(typed: Typed) -> list[tuple[str, ...]]:
    """Ways to count marks that are tried together, and what to fall back on where they find nothing at all."""
    if not typed.has_marks:
        return [(STRICTLY, WITHOUT_MARKS)]
    return [(STRICTLY, PLAINLY) if typed.is_mixed else (STRICTLY,), (WITHOUT_MARKS,)]


def _steps(typed: Typed, marks: Sequence[str], beginnings: Mapping[str, Sequence[str]]) -> list[Step]:
    steps = [Step(Term(typed.codes))] if typed.codes else []
    for way, one in enumerate(marks):
        steps += [
            Step(typed.by_name(one), titled=True, way=way),
            Step(typed.question(Way(one, in_title=True), beginnings), titled=True, way=way),
            Step(typed.question(Way(one), beginnings), way=way),
        ]
    return steps


def _beginnings(typed: Typed) -> dict[str, list[str]]:
    """The words of the registers that begin as the last word typed."""
    looked_up = typed.to_complete()
    return {
        beginning: list(
            engine()
            .words_from(beginning)
            .order_by("-entries", "word")
            .values_list("word", flat=True)[:MOST_BEGINNINGS]
        )
        for beginning in looked_up
    }


def _bounds(kind: Kind, by: Any) -> tuple[Term, ...]:
    """A bound without tokens: the mandate sees nothing of the kind."""
    return tuple(Term(tuple(sorted(map(bound_token, group)))) for group in kind.bounds(by))


class _Finding:
    """One search: step after step, from the best fitting hits to the widest, until every kind has enough."""

    def __init__(self, by: Any, kinds: Sequence[Kind], wanted: int) -> None:
        self.by, self.wanted = by, wanted
        self.bounds = {kind.code: _bounds(kind, by) for kind in kinds}
        self.kinds = [kind for kind in kinds if all(bound.tokens for bound in self.bounds[kind.code])]
        self.entries: dict[str, int] = {}

    def walk(self, steps: Sequence[Step]) -> Found:
        """Nearly all candidates are within the scope, for bounds came first; where many are not, more are taken."""
        self._count([step.question for step in steps])
        found: dict[str, list[tuple[int, Entry]]] = {}
        kinds = [kind for kind in self.kinds if self.entries.get(kind_token(kind.span[0]))]
        wanted = self.wanted
        while kinds:
            candidates = {kind.code: ranks for kind, ranks in self._candidates(steps, kinds, wanted) if ranks}
            seen = self._seen(candidates)
            for code, ranks in candidates.items():
                hits = [(rank, seen[place]) for place, rank in ranks.items() if place in seen]
                found[code] = sorted(hits, key=lambda hit: (hit[0], -hit[1].place))[: self.wanted]
            kinds = [
                kind
                for kind in kinds
                if len(candidates.get(kind.code, ())) >= wanted and len(found[kind.code]) < self.wanted
            ]
            wanted *= _GROWTH
        return {code: hits for code, hits in found.items() if hits}

    def _count(self, questions: Sequence[Question]) -> None:
        tokens = {token for question in questions for token in tokens_of(question)}
        tokens.update(token for bounds in self.bounds.values() for bound in bounds for token in bound.tokens)
        tokens.update(kind_token(kind.span[0]) for kind in self.kinds)
        self.entries = dict(Word.objects.filter(word__in=sorted(tokens)).values_list("word", "entries"))

    def _candidates(
        self, steps: Sequence[Step], kinds: Sequence[Kind], wanted: int
    ) -> list[tuple[Kind, dict[int, int]]]:
        """For each kind its places, with the number of the first step that led to them."""
        ranks: list[tuple[Kind, dict[int, int]]] = [(kind, {}) for kind in kinds]
        for rank, step in enumerate(steps):
            question = without_idle(step.question, self.entries)
            lacking = [
                (kind, places)
                for kind, places in ranks
                if len(places) < wanted and (kind.titled or not step.titled)
            ]
            asks = [
                Ask(kind.span, narrowed(question, self.bounds[kind.code]), wanted)
                for kind, _places in lacking
            ]
            for (_kind, places), newest in zip(lacking, engine().newest(asks, self.entries), strict=True):
                for place in newest:
                    places.setdefault(place, rank)
        return ranks

    def _seen(self, candidates: Mapping[str, Mapping[int, int]]) -> dict[int, Entry]:
        """Those of them within the scope, which is asked in the database."""
        if not candidates:
            return {}
        seen = Q(pk__in=[])
        for code in candidates:
            seen |= kind_of(code).seen(self.by)
        every = [place for ranks in candidates.values() for place in ranks]
        return {entry.place: entry for entry in Entry.objects.filter(seen, place__in=every)}


def _groups(found: Found, typed: Typed, marks: Sequence[str], limit: int) -> list[Group]:
    seeker = Seeker(typed, loosely=marks[0] == WITHOUT_MARKS)
    # A list filters by marks: it is led to by the words that did find something.
    query = " ".join(map(bare, typed.words)) if marks[0] == WITHOUT_MARKS else typed.text
    groups = []
    for code, hits in found.items():
        kind, more = kind_of(code), len(hits) > limit
        url = kind.list_url(query) if more and kind.list_url else ""
        groups.append(Group(kind, [Hit(kind, entry, seeker) for _rank, entry in hits[:limit]], more, url))
    return groups

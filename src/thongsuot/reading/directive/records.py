"""What the reading of a directive proposes, in the words of `thongsuot.directive/1`.

Every found thing has its place in the NFC text, the rule that found it, how far it may be trusted and why.
"""

from typing import Any, NamedTuple

from thongsuot.kernel import Span
from thongsuot.reading.records import Source, Warning, plain

SCHEMA = "thongsuot.directive/1"


class Found(NamedTuple):
    """One value of the head or foot of a paper."""

    value: str
    span: Span
    rule: str
    confidence: float
    reason: str


class SymbolFound(NamedTuple):
    value: str  # as such a paper prints it: 249-KH/UBKTTW
    number: str
    code: str
    form: str  # party, state, normative
    span: Span
    rule: str
    confidence: float
    reason: str


class Signer(NamedTuple):
    value: str
    title: str
    on_behalf: str  # "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"
    span: Span
    rule: str
    confidence: float
    reason: str


class Point(NamedTuple):
    """One place of the outline; its stretch is its own words, without those of the points under it."""

    label: str  # as printed: "Điều 3", "b)", "II."
    kind: str
    path: str  # stable anchor: d3.k2.b, muc-ii.3b
    text: str
    start: int
    end: int
    parent: str | None
    rule: str
    confidence: float
    reason: str


class Addressee(NamedTuple):
    """Who must act. `scope` is "named" for one body, else which whole group is meant."""

    value: str
    scope: str
    point: str  # path of the point; empty for the paper as a whole
    span: Span
    rule: str
    confidence: float
    reason: str


class Deadline(NamedTuple):
    """By when. Either a day (`on`), a repeated day (`every`, `day`), or a term that runs from an event."""

    text: str
    kind: str  # date, recurring, term
    on: str | None
    every: str | None  # week, month, quarter, half-year, year
    day: int | None  # of the month, of the quarter's last month, or of the week (Monday is 1)
    days: int | None
    working: bool
    point: str
    span: Span
    rule: str
    confidence: float
    reason: str

    @property
    def key(self) -> str:
        """One spelling for comparing two: 2026-11-30, month 15, working-days 5."""
        if self.on:
            return self.on
        if self.every:
            return f"{self.every} {self.day}" if self.day else self.every
        return f"{'working-days' if self.working else 'days'} {self.days}"


class Task(NamedTuple):
    """A proposed task: the words of what is to be done, and who, by when, with what result."""

    text: str
    point: str
    lead: tuple[Addressee, ...]
    support: tuple[Addressee, ...]
    due: Deadline | None
    product: str | None
    topic: str
    span: Span
    rule: str
    confidence: float
    reason: str


class Basis(NamedTuple):
    text: str
    symbol: str | None
    span: Span
    rule: str
    confidence: float
    reason: str


class Kind(NamedTuple):
    kind: str
    reason: str
    rule: str
    confidence: float


class Directive(NamedTuple):
    source: Source
    kind: Kind
    symbol: SymbolFound | None = None
    date: Found | None = None
    place: Found | None = None
    issuer: Found | None = None
    type: Found | None = None
    abstract: Found | None = None
    signer: Signer | None = None
    in_force: Found | None = None
    recipients: tuple[Found, ...] = ()
    bases: tuple[Basis, ...] = ()
    points: tuple[Point, ...] = ()
    addressees: tuple[Addressee, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    tasks: tuple[Task, ...] = ()
    warnings: tuple[Warning, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"schema": SCHEMA, **plain(self)}

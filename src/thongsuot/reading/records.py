"""What a reading proposes, in the words of the contract `thongsuot.reading/1`."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from thongsuot.kernel import Span

SCHEMA = "thongsuot.reading/1"


class Source(NamedTuple):
    name: str
    sha256: str | None
    chars: int


class Evidence(NamedTuple):
    """Which rule proposed a thing, and how far it may be trusted."""

    rule: str
    confidence: float


class Meeting(NamedTuple):
    kind: str | None = None
    date: str | None = None
    working_group: int | None = None
    organisation: str | None = None
    chair: str | None = None
    units: tuple[str, ...] = ()
    ordinal: int | None = None
    term: str | None = None
    spans: Mapping[str, tuple[Span, ...]] | None = None
    rules: Mapping[str, Evidence] | None = None


class Role(NamedTuple):
    role: str
    person: str
    span: Span
    rule: str
    confidence: float


class Document(NamedTuple):
    span: Span
    type: str | None
    number: str | None
    symbol: str | None
    date: str | None
    issuer: str | None
    rule: str
    confidence: float


class PersonTitle(NamedTuple):
    title: str
    organisation: str | None


class Person(NamedTuple):
    name: str
    titles: tuple[PersonTitle, ...]
    spans: tuple[Span, ...]
    rule: str
    confidence: float


class Unit(NamedTuple):
    name: str
    code: str | None
    status: str
    spans: tuple[Span, ...]
    rule: str
    confidence: float


class Figure(NamedTuple):
    span: Span
    value: int | float | tuple[int | float, ...]
    unit: str
    qualifier: str
    subject: str | None
    rule: str
    confidence: float


class Proposal(NamedTuple):
    span: Span
    text: str
    speaker: str | None
    addressee: str | None
    topic: str
    kind: str
    rule: str
    confidence: float


class Direction(NamedTuple):
    span: Span
    text: str
    speaker: str | None
    addressee: str | None
    rule: str
    confidence: float


class Commitment(NamedTuple):
    span: Span
    text: str
    speaker: str | None
    rule: str
    confidence: float


class Warning(NamedTuple):
    code: str
    span: Span | None
    message: str


class Reading(NamedTuple):
    source: Source
    meeting: Meeting
    roles: tuple[Role, ...] = ()
    documents: tuple[Document, ...] = ()
    people: tuple[Person, ...] = ()
    units: tuple[Unit, ...] = ()
    figures: tuple[Figure, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    directions: tuple[Direction, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    warnings: tuple[Warning, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"schema": SCHEMA, **plain(self)}


def plain(value: Any) -> Any:
    """Records, maps and sequences as JSON knows them; a span is its two ends."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if hasattr(value, "_asdict"):  # one of the records
        value = value._asdict()
    if isinstance(value, Mapping):
        return {key: plain(held) for key, held in value.items()}
    if isinstance(value, tuple | list):
        return [plain(held) for held in value]
    return value

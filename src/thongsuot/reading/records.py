"""What a reading proposes, in the words of the contract `thongsuot.reading/1`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from thongsuot.kernel import Span

SCHEMA = "thongsuot.reading/1"


@dataclass(frozen=True)
class Source:
    name: str
    sha256: str | None
    chars: int


@dataclass(frozen=True)
class Evidence:
    """Which rule proposed a thing, and how far it may be trusted."""

    rule: str
    confidence: float


@dataclass(frozen=True)
class Meeting:
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


@dataclass(frozen=True)
class Role:
    role: str
    person: str
    span: Span
    rule: str
    confidence: float


@dataclass(frozen=True)
class Document:
    span: Span
    type: str | None
    number: str | None
    symbol: str | None
    date: str | None
    issuer: str | None
    rule: str
    confidence: float


@dataclass(frozen=True)
class PersonTitle:
    title: str
    organisation: str | None


@dataclass(frozen=True)
class Person:
    name: str
    titles: tuple[PersonTitle, ...]
    spans: tuple[Span, ...]
    rule: str
    confidence: float


@dataclass(frozen=True)
class Unit:
    name: str
    code: str | None
    status: str
    spans: tuple[Span, ...]
    rule: str
    confidence: float


@dataclass(frozen=True)
class Figure:
    span: Span
    value: int | float | tuple[int | float, ...]
    unit: str
    qualifier: str
    subject: str | None
    rule: str
    confidence: float


@dataclass(frozen=True)
class Proposal:
    span: Span
    text: str
    speaker: str | None
    addressee: str | None
    topic: str
    kind: str
    rule: str
    confidence: float


@dataclass(frozen=True)
class Direction:
    span: Span
    text: str
    speaker: str | None
    addressee: str | None
    rule: str
    confidence: float


@dataclass(frozen=True)
class Commitment:
    span: Span
    text: str
    speaker: str | None
    rule: str
    confidence: float


@dataclass(frozen=True)
class Warning:
    code: str
    span: Span | None
    message: str


@dataclass(frozen=True)
class Reading:
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
        return {"schema": SCHEMA, **_plain(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(held) for held in value]
    return value

"""The content of a draft: what was read, item by item, and what a person made of it.

Pure values over the JSON kept in the draft. The reading's lists become items with an identity, so that each can be
fixed, removed or added to without disturbing the others, and so that corrections can be counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from thongsuot.intake.enums import FAMILIES, DraftKind, Family

Fields = dict[str, Any]

_PLACES = ("span", "spans")
_BOOKKEEPING = ("confidence", "rule", "optional", "text")

# The fields of the whole, kept as `meeting` whatever was read: of a meeting, or of a directive itself.
DIRECTIVE_FIELDS = ("symbol", "date", "issuer", "type", "abstract", "signer", "in_force")
MEETING_FIELDS = ("kind", "date", "working_group", "organisation", "chair", "units", "ordinal", "term")
ITEM_TEXT = {Family.PROPOSALS, Family.DIRECTIONS, Family.COMMITMENTS}


@dataclass(frozen=True, slots=True)
class Item:
    """One proposed record. `read` holds the fields as they were read; empty for an item a person added."""

    key: str
    family: Family
    spans: tuple[tuple[int, int], ...]
    fields: Fields
    read: Fields = field(default_factory=dict)
    confidence: float | None = None
    rule: str = ""
    removed: bool = False
    added: bool = False

    @property
    def fixed(self) -> tuple[str, ...]:
        """Names of the fields a person changed."""
        if self.added:
            return ()
        return tuple(name for name, value in self.fields.items() if value != self.read.get(name))

    def text(self, source_text: str) -> str:
        start, end = self.spans[0]
        return source_text[start:end]

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "family": self.family.value,
            "spans": [list(span) for span in self.spans],
            "fields": self.fields,
            "read": self.read,
            "confidence": self.confidence,
            "rule": self.rule,
            "removed": self.removed,
            "added": self.added,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Item":
        spans = tuple((start, end) for start, end in data["spans"])
        return cls(**{**data, "family": Family(data["family"]), "spans": spans})


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a person did to a reading; the measure of how good the reading was."""

    fixed: int
    removed: int
    added: int

    @property
    def total(self) -> int:
        return self.fixed + self.removed + self.added


@dataclass(frozen=True, slots=True)
class Content:
    meeting: Fields
    meeting_read: Fields
    items: tuple[Item, ...]
    kind: DraftKind = DraftKind.REPORT
    # Where the fields of the whole stand in the text.
    places: tuple[tuple[int, int], ...] = ()

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)

    def kept(self, *families: Family) -> list[Item]:
        """Items not removed, of the families named or of all."""
        return [item for item in self.items if not item.removed and (not families or item.family in families)]

    def with_meeting(self, name: str, value: Any) -> "Content":
        return replace(self, meeting={**self.meeting, name: value})

    def with_item(self, changed: Item) -> "Content":
        return replace(self, items=tuple(changed if item.key == changed.key else item for item in self.items))

    def plus(self, family: Family, span: tuple[int, int], fields: Fields) -> tuple["Content", Item]:
        """One more item, added by a person."""
        key = f"{family.value}-added-{1 + sum(item.added for item in self.items)}"
        item = Item(key, family, (span,), fields, added=True, confidence=1.0, rule="added")
        return replace(self, items=(*self.items, item)), item

    @property
    def corrections(self) -> Corrections:
        meeting = sum(self.meeting.get(name) != value for name, value in self.meeting_read.items())
        return Corrections(
            fixed=meeting + sum(len(item.fixed) for item in self.items if not item.removed),
            removed=sum(item.removed and not item.added for item in self.items),
            added=sum(item.added and not item.removed for item in self.items),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "meeting": self.meeting,
            "meeting_read": self.meeting_read,
            "items": [item.to_json() for item in self.items],
            "kind": self.kind.value,
            "places": [list(place) for place in self.places],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Content":
        items = tuple(Item.from_json(item) for item in data["items"])
        return cls(
            dict(data["meeting"]),
            dict(data["meeting_read"]),
            items,
            DraftKind(data.get("kind", DraftKind.REPORT)),
            tuple((start, end) for start, end in data.get("places", [])),
        )


def content_of(reading: Mapping[str, Any]) -> Content:
    """The first content of a draft, from a reading in the form of the reading contract."""
    meeting = {name: reading["meeting"].get(name) for name in MEETING_FIELDS}
    items = tuple(
        _item(family, number, record)
        for family in FAMILIES[DraftKind.REPORT]
        for number, record in enumerate(reading[family.value])
    )
    return Content(meeting, dict(meeting), items)


def _item(family: Family, number: int, record: Mapping[str, Any]) -> Item:
    spans = record.get("spans") or [record["span"]]
    fields = {name: value for name, value in record.items() if name not in _PLACES + _BOOKKEEPING}
    if family in ITEM_TEXT:
        fields["text"] = record["text"]
    return Item(
        key=f"{family.value}-{number}",
        family=family,
        spans=tuple((start, end) for start, end in spans),
        fields=fields,
        read=dict(fields),
        confidence=record.get("confidence"),
        rule=record.get("rule", ""),
    )


def content_of_directive(reading: Mapping[str, Any], cited: Sequence[Mapping[str, Any]]) -> Content:
    """The first content of a draft, from the reading of a directive and the papers it cites."""
    head = {name: _value(reading.get(name)) for name in DIRECTIVE_FIELDS}
    places = tuple(tuple(found["span"]) for name in DIRECTIVE_FIELDS if (found := reading.get(name)))
    items = [
        *(
            _read_item(Family.TASKS, number, task, _task_fields(task))
            for number, task in enumerate(reading["tasks"])
        ),
        *(
            _read_item(
                Family.POINTS, number, {**point, "span": [point["start"], point["end"]]}, _point_fields(point)
            )
            for number, point in enumerate(reading["points"])
        ),
        *(
            _read_item(Family.ADDRESSEES, number, one, {"name": one["value"], "point": one["point"]})
            for number, one in enumerate(reading["addressees"])
        ),
        *(_item(Family.DOCUMENTS, number, record) for number, record in enumerate(cited)),
    ]
    return Content(head, dict(head), tuple(items), DraftKind.DIRECTIVE, places)


def _value(found: Mapping[str, Any] | None) -> Any:
    return found["value"] if found else None


def _task_fields(task: Mapping[str, Any]) -> Fields:
    return {
        "text": task["text"][:1].upper() + task["text"][1:],
        "point": task["point"],
        "lead": [who["value"] for who in task["lead"]],
        "support": [who["value"] for who in task["support"]],
        "due": None,  # intake.directives.day_of_term counts it out from the term
        "term": task["due"],
        "product": task["product"],
        "topic": task["topic"],
    }


def _point_fields(point: Mapping[str, Any]) -> Fields:
    return {name: point[name] for name in ("label", "text", "path", "kind", "parent")}


def _read_item(family: Family, number: int, record: Mapping[str, Any], fields: Fields) -> Item:
    start, end = record["span"]
    return Item(
        key=f"{family.value}-{number}",
        family=family,
        spans=((start, end),),
        fields=fields,
        read=dict(fields),
        confidence=record["confidence"],
        rule=record["rule"],
    )

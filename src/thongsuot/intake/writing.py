"""Entering a draft into the registers, through the other apps' actions, keeping the way back."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from thongsuot.documents.actions import cite_document, register_document
from thongsuot.documents.models import Document
from thongsuot.documents.queries import find_document
from thongsuot.indicators.actions import Reading, propose_indicator, record_figure
from thongsuot.indicators.enums import Qualifier
from thongsuot.indicators.queries import indicator_for_measure
from thongsuot.intake.alternatives import chosen_document, chosen_official
from thongsuot.intake.content import Content, Item
from thongsuot.intake.enums import Family
from thongsuot.intake.fields import NEW
from thongsuot.intake.matching import Matches, match_group
from thongsuot.intake.models import Draft
from thongsuot.intake.problems import entered_units, meeting_units
from thongsuot.kernel.vietnamese import fold
from thongsuot.lawbook.document_types import document_types
from thongsuot.lawbook.topics import OTHER
from thongsuot.matters.actions import Statement, record_proposal, record_task
from thongsuot.matters.enums import Kind
from thongsuot.matters.models import Origin
from thongsuot.oversight.actions import (
    NewMeeting,
    add_role,
    link_document,
    link_figure,
    link_matter,
    name_official,
    record_meeting,
)
from thongsuot.oversight.enums import MeetingKind, Part
from thongsuot.oversight.models import Meeting, Official, Visit, WorkingGroup
from thongsuot.oversight.queries import visit_awaiting
from thongsuot.sources.actions import cite, share_source
from thongsuot.sources.models import Citation
from thongsuot.units.models import Mandate, Unit

_SENTENCE_ENDS = "\n.;"


@dataclass
class Writer(ABC):
    """One confirmation. `written` lists what is new in the registers, in order, as (model label, key)."""

    by: Mandate
    draft: Draft
    content: Content
    matches: Matches
    skipped: set[str]
    written: list[tuple[str, int]] = field(default_factory=list)

    @abstractmethod
    def write(self) -> Meeting | Document:
        """Enter everything; what comes back is where the confirmed record is seen."""

    def _items(self, family: Family) -> list[Item]:
        return [item for item in self.content.kept(family) if item.key not in self.skipped]

    def _new(self, row: Model) -> None:
        self.written.append((row._meta.label_lower, row.pk))

    def _cite(self, item: Item) -> Citation:
        start, end = item.spans[0]
        return cite(source=self.draft.source, start=start, end=end)

    def _registered(self, item: Item) -> tuple[Document, bool]:
        fields = item.fields
        on = date.fromisoformat(fields["date"]) if fields.get("date") else None
        identity = {
            "number": fields["number"],
            "symbol": fields.get("symbol") or "",
            "issuer": fields.get("issuer") or "",
        }
        if picked := chosen_document(item, self.matches):
            return picked, False
        found = find_document(date=on, **identity)
        if found.exact:
            return found.exact, False
        in_short = not (on and identity["issuer"])
        if in_short and len(found.candidates) == 1 and fields.get("match") != NEW:
            return found.candidates[0], False
        printed = (fields.get("type") or "").lower()
        return register_document(
            by=self.by, date=on, type=printed if printed in document_types() else "", **identity
        )

    def _cited(self, item: Item) -> Document:
        """The paper an item cites, entered where it was missing, with the place it is cited at."""
        document, new = self._registered(item)
        if new:
            self._new(document)
        citation = self._cite(item)
        as_printed = self.draft.source.text[citation.start : citation.end]
        self._new(cite_document(by=self.by, document=document, citation=citation, as_printed=as_printed))
        return document


@dataclass
class MeetingWriter(Writer):
    _officials: dict[str, Official] = field(default_factory=dict)

    def write(self) -> Meeting:
        units = entered_units(self.content, self.matches, self.draft.unit)
        meeting = self._meeting(units)
        self._roles(meeting)
        for item in self._items(Family.DOCUMENTS):
            self._document(meeting, item)
        for item in self._items(Family.PROPOSALS):
            self._proposal(meeting, item)
        for item in self._items(Family.DIRECTIONS):
            self._task(meeting, item, Kind.DIRECTION)
        for item in self._items(Family.COMMITMENTS):
            self._task(meeting, item, Kind.COMMITMENT)
        for item in self._items(Family.FIGURES):
            self._figure(meeting, item)
        share_source(by=self.by, source=self.draft.source, units=units)
        return meeting

    def _meeting(self, units: list[Unit]) -> Meeting:
        head = self.content.meeting
        on, group = date.fromisoformat(head["date"]), self._group(units)
        meeting = record_meeting(
            by=self.by,
            meeting=NewMeeting(
                kind=MeetingKind(head["kind"]),
                date=on,
                organisation=head.get("organisation") or "",
                chair=head.get("chair") or "",
                working_group=group,
                ordinal=head.get("ordinal"),
                term=head.get("term") or "",
                units=units,
                source=self.draft.source,
                draft_key=str(self.draft.pk),
                visit=self._visit(group, units, on),
            ),
        )
        self._new(meeting)
        return meeting

    def _group(self, units: list[Unit]) -> WorkingGroup | None:
        number = self.content.meeting.get("working_group")
        return match_group(number, units, self.by).chosen if number else None

    def _visit(self, group: WorkingGroup | None, units: list[Unit], on: date) -> Visit | None:
        """The one it was sent in for; else the only one the group had with a unit of it that day."""
        if self.draft.visit:
            return self.draft.visit
        return visit_awaiting(group, units, on) if group else None

    def _roles(self, meeting: Meeting) -> None:
        """Everybody named: in the part the text gives them, or as one who was there."""
        in_a_part = set()
        for item in self._items(Family.ROLES):
            in_a_part.add(fold(item.fields["person"]))
            self._role(meeting, item, item.fields["person"], Part(item.fields.get("role") or Part.ATTENDS))
        for item in self._items(Family.PEOPLE):
            if fold(item.fields["name"]) not in in_a_part:
                self._role(meeting, item, item.fields["name"], Part.ATTENDS)

    def _role(self, meeting: Meeting, item: Item, name: str, part: Part) -> None:
        titles = self._titles(name)
        add_role(
            by=self.by,
            meeting=meeting,
            role=part,
            official=self._official(name),
            title=", ".join(title["title"] for title in titles if title.get("title")),
            organisation=", ".join(dict.fromkeys(t["organisation"] for t in titles if t.get("organisation"))),
            citation=self._cite(item),
        )

    def _person(self, name: str) -> Item | None:
        people = self.content.kept(Family.PEOPLE)
        return next((item for item in people if fold(item.fields.get("name") or "") == fold(name)), None)

    def _titles(self, name: str) -> list[dict[str, Any]]:
        person = self._person(name)
        return list(person.fields.get("titles") or []) if person else []

    def _official(self, name: str) -> Official:
        key = fold(name)
        if key not in self._officials:
            known = chosen_official(self._person(name), name, self.matches)
            self._officials[key] = known or name_official(by=self.by, name=name, unit=self._home(name))
            if known is None:
                self._new(self._officials[key])
        return self._officials[key]

    def _home(self, name: str) -> Unit | None:
        """The unit a person's titles place them in."""
        places = fold(" ".join(title.get("organisation") or "" for title in self._titles(name)))
        units = meeting_units(self.content, self.matches)
        return next((unit for unit in units if fold(str(unit)) in places), None)

    def _document(self, meeting: Meeting, item: Item) -> None:
        basis = item.fields.get("type") == "kế hoạch"
        link_document(by=self.by, meeting=meeting, document=self._cited(item), basis=basis)

    @staticmethod
    def _origin(meeting: Meeting) -> Origin:
        assert meeting.origin is not None, "recording a meeting records what its matters come out of"
        return meeting.origin

    def _proposal(self, meeting: Meeting, item: Item) -> None:
        kind = Kind(item.fields.get("kind") or Kind.REQUEST)
        matter = record_proposal(
            by=self.by, origin=self._origin(meeting), statement=self._statement(item), kind=kind
        )
        self._new(matter)
        link_matter(by=self.by, meeting=meeting, matter=matter)

    def _task(self, meeting: Meeting, item: Item, kind: Kind) -> None:
        matter = record_task(
            by=self.by, origin=self._origin(meeting), statement=self._statement(item), kind=kind
        )
        self._new(matter)
        link_matter(by=self.by, meeting=meeting, matter=matter)

    def _statement(self, item: Item) -> Statement:
        fields = item.fields
        chosen = [self.matches.unit(name).chosen for name in fields.get("units") or []]
        speaker = fields.get("speaker") or ""
        titles = [f"{t['title']} {t.get('organisation') or ''}".strip() for t in self._titles(speaker)]
        return Statement(
            text=fields["text"],
            units=list(dict.fromkeys(unit for unit in chosen if unit)),
            topic=fields.get("topic") or OTHER,
            speaker=speaker,
            speaker_title=", ".join(titles),
            addressee=fields.get("addressee") or "",
            citation=self._cite(item),
        )

    def _figure(self, meeting: Meeting, item: Item) -> None:
        unit = self.matches.unit(item.fields.get("subject")).chosen
        assert unit is not None, "figures of no unit are left out before writing"
        citation = self._cite(item)
        measure = item.fields["unit"]
        sentence, at = self._sentence(citation)
        indicator = indicator_for_measure(measure, context=sentence, at=at)
        if indicator is None:
            indicator, new = propose_indicator(by=self.by, name=measure, unit_of_measure=measure)
            if new:
                self._new(indicator)
        figure = record_figure(
            by=self.by,
            indicator=indicator,
            unit=unit,
            on=meeting.date,
            reading=_reading(item, self.draft.source.text[citation.start : citation.end]),
            citation=citation,
            origin=str(meeting),
        )
        self._new(figure)
        link_figure(by=self.by, meeting=meeting, figure=figure)

    def _sentence(self, citation: Citation) -> tuple[str, int]:
        """The sentence around a place, and where in it the place is: what the words beside a number say of it."""
        text = self.draft.source.text
        start = max(text.rfind(mark, 0, citation.start) for mark in _SENTENCE_ENDS) + 1
        ends = [place for mark in _SENTENCE_ENDS if (place := text.find(mark, citation.end)) >= 0]
        return text[start : min(ends, default=len(text))], citation.start - start


def _reading(item: Item, as_printed: str) -> Reading:
    value = item.fields["value"]
    numbers = [Decimal(str(number)) for number in (value if isinstance(value, list) else [value])]
    qualifier = item.fields.get("qualifier") or Qualifier.EXACT
    return Reading(
        value=numbers[0],
        second=numbers[1] if len(numbers) > 1 else None,
        unit_of_measure=item.fields["unit"],
        as_printed=as_printed,
        qualifier=qualifier,
    )

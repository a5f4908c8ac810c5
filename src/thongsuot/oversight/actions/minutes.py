"""Minutes a person typed: a meeting with its people, proposals and directions, in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date

from django.db import transaction

from thongsuot.kernel.vietnamese import fold
from thongsuot.lawbook.topics import OTHER
from thongsuot.matters.actions import Statement, record_proposal, record_task
from thongsuot.matters.enums import KINDS_UP, Kind
from thongsuot.oversight.actions.links import link_document, link_matter
from thongsuot.oversight.actions.meetings import NewMeeting, record_meeting
from thongsuot.oversight.actions.people import add_role, name_official
from thongsuot.oversight.enums import MeetingKind, Part
from thongsuot.oversight.models import Meeting, Official, Visit
from thongsuot.oversight.queries import find_officials
from thongsuot.units.models import Mandate, Unit


@dataclass(frozen=True, slots=True)
class Attendance:
    name: str
    part: Part = Part.ATTENDS
    title: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A proposal or a direction, as one row of the form."""

    text: str
    kind: Kind
    units: Sequence[Unit]
    topic: str = OTHER
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    date: Date
    chair: str = ""
    people: Sequence[Attendance] = ()
    proposals: Sequence[Said] = ()
    directions: Sequence[Said] = ()


@transaction.atomic
def record_minutes(*, by: Mandate, visit: Visit, minutes: Minutes) -> Meeting:
    """Through the same acts as a report that was read; all of it or nothing."""
    units = list(visit.units.all())
    meeting = record_meeting(
        by=by,
        meeting=NewMeeting(
            kind=MeetingKind.SUPERVISION, date=minutes.date, chair=minutes.chair, units=units, visit=visit
        ),
    )
    if plan := visit.group.campaign.plan:
        link_document(by=by, meeting=meeting, document=plan, basis=True)
    titles = {fold(person.name): person.title for person in minutes.people}
    for person in minutes.people:
        add_role(
            by=by,
            meeting=meeting,
            role=person.part,
            official=_official(by, person.name, units),
            title=person.title,
            organisation=person.organisation,
        )
    for said in (*minutes.proposals, *minutes.directions):
        _enter(by, meeting, said, titles.get(fold(said.speaker), ""))
    return meeting


def _enter(by: Mandate, meeting: Meeting, said: Said, title: str) -> None:
    assert meeting.origin is not None, "recording a meeting records what its matters come out of"
    statement = Statement(
        text=said.text, units=list(said.units), topic=said.topic, speaker=said.speaker, speaker_title=title
    )
    record = record_proposal if said.kind in KINDS_UP else record_task
    matter = record(by=by, origin=meeting.origin, statement=statement, kind=said.kind)
    link_matter(by=by, meeting=meeting, matter=matter)


def _official(by: Mandate, name: str, units: Sequence[Unit]) -> Official:
    """The one of that very name seen with these units before; else a person new to the register."""
    own = {unit.pk for unit in units}
    known = [
        official
        for official in find_officials(name)
        if fold(official.name) == fold(name) and official.unit_id in own
    ]
    return known[0] if len(known) == 1 else name_official(by=by, name=name)

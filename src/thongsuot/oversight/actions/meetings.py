from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.audit.actions import record
from thongsuot.audit.removal import remove_or_refuse
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.matters.actions import record_origin, remove_origin
from thongsuot.matters.enums import OriginKind
from thongsuot.matters.models import Origin
from thongsuot.oversight.actions.people import note_days
from thongsuot.oversight.actions.visits import link_minutes, release_minutes
from thongsuot.oversight.enums import Acts, MeetingKind
from thongsuot.oversight.found import forget_meeting, index_meeting
from thongsuot.oversight.models import Meeting, Official, Visit, WorkingGroup
from thongsuot.oversight.policies import may
from thongsuot.sources.models import Source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit

ORIGIN_KINDS = {
    MeetingKind.VOTER_MEETING: OriginKind.VOTERS,
    MeetingKind.DIRECTIVE: OriginKind.LETTER,
    MeetingKind.OTHER: OriginKind.OTHER,
}


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """`title` is made from the rest where the paper gives none; a `draft_key` is confirmed only once.

    Of a `visit` in the timetable it becomes the minutes; the group is then the visit's.
    """

    kind: MeetingKind
    date: date
    title: str = ""
    organisation: str = ""
    chair: str = ""
    working_group: WorkingGroup | None = None
    ordinal: int | None = None
    term: str = ""
    units: Sequence[Unit] = ()
    source: Source | None = None
    draft_key: str = ""
    visit: Visit | None = None

    @property
    def group(self) -> WorkingGroup | None:
        return self.visit.group if self.visit else self.working_group

    @override(settings.LANGUAGE_CODE)
    def named(self) -> str:
        """In the language of the records, whatever the page is read in."""
        if self.title.strip():
            return self.title.strip()[:300]
        of = str(self.group) if self.group else self.organisation
        ordinal = _("lần thứ %(ordinal)d") % {"ordinal": self.ordinal} if self.ordinal else ""
        places = ", ".join(str(unit) for unit in self.units)
        parts = [
            MeetingKind(self.kind).label,
            of,
            ordinal,
            _("tại %(places)s") % {"places": places} if places else "",
        ]
        return " ".join(str(part) for part in parts if part)[:300]


@transaction.atomic
def record_meeting(*, by: Mandate, meeting: NewMeeting) -> Meeting:
    require(may(by, Verb.CONFIRM))
    if meeting.draft_key and Meeting.objects.filter(draft_key=meeting.draft_key).exists():
        raise Refused(_("Bản này đã được xác nhận vào sổ trước đó."))
    recorded = Meeting.objects.create(
        kind=meeting.kind,
        date=meeting.date,
        title=meeting.named(),
        organisation=meeting.organisation[:300],
        chair=meeting.chair[:200],
        working_group=meeting.group,
        ordinal=meeting.ordinal,
        term=meeting.term[:60],
        source=meeting.source,
        draft_key=meeting.draft_key,
    )
    recorded.units.set(meeting.units)
    recorded.origin = _origin(recorded, by)
    recorded.save(update_fields=["origin"])
    index_meeting(recorded)
    if meeting.visit:
        link_minutes(by=by, visit=meeting.visit, meeting=recorded)
    details = {"date": recorded.date.isoformat(), "units": sorted(unit.code for unit in meeting.units)}
    record(by=by, verb=Acts.MEETING_RECORDED, subject=recorded, details=dict(details))
    return recorded


@override(settings.LANGUAGE_CODE)
def _group_label(group: WorkingGroup) -> str:
    return group.label[:200]


def _origin(meeting: Meeting, by: Mandate) -> Origin:
    """Refused where no unit of the meeting or its group is within reach."""
    group = meeting.working_group
    units = list(meeting.units.all()) or (list(group.units.all()) if group else [])
    origin, _new = record_origin(
        by=by,
        kind=ORIGIN_KINDS.get(MeetingKind(meeting.kind), OriginKind.MEETING),
        key=f"oversight.meeting:{meeting.pk}",
        title=meeting.title,
        on=meeting.date,
        units=units,
        group_key=group.key if group else "",
        group_label=_group_label(group) if group else "",
        path=meeting.get_absolute_url(),
    )
    return origin


@transaction.atomic
def remove_meeting(*, by: Mandate, meeting: Meeting) -> None:
    """Refused, in words, while proposals, tasks or figures given there are still in the registers."""
    require(may(by, Verb.UNDO, meeting))
    named = list(Official.objects.filter(roles__meeting=meeting).distinct())
    origin = meeting.origin
    release_minutes(by=by, meeting=meeting)
    remove_or_refuse(meeting)
    forget_meeting(meeting)
    if origin:
        remove_origin(by=by, origin=origin)
    for official in named:
        note_days(official)
    record(by=by, verb=Acts.MEETING_REMOVED, subject=meeting, details={"date": meeting.date.isoformat()})

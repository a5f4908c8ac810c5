from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.removal import remove_or_refuse
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.oversight.enums import Acts, Part
from thongsuot.oversight.found import forget_official, index_meeting, index_official
from thongsuot.oversight.models import Meeting, MeetingRole, Official
from thongsuot.oversight.policies import may
from thongsuot.sources.models import Citation
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit


@transaction.atomic
def name_official(*, by: Mandate, name: str, unit: Unit | None = None) -> Official:
    """A person new to the register. Whether a namesake is the same person, people say, not we."""
    require(may(by, Verb.CONFIRM))
    name = " ".join(name.split())[:150]
    if not name:
        raise Refused(_("Họ tên để trống. Nhập họ và tên như trong văn bản."))
    official = Official.objects.create(name=name, bare=strip_marks(name), unit=unit)
    index_official(official)
    record(by=by, verb=Acts.OFFICIAL_NAMED, subject=official)
    return official


@transaction.atomic
def remove_official(*, by: Mandate, official: Official) -> None:
    """Only one that no meeting speaks of any more."""
    require(may(by, Verb.UNDO, official))
    remove_or_refuse(official)
    forget_official(official)
    record(by=by, verb=Acts.OFFICIAL_REMOVED, subject=official)


@transaction.atomic
def add_role(
    *,
    by: Mandate,
    meeting: Meeting,
    role: Part,
    official: Official,
    title: str = "",
    organisation: str = "",
    citation: Citation | None = None,
) -> MeetingRole:
    """The same person in the same part twice is one role, under the title given first."""
    require(may(by, Verb.CONFIRM, meeting))
    added, new = MeetingRole.objects.get_or_create(
        meeting=meeting,
        role=role,
        official=official,
        defaults={
            "title_as_was": title[:300],
            "organisation_as_was": organisation[:300],
            "citation": citation,
        },
    )
    if new:
        note_days(official)
        index_meeting(meeting)
        details = {"role": str(role), "person": official.name, "title": title, "organisation": organisation}
        record(by=by, verb=Acts.ROLE_ADDED, subject=meeting, details=dict(details))
    return added


def note_days(official: Official) -> None:
    """First and last seen, after the meetings that name the person."""
    days = official.roles.aggregate(first=Min("meeting__date"), last=Max("meeting__date"))
    official.first_seen, official.last_seen = days["first"], days["last"]
    official.save(update_fields=["first_seen", "last_seen"])
    index_official(official)

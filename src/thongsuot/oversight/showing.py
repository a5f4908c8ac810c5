"""What apps below show of meetings: marks of roles in a source, a panel of a unit, visits in calendars."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models import User
from thongsuot.matters.audiences import Audience, register_audiences
from thongsuot.notices.calendar import Event, register_calendar
from thongsuot.oversight.models import Meeting, MeetingRole, Visit
from thongsuot.oversight.policies import scope
from thongsuot.oversight.queries import visible_groups, visible_meetings
from thongsuot.sources.enums import MarkFamily
from thongsuot.sources.marks import Mark, register_marker
from thongsuot.sources.models import Source
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.panels import register_panel

NEWEST = 5


def marks(source: Source, by: Mandate) -> Iterator[Mark]:
    seen = Meeting.objects.filter(scope(by)).values("pk")
    roles = MeetingRole.objects.filter(meeting__in=seen, citation__source=source)
    for role in roles.select_related("official", "citation", "meeting"):
        if role.citation:
            place, url = role.citation, role.meeting.get_absolute_url()
            yield Mark(place.start, place.end, MarkFamily.ROLES, str(role), url)


def panel(unit: Unit, by: Mandate) -> Mapping[str, object] | None:
    meetings = list(visible_meetings(by).filter(units=unit)[:NEWEST])
    return {"meetings": meetings, "unit": unit} if meetings else None


def visits(user: User, mandates: Sequence[Mandate], first: date, last: date) -> Iterator[Event]:
    """Those of the groups the user sits in, and those that come to the user's own unit."""
    mine = Q(group__members__in=[mandate.pk for mandate in mandates])
    for mandate in mandates:
        if mandate.role.reach == Reach.UNIT and mandate.allows(Verb.READ):
            mine |= Q(units__in=mandate.places)
    found = Visit.objects.filter(pk__in=Visit.objects.filter(mine).values("pk"))
    planned = found.filter(Q(held_on__range=(first, last)) | Q(held_on=None, planned_on__range=(first, last)))
    for visit in planned.select_related("group__campaign").prefetch_related("units"):
        units = ", ".join(str(unit) for unit in visit.units.all())
        title = gettext("%(group)s làm việc với %(units)s") % {"group": visit.group, "units": units}
        begins = timezone.make_aware(datetime.combine(visit.day, visit.time)) if visit.time else visit.day
        yield Event(
            f"visit:{visit.pk}", title, visit.get_absolute_url(), begins, cancelled=visit.is_set_aside
        )


def groups_to_address(by: Mandate) -> Iterator[Audience]:
    """The units of a working group, for an order to all of them."""
    groups = visible_groups(by).prefetch_related("units").order_by("-campaign__pk", "number")
    for group in groups:
        units = frozenset(unit.pk for unit in group.units.all())
        yield Audience(f"group:{group.pk}", f"{group}, {group.campaign}", units)


def show() -> None:
    register_calendar("visits", visits)
    register_audiences(groups_to_address)
    register_marker(marks)
    register_panel(20, _("Buổi làm việc, hội nghị"), "oversight/unit_panel.html", panel)

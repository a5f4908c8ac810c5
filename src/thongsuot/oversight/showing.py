"""What pages of apps below show of meetings: marks of roles in a source, a panel of a unit."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from thongsuot.oversight.models import Meeting, MeetingRole
from thongsuot.oversight.policies import scope
from thongsuot.oversight.queries import visible_meetings
from thongsuot.sources.enums import MarkFamily
from thongsuot.sources.marks import Mark, register_marker
from thongsuot.sources.models import Source
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


def show() -> None:
    register_marker(marks)
    register_panel(20, _("Buổi làm việc, hội nghị"), "oversight/unit_panel.html", panel)

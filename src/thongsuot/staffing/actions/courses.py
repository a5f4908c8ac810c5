"""The order by which units send people to a course: a task of the loop. Without names and numbers of people, for tasks
are read by more people than files."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.matters.actions import Clears, draft_order, issue_order
from thongsuot.matters.enums import OriginKind
from thongsuot.matters.models import Matter, Origin
from thongsuot.units.models import Mandate, Unit

TOPIC = "job-position"
_LEAD = "peoples_committee"


def order_to_send(
    *, by: Mandate, units: Sequence[Unit], text: str, basis: str, origin: Origin, due_on: date
) -> list[Matter]:
    """One order to all of these units, due on the first day of the course; part of an act that leaves its own trace."""
    clears = Clears(
        text=text,
        units=units,
        person=_("Lãnh đạo đơn vị"),
        product=_("Danh sách người đã cử; ai chưa cử thì nêu lý do"),
        basis=basis,
        due_on=due_on,
        lead_code=_LEAD,
        topic=TOPIC,
        origin=origin,
    )
    return issue_order(by=by, order=draft_order(by=by, clears=clears))


def origin_of(key: str, title: str, path: str, units: Sequence[Unit]) -> Origin:
    """How the register of matters knows what the course was planned for."""
    origin, new = Origin.objects.get_or_create(
        key=key,
        defaults={"kind": OriginKind.OTHER, "title": title, "on": timezone.localdate(), "path": path},
    )
    if new:
        origin.units.set(units)
    return origin

"""Returns in reminders and calendars: who draws them up, then the head of the unit, then who follows them above."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models import User
from thongsuot.notices.calendar import Event, register_calendar
from thongsuot.notices.reminding import Due, register_reminders
from thongsuot.returns.enums import HANDED_IN
from thongsuot.returns.models import Return
from thongsuot.returns.queries.rounds import owed
from thongsuot.returns.told import key_of
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.units.queries import users_with

TO_DO = _("Lập và nộp báo cáo của đơn vị.")
_IN_CALENDAR = 200


def dues(first: date, last: date) -> Iterator[Due]:
    rows = (
        Return.objects.filter(due__range=(first, last), round__closed_at=None)
        .exclude(state__in=HANDED_IN)
        .select_related("round__template", "round__period", "unit")
        .order_by("pk")
    )
    owing = list(rows)
    today = timezone.localdate()
    units, above = {row.unit_id for row in owing}, {row.round.unit_id for row in owing}
    drawing, heads = users_with(Verb.REPORT, units, today), users_with(Verb.APPROVE_RETURN, units, today)
    keepers = users_with(Verb.KEEP_RETURNS, above, today)
    for row in owing:
        leading = heads.get(row.unit_id, [])
        officers = [user for user in drawing.get(row.unit_id, ()) if user not in leading]
        yield Due(
            key=key_of(row),
            title=str(row.round),
            url=row.get_absolute_url(),
            due_on=row.due,
            holders=officers or leading,
            next_levels=[leading, keepers.get(row.round.unit_id, ())],
            since=timezone.localtime(row.round.opened_at).date(),
            what=TO_DO,
        )


def deadlines(user: User, mandates: Sequence[Mandate], first: date, last: date) -> Iterator[Event]:
    told: set[int] = set()
    for mandate in mandates:
        for row in owed(mandate, timezone.localdate()).filter(due__range=(first, last))[:_IN_CALENDAR]:
            if row.pk not in told:
                told.add(row.pk)
                yield Event(key_of(row), str(row.round), row.get_absolute_url(), row.due)


def remind() -> None:
    register_reminders("returns", dues)
    register_calendar("returns", deadlines)

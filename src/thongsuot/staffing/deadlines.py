"""Reminders and calendars of transfer files. A question to a commune reminds by its task, so it is not told here."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models import User
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.transfers import transfer_rules
from thongsuot.notices.calendar import Event, register_calendar
from thongsuot.notices.reminding import Due, register_reminders
from thongsuot.staffing.enums import Means, TransferState
from thongsuot.staffing.models import Consent, Transfer
from thongsuot.staffing.queries.transfers.rows import handover_due, unanswered
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.units.policies import reach
from thongsuot.units.queries import users_with

_IN_CALENDAR = 500  # of each mandate, the nearest days
_RUNNING = (TransferState.IN_EFFECT, TransferState.CLOSED)


def dues(first: date, last: date) -> Iterator[Due]:
    """Answers owed by those above, who have no task; and hand-overs that are to be done."""
    today = timezone.localdate()
    asked = list(_asked_above(first, last))
    moved = list(_handing_over(first, last))
    units = {one.unit_id for one in asked} | {unit for one in moved for unit in _ends(one)}
    desks = users_with(Verb.AGREE_TRANSFER, units, today)
    for consent in asked:
        yield _answer_due(consent, desks)
    for transfer in moved:
        due_on = handover_due(transfer)
        if due_on is not None and first <= due_on <= last:
            yield _handover_due(transfer, due_on, desks)


def _asked_above(first: date, last: date) -> QuerySet[Consent]:
    waiting = unanswered().filter(
        matter__isnull=True, due_on__range=(first, last), transfer__state=TransferState.ASKED
    )
    return waiting.select_related("unit", "transfer__from_unit", "transfer__to_unit").order_by("pk")


def _handing_over(first: date, last: date) -> QuerySet[Transfer]:
    """Those in effect whose working days may end between the days."""
    days = transfer_rules(last).clocks.handover + 1
    begun = (add_working_days(first, -days), last)
    rows = Transfer.objects.filter(state=TransferState.IN_EFFECT, effective_on__range=begun)
    return rows.select_related("from_unit", "to_unit").order_by("pk")


def _ends(transfer: Transfer) -> tuple[int, int]:
    return transfer.from_unit_id, transfer.to_unit_id


def _title(transfer: Transfer) -> str:
    return f"{transfer.number}: {transfer.from_unit} → {transfer.to_unit}"


def _answer_due(consent: Consent, desks: Mapping[int, Sequence[int]]) -> Due:
    return Due(
        key=f"consent:{consent.pk}",
        title=_title(consent.transfer),
        url=consent.transfer.get_absolute_url(),
        due_on=consent.due_on,
        holders=desks.get(consent.unit_id, ()),
        since=consent.asked_on,
        what=_("Trả lời về việc điều động."),
        waits=True,
    )


def _handover_due(transfer: Transfer, due_on: date, desks: Mapping[int, Sequence[int]]) -> Due:
    both = [user for unit in _ends(transfer) for user in desks.get(unit, ())]
    return Due(
        key=f"handover:{transfer.pk}",
        title=_title(transfer),
        url=transfer.get_absolute_url(),
        due_on=due_on,
        holders=list(dict.fromkeys(both)),
        since=transfer.effective_on,
        what=_("Bàn giao và hoàn tất hồ sơ điều động."),
    )


def days(user: User, mandates: Sequence[Mandate], first: date, last: date) -> Iterator[Event]:
    """When a decision takes effect and when a secondment ends, of files that end or begin within reach."""
    told: set[str] = set()
    for mandate in mandates:
        if not mandate.allows(Verb.AGREE_TRANSFER) and not mandate.allows(Verb.KEEP_STAFF):
            continue
        seen = Q(reach(mandate, "from_unit")) | Q(reach(mandate, "to_unit"))
        rows = Transfer.objects.filter(seen).select_related("from_unit", "to_unit")
        for event in (*_beginning(rows, first, last), *_ending(rows, first, last)):
            if event.key not in told:
                told.add(event.key)
                yield event


def _beginning(rows: QuerySet[Transfer], first: date, last: date) -> Iterator[Event]:
    coming = rows.filter(state=TransferState.DECIDED, effective_on__range=(first, last))
    for one in coming.order_by("effective_on", "pk")[:_IN_CALENDAR]:
        if one.effective_on:
            title = gettext("%(file)s có hiệu lực") % {"file": _title(one)}
            yield Event(f"transfer:{one.pk}", title, one.get_absolute_url(), one.effective_on)


def _ending(rows: QuerySet[Transfer], first: date, last: date) -> Iterator[Event]:
    ending = rows.filter(means=Means.SECONDMENT, state__in=_RUNNING, ends_on__range=(first, last))
    for one in ending.order_by("ends_on", "pk")[:_IN_CALENDAR]:
        if one.ends_on:
            title = gettext("%(file)s hết biệt phái") % {"file": _title(one)}
            yield Event(f"secondment:{one.pk}", title, one.get_absolute_url(), one.ends_on)


def remind_of_transfers() -> None:
    register_reminders("transfers", dues)
    register_calendar("transfers", days)

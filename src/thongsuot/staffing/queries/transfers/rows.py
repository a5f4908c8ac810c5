"""Transfer files in lists: who has the ball, until when, and which are late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.transfers import chain_of, transfer_rules
from thongsuot.staffing.enums import Party, TransferState
from thongsuot.staffing.models import Consent, HandoverItem, Transfer
from thongsuot.staffing.policies import NOTHING, may_name, transfer_scope
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reach
from thongsuot.units.queries import province_of
from thongsuot.units.queries.asking import how_many, standing_of

STATE_TONES: Mapping[str, tuple[str, str]] = {
    TransferState.OPENED: ("plain", "file-plus"),
    TransferState.HEARD: ("plain", "messages"),
    TransferState.ASKED: ("calm", "mail-question"),
    TransferState.AGREED: ("calm", "checks"),
    TransferState.REFUSED: ("due", "hand-stop"),
    TransferState.DECIDED: ("calm", "gavel"),
    TransferState.IN_EFFECT: ("calm", "arrows-exchange"),
    TransferState.CLOSED: ("done", "circle-check"),
    TransferState.ENDED: ("done", "arrow-back-up"),
    TransferState.CANCELLED: ("done", "circle-x"),
}
_ENDS = ("person", "from_unit__parent", "to_unit__parent", "from_position", "to_position", "move")


def unanswered() -> QuerySet[Consent]:
    return Consent.objects.filter(answer="", escalated_on__isnull=True)


def visible_transfers(by: Mandate) -> QuerySet[Transfer]:
    return Transfer.objects.filter(transfer_scope(by)).select_related(*_ENDS)


def with_ball(rows: QuerySet[Transfer], by: Mandate) -> QuerySet[Transfer]:
    """With the parties still asked, what is left to hand over, and the name or number to show."""
    asked = Prefetch(
        "consents", unanswered().select_related("unit").order_by("due_on", "pk"), to_attr="waiting"
    )
    left = HandoverItem.objects.filter(transfer=OuterRef("pk"), done_on__isnull=True).order_by()
    return rows.prefetch_related(asked).annotate(
        asked_until=Subquery(_open_of_row().values("transfer").annotate(day=Min("due_on")).values("day")),
        left=Subquery(left.values("transfer").annotate(count=Count("pk")).values("count")),
        shown=F("person__full_name") if may_name(by) else F("person__number"),
    )


def _open_of_row() -> QuerySet[Consent]:
    return unanswered().filter(transfer=OuterRef("pk"), transfer__state=TransferState.ASKED).order_by()


def late(on: date) -> Q:
    """A party is silent past its day; a hand-over drags on; a decision that is due did not take effect."""
    silent = Q(state=TransferState.ASKED) & Exists(_open_of_row().filter(due_on__lt=on))
    begun = add_working_days(on, -transfer_rules(on).clocks.handover)
    dragging = Q(state=TransferState.IN_EFFECT, effective_on__lt=begun)
    return silent | dragging | Q(state=TransferState.DECIDED, effective_on__lt=on)


def waits_for(unit: Unit) -> Q:
    """Files whose ball lies with that unit."""
    asked = unanswered().filter(unit=unit).values("transfer")
    own = Q(from_unit=unit) | Q(to_unit=unit)
    return Q(state=TransferState.ASKED, pk__in=asked) | Q(state=TransferState.IN_EFFECT) & own


@dataclass(frozen=True, slots=True)
class Ball:
    """Who has to act next, what they have to do, and by when."""

    who: str
    what: str
    due_on: date | None = None
    late: bool = False


def ball_of(transfer: Transfer, on: date) -> Ball | None:
    """Of a row of `with_ball`; None where nothing is awaited of anybody."""
    match TransferState(transfer.state):
        case TransferState.OPENED:
            return Ball(str(transfer.from_unit), _("gặp, nghe ý kiến"))
        case TransferState.HEARD:
            return Ball(_office(transfer), _("hỏi ý kiến các bên"))
        case TransferState.ASKED:
            return _asked(transfer.waiting, on)  # type: ignore[attr-defined]
        case TransferState.AGREED:
            return Ball(_decider(transfer), _("quyết định"))
        case TransferState.REFUSED:
            return Ball(_office(transfer), _("chuyển lên hoặc hủy"))
        case TransferState.DECIDED:
            return _until_effect(transfer, on)
        case TransferState.IN_EFFECT:
            return _handing_over(transfer, on)
    return None


def _asked(waiting: Sequence[Consent], on: date) -> Ball | None:
    if not waiting:
        return None
    who = ", ".join(_called(one) for one in waiting)
    return Ball(who, _("trả lời"), waiting[0].due_on, waiting[0].due_on < on)


def _called(consent: Consent) -> str:
    """Those above answer as an office, communes as themselves."""
    above = consent.party in (Party.HOME_AFFAIRS, Party.BLOCK)
    return str(consent.get_party_display()) if above else str(consent.unit)


def _office(transfer: Transfer) -> str:
    inside = transfer.from_unit_id == transfer.to_unit_id
    return str(transfer.from_unit) if inside else str(Party.HOME_AFFAIRS.label)


def _decider(transfer: Transfer) -> str:
    decides = chain_of(transfer.kind, transfer.opened_on).decides
    return str(transfer.to_unit if decides == "commune" else province_of(transfer.to_unit))


def _until_effect(transfer: Transfer, on: date) -> Ball:
    if transfer.trouble:
        return Ball(_decider(transfer), _("gỡ trở ngại"), transfer.effective_on, late=True)
    return Ball("", _("chờ ngày có hiệu lực"), transfer.effective_on)


def handover_due(transfer: Transfer) -> date | None:
    days = transfer_rules(transfer.opened_on).clocks.handover
    return add_working_days(transfer.effective_on, days) if transfer.effective_on else None


def _handing_over(transfer: Transfer, on: date) -> Ball:
    due_on = handover_due(transfer)
    overdue = due_on is not None and due_on < on
    if not transfer.left:  # type: ignore[attr-defined]
        return Ball(str(transfer.to_unit), _("hoàn tất hồ sơ"), due_on, overdue)
    return Ball(f"{transfer.from_unit}, {transfer.to_unit}", _("bàn giao"), due_on, overdue)


def waiting_for_me(by: Mandate) -> QuerySet[Transfer]:
    """What waits for me: to hear, to ask, to answer, to decide, to hand over."""
    if not by.allows(Verb.READ_STAFF):
        return Transfer.objects.none()
    mine = NOTHING
    both = reach(by, "from_unit") & reach(by, "to_unit")
    if by.allows(Verb.AGREE_TRANSFER):
        asked = unanswered().filter(unit__in=by.places).values("transfer")
        mine |= Q(state=TransferState.ASKED, pk__in=asked)
    if by.allows(Verb.DECIDE_TRANSFER):
        mine |= Q(state=TransferState.AGREED) & both
    if by.allows(Verb.KEEP_STAFF):
        office = (TransferState.OPENED, TransferState.HEARD, TransferState.REFUSED)
        mine |= Q(state__in=office) & both
    if by.allows(Verb.KEEP_STAFF) or by.allows(Verb.AGREE_TRANSFER):
        own = Q(from_unit__in=by.places) | Q(to_unit__in=by.places)
        mine |= Q(state=TransferState.IN_EFFECT) & own
    return Transfer.objects.filter(mine).select_related(*_ENDS)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the first line of the list says; each a link to its rows."""

    open: int
    late: int
    asked: int
    agreed: int
    refused: int
    decided: int
    handing_over: int


def counts_of(rows: QuerySet[Transfer], on: date) -> Counts:
    over = (TransferState.CLOSED, TransferState.ENDED, TransferState.CANCELLED)

    def of(state: TransferState) -> Count:
        return Count("pk", filter=Q(state=state))

    counted = rows.order_by().aggregate(
        open=Count("pk", filter=~Q(state__in=over)),
        late=Count("pk", filter=late(on)),
        asked=of(TransferState.ASKED),
        agreed=of(TransferState.AGREED),
        refused=of(TransferState.REFUSED),
        decided=of(TransferState.DECIDED),
        handing_over=of(TransferState.IN_EFFECT),
    )
    return Counts(**counted)


def silent_units(by: Mandate, on: date) -> int:
    """How many units have let their day pass without an answer."""
    if not by.allows(Verb.READ_STAFF):
        return 0

    def late() -> QuerySet[Consent]:
        asked = unanswered().filter(due_on__lt=on, transfer__state=TransferState.ASKED)
        return asked.filter(transfer__in=Transfer.objects.filter(transfer_scope(by)).values("pk"))

    return how_many(("silent units", standing_of(by), on), late, of="unit")

"""Three things are kept apart: the figures of a unit, who the people are, and why somebody may not be moved.

Figures (READ_STAFF) are shown with numbers instead of names; names and files need NAME_STAFF, the case of a lock
READ_LOCKS. A transfer is seen from both ends; a plan by those who reach its province.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import ALLOWED, Verdict, refused
from thongsuot.staffing.enums import Party, TransferState
from thongsuot.staffing.models import (
    Consent,
    Frame,
    Holding,
    ImportBatch,
    Person,
    Plan,
    ReviewRound,
    Snapshot,
    Transfer,
    UnitReview,
)
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import holds, reach, reaches

NOTHING = Q(pk__in=[])
Subject = (
    Unit
    | Person
    | Holding
    | Frame
    | Snapshot
    | ImportBatch
    | ReviewRound
    | UnitReview
    | Plan
    | Transfer
    | Consent
)


def scope(mandate: Mandate) -> Q:
    """Rows with a `unit`: holdings, frames, quotas, snapshots, reviews."""
    return reach(mandate) if mandate.allows(Verb.READ_STAFF) else NOTHING


def unit_scope(mandate: Mandate) -> Q:
    """Units whose figures may be read."""
    return reach(mandate, "") if mandate.allows(Verb.READ_STAFF) else NOTHING


def person_scope(mandate: Mandate) -> Q:
    """People who hold or held a post within reach, or are on their way into it."""
    if not mandate.allows(Verb.READ_STAFF):
        return NOTHING
    held = Holding.objects.filter(reach(mandate)).values("person_id")
    coming = Transfer.objects.filter(reach(mandate, "to_unit")).values("person_id")
    return Q(pk__in=held) | Q(pk__in=coming)


def keep_scope(mandate: Mandate) -> Q:
    """People whose file is kept within reach: they hold a post there now or soon, or held their last one there.

    A unit that somebody left still sees that they were there, but keeps no file of them and sees no wish or lock.
    """
    if not mandate.allows(Verb.READ_STAFF):
        return NOTHING
    now = Holding.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=timezone.localdate()))
    here = Q(pk__in=now.filter(reach(mandate)).values("person_id"))
    last = Q(pk__in=Holding.objects.filter(reach(mandate)).values("person_id"))
    return here | last & ~Q(pk__in=now.values("person_id"))


def round_scope(mandate: Mandate) -> Q:
    """A round is known to every unit it asks."""
    if not mandate.allows(Verb.READ_STAFF):
        return NOTHING
    return reach(mandate) | Q(pk__in=UnitReview.objects.filter(reach(mandate)).values("round_id"))


def plan_scope(mandate: Mandate) -> Q:
    """Only where the whole board may be seen: a plan moves people of every unit."""
    return reach(mandate) if mandate.allows(Verb.READ_STAFF) else NOTHING


def transfer_scope(mandate: Mandate) -> Q:
    if not mandate.allows(Verb.READ_STAFF):
        return NOTHING
    return reach(mandate, "from_unit") | reach(mandate, "to_unit")


def may_name(mandate: Mandate) -> bool:
    """Whether names are shown, or numbers stand for them."""
    return mandate.allows(Verb.NAME_STAFF)


def may(mandate: Mandate, verb: Verb, subject: Subject | None = None) -> Verdict:
    if not (held := holds(mandate, verb)):
        return held
    if subject is None or _within(mandate, verb, subject):
        return ALLOWED
    return refused(_("“%(subject)s” không thuộc phạm vi của vai trò đang dùng.") % {"subject": subject})


def _within(mandate: Mandate, verb: Verb, subject: Subject) -> bool:
    rows: QuerySet[Any]
    match subject:
        case Unit():
            return reaches(mandate, subject)
        case Person() if verb in (Verb.KEEP_STAFF, Verb.READ_LOCKS):
            rows = Person.objects.filter(keep_scope(mandate))
        case Person():
            rows = Person.objects.filter(person_scope(mandate))
        case ReviewRound() if verb == Verb.READ_STAFF:
            rows = ReviewRound.objects.filter(round_scope(mandate))
        case Plan():
            rows = Plan.objects.filter(plan_scope(mandate))
        case Transfer():
            rows = Transfer.objects.filter(transfer_scope(mandate))
        case Consent():
            return subject.unit_id in mandate.places
        case _:
            rows = type(subject)._default_manager.filter(reach(mandate))
    return rows.filter(pk=subject.pk).exists()


# A transfer file. Who keeps or decides it reaches both ends: so a ward keeps and decides what stays inside it, and a
# party answers for itself alone, however far its role reaches.


def may_open_transfer(mandate: Mandate, *ends: Unit) -> Verdict:
    return _reaching(mandate, Verb.KEEP_STAFF, *ends)


def may_keep_transfer(mandate: Mandate, transfer: Transfer) -> Verdict:
    return _reaching(mandate, Verb.KEEP_STAFF, transfer.from_unit, transfer.to_unit)


def may_hear(mandate: Mandate, transfer: Transfer) -> Verdict:
    """Whoever keeps the registers of the person's unit, or heads it."""
    kept = _reaching(mandate, Verb.KEEP_STAFF, transfer.from_unit)
    return kept or _reaching(mandate, Verb.DECIDE_TRANSFER, transfer.from_unit)


def may_answer(mandate: Mandate, consent: Consent) -> Verdict:
    return may(mandate, Verb.AGREE_TRANSFER, consent)


def may_decide(mandate: Mandate, transfer: Transfer) -> Verdict:
    return _reaching(mandate, Verb.DECIDE_TRANSFER, transfer.from_unit, transfer.to_unit)


def may_cancel(mandate: Mandate, transfer: Transfer) -> Verdict:
    """A decision is taken back by those who decide."""
    decided = transfer.state == TransferState.DECIDED
    return may_decide(mandate, transfer) if decided else may_keep_transfer(mandate, transfer)


def may_send_to_course(mandate: Mandate, transfer: Transfer) -> Verdict:
    """Whoever plans training, and may give the unit a task."""
    planned = _reaching(mandate, Verb.PLAN_STAFF, transfer.to_unit)
    return planned and _reaching(mandate, Verb.ISSUE, transfer.to_unit)


def may_hand_over(mandate: Mandate, transfer: Transfer, party: str) -> Verdict:
    """Each end ticks off its own part."""
    end = transfer.from_unit if party == Party.SENDER else transfer.to_unit
    kept = _reaching(mandate, Verb.KEEP_STAFF, end)
    return kept or _reaching(mandate, Verb.AGREE_TRANSFER, end)


def _reaching(mandate: Mandate, verb: Verb, *ends: Unit) -> Verdict:
    verdicts = (may(mandate, verb, end) for end in ends)
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)

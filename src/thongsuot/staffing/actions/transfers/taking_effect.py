"""A decision takes effect by its own day, whenever we get to it: the registers show it from that day on.

Days without service are made good by the next run, and a run after a run finds nothing to do.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.audit.actors import SYSTEM, HasActor
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.notices.enums import Kind
from thongsuot.staffing.actions.transfers.stepping import at_hand, step, trace
from thongsuot.staffing.actions.transfers.telling import keepers, tell_of
from thongsuot.staffing.enums import Acts, HoldingKind, Means, TransferState
from thongsuot.staffing.found import index_people
from thongsuot.staffing.models import Holding, Transfer
from thongsuot.staffing.policies import may_decide
from thongsuot.staffing.queries.transfers.places import LEAVING
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.units.queries import holding_on

_KINDS = {Means.SECONDMENT: HoldingKind.SECONDMENT, Means.COMBINED: HoldingKind.COMBINED}


@transaction.atomic
def take_effect(*, by: Mandate, transfer: Transfer, seen: int | None = None) -> Transfer:
    """By hand, for a decision whose day has come and that the daily job could not bring into the registers."""
    require(may_decide(by, transfer))
    transfer = at_hand(transfer, seen)
    bring_into_effect(by, transfer)
    return transfer


def take_effects(on: date) -> list[Transfer]:
    """Every decision whose day has come; what stands in the way of one does not hold up the others."""
    due = Transfer.objects.filter(state=TransferState.DECIDED, effective_on__lte=on)
    done = []
    for transfer in list(due.order_by("effective_on", "pk")):
        try:
            with transaction.atomic():
                row = at_hand(transfer, None)
                if row.state == TransferState.DECIDED:
                    bring_into_effect(SYSTEM, row)
                    done.append(row)
        except Refused as refusal:
            _note_trouble(transfer, str(refusal))
    return done


def bring_into_effect(by: HasActor, row: Transfer) -> None:
    """Inside the transaction of an act; the row is at hand. The old post ends, the new one begins, by the same day."""
    step(row, TransferState.IN_EFFECT)
    if row.effective_on is None or row.effective_on > timezone.localdate():
        raise Refused(_("Quyết định %(number)s chưa đến ngày có hiệu lực.") % {"number": row.decision_number})
    old = _post_before(row, row.effective_on)
    if row.means in LEAVING:
        _end(old, row.effective_on)
    row.holding = _begin(row, old, row.effective_on)
    row.trouble = ""
    row.save()
    index_people([row.person_id])
    tell_of(
        row,
        "in-effect",
        kind=Kind.CHANGED,
        text=lambda: _("Đã có hiệu lực, hai bên bàn giao."),
        verb=Verb.AGREE_TRANSFER,
        units=[row.from_unit, row.to_unit],
        by=by,
    )
    trace(by, Acts.TRANSFER_IN_EFFECT, row, {"effective_on": row.effective_on, "person": row.person.number})


def _post_before(row: Transfer, on: date) -> Holding:
    rows = Holding.objects.select_for_update(of=("self",)).filter(
        holding_on(on),
        person=row.person_id,
        unit=row.from_unit_id,
        position=row.from_position_id,
        kind=HoldingKind.FULL,
    )
    if (post := rows.first()) is None:
        raise Refused(
            _("Ngày %(day)s người này không còn giữ “%(position)s” ở %(unit)s; xem lại sổ hoặc hủy hồ sơ.")
            % {"day": f"{on:%d-%m-%Y}", "position": row.from_position, "unit": row.from_unit}
        )
    return post


def _end(post: Holding, on: date) -> None:
    if post.valid_from >= on:
        raise Refused(
            _("Vị trí đang giữ bắt đầu ngày %(day)s, không trước ngày có hiệu lực; xem lại sổ.")
            % {"day": f"{post.valid_from:%d-%m-%Y}"}
        )
    post.valid_to = on
    post.version += 1
    post.save(update_fields=["valid_to", "version"])


def _begin(row: Transfer, old: Holding, on: date) -> Holding:
    """A secondment stays on the payroll it came from and says from the start when it is over."""
    seconded = row.means == Means.SECONDMENT
    return Holding.objects.create(
        person=row.person,
        unit=row.to_unit,
        position=row.to_position,
        kind=_KINDS.get(Means(row.means), HoldingKind.FULL),
        payroll=(old.payroll or old.unit) if seconded else None,
        valid_from=on,
        valid_to=row.ends_on + timedelta(days=1) if seconded and row.ends_on else None,
        basis=_basis(row),
    )


def _basis(row: Transfer) -> str:
    with override(settings.LANGUAGE_CODE):
        said = _("Quyết định %(number)s ngày %(day)s, hồ sơ %(file)s") % {
            "number": row.decision_number,
            "day": f"{row.decision_on:%d-%m-%Y}",
            "file": row.number,
        }
    return said[:300]


def _note_trouble(transfer: Transfer, why: str) -> None:
    Transfer.objects.filter(pk=transfer.pk, state=TransferState.DECIDED).update(trouble=why[:500])
    tell_of(
        transfer,
        "trouble",
        kind=Kind.RETURNED,
        text=lambda: why,
        verb=Verb.DECIDE_TRANSFER,
        units=keepers(transfer),
    )

"""Giving a file up before it takes effect, with a reason that stays."""

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import require
from thongsuot.notices.enums import Kind
from thongsuot.staffing.actions.transfers.asking import drop_questions
from thongsuot.staffing.actions.transfers.stepping import at_hand, require_words, step, trace
from thongsuot.staffing.actions.transfers.telling import tell_of
from thongsuot.staffing.enums import Acts, MoveStanding, TransferState
from thongsuot.staffing.models import PlanMove, Transfer
from thongsuot.staffing.policies import may_cancel
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


@transaction.atomic
def cancel(*, by: Mandate, transfer: Transfer, reason: str, seen: int | None = None) -> Transfer:
    """Whoever was still asked is asked no more; the proposal it came from stands as not followed."""
    transfer = at_hand(transfer, seen)
    require(may_cancel(by, transfer))
    step(transfer, TransferState.CANCELLED)
    transfer.cancelled_because = require_words(reason, _("Chưa nêu lý do hủy. Nhập lý do."))[:500]
    transfer.trouble = ""
    transfer.save()
    drop_questions(by, transfer, transfer.cancelled_because)
    if transfer.move_id:
        PlanMove.objects.filter(pk=transfer.move_id).update(
            standing=MoveStanding.DECLINED, declined_because=transfer.cancelled_because
        )
    tell_of(
        transfer,
        "cancelled",
        kind=Kind.CHANGED,
        text=lambda: _("Đã hủy hồ sơ: %(reason)s") % {"reason": transfer.cancelled_because},
        verb=Verb.AGREE_TRANSFER,
        units=[transfer.from_unit, transfer.to_unit],
        by=by,
    )
    trace(by, Acts.TRANSFER_CANCELLED, transfer, {"reason": transfer.cancelled_because})
    return transfer

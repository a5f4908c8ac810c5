"""What is handed over, ticked off by each end; then the file is closed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.transfers import sides
from thongsuot.staffing.actions.transfers.stepping import at_hand, called, step, trace
from thongsuot.staffing.enums import Acts, Party, TransferState
from thongsuot.staffing.models import HandoverItem, Transfer
from thongsuot.staffing.policies import may_hand_over
from thongsuot.units.models import Mandate

HANDING_OVER = (TransferState.DECIDED, TransferState.IN_EFFECT)


@transaction.atomic
def tick_handover(*, by: Mandate, item: HandoverItem, done: bool = True) -> HandoverItem:
    """Done, or not done after all; until the file is closed."""
    transfer = item.transfer
    require(may_hand_over(by, transfer, sides().get(item.code, Party.RECEIVER)))
    transfer = at_hand(transfer, None)
    item = HandoverItem.objects.get(pk=item.pk)
    if transfer.state not in HANDING_OVER:
        raise Refused(
            _("Hồ sơ %(number)s đang ở bước “%(state)s”, không ghi bàn giao được.")
            % {"number": transfer.number, "state": transfer.get_state_display()}
        )
    if done == (item.done_on is not None):
        return item
    item.done_on = timezone.localdate() if done else None
    item.done_by = called(by) if done else ""
    item.save()
    trace(by, Acts.TRANSFER_HANDED_OVER, transfer, {"item": item.code, "done": done})
    return item


@transaction.atomic
def close(*, by: Mandate, transfer: Transfer, seen: int | None = None) -> Transfer:
    require(may_hand_over(by, transfer, Party.RECEIVER))
    transfer = at_hand(transfer, seen)
    step(transfer, TransferState.CLOSED)
    if left := list(transfer.handover.filter(done_on__isnull=True).values_list("what", flat=True)):
        raise Refused(_("Còn chưa bàn giao: %(items)s.") % {"items": "; ".join(left)})
    transfer.save()
    trace(by, Acts.TRANSFER_CLOSED, transfer)
    return transfer

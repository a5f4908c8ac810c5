"""The person is met and heard before anything is decided (Decree 170/2025, Article 25)."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.transfers import chain_of
from thongsuot.staffing.actions.transfers.stepping import at_hand, require_words, step, trace
from thongsuot.staffing.enums import Acts, TransferState
from thongsuot.staffing.models import Transfer
from thongsuot.staffing.policies import may_hear
from thongsuot.units.models import Mandate


@transaction.atomic
def note_hearing(
    *,
    by: Mandate,
    transfer: Transfer,
    on: date,
    heard_by: str,
    view: str,
    agrees: bool,
    seen: int | None = None,
) -> Transfer:
    """What the person said; a move inside one committee asks nobody else, so it can be decided from here on."""
    require(may_hear(by, transfer))
    transfer = at_hand(transfer, seen)
    step(transfer, TransferState.HEARD)
    if on > timezone.localdate():
        raise Refused(_("Ngày gặp %(day)s chưa tới. Ghi sau khi đã gặp.") % {"day": f"{on:%d-%m-%Y}"})
    transfer.heard_on, transfer.person_agrees = on, agrees
    transfer.heard_by = require_words(heard_by, _("Chưa ghi ai đã gặp. Nhập họ tên, chức vụ."))[:200]
    transfer.view = require_words(
        view, _("Chưa ghi ý kiến của người được điều động. Không có ý kiến thì ghi “Không có ý kiến khác”.")
    )
    if not chain_of(transfer.kind, transfer.opened_on).rounds:
        step(transfer, TransferState.AGREED)
    transfer.save()
    trace(by, Acts.TRANSFER_HEARD, transfer, {"on": on, "agrees": agrees})
    return transfer

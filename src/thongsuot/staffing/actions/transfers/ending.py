"""The end of a secondment: the person is back on the post that stayed theirs; both ends hear of it in good time."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actors import SYSTEM, HasActor
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.transfers import transfer_rules
from thongsuot.notices.enums import Kind
from thongsuot.staffing.actions.transfers.stepping import at_hand, require_words, step, trace
from thongsuot.staffing.actions.transfers.telling import tell_of
from thongsuot.staffing.enums import Acts, Means, TransferState
from thongsuot.staffing.models import Holding, Transfer
from thongsuot.staffing.policies import may_decide
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate

_RUNNING = (TransferState.IN_EFFECT, TransferState.CLOSED)
_DAY = timedelta(days=1)


@transaction.atomic
def end_secondment(
    *, by: Mandate, transfer: Transfer, on: date, reason: str, seen: int | None = None
) -> Transfer:
    """Before its term: `on` is the last day. A later last day needs a new decision."""
    require(may_decide(by, transfer))
    transfer = at_hand(transfer, seen)
    why = require_words(reason, _("Chưa nêu lý do kết thúc trước hạn. Nhập lý do, số quyết định nếu có."))
    _require_secondment(transfer)
    if on > timezone.localdate():
        raise Refused(_("Ngày %(day)s chưa tới. Ghi khi đã kết thúc.") % {"day": f"{on:%d-%m-%Y}"})
    if transfer.ends_on and on >= transfer.ends_on:
        raise Refused(
            _("Biệt phái đến %(day)s tự hết hạn; chỉ ghi khi kết thúc trước ngày đó.")
            % {"day": f"{transfer.ends_on:%d-%m-%Y}"}
        )
    if transfer.effective_on and on < transfer.effective_on:
        raise Refused(_("Ngày kết thúc phải từ ngày có hiệu lực trở đi."))
    Holding.objects.filter(transfer=transfer).update(valid_to=on + _DAY, version=F("version") + 1)
    transfer.ends_on = on
    _end(by, transfer, {"on": on, "reason": why})
    return transfer


def end_secondments(on: date) -> list[Transfer]:
    """Those whose last day is over by then; part of the daily job, may run again."""
    over = Transfer.objects.filter(means=Means.SECONDMENT, state__in=_RUNNING, ends_on__lt=on)
    ended = []
    for transfer in list(over.order_by("ends_on", "pk")):
        with transaction.atomic():
            row = at_hand(transfer, None)
            if row.state in _RUNNING and row.ends_on and row.ends_on < on:
                _end(SYSTEM, row, {"on": row.ends_on})
                ended.append(row)
    return ended


def warn_of_ends(on: date) -> None:
    """Both ends are told once at each of the distances the rules name, also after days without service."""
    running = Transfer.objects.filter(means=Means.SECONDMENT, state__in=_RUNNING, ends_on__gte=on)
    for row in running.select_related("from_unit", "to_unit").order_by("ends_on", "pk"):
        if row.ends_on is None:
            continue
        passed = [
            days for days in transfer_rules(row.opened_on).warn_before_end if row.ends_on - on <= days * _DAY
        ]
        if passed:
            _warn(row, row.ends_on, min(passed))


def _warn(row: Transfer, ends_on: date, days: int) -> None:
    tell_of(
        row,
        f"ends-{days}-{ends_on.isoformat()}",
        kind=Kind.DUE,
        text=lambda: _("Biệt phái hết hạn ngày %(day)s.") % {"day": f"{ends_on:%d-%m-%Y}"},
        verb=Verb.AGREE_TRANSFER,
        units=[row.from_unit, row.to_unit, row.to_unit.parent_id or row.to_unit_id],
        due_on=ends_on,
    )


def _require_secondment(transfer: Transfer) -> None:
    if transfer.means != Means.SECONDMENT:
        raise Refused(_("%(number)s không phải biệt phái.") % {"number": transfer.number})


def _end(by: HasActor, transfer: Transfer, details: dict[str, object]) -> None:
    step(transfer, TransferState.ENDED)
    transfer.save()
    tell_of(
        transfer,
        "ended",
        kind=Kind.CHANGED,
        text=lambda: _("Hết biệt phái; người được biệt phái trở về %(unit)s.") % {"unit": transfer.from_unit},
        verb=Verb.AGREE_TRANSFER,
        units=[transfer.from_unit, transfer.to_unit],
        by=by,
    )
    trace(by, Acts.TRANSFER_ENDED, transfer, details)

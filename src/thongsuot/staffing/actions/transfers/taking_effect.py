"""A decision takes effect by its own day, whenever we get to it: the registers show it from that day on.

Days without service are made good by the next run, and a run after a run finds nothing to do.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.audit.actors import SYSTEM, HasActor
from thongsuot.audit.versions import take_turn
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.notices.enums import Kind
from thongsuot.staffing.actions.posts import begin_post, end_post
from thongsuot.staffing.actions.transfers.stepping import at_hand, step, trace
from thongsuot.staffing.actions.transfers.telling import keepers, tell_of
from thongsuot.staffing.enums import Acts, HoldingKind, Means, TransferState
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
    bring_into_effect(by, [transfer])
    return transfer


def take_effects(on: date) -> list[Transfer]:
    """Every decision whose day has come; what stands in the way of one does not hold up the others."""
    due = Transfer.objects.filter(state=TransferState.DECIDED, effective_on__lte=on)
    rows = list(due.order_by("effective_on", "decision_on", "decision_number", "pk"))
    done: list[Transfer] = []
    for _paper, group in groupby(
        rows, key=lambda row: (row.effective_on, row.decision_on, row.decision_number)
    ):
        files = list(group)
        try:  # the files of one paper make room for one another
            done += _together(files)
        except Refused:
            for one in files:
                try:
                    done += _together([one])
                except Refused as refusal:
                    _note_trouble(one, str(refusal))
    return done


@transaction.atomic
def _together(files: Sequence[Transfer]) -> list[Transfer]:
    """What somebody else has brought into effect meanwhile is left alone."""
    rows = [at_hand(one, None) for one in sorted(files, key=lambda one: one.pk)]
    rows = [row for row in rows if row.state == TransferState.DECIDED]
    bring_into_effect(SYSTEM, rows)
    return rows


def bring_into_effect(by: HasActor, rows: Sequence[Transfer]) -> None:
    """Inside the transaction of an act; the rows are at hand. First all old posts end, then the new ones begin."""
    olds = [_leave(row) for row in rows]
    for row, old in zip(rows, olds, strict=True):
        row.holding = _begin(row, old)
        row.trouble = ""
        row.save()
        _tell(by, row)
        details = {"effective_on": row.effective_on, "person": row.person.number}
        trace(by, Acts.TRANSFER_IN_EFFECT, row, details)


def _leave(row: Transfer) -> Holding:
    step(row, TransferState.IN_EFFECT)
    if row.effective_on is None or row.effective_on > timezone.localdate():
        raise Refused(_("Quyết định %(number)s chưa đến ngày có hiệu lực.") % {"number": row.decision_number})
    old = _post_before(row, row.effective_on)
    return end_post(holding=take_turn(old, None), on=row.effective_on) if row.means in LEAVING else old


def _tell(by: HasActor, row: Transfer) -> None:
    tell_of(
        row,
        "in-effect",
        kind=Kind.CHANGED,
        text=lambda: _("Đã có hiệu lực, hai bên bàn giao."),
        verb=Verb.AGREE_TRANSFER,
        units=[row.from_unit, row.to_unit],
        by=by,
    )


def _post_before(row: Transfer, on: date) -> Holding:
    rows = Holding.objects.select_for_update(of=("self",)).filter(
        holding_on(on),
        person=row.person_id,
        unit=row.from_unit_id,
        position=row.from_position_id,
        kind=HoldingKind.FULL,
    )
    if (post := rows.select_related("unit").first()) is None:
        raise Refused(
            _("Ngày %(day)s người này không còn giữ “%(position)s” ở %(unit)s; xem lại sổ hoặc hủy hồ sơ.")
            % {"day": f"{on:%d-%m-%Y}", "position": row.from_position, "unit": row.from_unit}
        )
    return post


def _begin(row: Transfer, old: Holding) -> Holding:
    """A secondment stays on the payroll it came from and says from the start when it is over."""
    assert row.effective_on is not None, "checked before any post was ended"
    return begin_post(
        person=row.person,
        unit=row.to_unit,
        position=row.to_position,
        body=row.to_body,
        since=row.effective_on,
        kind=_KINDS.get(Means(row.means), HoldingKind.FULL),
        payroll=(old.payroll or old.unit) if row.means == Means.SECONDMENT else None,
        until=row.ends_on + timedelta(days=1) if row.ends_on else None,
        basis=_basis(row),
        told_so=True,  # what the decision was taken on was checked when the file was opened
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

"""A return on its way: handed in by who drew it up, approved by the head, taken in, sent back, reopened."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.versions import take_turn
from thongsuot.indicators.actions import added_up_together, copy_statement, put_in_force
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.notices.enums import Kind
from thongsuot.returns.actions.filling import locked_return, next_state, require_round_open
from thongsuot.returns.checking import Fault
from thongsuot.returns.enums import Acts, Level, State, Step
from thongsuot.returns.found import index_return
from thongsuot.returns.models import Passage, Return, ReturnVersion
from thongsuot.returns.policies import may
from thongsuot.returns.queries.papers import paper_of, version_of
from thongsuot.returns.told import settle_all, tell_units
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate

_NAMED = 5


class Faulty(Refused):
    """A return that cannot be handed in as it is; each fault with its place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        must = sum(fault.level == Level.MUST for fault in self.faults)
        counted = _("Còn %(must)s chỗ phải sửa, %(explain)s chỗ cần giải trình: %(says)s") % {
            "must": must,
            "explain": len(self.faults) - must,
            "says": " ".join(fault.says for fault in self.faults[:_NAMED]),
        }
        super().__init__(counted)


@transaction.atomic
def submit_return(*, by: Mandate, row: Return, seen: int | None = None) -> Return:
    require(may(by, Verb.REPORT, row))
    row, version, after = _stepping(row, Step.SUBMIT, seen)
    require_round_open(row)
    if faults := paper_of(row).standing_in_the_way:
        raise Faulty(faults)
    version.submitted_at, version.submitted_by = timezone.now(), by.actor.name[:200]
    version.submitted_by_username = by.user.username[:150]
    version.save()
    _arrive(row, after)
    settle_all(row)
    tell_units([row], Verb.APPROVE_RETURN, Kind.WAITS, _("Duyệt báo cáo rồi gửi cấp trên."), "submitted")
    return _recorded(by, row, Acts.SUBMITTED)


@transaction.atomic
def approve_return(*, by: Mandate, row: Return, seen: int | None = None) -> Return:
    """By the head, who is not the one that handed it in; with this it reaches those above."""
    require(may(by, Verb.APPROVE_RETURN, row))
    row, version, after = _stepping(row, Step.APPROVE, seen)
    if version.submitted_by_username == by.user.username:
        raise Refused(
            _(
                "Bạn là người trình báo cáo này nên không tự duyệt được. Người khác trình, hoặc người khác duyệt."
            )
        )
    version.approved_at, version.approved_by = timezone.now(), by.actor.name[:200]
    version.save()
    row.handed_in_at = row.handed_in_at or version.approved_at
    _arrive(row, after)
    index_return(row)
    settle_all(row)
    return _recorded(by, row, Acts.APPROVED)


@transaction.atomic
def send_back_return(*, by: Mandate, row: Return, reason: str, seen: int | None = None) -> Return:
    """By the head, or by those above once it reached them; notes on its cells go with it."""
    verb = Verb.APPROVE_RETURN if row.state == State.SUBMITTED else Verb.ACCEPT_RETURN
    require(may(by, verb, row))
    if not (reason := reason.strip()):
        raise Refused(_("Chưa nêu lý do trả lại. Viết rõ chỗ nào cần sửa, hoặc nhận xét vào từng ô."))
    row, version, after = _stepping(row, Step.SEND_BACK, seen)
    version.approved_at, version.approved_by = None, ""
    version.submitted_at, version.submitted_by, version.submitted_by_username = None, "", ""
    version.save()
    version.notes.create(text=reason[:1000], by=by.actor.name[:200], at=timezone.now())
    _arrive(row, after)
    if row.handed_in_at:
        index_return(row)
    settle_all(row)
    tell_units([row], Verb.REPORT, Kind.RETURNED, reason, f"returned-{row.version}")
    return _recorded(by, row, Acts.SENT_BACK, reason=reason)


@transaction.atomic
def accept_return(*, by: Mandate, row: Return, seen: int | None = None) -> Return:
    """Its figures count from now on, those of an earlier version no more."""
    require(may(by, Verb.ACCEPT_RETURN, row))
    row, version, after = _stepping(row, Step.ACCEPT, seen)
    counted = put_in_force(by=by, statement=version.statement)
    version.accepted_at, version.accepted_by = timezone.now(), by.actor.name[:200]
    version.save()
    _arrive(row, after)
    version.notes.filter(settled_at=None).update(settled_at=timezone.now(), settled_by=by.actor.name[:200])
    return _recorded(by, row, Acts.ACCEPTED, counted=counted)


@transaction.atomic
def accept_returns(*, by: Mandate, rows: Iterable[Return]) -> tuple[int, list[tuple[Return, str]]]:
    """Each by itself, but for the sums: how many went through, and why the others did not."""
    accepted, refused = 0, []
    with added_up_together():
        for row in rows:
            try:
                accept_return(by=by, row=row)
            except Refused as refusal:
                refused.append((row, str(refusal)))
            else:
                accepted += 1
    return accepted, refused


@transaction.atomic
def reopen_return(*, by: Mandate, row: Return, reason: str, seen: int | None = None) -> Return:
    """The next version begins as a copy of this one, which stays as it is and counts until the next is taken in."""
    require(may(by, Verb.ACCEPT_RETURN, row))
    if not (reason := reason.strip()):
        raise Refused(_("Chưa nêu lý do mở lại. Lý do được giữ cùng phiên bản mới."))
    row, version, after = _stepping(row, Step.REOPEN, seen)
    number = version.number + 1
    statement = copy_statement(
        by=by, statement=version.statement, version=number, path=row.get_absolute_url()
    )
    following = ReturnVersion.objects.create(
        parent=row,
        number=number,
        statement=statement,
        reason=reason[:500],
        begun_at=timezone.now(),
        begun_by=by.actor.name[:200],
    )
    Passage.objects.bulk_create(
        Passage(version=following, section_id=one.section_id, text=one.text) for one in version.passages.all()
    )
    row.number = number
    _arrive(row, after)
    tell_units([row], Verb.REPORT, Kind.RETURNED, reason, "reopened")
    return _recorded(by, row, Acts.REOPENED, reason=reason)


def _stepping(row: Return, step: Step, seen: int | None) -> tuple[Return, ReturnVersion, State]:
    take_turn(row, seen)
    row = locked_return(row)
    after = next_state(row, step)
    version = version_of(row)
    assert version is not None
    return row, version, after


def _arrive(row: Return, state: State) -> None:
    row.state = state
    row.save(update_fields=["state", "number", "handed_in_at"])


def _recorded(by: Mandate, row: Return, verb: str, **details: object) -> Return:
    record(by=by, verb=verb, subject=row, details={"unit": row.unit.code, "version": row.number, **details})
    return row

"""What a unit asks of those above, on its way to whoever answers.

- raise_proposal(by, statement, kind=REQUEST) -> Proposal: by the unit itself, with no paper behind it; what one unit
  raises on one day shares an origin with the key "unit:<pk>:<day>"
- edit_proposal(by, proposal, statement, kind, seen): as long as nobody has acted on it
- withdraw_proposal(by, proposal, reason)
- route_proposal(by, proposal, body, due_on=None, reason=""); route_proposals(by, proposals, body, …) for many
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, Stale, require
from thongsuot.kernel.vietnamese import fold
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.clocks import periods
from thongsuot.matters.actions.moving import leave_step, locked, move
from thongsuot.matters.actions.recording import Statement, enter, fill, subject_of
from thongsuot.matters.actions.together import hand_over_all, locked_all, move_all
from thongsuot.matters.enums import KINDS_UP, Act, Acts, Direction, Kind, OriginKind, Response, State
from thongsuot.matters.found import index_matters
from thongsuot.matters.models import Matter, MatterUnit, Origin, Proposal, Reply, Step
from thongsuot.matters.policies import may, may_all
from thongsuot.units.enums import Verb
from thongsuot.units.models import Body, Mandate, Unit
from thongsuot.units.policies import reaches


@transaction.atomic
def raise_proposal(
    *, by: Mandate, statement: Statement, kind: Kind = Kind.REQUEST, rests_on: Origin | None = None
) -> Proposal:
    """The unit of the mandate asks; the same words twice on one day are one proposal.

    `rests_on`: the document, or the point of one, that it is about.
    """
    require(may(by, Verb.PROPOSE))
    _proper(by, statement, kind)
    origin = _raised_by(by.unit, statement.raised_on or timezone.localdate(), rests_on)
    _not_said_already(origin, statement)
    proposal = Proposal(direction=Direction.UP, kind=kind, origin=origin)
    enter(proposal, _of_unit(statement, by.unit))
    leave_step(proposal, Act.RAISE, by=by)
    details = {"kind": str(kind), "topic": proposal.topic, "units": [by.unit.code], "origin": origin.key}
    record(by=by, verb=Acts.PROPOSAL_RAISED, subject=subject_of(proposal), details=details)
    return proposal


@transaction.atomic
def edit_proposal(
    *, by: Mandate, proposal: Matter, statement: Statement, kind: Kind, seen: int | None = None
) -> Matter:
    """Mend one's own words before anybody built on them; `seen` is the version the words were mended from."""
    proposal = locked(proposal)
    require(may(by, Verb.PROPOSE, proposal))
    if seen is not None and seen != proposal.version:
        raise Stale(_overtaken(proposal))
    if why := why_not_editable(proposal):
        raise Refused(why)
    _proper(by, statement, kind)
    before = {"text": proposal.text, "topic": proposal.topic, "kind": proposal.kind}
    proposal.kind = kind
    kept = replace(statement, raised_on=proposal.raised_on, citation=proposal.citation)
    fill(proposal, _of_unit(kept, by.unit))
    move(proposal, Act.EDIT, by=by)
    record(by=by, verb=Acts.PROPOSAL_EDITED, subject=subject_of(proposal), details={"before": before})
    return proposal


def why_not_editable(proposal: Matter) -> str:
    """Empty while it may still be mended: raised by the unit itself, and nobody has acted on it."""
    if proposal.origin.kind != OriginKind.OWN:
        return _("%(number)s lấy từ văn bản; câu gốc không sửa được.") % {"number": proposal.number}
    touched = Step.objects.filter(matter=proposal).exclude(act__in=[Act.RAISE, Act.EDIT]).exists()
    if proposal.state != State.RECORDED or proposal.group_id or touched:
        return _("%(number)s đã được xử lý nên không sửa được nữa; hãy rút và nêu lại.") % {
            "number": proposal.number
        }
    return ""


@transaction.atomic
def withdraw_proposal(*, by: Mandate, proposal: Matter, reason: str) -> Matter:
    """Ask no longer. Where several units ask together, one of them only takes its own name off."""
    proposal = locked(proposal)
    require(may(by, Verb.PROPOSE, proposal))
    if not reason.strip():
        raise Refused(_("Chưa ghi lý do rút kiến nghị. Nhập lý do, ví dụ: đã tự giải quyết được."))
    details: dict[str, object] = {"reason": reason, "unit": by.unit.code}
    others = MatterUnit.objects.filter(matter=proposal, named=True).exclude(unit=by.unit).order_by("pk")
    if proposal.open and (next_place := others.select_related("unit").first()):
        MatterUnit.objects.filter(matter=proposal, unit=by.unit).update(named=False)
        if proposal.unit_id == by.unit_id:
            proposal.unit = next_place.unit
        move(proposal, Act.COMMENT, by=by, text=f"{by.unit.title} rút tên khỏi kiến nghị: {reason}")
        index_matters([proposal])
        record(by=by, verb=Acts.PROPOSAL_LEFT, subject=subject_of(proposal), details=details)
        return proposal
    move(proposal, Act.WITHDRAW, by=by, text=reason)
    Reply.objects.filter(proposal=proposal, response=Response.PENDING).update(
        response=Response.WITHDRAWN, responded_on=timezone.localdate()
    )
    record(by=by, verb=Acts.PROPOSAL_WITHDRAWN, subject=subject_of(proposal), details=details)
    return proposal


@transaction.atomic
def route_proposal(
    *, by: Mandate, proposal: Matter, body: Body, due_on: date | None = None, reason: str = ""
) -> Matter:
    """To the body that answers it; its day stays as it was unless another is given."""
    routed = _route(by, [proposal], body, due_on, reason)[0]
    record(
        by=by, verb=Acts.PROPOSAL_ROUTED, subject=subject_of(routed), details=_routing(body, due_on, reason)
    )
    return routed


@transaction.atomic
def route_proposals(
    *, by: Mandate, proposals: Sequence[Matter], body: Body, due_on: date | None = None, reason: str = ""
) -> list[Matter]:
    """All of them or none."""
    if not proposals:
        raise Refused(_("Chưa chọn kiến nghị nào để chuyển."))
    routed = _route(by, proposals, body, due_on, reason)
    numbers = [matter.number for matter in routed]
    details = {**_routing(body, due_on, reason), "proposals": numbers}
    record(by=by, verb=Acts.PROPOSALS_ROUTED, subject=body, details=details)
    return routed


def _route(
    by: Mandate, proposals: Sequence[Matter], body: Body, due_on: date | None, reason: str
) -> list[Matter]:
    matters = locked_all(proposals)
    require(may_all(by, Verb.ROUTE, matters))
    today = timezone.localdate()
    _competent(by, matters, body, today)
    if due_on:
        _in_good_time(matters, due_on, reason, today)
    for matter in matters:
        matter.extensions = 0 if due_on and due_on != matter.due_on else matter.extensions
    hand_over_all(
        matters,
        unit=body.unit,
        body=body,
        name=body.name,
        since=today,
        due_on=due_on,
        reason=reason,
    )
    move_all(matters, Act.ROUTE, by=by, text=". ".join(part for part in (body.name, reason.strip()) if part))
    return matters


def _competent(by: Mandate, matters: Sequence[Matter], body: Body, today: date) -> None:
    if not body.holds_on(today):
        raise Refused(_("%(body)s đã kết thúc hoạt động. Chọn cơ quan khác.") % {"body": body})
    if body.unit_id != by.unit_id and not reaches(by, body.unit):
        raise Refused(_("%(body)s không thuộc phạm vi của vai trò đang dùng.") % {"body": body})
    for matter in matters:
        if matter.body_id == body.pk:
            raise Refused(_("%(number)s đang ở %(body)s rồi.") % {"number": matter.number, "body": body})
    askers = MatterUnit.objects.filter(matter__in=matters, unit=body.unit, named=True)
    if asker := askers.select_related("matter").first():
        raise Refused(
            _("%(number)s do chính %(unit)s nêu nên không thể chuyển về đó trả lời.")
            % {"number": asker.matter.number, "unit": body.unit}
        )


def _in_good_time(matters: Sequence[Matter], due_on: date, reason: str, today: date) -> None:
    """A later day than before needs a reason, and none may be later than a fresh proposal would have."""
    latest = add_working_days(today, periods().answer)
    if not today <= due_on <= latest:
        raise Refused(
            _("Hạn trả lời phải từ hôm nay đến %(latest)s (%(days)s ngày làm việc).")
            % {"latest": f"{latest:%d-%m-%Y}", "days": periods().answer}
        )
    later = [matter for matter in matters if matter.due_on and due_on > matter.due_on]
    if later and not reason.strip():
        raise Refused(
            _("Hạn mới muộn hơn hạn cũ của %(number)s (%(old)s). Nhập lý do lùi hạn.")
            % {"number": later[0].number, "old": f"{later[0].due_on:%d-%m-%Y}"}
        )


def _routing(body: Body, due_on: date | None, reason: str) -> dict[str, object]:
    return {"body": body.name, "due_on": due_on, "reason": reason.strip()}


def _proper(by: Mandate, statement: Statement, kind: Kind) -> None:
    if kind not in KINDS_UP:
        raise Refused(_("“%(kind)s” không phải là loại kiến nghị.") % {"kind": Kind(kind).label})
    if any(unit.pk != by.unit_id for unit in statement.units):
        raise Refused(_("Mỗi đơn vị tự nêu kiến nghị của mình; hãy bỏ đơn vị khác."))
    if statement.raised_on and statement.raised_on > timezone.localdate():
        raise Refused(_("Ngày nêu ở tương lai. Nhập ngày hôm nay hoặc trước đó."))


def _of_unit(statement: Statement, unit: Unit) -> Statement:
    return replace(statement, units=(unit,))


def _raised_by(unit: Unit, on: date, rests_on: Origin | None) -> Origin:
    """One a unit and day (and paper), locked: a form sent twice comes in one after the other."""
    origin, new = Origin.objects.get_or_create(
        key=f"unit:{unit.pk}:{on:%Y-%m-%d}{f':{rests_on.pk}' if rests_on else ''}",
        defaults={"kind": OriginKind.OWN, "title": f"{unit.title} nêu ngày {on:%d-%m-%Y}", "on": on},
    )
    if new:
        origin.units.set([unit])
        origin.under.set([rests_on] if rests_on else [])
    return Origin.objects.select_for_update().get(pk=origin.pk)


def _not_said_already(origin: Origin, statement: Statement) -> None:
    words = fold(statement.text.strip())
    for known in Matter.objects.filter(origin=origin, open=True).only("number", "text"):
        if fold(known.text) == words:
            raise Refused(_("Kiến nghị này đã được nêu trong ngày: %(number)s.") % {"number": known.number})


def _overtaken(proposal: Matter) -> str:
    last = Step.objects.filter(matter=proposal).order_by("-pk").first()
    return _(
        "%(number)s đã được %(who)s thay đổi sau khi bạn mở trang này. Chưa ghi gì: xem chỗ khác nhau rồi gửi lại."
    ) % {"number": proposal.number, "who": last.author if last else _("người khác")}

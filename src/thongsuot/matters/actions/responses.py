"""What those who asked say to an answer: agree(by, proposal), contest(by, proposal, note).

lapse_answers(on) speaks for the silent.

A proposal of several units is settled when each of them agrees or the period passes; any one of them may contest.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.actors import SYSTEM
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.clocks import periods
from thongsuot.lawbook.competences import body_of_level
from thongsuot.matters.actions.moving import author, hand_over, leave_step, locked, move
from thongsuot.matters.actions.recording import subject_of
from thongsuot.matters.actions.together import locked_all, move_all
from thongsuot.matters.enums import Act, Acts, Response, State
from thongsuot.matters.models import Answer, Matter, MatterUnit, Reply
from thongsuot.matters.policies import may
from thongsuot.units.enums import Verb
from thongsuot.units.models import Body, Mandate, Unit


@transaction.atomic
def agree(*, by: Mandate, proposal: Matter) -> Matter:
    proposal = locked(proposal)
    require(may(by, Verb.PROPOSE, proposal))
    reply = _awaiting(proposal, Act.AGREE)
    reply.agreed_units.add(by.unit)
    agreed = set(reply.agreed_units.values_list("pk", flat=True))
    asked = set(MatterUnit.objects.filter(matter=proposal, named=True).values_list("unit", flat=True))
    if asked <= agreed:
        _respond(reply, Response.AGREED, by, timezone.localdate())
        move(proposal, Act.AGREE, by=by)
    else:
        leave_step(proposal, Act.AGREE, by=by)
    details = {"answer": reply.answer.number, "unit": by.unit.code}
    record(by=by, verb=Acts.ANSWER_AGREED, subject=subject_of(proposal), details=details)
    return proposal


@transaction.atomic
def contest(*, by: Mandate, proposal: Matter, note: str) -> Matter:
    """The next level decides, on a new clock; the highest level's answer stands."""
    proposal = locked(proposal)
    require(may(by, Verb.PROPOSE, proposal))
    reply = _awaiting(proposal, Act.CONTEST)
    today = timezone.localdate()
    if why := why_not_contestable(proposal, reply, today):
        raise Refused(why)
    if not note.strip():
        raise Refused(_("Chưa nêu điểm chưa đồng ý. Nhập rõ điểm nào, vì sao."))
    _respond(reply, Response.CONTESTED, by, today, note.strip())
    proposal.level += 1
    proposal.extensions = 0
    province = proposal.above
    body = _body_of(province, proposal.level, today)
    hand_over(
        proposal,
        unit=province,
        body=body,
        name=str(body or province or ""),
        since=today,
        due_on=add_working_days(today, periods().answer_next_level),
        reason=note,
    )
    move(proposal, Act.CONTEST, by=by, text=note)
    details = {"answer": reply.answer.number, "unit": by.unit.code, "note": note, "level": proposal.level}
    record(by=by, verb=Acts.ANSWER_CONTESTED, subject=subject_of(proposal), details=details)
    return proposal


def why_not_contestable(proposal: Matter, reply: Reply, today: date) -> str:
    if proposal.level >= periods().levels:
        return _("Đây là cấp giải quyết cuối cùng đối với %(number)s.") % {"number": proposal.number}
    if reply.respond_by and reply.respond_by < today:
        return _("Đã hết thời hạn phản hồi (%(day)s).") % {"day": f"{reply.respond_by:%d-%m-%Y}"}
    return ""


def _body_of(unit: Unit | None, level: int, today: date) -> Body | None:
    bodies = Body.objects.filter(unit=unit, code=body_of_level(level), valid_from__lte=today)
    return bodies.filter(valid_to__isnull=True).first()


def _awaiting(proposal: Matter, act: Act) -> Reply:
    reply = (
        Reply.objects.filter(proposal=proposal, response=Response.PENDING).select_related("answer").first()
    )
    if reply is None or proposal.state != State.ANSWERED:
        raise Refused(
            _(
                "%(number)s đang ở trạng thái “%(state)s”, không thể “%(act)s”. Tải lại trang để xem bản mới nhất."
            )
            % {"number": proposal.number, "state": proposal.get_state_display(), "act": act.label}
        )
    return reply


def _respond(reply: Reply, response: Response, by: Mandate, on: date, note: str = "") -> None:
    reply.response, reply.responded_on, reply.note, reply.responder = response, on, note, author(by)
    reply.save()


def lapse_answers(on: date) -> int:
    """Silence is agreement once the period has passed. Run it as often as you like; how many lapsed this time."""
    due = Reply.objects.filter(response=Response.PENDING, respond_by__lt=on, proposal__state=State.ANSWERED)
    answers = Answer.objects.filter(pk__in=due.values("answer")).order_by("pk")
    return sum(_lapse(answer, on) for answer in answers)


@transaction.atomic
def _lapse(answer: Answer, on: date) -> int:
    late = Reply.objects.filter(answer=answer, response=Response.PENDING, respond_by__lt=on)
    matters = locked_all(Matter.objects.filter(replies__in=late))
    silent = {reply.proposal_id: reply for reply in late}  # read again under the lock
    matters = [matter for matter in matters if matter.pk in silent and matter.state == State.ANSWERED]
    if not matters:
        return 0
    for matter in matters:
        reply = silent[matter.pk]
        reply.response, reply.responded_on = Response.LAPSED, reply.respond_by
    Reply.objects.bulk_update([silent[matter.pk] for matter in matters], ["response", "responded_on"])
    move_all(matters, Act.LAPSE, by=SYSTEM, text=f"{answer.number}: hết thời hạn phản hồi, coi như đồng ý")
    details = {"proposals": [matter.number for matter in matters]}
    record(by=SYSTEM, verb=Acts.ANSWER_LAPSED, subject=answer, details=details)
    return len(matters)

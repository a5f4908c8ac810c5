"""Formal answers to proposals.

answer_proposals(by, proposals | group, kind, text, documents=(), tasks=(), new_task=None, forward_to=None,
points_to=None) -> Answer: one answer for one proposal or for hundreds; all of them or none. Beyond authority sends them
on to a named body on a new clock; every other kind gives those who asked the word (`responses`).
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.clocks import periods
from thongsuot.matters.actions.moving import author, end_legs, state_after
from thongsuot.matters.actions.orders import Clears, draft_order, issue_order
from thongsuot.matters.actions.saying import Incomplete, NewTask, Saying
from thongsuot.matters.actions.together import hand_over_all, locked_all, move_all
from thongsuot.matters.enums import (
    AWAITED,
    Act,
    Acts,
    AnswerKind,
    Competence,
    Direction,
    OriginKind,
    Response,
)
from thongsuot.matters.models import Answer, Matter, Origin, ProposalGroup, Reply
from thongsuot.matters.numbering import ANSWERS, next_in_series
from thongsuot.matters.policies import answer_scope, may_all, scope
from thongsuot.units.enums import Verb
from thongsuot.units.models import Body, Mandate, Unit


@transaction.atomic
def answer_proposals(
    *,
    by: Mandate,
    proposals: Sequence[Matter] = (),
    group: ProposalGroup | None = None,
    kind: AnswerKind,
    text: str = "",
    documents: Sequence[Origin] = (),
    tasks: Sequence[Matter] = (),
    new_task: NewTask | None = None,
    forward_to: Body | str | None = None,
    points_to: Answer | None = None,
) -> Answer:
    """A group stands for all its members that wait for an answer."""
    today = timezone.localdate()
    saying = Saying(AnswerKind(kind), text, documents, tasks, new_task, forward_to, points_to)
    matters = locked_all(proposals or _waiting_in(group))
    if not matters:
        raise Refused(_("Không có kiến nghị nào đang chờ trả lời."))
    _may_answer(by, matters, saying)
    if faults := saying.faults(today):
        raise Incomplete(faults)
    answer = _written(by, matters, saying, today)
    if saying.kind == AnswerKind.BEYOND_AUTHORITY:
        _forward(by, matters, answer, today)
    else:
        _close_turn(by, matters, answer, today)
    numbers = [matter.number for matter in matters]
    details = {"kind": answer.kind, "text": answer.text, "proposals": numbers, "to": answer.forwarded_name}
    record(by=by, verb=Acts.PROPOSALS_ANSWERED, subject=answer, details=details)
    return answer


def _waiting_in(group: ProposalGroup | None) -> list[Matter]:
    return list(group.members.filter(state__in=AWAITED)) if group else []


def _may_answer(by: Mandate, matters: Sequence[Matter], saying: Saying) -> None:
    for matter in matters:
        if not matter.is_proposal:
            raise Refused(_("%(number)s không phải là kiến nghị.") % {"number": matter.number})
    require(may_all(by, Verb.ANSWER, matters))
    for matter in matters:
        state_after(matter, Act.ANSWER)
    if contested := [matter for matter in matters if matter.level]:
        require(may_all(by, Verb.DECIDE, contested))
    if unseen := _unseen(by, saying):
        raise Refused(_("Không có trong phạm vi của vai trò đang dùng: %(them)s.") % {"them": unseen})


def _unseen(by: Mandate, saying: Saying) -> str:
    """What the answer names must be there for whoever gives it."""
    tasks = Matter.objects.filter(scope(by), direction=Direction.DOWN)
    seen = set(tasks.filter(pk__in=[task.pk for task in saying.tasks]).values_list("pk", flat=True))
    missing = [task.number for task in saying.tasks if task.pk not in seen]
    missing += [str(origin) for origin in saying.documents if origin.kind != OriginKind.DOCUMENT]
    pointed = saying.points_to
    if pointed and not Answer.objects.filter(answer_scope(by), pk=pointed.pk).exists():
        missing.append(pointed.number)
    return ", ".join(missing)


def _written(by: Mandate, matters: Sequence[Matter], saying: Saying, today: date) -> Answer:
    answer = Answer.objects.create(
        number=next_in_series(ANSWERS, today.year),
        kind=saying.kind,
        text=saying.words,
        unit=by.unit,
        body=by.body,
        level=max(matter.level for matter in matters),
        answered_on=today,
        author=author(by),
        author_username=by.actor.username,
        forwarded_to=saying.forward_to if isinstance(saying.forward_to, Body) else None,
        forwarded_name=saying.forwarded_name[:300],
        points_to=saying.points_to,
    )
    answer.documents.set(saying.documents)
    answer.tasks.set(saying.tasks)
    if saying.new_task:
        answer.tasks.add(_task_of(by, answer, saying.new_task, matters[0].topic, today))
    forwarded = saying.kind == AnswerKind.BEYOND_AUTHORITY
    respond_by = None if forwarded else add_working_days(today, periods().respond)
    response = Response.FORWARDED if forwarded else Response.PENDING
    Reply.objects.bulk_create(
        Reply(answer=answer, proposal=matter, response=response, respond_by=respond_by) for matter in matters
    )
    return answer


def _close_turn(by: Mandate, matters: Sequence[Matter], answer: Answer, today: date) -> None:
    """The holder has done their part: their time ends, and those who asked have the word."""
    for matter in matters:
        matter.waiting_since = None
    end_legs(matters, today)
    move_all(matters, Act.ANSWER, by=by, text=f"{answer.number}: {answer.text}")


def _forward(by: Mandate, matters: Sequence[Matter], answer: Answer, today: date) -> None:
    """A new clock runs with whoever may decide; what lies outside the register the tier above the askers follows."""
    body = answer.forwarded_to
    for matter in matters:
        if matter.holder_name == answer.forwarded_name:
            raise Refused(
                _("%(number)s đang ở %(body)s rồi.") % {"number": matter.number, "body": matter.holder_name}
            )
        matter.waiting_since, matter.extensions = None, 0
        if body is None:
            matter.competence = Competence.CENTRE
    end_legs(matters, today)
    for unit, held in _by_follower(matters, body).items():
        hand_over_all(
            held,
            unit=unit,
            body=body,
            name=answer.forwarded_name,
            since=today,
            due_on=add_working_days(today, periods().answer),
            reason=answer.number,
        )
    move_all(matters, Act.ROUTE, by=by, text=f"{answer.number}: {answer.text}")


def _by_follower(matters: Sequence[Matter], body: Body | None) -> dict[Unit | None, list[Matter]]:
    held: dict[Unit | None, list[Matter]] = {}
    for matter in matters:
        held.setdefault(body.unit if body else matter.above, []).append(matter)
    return held


def _task_of(by: Mandate, answer: Answer, new: NewTask, topic: str, today: date) -> Matter:
    """Issued at once, with the answer as what it came out of and rests on."""
    unit = new.body.unit if new.body else by.unit
    origin = Origin.objects.create(
        kind=OriginKind.OTHER,
        key=f"matters.answer:{answer.pk}",
        title=f"Trả lời kiến nghị {answer.number}",
        on=today,
        path=answer.get_absolute_url(),
    )
    origin.units.set({by.unit, unit})
    clears = Clears(
        text=new.text,
        units=[unit],
        person=new.person,
        product=new.product,
        basis=origin.title,
        due_on=new.due_on,
        lead_code=new.body.code if new.body else "",
        topic=topic,
        origin=origin,
    )
    return issue_order(by=by, order=draft_order(by=by, clears=clears))[0]

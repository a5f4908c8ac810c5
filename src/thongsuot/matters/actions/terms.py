"""More time, and time that is another's.

- ask_extension(by, task, until, reason); grant_extension(by, task, until=None, remark="")
- refuse_extension(by, task, remark)
- wait_for(by, task, until, reason, body=None, unit=None, name=""); end_wait(by, task, text, sources=())
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.calendar import add_working_days, working_days_between
from thongsuot.lawbook.clocks import periods
from thongsuot.matters.actions.acting import (
    at_hand,
    require_words,
    share,
    stop_waiting,
    trace,
    with_leave,
)
from thongsuot.matters.actions.moving import begin_leg, end_legs, move
from thongsuot.matters.actions.places import see_from
from thongsuot.matters.clocks import require_term, set_term
from thongsuot.matters.enums import Act, Acts, BodyPart, Decision, LegKind
from thongsuot.matters.models import Extension, Leg, Matter, MatterBody
from thongsuot.matters.policies import may_end_wait, may_extend
from thongsuot.sources.models import Source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Body, Mandate, Unit


@transaction.atomic
def ask_extension(*, by: Mandate, task: Matter, until: date, reason: str) -> Extension:
    task = at_hand(by, Verb.PERFORM, task, Act.ASK_EXTENSION)
    require_words(reason, _("Chưa nêu lý do xin gia hạn. Nhập lý do để bên giao xem xét."))
    _require_running(task)
    if _pending(task):
        raise Refused(_("%(number)s đang chờ duyệt một lần xin gia hạn.") % {"number": task.number})
    old = _require_longer(task, until)
    wish = Extension.objects.create(
        matter=task,
        count=task.extensions + 1,
        old_due_on=old,
        new_due_on=until,
        reason=reason.strip()[:500],
        asked_by=by.actor.name,
        asked_by_username=by.user.username,
    )
    move(task, Act.ASK_EXTENSION, by=by, text=_until(until, reason))
    trace(by, Acts.EXTENSION_ASKED, task, until=until, reason=reason.strip(), count=wish.count)
    return wish


@transaction.atomic
def grant_extension(*, by: Mandate, task: Matter, until: date | None = None, remark: str = "") -> Matter:
    """Until the day asked for, or another one; the count grows, and who granted it is kept."""
    task = with_leave(task, Act.EXTEND, lambda row: may_extend(by, row))
    wish = _to_decide(by, task)
    _require_running(task)
    until = until or wish.new_due_on
    wish.old_due_on = _require_longer(task, until)
    wish.new_due_on, wish.count = until, task.extensions + 1
    _decide(by, wish, Decision.GRANTED, remark)
    task.extensions = wish.count
    set_term(task, until)
    move(task, Act.EXTEND, by=by, text=_until(until, remark))
    today = timezone.localdate()
    end_legs([task], today, LegKind.HOLDING)
    begin_leg(task, today, _("Gia hạn lần %(count)s") % {"count": wish.count})
    trace(by, Acts.EXTENSION_GRANTED, task, until=until, count=wish.count, reason=remark.strip())
    return task


@transaction.atomic
def refuse_extension(*, by: Mandate, task: Matter, remark: str) -> Matter:
    task = with_leave(task, Act.REFUSE_EXTENSION, lambda row: may_extend(by, row))
    wish = _to_decide(by, task)
    require_words(remark, _("Chưa nêu lý do không gia hạn. Nhập lý do để đơn vị biết vì sao."))
    _decide(by, wish, Decision.REFUSED, remark)
    move(task, Act.REFUSE_EXTENSION, by=by, text=remark)
    trace(by, Acts.EXTENSION_REFUSED, task, count=wish.count, reason=remark.strip())
    return task


@transaction.atomic
def wait_for(
    *,
    by: Mandate,
    task: Matter,
    until: date,
    reason: str,
    body: Body | None = None,
    unit: Unit | None = None,
    name: str = "",
) -> Matter:
    """The holder cannot go on before somebody else has done their part: from today it is the other's time."""
    task = at_hand(by, Verb.PERFORM, task, Act.WAIT)
    require_words(reason, _("Chưa nêu chờ việc gì. Nhập việc cần cơ quan kia làm."))
    if task.waiting_since:
        raise Refused(_("%(number)s đang chờ cơ quan khác rồi.") % {"number": task.number})
    today = timezone.localdate()
    require_term(until, today)
    unit = body.unit if body else unit
    name = str(body or unit or name.strip())
    _require_other(task, body, unit, name)
    end_legs([task], today, LegKind.HOLDING)
    Leg.objects.create(
        matter=task,
        kind=LegKind.WAITING,
        unit=unit,
        body=body,
        name=name[:300],
        since=today,
        due_on=until,
        reason=reason.strip()[:500],
    )
    if body:
        parts = MatterBody.objects.filter(matter=task, body=body, part=BodyPart.PAST)
        parts.update(part=BodyPart.AWAITED)
        MatterBody.objects.get_or_create(matter=task, body=body, defaults={"part": BodyPart.AWAITED})
    if unit:
        see_from([task], [unit])
    task.waiting_since = today
    move(task, Act.WAIT, by=by, text=f"{name} · {_until(until, reason)}")
    trace(by, Acts.WAIT_BEGUN, task, on=name, until=until, reason=reason.strip())
    return task


@transaction.atomic
def end_wait(*, by: Mandate, task: Matter, text: str, sources: Sequence[Source] = ()) -> Matter:
    """By the holder, or by the body waited for with what it answers: the holder's time runs on from here."""
    task = with_leave(task, Act.RESUME, lambda row: may_end_wait(by, row))
    if task.waiting_since is None:
        raise Refused(_("%(number)s không chờ cơ quan nào.") % {"number": task.number})
    require_words(text, _("Chưa nêu kết quả chờ. Nhập điều cơ quan kia đã trả lời, đã làm."))
    share(by, task, sources)
    today = timezone.localdate()
    waited = stop_waiting({today: [task]})
    move(task, Act.RESUME, by=by, text=text, sources=sources)
    begin_leg(task, today, _("Cộng %(days)s ngày làm việc đã chờ") % {"days": waited})
    trace(by, Acts.WAIT_ENDED, task, days=waited, due_on=task.due_on)
    return task


def _require_running(task: Matter) -> None:
    if task.waiting_since:
        raise Refused(
            _("%(number)s đang chờ cơ quan khác: hạn tự lùi theo số ngày chờ, chưa cần gia hạn.")
            % {"number": task.number}
        )


def _require_longer(task: Matter, until: date) -> date:
    """The day that holds now; refused where `until` is no longer term, or one longer than any may be."""
    now = task.due_on or until
    require_term(until, timezone.localdate())
    if until <= now:
        raise Refused(
            _("Hạn mới %(new)s phải sau hạn đang có %(old)s.")
            % {"new": f"{until:%d-%m-%Y}", "old": f"{now:%d-%m-%Y}"}
        )
    longest = periods().longest_extension
    if working_days_between(now, until) > longest:
        raise Refused(
            _("Mỗi lần gia hạn không quá %(days)s ngày làm việc: muộn nhất là %(last)s.")
            % {"days": longest, "last": f"{add_working_days(now, longest):%d-%m-%Y}"}
        )
    return now


def _pending(task: Matter) -> Extension | None:
    return Extension.objects.filter(matter=task, decision=Decision.PENDING).first()


def _to_decide(by: Mandate, task: Matter) -> Extension:
    wish = _pending(task)
    if wish is None:
        raise Refused(_("%(number)s không có lần xin gia hạn nào đang chờ duyệt.") % {"number": task.number})
    if wish.asked_by_username == by.user.username:
        raise Refused(_("Bạn là người xin gia hạn, nên người khác phải duyệt."))
    return wish


def _decide(by: Mandate, wish: Extension, decision: Decision, remark: str) -> None:
    wish.decision, wish.remark = decision, remark.strip()[:500]
    wish.decided_at, wish.decided_by = timezone.now(), by.actor.name
    wish.save()


def _require_other(task: Matter, body: Body | None, unit: Unit | None, name: str) -> None:
    if not name:
        raise Refused(_("Chưa chọn cơ quan phải chờ. Chọn trong danh mục hoặc nhập tên."))
    own = body is not None and body.pk == task.body_id
    if own or (body is None and unit is not None and unit.pk == task.holder_id):
        raise Refused(_("%(holder)s đang giữ nhiệm vụ này, không thể tự chờ mình.") % {"holder": name})


def _until(day: date, words: str) -> str:
    text = _("Đến %(day)s.") % {"day": f"{day:%d-%m-%Y}"}
    return f"{text} {words.strip()}".strip()

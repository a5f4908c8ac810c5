"""What is done to one task.

By the holder's side: receive_task, assign_task(to), report_progress(text), submit_task(text, sources),
acknowledge_amendment; by the issuing side: verify_task, take_back_verification, return_task(reason, due_on=None),
reopen_task(reason, due_on=None), withdraw_task(reason), remind_task(text). All take `by` and `task`, and give it back
as it stands then. More time and waiting: actions/terms.py.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused, require
from thongsuot.matters.actions.acting import (
    at_hand,
    back_to_work,
    begin_checking,
    lapse_wishes,
    require_words,
    see_order,
    share,
    stop_waiting,
    trace,
    with_leave,
)
from thongsuot.matters.actions.moving import locked, move
from thongsuot.matters.enums import Act, Acts
from thongsuot.matters.models import Matter, Step
from thongsuot.matters.policies import may_comment, may_verify
from thongsuot.sources.models import Source
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate


@transaction.atomic
def receive_task(*, by: Mandate, task: Matter) -> Matter:
    """Who receives a task has read it as the order stands now."""
    task = at_hand(by, Verb.PERFORM, task, Act.RECEIVE)
    see_order(task)
    move(task, Act.RECEIVE, by=by)
    trace(by, Acts.TASK_RECEIVED, task)
    return task


@transaction.atomic
def acknowledge_amendment(*, by: Mandate, task: Matter) -> Matter:
    task = at_hand(by, Verb.PERFORM, task, Act.SEE)
    if not see_order(task):
        raise Refused(_("%(number)s không có nội dung sửa nào chưa xem.") % {"number": task.number})
    move(task, Act.SEE, by=by)
    trace(by, Acts.AMENDMENT_SEEN, task, version=task.order_version_seen)
    return task


@transaction.atomic
def assign_task(*, by: Mandate, task: Matter, to: Mandate) -> Matter:
    """Somebody of the holder does it, under a mandate in force there."""
    task = at_hand(by, Verb.PERFORM, task, Act.ASSIGN)
    if not _can_do(to, task):
        raise Refused(
            _("%(person)s không làm việc tại %(holder)s, hoặc vai trò đã hết hạn.")
            % {"person": to.user, "holder": task.holder_name}
        )
    if task.assignee_id == to.pk:
        raise Refused(
            _("%(number)s đã phân công cho %(person)s.") % {"number": task.number, "person": to.user}
        )
    task.assignee = to
    move(task, Act.ASSIGN, by=by, text=f"{to.user}, {to.role.name['vi']}")
    trace(by, Acts.TASK_ASSIGNED, task, to=to.user.username)
    return task


@transaction.atomic
def report_progress(*, by: Mandate, task: Matter, text: str, sources: Sequence[Source] = ()) -> Matter:
    task = at_hand(by, Verb.PERFORM, task, Act.PROGRESS)
    require_words(text, _("Chưa nêu tiến độ. Nhập việc đã làm và việc còn lại."))
    share(by, task, sources)
    move(task, Act.PROGRESS, by=by, text=text, sources=sources)
    trace(by, Acts.TASK_PROGRESSED, task)
    return task


@transaction.atomic
def submit_task(*, by: Mandate, task: Matter, text: str, sources: Sequence[Source] = ()) -> Matter:
    """The result, with its evidence. The holder's time stops here; whatever was waited or asked for ends."""
    task = at_hand(by, Verb.PERFORM, task, Act.SUBMIT)
    require_words(text, _("Chưa nêu kết quả. Nhập kết quả đã làm được và minh chứng."))
    if task.priority and not sources:
        raise Refused(
            _("%(number)s là nhiệm vụ ưu tiên: kèm ít nhất một tệp minh chứng.") % {"number": task.number}
        )
    share(by, task, sources)
    stop_waiting({timezone.localdate(): [task]})
    move(task, Act.SUBMIT, by=by, text=text, sources=sources)
    lapse_wishes(Q(matter=task))
    begin_checking({timezone.localdate(): [task]})
    trace(by, Acts.TASK_SUBMITTED, task, files=[source.sha256 for source in sources])
    return task


@transaction.atomic
def verify_task(*, by: Mandate, task: Matter, text: str = "") -> Matter:
    task = with_leave(task, Act.VERIFY, lambda row: may_verify(by, row))
    move(task, Act.VERIFY, by=by, text=text)
    trace(by, Acts.TASK_VERIFIED, task)
    return task


@transaction.atomic
def take_back_verification(*, by: Mandate, task: Matter) -> Matter:
    """A slip of the hand: by who verified, on the same day. Later a completed task is reopened, with a reason."""
    task = at_hand(by, Verb.VERIFY, task, Act.TAKE_BACK)
    last = Step.objects.filter(matter=task, act=Act.VERIFY).last()
    today = timezone.localdate()
    own = last is not None and last.author_username == by.user.username
    if not (own and task.closed_on == today):
        raise Refused(
            _("Chỉ người xác nhận được hoàn tác, trong ngày xác nhận. Muốn làm lại %(number)s thì mở lại.")
            % {"number": task.number}
        )
    move(task, Act.TAKE_BACK, by=by)
    begin_checking({timezone.localdate(): [task]})
    trace(by, Acts.VERIFICATION_TAKEN_BACK, task)
    return task


@transaction.atomic
def return_task(*, by: Mandate, task: Matter, reason: str, due_on: date | None = None) -> Matter:
    """Not done yet. The days the result lay with the issuing side are given back, unless a new day is set."""
    task = at_hand(by, Verb.VERIFY, task, Act.RETURN)
    require_words(reason, _("Chưa nêu lý do trả lại. Nhập điều còn thiếu để đơn vị bổ sung."))
    back_to_work(by, task, Act.RETURN, reason, due_on)
    trace(by, Acts.TASK_RETURNED, task, reason=reason.strip(), due_on=task.due_on)
    return task


@transaction.atomic
def reopen_task(*, by: Mandate, task: Matter, reason: str, due_on: date | None = None) -> Matter:
    """What was completed turns out not to be; the reason stays in the thread."""
    task = at_hand(by, Verb.VERIFY, task, Act.REOPEN)
    require_words(reason, _("Chưa nêu lý do mở lại. Nhập lý do để đơn vị biết vì sao."))
    back_to_work(by, task, Act.REOPEN, reason, due_on)
    trace(by, Acts.TASK_REOPENED, task, reason=reason.strip(), due_on=task.due_on)
    return task


@transaction.atomic
def withdraw_task(*, by: Mandate, task: Matter, reason: str) -> Matter:
    """Also sets aside what was only recorded; the trace stays."""
    task = at_hand(by, Verb.ISSUE, task, Act.WITHDRAW)
    require_words(reason, _("Chưa nêu lý do rút. Nhập lý do để đơn vị biết vì sao."))
    move(task, Act.WITHDRAW, by=by, text=reason)
    lapse_wishes(Q(matter=task))
    trace(by, Acts.TASK_WITHDRAWN, task, reason=reason.strip())
    return task


@transaction.atomic
def remind_task(*, by: Mandate, task: Matter, text: str = "") -> Matter:
    task = at_hand(by, Verb.ISSUE, task, Act.REMIND)
    move(task, Act.REMIND, by=by, text=text)
    trace(by, Acts.TASK_REMINDED, task)
    return task


@transaction.atomic
def comment(*, by: Mandate, matter: Matter, text: str, sources: Sequence[Source] = ()) -> Matter:
    """A word in the thread of a task or proposal."""
    matter = locked(matter)
    require(may_comment(by, matter))
    require_words(text, _("Chưa có nội dung trao đổi."))
    share(by, matter, sources)
    move(matter, Act.COMMENT, by=by, text=text, sources=sources)
    trace(by, Acts.COMMENTED, matter)
    return matter


def _can_do(to: Mandate, task: Matter) -> bool:
    if not to.holds_on(timezone.localdate()) or not to.allows(Verb.PERFORM):
        return False
    if to.role.reach == Reach.BODY:
        return to.body_id == task.body_id
    return task.holder_id in to.places

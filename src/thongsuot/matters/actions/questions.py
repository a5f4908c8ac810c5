"""Questions that a register above puts to a unit: they go out as a task, and are answered in that register.

- answer_question(by, task, text): what was decided there is the result, so nobody has to check it here
- drop_question(by, task, reason): the register asks elsewhere, or no longer

The register above has checked whether the person may; `by` of a dropped question may be the system itself.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from thongsuot.audit.actions import record
from thongsuot.audit.actors import SYSTEM, HasActor
from thongsuot.matters.actions.acting import at_hand, begin_checking, lapse_wishes, stop_waiting
from thongsuot.matters.actions.moving import led_to, locked, move
from thongsuot.matters.enums import Act, Acts, State
from thongsuot.matters.models import Matter
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


@transaction.atomic
def answer_question(*, by: Mandate, task: Matter, text: str) -> Matter:
    """Whatever the unit has done with the task so far; one that is closed already stays as it is."""
    task = locked(task)
    if not task.open:
        return task
    if task.state == State.ISSUED:
        move(task, Act.RECEIVE, by=by)
    if led_to(task, Act.SUBMIT):
        task = at_hand(by, Verb.PERFORM, task, Act.SUBMIT)
        stop_waiting({timezone.localdate(): [task]})
        move(task, Act.SUBMIT, by=by, text=text)
        lapse_wishes(Q(matter=task))
        begin_checking({timezone.localdate(): [task]})
    move(task, Act.VERIFY, by=SYSTEM)
    _trace(by, Acts.TASK_SUBMITTED, task)
    return task


@transaction.atomic
def drop_question(*, by: HasActor, task: Matter, reason: str) -> Matter:
    task = locked(task)
    if not task.open:
        return task
    move(task, Act.WITHDRAW, by=by, text=reason)
    lapse_wishes(Q(matter=task))
    _trace(by, Acts.TASK_WITHDRAWN, task, reason=reason)
    return task


def _trace(by: HasActor, verb: Acts, task: Matter, **details: object) -> None:
    record(by=by, verb=verb, subject=Matter(pk=task.pk, number=task.number), details=details)

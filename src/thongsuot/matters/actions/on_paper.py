"""Results that came on paper: the issuing side hands them in for those who hold the tasks, many in one act.

hand_in_on_paper(by, results) -> list[Matter]: the tasks that wait for verification now.

The day the paper came stops the holder's time and begins that of the check: since then it lay with the issuing side.
Who wrote it down has handed it in, so another of that side verifies. A task stays with its holder where it was handed
in or closed already, where it was sent back after the paper came, and where it has priority and no file bears it out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused, require
from thongsuot.matters.actions.acting import (
    begin_checking,
    lapse_wishes,
    require_words,
    share,
    stop_waiting,
)
from thongsuot.matters.actions.moving import bring, leave_steps
from thongsuot.matters.actions.together import locked_all
from thongsuot.matters.enums import Act, LegKind, State
from thongsuot.matters.models import Leg, Matter, Step
from thongsuot.matters.policies import may_all
from thongsuot.sources.models import Source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate

_OWED = (State.ISSUED, State.RECEIVED, State.IN_PROGRESS, State.RETURNED)


@dataclass(frozen=True, slots=True)
class PaperResult:
    """What the holder did, the day its paper came, and the files of it, where there are any."""

    task: Matter
    came_on: date
    text: str
    sources: Sequence[Source] = ()


@transaction.atomic
def hand_in_on_paper(*, by: Mandate, results: Sequence[PaperResult]) -> list[Matter]:
    """Part of the act that writes the papers down, so not audited by itself."""
    of = {result.task.pk: result for result in results}
    rows = locked_all(result.task for result in results)
    prefetch_related_objects(rows, "issuer", "issuer_body")
    require(may_all(by, Verb.ISSUE, rows))
    given, sent_back = _given(rows), _sent_back(rows)
    days = {row.pk: _day(of[row.pk], row, given.get(row.pk)) for row in rows}
    tasks = [
        row
        for row in rows
        if _may_stop(row, of[row.pk]) and sent_back.get(row.pk, days[row.pk]) <= days[row.pk]
    ]
    by_day = _by_day(tasks, days)
    stop_waiting(by_day)
    for task in tasks:
        _bring(by, task, of[task.pk], days[task.pk])
    _leave_steps(by, tasks, of)
    begin_checking(by_day)
    lapse_wishes(Q(matter__in=tasks))
    return tasks


def _given(tasks: Sequence[Matter]) -> dict[int, date]:
    legs = Leg.objects.filter(matter__in=tasks, kind=LegKind.HOLDING).order_by("-since", "-pk")
    return dict(legs.values_list("matter", "since"))


def _sent_back(tasks: Sequence[Matter]) -> dict[int, date]:
    """The last day each was returned or reopened."""
    steps = Step.objects.filter(matter__in=tasks, act__in=[Act.RETURN, Act.REOPEN]).order_by("at")
    return {key: timezone.localdate(at) for key, at in steps.values_list("matter", "at")}


def _day(result: PaperResult, task: Matter, given_on: date | None) -> date:
    """A paper that was there before the task was given counts from the day it was given."""
    require_words(result.text, _("Chưa nêu kết quả. Nhập kết quả đã làm được và minh chứng."))
    if result.came_on > timezone.localdate():
        raise Refused(
            _("%(number)s: ngày văn bản đến %(day)s ở sau hôm nay.")
            % {"number": task.number, "day": f"{result.came_on:%d-%m-%Y}"}
        )
    return max(result.came_on, given_on or result.came_on)


def _may_stop(task: Matter, result: PaperResult) -> bool:
    return task.state in _OWED and (not task.priority or bool(result.sources))


def _by_day(tasks: Iterable[Matter], days: Mapping[int, date]) -> Mapping[date, Sequence[Matter]]:
    found: dict[date, list[Matter]] = defaultdict(list)
    for task in tasks:
        found[days[task.pk]].append(task)
    return found


def _bring(by: Mandate, task: Matter, result: PaperResult, day: date) -> None:
    """What was not received yet is received by the same paper."""
    share(by, task, result.sources)
    if task.state == State.ISSUED:
        bring(task, Act.RECEIVE)
    task.stopped_on = day
    bring(task, Act.SUBMIT)
    task.save()


def _leave_steps(by: Mandate, tasks: Sequence[Matter], of: dict[int, PaperResult]) -> None:
    words = {
        key: _("%(text)s Văn bản giấy đến ngày %(day)s, bên giao ghi thay đơn vị.")
        % {"text": result.text.strip(), "day": f"{result.came_on:%d-%m-%Y}"}
        for key, result in of.items()
    }
    steps = leave_steps(tasks, Act.SUBMIT, by=by, text=words)
    Step.sources.through.objects.bulk_create(
        Step.sources.through(step=step, source=source)
        for step in steps
        for source in of[step.matter_id].sources
    )

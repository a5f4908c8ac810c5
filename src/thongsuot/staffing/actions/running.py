"""The run of a plan in the background: begun by a worker, taken up by the next when that one dies, kept once.

Only the run that holds the plan's latest attempt may write: one that was thought dead and comes back finds its number
taken and gives up.
"""

import logging
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from thongsuot.audit.actions import record
from thongsuot.audit.actors import SYSTEM
from thongsuot.placement import BadProblem
from thongsuot.placement.plan import Plan as Answer
from thongsuot.staffing.enums import Acts, RunState
from thongsuot.staffing.models import Plan, PlanMove, PlanOpening, PlanPaper, PlanSurplus
from thongsuot.staffing.planning.solving import WrongPlan, counted_on, rows_of, solved
from thongsuot.staffing.planning.stages import staged

logger = logging.getLogger("thongsuot.plans")
ATTEMPTS = 3  # workers a plan may lose before it is called failed
UNDER_WAY = (RunState.QUEUED, RunState.SOLVING)
_AT_ONCE = 500


class Overtaken(Exception):
    """The plan was stopped, or another worker has taken it up."""


@task()
def compute_plan(pk: int) -> str:
    """Solve the plan and keep the answer; what became of it."""
    plan = begin_run(pk)
    if plan is None:
        return "nothing to do"
    try:
        _compute(plan)
    except Overtaken:
        return "overtaken"
    except BadProblem as problem:
        first = problem.faults[0]
        fail_run(plan, _("Bài toán không đọc được: %(what)s.") % {"what": f"{first.path} {first.vi}"})
    except WrongPlan as wrong:
        logger.exception("plan %s breaks a rule", pk)
        fail_run(
            plan, _("Bộ kiểm tra độc lập thấy phương án phạm quy tắc, không lưu: %(what)s.") % {"what": wrong}
        )
    except Exception:
        logger.exception("plan %s could not be solved", pk)
        fail_run(
            plan,
            _("Máy tính gặp lỗi khi tính phương án; bấm “Tính lại”, nếu vẫn vậy hãy báo người quản trị."),
        )
    plan.refresh_from_db(fields=["state"])
    return str(plan.state)


def take_up_forgotten() -> int:
    """Plans that are to be computed and that no job waits or works for are queued again; how many."""
    jobs = DBTaskResult.objects.filter(task_path=compute_plan.module_path, status__in=("READY", "RUNNING"))
    cared_for = {job.args_kwargs["args"][0] for job in jobs}
    forgotten = [
        pk
        for pk in Plan.objects.filter(state__in=UNDER_WAY).values_list("pk", flat=True)
        if pk not in cared_for
    ]
    for pk in forgotten:
        compute_plan.enqueue(pk)
    return len(forgotten)


@task()
def compare_stages(pk: int) -> int:
    """After the plan is there: what the same conditions would have brought stage by stage; how many stages."""
    plan = Plan.objects.filter(pk=pk, state=RunState.SOLVED).first()
    if plan is None or "stages" in plan.findings:
        return 0
    paper = PlanPaper.objects.get(plan=plan)
    found = staged(paper.problem, counted_on(plan.on))
    with transaction.atomic():
        plan = Plan.objects.select_for_update().get(pk=pk)
        plan.findings = {**plan.findings, "stages": found}
        plan.save(update_fields=["findings"])
    return len(found["together"])


def _compute(plan: Plan) -> None:
    problem = PlanPaper.objects.get(plan=plan).problem

    def progress(what: str, share: float) -> None:
        note_progress(plan, what, share)

    answer, findings = solved(plan, problem, progress)
    progress("keep", 0.95)
    finish_run(plan, answer, findings, problem)


@transaction.atomic
def begin_run(pk: int) -> Plan | None:
    """Claims the plan for this worker; None when there is nothing to compute."""
    plan = Plan.objects.select_for_update().filter(pk=pk, state__in=UNDER_WAY).first()
    if plan is None:
        return None
    if plan.attempts >= ATTEMPTS:
        _failed(
            plan,
            _(
                "Máy tính đã dừng giữa chừng %(count)s lần khi tính; hãy báo người quản trị rồi bấm “Tính lại”."
            )
            % {"count": plan.attempts},
        )
        return None
    plan.attempts += 1
    plan.state, plan.progress = RunState.SOLVING, "build 0.0"
    plan.save(update_fields=["attempts", "state", "progress"])
    return plan


def note_progress(plan: Plan, what: str, share: float) -> None:
    mine = Plan.objects.filter(pk=plan.pk, state=RunState.SOLVING, attempts=plan.attempts)
    if not mine.update(progress=f"{what} {share:.2f}"):
        raise Overtaken


def finish_run(plan: Plan, answer: Answer, findings: dict[str, object], problem: dict[str, object]) -> None:
    rows = rows_of(plan, problem, answer)  # before the lock: nothing here depends on other writers
    told = answer.as_dict()
    with transaction.atomic():
        _hold(plan)
        PlanMove.objects.bulk_create(rows.moves, batch_size=_AT_ONCE)
        PlanSurplus.objects.bulk_create(rows.surplus, batch_size=_AT_ONCE)
        PlanOpening.objects.bulk_create(rows.openings, batch_size=_AT_ONCE)
        PlanPaper.objects.filter(plan=plan).update(answer=told)
        plan.state = RunState.INFEASIBLE if answer.status == "infeasible" else RunState.SOLVED
        plan.status, plan.progress = answer.status, ""
        plan.objective, plan.bound, plan.seconds = told["objective"], told["bound"], told["seconds"]
        plan.proof = told["proof"]
        plan.findings = {**plan.findings, **findings}
        plan.finished_at = timezone.now()
        plan.save()
        details = {"status": plan.status, "objective": plan.objective, "bound": plan.bound}
        if plan.state == RunState.SOLVED:
            transaction.on_commit(partial(compare_stages.enqueue, plan.pk))
        record(by=SYSTEM, verb=Acts.PLAN_SOLVED, subject=plan, details=details)


@transaction.atomic
def fail_run(plan: Plan, why: str) -> None:
    try:
        _hold(plan)
    except Overtaken:
        return
    _failed(plan, why)


def _failed(plan: Plan, why: str) -> None:
    plan.state, plan.trouble, plan.progress = RunState.FAILED, why[:500], ""
    plan.finished_at = timezone.now()
    plan.save(update_fields=["state", "trouble", "progress", "finished_at"])
    record(by=SYSTEM, verb=Acts.PLAN_FAILED, subject=plan, details={"why": why})


def _hold(plan: Plan) -> None:
    """Locked, and still this run's."""
    mine = Plan.objects.select_for_update().filter(pk=plan.pk, state=RunState.SOLVING, attempts=plan.attempts)
    if not mine.exists():
        raise Overtaken

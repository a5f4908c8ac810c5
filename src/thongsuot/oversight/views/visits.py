"""A visit of the timetable: planning it, its page, and each of its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.audit.history import Moment, moments
from thongsuot.kernel.verdicts import Refused, Verdict
from thongsuot.oversight import actions
from thongsuot.oversight.enums import STEPS_BACK, Lateness, VisitState
from thongsuot.oversight.forms import AmendForm, DayForm, LinkForm, MoveForm, PaperForm, PlanForm
from thongsuot.oversight.lateness import lateness, next_due, wants_notice
from thongsuot.oversight.models import GroupSeat, Meeting, Visit, WorkingGroup
from thongsuot.oversight.policies import may, may_run
from thongsuot.oversight.queries import unlinked_meetings, visible_groups, visible_visits
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done


@needs(Verb.MANAGE_CAMPAIGNS)
def plan(request: MandatedRequest, pk: int) -> HttpResponse:
    groups = visible_groups(request.mandate).select_related("campaign__unit")
    group = get_object_or_404(groups, pk=pk)
    if not may(request.mandate, Verb.MANAGE_CAMPAIGNS, group.campaign):
        raise Http404
    visits = list(visible_visits(request.mandate).filter(group=group, set_aside=""))
    form = PlanForm(group, visits, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planned = actions.plan_visits(by=request.mandate, group=group, visits=form.planned())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            done(request, _("Đã lên lịch %(count)d buổi.") % {"count": len(planned)})
            first = min(visit.planned_on for visit in planned)
            return redirect(f"{reverse('oversight:timetable', args=[group.campaign_id])}?tu={first:%Y-%m-%d}")
    context = {"group": group, "form": form, "crumbs": _crumbs(group, _("Lên lịch"))}
    return show_form(request, "oversight/visit_plan.html", context)


@dataclass(frozen=True, slots=True)
class VisitPage:
    visit: Visit
    leader: GroupSeat | None
    late: Lateness | None
    due: date | None
    wants_notice: bool
    meetings: list[Meeting]
    history: list[Moment]
    may_run: Verdict
    may_confirm: Verdict
    may_plan: Verdict

    def _can(self, state: VisitState) -> bool:
        return bool(self.may_run) and self.visit.may_become(state)

    @property
    def can_notify(self) -> bool:
        return self._can(VisitState.NOTIFIED)

    @property
    def can_hold(self) -> bool:
        return self._can(VisitState.HELD)

    @property
    def can_minute(self) -> bool:
        return bool(self.may_confirm) and self.visit.may_become(VisitState.MINUTES)

    @property
    def can_report(self) -> bool:
        return self._can(VisitState.REPORTED)

    @property
    def can_postpone(self) -> bool:
        return self._can(VisitState.POSTPONED)

    @property
    def can_cancel(self) -> bool:
        return self._can(VisitState.CANCELLED)

    @property
    def can_replan(self) -> bool:
        return bool(self.may_run) and self.visit.is_set_aside

    @property
    def can_step_back(self) -> bool:
        return bool(self.may_run) and self.visit.state in STEPS_BACK

    @property
    def can_amend(self) -> bool:
        return self.can_postpone


@needs(Verb.READ)
def visit(request: MandatedRequest, pk: int) -> HttpResponse:
    return _visit_page(request, _visit(request, pk))


@needs(Verb.READ)
@require_POST
def send_notice(request: MandatedRequest, pk: int) -> HttpResponse:
    form = PaperForm(request.POST, auto_id="notice_%s")

    def act(found: Visit) -> str:
        actions.send_notice(by=request.mandate, visit=found, **form.noted())
        return _("Đã ghi việc gửi thông báo.")

    return _step(request, pk, form, act, "notice_form")


@needs(Verb.READ)
@require_POST
def hold(request: MandatedRequest, pk: int) -> HttpResponse:
    form = DayForm(request.POST, auto_id="hold_%s")

    def act(found: Visit) -> str:
        actions.hold_visit(by=request.mandate, visit=found, on=form.cleaned_data["on"])
        return _("Đã ghi buổi giám sát diễn ra.")

    return _step(request, pk, form, act, "hold_form")


@needs(Verb.CONFIRM)
@require_POST
def link_minutes(request: MandatedRequest, pk: int) -> HttpResponse:
    form = LinkForm(_visit(request, pk), request.mandate, request.POST)

    def act(found: Visit) -> str:
        actions.link_minutes(by=request.mandate, visit=found, meeting=form.cleaned_data["meeting"])
        return _("Đã gắn biên bản vào buổi giám sát.")

    return _step(request, pk, form, act, "link_form")


@needs(Verb.READ)
@require_POST
def report(request: MandatedRequest, pk: int) -> HttpResponse:
    form = PaperForm(request.POST, auto_id="report_%s")

    def act(found: Visit) -> str:
        actions.report_visit(by=request.mandate, visit=found, **form.noted())
        return _("Đã ghi báo cáo kết quả.")

    return _step(request, pk, form, act, "report_form")


@needs(Verb.READ)
@require_POST
def postpone(request: MandatedRequest, pk: int) -> HttpResponse:
    form = MoveForm(request.POST, auto_id="move_%s")

    def act(found: Visit) -> str:
        said = form.cleaned_data
        moved = actions.postpone_visit(by=request.mandate, visit=found, reason=said["reason"], to=said["to"])
        return _("Đã hoãn buổi giám sát.") if moved.is_set_aside else _("Đã dời ngày buổi giám sát.")

    return _step(request, pk, form, act, "move_form")


@needs(Verb.READ)
@require_POST
def replan(request: MandatedRequest, pk: int) -> HttpResponse:
    form = DayForm(request.POST, auto_id="replan_%s")

    def act(found: Visit) -> str:
        actions.replan_visit(by=request.mandate, visit=found, on=form.cleaned_data["on"])
        return _("Đã xếp lại ngày cho buổi giám sát.")

    return _step(request, pk, form, act, "replan_form")


@needs(Verb.READ)
@require_POST
def cancel(request: MandatedRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, actions.cancel_visit, _("Đã hủy buổi giám sát."))


@needs(Verb.READ)
@require_POST
def step_back(request: MandatedRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, actions.step_back, _("Đã lùi một bước."))


@needs(Verb.MANAGE_CAMPAIGNS)
def amend(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _visit(request, pk)
    if not may_run(request.mandate, found):
        raise Http404
    form = AmendForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend_visit(by=request.mandate, visit=found, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            done(request, _("Đã sửa buổi giám sát."))
            return redirect(found)
    context = {"visit": found, "form": form, "crumbs": [*_visit_crumbs(found), (_("Sửa"), "")]}
    return show_form(request, "oversight/visit_amend.html", context)


def _step(
    request: MandatedRequest, pk: int, form: Form, act: Callable[[Visit], str], name: str
) -> HttpResponse:
    """The step, then the page again; a form that was refused comes back on the page with the reasons."""
    found = _run_by(request, pk) if name != "link_form" else _visit(request, pk)

    def step() -> HttpResponse:
        done(request, act(found))
        return redirect(found)

    return tried(form, step) or _visit_page(request, found, **{name: form})


def _with_reason(request: MandatedRequest, pk: int, act: Callable[..., Visit], said: str) -> HttpResponse:
    found = _run_by(request, pk)
    try:
        act(by=request.mandate, visit=found, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, said)
    return redirect(found)


def _run_by(request: MandatedRequest, pk: int) -> Visit:
    """To those who do not run the visit its steps do not exist."""
    found = _visit(request, pk)
    if not may_run(request.mandate, found):
        raise Http404
    return found


def _visit(request: MandatedRequest, pk: int) -> Visit:
    visits = visible_visits(request.mandate).select_related(
        "group__campaign__unit", "notice", "report", "report_source"
    )
    found: Visit = get_object_or_404(visits, pk=pk)
    return found


def _visit_page(request: MandatedRequest, found: Visit, **refused: Form) -> HttpResponse:
    today, by = timezone.localdate(), request.mandate
    page = VisitPage(
        visit=found,
        leader=found.group.led_by(found.day),
        late=lateness(found, today),
        due=next_due(found),
        wants_notice=wants_notice(found, today),
        meetings=list(unlinked_meetings(found, by)) if not found.meeting_id else [],
        history=moments(found),
        may_run=may_run(by, found),
        may_confirm=may(by, Verb.CONFIRM),
        may_plan=may(by, Verb.MANAGE_CAMPAIGNS, found.group.campaign),
    )
    forms: dict[str, Form] = {
        "notice_form": PaperForm(initial={"on": today}, auto_id="notice_%s"),
        "hold_form": DayForm(initial={"on": min(found.planned_on, today)}, auto_id="hold_%s"),
        "link_form": LinkForm(found, by),
        "report_form": PaperForm(initial={"on": today}, auto_id="report_%s"),
        "move_form": MoveForm(auto_id="move_%s"),
        "replan_form": DayForm(auto_id="replan_%s"),
    }
    context = {"page": page, **forms, **refused, "crumbs": _visit_crumbs(found)}
    return show_form(request, "oversight/visit_page.html", context)


def _crumbs(group: WorkingGroup, here: str) -> list[tuple[str, str]]:
    campaign = group.campaign
    return [
        (campaign.unit.title, ""),
        (_("Đợt giám sát"), reverse("oversight:campaigns")),
        (campaign.title, campaign.get_absolute_url()),
        (str(group), group.get_absolute_url()),
        (here, ""),
    ]


def _visit_crumbs(found: Visit) -> list[tuple[str, str]]:
    campaign = found.group.campaign
    timetable = f"{reverse('oversight:timetable', args=[campaign.pk])}?tu={found.day:%Y-%m-%d}"
    return [
        (campaign.unit.title, ""),
        (campaign.title, campaign.get_absolute_url()),
        (_("Lịch"), timetable),
        (str(found), found.get_absolute_url()),
    ]

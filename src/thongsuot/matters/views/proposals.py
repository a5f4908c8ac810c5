from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from thongsuot.kernel.verdicts import Verdict
from thongsuot.matters.actions import why_not_contestable, why_not_editable
from thongsuot.matters.enums import AWAITED, Direction, Response, State
from thongsuot.matters.models import Matter, Reply
from thongsuot.matters.policies import may
from thongsuot.matters.queries import (
    STATE_TONES,
    clock_of,
    late_first,
    legs_of,
    replies_to,
    rows_of,
    thread_of,
)
from thongsuot.matters.queries import proposals as visible_proposals
from thongsuot.matters.queries.threads import Clock, LegLine, StepLine
from thongsuot.matters.tables import (
    ANSWER_TONES,
    RESPONSE_TONES,
    ChoosingProposalTable,
    ProposalFilter,
    ProposalTable,
)
from thongsuot.matters.views.answers import show_answer_form
from thongsuot.matters.views.choosing import MOST, chosen_by
from thongsuot.matters.views.groups import show_group_form
from thongsuot.matters.views.matters import MatterPage, clock_stats, crumbs, matter_page
from thongsuot.matters.views.routing import show_route_form
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.web.lists import BulkAction, chosen_rows, list_page

BULK: Mapping[Verb, tuple[BulkAction, Callable[..., HttpResponse]]] = {
    Verb.ROUTE: (BulkAction("route", gettext_lazy("Chuyển")), show_route_form),
    Verb.ANSWER: (BulkAction("answer", gettext_lazy("Trả lời")), show_answer_form),
    Verb.GROUP: (BulkAction("group", gettext_lazy("Gộp nhóm")), show_group_form),
}


@needs(Verb.READ)
def proposals(request: MandatedRequest) -> HttpResponse:
    seen = late_first(visible_proposals(request.mandate))
    rows = ProposalFilter(request.GET, queryset=seen, request=request)
    bulk = [action for verb, (action, _form) in BULK.items() if request.mandate.allows(verb)]
    clocks = rows.clocks(timezone.localdate())
    context = {"crumbs": [(request.mandate.unit.title, ""), (_("Kiến nghị"), "")], "summary": clocks}
    context["stats"] = clock_stats(clocks, request.GET, request.path)
    context["may_raise"] = request.mandate.allows(Verb.PROPOSE)
    return list_page(
        request,
        table_class=ChoosingProposalTable if bulk else ProposalTable,
        filterset=rows,
        template="matters/proposal_list.html",
        context=context,
        file_name="kien-nghi",
        bulk_url=reverse("matters:proposals-chosen") if bulk else "",
        bulk_actions=bulk,
        total=clocks.rows(request.GET.get("clock", "")),
        read=partial(rows_of, Direction.UP),
        keys=rows.keys,
    )


@needs(Verb.READ)
@require_POST
def proposals_chosen(request: MandatedRequest) -> HttpResponse:
    """From ticked rows to the form of what is to be done with them."""
    chosen = chosen_rows(request, ProposalFilter, visible_proposals(request.mandate))
    keys = list(chosen.order_by().values_list("pk", flat=True)[: MOST + 1])
    if not keys or len(keys) > MOST:
        messages.error(request, _("Chọn từ 1 đến %(most)s kiến nghị mỗi lần.") % {"most": MOST})
        return redirect("matters:proposals")
    for verb, (action, show_form) in BULK.items():
        if action.name == request.POST.get("action") and request.mandate.allows(verb):
            return show_form(request, chosen_by(request, ",".join(map(str, keys))))
    return redirect("matters:proposals")


@dataclass(frozen=True, slots=True)
class AnswerLine:
    reply: Reply
    tone: str
    icon: str
    response_tone: str
    response_icon: str


@dataclass(frozen=True, slots=True)
class Act:
    """A button of the holder's side; `why` where it may not be pressed."""

    label: str
    url: str
    why: str = ""
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Saying:
    """What those who asked may say now."""

    agree: bool
    contest: Verdict | None
    withdraw: bool
    edit: bool


@dataclass(frozen=True, slots=True)
class ProposalPage:
    common: MatterPage
    state: tuple[str, str]
    clock: Clock
    answers: list[AnswerLine]
    pending: Reply | None
    legs: list[LegLine]
    thread: list[StepLine]
    acts: list[Act]
    may: Saying


def proposal_page(request: MandatedRequest, matter: Matter) -> HttpResponse:
    today = timezone.localdate()
    lines = [_answer_line(reply) for reply in replies_to(matter)]
    pending = next((line.reply for line in lines if line.reply.response == Response.PENDING), None)
    page = ProposalPage(
        common=matter_page(request, matter),
        state=STATE_TONES[matter.state],
        clock=clock_of(matter, today),
        answers=lines,
        pending=pending,
        legs=legs_of(matter, today),
        thread=thread_of(matter, request.mandate),
        acts=_acts(request.mandate, matter),
        may=_saying(request.mandate, matter, pending),
    )
    context = {"page": page.common, "proposal": page, "crumbs": crumbs(request, matter)}
    return render(request, "matters/proposal_page.html", context)


def _answer_line(reply: Reply) -> AnswerLine:
    return AnswerLine(reply, *ANSWER_TONES[reply.answer.kind], *RESPONSE_TONES[reply.response])


def _acts(by: Mandate, matter: Matter) -> list[Act]:
    awaited = matter.state in AWAITED
    deciding = Verb.DECIDE if matter.level else Verb.ANSWER
    offered = [
        (awaited and by.allows(Verb.ANSWER), deciding, _("Trả lời"), "matters:answer-new", "primary"),
        (awaited and by.allows(Verb.ROUTE), Verb.ROUTE, _("Chuyển"), "matters:route", "plain"),
        (
            matter.open and not matter.group_id and by.allows(Verb.GROUP),
            Verb.GROUP,
            _("Gộp nhóm"),
            "matters:group-new",
            "plain",
        ),
    ]
    return [
        Act(label, f"{reverse(name)}?proposals={matter.pk}", may(by, verb, matter).why, kind)
        for there, verb, label, name, kind in offered
        if there
    ]


def _saying(by: Mandate, matter: Matter, pending: Reply | None) -> Saying:
    asks = matter.open and by.allows(Verb.PROPOSE) and may(by, Verb.PROPOSE, matter).ok
    if not asks or pending is None or matter.state != State.ANSWERED:
        return Saying(False, None, asks, asks and not why_not_editable(matter))
    why = why_not_contestable(matter, pending, timezone.localdate())
    return Saying(True, Verdict(not why, why), True, False)

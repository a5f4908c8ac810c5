from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.audit.history import Moment, moments
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.actions import Incomplete, answer_proposals, link_document, link_task
from thongsuot.matters.alike import Similar, similar, statement_of
from thongsuot.matters.enums import AWAITED, Response
from thongsuot.matters.forms import AnswerForm
from thongsuot.matters.models import Answer, Matter, Origin, Reply
from thongsuot.matters.papers import find_papers, named_papers, origins_of
from thongsuot.matters.policies import may_all, may_link
from thongsuot.matters.queries import (
    counted_by_response,
    members_of,
    replies_of,
    tasks_numbered,
    visible_answers,
    visible_groups,
)
from thongsuot.matters.tables import ANSWER_TONES, RESPONSE_TONES
from thongsuot.matters.views.choosing import Chosen, chosen_by, nothing_chosen
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form
from thongsuot.web.toasts import done


@dataclass(frozen=True, slots=True)
class ReplyLine:
    reply: Reply
    units: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class ResponseCount:
    label: str
    count: int
    tone: str


@dataclass(frozen=True, slots=True)
class AnswerPage:
    answer: Answer
    tone: str
    icon: str
    lines: list[ReplyLine]
    responses: list[ResponseCount]
    units: int
    documents: list[Origin]
    tasks: list[Matter]
    may_link: bool
    history: list[Moment]


@needs(Verb.READ)
def answer(request: MandatedRequest, number: str) -> HttpResponse:
    shown = get_object_or_404(visible_answers(request.mandate), number=number)
    replies = replies_of(shown, request.mandate)
    lines = [reply_line(reply) for reply in replies]
    tone, icon = ANSWER_TONES[shown.kind]
    page = AnswerPage(
        answer=shown,
        tone=tone,
        icon=icon,
        lines=lines,
        responses=_responses(counted_by_response(replies)),
        units=len({place.unit_id for line in lines for place in line.reply.proposal.places}),  # type: ignore[attr-defined]
        documents=list(shown.documents.all()),
        tasks=list(shown.tasks.all()),
        may_link=may_link(request.mandate, shown).ok,
        history=moments(shown),
    )
    crumbs = [
        (request.mandate.unit.title, ""),
        (_("Kiến nghị"), reverse("matters:proposals")),
        (shown.number, ""),
    ]
    return render(request, "matters/answer_page.html", {"page": page, "crumbs": crumbs})


def _responses(counts: Mapping[str, int]) -> list[ResponseCount]:
    return [
        ResponseCount(str(response.label), counts[response], RESPONSE_TONES[response][0])
        for response in Response
        if counts.get(response)
    ]


def reply_line(reply: Reply) -> ReplyLine:
    tone, icon = RESPONSE_TONES[reply.response]
    units = ", ".join(str(place.unit) for place in reply.proposal.places)  # type: ignore[attr-defined]
    return ReplyLine(reply, units, tone, icon)


@needs(Verb.READ, Verb.ANSWER)
def answer_new(request: MandatedRequest) -> HttpResponse:
    """For `proposals` (their keys), or for a `group`: all its members that wait for an answer."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen = _asked_for(request, asked.get("proposals", ""), asked.get("group", ""))
    if not chosen.matters:
        return nothing_chosen(request)
    if request.method != "POST":
        return show_answer_form(request, chosen)
    form = AnswerForm(request.mandate, timezone.localdate(), request.POST)

    def act() -> Answer:
        with transaction.atomic():
            return answer_proposals(
                by=request.mandate,
                proposals=chosen.matters,
                documents=origins_of(form.papers),
                **form.saying(),
            )

    if given := _tried(form, act):
        count = len(chosen.matters)
        done(
            request,
            _("Đã trả lời %(count)s kiến nghị: %(number)s.") % {"count": count, "number": given.number},
        )
        return redirect(given)
    return show_answer_form(request, chosen, form)


def _tried(form: AnswerForm, act: Callable[[], Answer]) -> Answer | None:
    """Every fault stands beside its field; anything else above the form."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Incomplete as incomplete:
        for field, fault in incomplete.faults.items():
            form.add_error(field if field in form.fields else None, fault)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return None


def _asked_for(request: MandatedRequest, keys: str, group: str) -> Chosen:
    if keys or not group:
        return chosen_by(request, keys)
    shown = get_object_or_404(visible_groups(request.mandate), number=group)
    waiting = members_of(shown, request.mandate).filter(state__in=AWAITED).values_list("pk", flat=True)
    return chosen_by(request, ",".join(map(str, waiting)))


def show_answer_form(
    request: MandatedRequest, chosen: Chosen, form: AnswerForm | None = None
) -> HttpResponse:
    only_asked = form is None
    verb = Verb.DECIDE if any(matter.level for matter in chosen.matters) else Verb.ANSWER
    form = form or AnswerForm(request.mandate, timezone.localdate())
    context = {
        "form": form,
        "ticked": form.papers,
        "earlier": _earlier(request, chosen),
        "chosen": chosen,
        "verdict": may_all(request.mandate, verb, chosen.matters),
        "may_issue": request.mandate.allows(Verb.ISSUE),
        "crumbs": [
            (request.mandate.unit.title, ""),
            (_("Kiến nghị"), reverse("matters:proposals")),
            (_("Trả lời"), ""),
        ],
    }
    return show_form(request, "matters/answer_form.html", context, only_asked=only_asked)


@needs(Verb.READ, Verb.ANSWER)
def papers(request: MandatedRequest) -> HttpResponse:
    """Documents for an answer: those ticked already, and those the words typed find."""
    ticked = named_papers(request.GET.getlist("documents"), request.mandate)
    keys = {paper.key for paper in ticked}
    found = [
        paper for paper in find_papers(request.GET.get("find", ""), request.mandate) if paper.key not in keys
    ]
    context = {"ticked": ticked, "found": found, "typed": request.GET.get("find", "").strip()}
    return render(request, "matters/answer_form.html#papers", context)


@needs(Verb.READ, Verb.ANSWER)
@require_POST
def link(request: MandatedRequest, number: str) -> HttpResponse:
    """Put a task or documents on an answer given already."""
    shown = get_object_or_404(visible_answers(request.mandate), number=number)
    if not may_link(request.mandate, shown):
        raise Http404
    typed = request.POST.get("task", "").strip().upper()
    tasks = tasks_numbered([typed], request.mandate)
    chosen = named_papers(request.POST.getlist("documents"), request.mandate)
    if typed and not tasks:
        messages.error(request, _("Không có nhiệm vụ %(number)s trong phạm vi của bạn.") % {"number": typed})
    elif not (tasks or chosen):
        messages.error(request, _("Chưa chọn văn bản, nhiệm vụ nào."))
    else:
        with transaction.atomic():
            for task in tasks:
                link_task(by=request.mandate, answer=shown, task=task)
            for document in origins_of(chosen):
                link_document(by=request.mandate, answer=shown, document=document)
        names = [*(task.number for task in tasks), *(paper.title for paper in chosen)]
        done(request, _("Đã gắn với %(answer)s: %(them)s.") % {"answer": number, "them": ", ".join(names)})
    return redirect(shown)


def _earlier(request: MandatedRequest, chosen: Chosen) -> list[Similar]:
    """Answers that like proposals have had already."""
    if not chosen.matters:
        return []
    found = similar(statement_of(chosen.matters[0]), request.mandate)
    by_answer = {one.answer.pk: one for one in found if one.answer}
    return list(by_answer.values())

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.audit.history import Moment, moments
from thongsuot.matters.models import Answer, Matter, Origin, Reply
from thongsuot.matters.policies import may_link
from thongsuot.matters.queries import counted_by_response, replies_of, visible_answers
from thongsuot.matters.tables.answers import ANSWER_TONES, RESPONSE_TONES
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb


@dataclass(frozen=True, slots=True)
class ReplyLine:
    reply: Reply
    units: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class AnswerPage:
    answer: Answer
    tone: str
    icon: str
    lines: list[ReplyLine]
    counts: Mapping[str, int]
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
        counts=counted_by_response(replies),
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


def reply_line(reply: Reply) -> ReplyLine:
    tone, icon = RESPONSE_TONES[reply.response]
    units = ", ".join(str(place.unit) for place in reply.proposal.places)  # type: ignore[attr-defined]
    return ReplyLine(reply, units, tone, icon)

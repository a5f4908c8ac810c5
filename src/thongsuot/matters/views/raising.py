"""What a unit asks: raising it, mending it, saying what one thinks of the answer, withdrawing it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.actions import agree as agree_with
from thongsuot.matters.actions import (
    contest as contest_answer,
)
from thongsuot.matters.actions import edit_proposal, raise_proposal, why_not_editable, withdraw_proposal
from thongsuot.matters.enums import Kind
from thongsuot.matters.forms import ProposalForm
from thongsuot.matters.models import Matter, Origin
from thongsuot.matters.policies import may
from thongsuot.matters.queries import proposals as visible_proposals
from thongsuot.matters.story import seen_origins
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done


@needs(Verb.READ, Verb.PROPOSE)
def raise_new(request: MandatedRequest) -> HttpResponse:
    """`?origin=`: the document, or the point of one, that it rests on."""
    asked = request.GET.get("origin", "")
    rests_on = get_object_or_404(seen_origins(request.mandate), pk=asked) if asked.isdigit() else None
    form = ProposalForm(request.mandate, None, request.POST or None)

    def act() -> Matter:
        return raise_proposal(
            by=request.mandate,
            statement=form.statement(),
            kind=Kind(form.cleaned_data["kind"]),
            rests_on=rests_on,
        )

    if request.method == "POST" and (raised := tried(form, act)):
        done(request, _("Đã nêu kiến nghị %(number)s.") % {"number": raised.number})
        return redirect(raised)
    return _form_page(request, form, None, rests_on)


@needs(Verb.READ, Verb.PROPOSE)
def edit(request: MandatedRequest, number: str) -> HttpResponse:
    proposal = _own(request, number)
    if why := why_not_editable(proposal):
        messages.error(request, why)
        return redirect(proposal)
    form = ProposalForm(request.mandate, proposal, request.POST or None)

    def act() -> Matter:
        said = form.cleaned_data
        return edit_proposal(
            by=request.mandate,
            proposal=proposal,
            statement=form.statement(),
            kind=Kind(said["kind"]),
            seen=said["seen"],
        )

    if request.method == "POST" and (edited := tried(form, act)):
        done(request, _("Đã sửa kiến nghị %(number)s.") % {"number": edited.number})
        return redirect(edited)
    return _form_page(request, form, proposal)


def _form_page(
    request: MandatedRequest, form: ProposalForm, proposal: Matter | None, rests_on: Origin | None = None
) -> HttpResponse:
    unit = request.mandate.unit
    last = (proposal.number, proposal.get_absolute_url()) if proposal else (_("Nêu kiến nghị"), "")
    context = {
        "form": form,
        "proposal": proposal,
        "unit": unit,
        "rests_on": rests_on,
        "crumbs": [(unit.title, ""), (_("Kiến nghị"), reverse("matters:proposals")), last],
    }
    return show_form(request, "matters/proposal_form.html", context)


@needs(Verb.READ, Verb.PROPOSE)
@require_POST
def agree(request: MandatedRequest, number: str) -> HttpResponse:
    return _respond(
        request,
        number,
        lambda one: agree_with(by=request.mandate, proposal=one),
        _("Đã đồng ý với câu trả lời."),
    )


@needs(Verb.READ, Verb.PROPOSE)
@require_POST
def contest(request: MandatedRequest, number: str) -> HttpResponse:
    note = request.POST.get("reason", "")
    return _respond(
        request,
        number,
        lambda one: contest_answer(by=request.mandate, proposal=one, note=note),
        _("Đã gửi ý kiến chưa đồng ý lên cấp giải quyết tiếp theo."),
    )


@needs(Verb.READ, Verb.PROPOSE)
@require_POST
def withdraw(request: MandatedRequest, number: str) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _respond(
        request,
        number,
        lambda one: withdraw_proposal(by=request.mandate, proposal=one, reason=reason),
        _("Đã rút kiến nghị."),
    )


def _respond(
    request: MandatedRequest, number: str, act: Callable[[Matter], Matter], said: str
) -> HttpResponse:
    proposal = _own(request, number)
    try:
        act(proposal)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, said)
    return redirect(proposal)


def _own(request: MandatedRequest, number: str) -> Matter:
    """One the unit of the mandate asks; any other is not there."""
    proposal = get_object_or_404(visible_proposals(request.mandate), number=number)
    if not may(request.mandate, Verb.PROPOSE, proposal):
        raise Http404
    return proposal

"""Printouts of a file: minutes of the hearing, draft of the decision, as Word."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.letters import decision_draft, hearing_minutes
from thongsuot.staffing.models import Transfer
from thongsuot.staffing.queries.transfers import visible_transfers, with_ball
from thongsuot.staffing.views.transfers.page import at_hand
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.downloads import download
from thongsuot.web.papers import TYPE


@needs(Verb.NAME_STAFF)
@require_GET
def hearing_word(request: MandatedRequest, pk: int) -> HttpResponse:
    found = at_hand(request, pk)
    acts.note_look(by=request.mandate, transfer=found)
    return download(hearing_minutes(found, timezone.localdate()), TYPE, f"bien-ban-{found.number}.docx")


@needs(Verb.NAME_STAFF)
@require_GET
def decision_word(request: MandatedRequest, pk: int) -> HttpResponse:
    found = at_hand(request, pk)
    acts.note_look(by=request.mandate, transfer=found)
    return download(
        decision_draft([found], timezone.localdate()), TYPE, f"du-thao-quyet-dinh-{found.number}.docx"
    )


@needs(Verb.NAME_STAFF)
@require_GET
def chain_word(request: MandatedRequest, plan: int, number: int) -> HttpResponse:
    rows = with_ball(visible_transfers(request.mandate), request.mandate)
    found: list[Transfer] = list(rows.filter(move__plan=plan, move__chain=number).order_by("pk"))
    if not found:
        raise Http404
    for one in found:
        acts.note_look(by=request.mandate, transfer=one)
    return download(
        decision_draft(found, timezone.localdate()), TYPE, f"du-thao-quyet-dinh-chuoi-{number}.docx"
    )

"""One act on many files: the parties of all asked at once, or one paper that decides several."""

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.enums import TransferState
from thongsuot.staffing.forms.transfers import DecideForm
from thongsuot.staffing.models import Transfer
from thongsuot.staffing.queries.transfers import visible_transfers, with_ball
from thongsuot.staffing.tables.transfers import TransferFilter
from thongsuot.staffing.views.transfers.deeds import decided, decided_words, each_told
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.web.editing import show_form, tried
from thongsuot.web.lists import BulkAction, chosen_rows
from thongsuot.web.toasts import done

MOST = 500
TOLD = 3  # refusals told one by one; the rest are counted
ASK, DECIDE = "hoi-y-kien", "quyet-dinh"
BULK = (
    (Verb.KEEP_STAFF, BulkAction(ASK, gettext_lazy("Hỏi ý kiến các bên"))),
    (Verb.DECIDE_TRANSFER, BulkAction(DECIDE, gettext_lazy("Ghi một quyết định"), "primary")),
)


def bulk_actions(by: Mandate) -> list[BulkAction]:
    return [action for verb, action in BULK if by.allows(verb)]


@needs(Verb.READ_STAFF)
@require_POST
def transfers_chosen(request: MandatedRequest) -> HttpResponse:
    name = request.POST.get("action", "")
    if name not in {action.name for action in bulk_actions(request.mandate)}:
        raise Http404
    everything = with_ball(visible_transfers(request.mandate), request.mandate)
    rows = list(chosen_rows(request, TransferFilter, everything)[: MOST + 1])
    if not rows or len(rows) > MOST:
        messages.error(request, _("Chọn từ 1 đến %(most)s hồ sơ mỗi lần.") % {"most": MOST})
        return redirect("staffing:transfers")
    return _ask(request, rows) if name == ASK else _decide(request, rows)


def _ask(request: MandatedRequest, rows: Sequence[Transfer]) -> HttpResponse:
    """One by one: what cannot be asked now is told, the others go out."""
    refused = []
    for row in rows:
        try:
            acts.ask_parties(by=request.mandate, transfer=row)
        except Refused as refusal:
            refused.append(str(refusal))
    if asked := len(rows) - len(refused):
        done(
            request,
            ngettext(
                "Đã hỏi ý kiến các bên của %(count)s hồ sơ.",
                "Đã hỏi ý kiến các bên của %(count)s hồ sơ.",
                asked,
            )
            % {"count": asked},
        )
    if refused:
        told = " ".join(refused[:TOLD])
        words = ngettext(
            "Chưa hỏi được %(count)s hồ sơ. %(told)s", "Chưa hỏi được %(count)s hồ sơ. %(told)s", len(refused)
        ) % {"count": len(refused), "told": told}
        messages.error(request, words)
    return redirect("staffing:transfers")


def _decide(request: MandatedRequest, rows: Sequence[Transfer]) -> HttpResponse:
    """First which files the paper would decide, then, when it is filled in, all of them or none."""
    ready = [row for row in rows if row.state == TransferState.AGREED]
    confirmed = request.POST.get("confirmed") == "1"
    form = DecideForm(ready, request.POST if confirmed else None)
    act = partial(decided, request.mandate, ready, form)
    if confirmed and (files := tried(form, each_told(act))):
        done(request, decided_words(len(files)))
        return redirect("staffing:transfers")
    context = {
        "ready": ready,
        "other": [row for row in rows if row.state != TransferState.AGREED],
        "form": form,
        "action": DECIDE,
        "crumbs": [
            (request.mandate.unit.title, ""),
            (pgettext("several", "Hồ sơ điều động"), reverse("staffing:transfers")),
            (_("Ghi một quyết định"), ""),
        ],
    }
    return show_form(request, "staffing/transfer_decide.html", context, only_asked=not confirmed)

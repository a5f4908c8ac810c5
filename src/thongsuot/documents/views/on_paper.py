"""Answers to a directive that came on paper, written down for many units at once."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.documents.actions import Recorded, record_answers
from thongsuot.documents.enums import Standing, UptakeKind
from thongsuot.documents.forms.on_paper import OnPaperForm
from thongsuot.documents.policies import may
from thongsuot.documents.queries.cascade import units_of, visible_directives
from thongsuot.documents.queries.text import leaves, newest_version, wordings_of
from thongsuot.documents.views.frame import under_directive
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Unit
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done


@needs(Verb.KEEP_DOCUMENTS)
def record(request: MandatedRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(visible_directives(request.mandate), pk=pk)
    if not may(request.mandate, Verb.KEEP_DOCUMENTS, shown):
        raise Http404
    rows: QuerySet[Any] = units_of(shown, request.mandate, timezone.localdate())
    missing = rows.filter(standing__in=[Standing.MISSING, Standing.MISSING_LATE])
    version = newest_version(shown.document)
    form = OnPaperForm(
        Unit.objects.filter(pk__in=rows.order_by().values("unit")),
        [row.unit for row in missing if row.unit],
        leaves(list(wordings_of(version))) if version else [],
        request.POST or None,
    )

    def act() -> Recorded:
        said = form.cleaned_data
        return record_answers(
            by=request.mandate,
            directive=shown,
            kind=UptakeKind(said["kind"]),
            papers=form.papers(),
            points=form.chosen(),
        )

    if request.method == "POST" and (recorded := tried(form, act)):
        written, waiting = len(recorded.uptakes), len(recorded.handed_in)
        told = ngettext(
            "Đã ghi câu trả lời của %(count)d đơn vị.", "Đã ghi câu trả lời của %(count)d đơn vị.", written
        ) % {"count": written}
        waits = ngettext(
            "Nhiệm vụ của %(count)d đơn vị chờ xác nhận.",
            "Nhiệm vụ của %(count)d đơn vị chờ xác nhận.",
            waiting,
        ) % {"count": waiting}
        done(request, f"{told} {waits}")
        return redirect(shown)
    context = {
        "form": form,
        "directive": shown,
        "crumbs": under_directive(shown, _("Ghi câu trả lời trên giấy")),
    }
    return show_form(request, "documents/on_paper_form.html", context)

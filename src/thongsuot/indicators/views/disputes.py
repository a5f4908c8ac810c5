"""Figures that units dispute: raising, the list, answering."""

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.indicators.actions.disputes import answer_dispute, dispute_figure
from thongsuot.indicators.enums import DisputeState
from thongsuot.indicators.forms.disputes import AnswerForm, DisputeForm
from thongsuot.indicators.models import Indicator, Period
from thongsuot.indicators.policies import may_answer, may_dispute
from thongsuot.indicators.queries.disputes import disputable, visible_disputes
from thongsuot.indicators.views.totals import section_tabs
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Unit
from thongsuot.units.policies import reach
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done

ROWS = 50


@needs(Verb.READ)
def disputes(request: MandatedRequest) -> HttpResponse:
    rows = visible_disputes(request.mandate)
    return render(
        request,
        "indicators/disputes.html",
        {
            "tabs": section_tabs("disputes"),
            "crumbs": [(_("Số liệu"), reverse("indicators:totals")), (_("Ý kiến về số liệu"), "")],
            "page": Paginator(
                rows.order_by(F("answered_at").desc(nulls_first=True), "-raised_at", "-pk"), ROWS
            ).get_page(request.GET.get("page")),
            "waiting": rows.filter(state=DisputeState.OPEN).count(),
            "may_answer": request.mandate.allows(Verb.ACCEPT_RETURN),
        },
    )


@needs(Verb.REPORT)
def dispute(request: MandatedRequest, code: str, unit: int, period: int) -> HttpResponseBase:
    place = get_object_or_404(Unit.objects.filter(reach(request.mandate, "")), pk=unit)
    indicator, when = get_object_or_404(Indicator, code=code), get_object_or_404(Period, pk=period)
    if not may_dispute(request.mandate, place):
        raise Http404
    form = DisputeForm(indicator, request.POST or None)
    back = reverse("indicators:cell", args=[code, unit, period])
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(
            form,
            lambda: bool(
                dispute_figure(
                    by=request.mandate, indicator=indicator, unit=place, period=when, **form.cleaned_data
                )
            ),
        )
    ):
        done(request, _("Đã gửi ý kiến"))
        return redirect(back)
    held = disputable(indicator, place, when)
    told = {"unit": place.title, "period": when, "held": held.display() if held else ""}
    says = _("%(unit)s, %(period)s: đang có %(held)s") if held else "%(unit)s, %(period)s"
    title = _("Nêu ý kiến: %(name)s") % {"name": indicator}
    return _form(request, form, title, back, _("Gửi ý kiến"), says % told)


@needs(Verb.ACCEPT_RETURN)
def answer(request: MandatedRequest, pk: int) -> HttpResponseBase:
    row = get_object_or_404(visible_disputes(request.mandate), pk=pk)
    if not may_answer(request.mandate, row.unit):
        raise Http404
    form = AnswerForm(request.POST or None)
    back = reverse("indicators:disputes")
    if (
        request.method == "POST"
        and form.is_valid()
        and (
            answered := tried(
                form, lambda: answer_dispute(by=request.mandate, dispute=row, **form.cleaned_data)
            )
        )
    ):
        done(request, _("Đã trả lời, đã mở lại báo cáo") if answered.corrected_in else _("Đã trả lời"))
        return redirect(back)
    title = _("Trả lời ý kiến: %(name)s") % {"name": row}
    says = _("Đang có %(held)s, đơn vị đề nghị %(proposed)s: %(reason)s") % {
        "held": row.held,
        "proposed": row.proposed,
        "reason": row.reason,
    }
    return _form(request, form, title, back, _("Trả lời"), says)


def _form(
    request: MandatedRequest, form: object, title: str, back: str, send: str, says: str
) -> HttpResponse:
    return show_form(
        request,
        "indicators/catalogue_form.html",
        {
            "form": form,
            "title": title,
            "back": back,
            "send": send,
            "answer": says,
            "crumbs": [(_("Ý kiến về số liệu"), reverse("indicators:disputes")), (title, "")],
        },
    )

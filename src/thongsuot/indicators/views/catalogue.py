"""The catalogue: what is counted, by which rule, who answers for it; proposing and changing it."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.indicators.actions import keep_indicator, suggest_indicator
from thongsuot.indicators.enums import WORDS_ONLY
from thongsuot.indicators.forms.catalogue import IndicatorForm, ProposalForm
from thongsuot.indicators.models import Indicator
from thongsuot.indicators.policies import may
from thongsuot.indicators.queries.consolidated import catalogue
from thongsuot.indicators.tables import IndicatorFilter, IndicatorTable
from thongsuot.indicators.views.totals import section_tabs
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form, tried
from thongsuot.web.lists import list_page
from thongsuot.web.toasts import done


@needs(Verb.READ)
def catalogue_page(request: MandatedRequest) -> HttpResponse:
    rows = IndicatorFilter(request.GET, queryset=catalogue(), request=request)
    return list_page(
        request,
        table_class=IndicatorTable,
        filterset=rows,
        template="indicators/catalogue.html",
        context={
            "tabs": section_tabs("catalogue"),
            "crumbs": [(_("Số liệu"), reverse("indicators:totals")), (_("Danh mục chỉ tiêu"), "")],
            "many": Indicator.objects.filter(proposed=False).count(),
            "proposed": Indicator.objects.filter(proposed=True).count(),
            "may_keep": may(request.mandate, Verb.KEEP_RETURNS),
        },
        file_name="chi-tieu",
    )


@needs(Verb.READ)
def indicator_page(request: MandatedRequest, code: str) -> HttpResponse:
    indicator = get_object_or_404(Indicator, code=code)
    return render(
        request,
        "indicators/indicator.html",
        {
            "tabs": section_tabs("catalogue"),
            "crumbs": [(_("Danh mục chỉ tiêu"), reverse("indicators:catalogue")), (str(indicator), "")],
            "indicator": indicator,
            "may_keep": may(request.mandate, Verb.KEEP_RETURNS),
            "may_aim": indicator.kind not in WORDS_ONLY,
        },
    )


@needs(Verb.KEEP_RETURNS)
def edit_indicator(request: MandatedRequest, code: str) -> HttpResponseBase:
    """Taken into the catalogue, corrected, or ended."""
    indicator = get_object_or_404(Indicator, code=code)
    form = IndicatorForm(request.POST or None, instance=indicator)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(
            form, lambda: bool(keep_indicator(by=request.mandate, indicator=indicator, **form.cleaned_data))
        )
    ):
        done(request, _("Đã ghi chỉ tiêu vào danh mục"))
        return redirect("indicators:indicator", code=code)
    return _form(request, form, str(indicator), reverse("indicators:indicator", args=[code]))


@needs(Verb.KEEP_RETURNS)
def propose(request: MandatedRequest) -> HttpResponseBase:
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: suggest_indicator(by=request.mandate, **form.cleaned_data))
        if made:
            done(request, _("Đã đề xuất chỉ tiêu"))
            return redirect("indicators:edit", code=made.code)
    return _form(request, form, _("Đề xuất chỉ tiêu"), reverse("indicators:catalogue"))


def _form(request: MandatedRequest, form: object, title: str, back: str) -> HttpResponse:
    return show_form(
        request,
        "indicators/catalogue_form.html",
        {
            "form": form,
            "title": title,
            "back": back,
            "crumbs": [(_("Danh mục chỉ tiêu"), reverse("indicators:catalogue")), (title, "")],
        },
    )

"""What units are to reach of one indicator: the list, and setting one."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.indicators.actions import period_for, set_target
from thongsuot.indicators.forms.targets import TargetForm, key_of
from thongsuot.indicators.models import Indicator, Period
from thongsuot.indicators.queries.targets import targets_of, units_to_aim_at
from thongsuot.indicators.views.totals import section_tabs
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done

ROWS = 60


@needs(Verb.KEEP_RETURNS)
def targets(request: MandatedRequest, code: str) -> HttpResponseBase:
    indicator = get_object_or_404(Indicator, code=code)
    found = targets_of(request.mandate, indicator)
    chosen = found.filter(pk=request.GET["muc-tieu"]).first() if _names_one(request) else None
    form = TargetForm(
        indicator,
        request.POST or None,
        known=Period.objects.filter(pk__in=found.values("period")),
        units=units_to_aim_at(request.mandate),
        initial={
            "period": key_of(chosen.period.calendar, chosen.period.period_name),
            "unit": chosen.unit_id,
            "value": chosen.value,
            "basis": chosen.basis,
        }
        if chosen
        else None,
    )

    def write() -> bool:
        said = dict(form.cleaned_data)
        calendar, name = said.pop("period")
        with transaction.atomic():
            period = period_for(calendar, name)
            set_target(by=request.mandate, indicator=indicator, period=period, **said)
        return True

    if request.method == "POST" and form.is_valid() and tried(form, write):
        removed = form.cleaned_data["value"] is None
        done(request, _("Đã xóa mục tiêu") if removed else _("Đã đặt mục tiêu"))
        return redirect("indicators:targets", code=code)
    return _page(request, indicator, form, Paginator(found, ROWS).get_page(request.GET.get("page")))


def _names_one(request: MandatedRequest) -> bool:
    return request.GET.get("muc-tieu", "").isdecimal()


def _page(request: MandatedRequest, indicator: Indicator, form: TargetForm, page: object) -> HttpResponse:
    return show_form(
        request,
        "indicators/targets.html",
        {
            "tabs": section_tabs("catalogue"),
            "crumbs": [
                (_("Danh mục chỉ tiêu"), reverse("indicators:catalogue")),
                (str(indicator), reverse("indicators:indicator", args=[indicator.code])),
                (_("Mục tiêu"), ""),
            ],
            "indicator": indicator,
            "form": form,
            "page": page,
        },
    )

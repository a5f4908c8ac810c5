"""The ask-once ledger: every figure asked of a commune, by whom, how often, and what it costs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.indicators.asking import ledger
from thongsuot.indicators.views.totals import section_tabs
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.queries import province_of


@needs(Verb.READ)
def asked(request: MandatedRequest) -> HttpResponse:
    """Of the unit of the mandate where it is a commune, else of any commune of the province."""
    unit = request.mandate.unit
    of_one = unit if unit.tier == Tier.COMMUNE else None
    found = ledger(province_of(unit), timezone.localdate(), of_one)
    return render(
        request,
        "indicators/asked.html",
        {
            "tabs": section_tabs("asked"),
            "crumbs": [(_("Số liệu"), reverse("indicators:totals")), (_("Hỏi một lần"), "")],
            "ledger": found,
            "unit": of_one,
        },
    )

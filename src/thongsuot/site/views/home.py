from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.finding.queries import jump
from thongsuot.matters.clocks import OPEN_STATES
from thongsuot.matters.enums import ClockState
from thongsuot.site import queries
from thongsuot.site.overview import Overview, overview
from thongsuot.site.work import OWED, WorkPage, work_page
from thongsuot.units.access import MandatedRequest, needs, signed_in
from thongsuot.units.enums import Reach, Tier, Verb
from thongsuot.units.measures import measure, points
from thongsuot.units.models import Mandate
from thongsuot.units.queries import coloured_communes
from thongsuot.units.views.reading import typed

ASKED_FOR = "kien-nghi"  # the measure of matters
CLOCKS = (*OPEN_STATES, ClockState.NO_TERM)


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """First what I owe."""
    mandate: Mandate | None = getattr(request, "mandate", None)
    if mandate is None:
        return render(request, "site/home_without_mandate.html")
    shown = work_page(
        mandate,
        timezone.localdate(),
        view=request.GET.get("view", OWED),
        part=request.GET.get("part", ""),
        page=request.GET.get("page"),
    )
    context = {
        "shown": shown,
        "tabs": _tabs(shown),
        "may_intake": mandate.allows(Verb.INTAKE),
        "may_read": mandate.allows(Verb.READ),
        "may_manage": mandate.allows(Verb.MANAGE_MANDATES),
        "sees_many": mandate.allows(Verb.READ) and _sees_many(mandate),
    }
    return render(request, "site/home.html", context)


def _tabs(shown: WorkPage) -> list[dict[str, object]]:
    return [
        {
            "label": tab.view.label,
            "url": f"?view={tab.view.code}",
            "count": tab.load.total,
            "active": tab.view.code == shown.chosen.code,
        }
        for tab in shown.tabs
    ]


def _sees_many(mandate: Mandate) -> bool:
    return mandate.role.reach not in (Reach.UNIT, Reach.BODY)


@needs(Verb.READ)
def overview_page(request: MandatedRequest) -> HttpResponse:
    """What is open and what is stuck, for those who look after many units."""
    shown = overview(request.mandate, timezone.localdate())
    context = {"shown": shown, "clocks": CLOCKS, "rows": _rows(shown), "map": _map(request.mandate)}
    return render(request, "site/overview.html", context)


def _rows(shown: Overview) -> list[dict[str, object]]:
    """Proposals and tasks by clock state; each number leads to its rows."""
    lists = ((_("Kiến nghị"), "matters:proposals", shown.up), (_("Nhiệm vụ"), "matters:tasks", shown.down))
    return [
        {
            "label": label,
            "url": f"{reverse(name)}?open=true",
            "cells": [
                {
                    "count": counts[state],
                    "url": f"{reverse(name)}?{urlencode({'clock': state, 'open': 'true'})}",
                }
                for state in CLOCKS
            ],
        }
        for label, name, counts in lists
    ]


def _map(by: Mandate) -> dict[str, object] | None:
    """For those who look after a whole province: its communes, coloured by what they ask for."""
    if by.unit.tier != Tier.PROVINCE or by.role.reach != Reach.SUBTREE:
        return None
    chosen = measure(ASKED_FOR)
    communes = coloured_communes(by.unit, timezone.localdate(), chosen.query(by.unit, by))
    return {"measure": chosen, "points": points(communes, chosen)}


@needs()
def search(request: MandatedRequest) -> HttpResponse:
    """One box over every register; the number of a record leads straight to it."""
    text = typed(request, "q")
    if address := jump(request.mandate, text):
        return redirect(address)
    shown = queries.search_page(text, request.mandate, request.GET.get("kind", ""))
    return render(request, "site/search.html", {"shown": shown})


@needs()
def suggest(request: MandatedRequest) -> HttpResponse:
    """A few hits under the box on top, while one types."""
    text = typed(request, "q")
    hits = queries.suggestions(text, request.mandate) if len(text.strip()) > 1 else []
    return render(request, "site/suggestions.html", {"hits": hits, "text": text})

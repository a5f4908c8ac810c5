from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from thongsuot.site import queries
from thongsuot.units.access import MandatedRequest, needs, signed_in
from thongsuot.units.enums import Reach, Tier, Verb
from thongsuot.units.measures import measure, points
from thongsuot.units.models import Mandate
from thongsuot.units.views.reading import typed

ASKED_FOR = "kien-nghi"  # the measure of matters


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me; then the newest, and where most is asked."""
    mandate = getattr(request, "mandate", None)
    if mandate is None:
        return render(request, "site/home_without_mandate.html")
    context = {
        "shown": queries.home_page(mandate),
        "may_intake": mandate.allows(Verb.INTAKE),
        "may_read": mandate.allows(Verb.READ),
        "may_manage": mandate.allows(Verb.MANAGE_MANDATES),
        "sees_many": mandate.role.reach not in (Reach.UNIT, Reach.BODY),
        "map": _map(mandate),
    }
    return render(request, "site/home.html", context)


def _map(by: Mandate) -> dict[str, object] | None:
    """For those who look after a whole province: its communes, coloured by what they ask for."""
    if by.unit.tier != Tier.PROVINCE or by.role.reach != Reach.SUBTREE or not by.allows(Verb.READ):
        return None
    chosen = measure(ASKED_FOR)
    return {"measure": chosen, "points": points(by.unit, by, timezone.localdate(), chosen)}


@needs()
def search(request: MandatedRequest) -> HttpResponse:
    """One box over every register."""
    text = typed(request, "q")
    groups = queries.search_everything(text, request.mandate)
    context = {"text": text, "groups": groups, "count": sum(len(group.hits) for group in groups)}
    return render(request, "site/search.html", context)

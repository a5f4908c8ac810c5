from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thongsuot.site import queries
from thongsuot.units.access import MandatedRequest, needs, signed_in
from thongsuot.units.enums import Reach, Verb


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
        "sees_many": mandate.role.reach != Reach.UNIT,
    }
    return render(request, "site/home.html", context)


@needs()
def search(request: MandatedRequest) -> HttpResponse:
    """One box over every register."""
    text = request.GET.get("q", "").strip()
    groups = queries.search_everything(text, request.mandate)
    context = {"text": text, "groups": groups, "count": sum(len(group.hits) for group in groups)}
    return render(request, "site/search.html", context)

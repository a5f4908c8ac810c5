from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.matters.actions import route_proposal, route_proposals
from thongsuot.matters.forms import RouteForm
from thongsuot.matters.models import Matter
from thongsuot.matters.policies import may_all
from thongsuot.matters.views.choosing import Chosen, chosen_by, nothing_chosen
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done


@needs(Verb.READ, Verb.ROUTE)
def route(request: MandatedRequest) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    chosen = chosen_by(request, asked.get("proposals", ""))
    if not chosen.matters:
        return nothing_chosen(request)
    if request.method != "POST":
        return show_route_form(request, chosen)
    form = RouteForm(request.mandate, chosen.matters, timezone.localdate(), request.POST)

    def act() -> list[Matter]:
        if len(chosen.matters) == 1:
            return [route_proposal(by=request.mandate, proposal=chosen.matters[0], **form.cleaned_data)]
        return route_proposals(by=request.mandate, proposals=chosen.matters, **form.cleaned_data)

    if routed := tried(form, act):
        body = form.cleaned_data["body"]
        done(request, _("Đã chuyển %(count)s kiến nghị đến %(body)s.") % {"count": len(routed), "body": body})
        return redirect(routed[0] if len(routed) == 1 else "matters:proposals")
    return show_route_form(request, chosen, form)


def show_route_form(request: MandatedRequest, chosen: Chosen, form: RouteForm | None = None) -> HttpResponse:
    only_asked = form is None
    form = form or RouteForm(request.mandate, chosen.matters, timezone.localdate())
    context = {
        "form": form,
        "chosen": chosen,
        "verdict": may_all(request.mandate, Verb.ROUTE, chosen.matters),
        "crumbs": [
            (request.mandate.unit.title, ""),
            (_("Kiến nghị"), reverse("matters:proposals")),
            (_("Chuyển"), ""),
        ],
    }
    return show_form(request, "matters/proposal_route.html", context, only_asked=only_asked)

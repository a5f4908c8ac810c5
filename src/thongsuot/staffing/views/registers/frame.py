"""What the form pages of the registers share."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from thongsuot.staffing.models import Person
from thongsuot.staffing.policies import keep_scope, person_scope, unit_scope
from thongsuot.units.access import MandatedRequest
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Unit
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done

Crumbs = Sequence[tuple[str, str]]


def found_person(request: MandatedRequest, pk: int, *, kept: bool = False) -> Person:
    """Within reach; with `kept`, one whose file is kept here."""
    scope = keep_scope if kept else person_scope
    person = Person.objects.filter(scope(request.mandate), pk=pk).select_related("origin").first()
    if person is None or (kept and not request.mandate.allows(Verb.KEEP_STAFF)):
        raise Http404
    return person


def found_unit(request: MandatedRequest, pk: int) -> Unit:
    reached = Unit.objects.filter(unit_scope(request.mandate)).exclude(tier=Tier.DISTRICT)
    unit = reached.select_related("parent").filter(pk=pk).first()
    if unit is None:
        raise Http404
    return unit


def form_page(
    request: MandatedRequest,
    form: Any,
    act: Callable[[], Any],
    *,
    title: str,
    said: str,
    back: str,
    crumbs: Crumbs,
    submit: str,
    note: str = "",
    tone: str = "primary",
    template: str = "staffing/register_form.html",
) -> HttpResponse:
    """One form, one act: done, or the form again with what is wrong."""
    if request.method == "POST" and tried(form, act) is not None:
        done(request, said)
        return redirect(back)
    context = {
        "form": form,
        "title": title,
        "note": note,
        "submit": submit,
        "back": back,
        "kind": tone,
        "crumbs": [*crumbs, (title, "")],
    }
    return show_form(request, template, context)

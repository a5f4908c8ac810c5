"""Dated changes of units: one form, one action, all errors at once."""

from collections.abc import Callable, Iterable

from django.forms import BaseFormSet, Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.actions import merge_units, rename_unit, split_unit
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.forms import ChangeForm, MergeForm, NewUnits, RenameForm, communes_beside, new_units
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import may
from thongsuot.units.queries import by_distance
from thongsuot.units.views.reading import crumbs_of
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done

RENAMING = gettext_lazy("Đổi tên đơn vị")
MERGING = gettext_lazy("Nhập đơn vị")
SPLITTING = gettext_lazy("Chia, tách đơn vị")


@needs(Verb.MANAGE_UNITS)
def rename(request: MandatedRequest, pk: int) -> HttpResponse:
    unit = _unit_to_change(request.mandate, pk)
    form = RenameForm(unit, request.POST or None)

    def act() -> Unit:
        rename_unit(by=request.mandate, unit=unit, **form.cleaned_data)
        return unit

    return _change(request, unit, RENAMING, form, act)


@needs(Verb.MANAGE_UNITS)
def merge(request: MandatedRequest, pk: int) -> HttpResponse:
    unit = _unit_to_change(request.mandate, pk, Tier.COMMUNE)
    others = by_distance(unit, communes_beside(unit, timezone.localdate()))
    form = MergeForm(others, request.POST or None)

    def act() -> Unit:
        said = form.cleaned_data
        units = [unit, *form.chosen()]
        return merge_units(
            by=request.mandate, units=units, into=form.new_unit(), on=said["on"], basis=said["basis"]
        )

    return _change(request, unit, MERGING, form, act)


@needs(Verb.MANAGE_UNITS)
def split(request: MandatedRequest, pk: int) -> HttpResponse:
    unit = _unit_to_change(request.mandate, pk, Tier.COMMUNE)
    form = ChangeForm(request.POST or None)
    parts = NewUnits(request.POST or None, prefix="part")

    def act() -> Unit:
        said = form.cleaned_data
        split_unit(by=request.mandate, unit=unit, into=new_units(parts), on=said["on"], basis=said["basis"])
        return unit

    return _change(request, unit, SPLITTING, form, act, also=parts)


def _unit_to_change(by: Mandate, pk: int, tier: Tier | None = None) -> Unit:
    """A unit in force within reach; to others the page does not exist."""
    unit = get_object_or_404(Unit.objects.select_related("parent__parent"), pk=pk, valid_to=None)
    if not may(by, Verb.MANAGE_UNITS, unit) or (tier and unit.tier != tier):
        raise Http404
    return unit


def _change(
    request: MandatedRequest,
    unit: Unit,
    title: str | Promise,
    form: Form,
    act: Callable[[], Unit],
    also: BaseFormSet | None = None,  # type: ignore[type-arg]
) -> HttpResponse:
    valid = [form.is_valid(), also is None or also.is_valid()]
    if request.method == "POST" and all(valid) and (changed := tried(form, act)):
        done(request, _("Đã ghi biến động đơn vị."))
        return HttpResponseRedirect(reverse("units:page", args=[changed.pk]))
    above = [unit.parent] if unit.parent else []
    context = {
        "unit": unit,
        "title": title,
        "form": form,
        "parts": also,
        "errors": list(_errors(form, also)),
        "crumbs": crumbs_of(above, unit, (str(title), "")),
    }
    return show_form(request, "units/unit_change.html", context)


def _errors(form: Form, parts: BaseFormSet | None) -> Iterable[str]:  # type: ignore[type-arg]
    """What concerns the form as a whole; a field's own errors stand beside it."""
    if not form.is_bound:
        return
    yield from (str(error) for error in form.non_field_errors())
    if parts is not None:
        yield from (str(error) for error in parts.non_form_errors())

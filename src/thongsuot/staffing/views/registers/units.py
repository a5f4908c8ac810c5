"""The register of a unit, and the forms that change its places."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.staffing import actions
from thongsuot.staffing.enums import Block
from thongsuot.staffing.forms.board import DayForm
from thongsuot.staffing.forms.places import FrameForm, QuotaForm, WorkloadForm
from thongsuot.staffing.models import Frame
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries import workload_of
from thongsuot.staffing.queries.register import register_page
from thongsuot.staffing.views.registers.frame import form_page, found_unit
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Unit
from thongsuot.units.queries import holding_on
from thongsuot.web.toasts import done


@needs(Verb.READ_STAFF)
@require_GET
def register(request: MandatedRequest, pk: int) -> HttpResponse:
    unit = found_unit(request, pk)
    form = DayForm(request.GET)
    page = register_page(request.mandate, unit, form.day())
    crumbs = [
        (_("Nhân sự"), reverse("staffing:board")),
        (unit.title, reverse("staffing:unit", args=[pk])),
        (_("Sổ nhân sự"), ""),
    ]
    return render(request, "staffing/register.html", {"page": page, "form": form, "crumbs": crumbs})


@needs(Verb.KEEP_STAFF)
def frame(request: MandatedRequest, pk: int) -> HttpResponse:
    unit = _kept(request, pk)
    code = request.GET.get("position", "")
    known = (
        Frame.objects.filter(holding_on(timezone.localdate()), unit=unit, position__code=code)
        .select_related("position")
        .first()
    )
    initial = {"position": known.position_id, "places": known.places} if known else {}
    form = FrameForm(request.POST or None, initial=initial)
    return form_page(
        request,
        form,
        lambda: actions.set_frame(by=request.mandate, unit=unit, **form.cleaned_data) or unit,
        title=_("Khung vị trí việc làm"),
        said=_("Đã ghi khung."),
        submit=_("Ghi khung"),
        note=_("Khung có hiệu lực từ ngày ghi; khung cũ vẫn giữ cho những ngày trước."),
        **_around(unit),
    )


@needs(Verb.KEEP_STAFF, Verb.PLAN_STAFF)
def quota(request: MandatedRequest, pk: int) -> HttpResponse:
    unit = _kept(request, pk)
    form = QuotaForm(request.POST or None)

    def act() -> Unit:
        said = dict(form.cleaned_data)
        actions.set_quota(by=request.mandate, unit=unit, block=Block(said.pop("block")), **said)
        return unit

    return form_page(
        request,
        form,
        act,
        title=_("Biên chế được giao"),
        said=_("Đã ghi biên chế."),
        submit=_("Ghi biên chế"),
        **_around(unit),
    )


@needs(Verb.KEEP_STAFF, Verb.PLAN_STAFF)
@require_POST
def quota_from_population(request: MandatedRequest, pk: int) -> HttpResponse:
    unit = _kept(request, pk)
    try:
        actions.set_quota_from_population(by=request.mandate, unit=unit, on=timezone.localdate())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, _("Đã ghi biên chế theo định mức dân số."))
    return redirect("staffing:register", pk=pk)


@needs(Verb.KEEP_STAFF)
def workload(request: MandatedRequest, pk: int) -> HttpResponse:
    unit = _kept(request, pk)
    form = WorkloadForm(workload_of(unit, timezone.localdate()), request.POST or None)
    return form_page(
        request,
        form,
        lambda: actions.note_workload(by=request.mandate, unit=unit, **form.cleaned_data),
        title=_("Dân số, số hồ sơ"),
        said=_("Đã ghi dân số, số hồ sơ."),
        submit=_("Ghi số liệu"),
        **_around(unit),
    )


def _kept(request: MandatedRequest, pk: int) -> Unit:
    unit = found_unit(request, pk)
    if not may(request.mandate, Verb.KEEP_STAFF, unit):
        raise Http404
    return unit


def _around(unit: Unit) -> dict[str, Any]:
    back = reverse("staffing:register", args=[unit.pk])
    return {"back": back, "crumbs": [(_("Nhân sự"), reverse("staffing:board")), (unit.title, back)]}

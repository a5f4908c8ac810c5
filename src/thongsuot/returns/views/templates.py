"""Templates: the list, one, making, copying, changing and ending one."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thongsuot.indicators.models import Indicator
from thongsuot.kernel.typed import day_of
from thongsuot.kernel.verdicts import Refused
from thongsuot.returns.actions.templates import (
    Design,
    change_template,
    design_from,
    end_template,
    keep_template,
)
from thongsuot.returns.forms.templates import TemplateForm, line_forms, lines_in, section_forms, sections_in
from thongsuot.returns.models import ReturnTemplate
from thongsuot.returns.policies import may, round_scope, template_scope
from thongsuot.returns.prefilling import counts
from thongsuot.returns.queries.papers import lines_of
from thongsuot.returns.queries.rounds import templates
from thongsuot.returns.views.frame import crumbs, return_tabs
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Unit
from thongsuot.units.queries import province_of
from thongsuot.web.editing import seen_in, show_form, tried
from thongsuot.web.toasts import done


@needs(Verb.READ)
@require_GET
def template_list(request: MandatedRequest) -> HttpResponse:
    context = {
        "templates": list(templates(request.mandate, timezone.localdate())),
        "may_keep": may(request.mandate, Verb.KEEP_RETURNS),
        "tabs": return_tabs(request, "templates"),
        "crumbs": crumbs((_("Mẫu báo cáo"), "")),
    }
    return render(request, "returns/template_list.html", context)


@needs(Verb.READ)
@require_GET
def template(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    keeps = request.mandate.allows(Verb.KEEP_RETURNS)
    rounds = found.rounds.filter(round_scope(request.mandate)).select_related("template", "period")
    context = {
        "template": found,
        "lines": lines_of(found),
        "sections": list(found.sections.all()),
        "counts": counts(),
        "rounds": list(rounds[:12]),
        "keeps": keeps,
        "may_change": may(request.mandate, Verb.KEEP_RETURNS, found) if keeps else None,
        "crumbs": _crumbs((str(found), "")),
    }
    return render(request, "returns/template_page.html", context)


@needs(Verb.KEEP_RETURNS)
def new_template(request: MandatedRequest) -> HttpResponse:
    """Empty, or a copy of another one that may be seen."""
    said = request.GET.get("tu", "")
    design = None
    if said.isdigit():
        design = design_from(_found(request, int(said)))
    return _form(request, ReturnTemplate(), design)


@needs(Verb.KEEP_RETURNS)
def edit_template(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    return _form(request, found, design_from(found))


@needs(Verb.KEEP_RETURNS)
@require_POST
def end(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    on: date = day_of(request.POST.get("on", "")) or timezone.localdate()
    try:
        end_template(by=request.mandate, template=found, on=on, seen=seen_in(request.POST))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, _("Từ %(day)s không thu bằng mẫu này nữa") % {"day": f"{on:%d-%m-%Y}"})
    return redirect(found)


def _form(request: MandatedRequest, row: ReturnTemplate, design: Design | None) -> HttpResponse:
    issuer = row.issuer or _issuer(request)
    shown = row if row.pk or design is None else _copied(design)
    form = TemplateForm(shown, issuer, request.POST or None)
    indicators = list(Indicator.objects.filter(proposed=False, valid_to=None))
    lines = line_forms(request.POST or None, design, indicators)
    sections = section_forms(request.POST or None, design)
    if request.method == "POST" and lines.is_valid() and sections.is_valid():
        kept = tried(form, lambda: _kept(request, row, issuer, form, lines, sections))
        if kept is not None:
            done(request, _("Đã lưu mẫu “%s”") % kept)
            return redirect(kept)
    context = {
        "form": form,
        "lines": lines,
        "sections": sections,
        "row": row,
        "used": bool(row.pk) and row.rounds.exists(),
        "crumbs": _crumbs((str(row) if row.pk else _("Lập mẫu"), "")),
    }
    return show_form(request, "returns/template_form.html", context)


def _kept(
    request: MandatedRequest, row: ReturnTemplate, issuer: Unit, form: TemplateForm, lines: Any, sections: Any
) -> ReturnTemplate:
    design = form.design(lines_in(lines), sections_in(sections))
    if row.pk:
        return change_template(
            by=request.mandate, template=row, design=design, seen=form.cleaned_data["seen"]
        )
    return keep_template(by=request.mandate, issuer=issuer, design=design)


def _copied(design: Design) -> ReturnTemplate:
    return ReturnTemplate(
        code=f"{design.code}-rieng"[:40],
        name=design.name,
        calendar=design.calendar,
        period_kind=design.period_kind,
        layout=design.layout,
        due_working_days=design.due_working_days,
    )


def _issuer(request: MandatedRequest) -> Unit:
    unit = request.mandate.unit
    return province_of(unit) if unit.tier == Tier.COMMUNE else unit


def _found(request: MandatedRequest, pk: int) -> ReturnTemplate:
    rows = ReturnTemplate.objects.filter(template_scope(request.mandate)).select_related("issuer", "basis")
    return get_object_or_404(rows, pk=pk)


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return crumbs((_("Mẫu báo cáo"), reverse("returns:templates")), *more)

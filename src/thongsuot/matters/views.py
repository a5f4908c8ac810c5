from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django_filters import FilterSet

from thongsuot.audit.history import Moment, moments
from thongsuot.matters.models import Matter
from thongsuot.matters.queries import proposals as visible_proposals
from thongsuot.matters.queries import summary, visible_matters
from thongsuot.matters.queries import tasks as visible_tasks
from thongsuot.matters.tables import KIND_TONES, ProposalFilter, ProposalTable, TaskFilter, TaskTable
from thongsuot.sources.policies import may as may_source
from thongsuot.sources.queries import sentence
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.lists import list_page


@needs(Verb.READ)
def proposals(request: MandatedRequest) -> HttpResponse:
    rows = ProposalFilter(request.GET, queryset=visible_proposals(request.mandate), request=request)
    return list_page(
        request,
        table_class=ProposalTable,
        filterset=rows,
        template="matters/proposal_list.html",
        context=_list_context(request, rows, _("Kiến nghị")),
        file_name="kien-nghi",
    )


@needs(Verb.READ)
def tasks(request: MandatedRequest) -> HttpResponse:
    rows = TaskFilter(request.GET, queryset=visible_tasks(request.mandate), request=request)
    return list_page(
        request,
        table_class=TaskTable,
        filterset=rows,
        template="matters/task_list.html",
        context=_list_context(request, rows, _("Nhiệm vụ")),
        file_name="nhiem-vu",
    )


def _list_context(request: MandatedRequest, rows: FilterSet, title: str) -> dict[str, Any]:
    unit = request.mandate.unit
    return {"crumbs": [(unit.title, ""), (title, "")], "summary": summary(rows.qs)}


@dataclass(frozen=True, slots=True)
class MatterPage:
    """`around` is the sentence with what stands before and after, where the source is in reach."""

    matter: Matter
    units: str
    tone: str
    icon: str
    around: tuple[str, str, str] | None
    history: list[Moment]


@needs(Verb.READ)
def page(request: MandatedRequest, number: str) -> HttpResponse:
    rows = visible_matters(request.mandate).select_related("citation__source")
    matter = get_object_or_404(rows, number=number)
    tone, icon = KIND_TONES[matter.kind]
    shown = MatterPage(
        matter=matter,
        units=", ".join(str(place.unit) for place in matter.places),  # type: ignore[attr-defined]
        tone=tone,
        icon=icon,
        around=_around(request, matter),
        history=moments(Matter(pk=matter.pk)),
    )
    return render(request, "matters/matter_page.html", {"page": shown, "crumbs": _crumbs(request, matter)})


def _around(request: MandatedRequest, matter: Matter) -> tuple[str, str, str] | None:
    citation = matter.citation
    if citation is None or not may_source(request.mandate, Verb.READ, citation.source):
        return None
    return sentence(citation)


def _crumbs(request: MandatedRequest, matter: Matter) -> list[tuple[str, str]]:
    return [(request.mandate.unit.title, ""), (matter.listed_as, matter.list_url), (matter.number, "")]

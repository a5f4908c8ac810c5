from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.audit.history import Moment, moments
from thongsuot.indicators.models import Figure
from thongsuot.matters.models import Matter
from thongsuot.oversight.board import progress_of
from thongsuot.oversight.models import Campaign, Meeting, MeetingDocument, MeetingRole
from thongsuot.oversight.policies import may
from thongsuot.oversight.queries import (
    documents_of,
    figures_of,
    matters_of,
    roles_of,
    visible_campaigns,
    visible_meetings,
)
from thongsuot.oversight.tables import MeetingFilter, MeetingTable
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.lists import list_page


@needs(Verb.READ)
def meetings(request: MandatedRequest) -> HttpResponse:
    rows = MeetingFilter(request.GET, queryset=visible_meetings(request.mandate), request=request)
    return list_page(
        request,
        table_class=MeetingTable,
        filterset=rows,
        template="oversight/meeting_list.html",
        context={
            "crumbs": [(request.mandate.unit.title, ""), (_("Giám sát và hội nghị"), "")],
            "summary": _summary(rows.qs),
        },
        file_name="buoi-lam-viec",
    )


def _summary(meetings: QuerySet[Meeting]) -> dict[str, int]:
    bare = Meeting.objects.filter(pk__in=meetings.order_by().values("pk"))
    return bare.aggregate(
        total=Count("pk", distinct=True),
        supervision=Count("pk", filter=Q(kind="supervision"), distinct=True),
        conference=Count("pk", filter=Q(kind="conference"), distinct=True),
        units=Count("units", distinct=True),
    )


@dataclass(frozen=True, slots=True)
class MeetingPage:
    meeting: Meeting
    roles: list[MeetingRole]
    documents: list[MeetingDocument]
    proposals: list[Matter]
    tasks: list[Matter]
    figures: list[Figure]
    history: list[Moment]


@needs(Verb.READ)
def meeting(request: MandatedRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(visible_meetings(request.mandate), pk=pk)
    matters = list(matters_of(held, request.mandate))
    page = MeetingPage(
        meeting=held,
        roles=list(roles_of(held)),
        documents=list(documents_of(held)),
        proposals=[matter for matter in matters if matter.is_proposal],
        tasks=[matter for matter in matters if not matter.is_proposal],
        figures=list(figures_of(held, request.mandate)),
        history=moments(held),
    )
    crumbs = [
        (request.mandate.unit.title, ""),
        (_("Giám sát và hội nghị"), reverse("oversight:meetings")),
        (held.title, ""),
    ]
    return render(request, "oversight/meeting_page.html", {"page": page, "crumbs": crumbs})


@dataclass(frozen=True, slots=True)
class CampaignRow:
    campaign: Campaign
    groups: int
    met: int
    units: int


@needs(Verb.READ)
def campaigns(request: MandatedRequest) -> HttpResponse:
    shown = list(visible_campaigns(request.mandate).annotate(formed=Count("groups")))
    progress = progress_of(shown, request.mandate)
    rows = [CampaignRow(row, row.formed, *progress.get(row.pk, (0, 0))) for row in shown]
    crumbs = [(request.mandate.unit.title, ""), (_("Đợt giám sát"), "")]
    context = {"rows": rows, "crumbs": crumbs, "may_open": may(request.mandate, Verb.MANAGE_CAMPAIGNS)}
    return render(request, "oversight/campaign_list.html", context)

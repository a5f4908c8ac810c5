from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.audit.history import Moment, moments
from thongsuot.lawbook.topics import topic_name
from thongsuot.matters.models import Matter, ProposalGroup
from thongsuot.matters.policies import may_group
from thongsuot.matters.queries import members_of, visible_groups
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb


@dataclass(frozen=True, slots=True)
class GroupPage:
    """`hidden` are members outside the reader's reach: counted, never shown."""

    group: ProposalGroup
    topic: str
    members: list[Matter]
    hidden: int
    shared: list[str]
    why: str
    may_change: bool
    history: list[Moment]


@needs(Verb.READ)
def group(request: MandatedRequest, number: str) -> HttpResponse:
    shown = get_object_or_404(visible_groups(request.mandate), number=number)
    members = list(members_of(shown, request.mandate))
    page = GroupPage(
        group=shown,
        topic=topic_name(shown.topic),
        members=members,
        hidden=shown.size - len(members),  # type: ignore[attr-defined]
        shared=list(shown.reason.get("shared", [])),
        why=str(shown.reason.get("why", "")),
        may_change=may_group(request.mandate, shown).ok,
        history=moments(shown),
    )
    crumbs = [
        (request.mandate.unit.title, ""),
        (_("Kiến nghị"), reverse("matters:proposals")),
        (shown.number, ""),
    ]
    return render(request, "matters/group_page.html", {"page": page, "crumbs": crumbs})

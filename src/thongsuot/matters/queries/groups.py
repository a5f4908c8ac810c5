from django.db.models import Count, Q, QuerySet

from thongsuot.matters.enums import AWAITED
from thongsuot.matters.models import Matter, ProposalGroup
from thongsuot.matters.policies import group_scope
from thongsuot.matters.queries.matters import proposals
from thongsuot.units.models import Mandate


def visible_groups(by: Mandate) -> QuerySet[ProposalGroup]:
    """With how many proposals each holds, from how many units, and how many still wait for an answer."""
    return (
        ProposalGroup.objects.filter(group_scope(by))
        .select_related("unit")
        .annotate(
            size=Count("members", distinct=True),
            unit_count=Count("members__units", filter=Q(members__matterunit__named=True), distinct=True),
            waiting=Count("members", filter=Q(members__state__in=AWAITED), distinct=True),
        )
    )


def members_of(group: ProposalGroup, by: Mandate) -> QuerySet[Matter]:
    return proposals(by).filter(group=group).select_related("body", "holder").order_by("raised_on", "pk")

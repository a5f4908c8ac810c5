from collections.abc import Mapping, Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from thongsuot.matters.enums import AWAITED, Direction, SuggestionState
from thongsuot.matters.models import GroupSuggestion, Matter, ProposalGroup
from thongsuot.matters.policies import group_scope, scope
from thongsuot.matters.queries.matters import proposals
from thongsuot.units.enums import Tier
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import field_scope


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


def open_suggestions(by: Mandate) -> QuerySet[GroupSuggestion]:
    """Of the unit the mandate works for, in its fields."""
    mine = GroupSuggestion.objects.filter(field_scope(by), unit=by.unit_id, state=SuggestionState.OPEN)
    return mine.filter(Exists(Matter.objects.filter(scope(by), suggestions=OuterRef("pk"))))


def free_members(suggestions: Sequence[GroupSuggestion], by: Mandate) -> Mapping[int, list[Matter]]:
    """By suggestion, those one sees that still wait outside any group."""
    pairs = GroupSuggestion.members.through.objects.filter(groupsuggestion__in=suggestions)
    of = list(pairs.order_by("pk").values_list("groupsuggestion", "matter"))
    free = proposals(by).filter(pk__in={matter for _key, matter in of}, group__isnull=True, state__in=AWAITED)
    there = {matter.pk: matter for matter in free}
    members: dict[int, list[Matter]] = {suggestion.pk: [] for suggestion in suggestions}
    for key, matter in of:
        if matter in there:
            members[key].append(there[matter])
    return members


def provinces_that_are_asked() -> QuerySet[Unit]:
    waiting = Matter.objects.filter(direction=Direction.UP, open=True, province=OuterRef("pk"))
    return Unit.objects.filter(Exists(waiting), tier=Tier.PROVINCE)

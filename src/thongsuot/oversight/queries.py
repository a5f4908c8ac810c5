from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count as counting
from typing import TypeVar

from django.db.models import Count, F, IntegerField, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thongsuot.documents.models import Document
from thongsuot.indicators.models import Figure
from thongsuot.indicators.queries import visible_figures
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.lawbook.roles import roles
from thongsuot.matters.enums import Direction, OrderState
from thongsuot.matters.models import Matter
from thongsuot.matters.policies import scope as matter_scope
from thongsuot.matters.queries import visible_matters
from thongsuot.oversight.enums import SeatPart
from thongsuot.oversight.models import (
    Campaign,
    Conference,
    GroupSeat,
    Meeting,
    MeetingDocument,
    MeetingMatter,
    MeetingRole,
    Official,
    Visit,
    WorkingGroup,
)
from thongsuot.oversight.policies import campaign_scope, conference_scope, group_scope, scope, visit_scope
from thongsuot.units.enums import Reach, Tier
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reach
from thongsuot.units.queries import holding_on
from thongsuot.units.queries.asking import how_many, standing_of
from thongsuot.web.worded import asked

K = TypeVar("K")
V = TypeVar("V")


def visible_meetings(by: Mandate) -> QuerySet[Meeting]:
    """With `proposals` and `tasks`, the numbers of those the mandate may see."""
    return (
        Meeting.objects.filter(scope(by))
        .annotate(proposals=_matters(by, Direction.UP), tasks=_matters(by, Direction.DOWN))
        .select_related("working_group__campaign__plan", "source", "conference")
        .prefetch_related(Prefetch("units", Unit.objects.order_by("name")))
    )


def _matters(by: Mandate, direction: Direction) -> Coalesce:
    seen = MeetingMatter.objects.filter(matter_scope(by, at="matter_id"), matter__direction=direction)
    linked = seen.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    counted = Subquery(linked.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    return Coalesce(counted, 0)


def visible_campaigns(by: Mandate) -> QuerySet[Campaign]:
    return Campaign.objects.filter(campaign_scope(by)).select_related("plan", "unit")


def visible_conferences(by: Mandate) -> QuerySet[Conference]:
    """With `points`, the number of conclusions, and `waiting`, of those that assign work nobody has been given."""
    given = Q(conclusions__order__state=OrderState.ISSUED)
    return (
        Conference.objects.filter(conference_scope(by))
        .annotate(
            points=Count("conclusions"),
            waiting=Count("conclusions", filter=Q(conclusions__assigns=True) & ~given),
        )
        .select_related("unit__parent", "closes", "opens", "paper__template", "paper__period", "meeting")
    )


def visible_groups(by: Mandate) -> QuerySet[WorkingGroup]:
    return WorkingGroup.objects.filter(group_scope(by)).select_related("campaign__plan")


def visible_visits(by: Mandate) -> QuerySet[Visit]:
    """With all a line of the timetable shows: group and its people, units, minutes."""
    return (
        Visit.objects.filter(visit_scope(by))
        .select_related("group__campaign__plan", "meeting")
        .prefetch_related(Prefetch("units", Unit.objects.order_by("name", "pk")), "group__seats")
    )


def campaign_in_reach(by: Mandate, key: int) -> Campaign | None:
    found = asked(
        ("campaign", standing_of(by)),
        lambda campaign: visible_campaigns(by).filter(pk=campaign),
        campaign=key,
    )
    return found[0] if found else None


def groups_of(campaign: Campaign, by: Mandate) -> list[WorkingGroup]:
    return asked(
        ("groups of a campaign", standing_of(by)),
        lambda campaign: WorkingGroup.objects.filter(group_scope(by), campaign=campaign).order_by("number"),
        campaign=campaign.pk,
    )


def units_of(campaign: Campaign, by: Mandate) -> Mapping[int, list[Unit]]:
    """Those in reach of each group, by name."""
    units = asked(
        ("units of a campaign", standing_of(by)),
        lambda campaign: (
            Unit.objects.filter(reach(by, ""), working_groups__campaign=campaign)
            .annotate(group=F("working_groups"))
            .order_by("name", "pk")
        ),
        campaign=campaign.pk,
    )
    return _by_key((unit.group, unit) for unit in units)


def leaders_of(campaign: Campaign, on: date) -> Mapping[int, GroupSeat]:
    leading = asked(
        "leaders of a campaign",
        lambda campaign, on: GroupSeat.objects.filter(
            holding_on(on), part=SeatPart.LEADER, group__campaign=campaign
        ),
        campaign=campaign.pk,
        on=on,
    )
    return {seat.group_id: seat for seat in leading}


def meetings_by_unit(campaign: Campaign, by: Mandate) -> Mapping[tuple[int, int], tuple[int, date]]:
    """How often, and when last, each group met each unit."""
    counted = asked(
        ("meetings by unit", standing_of(by)),
        lambda campaign: (
            Meeting.objects.filter(scope(by), working_group__campaign=campaign, units__isnull=False)
            .order_by()
            .values_list("working_group", "units")
            .annotate(count=Count("pk"), last=Max("date"))
        ),
        campaign=campaign.pk,
    )
    return {(group, unit): (count, last) for group, unit, count, last in counted}


def meetings_held(groups: Sequence[WorkingGroup], by: Mandate) -> int:
    keys = tuple(group.pk for group in groups)
    return how_many(
        ("meetings", keys, standing_of(by)),
        lambda: Meeting.objects.filter(scope(by), working_group__in=keys),
    )


def visits_by_unit(campaign: Campaign, by: Mandate) -> Mapping[tuple[int, int], list[Visit]]:
    """The visits of each group to each unit, in the order of their days."""
    visits = asked(
        ("visits by unit", standing_of(by)),
        lambda campaign: Visit.objects.filter(visit_scope(by), group__campaign=campaign).annotate(
            unit=F("units")
        ),
        campaign=campaign.pk,
    )
    in_order = sorted(visits, key=lambda visit: (visit.day, visit.pk))
    return _by_key(((visit.group_id, visit.unit), visit) for visit in in_order)


def visits_between(campaign: Campaign, by: Mandate, first: date, last: date) -> QuerySet[Visit]:
    """In the order of the days; one that was held on another day than planned stands on that day."""
    days = Coalesce("held_on", "planned_on")
    found = visible_visits(by).filter(group__campaign=campaign).annotate(on=days)
    return found.filter(on__range=(first, last)).order_by("on", "time", "group__number", "pk")


def unlinked_meetings(visit: Visit, by: Mandate) -> QuerySet[Meeting]:
    """Recorded meetings of the group with a unit of the visit that are the minutes of none yet."""
    met = Meeting.units.through.objects.filter(unit__in=visit.units.values("pk")).values("meeting_id")
    return Meeting.objects.filter(
        scope(by), pk__in=met, working_group=visit.group_id, visit__isnull=True
    ).order_by("-date", "-pk")


def visit_awaiting(group: WorkingGroup, units: Iterable[Unit], on: date) -> Visit | None:
    """The one visit of the group that day, with one of the units, that has no minutes yet; None where unsure."""
    day = Q(held_on=on) | Q(held_on__isnull=True, planned_on=on)
    found = Visit.objects.filter(
        day, group=group, meeting__isnull=True, set_aside="", units__in=[unit.pk for unit in units]
    )
    waiting = list(found.distinct()[:2])
    return waiting[0] if len(waiting) == 1 else None


def next_number(campaign: Campaign) -> int:
    """The lowest number no group of the campaign bears."""
    borne = set(campaign.groups.values_list("number", flat=True))
    return next(number for number in counting(1) if number not in borne)


def campaign_units(campaign: Campaign) -> QuerySet[Unit]:
    """Whom its groups may work with: the province and its communes in force at any time since it began."""
    province = Q(pk=campaign.unit_id) | Q(parent=campaign.unit_id, tier=Tier.COMMUNE)
    return Unit.objects.filter(province, Q(valid_to=None) | Q(valid_to__gt=campaign.started_on))


def seatable(campaign: Campaign, on: date) -> QuerySet[Mandate]:
    """Who may sit in its groups: those who hold a role of a working group in its province that day."""
    covering = [role.code for role in roles().values() if role.reach == Reach.COVERED]
    held = Mandate.objects.filter(holding_on(on), unit=campaign.unit_id, role_code__in=covering)
    return held.select_related("user").order_by("user__full_name", "pk")


def groups_beside(group: WorkingGroup) -> Mapping[int, list[WorkingGroup]]:
    """For each unit of the group that other groups of the campaign work with as well, those groups."""
    shared = WorkingGroup.units.through.objects.filter(
        workinggroup__campaign=group.campaign_id, unit__in=group.units.values("pk")
    ).exclude(workinggroup=group.pk)
    rows = shared.select_related("workinggroup").order_by("workinggroup__number")
    return _by_key((row.unit_id, row.workinggroup) for row in rows)


def group_in_force(number: int, unit: Unit, on: date) -> WorkingGroup | None:
    """The group of that number in the campaign the unit's province ran that day; None where unsure."""
    province = unit.parent_id or unit.pk
    groups = WorkingGroup.objects.filter(number=number, campaign__unit=province, campaign__started_on__lte=on)
    running = [group for group in groups.select_related("campaign") if (group.campaign.ended_on or on) >= on]
    return running[0] if len(running) == 1 else None


def roles_of(meeting: Meeting) -> QuerySet[MeetingRole]:
    return meeting.roles.select_related("official", "citation").order_by("pk")


def documents_of(meeting: Meeting) -> QuerySet[MeetingDocument]:
    """Those it was held under first."""
    return meeting.document_links.select_related("document").order_by("-basis", "pk")


def matters_of(meeting: Meeting, by: Mandate) -> QuerySet[Matter]:
    linked = MeetingMatter.objects.filter(meeting=meeting).values("matter")
    return visible_matters(by).filter(pk__in=linked).order_by("citation__start", "pk")


def figures_of(meeting: Meeting, by: Mandate) -> QuerySet[Figure]:
    linked = meeting.figure_links.values("figure")
    return visible_figures(by).filter(pk__in=linked).order_by("unit__name", "citation__start", "pk")


def documents_met_under(by: Mandate) -> QuerySet[Document]:
    """Those that visible meetings were held under or spoke of."""
    linked = MeetingDocument.objects.filter(
        meeting__in=Meeting.objects.filter(scope(by)).values("pk")
    ).values("document")
    return Document.objects.filter(pk__in=linked).order_by("-date", "pk")


def find_officials(name: str, unit: Unit | None = None) -> list[Official]:
    """Those of that name, with or without marks; of the same unit first, then the one seen last."""
    known = Official.objects.filter(bare=strip_marks(name)).select_related("unit")
    return sorted(
        known,
        key=lambda official: (
            official.name.casefold() != name.strip().casefold(),
            unit is None or official.unit_id != unit.pk,
            -(official.last_seen.toordinal() if official.last_seen else 0),
            official.pk,
        ),
    )


def _by_key(pairs: Iterable[tuple[K, V]]) -> Mapping[K, list[V]]:
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found

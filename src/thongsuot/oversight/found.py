"""Meetings, campaigns, working groups and people as the search knows them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.finding import actions as finding
from thongsuot.finding.kinds import Content, Kind, list_with_words, page_by_key, register_kind
from thongsuot.oversight.models import Campaign, Meeting, Official, WorkingGroup
from thongsuot.oversight.policies import campaign_scope, group_scope, official_scope, scope
from thongsuot.units.models import Mandate
from thongsuot.units.policies import bounds_in_reach, bounds_of, bounds_of_readers

MEETING, CAMPAIGN, GROUP, OFFICIAL = "meeting", "campaign", "group", "person"


def index_meeting(meeting: Meeting) -> None:
    """Whenever its words or units changed, or who took part."""
    finding.index(MEETING, meeting.pk)


def forget_meeting(meeting: Meeting) -> None:
    finding.forget(MEETING, meeting.pk)


def index_campaign(campaign: Campaign) -> None:
    """With its groups, whose names carry the campaign's."""
    finding.index(CAMPAIGN, campaign.pk)
    finding.index_many(GROUP, campaign.groups.values_list("pk", flat=True))


def index_group(group: WorkingGroup) -> None:
    """With its meetings and those who were there: they are seen from the units of the group."""
    finding.index(GROUP, group.pk)
    finding.index_many(MEETING, group.meetings.values_list("pk", flat=True))
    met = Official.objects.filter(roles__meeting__working_group=group)
    finding.index_many(OFFICIAL, met.values_list("pk", flat=True).distinct())


def index_official(official: Official) -> None:
    """Whenever a meeting begins or ceases to name the person."""
    finding.index(OFFICIAL, official.pk)


def forget_official(official: Official) -> None:
    finding.forget(OFFICIAL, official.pk)


def _meeting(meeting: Meeting) -> Content:
    units = list(meeting.units.all())
    people = [f"{role.official.name}, {role.title_as_was}" for role in meeting.roles.all()]
    return Content(
        title=meeting.title,
        note=" · ".join([f"{meeting.date:%d-%m-%Y}", *([", ".join(map(str, units))] if units else [])]),
        also="\n".join((meeting.organisation, meeting.chair, *people)),
        day=meeting.date,
        bounds=_seen_from(meeting),
    )


def _seen_from(meeting: Meeting) -> set[str]:
    group = meeting.working_group
    return bounds_of([*meeting.units.all(), *(group.units.all() if group else ())])


def _campaign(campaign: Campaign) -> Content:
    plan = str(campaign.plan) if campaign.plan else ""
    return Content(
        title=campaign.title,
        note=" · ".join(part for part in (plan, f"{campaign.started_on:%d-%m-%Y}") if part),
        day=campaign.started_on,
    )


def _group(group: WorkingGroup) -> Content:
    units = ", ".join(str(unit) for unit in group.units.all())
    return Content(
        title=group.label,
        note=units[:400],
        also="\n".join((group.name, units, group.campaign.title, *map(str, group.blocs))),
        day=group.campaign.started_on,
    )


def _official(official: Official) -> Content:
    roles = list(official.roles.all())
    titles = dict.fromkeys(
        ", ".join(filter(None, (role.title_as_was, role.organisation_as_was))) for role in roles
    )
    said = [title for title in titles if title]
    return Content(
        title=official.name,
        note=" · ".join(part for part in (said[-1] if said else "", str(official.unit or "")) if part),
        also="\n".join(said),
        names=[official.name],
        day=official.last_seen,
        bounds={bound for role in roles for bound in _seen_from(role.meeting)},
    )


def _meetings() -> QuerySet[Meeting]:
    return Meeting.objects.prefetch_related("units", "working_group__units", "roles__official")


def _groups() -> QuerySet[WorkingGroup]:
    return WorkingGroup.objects.select_related("campaign__plan").prefetch_related("units")


def _officials() -> QuerySet[Official]:
    return Official.objects.select_related("unit").prefetch_related(
        "roles__meeting__units", "roles__meeting__working_group__units"
    )


def _seen_meetings(mandate: Mandate) -> QuerySet[Meeting]:
    return Meeting.objects.filter(scope(mandate))


def _seen_campaigns(mandate: Mandate) -> QuerySet[Campaign]:
    return Campaign.objects.filter(campaign_scope(mandate))


def _seen_groups(mandate: Mandate) -> QuerySet[WorkingGroup]:
    return WorkingGroup.objects.filter(group_scope(mandate))


def _seen_officials(mandate: Mandate) -> QuerySet[Official]:
    return Official.objects.filter(official_scope(mandate))


_meetings_with = list_with_words("oversight:meetings")


def show() -> None:
    register_kind(
        Kind(
            code=CAMPAIGN,
            label=_("Đợt giám sát"),
            icon="flag",
            rows=lambda: Campaign.objects.select_related("plan"),
            content=_campaign,
            scope=_seen_campaigns,
            bounds=bounds_of_readers,
            url=page_by_key("oversight:campaign"),
            order=28,
        )
    )
    register_kind(
        Kind(
            code=GROUP,
            label=_("Tổ công tác"),
            icon="users",
            rows=_groups,
            content=_group,
            scope=_seen_groups,
            bounds=bounds_of_readers,
            url=page_by_key("oversight:group"),
            order=29,
        )
    )
    register_kind(
        Kind(
            code=MEETING,
            label=_("Buổi làm việc, hội nghị"),
            icon="users-group",
            rows=_meetings,
            content=_meeting,
            scope=_seen_meetings,
            bounds=bounds_in_reach,
            url=page_by_key("oversight:meeting"),
            list_url=_meetings_with,
            order=30,
        )
    )
    register_kind(
        Kind(
            code=OFFICIAL,
            label=_("Người"),
            icon="user",
            rows=_officials,
            content=_official,
            scope=_seen_officials,
            bounds=bounds_in_reach,
            url=lambda entry: _meetings_with(f'"{entry.title}"'),
            order=60,
        )
    )

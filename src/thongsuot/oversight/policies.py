"""Who sees a meeting: those who reach one of its units, or one of the units of its working group.

A campaign is known to the whole province that runs it; a group to those who reach its campaign's unit or a
unit of its own; a visit to those who reach its campaign's unit or a unit it goes to; a person to those who see a
meeting where they played a part. A visit is run by whoever manages the campaign and by those who sit in its group.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import ALLOWED, Verdict, refused
from thongsuot.oversight.models import (
    Campaign,
    Conference,
    Meeting,
    MeetingRole,
    Official,
    Visit,
    WorkingGroup,
)
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import holds, reach

NOTHING = Q(pk__in=[])


def scope(mandate: Mandate) -> Q:
    if not mandate.allows(Verb.READ):
        return NOTHING
    met = Meeting.units.through.objects.filter(reach(mandate)).values("meeting_id")
    return Q(pk__in=met) | Q(working_group__in=_groups_by_unit(mandate))


def campaign_scope(mandate: Mandate) -> Q:
    if not mandate.allows(Verb.READ):
        return NOTHING
    above = Unit.objects.filter(reach(mandate, ""), parent__isnull=False).values("parent")
    return reach(mandate) | Q(unit__in=above)


def conference_scope(mandate: Mandate) -> Q:
    """Of one's own units, and of the committee above them: its conclusions come down as tasks."""
    return campaign_scope(mandate)


def group_scope(mandate: Mandate) -> Q:
    if not mandate.allows(Verb.READ):
        return NOTHING
    return Q(pk__in=_groups_by_unit(mandate)) | reach(mandate, "campaign__unit")


def visit_scope(mandate: Mandate) -> Q:
    if not mandate.allows(Verb.READ):
        return NOTHING
    visited = Visit.units.through.objects.filter(reach(mandate)).values("visit_id")
    return Q(pk__in=visited) | reach(mandate, "group__campaign__unit")


def official_scope(mandate: Mandate) -> Q:
    seen = MeetingRole.objects.filter(meeting__in=Meeting.objects.filter(scope(mandate)).values("pk"))
    return Q(pk__in=seen.values("official_id"))


def _groups_by_unit(mandate: Mandate) -> QuerySet[Any, Any]:
    return WorkingGroup.units.through.objects.filter(reach(mandate)).values("workinggroup_id")


Subject = Meeting | Campaign | WorkingGroup | Visit | Official | Conference


def may(mandate: Mandate, verb: Verb, subject: Subject | None = None) -> Verdict:
    if not (held := holds(mandate, verb)):
        return held
    if subject is None or _within(mandate, verb, subject):
        return ALLOWED
    return refused(_("“%(subject)s” không thuộc phạm vi của vai trò đang dùng.") % {"subject": subject})


def may_run(mandate: Mandate, visit: Visit) -> Verdict:
    """Notice, holding, postponing, report: by those who manage the campaign, or sit in the group."""
    if may(mandate, Verb.MANAGE_CAMPAIGNS, visit.group.campaign):
        return ALLOWED
    seated = visit.group.members.filter(pk=mandate.pk).exists()
    if mandate.allows(Verb.CONFIRM) and seated and may(mandate, Verb.READ, visit):
        return ALLOWED
    return refused(
        _("Chỉ người lập đợt giám sát và thành viên %(group)s ghi được bước này.") % {"group": visit.group}
    )


def _within(mandate: Mandate, verb: Verb, subject: Subject) -> bool:
    rows: QuerySet[Any]
    match subject:
        case Meeting():
            rows = Meeting.objects.filter(scope(mandate))
        case WorkingGroup():
            rows = WorkingGroup.objects.filter(group_scope(mandate))
        case Visit():
            rows = Visit.objects.filter(visit_scope(mandate))
        case Official():
            # Anyone who confirms a paper may take back a name nothing speaks of any more.
            rows = Official.objects.filter(official_scope(mandate) if verb == Verb.READ else Q())
        case Conference():
            rows = Conference.objects.filter(
                conference_scope(mandate) if verb == Verb.READ else reach(mandate)
            )
        case _ if verb == Verb.READ:
            rows = Campaign.objects.filter(campaign_scope(mandate))
        case _:
            rows = Campaign.objects.filter(reach(mandate))
    return rows.filter(pk=subject.pk).exists()

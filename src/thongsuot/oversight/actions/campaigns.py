from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.documents.models import Document
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.oversight.enums import Acts
from thongsuot.oversight.models import Campaign, WorkingGroup
from thongsuot.oversight.policies import may
from thongsuot.units.actions import cover_units
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import may as may_unit


@transaction.atomic
def open_campaign(
    *,
    by: Mandate,
    title: str,
    unit: Unit,
    started_on: date,
    plan: Document | None = None,
    ended_on: date | None = None,
) -> Campaign:
    require(may_unit(by, Verb.MANAGE_CAMPAIGNS, unit))
    if Campaign.objects.filter(unit=unit, title=title).exists():
        raise Refused(
            _("%(unit)s đã có đợt giám sát tên “%(title)s”.") % {"unit": unit.title, "title": title}
        )
    campaign = Campaign(title=title, unit=unit, started_on=started_on, plan=plan, ended_on=ended_on)
    campaign.full_clean()
    campaign.save()
    record(by=by, verb=Acts.CAMPAIGN_OPENED, subject=campaign, details={"plan": str(plan) if plan else ""})
    return campaign


@transaction.atomic
def form_group(
    *, by: Mandate, campaign: Campaign, number: int, name: str = "", leader: str = "", leader_title: str = ""
) -> WorkingGroup:
    require(may(by, Verb.MANAGE_CAMPAIGNS, campaign))
    if campaign.groups.filter(number=number).exists():
        raise Refused(_("Đợt giám sát này đã có tổ công tác số %(number)d.") % {"number": number})
    group = WorkingGroup(
        campaign=campaign, number=number, name=name, leader=leader, leader_title=leader_title
    )
    group.full_clean()
    group.save()
    record(
        by=by, verb=Acts.GROUP_FORMED, subject=group, details={"campaign": str(campaign), "leader": leader}
    )
    return group


@transaction.atomic
def assign_group_units(*, by: Mandate, group: WorkingGroup, units: Iterable[Unit]) -> None:
    """These units in place of those before; the members seated in the group see them from now on."""
    require(may(by, Verb.MANAGE_CAMPAIGNS, group))
    units = list(units)
    for unit in units:
        require(may_unit(by, Verb.MANAGE_CAMPAIGNS, unit))
    group.units.set(units)
    for member in group.members.all():
        _cover(by, member)
    record(
        by=by, verb=Acts.GROUP_UNITS, subject=group, details={"units": sorted(unit.code for unit in units)}
    )


@transaction.atomic
def seat_member(*, by: Mandate, group: WorkingGroup, mandate: Mandate) -> None:
    """From now on the mandate covers the units of the group, beside those of its other groups."""
    require(may(by, Verb.MANAGE_CAMPAIGNS, group))
    if mandate.role.reach != Reach.COVERED or mandate.unit_id != group.campaign.unit_id:
        raise Refused(
            _("Chỉ đưa vào tổ người có vai trò thành viên tổ công tác của đơn vị lập đợt giám sát.")
        )
    group.members.add(mandate)
    _cover(by, mandate)
    record(by=by, verb=Acts.MEMBER_SEATED, subject=group, details={"member": str(mandate)})


@transaction.atomic
def unseat_member(*, by: Mandate, group: WorkingGroup, mandate: Mandate) -> None:
    require(may(by, Verb.MANAGE_CAMPAIGNS, group))
    group.members.remove(mandate)
    _cover(by, mandate)
    record(by=by, verb=Acts.MEMBER_UNSEATED, subject=group, details={"member": str(mandate)})


def _cover(by: Mandate, member: Mandate) -> None:
    """Follows from the group, so whoever may set the group may do it; the trail still names them."""
    units = Unit.objects.filter(working_groups__members=member).distinct()
    cover_units(by=by.actor, mandate=member, units=units)

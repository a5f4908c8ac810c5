from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.versions import take_turn
from thongsuot.documents.actions import register_document
from thongsuot.documents.models import Document
from thongsuot.kernel.symbols import Symbol
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.oversight.actions.seats import seat_person
from thongsuot.oversight.enums import Acts, SeatPart
from thongsuot.oversight.found import index_campaign, index_group
from thongsuot.oversight.models import Campaign, WorkingGroup
from thongsuot.oversight.policies import may
from thongsuot.units.actions import cover_units
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import may as may_unit


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan by its symbol, day and issuer: the document of that identity, entered if the register has none."""

    symbol: Symbol
    date: date
    issuer: str


def title_taken(unit: Unit, title: str) -> str:
    return _("%(unit)s đã có đợt giám sát tên “%(title)s”.") % {"unit": unit.title, "title": title}


def number_taken(number: int) -> str:
    return _("Đợt giám sát này đã có tổ công tác số %(number)d.") % {"number": number}


@contextmanager
def _unless_taken(sentence: str) -> Iterator[None]:
    """Somebody else was a moment sooner: only the constraint saw it, and the sentence says it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as taken:
        raise Refused(sentence) from taken


@transaction.atomic
def open_campaign(
    *,
    by: Mandate,
    title: str,
    unit: Unit,
    started_on: date,
    plan: Document | NewPlan | None = None,
    ended_on: date | None = None,
) -> Campaign:
    require(may_unit(by, Verb.MANAGE_CAMPAIGNS, unit))
    if Campaign.objects.filter(unit=unit, title=title).exists():
        raise Refused(title_taken(unit, title))
    document = registered(by, plan) if isinstance(plan, NewPlan) else plan
    campaign = Campaign(title=title, unit=unit, started_on=started_on, plan=document, ended_on=ended_on)
    campaign.full_clean()
    with _unless_taken(title_taken(unit, title)):
        campaign.save()
    index_campaign(campaign)
    record(
        by=by,
        verb=Acts.CAMPAIGN_OPENED,
        subject=campaign,
        details={"plan": str(document) if document else ""},
    )
    return campaign


def registered(by: Mandate, plan: NewPlan) -> Document:
    with _unless_taken(
        _("Người khác vừa ghi văn bản %(symbol)s vào sổ. Gửi lại để dùng văn bản đó.")
        % {"symbol": plan.symbol.printed()}
    ):
        document, _new = register_document(
            by=by, number=plan.symbol.number, symbol=plan.symbol.code, date=plan.date, issuer=plan.issuer
        )
    return document


@transaction.atomic
def form_group(
    *,
    by: Mandate,
    campaign: Campaign,
    number: int,
    name: str = "",
    leader: str = "",
    leader_title: str = "",
    units: Iterable[Unit] = (),
) -> WorkingGroup:
    require(may(by, Verb.MANAGE_CAMPAIGNS, campaign))
    if campaign.groups.filter(number=number).exists():
        raise Refused(number_taken(number))
    group = WorkingGroup(campaign=campaign, number=number, name=name)
    group.full_clean()
    with _unless_taken(number_taken(number)):
        group.save()
    index_group(group)
    record(by=by, verb=Acts.GROUP_FORMED, subject=group, details={"campaign": str(campaign)})
    if leader:
        seat_person(by=by, group=group, part=SeatPart.LEADER, name=leader, title=leader_title)
    if units := list(units):
        assign_group_units(by=by, group=group, units=units)
    return group


@transaction.atomic
def put_under_plan(*, by: Mandate, campaign: Campaign, plan: Document | NewPlan) -> Campaign:
    """A campaign opened before its plan was known; one that has a plan keeps it."""
    require(may(by, Verb.MANAGE_CAMPAIGNS, campaign))
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    document = registered(by, plan) if isinstance(plan, NewPlan) else plan
    if campaign.plan_id == document.pk:
        return campaign
    if campaign.plan_id:
        raise Refused(_("“%(campaign)s” đã theo %(plan)s.") % {"campaign": campaign, "plan": campaign.plan})
    campaign.plan = document
    campaign.save(update_fields=["plan"])
    index_campaign(campaign)
    record(by=by, verb=Acts.CAMPAIGN_PLAN, subject=campaign, details={"plan": str(document)})
    return campaign


@transaction.atomic
def name_group(
    *, by: Mandate, group: WorkingGroup, name: str | None = None, blocs: Iterable[str] | None = None
) -> WorkingGroup:
    """Its name, and the party committees it works with that are no administrative unit; None leaves as it is."""
    group = _locked(by, group)
    group.name = group.name if name is None else name
    group.blocs = group.blocs if blocs is None else list(dict.fromkeys(bloc for bloc in blocs if bloc))
    group.full_clean(exclude=["campaign"])
    group.save(update_fields=["name", "blocs"])
    index_group(group)
    record(by=by, verb=Acts.GROUP_NAMED, subject=group, details={"name": group.name, "blocs": group.blocs})
    return group


@transaction.atomic
def assign_group_units(
    *, by: Mandate, group: WorkingGroup, units: Iterable[Unit], seen: int | None = None
) -> None:
    """These units in place of those before; the members seated in the group see them from now on."""
    group = _locked(by, group)
    units = list(units)
    for unit in units:
        require(may_unit(by, Verb.MANAGE_CAMPAIGNS, unit))
    if set(units) == set(group.units.all()):
        return
    take_turn(group, seen)
    group.units.set(units)
    for member in group.members.all():
        _cover(by, member)
    index_group(group)
    record(
        by=by, verb=Acts.GROUP_UNITS, subject=group, details={"units": sorted(unit.code for unit in units)}
    )


@transaction.atomic
def seat_member(*, by: Mandate, group: WorkingGroup, mandate: Mandate) -> None:
    """From now on the mandate covers the units of the group, beside those of its other groups."""
    group = _locked(by, group)
    if mandate.role.reach != Reach.COVERED or mandate.unit_id != group.campaign.unit_id:
        raise Refused(
            _("Chỉ đưa vào tổ người có vai trò thành viên tổ công tác của đơn vị lập đợt giám sát.")
        )
    if not mandate.holds_on(timezone.localdate()):
        raise Refused(_("Vai trò của %(member)s hiện không còn hiệu lực.") % {"member": mandate.user})
    if group.members.filter(pk=mandate.pk).exists():
        return
    group.members.add(mandate)
    _cover(by, mandate)
    record(by=by, verb=Acts.MEMBER_SEATED, subject=group, details={"member": str(mandate)})


@transaction.atomic
def unseat_member(*, by: Mandate, group: WorkingGroup, mandate: Mandate) -> None:
    group = _locked(by, group)
    if not group.members.filter(pk=mandate.pk).exists():
        return
    group.members.remove(mandate)
    _cover(by, mandate)
    record(by=by, verb=Acts.MEMBER_UNSEATED, subject=group, details={"member": str(mandate)})


def _locked(by: Mandate, group: WorkingGroup) -> WorkingGroup:
    """The group, held until this act is over: two people at once change it one after the other."""
    require(may(by, Verb.MANAGE_CAMPAIGNS, group))
    held = WorkingGroup.objects.select_for_update(of=("self",)).select_related("campaign")
    return held.get(pk=group.pk)


def _cover(by: Mandate, member: Mandate) -> None:
    """Follows from the group, so whoever may set the group may do it; the trail still names them."""
    units = Unit.objects.filter(working_groups__members=member).distinct()
    cover_units(by=by.actor, mandate=member, units=units)

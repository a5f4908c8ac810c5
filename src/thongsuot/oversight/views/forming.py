"""Campaigns and their working groups: one form, one action, all errors at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.audit.history import Moment, moments
from thongsuot.kernel.verdicts import Refused
from thongsuot.oversight.actions import (
    assign_group_units,
    end_seat,
    form_group,
    open_campaign,
    remove_seat,
    retitle_person,
    seat_member,
    seat_person,
    unseat_member,
)
from thongsuot.oversight.board import GroupLine, group_lines
from thongsuot.oversight.enums import SeatPart
from thongsuot.oversight.forms import (
    CampaignForm,
    EndSeatForm,
    GroupForm,
    GroupUnitsForm,
    PersonForm,
    SeatForm,
    TitleForm,
)
from thongsuot.oversight.models import Campaign, GroupSeat, WorkingGroup
from thongsuot.oversight.policies import may
from thongsuot.oversight.queries import groups_beside, visible_groups
from thongsuot.oversight.views.boards import found_campaign
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done


@needs(Verb.MANAGE_CAMPAIGNS)
def open_new_campaign(request: MandatedRequest) -> HttpResponse:
    form = CampaignForm(request.mandate, request.POST or None)

    def act() -> HttpResponse:
        opened = open_campaign(by=request.mandate, **form.opened())
        done(request, _("Đã lập đợt giám sát."))
        return redirect(opened)

    crumbs = [(form.unit.title, ""), (_("Đợt giám sát"), reverse("oversight:campaigns"))]
    return _filled_in(request, form, act, "oversight/campaign_form.html", {"crumbs": crumbs})


@needs(Verb.MANAGE_CAMPAIGNS)
def form_new_group(request: MandatedRequest, pk: int) -> HttpResponse:
    campaign = found_campaign(request, pk)
    if not may(request.mandate, Verb.MANAGE_CAMPAIGNS, campaign):
        raise Http404
    form = GroupForm(campaign, request.POST or None)

    def act() -> HttpResponse:
        formed = form_group(by=request.mandate, campaign=campaign, **form.cleaned_data)
        done(request, _("Đã lập %(group)s.") % {"group": formed})
        _point_out_shared(request, formed)
        return redirect(formed)

    context = {"campaign": campaign, "crumbs": _crumbs_of(campaign, _("Lập tổ công tác"))}
    return _filled_in(request, form, act, "oversight/group_form.html", context)


def _filled_in(
    request: MandatedRequest,
    form: Form,
    act: Callable[[], HttpResponse],
    template: str,
    context: Mapping[str, object],
) -> HttpResponse:
    if request.method == "POST" and (answer := tried(form, act)):
        return answer
    return show_form(request, template, {"form": form, **context})


@dataclass(frozen=True, slots=True)
class Member:
    mandate: Mandate
    holds: bool


@dataclass(frozen=True, slots=True)
class PaperSeat:
    """Who sits there on paper, with the small forms that change it."""

    seat: GroupSeat
    end_form: EndSeatForm
    title_form: TitleForm


def _paper_seats(group: WorkingGroup) -> list[PaperSeat]:
    order = list(SeatPart)
    seats = sorted(group.seats.all(), key=lambda seat: (order.index(SeatPart(seat.part)), seat.pk))
    return [
        PaperSeat(seat, EndSeatForm(auto_id=f"end-{seat.pk}-%s"), TitleForm(auto_id=f"title-{seat.pk}-%s"))
        for seat in seats
    ]


@dataclass(frozen=True, slots=True)
class GroupPage:
    group: WorkingGroup
    lines: list[GroupLine]
    members: list[Member]
    seats: list[PaperSeat]
    leader: GroupSeat | None
    today: date
    history: list[Moment]

    @property
    def met(self) -> int:
        return sum(1 for line in self.lines if line.meetings)

    @property
    def waiting(self) -> int:
        return len(self.lines) - self.met


@needs(Verb.MANAGE_CAMPAIGNS)
def group(request: MandatedRequest, pk: int) -> HttpResponse:
    return _group_page(request, _group(request, pk))


@needs(Verb.MANAGE_CAMPAIGNS)
@require_POST
def assign_units(request: MandatedRequest, pk: int) -> HttpResponse:
    shown = _group(request, pk)
    form = GroupUnitsForm(shown, _said(request))
    before = ",".join(shown.units.order_by("code").values_list("code", flat=True))

    def act() -> HttpResponse:
        assign_group_units(by=request.mandate, group=shown, **form.cleaned_data)
        undo_url = f"{reverse('oversight:assign-units', args=[pk])}?{urlencode({'units': before})}"
        done(request, _("Đã phân công đơn vị cho tổ."), undo_url=undo_url)
        _point_out_shared(request, shown)
        return redirect(shown)

    return tried(form, act) or _group_page(request, shown, units=form)


@needs(Verb.MANAGE_CAMPAIGNS)
@require_POST
def seat_on_paper(request: MandatedRequest, pk: int) -> HttpResponse:
    shown = _group(request, pk)
    form = PersonForm(_said(request), auto_id="person-%s")

    def act() -> HttpResponse:
        said = form.cleaned_data
        taken = seat_person(by=request.mandate, group=shown, **{**said, "part": SeatPart(said["part"])})
        undo_url = reverse("oversight:remove-seat", args=[pk, taken.pk])
        done(request, _("Đã ghi %(person)s.") % {"person": taken}, undo_url=undo_url)
        return redirect(shown)

    return tried(form, act) or _group_page(request, shown, person=form)


@needs(Verb.MANAGE_CAMPAIGNS)
@require_POST
def end_paper_seat(request: MandatedRequest, pk: int, seat: int) -> HttpResponse:
    form = EndSeatForm(request.POST)
    return _on_seat(
        request,
        pk,
        seat,
        form,
        lambda held: end_seat(by=request.mandate, seat=held, on=form.cleaned_data["on"]),
    )


@needs(Verb.MANAGE_CAMPAIGNS)
@require_POST
def retitle(request: MandatedRequest, pk: int, seat: int) -> HttpResponse:
    form = TitleForm(request.POST)
    return _on_seat(
        request,
        pk,
        seat,
        form,
        lambda held: retitle_person(by=request.mandate, seat=held, **form.cleaned_data),
    )


@needs(Verb.MANAGE_CAMPAIGNS)
@require_POST
def remove_paper_seat(request: MandatedRequest, pk: int, seat: int) -> HttpResponse:
    return _on_seat(
        request, pk, seat, Form(request.POST), lambda held: remove_seat(by=request.mandate, seat=held)
    )


def _on_seat(
    request: MandatedRequest, pk: int, seat: int, form: Form, act: Callable[[GroupSeat], object]
) -> HttpResponse:
    shown = _group(request, pk)
    held = get_object_or_404(GroupSeat.objects.select_related("group__campaign"), pk=seat, group=shown)

    def answer() -> HttpResponse:
        act(held)
        done(request, _("Đã ghi thay đổi về %(name)s.") % {"name": held.name})
        return redirect(shown)

    if answered := tried(form, answer):
        return answered
    for problem in form.errors.values():
        messages.error(request, " ".join(str(reason) for reason in problem))
    return redirect(shown)


@needs(Verb.MANAGE_CAMPAIGNS)
@require_POST
def seat(request: MandatedRequest, pk: int) -> HttpResponse:
    shown = _group(request, pk)
    form = SeatForm(shown, _said(request))

    def act() -> HttpResponse:
        mandate: Mandate = form.cleaned_data["mandate"]
        seat_member(by=request.mandate, group=shown, mandate=mandate)
        undo_url = reverse("oversight:unseat", args=[pk, mandate.pk])
        done(request, _("Đã đưa %(member)s vào tổ.") % {"member": mandate.user}, undo_url=undo_url)
        return redirect(shown)

    return tried(form, act) or _group_page(request, shown, seat=form)


@needs(Verb.MANAGE_CAMPAIGNS)
@require_POST
def unseat(request: MandatedRequest, pk: int, mandate: int) -> HttpResponse:
    shown = _group(request, pk)
    held = get_object_or_404(Mandate.objects.select_related("user"), pk=mandate, unit=shown.campaign.unit_id)
    try:
        unseat_member(by=request.mandate, group=shown, mandate=held)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(shown)
    back = f"{reverse('oversight:seat', args=[pk])}?{urlencode({'mandate': held.pk})}"
    done(
        request,
        _("Đã đưa %(member)s ra khỏi tổ.") % {"member": held.user},
        undo_url=back if held.holds_on(timezone.localdate()) else "",
    )
    return redirect(shown)


def _said(request: MandatedRequest) -> QueryDict:
    """A form says it in its body, the undo button of a message in the address it posts to."""
    return request.GET or request.POST


def _group(request: MandatedRequest, pk: int) -> WorkingGroup:
    """A group within reach; to others the page does not exist."""
    groups = (
        visible_groups(request.mandate)
        .select_related("campaign__unit", "campaign__plan")
        .prefetch_related("seats")
    )
    found = get_object_or_404(groups, pk=pk)
    if not may(request.mandate, Verb.MANAGE_CAMPAIGNS, found.campaign):
        raise Http404
    return found


def _group_page(
    request: MandatedRequest,
    shown: WorkingGroup,
    units: GroupUnitsForm | None = None,
    seat: SeatForm | None = None,
    person: PersonForm | None = None,
) -> HttpResponse:
    """Also after a form that was refused: as it was typed, with the reasons."""
    today = timezone.localdate()
    members = shown.members.select_related("user").order_by("user__full_name", "pk")
    page = GroupPage(
        group=shown,
        lines=group_lines(shown, request.mandate),
        members=[Member(one, one.holds_on(today)) for one in members],
        seats=_paper_seats(shown),
        leader=shown.led_by(today),
        today=today,
        history=moments(shown),
    )
    context = {
        "page": page,
        "units_form": units or GroupUnitsForm(shown),
        "seat_form": seat or SeatForm(shown),
        "person_form": person or PersonForm(auto_id="person-%s"),
        "crumbs": _crumbs_of(shown.campaign, str(shown)),
    }
    return show_form(request, "oversight/group_page.html", context)


def _crumbs_of(campaign: Campaign, here: str) -> list[tuple[str, str]]:
    return [
        (campaign.unit.title, ""),
        (_("Đợt giám sát"), reverse("oversight:campaigns")),
        (campaign.title, campaign.get_absolute_url()),
        (here, ""),
    ]


def _point_out_shared(request: MandatedRequest, group: WorkingGroup) -> None:
    """Two groups may work with one unit; whoever assigns it should know."""
    beside = groups_beside(group)
    if not beside:
        return
    shared = [
        f"{unit} ({', '.join(str(one) for one in beside[unit.pk])})"
        for unit in group.units.filter(pk__in=beside).order_by("name")
    ]
    messages.warning(request, _("Cũng thuộc tổ khác của đợt này: %(units)s.") % {"units": "; ".join(shared)})

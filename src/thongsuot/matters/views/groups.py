from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.audit.history import Moment, moments
from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.topics import topic_name
from thongsuot.matters.actions import dissolve_group, form_group, join_group, leave_group, restore_group
from thongsuot.matters.forms import GroupForm
from thongsuot.matters.models import Matter, ProposalGroup
from thongsuot.matters.policies import may_all, may_group
from thongsuot.matters.queries import members_of, open_suggestions, visible_groups
from thongsuot.matters.tables import GroupFilter, GroupTable
from thongsuot.matters.views.choosing import Chosen, chosen_by, nothing_chosen
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form, tried
from thongsuot.web.lists import list_page
from thongsuot.web.toasts import done


@needs(Verb.READ)
def groups(request: MandatedRequest) -> HttpResponse:
    rows = GroupFilter(request.GET, queryset=visible_groups(request.mandate), request=request)
    suggested = open_suggestions(request.mandate).count() if request.mandate.allows(Verb.GROUP) else 0
    return list_page(
        request,
        table_class=GroupTable,
        filterset=rows,
        template="matters/group_list.html",
        context={
            "crumbs": [*_crumbs(request)[:-1], (_("Nhóm"), "")],
            "total": rows.qs.count(),
            "suggested": suggested,
        },
        file_name="nhom-kien-nghi",
    )


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
    may_answer: bool
    history: list[Moment]

    @property
    def answer_url(self) -> str:
        return f"{reverse('matters:answer-new')}?group={self.group.number}"


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
        may_answer=request.mandate.allows(Verb.ANSWER) and shown.waiting > 0,  # type: ignore[attr-defined]
        history=moments(shown),
    )
    crumbs = [*_crumbs(request), (shown.number, "")]
    return render(request, "matters/group_page.html", {"page": page, "crumbs": crumbs})


@needs(Verb.READ, Verb.GROUP)
def group_new(request: MandatedRequest) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    chosen = chosen_by(request, asked.get("proposals", ""))
    if not chosen.matters:
        return nothing_chosen(request)
    if request.method != "POST":
        return show_group_form(request, chosen)
    form = GroupForm(request.mandate, chosen.matters, request.POST)

    def act() -> ProposalGroup:
        said = form.cleaned_data
        if said["group"]:
            return join_group(by=request.mandate, group=said["group"], proposals=chosen.matters)
        reason = {"why": said["why"]} if said["why"] else None
        return form_group(by=request.mandate, proposals=chosen.matters, title=said["title"], reason=reason)

    if formed := tried(form, act):
        done(
            request,
            _("Đã gộp %(count)s kiến nghị vào %(group)s.")
            % {"count": len(chosen.matters), "group": formed.number},
        )
        return redirect(formed)
    return show_group_form(request, chosen, form)


def show_group_form(request: MandatedRequest, chosen: Chosen, form: GroupForm | None = None) -> HttpResponse:
    context = {
        "form": form or GroupForm(request.mandate, chosen.matters),
        "chosen": chosen,
        "verdict": may_all(request.mandate, Verb.GROUP, chosen.matters),
        "crumbs": [*_crumbs(request), (_("Gộp nhóm"), "")],
    }
    return show_form(request, "matters/group_form.html", context, only_asked=form is None)


@needs(Verb.READ, Verb.GROUP)
@require_POST
def leave(request: MandatedRequest, number: str) -> HttpResponse:
    """Take the ticked members out."""
    shown = _changeable(request, number)
    keys = [key for key in request.POST.getlist("chosen") if key.isdigit()]
    leaving = list(members_of(shown, request.mandate).filter(pk__in=keys))
    reason = request.POST.get("reason", "")
    if not leaving:
        messages.error(request, _("Chưa chọn kiến nghị nào."))
        return redirect(shown)
    return _changed(
        request,
        shown,
        lambda: leave_group(by=request.mandate, proposals=leaving, reason=reason),
        _("Đã tách %(count)s kiến nghị khỏi nhóm.") % {"count": len(leaving)},
    )


@needs(Verb.READ, Verb.GROUP)
@require_POST
def dissolve(request: MandatedRequest, number: str) -> HttpResponse:
    shown = _changeable(request, number)
    reason = request.POST.get("reason", "")
    return _changed(
        request,
        shown,
        lambda: dissolve_group(by=request.mandate, group=shown, reason=reason),
        _("Đã bỏ nhóm %(number)s.") % {"number": number},
        undo_url=reverse("matters:group-restore", args=[number]),
    )


@needs(Verb.READ, Verb.GROUP)
@require_POST
def restore(request: MandatedRequest, number: str) -> HttpResponse:
    shown = _changeable(request, number)
    return _changed(
        request,
        shown,
        lambda: restore_group(by=request.mandate, group=shown),
        _("Đã lập lại nhóm %(number)s.") % {"number": number},
    )


def _changed(
    request: MandatedRequest, shown: ProposalGroup, act: Callable[[], object], said: str, undo_url: str = ""
) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, said, undo_url=undo_url)
    still = visible_groups(request.mandate).filter(pk=shown.pk).exists()
    return redirect(shown if still else "matters:groups")


def _changeable(request: MandatedRequest, number: str) -> ProposalGroup:
    shown = get_object_or_404(visible_groups(request.mandate), number=number)
    if not may_group(request.mandate, shown):
        raise Http404
    return shown


def _crumbs(request: MandatedRequest) -> list[tuple[str, str]]:
    return [
        (request.mandate.unit.title, ""),
        (_("Kiến nghị"), reverse("matters:proposals")),
        (_("Nhóm"), reverse("matters:groups")),
    ]

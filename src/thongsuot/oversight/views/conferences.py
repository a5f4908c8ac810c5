"""Conferences: list, preparing one, its page with its points, the notice of conclusions."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from thongsuot.audit.history import Moment, moments
from thongsuot.kernel.verdicts import Refused, Verdict
from thongsuot.lawbook.paper_layouts import PARTY
from thongsuot.oversight import actions
from thongsuot.oversight.conferences import (
    ConclusionLine,
    PaperStanding,
    conclusion_lines,
    paper_standing,
)
from thongsuot.oversight.enums import ConferenceState
from thongsuot.oversight.forms import ConclusionForm, ConclusionsForm, ConferenceForm, HoldForm
from thongsuot.oversight.models import Conclusion, Conference
from thongsuot.oversight.policies import may
from thongsuot.oversight.queries import visible_conferences
from thongsuot.oversight.tables import ConferenceFilter, ConferenceTable
from thongsuot.oversight.writing import conclusions_paper
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Tier, Verb
from thongsuot.web.downloads import download
from thongsuot.web.editing import show_form, tried
from thongsuot.web.lists import list_page
from thongsuot.web.papers import TYPE, Head, Signature
from thongsuot.web.toasts import done


@needs(Verb.READ)
def conferences(request: MandatedRequest) -> HttpResponse:
    rows = ConferenceFilter(request.GET, queryset=visible_conferences(request.mandate), request=request)
    context = {
        "crumbs": [(request.mandate.unit.title, ""), (pgettext("several", "Hội nghị"), "")],
        "may_prepare": request.mandate.allows(Verb.CONFIRM),
    }
    return list_page(
        request,
        table_class=ConferenceTable,
        filterset=rows,
        template="oversight/conference_list.html",
        context=context,
        file_name="hoi-nghi",
    )


@needs(Verb.CONFIRM)
def prepare(request: MandatedRequest) -> HttpResponse:
    unit = request.mandate.unit
    form = ConferenceForm(Conference(unit=unit), request.POST or None)

    def act() -> Conference:
        return actions.prepare_conference(by=request.mandate, unit=unit, conference=form.said())

    return _filled_in(request, form, act, _("Đã ghi phần chuẩn bị hội nghị."), _("Chuẩn bị hội nghị"))


@needs(Verb.CONFIRM)
def amend_conference(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _conference(request, pk)
    if not may(request.mandate, Verb.CONFIRM, found):
        raise Http404
    if found.state != ConferenceState.PREPARED:
        return redirect(found)
    form = ConferenceForm(found, request.POST or None)

    def act() -> Conference:
        return actions.amend_conference(
            by=request.mandate, conference=found, to=form.said(), seen=form.cleaned_data["seen"]
        )

    return _filled_in(request, form, act, _("Đã lưu."), _("Sửa phần chuẩn bị"))


def _filled_in(
    request: MandatedRequest, form: ConferenceForm, act: Callable[[], Conference], said: str, title: str
) -> HttpResponse:
    if request.method == "POST" and (kept := tried(form, act)):
        done(request, said)
        return redirect(kept)
    crumbs = [
        (request.mandate.unit.title, ""),
        (pgettext("several", "Hội nghị"), reverse("oversight:conferences")),
        (title, ""),
    ]
    context = {"form": form, "title": title, "crumbs": crumbs}
    return show_form(request, "oversight/conference_form.html", context)


@dataclass(frozen=True, slots=True)
class Line:
    """A point with the form that mends it, while it may be mended."""

    told: ConclusionLine
    form: ConclusionForm | None


@dataclass(frozen=True, slots=True)
class ConferencePage:
    conference: Conference
    lines: list[Line]
    standing: PaperStanding | None
    history: list[Moment]
    may_confirm: Verdict
    may_issue: bool

    @property
    def can_prepare(self) -> bool:
        return bool(self.may_confirm) and self.conference.state == ConferenceState.PREPARED

    @property
    def can_conclude(self) -> bool:
        return bool(self.may_confirm) and self.conference.state == ConferenceState.HELD

    @property
    def can_close(self) -> bool:
        return self.can_conclude and bool(self.lines) and not any(line.told.waits for line in self.lines)


@needs(Verb.READ)
def conference(request: MandatedRequest, pk: int) -> HttpResponse:
    return _page(request, _conference(request, pk))


@needs(Verb.CONFIRM)
@require_POST
def hold_conference(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _conference(request, pk)
    form = HoldForm(request.POST, auto_id="hold_%s")

    def act() -> Conference:
        return actions.hold_conference(by=request.mandate, conference=found, **form.cleaned_data)

    if tried(form, act):
        done(request, _("Đã ghi hội nghị diễn ra."))
        return redirect(found)
    return _page(request, found, hold_form=form)


@needs(Verb.CONFIRM)
@require_POST
def add_conclusions(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _conference(request, pk)
    form = ConclusionsForm(request.POST, auto_id="new_%s")

    def act() -> list[Conclusion]:
        return actions.add_conclusions(by=request.mandate, conference=found, **form.cleaned_data)

    if added := tried(form, act):
        done(request, _("Đã ghi %(count)d kết luận.") % {"count": len(added)})
        return redirect(f"{found.get_absolute_url()}#conclusions")
    return _page(request, found, add_form=form)


@needs(Verb.CONFIRM)
@require_POST
def amend_conclusion(request: MandatedRequest, pk: int, point: int) -> HttpResponse:
    found, conclusion = _point(request, pk, point)
    form = ConclusionForm.of(conclusion, request.POST)

    def act() -> Conclusion:
        return actions.amend_conclusion(by=request.mandate, conclusion=conclusion, **form.cleaned_data)

    if tried(form, act):
        done(request, _("Đã lưu."))
        return redirect(f"{found.get_absolute_url()}#conclusions")
    return _page(request, found, point_form=(conclusion.pk, form))


@needs(Verb.CONFIRM)
@require_POST
def remove_conclusion(request: MandatedRequest, pk: int, point: int) -> HttpResponse:
    found, conclusion = _point(request, pk, point)
    return _pressed(
        request,
        found,
        lambda: actions.remove_conclusion(by=request.mandate, conclusion=conclusion),
        _("Đã xóa kết luận."),
    )


@needs(Verb.ISSUE)
@require_POST
def give_out(request: MandatedRequest, pk: int, point: int) -> HttpResponse:
    """To the draft of its order, where the six clears are completed."""
    found, conclusion = _point(request, pk, point)
    if conclusion.order:
        return redirect(conclusion.order)
    try:
        order = actions.draft_from_conclusion(by=request.mandate, conclusion=conclusion)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    return redirect("matters:order-edit", pk=order.pk)


@needs(Verb.CONFIRM)
@require_POST
def close_conference(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _conference(request, pk)
    return _pressed(
        request,
        found,
        lambda: actions.close_conference(by=request.mandate, conference=found),
        _("Hội nghị đã kết thúc."),
    )


@needs(Verb.READ)
@require_GET
def conclusions_word(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _conference(request, pk)
    if not found.meeting:
        raise Http404
    unit = found.unit
    head = Head(
        superior=_superior(found),
        issuer=found.organisation,
        place=unit.name,
        on=found.meeting.date,
        kind="TB",
    )
    signature = Signature(
        _("T/M %(body)s") % {"body": found.organisation}, "", [_("Các đơn vị trực thuộc"), _("Lưu Văn phòng")]
    )
    data = conclusions_paper(found, conclusion_lines(found), PARTY, head, signature, found.meeting.date)
    return download(data, TYPE, f"ket-luan-hoi-nghi-{found.meeting.date:%d-%m-%Y}.docx")


def _superior(conference: Conference) -> str:
    """The committee above a commune's is the province's; above the province's stands the heading alone."""
    unit = conference.unit
    if unit.tier == Tier.PROVINCE or not unit.parent:
        return ""
    return _("Đảng bộ %(unit)s") % {"unit": unit.parent}


def _page(
    request: MandatedRequest,
    found: Conference,
    hold_form: HoldForm | None = None,
    add_form: ConclusionsForm | None = None,
    point_form: tuple[int, ConclusionForm] | None = None,
) -> HttpResponse:
    may_confirm = may(request.mandate, Verb.CONFIRM, found)
    mends = bool(may_confirm) and found.state == ConferenceState.HELD
    filled = dict([point_form] if point_form else [])
    lines = [
        Line(
            told,
            filled.get(told.conclusion.pk) or ConclusionForm.of(told.conclusion)
            if mends and not told.conclusion.order
            else None,
        )
        for told in conclusion_lines(found)
    ]
    page = ConferencePage(
        conference=found,
        lines=lines,
        standing=paper_standing(found),
        history=moments(found),
        may_confirm=may_confirm,
        may_issue=mends and request.mandate.allows(Verb.ISSUE),
    )
    crumbs = [
        (request.mandate.unit.title, ""),
        (pgettext("several", "Hội nghị"), reverse("oversight:conferences")),
        (str(found), ""),
    ]
    context = {
        "page": page,
        "crumbs": crumbs,
        "hold_form": hold_form
        or HoldForm(auto_id="hold_%s", initial={"on": min(found.planned_on, timezone.localdate())}),
        "add_form": add_form or ConclusionsForm(auto_id="new_%s"),
    }
    return show_form(request, "oversight/conference_page.html", context)


def _pressed(
    request: MandatedRequest, found: Conference, act: Callable[[], object], said: str
) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, said)
    return redirect(found)


def _conference(request: MandatedRequest, pk: int) -> Conference:
    found: Conference = get_object_or_404(visible_conferences(request.mandate), pk=pk)
    return found


def _point(request: MandatedRequest, pk: int, point: int) -> tuple[Conference, Conclusion]:
    found = _conference(request, pk)
    conclusion = get_object_or_404(found.conclusions.select_related("order"), pk=point)
    conclusion.conference = found
    return found, conclusion

"""Rounds of review: opening one, who has filed, chasing; one unit's own review."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.staffing.actions.reviews import chase_reviews, file_review, open_round, return_review
from thongsuot.staffing.forms.reviews import FileForm, RoundFilter, RoundForm
from thongsuot.staffing.models import ReviewRound, UnitReview
from thongsuot.staffing.policies import may, round_scope, scope
from thongsuot.staffing.queries.board import columns_on
from thongsuot.staffing.queries.reviews import (
    RETURNED,
    ReviewLine,
    RoundPage,
    cells_of_unit,
    filed_cells,
    line_of,
    review_with_chases,
    round_page,
    rounds,
)
from thongsuot.staffing.standing import NOTHING, Standing
from thongsuot.staffing.views.board import staffing_tabs
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Mandate
from thongsuot.units.queries import province_of
from thongsuot.web import excel
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done


@dataclass(frozen=True, slots=True)
class Compared:
    """A position of the unit's review: as filed, and as it stands."""

    code: str
    name: str
    then: Standing | None
    now: Standing

    @property
    def changed(self) -> bool:
        return self.then is not None and self.then != self.now


@needs(Verb.READ_STAFF)
def review_rounds(request: MandatedRequest) -> HttpResponse:
    may_open = may(request.mandate, Verb.PLAN_STAFF)
    context = {
        "rounds": list(rounds(request.mandate)),
        "today": timezone.localdate(),
        "may_open": may_open,
        "tabs": staffing_tabs(request, "rounds"),
    }
    return render(request, "staffing/round_list.html", context)


@needs(Verb.PLAN_STAFF)
def open_new_round(request: MandatedRequest) -> HttpResponse:
    form = RoundForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            called = open_round(by=request.mandate, unit=_province(request.mandate), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            done(request, _("Đã mở đợt rà soát và báo cho từng đơn vị"))
            return redirect(called)
    context = {"form": form, "crumbs": [*_crumbs(), (_("Mở đợt rà soát"), "")]}
    return show_form(request, "staffing/round_form.html", context)


def _province(by: Mandate) -> Any:
    return province_of(by.unit) if by.unit.tier == Tier.COMMUNE else by.unit


@needs(Verb.READ_STAFF)
def review_round(request: MandatedRequest, pk: int) -> HttpResponse:
    called = _round(request, pk)
    page = round_page(request.mandate, called, timezone.localdate())
    form = RoundFilter(request.GET)
    wanted = form.wanted()
    shown = [line for line in page.lines if not wanted or line.fits(wanted)]
    if request.GET.get("export") == "xlsx":
        return _file(page, shown)
    context = {
        "page": page,
        "shown": shown,
        "form": form,
        "wanted": wanted,
        "may_chase": may(request.mandate, Verb.PLAN_STAFF, called),
        "crumbs": [*_crumbs(), (str(called), "")],
    }
    return render(request, "staffing/round_page.html", context)


@needs(Verb.PLAN_STAFF)
@require_POST
def chase(request: MandatedRequest, pk: int) -> HttpResponse:
    called = _round(request, pk)
    chosen = [int(key) for key in request.POST.getlist("chosen") if key.isdigit()]
    try:
        many = chase_reviews(
            by=request.mandate, called=called, units=chosen, words=request.POST.get("words", "").strip()[:500]
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, ngettext("Đã đôn đốc %s đơn vị", "Đã đôn đốc %s đơn vị", many) % many)
    return redirect(called)


@needs(Verb.READ_STAFF)
def review(request: MandatedRequest, pk: int) -> HttpResponse:
    """The unit's own page: what it is about to file, or has filed; filing it."""
    found = get_object_or_404(review_with_chases(request.mandate), pk=pk)
    may_file = may(request.mandate, Verb.REVIEW_STAFF, found)
    form = FileForm(found, request.POST or None)
    if request.method == "POST":
        if not may_file:
            return redirect(found)
        if form.is_valid() and tried(form, lambda: _filed(request, found, form)):
            done(request, _("Đã nộp rà soát của %s") % found.unit)
            return redirect(found)
    context = {
        "line": _line(found),
        "positions": _positions(found),
        "form": form,
        "may_file": may_file,
        "may_return": may(request.mandate, Verb.PLAN_STAFF, found.unit),
        "chases": list(found.chases.order_by("-at")),
        "crumbs": [*_crumbs(), (str(found.round), found.round.get_absolute_url()), (found.unit.title, "")],
    }
    return show_form(request, "staffing/review_page.html", context)


def _filed(request: MandatedRequest, found: UnitReview, form: FileForm) -> bool:
    file_review(by=request.mandate, review=found, **form.cleaned_data)
    return True


@needs(Verb.PLAN_STAFF)
@require_POST
def give_back(request: MandatedRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        UnitReview.objects.filter(scope(request.mandate)).select_related("unit", "round"), pk=pk
    )
    try:
        return_review(by=request.mandate, review=found, reason=request.POST.get("reason", "")[:500])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, _("Đã trả lại rà soát cho %s") % found.unit)
    return redirect(found)


def _round(request: MandatedRequest, pk: int) -> ReviewRound:
    rows = ReviewRound.objects.filter(round_scope(request.mandate)).select_related("unit")
    return get_object_or_404(rows, pk=pk)


def _line(found: Any) -> ReviewLine:
    return line_of(found, cells_of_unit(found), timezone.localdate())


def _positions(found: UnitReview) -> list[Compared]:
    filed, now = filed_cells(found), cells_of_unit(found)
    return [
        Compared(
            column.code,
            column.name,
            None if filed is None else filed.get(column.code, NOTHING),
            now.get(column.code, NOTHING),
        )
        for column in columns_on(found.round.on)
        if column.code in {*now, *(filed or ())}
    ]


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Nhân sự"), reverse("staffing:board")), (_("Đợt rà soát"), reverse("staffing:rounds"))]


def _file(page: RoundPage, shown: list[ReviewLine]) -> HttpResponse:
    heads = [
        _("Mã đơn vị"),
        _("Đơn vị"),
        _("Tình trạng"),
        _("Nộp lúc"),
        _("Người nộp"),
        _("Số lần đôn đốc"),
        _("Đôn đốc gần nhất"),
        _("Thừa khi nộp"),
        _("Thiếu khi nộp"),
        _("Thừa theo sổ"),
        _("Thiếu theo sổ"),
        _("Số vị trí đổi khác"),
        _("Ý kiến của đơn vị"),
    ]
    rows = (
        [
            line.unit.code,
            line.unit.title,
            _("Đã nộp") if line.filed else _("Bị trả lại") if line.fits(RETURNED) else _("Chưa nộp"),
            timezone.localtime(line.review.filed_at).replace(tzinfo=None) if line.review.filed_at else None,
            line.review.filed_by,
            line.chases,
            timezone.localtime(line.last_chase).replace(tzinfo=None) if line.last_chase else None,
            line.then.surplus if line.then else None,
            line.then.shortage if line.then else None,
            line.now.surplus,
            line.now.shortage,
            len(line.changed),
            line.review.remark,
        ]
        for line in shown
    )
    return excel.workbook(heads, rows, "ra-soat-nhan-su")  # type: ignore[return-value]

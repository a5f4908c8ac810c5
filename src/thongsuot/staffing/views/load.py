"""Workload beside headcount; who lacks what for the post held, and the training plan for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.training import training_source
from thongsuot.staffing.actions.training import save_training
from thongsuot.staffing.forms.board import DayForm
from thongsuot.staffing.forms.load import BudgetForm, LoadForm, SaveTrainingForm
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries.training import DEGREE, MAJOR, Gaps, Proposal, gaps_of, propose
from thongsuot.staffing.queries.workload import SORTS, LoadPage, load_page
from thongsuot.staffing.views.board import staffing_tabs
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.queries import province_of
from thongsuot.web import excel
from thongsuot.web.toasts import done


@needs(Verb.READ_STAFF)
def workload(request: MandatedRequest) -> HttpResponse:
    form = LoadForm({"weight": "50", **request.GET.dict()})
    sort = request.GET.get("sort", "")
    page = load_page(request.mandate, form.day(), form.share(), sort)
    if request.GET.get("export") == "xlsx":
        return _load_file(page)
    context = {
        "page": page,
        "form": form,
        "sort": sort if sort in SORTS else "ty-so",
        "percent": round(page.weight * 100),
        "tabs": staffing_tabs(request, "workload"),
    }
    return render(request, "staffing/workload.html", context)


@needs(Verb.READ_STAFF)
def standards(request: MandatedRequest) -> HttpResponse:
    form = DayForm(request.GET)
    gaps = gaps_of(request.mandate, form.day())
    if request.GET.get("export") == "xlsx":
        return _gap_file(gaps)
    position, unit = request.GET.get("position", ""), request.GET.get("unit", "")
    shown = [
        gap
        for gap in gaps.gaps
        if position in ("", gap.holding.position.code) and unit in ("", str(gap.holding.unit_id))
    ]
    context = {
        "gaps": gaps,
        "shown": shown,
        "asked": bool(position or unit),
        "degrees": gaps.count(DEGREE),
        "majors": gaps.count(MAJOR),
        "form": form,
        "may_plan": may(request.mandate, Verb.PLAN_STAFF),
        "tabs": staffing_tabs(request, "standards"),
    }
    return render(request, "staffing/standards.html", context)


@needs(Verb.PLAN_STAFF)
def training(request: MandatedRequest) -> HttpResponse:
    """The plan that closes the most gaps for a sum of money."""
    form = BudgetForm(request.GET)
    proposal = propose(gaps_of(request.mandate, DayForm({}).day()), form.thousands())
    context = {
        "proposal": proposal,
        "form": form,
        "save": SaveTrainingForm(
            initial={"budget": request.GET.get("budget", ""), "as_tasks": request.mandate.allows(Verb.ISSUE)}
        ),
        "chart": _curve(proposal),
        "source": training_source(),
        "crumbs": [
            (_("Nhân sự"), reverse("staffing:board")),
            (_("Chuẩn hóa"), reverse("staffing:standards")),
            (_("Phương án bồi dưỡng"), ""),
        ],
    }
    return render(request, "staffing/training.html", context)


@needs(Verb.PLAN_STAFF)
@require_POST
def keep_training(request: MandatedRequest) -> HttpResponse:
    """The plan is reckoned again, so that nobody is entered who has met the standard meanwhile."""
    form = SaveTrainingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Chưa chọn ngày khai giảng. Nhập ngày, ví dụ 15-01-2027."))
        return redirect("staffing:training")
    proposal = propose(gaps_of(request.mandate, DayForm({}).day()), form.money())
    try:
        many = save_training(
            by=request.mandate,
            unit=province_of(request.mandate.unit),
            chosen=proposal.chosen(),
            starts_on=form.cleaned_data["starts_on"],
            as_tasks=form.cleaned_data["as_tasks"],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("staffing:training")
    told = ngettext("Đã ghi lớp dự kiến cho %s người", "Đã ghi lớp dự kiến cho %s người", many) % many
    if form.cleaned_data["as_tasks"]:
        told += _("; đã giao nhiệm vụ cho các đơn vị cử người")
    done(request, told)
    return redirect("staffing:standards")


def _curve(proposal: Proposal) -> dict[str, object]:
    return {
        "kind": "line",
        "categories": [_("%s triệu") % round(money / 1000) for money, _best, _hand in proposal.curve],
        "series": [
            {"name": _("Tối ưu"), "values": [best for _money, best, _hand in proposal.curve], "tone": "calm"},
            {
                "name": _("Mở dần từng lớp"),
                "values": [hand for _money, _best, hand in proposal.curve],
                "dashed": True,
            },
        ],
    }


def _load_file(page: LoadPage) -> HttpResponse:
    heads = [
        _("Mã đơn vị"),
        _("Đơn vị"),
        _("Dân số"),
        _("Hồ sơ trong năm"),
        _("Biên chế được giao"),
        _("Số chỗ"),
        _("Có mặt"),
        _("Dân số trên một người"),
        _("Hồ sơ trên một người"),
        _("Số người cần theo phần việc"),
        _("Tỷ số có mặt trên cần"),
    ]
    rows = (
        [
            line.unit.code,
            line.unit.title,
            line.pressure.load.population,
            line.pressure.load.dossiers,
            line.quota,
            line.pressure.load.posts,
            line.pressure.load.present,
            _round(line.pressure.people_a_post, 0),
            _round(line.pressure.dossiers_a_post, 0),
            _round(line.pressure.needed, 1),
            _round(line.pressure.ratio, 2),
        ]
        for line in page.lines
    )
    return excel.workbook(heads, rows, "khoi-luong-viec")  # type: ignore[return-value]


def _round(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)


def _gap_file(gaps: Gaps) -> HttpResponse:
    heads = [
        _("Đơn vị"),
        _("Mã vị trí"),
        _("Vị trí"),
        _("Người"),
        _("Còn thiếu"),
        _("Đã học"),
        _("Lớp dự kiến"),
    ]
    rows = (
        [
            gap.holding.unit.title,
            gap.holding.position.code,
            str(gap.holding.position),
            gap.called,
            _("trình độ") if gap.lacks == DEGREE else _("ngành"),
            gap.studied,
            gap.planned,
        ]
        for gap in gaps.gaps
    )
    return excel.workbook(heads, rows, "chua-dat-chuan")  # type: ignore[return-value]

"""Before a visit a brief of each unit; after the campaign its report: on screen, as Word, as Excel."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from thongsuot.lawbook.paper_layouts import PARTY, STATE, layouts
from thongsuot.lawbook.topics import topics
from thongsuot.oversight.briefs import Brief, brief_of
from thongsuot.oversight.enums import Standing
from thongsuot.oversight.models import Campaign, Visit
from thongsuot.oversight.queries import visible_visits
from thongsuot.oversight.reports import Asked, Report, report_of
from thongsuot.oversight.views.boards import campaign_crumbs, campaign_tabs, found_campaign
from thongsuot.oversight.writing import brief_paper, report_paper, report_workbook
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Kind, Verb
from thongsuot.units.models import Unit
from thongsuot.units.policies import reach
from thongsuot.web import excel
from thongsuot.web.downloads import download
from thongsuot.web.papers import TYPE, Head, Signature


@needs(Verb.READ)
@require_GET
def brief(request: MandatedRequest, pk: int) -> HttpResponse:
    visit, units = _visited(request, pk)
    chosen = next((unit for unit in units if str(unit.pk) == request.GET.get("don_vi")), units[0])
    tabs = [{"label": str(unit), "url": f"?don_vi={unit.pk}", "active": unit == chosen} for unit in units]
    crumbs = [
        (visit.group.campaign.title, visit.group.campaign.get_absolute_url()),
        (str(visit), visit.get_absolute_url()),
        (_("Phiếu chuẩn bị"), ""),
    ]
    page = brief_of(visit, chosen, request.mandate, timezone.localdate())
    context = {"page": page, "tabs": tabs if len(tabs) > 1 else [], "crumbs": crumbs}
    return render(request, "oversight/brief_page.html", context)


@needs(Verb.READ)
@require_GET
def brief_word(request: MandatedRequest, pk: int) -> HttpResponse:
    visit, units = _visited(request, pk)
    today = timezone.localdate()
    briefs: list[Brief] = [brief_of(visit, unit, request.mandate, today) for unit in units]
    return download(brief_paper(briefs), TYPE, f"phieu-chuan-bi-{visit.day:%d-%m-%Y}.docx")


def _visited(request: MandatedRequest, pk: int) -> tuple[Visit, Sequence[Unit]]:
    """The visit, with those of its units that are within reach."""
    visit: Visit = get_object_or_404(visible_visits(request.mandate), pk=pk)
    units = list(visit.units.filter(reach(request.mandate, "")).order_by("name", "pk"))
    if not units:
        raise Http404
    return visit, units


class HeadForm(forms.Form):
    """What stands at the head and the foot of the printed report; kept in the address."""

    the_thuc = forms.ChoiceField(
        label=gettext_lazy("Thể thức"), choices=[(code, one.name["vi"]) for code, one in layouts().items()]
    )
    cap_tren = forms.CharField(label=gettext_lazy("Cơ quan cấp trên"), max_length=150, required=False)
    co_quan = forms.CharField(label=gettext_lazy("Cơ quan ban hành"), max_length=150)
    so = forms.CharField(label=gettext_lazy("Số"), max_length=10, required=False)
    ky_hieu = forms.CharField(label=gettext_lazy("Ký hiệu cơ quan"), max_length=20, required=False)
    dia_danh = forms.CharField(label=gettext_lazy("Địa danh"), max_length=80)
    chuc_vu = forms.CharField(label=gettext_lazy("Người ký, chức vụ"), max_length=150, required=False)
    nguoi_ky = forms.CharField(label=gettext_lazy("Họ tên người ký"), max_length=100, required=False)
    noi_nhan = forms.CharField(
        label=gettext_lazy("Nơi nhận"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Cách nhau bằng dấu chấm phẩy."),
    )

    def __init__(self, campaign: Campaign, data: Any) -> None:
        starts = head_of(campaign, str(data.get("the_thuc", PARTY)))
        super().__init__({**starts, **{name: data[name] for name in data if name in self.base_fields}})


def head_of(campaign: Campaign, layout: str) -> dict[str, str]:
    """What can be told from the campaign; the rest is for whoever prints it."""
    unit = campaign.unit
    committee = _("Thành ủy") if unit.kind == Kind.CITY else _("Tỉnh ủy")
    own: dict[str, str] = {
        "the_thuc": layout if layout in layouts() else PARTY,
        "dia_danh": unit.name,
        "so": "",
        "ky_hieu": "",
        "nguoi_ky": "",
    }
    if layout == STATE:
        return {
            **own,
            "cap_tren": "",
            "co_quan": _("Ủy ban nhân dân %(unit)s") % {"unit": unit},
            "chuc_vu": _("Chủ tịch"),
            "noi_nhan": _("Như trên; Lưu: VT"),
        }
    return {
        **own,
        "cap_tren": _("Đảng bộ %(unit)s") % {"unit": unit},
        "co_quan": _("Ban Thường vụ %(committee)s") % {"committee": committee},
        "chuc_vu": _("T/M Ban Thường vụ"),
        "noi_nhan": _("Như trên; Lưu Văn phòng %(committee)s") % {"committee": committee},
    }


@needs(Verb.READ)
@require_GET
def campaign_report(request: MandatedRequest, pk: int) -> HttpResponse:
    shown, report = _reported(request, pk)
    context = {
        "page": report,
        "standings": Standing,
        "form": HeadForm(shown, request.GET),
        "tabs": campaign_tabs(shown, "report"),
        "crumbs": campaign_crumbs(shown, _("Báo cáo")),
    }
    return render(request, "oversight/campaign_report.html", context)


@needs(Verb.READ)
@require_GET
def report_rows(request: MandatedRequest, pk: int) -> HttpResponse:
    """The originals behind one number of the report."""
    shown, report = _reported(request, pk)
    said = request.GET
    asked = Asked(
        topic=said.get("linh_vuc", ""),
        unit=said.get("don_vi", ""),
        competence=said.get("tham_quyen", ""),
        standing=said.get("trang_thai", ""),
        group=said.get("to", ""),
        late="qua_han" in said,
        answered="da_tra_loi" in said,
        done="hoan_thanh" in said,
        still_open="con_mo" in said,
    )
    tasks = said.get("loai") == "nhiem-vu"
    rows = report.tasks_where(asked) if tasks else report.proposals_where(asked)
    above = (_("Báo cáo"), reverse("oversight:report", args=[pk]))
    crumbs = [*campaign_crumbs(shown, "x")[:-1], above, (_("Nguyên văn"), "")]
    context = {"rows": rows, "tasks": tasks, "asked": _in_words(asked), "crumbs": crumbs}
    return render(request, "oversight/report_rows.html", context)


def _in_words(asked: Asked) -> str:
    words = [topics()[asked.topic]["vi"]] if asked.topic in topics() else []
    words += [str(Standing(asked.standing).label)] if asked.standing in Standing.values else []
    words += [_("quá hạn")] if asked.late else []
    return ", ".join(words)


@needs(Verb.READ)
@require_GET
def report_word(request: MandatedRequest, pk: int) -> HttpResponse:
    shown, report = _reported(request, pk)
    form = HeadForm(shown, request.GET)
    said = form.cleaned_data if form.is_valid() else head_of(shown, PARTY)
    head = Head(
        superior=said["cap_tren"],
        issuer=said["co_quan"],
        place=said["dia_danh"],
        on=report.on,
        number=said["so"],
        code=said["ky_hieu"],
    )
    recipients = [one.strip() for one in said["noi_nhan"].split(";") if one.strip()]
    signature = Signature(said["chuc_vu"], said["nguoi_ky"], recipients)
    data = report_paper(report, said["the_thuc"], head, signature)
    return download(data, TYPE, f"bao-cao-{report.on:%d-%m-%Y}.docx")


@needs(Verb.READ)
@require_GET
def report_excel(request: MandatedRequest, pk: int) -> HttpResponse:
    _shown, report = _reported(request, pk)
    return download(report_workbook(report), excel.TYPE, f"bao-cao-{report.on:%d-%m-%Y}.xlsx")


def _reported(request: MandatedRequest, pk: int) -> tuple[Campaign, Report]:
    shown = found_campaign(request, pk)
    return shown, report_of(shown, request.mandate, timezone.localdate())

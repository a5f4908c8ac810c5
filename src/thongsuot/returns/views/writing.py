"""What a round adds up to, on screen, as Word and as Excel; a return as Word; an office's own Word layout."""

from datetime import date

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.paper_layouts import PARTY
from thongsuot.returns.actions.word import drop_word_template, keep_word_template
from thongsuot.returns.consolidated import consolidated
from thongsuot.returns.models import Round, WordTemplate
from thongsuot.returns.policies import may
from thongsuot.returns.queries.papers import paper_of
from thongsuot.returns.views.frame import crumbs, found_return, found_round
from thongsuot.returns.writing import (
    WrongTemplate,
    consolidated_paper,
    consolidated_workbook,
    filled,
    return_paper,
    starting_template,
)
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Unit
from thongsuot.web import excel
from thongsuot.web.downloads import download
from thongsuot.web.editing import show_form, tried
from thongsuot.web.papers import TYPE, Head, Signature
from thongsuot.web.toasts import done


class WordForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Mẫu Word riêng (.docx)"),
        help_text=gettext_lazy("Tải mẫu mở đầu về, sửa trong Word rồi tải lên."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )


@needs(Verb.READ)
@require_GET
def consolidation(request: MandatedRequest, pk: int) -> HttpResponse:
    return _page(request, found_round(request, pk), WordForm())


@needs(Verb.READ)
@require_GET
def consolidation_word(request: MandatedRequest, pk: int) -> HttpResponse:
    """In the office's own layout where it keeps one, else in the prescribed one."""
    called = found_round(request, pk)
    content, name = consolidated(called), f"tong-hop-{called.period.code}.docx"
    if own := _own_layout(called):
        try:
            return download(filled(bytes(own.data), content), TYPE, name)
        except WrongTemplate as wrong:
            form = WordForm()
            form.add_error(None, str(wrong))
            return _page(request, called, form)
    head, signature = _frame(called.unit, called.template.layout, called.period.last_day)
    return download(consolidated_paper(content, called.template.layout, head, signature), TYPE, name)


@needs(Verb.READ)
@require_GET
def consolidation_excel(request: MandatedRequest, pk: int) -> HttpResponse:
    called = found_round(request, pk)
    return download(
        consolidated_workbook(consolidated(called)), excel.TYPE, f"tong-hop-{called.period.code}.xlsx"
    )


@needs(Verb.READ)
@require_GET
def word_start(request: MandatedRequest, pk: int) -> HttpResponse:
    called = found_round(request, pk)
    data = starting_template(called.template.layout, consolidated(called))
    return download(data, TYPE, "mau-bao-cao-tong-hop.docx")


@needs(Verb.KEEP_RETURNS)
@require_POST
def keep_word(request: MandatedRequest, pk: int) -> HttpResponse:
    called = found_round(request, pk)
    form = WordForm(request.POST, request.FILES)

    def act() -> WordTemplate:
        file = form.cleaned_data["file"]
        return keep_word_template(by=request.mandate, called=called, name=file.name, data=file.read())

    if tried(form, act):
        done(request, _("Báo cáo tổng hợp từ nay dùng mẫu này."))
        return redirect("returns:consolidation", pk=called.pk)
    return _page(request, called, form)


@needs(Verb.KEEP_RETURNS)
@require_POST
def drop_word(request: MandatedRequest, pk: int) -> HttpResponse:
    called = found_round(request, pk)
    form = WordForm()
    try:
        drop_word_template(by=request.mandate, called=called)
    except Refused as refusal:
        form.cleaned_data = {}
        form.add_error(None, str(refusal))
        return _page(request, called, form)
    done(request, _("Đã bỏ mẫu Word riêng."))
    return redirect("returns:consolidation", pk=called.pk)


@needs(Verb.READ)
@require_GET
def return_word(request: MandatedRequest, pk: int, number: int) -> HttpResponse:
    row = found_return(request, pk)
    paper = paper_of(row, number)
    if paper.version is None:
        return redirect(row)
    moment = paper.version.approved_at or paper.version.submitted_at or paper.version.begun_at
    head, signature = _frame(row.unit, row.round.template.layout, moment.date())
    name = f"bao-cao-{row.unit.code}-{row.round.period.code}-v{number}.docx"
    return download(return_paper(paper, head, signature), TYPE, name)


def _page(request: MandatedRequest, called: Round, form: WordForm) -> HttpResponse:
    context = {
        "content": consolidated(called),
        "round": called,
        "own": _own_layout(called),
        "form": form,
        "may_keep": may(request.mandate, Verb.KEEP_RETURNS, called),
        "crumbs": crumbs((str(called), called.get_absolute_url()), (_("Tổng hợp"), "")),
    }
    return show_form(request, "returns/consolidation.html", context)


def _own_layout(called: Round) -> WordTemplate | None:
    return WordTemplate.objects.filter(template=called.template_id, unit=called.unit_id).first()


def _frame(unit: Unit, layout: str, on: date) -> tuple[Head, Signature]:
    """What can be told from the unit and the layout; the number and the name of the signer are for the pen."""
    above = unit.parent if unit.tier != Tier.PROVINCE else None
    if layout == PARTY:
        superior = _("Đảng bộ %(unit)s") % {"unit": above} if above else ""
        issuer, title = _("Đảng ủy %(unit)s") % {"unit": unit}, _("T/M Ban Thường vụ")
    else:
        superior = _("Ủy ban nhân dân %(unit)s") % {"unit": above} if above else ""
        issuer, title = _("Ủy ban nhân dân %(unit)s") % {"unit": unit}, _("Chủ tịch")
    recipients = [str(above)] if above else []
    head = Head(superior=superior, issuer=issuer, place=unit.name, on=on)
    return head, Signature(title, "", [*recipients, _("Lưu: VT")])

"""One return: reading it, filling it in, and every step on its way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from thongsuot.indicators.display import plain
from thongsuot.indicators.enums import Kind
from thongsuot.indicators.models import StatedFigure
from thongsuot.kernel.verdicts import Refused, Verdict
from thongsuot.returns.actions.filling import begin_return, save_return
from thongsuot.returns.actions.moving import (
    accept_return,
    approve_return,
    reopen_return,
    send_back_return,
    submit_return,
)
from thongsuot.returns.actions.noting import note_on, settle_note
from thongsuot.returns.actions.taking import take_line
from thongsuot.returns.checking import Cell, Fault
from thongsuot.returns.enums import Level, State
from thongsuot.returns.forms.filling import ReturnForm
from thongsuot.returns.models import Note, Return, TemplateLine, TemplateSection
from thongsuot.returns.policies import may, may_fill, scope
from thongsuot.returns.queries.papers import (
    Paper,
    differences,
    faults_by_line,
    notes_on,
    paper_of,
    versions_of,
)
from thongsuot.returns.queries.rounds import Line as Standing
from thongsuot.returns.queries.taking import takeable
from thongsuot.returns.views.frame import Crumbs, crumbs, found_return
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import seen_in, show_form, tried
from thongsuot.web.once import repeatable
from thongsuot.web.toasts import done


@dataclass(frozen=True, slots=True)
class LineShown:
    line: TemplateLine
    figure: StatedFigure | None
    before: str
    faults: Sequence[Fault]
    notes: Sequence[Note]
    explanation: str
    fields: Mapping[str, Any]

    @property
    def worst(self) -> str:
        if any(fault.level == Level.MUST for fault in self.faults):
            return "late"
        return "due" if self.faults and not self.explanation else ""

    @property
    def asks_why(self) -> bool:
        return bool(self.explanation) or any(fault.level == Level.EXPLAIN for fault in self.faults)


@dataclass(frozen=True, slots=True)
class SectionShown:
    section: TemplateSection
    text: str
    faults: Sequence[Fault]
    notes: Sequence[Note]
    field: Any
    lines: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Deeds:
    """What this mandate may do now with the return."""

    begin: bool
    edit: bool
    submit: bool
    approve: Verdict | None
    send_back: bool
    accept: bool
    reopen: bool
    note: bool
    extend: bool
    workbook: bool


@needs(Verb.READ)
@require_GET
def page(request: MandatedRequest, pk: int) -> HttpResponse:
    row = found_return(request, pk)
    paper = paper_of(row)
    return render(request, "returns/return_page.html", _context(request, paper))


@needs(Verb.READ)
@require_GET
def version(request: MandatedRequest, pk: int, number: int) -> HttpResponse:
    """A version as it was, and what it says otherwise than the one before."""
    row = found_return(request, pk)
    paper = paper_of(row, number)
    if paper.version is None:
        raise Http404
    earlier = paper_of(row, number - 1) if number > 1 else None
    context = _context(request, paper) | {
        "only_read": True,
        "changes": differences(earlier, paper) if earlier else [],
        "earlier": earlier,
    }
    return render(request, "returns/return_page.html", context)


@needs(Verb.READ)
@require_POST
def begin(request: MandatedRequest, pk: int) -> HttpResponse:
    row = found_return(request, pk)
    begun = _did(request, lambda: begin_return(by=request.mandate, row=row), _("Đã lập báo cáo"))
    return redirect("returns:edit", pk=pk) if begun else redirect(row)


@needs(Verb.READ)
@repeatable
def edit(request: MandatedRequest, pk: int) -> HttpResponse:
    row = found_return(request, pk)
    if not may_fill(request.mandate, row):
        raise Http404
    if not row.is_open and request.method == "GET":
        return redirect(row)
    paper = paper_of(row)
    form = ReturnForm(paper, request.POST or None)
    if request.method == "POST":
        saved = tried(form, lambda: _saved(request, row, form))
        if saved:
            if request.POST.get("then") == "submit":
                return _submitted(request, row)
            done(request, _("Đã lưu báo cáo"))
            return redirect("returns:edit", pk=pk)
    context = _context(request, paper, form) | {"form": form}
    return show_form(request, "returns/return_edit.html", context)


def _saved(request: MandatedRequest, row: Return, form: ReturnForm) -> bool:
    seen_as = form.cleaned_data["seen"]
    save_return(by=request.mandate, row=row, filled=form.filled(), seen=seen_as, lines=form.paper.lines)
    return True


def _submitted(request: MandatedRequest, row: Return) -> HttpResponse:
    says = _("Đã trình báo cáo để lãnh đạo duyệt")
    submitted = _did(request, lambda: submit_return(by=request.mandate, row=row), says)
    return redirect(row) if submitted else redirect("returns:edit", pk=row.pk)


@needs(Verb.REPORT)
@require_POST
def submit(request: MandatedRequest, pk: int) -> HttpResponse:
    return _submitted(request, found_return(request, pk))


def _step(
    verb: Verb, act: Callable[..., object], says: Promise, *, asks_why: bool = False
) -> Callable[..., HttpResponseBase]:
    """A step on the way of a return as one button; where it asks why, that of a dialog."""

    @needs(verb)
    @require_POST
    def step(request: MandatedRequest, pk: int) -> HttpResponse:
        row = found_return(request, pk)
        why = {"reason": request.POST.get("reason", "")} if asks_why else {}
        _did(request, lambda: act(by=request.mandate, row=row, seen=seen_in(request.POST), **why), str(says))
        return redirect(row)

    return step


approve = _step(Verb.APPROVE_RETURN, approve_return, gettext_lazy("Đã duyệt và gửi báo cáo lên cấp trên"))
send_back = _step(Verb.READ, send_back_return, gettext_lazy("Đã trả lại báo cáo"), asks_why=True)
accept = _step(
    Verb.ACCEPT_RETURN, accept_return, gettext_lazy("Đã tiếp nhận; số liệu được tính vào tổng hợp")
)
reopen = _step(
    Verb.ACCEPT_RETURN,
    reopen_return,
    gettext_lazy("Đã mở lại; phiên bản trước vẫn được tính đến khi tiếp nhận phiên bản mới"),
    asks_why=True,
)


@needs(Verb.READ)
@require_POST
def note(request: MandatedRequest, pk: int) -> HttpResponse:
    row = found_return(request, pk)
    kind, _dash, key = request.POST.get("on", "").partition("-")  # line-12, section-3, or the whole
    line = _chosen(TemplateLine, key, row) if kind == "line" else None
    section = _chosen(TemplateSection, key, row) if kind == "section" else None
    text = request.POST.get("text", "")
    says = _("Đã ghi nhận xét")
    _did(request, lambda: note_on(by=request.mandate, row=row, text=text, line=line, section=section), says)
    return redirect(row)


def _chosen(model: Any, said: str, row: Return) -> Any:
    return (
        model.objects.filter(pk=int(said), template=row.round.template_id).first() if said.isdigit() else None
    )


@needs(Verb.READ)
@require_POST
def settle(request: MandatedRequest, pk: int) -> HttpResponse:
    rows = Note.objects.filter(version__parent__in=Return.objects.filter(scope(request.mandate)))
    found = get_object_or_404(rows.select_related("version__parent__unit"), pk=pk)
    _did(request, lambda: settle_note(by=request.mandate, note=found))
    return redirect("returns:page", pk=found.version.parent_id)


@needs(Verb.READ)
@require_POST
def take(request: MandatedRequest, pk: int) -> HttpResponse:
    """A line of a section becomes the draft of a task or a proposal."""
    row = found_return(request, pk)
    section = _chosen(TemplateSection, request.POST.get("section", ""), row)
    if section is None:
        raise Http404
    digest = request.POST.get("digest", "")
    says = _("Đã lập dự thảo từ dòng này")
    _did(request, lambda: take_line(by=request.mandate, row=row, section=section, digest=digest), says)
    return redirect(row)


def _did(request: MandatedRequest, act: Callable[[], object], says: str = "") -> bool:
    """Whether the act went through; either way its reader is told."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    if says:
        done(request, says)
    return True


def _context(request: MandatedRequest, paper: Paper, form: ReturnForm | None = None) -> dict[str, Any]:
    row, by = paper.row, request.mandate
    faults = paper.faults if paper.version else []
    notes = notes_on(paper.version)
    by_line = faults_by_line(faults)
    return {
        "row": row,
        "standing": Standing(row, timezone.localdate()),
        "paper": paper,
        "version": paper.version,
        "headings": [
            (title, [_line(paper, line, by_line.get(line.pk, ()), notes, form) for line in lines])
            for title, lines in paper.headings
        ],
        "sections": _sections(request, paper, faults, notes, form),
        "faults": faults,
        "must": [fault for fault in faults if fault.level == Level.MUST],
        "explain": [fault for fault in faults if fault.level == Level.EXPLAIN],
        "in_the_way": paper.standing_in_the_way if paper.version else [],
        "notes": notes,
        "whole_notes": [one for one in notes if one.line_id is None and one.section_id is None],
        "versions": versions_of(row),
        "chases": list(row.chases.all()) if row.times_chased else [],
        "deeds": _deeds(request, row, paper),
        "writes": may_fill(by, row).ok,
        "crumbs": _trail(row),
    }


def _trail(row: Return) -> Crumbs:
    return crumbs((str(row.round), row.round.get_absolute_url()), (row.unit.title, ""))


def _line(
    paper: Paper, line: TemplateLine, faults: Sequence[Fault], notes: Sequence[Note], form: ReturnForm | None
) -> LineShown:
    names = {"value": "v", "second": "s", "words": "w", "none": "n", "why": "x"}
    fields = {
        name: form[f"{letter}{line.pk}"]
        for name, letter in names.items()
        if form is not None and f"{letter}{line.pk}" in form.fields
    }
    return LineShown(
        line,
        paper.figures.get(line.pk),
        _told(line, paper.before.get(line.pk)),
        faults,
        [one for one in notes if one.line_id == line.pk],
        paper.explanations.get(line.pk, ""),
        fields,
    )


def _told(line: TemplateLine, cell: Cell | None) -> str:
    if cell is None:
        return ""
    if not cell.applicable:
        return _("không phát sinh")
    if cell.value is None:
        return cell.words
    if line.indicator.kind == Kind.RATIO and cell.second is not None:
        return f"{plain(cell.value)}/{plain(cell.second)}"
    return plain(cell.value)


def _sections(
    request: MandatedRequest,
    paper: Paper,
    faults: Sequence[Fault],
    notes: Sequence[Note],
    form: ReturnForm | None,
) -> list[SectionShown]:
    lines = takeable(request.mandate, paper) if form is None else {}
    return [
        SectionShown(
            section,
            paper.passages.get(section.pk, ""),
            [fault for fault in faults if fault.section == section.pk],
            [one for one in notes if one.section_id == section.pk],
            form[f"p{section.pk}"] if form else None,
            lines.get(section.pk, ()),
        )
        for section in paper.sections
    ]


def _deeds(request: MandatedRequest, row: Return, paper: Paper) -> Deeds:
    by, state = request.mandate, State(row.state)
    fills = may_fill(by, row).ok
    heads = may(by, Verb.APPROVE_RETURN, row).ok
    takes = may(by, Verb.ACCEPT_RETURN, row).ok
    return Deeds(
        begin=fills and state == State.NOT_BEGUN,
        edit=fills and row.is_open,
        submit=may(by, Verb.REPORT, row).ok and row.is_open,
        approve=_approval(request, paper) if heads and state == State.SUBMITTED else None,
        send_back=(heads and state == State.SUBMITTED) or (takes and state == State.APPROVED),
        accept=takes and state == State.APPROVED,
        reopen=takes and state in (State.ACCEPTED, State.LOCKED),
        note=(heads or takes or fills) and state not in (State.NOT_BEGUN, State.LOCKED),
        extend=may(by, Verb.KEEP_RETURNS, row).ok and not row.is_handed_in,
        workbook=fills and state != State.NOT_BEGUN,
    )


def _approval(request: MandatedRequest, paper: Paper) -> Verdict:
    if paper.version and paper.version.submitted_by_username == request.mandate.user.username:
        return Verdict(False, _("Bạn đã trình báo cáo này nên người khác phải duyệt."))
    return Verdict(True)

"""Workbooks of returns: one drawn up, many received, what each would change, and writing it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.returns.actions.workbooks import (
    draw_workbook,
    drop_workbook,
    queue_ready,
    read_file,
    receive_workbooks,
    write_workbook,
)
from thongsuot.returns.enums import WRITABLE, FileState
from thongsuot.returns.jobs import read_return_workbook, write_return_workbook
from thongsuot.returns.models import WorkbookBatch, WorkbookFile
from thongsuot.returns.policies import scope
from thongsuot.returns.views.frame import crumbs, found_return, may_send, return_tabs
from thongsuot.returns.workbooks.layout import MAX_BYTES
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web import excel
from thongsuot.web.batches import LOOKS, BatchFiles
from thongsuot.web.downloads import download
from thongsuot.web.editing import seen_in, show_form
from thongsuot.web.lists import is_fragment
from thongsuot.web.toasts import done

AT_ONCE = 1  # files read before the page answers; more are left to workers


@dataclass(frozen=True, slots=True)
class FileShown:
    file: WorkbookFile

    @property
    def state(self) -> str:
        return self.file.state

    @property
    def queued(self) -> bool:
        return self.file.queued

    @property
    def look(self) -> tuple[str, str]:
        return LOOKS[self.file.state]

    @property
    def conflicts(self) -> int:
        return sum(bool(one["conflict"]) for one in self.file.changes)

    @property
    def says(self) -> str:
        """The one line of the batch: what became of it."""
        if self.file.trouble:
            return str(self.file.trouble)
        if self.file.faults:
            return str(self.file.faults[0]["says"])
        return ""


@dataclass(frozen=True, slots=True)
class BatchPage(BatchFiles):
    files: Sequence[FileShown]
    batch: WorkbookBatch


@needs(Verb.READ)
@require_GET
def draw(request: MandatedRequest, pk: int) -> HttpResponse:
    row = found_return(request, pk)
    try:
        data = draw_workbook(by=request.mandate, row=row)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    return download(data, excel.TYPE, f"bao-cao-{row.unit.code}-{row.round.period.code}.xlsx")


@needs(Verb.READ)
def batches(request: MandatedRequest) -> HttpResponse:
    """What came in before, and the place to send more."""
    if not may_send(request):
        raise Http404
    if request.method == "POST":
        files = [(file.name or "", file.read()) for file in request.FILES.getlist("file")]
        try:
            batch = receive_workbooks(by=request.mandate, files=files)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            return _received(batch)
    rows = _batches(request).annotate(
        many=Count("files"),
        faulty=Count("files", filter=Q(files__state=FileState.FAULTY)),
        open=Count("files", filter=Q(files__state__in=[*WRITABLE, FileState.WAITING])),
        written=Count("files", filter=Q(files__state=FileState.APPLIED)),
    )
    context = {
        "batches": rows[:50],
        "max_bytes": MAX_BYTES,
        "tabs": return_tabs(request, "workbooks"),
        "crumbs": crumbs((_("Nạp từ Excel"), "")),
    }
    return show_form(request, "returns/workbooks.html", context)


def _received(batch: WorkbookBatch) -> HttpResponse:
    keys = list(batch.files.values_list("pk", flat=True))
    if len(keys) <= AT_ONCE:
        read_file(keys[0])
        return redirect("returns:file", pk=keys[0])
    for key in keys:
        read_return_workbook.enqueue(key)
    return redirect(batch)


@needs(Verb.READ)
@require_GET
def batch(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _batch(request, pk)
    rows = (
        found.files.select_related("parent__unit", "parent__round__period")
        .defer("data")
        .order_by("name", "pk")
    )
    page = BatchPage([FileShown(file) for file in rows], found)
    context = {"page": page, "crumbs": _crumbs((f"{found.received_at:%d-%m-%Y}", ""))}
    template = "returns/batch_files.html" if is_fragment(request, "batch-files") else "returns/batch.html"
    return render(request, template, context)


@needs(Verb.READ)
@require_POST
def write_ready(request: MandatedRequest, pk: int) -> HttpResponse:
    """Every file that is ready, by workers; what is faulty or in conflict stays."""
    found = _batch(request, pk)
    try:
        keys = queue_ready(by=request.mandate, batch=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        for key in keys:
            write_return_workbook.enqueue(key)
        told = ngettext("Đang ghi %(count)d tệp.", "Đang ghi %(count)d tệp.", len(keys))
        done(request, told % {"count": len(keys)})
    return redirect(found)


@needs(Verb.READ)
@require_GET
def one_file(request: MandatedRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    shown = FileShown(file)
    context = {
        "file": file,
        "shown": shown,
        "may_write": file.state in WRITABLE and not file.queued,
        "crumbs": _crumbs(
            (f"{file.batch.received_at:%d-%m-%Y}", file.batch.get_absolute_url()), (file.name, "")
        ),
    }
    return render(request, "returns/file.html", context)


@needs(Verb.READ)
@require_POST
def write_file(request: MandatedRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    try:
        file = write_workbook(
            by=request.mandate, file=file, chosen=request.POST.getlist("take"), seen=seen_in(request.POST)
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("returns:file", pk=pk)
    if file.state == FileState.APPLIED and file.parent is not None:
        done(request, _("Đã ghi tệp vào báo cáo"))
        return redirect("returns:edit", pk=file.parent.pk)
    messages.error(request, file.trouble)
    return redirect("returns:file", pk=pk)


@needs(Verb.READ)
@require_POST
def drop_file(request: MandatedRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    try:
        drop_workbook(by=request.mandate, file=file, seen=seen_in(request.POST))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("returns:file", pk=pk)
    done(request, _("Đã bỏ tệp %(file)s") % {"file": file.name})
    return redirect(file.batch)


def _batches(request: MandatedRequest) -> QuerySet[WorkbookBatch]:
    return WorkbookBatch.objects.filter(scope(request.mandate)).select_related("unit")


def _batch(request: MandatedRequest, pk: int) -> WorkbookBatch:
    found = _batches(request).filter(pk=pk).first()
    if found is None or not may_send(request):
        raise Http404
    return found


def _file(request: MandatedRequest, pk: int) -> WorkbookFile:
    rows = WorkbookFile.objects.filter(batch__in=_batches(request).values("pk")).defer("data")
    joined = rows.select_related(
        "batch__unit", "parent__unit", "parent__round__template", "parent__round__period"
    )
    file = joined.filter(pk=pk).first()
    if file is None or not may_send(request):
        raise Http404
    return file


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return crumbs((_("Nạp từ Excel"), reverse("returns:workbooks")), *more)

"""Workbooks coming in: batches, how far each file is, what it would change, and writing it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.staffing.actions.imports import (
    apply_import,
    drop_import,
    queue_ready,
    receive_batch,
    unit_template,
)
from thongsuot.staffing.enums import FileState
from thongsuot.staffing.forms.places import BatchForm
from thongsuot.staffing.importing.packing import packed
from thongsuot.staffing.importing.sheets import MAX_BYTES
from thongsuot.staffing.importing.words import ChangeShown, PlaceShown, people_changes, place_changes
from thongsuot.staffing.jobs import read_staff_file, take_up_files, write_staff_file
from thongsuot.staffing.models import ImportBatch, ImportFile, Person, Position
from thongsuot.staffing.policies import scope, unit_scope
from thongsuot.staffing.views.registers.frame import found_unit
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import units_on
from thongsuot.web import excel
from thongsuot.web.batches import LOOKS, BatchFiles
from thongsuot.web.downloads import download
from thongsuot.web.editing import seen_in, show_form
from thongsuot.web.lists import is_fragment
from thongsuot.web.once import repeatable
from thongsuot.web.toasts import done

KEEPS = (Verb.KEEP_STAFF, Verb.NAME_STAFF)
SUMS = ("places", "people", "full", "combined", "secondment", "quota")


@dataclass(frozen=True, slots=True)
class FileShown:
    file: ImportFile
    errors: int
    warnings: int

    @property
    def state(self) -> str:
        return self.file.state

    @property
    def look(self) -> tuple[str, str]:
        return LOOKS[self.file.state]

    @property
    def counts(self) -> Mapping[str, int]:
        counts: Mapping[str, int] = self.file.difference.get("counts", {})
        return counts

    @property
    def queued(self) -> bool:
        return self.file.queued_for_id is not None

    @property
    def reconciled(self) -> bool:
        """What stands in the registers after writing is what the difference promised."""
        found = self.file.difference
        return "written" not in found or found["written"] == found["after"]


@dataclass(frozen=True, slots=True)
class SumLine:
    name: str
    before: int
    after: int
    written: int | None

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class BatchPage(BatchFiles):
    files: Sequence[FileShown]
    batch: ImportBatch
    sums: Sequence[SumLine]

    @property
    def unreconciled(self) -> int:
        return sum(not one.reconciled for one in self.files)


@needs(*KEEPS)
def imports(request: MandatedRequest) -> HttpResponse:
    """What came in before, and the place to send more."""
    form = BatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        files = [(file.name or "", file.read()) for file in request.FILES.getlist("file")]
        try:
            batch = receive_batch(by=request.mandate, on=form.cleaned_data["on"], files=files)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            for key in batch.files.values_list("pk", flat=True):
                read_staff_file.enqueue(key)
            return redirect(batch)
    rows = _batches(request)[:50].annotate(
        many=Count("files"),
        faulty=Count("files", filter=Q(files__state=FileState.FAULTY)),
        open=Count(
            "files", filter=Q(files__state__in=[FileState.READY, FileState.CONFLICT, FileState.WAITING])
        ),
        applied=Count("files", filter=Q(files__state=FileState.APPLIED)),
    )
    context = {
        "form": form,
        "batches": rows,
        "max_bytes": MAX_BYTES,
        "unit": request.mandate.unit,
        "crumbs": [(_("Nhân sự"), reverse("staffing:board")), (_("Nạp từ Excel"), "")],
    }
    return show_form(request, "staffing/imports.html", context)


@needs(*KEEPS)
@require_GET
def batch(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _batch(request, pk)
    page = _page(found)
    crumbs = [
        (_("Nhân sự"), reverse("staffing:board")),
        (_("Nạp từ Excel"), reverse("staffing:imports")),
        (f"{found.on:%d-%m-%Y}", ""),
    ]
    context = {"page": page, "crumbs": crumbs}
    template = "staffing/batch_files.html" if is_fragment(request, "batch-files") else "staffing/batch.html"
    return render(request, template, context)


@needs(*KEEPS)
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
            write_staff_file.enqueue(key)
        told = ngettext("Đang ghi %(count)d tệp vào sổ.", "Đang ghi %(count)d tệp vào sổ.", len(keys))
        done(request, told % {"count": len(keys)})
    return redirect(found)


@needs(*KEEPS)
@require_POST
@repeatable
def take_up(request: MandatedRequest, pk: int) -> HttpResponse:
    """Files that still wait although no worker knows of them are queued again."""
    found = _batch(request, pk)
    if many := take_up_files(found.pk):
        told = ngettext(
            "Đã xếp lại %(count)d tệp cho máy đọc.", "Đã xếp lại %(count)d tệp cho máy đọc.", many
        )
        done(request, told % {"count": many})
    else:
        messages.info(request, _("Các tệp đang chờ đều đã có máy nhận; trang này tự cập nhật."))
    return redirect(found)


@needs(*KEEPS)
@require_GET
def batch_file(request: MandatedRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    names = dict(
        Person.objects.filter(
            number__in=[one["number"] for one in file.difference.get("people", ())]
        ).values_list("number", "full_name")
    )
    positions = {position.code: position.brief for position in Position.objects.filter(valid_to=None)}
    people: list[ChangeShown] = people_changes(file.difference, names, positions)
    places: list[PlaceShown] = place_changes(file.difference, positions)
    shown = _shown(file)
    context = {
        "shown": shown,
        "file": file,
        "people": people,
        "places": places,
        "sums": _sums([shown]),
        "errors": [fault for fault in file.faults if fault["level"] == "error"],
        "warnings": [fault for fault in file.faults if fault["level"] == "warning"],
        "may_write": file.state in (FileState.READY, FileState.CONFLICT) and not shown.queued,
        "may_drop": file.state in (FileState.READY, FileState.CONFLICT, FileState.FAULTY),
        "conflict": file.state == FileState.CONFLICT,
        "crumbs": [
            (_("Nhân sự"), reverse("staffing:board")),
            (_("Nạp từ Excel"), reverse("staffing:imports")),
            (f"{file.batch.on:%d-%m-%Y}", file.batch.get_absolute_url()),
            (file.name, ""),
        ],
    }
    return render(request, "staffing/batch_file.html", context)


@needs(*KEEPS)
@require_POST
def write_file(request: MandatedRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    accept = request.POST.get("accept") == "1"
    try:
        file = apply_import(by=request.mandate, file=file, accept=accept, seen=seen_in(request.POST))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("staffing:batch-file", pk=pk)
    if file.state == FileState.APPLIED:
        done(request, _("Đã ghi tệp %(file)s vào sổ.") % {"file": file.name})
        return redirect(file.batch)
    messages.error(request, file.trouble)
    return redirect("staffing:batch-file", pk=pk)


@needs(*KEEPS)
@require_POST
def drop_file(request: MandatedRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    try:
        drop_import(by=request.mandate, file=file, seen=seen_in(request.POST))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("staffing:batch-file", pk=pk)
    done(request, _("Đã bỏ tệp %(file)s.") % {"file": file.name})
    return redirect(file.batch)


@needs(*KEEPS)
@require_GET
def template(request: MandatedRequest, pk: int) -> HttpResponse:
    """The workbook of a unit with what the registers hold today."""
    unit = found_unit(request, pk)
    try:
        data = unit_template(by=request.mandate, unit=unit, on=timezone.localdate())
    except Refused as refusal:
        raise Http404 from refusal
    return download(data, excel.TYPE, f"nhan-su-{unit.code}.xlsx")


@needs(*KEEPS)
@require_GET
def templates(request: MandatedRequest) -> StreamingHttpResponse:
    """The workbooks of all communes within reach as one archive, sent while they are drawn up."""
    on = timezone.localdate()
    units = list(units_on(on).filter(unit_scope(request.mandate), tier=Tier.COMMUNE).order_by("code"))
    if not units:
        raise Http404
    answer = StreamingHttpResponse(
        packed(_workbooks(request.mandate, units, on)), content_type="application/zip"
    )
    answer["Content-Disposition"] = f'attachment; filename="nhan-su-{on:%Y-%m-%d}.zip"'
    return answer


def _workbooks(by: Mandate, units: Sequence[Unit], on: date) -> Iterator[tuple[str, bytes]]:
    """Drawn up after the view has answered, in the language it was asked in."""
    language = get_language() or "vi"
    for unit in units:
        with override(language):
            yield f"nhan-su-{unit.code}.xlsx", unit_template(by=by, unit=unit, on=on)


def _batches(request: MandatedRequest) -> QuerySet[ImportBatch]:
    return ImportBatch.objects.filter(scope(request.mandate)).select_related("unit")


def _batch(request: MandatedRequest, pk: int) -> ImportBatch:
    found = _batches(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _file(request: MandatedRequest, pk: int) -> ImportFile:
    rows = ImportFile.objects.filter(batch__in=_batches(request).values("pk")).defer("data")
    file = rows.select_related("batch__unit", "unit").filter(pk=pk).first()
    if file is None:
        raise Http404
    return file


def _page(found: ImportBatch) -> BatchPage:
    rows = found.files.select_related("unit").defer("data").order_by("name", "pk")
    files = [_shown(file) for file in rows]
    return BatchPage(files, found, _sums(files))


def _shown(file: ImportFile) -> FileShown:
    levels = [fault["level"] for fault in file.faults]
    return FileShown(file, levels.count("error"), levels.count("warning"))


def _sums(files: Sequence[FileShown]) -> list[SumLine]:
    """Over every file with a difference; `written` once all of those that were to be written are."""
    told: list[Mapping[str, Any]] = [one.file.difference for one in files if one.file.difference]
    if not told:
        return []
    names = {
        "places": _("Số chỗ trong khung"),
        "people": _("Người"),
        "full": _("Vị trí chính thức"),
        "combined": _("Kiêm nhiệm"),
        "secondment": _("Biệt phái đến"),
        "quota": _("Biên chế được giao"),
    }
    written = [one for one in told if "written" in one]
    return [
        SumLine(
            names[name],
            sum(one["before"].get(name, 0) for one in told),
            sum(one["after"].get(name, 0) for one in told),
            sum(one["written"].get(name, 0) for one in written) if len(written) == len(told) else None,
        )
        for name in SUMS
    ]

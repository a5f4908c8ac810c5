from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from thongsuot.audit.history import moments
from thongsuot.intake import confirming, editing
from thongsuot.intake.enums import DraftKind, Family
from thongsuot.intake.forms import PastedTextForm
from thongsuot.intake.models import Draft
from thongsuot.intake.policies import may
from thongsuot.intake.queries import intake_figures, reading_page, visible_drafts
from thongsuot.intake.receiving import Receipt, read_again, receive_report
from thongsuot.intake.tables import DraftFilter, DraftTable
from thongsuot.kernel.verdicts import Refused
from thongsuot.oversight.models import Visit
from thongsuot.oversight.queries import visible_visits
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.lists import list_page

_NO_FILE = gettext_lazy("Chưa chọn tệp nào. Chọn tệp .docx, .pdf hoặc .txt rồi bấm Tiếp nhận.")


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one uploaded file."""

    name: str
    receipt: Receipt | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """What was typed into a box and could not be taken; shown in the box again with the reason."""

    name: str
    typed: str
    reason: str


@needs(Verb.INTAKE)
@require_GET
def drafts(request: MandatedRequest) -> HttpResponse:
    by = request.mandate
    found = DraftFilter(request.GET, queryset=visible_drafts(by))
    return list_page(
        request,
        table_class=DraftTable,
        filterset=found,
        template="intake/drafts.html",
        context={
            **intake_figures(by),
            "pasted": PastedTextForm(),
            "max_bytes": settings.SOURCE_MAX_BYTES,
            "help": _("Word, PDF, văn bản thuần hoặc bản quét; mỗi tệp tối đa %(limit)s MB.")
            % {"limit": settings.SOURCE_MAX_BYTES // 1024**2},
        },
        file_name="ban-nhap",
    )


@needs(Verb.INTAKE)
@require_POST
def receive(request: MandatedRequest) -> HttpResponse:
    """One or many files; each is taken or refused on its own. The drop zone sends them one by one."""
    visit = _visit(request)
    results = [_receive(request, file, visit) for file in request.FILES.getlist("file")]
    if request.accepts("text/html"):
        if not results:
            messages.error(request, _NO_FILE)
        return _after_receiving(request, results)
    return (
        _answer(results[0]) if results else JsonResponse({"ok": False, "message": str(_NO_FILE)}, status=422)
    )


@needs(Verb.INTAKE)
@require_POST
def paste(request: MandatedRequest) -> HttpResponse:
    form = PastedTextForm(request.POST)
    if not form.is_valid():
        for problem in form.errors.values():
            messages.error(request, " ".join(str(reason) for reason in problem))
        return redirect("intake:drafts")
    name = form.cleaned_data["name"] or _first_line(form.cleaned_data["text"])
    result = _attempt(request, f"{name}.txt", lambda: form.cleaned_data["text"].encode())
    return _after_receiving(request, [result])


@needs(Verb.INTAKE)
@require_GET
def draft(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _draft(request, pk)
    context = {
        "page": reading_page(found, request.mandate),
        "events": moments(found),
        "crumbs": [(_("Tiếp nhận"), reverse("intake:drafts")), (str(found), "")],
        "may_confirm": may(request.mandate, Verb.CONFIRM, found),
        "may_undo": may(request.mandate, Verb.UNDO, found),
    }
    return render(request, "intake/draft.html", context)


@needs(Verb.INTAKE)
@require_POST
def fix_meeting(request: MandatedRequest, pk: int, name: str) -> HttpResponse:
    def act(found: Draft, typed: str, seen: str) -> Draft:
        return editing.fix_meeting(by=request.mandate, draft=found, name=name, typed=typed, seen=seen)

    return _fix(request, pk, name, act, part="meeting")


@needs(Verb.INTAKE)
@require_POST
def fix_item(request: MandatedRequest, pk: int, key: str, name: str) -> HttpResponse:
    def act(found: Draft, typed: str, seen: str) -> Draft:
        return editing.fix_item(by=request.mandate, draft=found, key=key, name=name, typed=typed, seen=seen)

    return _fix(request, pk, name, act, part="card", key=key)


@needs(Verb.INTAKE)
@require_POST
def remove_item(request: MandatedRequest, pk: int, key: str) -> HttpResponse:
    return _act(request, pk, lambda found: editing.remove_item(by=request.mandate, draft=found, key=key), key)


@needs(Verb.INTAKE)
@require_POST
def restore_item(request: MandatedRequest, pk: int, key: str) -> HttpResponse:
    return _act(
        request, pk, lambda found: editing.restore_item(by=request.mandate, draft=found, key=key), key
    )


@needs(Verb.INTAKE)
@require_POST
def add_item(request: MandatedRequest, pk: int) -> HttpResponse:
    """Words selected in the text become a record; the page comes back whole, for its marks change."""
    found = _draft(request, pk)
    try:
        family = Family(request.POST.get("family", ""))
        start, end = int(request.POST.get("start", "")), int(request.POST.get("end", ""))
        _found, item = editing.add_item(by=request.mandate, draft=found, family=family, start=start, end=end)
    except ValueError:
        messages.error(request, _("Hãy chọn một đoạn chữ trong văn bản rồi bấm loại bản ghi cần thêm."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        return _to(request, reverse("intake:draft", args=[pk]) + f"#light-{item.key}")
    return _to(request, reverse("intake:draft", args=[pk]))


@needs(Verb.INTAKE)
@require_POST
def read_otherwise(request: MandatedRequest, pk: int) -> HttpResponse:
    """The same text read as the other kind."""
    found = _draft(request, pk)
    try:
        kind = DraftKind(request.POST.get("kind", ""))
        read_again(by=request.mandate, draft=found, kind=kind)
    except ValueError:
        messages.error(request, _("Không có loại bản nháp này."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã đọc lại: %(kind)s.") % {"kind": kind.label})
    return _to(request, reverse("intake:draft", args=[pk]))


@needs(Verb.CONFIRM)
@require_POST
def confirm(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _draft(request, pk)
    try:
        confirmed = confirming.confirm_draft(by=request.mandate, draft=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _to(request, reverse("intake:draft", args=[pk]))
    count = len(confirmed.written)
    messages.success(
        request,
        ngettext("Đã ghi %(count)s bản ghi vào sổ.", "Đã ghi %(count)s bản ghi vào sổ.", count)
        % {"count": count},
    )
    return _to(request, reverse("intake:draft", args=[pk]))


@needs(Verb.UNDO)
@require_POST
def undo(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _draft(request, pk)
    try:
        confirming.undo_confirmation(by=request.mandate, draft=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Đã hoàn tác: mọi bản ghi của văn bản này đã rút khỏi sổ, bản nháp mở lại.")
        )
    return _to(request, reverse("intake:draft", args=[pk]))


@needs(Verb.INTAKE)
@require_POST
def discard(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _draft(request, pk)
    try:
        editing.discard_draft(by=request.mandate, draft=found, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _to(request, reverse("intake:draft", args=[pk]))
    messages.success(request, _("Đã bỏ bản nháp. Có thể mở lại từ danh sách khi cần."))
    return _to(request, reverse("intake:drafts"))


@needs(Verb.INTAKE)
@require_POST
def reopen(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _draft(request, pk)
    try:
        editing.reopen_draft(by=request.mandate, draft=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to(request, reverse("intake:draft", args=[pk]))


def _draft(request: MandatedRequest, pk: int) -> Draft:
    return get_object_or_404(visible_drafts(request.mandate).defer(None), pk=pk)


def _visit(request: MandatedRequest) -> Visit | None:
    """The visit of a timetable from whose page the file was sent; one beyond reach does not exist."""
    typed = request.POST.get("visit", "")
    return get_object_or_404(visible_visits(request.mandate), pk=typed) if typed.isdigit() else None


def _receive(request: MandatedRequest, file: "UploadedFile[bytes]", visit: Visit | None = None) -> FileResult:
    name = file.name or _("không tên")
    if file.size and file.size > settings.SOURCE_MAX_BYTES:  # said before a byte of it is read
        limit = settings.SOURCE_MAX_BYTES // 1024**2
        return FileResult(
            name,
            refusal=_("Tệp lớn hơn %(limit)s MB. Tách nhỏ hoặc giảm độ phân giải bản quét rồi tải lại.")
            % {"limit": limit},
        )
    return _attempt(request, name, file.read, visit)


def _attempt(
    request: MandatedRequest, name: str, read: Callable[[], bytes], visit: Visit | None = None
) -> FileResult:
    try:
        receipt = receive_report(
            by=request.mandate, data=read(), name=name, max_bytes=settings.SOURCE_MAX_BYTES, visit=visit
        )
    except Refused as refusal:
        return FileResult(name, refusal=str(refusal))
    return FileResult(name, receipt=receipt)


def _answer(result: FileResult) -> JsonResponse:
    if result.receipt is None:
        return JsonResponse({"ok": False, "message": result.refusal}, status=422)
    address = reverse("intake:draft", args=[result.receipt.draft.pk])
    known = _("đã được tiếp nhận trước đây") if result.receipt.known else _("thành bản nháp")
    return JsonResponse({"ok": True, "message": known, "url": address})


def _after_receiving(request: MandatedRequest, results: list[FileResult]) -> HttpResponse:
    for result in results:
        if result.receipt is None:
            messages.error(request, f"{result.name}: {result.refusal}")
        elif result.receipt.known:
            messages.warning(
                request, _("%(name)s: tệp này đã được tiếp nhận trước đây.") % {"name": result.name}
            )
    taken = [result.receipt for result in results if result.receipt]
    if len(taken) == 1:
        return redirect("intake:draft", pk=taken[0].draft.pk)
    return redirect("intake:drafts")


def _fix(
    request: MandatedRequest,
    pk: int,
    name: str,
    act: Callable[[Draft, str, str], Draft],
    *,
    part: str,
    key: str = "",
) -> HttpResponse:
    found = _draft(request, pk)
    typed = "; ".join(request.POST.getlist("value"))
    slip = None
    try:
        found = act(found, typed, request.POST.get("seen", ""))
    except Refused as refusal:
        slip = Slip(name, typed, str(refusal))
    return _part(request, found, part=part, key=key, slip=slip)


def _act(request: MandatedRequest, pk: int, act: Callable[[Draft], Draft], key: str) -> HttpResponse:
    found = _draft(request, pk)
    try:
        found = act(found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _part(request, found, part="card", key=key)


def _part(
    request: MandatedRequest, found: Draft, *, part: str, key: str, slip: Slip | None = None
) -> HttpResponse:
    """The changed part of the page, with the head that counts; the whole page where there is no JavaScript."""
    if not request.htmx:  # type: ignore[attr-defined]
        if slip:
            messages.error(request, slip.reason)
        return redirect(reverse("intake:draft", args=[found.pk]) + (f"#light-{key}" if key else ""))
    page = reading_page(found, request.mandate)
    card = next((card for group in page.groups for card in group.cards if card.item.key == key), None)
    context = {"page": page, "card": card, "slip": slip, "oob": True}
    return render(request, f"intake/draft.html#{part}-again", context)


def _to(request: MandatedRequest, address: str) -> HttpResponse:
    """Go to a page, also when the form was sent by htmx."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _first_line(text: str) -> str:
    return next((line.strip()[:80] for line in text.splitlines() if line.strip()), _("Văn bản dán"))

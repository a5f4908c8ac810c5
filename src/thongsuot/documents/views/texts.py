"""Versions of a document, its points, and the page of one point."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from thongsuot.documents.actions import add_version, keep_points, origin_of_point, set_studied_by
from thongsuot.documents.enums import Audience, Change
from thongsuot.documents.forms.register import AudiencesForm, PointsForm, VersionForm
from thongsuot.documents.models import Document, DocumentVersion, Point, TakenPoint, Uptake, Wording
from thongsuot.documents.policies import may_edit
from thongsuot.documents.queries import visible_documents
from thongsuot.documents.queries.cascade import taken_by, visible_uptakes
from thongsuot.documents.queries.text import (
    Compared,
    audiences_touched,
    compared,
    newest_version,
    origins_of_points,
    version_before,
    wordings_of,
)
from thongsuot.documents.views.files import kept_text
from thongsuot.documents.views.frame import under_document
from thongsuot.kernel.verdicts import Verdict
from thongsuot.matters.models import Matter, Origin
from thongsuot.matters.policies import scope as matter_scope
from thongsuot.matters.queries.doing import pieces_of
from thongsuot.matters.story import Story, story_of_origin
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done

CHANGE_TONES = {
    Change.SAME: ("plain", ""),
    Change.RENUMBERED: ("plain", "sort-ascending-numbers"),
    Change.CHANGED: ("due", "pencil"),
    Change.ADDED: ("calm", "plus"),
    Change.REMOVED: ("late", "minus"),
}
MOST_TOUCHED = 100


@needs(Verb.READ)
def version_new(request: MandatedRequest, pk: int) -> HttpResponse:
    document = _editable(request, pk)
    first = not document.versions.exists()
    form = VersionForm(document, first, request.POST or None, request.FILES or None)

    @transaction.atomic
    def act() -> DocumentVersion:
        said = form.cleaned_data
        source = kept_text(request, said["file"], said["text"], document.printed)
        return add_version(
            by=request.mandate,
            document=document,
            effective_on=said["effective_on"],
            amended_by=said.get("amended_by"),
            source=source,
            note=said["note"],
        )

    if request.method == "POST" and (added := tried(form, act)):
        done(request, _("Đã thêm bản %(number)d. Ghi các điểm của bản này.") % {"number": added.number})
        return redirect("documents:points", document.pk, added.number)
    title = _("Thêm nội dung văn bản") if first else _("Ghi bản sửa đổi")
    context = {"form": form, "title": title, "document": document, "crumbs": under_document(document, title)}
    return show_form(request, "documents/version_form.html", context)


@needs(Verb.READ)
def points(request: MandatedRequest, pk: int, number: int) -> HttpResponse:
    document = _editable(request, pk)
    version = get_object_or_404(document.versions.select_related("source"), number=number)
    kept = list(wordings_of(version))
    before = version_before(version)
    form = PointsForm(version, kept or (list(wordings_of(before)) if before else []), request.POST or None)

    def act() -> list[Wording]:
        return keep_points(by=request.mandate, version=version, points=form.points())

    if request.method == "POST" and (kept_now := tried(form, act)):
        done(
            request,
            ngettext("Đã ghi %(count)d điểm.", "Đã ghi %(count)d điểm.", len(kept_now))
            % {"count": len(kept_now)},
        )
        return redirect(version)
    title = _("Các điểm, bản %(number)d") % {"number": version.number}
    context = {
        "form": form,
        "title": title,
        "version": version,
        "document": document,
        "crumbs": under_document(document, title),
    }
    return show_form(request, "documents/points_form.html", context)


@dataclass(frozen=True, slots=True)
class Line:
    row: Compared
    label: str
    tone: tuple[str, str]
    pieces: Sequence[tuple[str, str]]

    @property
    def depth(self) -> int:
        wording = self.row.after or self.row.before
        return wording.depth if wording else 0


@dataclass(frozen=True, slots=True)
class VersionPage:
    version: DocumentVersion
    before: DocumentVersion | None
    lines: Sequence[Line]
    changed: int
    audiences: Sequence[str]
    uptakes: Sequence[Uptake]
    tasks: Sequence[Matter]
    may_edit: Verdict


@needs(Verb.READ)
def version(request: MandatedRequest, pk: int, number: int) -> HttpResponse:
    """A text, beside the one before it, and whom the difference touches."""
    document = get_object_or_404(visible_documents(request.mandate), pk=pk)
    shown = get_object_or_404(document.versions.select_related("amended_by", "source"), number=number)
    before = version_before(shown)
    lines = [_line(row) for row in compared(before, shown)]
    changed = [one.row.point for one in lines if one.row.change not in (Change.SAME, Change.RENUMBERED)]
    touched = audiences_touched(document).get(shown.number, frozenset())
    content = VersionPage(
        version=shown,
        before=before,
        lines=lines,
        changed=len(changed) if before else 0,
        audiences=[str(one.label) for one in Audience if one.value in touched],
        uptakes=list(visible_uptakes(request.mandate).filter(again=shown)[:MOST_TOUCHED]),
        tasks=_tasks_on(request, changed) if before else [],
        may_edit=may_edit(request.mandate, document),
    )
    context = {
        "page": content,
        "document": document,
        "crumbs": under_document(document, _("Bản %(number)d") % {"number": number}),
    }
    return render(request, "documents/version_page.html", context)


def _line(row: Compared) -> Line:
    moved = row.before is not None and row.after is not None and row.change == Change.CHANGED
    pieces = pieces_of(row.before.text, row.after.text) if moved and row.before and row.after else ()
    label = (row.after or row.before).label if (row.after or row.before) else ""  # type: ignore[union-attr]
    if row.before and row.after and row.before.label != row.after.label:
        label = f"{row.before.label} → {row.after.label}"
    return Line(row, label, CHANGE_TONES[row.change], pieces)


def _tasks_on(request: MandatedRequest, touched: Sequence[Point]) -> list[Matter]:
    origins = [origin.pk for origin in origins_of_points(touched).values()]
    rows = Matter.objects.filter(matter_scope(request.mandate), origin__in=origins, open=True)
    return list(rows.select_related("unit").order_by("due_on", "pk")[:MOST_TOUCHED])


@dataclass(frozen=True, slots=True)
class PointPage:
    point: Point
    wording: Wording
    earlier: Sequence[Wording]
    taken: Sequence[TakenPoint]
    origin: Origin | None
    story: Story | None
    may_edit: Verdict
    may_issue: bool
    may_propose: bool


@needs(Verb.READ)
def point(request: MandatedRequest, pk: int) -> HttpResponse:
    """What one point says, said before, and what came of it."""
    return _point_page(request, _point(request, pk))


def _point_page(request: MandatedRequest, shown: Point, form: AudiencesForm | None = None) -> HttpResponse:
    by = request.mandate
    worded = shown.wordings.select_related("version", "citation__source").order_by("-version__number")
    wordings = list(worded)
    origin = origins_of_points([shown]).get(shown.pk)
    content = PointPage(
        point=shown,
        wording=wordings[0],
        earlier=wordings[1:],
        taken=list(taken_by([shown.pk], by)[:MOST_TOUCHED]),
        origin=origin,
        story=story_of_origin(origin, by, timezone.localdate()) if origin else None,
        may_edit=may_edit(by, shown.document),
        may_issue=by.allows(Verb.ISSUE),
        may_propose=by.allows(Verb.PROPOSE),
    )
    newest = newest_version(shown.document)
    context = {
        "page": content,
        "gone": newest is not None and newest.pk != wordings[0].version_id,
        "form": form or AudiencesForm(initial={"audiences": shown.studied_by}),
        "studied_by": [str(one.label) for one in Audience if one.value in shown.studied_by],
        "crumbs": under_document(shown.document, shown.label),
    }
    return show_form(request, "documents/point_page.html", context)


@needs(Verb.READ)
@require_POST
def rest_on(request: MandatedRequest, pk: int) -> HttpResponse:
    """To the form of a task or a proposal that rests on this very point."""
    shown = _point(request, pk)
    wanted = request.POST.get("what", "")
    pages = {"task": (Verb.ISSUE, "matters:order-new"), "proposal": (Verb.PROPOSE, "matters:raise")}
    if wanted not in pages or not request.mandate.allows(pages[wanted][0]):
        raise Http404
    origin = origin_of_point(shown)
    return redirect(f"{reverse(pages[wanted][1])}?origin={origin.pk}")


@needs(Verb.READ)
@require_POST
def studied_by(request: MandatedRequest, pk: int) -> HttpResponse:
    shown = _point(request, pk)
    if not may_edit(request.mandate, shown.document):
        raise Http404
    form = AudiencesForm(request.POST)

    def act() -> Any:
        return set_studied_by(by=request.mandate, point=shown, audiences=form.cleaned_data["audiences"])

    if tried(form, act) is None:
        return _point_page(request, shown, form)
    done(request, _("Đã ghi đối tượng phải học."))
    return redirect(shown)


def _point(request: MandatedRequest, pk: int) -> Point:
    seen = visible_documents(request.mandate).values("pk")
    return get_object_or_404(Point.objects.filter(document__in=seen).select_related("document"), pk=pk)


def _editable(request: MandatedRequest, pk: int) -> Document:
    document = get_object_or_404(visible_documents(request.mandate), pk=pk)
    if not may_edit(request.mandate, document):
        raise Http404
    return document

"""How far a document has been studied: by audience and unit, session by session."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from thongsuot.documents.actions import erase_rolls, record_study, remove_study, set_circle
from thongsuot.documents.enums import Audience
from thongsuot.documents.forms.study import CircleForm, StudyForm
from thongsuot.documents.models import Document, RollEntry, StudySession
from thongsuot.documents.policies import may_edit, may_study
from thongsuot.documents.queries import visible_documents
from thongsuot.documents.queries.study import Studied, studied, studying_units, visible_sessions
from thongsuot.documents.queries.text import newest_version
from thongsuot.documents.views.frame import under_document
from thongsuot.kernel.verdicts import Refused
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done

NEWEST = 50


@dataclass(frozen=True, slots=True)
class StudyPage:
    document: Document
    studied: Studied | None
    sessions: Sequence[StudySession]
    may_record: bool
    may_erase: bool


@needs(Verb.READ)
def study(request: MandatedRequest, pk: int) -> HttpResponse:
    return _show(request, _document(request, pk))


def _show(request: MandatedRequest, document: Document, circle: CircleForm | None = None) -> HttpResponse:
    by = request.mandate
    sessions = visible_sessions(by).filter(version__document=document)
    page = StudyPage(
        document=document,
        studied=studied(document, studying_units(document, by), by),
        sessions=list(sessions.order_by("-held_on", "-pk")[:NEWEST]),
        may_record=bool(may_study(by)),
        may_erase=bool(may_edit(by, document))
        and RollEntry.objects.filter(session__version__document=document).exists(),
    )
    context = {
        "page": page,
        "circle": circle or CircleForm(),
        "places": by.places,
        "crumbs": under_document(document, _("Học tập, quán triệt")),
    }
    return show_form(request, "documents/study_page.html", context)


@needs(Verb.READ)
def study_new(request: MandatedRequest, pk: int) -> HttpResponse:
    document = _document(request, pk)
    version = newest_version(document)
    if not may_study(request.mandate) or version is None:
        raise Http404
    form = StudyForm(request.POST or None)

    def act() -> StudySession:
        said = form.cleaned_data
        return record_study(
            by=request.mandate,
            version=version,
            audience=Audience(said["audience"]),
            held_on=said["held_on"],
            heads=form.heads(),
            place=said["place"],
            roll=form.names(),
        )

    if request.method == "POST" and tried(form, act) is not None:
        done(request, _("Đã ghi buổi học tập."))
        return redirect("documents:study", document.pk)
    context: dict[str, Any] = {
        "form": form,
        "document": document,
        "version": version,
        "crumbs": under_document(document, _("Ghi buổi học tập")),
    }
    return show_form(request, "documents/study_form.html", context)


@needs(Verb.READ)
@require_POST
def circle(request: MandatedRequest, pk: int) -> HttpResponse:
    document = _document(request, pk)
    if not may_study(request.mandate) or "heads" not in request.POST:
        raise Http404
    form = CircleForm(request.POST)

    def act() -> object:
        said = form.cleaned_data
        return set_circle(
            by=request.mandate,
            document=document,
            audience=Audience(said["audience"]),
            heads=said["heads"],
        )

    if tried(form, act) is None:
        return _show(request, document, form)
    done(request, _("Đã ghi số người thuộc đối tượng."))
    return redirect("documents:study", document.pk)


@needs(Verb.READ)
@require_POST
def study_remove(request: MandatedRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(visible_sessions(request.mandate), pk=pk)
    try:
        remove_study(by=request.mandate, session=session)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, _("Đã xóa buổi học tập."))
    return redirect("documents:study", session.version.document_id)


@needs(Verb.READ)
@require_POST
def erase(request: MandatedRequest, pk: int) -> HttpResponse:
    document = _document(request, pk)
    if not may_edit(request.mandate, document):
        raise Http404
    count = erase_rolls(by=request.mandate, document=document)
    told = ngettext(
        "Đã xóa %(count)d mã trong danh sách dự học; số liệu vẫn giữ.",
        "Đã xóa %(count)d mã trong danh sách dự học; số liệu vẫn giữ.",
        count,
    )
    done(request, told % {"count": count})
    return redirect("documents:study", document.pk)


def _document(request: MandatedRequest, pk: int) -> Document:
    return get_object_or_404(visible_documents(request.mandate), pk=pk)

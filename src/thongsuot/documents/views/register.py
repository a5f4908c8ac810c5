"""The register: its list, the page of a document, its entry."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.audit.history import Moment, moments
from thongsuot.documents.actions import add_version, edit_document, enter_document, remove_document
from thongsuot.documents.enums import Force
from thongsuot.documents.forms.register import DocumentForm, NewDocumentForm
from thongsuot.documents.models import (
    Directive,
    Document,
    DocumentCitation,
    DocumentVersion,
    Uptake,
    Wording,
)
from thongsuot.documents.policies import may, may_edit, may_enter
from thongsuot.documents.queries import citations_of, force, origin_known, visible_documents, with_force
from thongsuot.documents.queries.cascade import taking_up, visible_directives
from thongsuot.documents.queries.text import wordings_of
from thongsuot.documents.tables import DocumentFilter, DocumentTable
from thongsuot.documents.tables.register import FORCE_TONES
from thongsuot.documents.views.files import kept_text
from thongsuot.kernel.verdicts import Refused, Verdict
from thongsuot.matters.models import Answer, Origin
from thongsuot.matters.queries import answers_resting_on
from thongsuot.sources.queries import sentence
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form, tried
from thongsuot.web.lists import PAGE_SIZES, list_page
from thongsuot.web.toasts import done


@needs(Verb.READ)
def documents(request: MandatedRequest) -> HttpResponse:
    seen = with_force(visible_documents(request.mandate), timezone.localdate())
    rows = DocumentFilter(request.GET, queryset=seen, request=request)
    return list_page(
        request,
        table_class=DocumentTable,
        filterset=rows,
        template="documents/document_list.html",
        context={
            "crumbs": [(_("Văn bản"), "")],
            "summary": _summary(rows.qs),
            "may_enter": may_enter(request.mandate),
        },
        file_name="van-ban",
    )


def _summary(documents: QuerySet[Document]) -> dict[str, int]:
    bare = Document.objects.filter(pk__in=documents.order_by().values("pk"))
    return bare.aggregate(total=Count("pk"), undated=Count("pk", filter=Q(date__isnull=True)))


@dataclass(frozen=True, slots=True)
class Place:
    """One citation with the words around it."""

    mention: DocumentCitation
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    document: Document
    force: Force
    tone: tuple[str, str]
    versions: list[DocumentVersion]
    wordings: list[Wording]
    directives: list[Directive]
    uptakes: list[Uptake]
    places: list[Place]
    shown: Page[DocumentCitation]
    history: list[Moment]
    answers: list[Answer]
    origin: Origin | None  # how the loop knows it, once something rests on it
    may_edit: Verdict
    may_remove: bool
    may_issue: bool
    may_propose: bool
    may_order: Verdict


@needs(Verb.READ)
def page(request: MandatedRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(_whole(request), pk=pk)
    by = request.mandate
    shown = Paginator(citations_of(document, by), PAGE_SIZES[0]).get_page(request.GET.get("page"))
    origin = origin_known(document)
    standing = force(document, timezone.localdate())
    versions = list(document.versions.select_related("amended_by", "source"))
    content = DocumentPage(
        document=document,
        force=standing,
        tone=FORCE_TONES[standing],
        versions=versions[::-1],
        wordings=list(wordings_of(versions[-1])) if versions else [],
        directives=list(visible_directives(by).filter(document=document)),
        uptakes=list(taking_up(document, by)),
        places=[Place(mention, *sentence(mention.citation)) for mention in shown],
        shown=shown,
        history=moments(document),
        answers=list(answers_resting_on(origin, by)) if origin else [],
        origin=origin,
        may_edit=may_edit(by, document),
        may_remove=bool(by.allows(Verb.UNDO) and may_edit(by, document)),
        may_issue=by.allows(Verb.ISSUE),
        may_propose=by.allows(Verb.PROPOSE),
        may_order=may(by, Verb.KEEP_DOCUMENTS, document),
    )
    crumbs = [(_("Văn bản"), document.list_url), (str(document), "")]
    return render(request, "documents/document_page.html", {"page": content, "crumbs": crumbs})


def _whole(request: MandatedRequest) -> QuerySet[Document]:
    return visible_documents(request.mandate).select_related("unit", "keeper", "ended_by")


@needs(Verb.READ)
def new(request: MandatedRequest) -> HttpResponse:
    if not may_enter(request.mandate):
        raise Http404
    form = NewDocumentForm(Document(), request.POST or None, request.FILES or None)

    @transaction.atomic
    def act() -> Document:
        document = enter_document(by=request.mandate, facts=form.facts())
        said = form.cleaned_data
        if source := kept_text(request, said["file"], said["text"], document.printed):
            begins = document.in_force_from or document.date or timezone.localdate()
            add_version(by=request.mandate, document=document, effective_on=begins, source=source)
        return document

    if request.method == "POST" and (entered := tried(form, act)):
        done(request, _("Đã đưa “%(document)s” vào sổ.") % {"document": entered})
        version = entered.versions.first()
        return redirect("documents:points", entered.pk, version.number) if version else redirect(entered)
    return _form_page(request, form, _("Ghi văn bản vào sổ"))


@needs(Verb.READ)
def edit(request: MandatedRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(_whole(request), pk=pk)
    if not may_edit(request.mandate, document):
        raise Http404
    form = DocumentForm(document, request.POST or None)

    def act() -> Document:
        seen = form.cleaned_data["seen"]
        return edit_document(by=request.mandate, document=document, facts=form.facts(), seen=seen)

    if request.method == "POST" and tried(form, act) is not None:
        done(request, _("Đã lưu thông tin văn bản."))
        return redirect(document)
    return _form_page(request, form, _("Sửa thông tin văn bản"), document)


@needs(Verb.UNDO)
@require_POST
def remove(request: MandatedRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(_whole(request), pk=pk)
    if not may_edit(request.mandate, document):
        raise Http404
    try:
        remove_document(by=request.mandate, document=document, reason=request.POST.get("reason", "")[:500])
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(document)
    done(request, _("Đã xóa “%(document)s” khỏi sổ.") % {"document": document})
    return redirect("documents:list")


def _form_page(
    request: MandatedRequest, form: DocumentForm, title: str, document: Document | None = None
) -> HttpResponse:
    crumbs = [(_("Văn bản"), reverse("documents:list"))]
    crumbs += [(str(document), document.get_absolute_url())] if document else []
    context = {"form": form, "title": title, "document": document, "crumbs": [*crumbs, (title, "")]}
    return show_form(request, "documents/document_form.html", context)

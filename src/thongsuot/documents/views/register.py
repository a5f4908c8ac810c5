from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from thongsuot.audit.history import Moment, moments
from thongsuot.documents.models import Document, DocumentCitation
from thongsuot.documents.queries import citations_of, origin_known, visible_documents
from thongsuot.documents.tables import DocumentFilter, DocumentTable
from thongsuot.matters.models import Answer, Origin
from thongsuot.matters.queries import answers_resting_on
from thongsuot.sources.queries import sentence
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.lists import PAGE_SIZES, list_page


@needs(Verb.READ)
def documents(request: MandatedRequest) -> HttpResponse:
    rows = DocumentFilter(request.GET, queryset=visible_documents(request.mandate), request=request)
    return list_page(
        request,
        table_class=DocumentTable,
        filterset=rows,
        template="documents/document_list.html",
        context={"crumbs": [(_("Văn bản"), "")], "summary": _summary(rows.qs)},
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
    places: list[Place]
    shown: Page[DocumentCitation]
    history: list[Moment]
    answers: list[Answer]
    origin: Origin | None  # how the loop knows it, once something rests on it


@needs(Verb.READ)
def page(request: MandatedRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(visible_documents(request.mandate), pk=pk)
    shown = Paginator(citations_of(document, request.mandate), PAGE_SIZES[0]).get_page(
        request.GET.get("page")
    )
    places = [Place(mention, *sentence(mention.citation)) for mention in shown]
    origin = origin_known(document)
    answers = list(answers_resting_on(origin, request.mandate)) if origin else []
    content = DocumentPage(document, places, shown, moments(document), answers, origin)
    crumbs = [(_("Văn bản"), document.list_url), (str(document), "")]
    return render(request, "documents/document_page.html", {"page": content, "crumbs": crumbs})

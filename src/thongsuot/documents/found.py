"""Documents as the search knows them."""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from thongsuot.documents.models import Document
from thongsuot.documents.policies import scope
from thongsuot.finding import actions as finding
from thongsuot.finding.kinds import Content, Kind, register_kind
from thongsuot.finding.models import Entry
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate

KIND = "document"


def index_document(document: Document) -> None:
    finding.index(KIND, document.pk)


def forget_document(document: Document) -> None:
    finding.forget(KIND, document.pk)


def _content(document: Document) -> Content:
    return Content(
        title=str(document),
        text=document.abstract if document.printed else "",
        note=document.issuer,
        also=f"{document.date:%d-%m-%Y}" if document.date else "",
        names=[document.printed] if document.printed else [],
        day=document.date,
    )


def _seen(mandate: Mandate) -> QuerySet[Document]:
    return Document.objects.filter(scope(mandate))


def _bounds(mandate: Mandate) -> Sequence[Collection[object]]:
    """All who may read see all."""
    return [] if mandate.allows(Verb.READ) else [()]


def _url(entry: Entry) -> str:
    return reverse("documents:page", args=[entry.key])


def _list_url(typed: str) -> str:
    return f"{reverse('documents:list')}?{urlencode({'q': typed})}"


def show() -> None:
    register_kind(
        Kind(
            code=KIND,
            label=_("Văn bản"),
            icon="file-text",
            rows=Document.objects.all,
            content=_content,
            scope=_seen,
            bounds=_bounds,
            url=_url,
            list_url=_list_url,
            order=20,
        )
    )

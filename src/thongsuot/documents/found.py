"""Documents and their points as the search knows them."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.documents.models import Document, Point, Wording
from thongsuot.documents.policies import scope
from thongsuot.finding import actions as finding
from thongsuot.finding.kinds import Content, Kind, list_with_words, page_by_key, register_kind
from thongsuot.units.models import Mandate
from thongsuot.units.policies import bounds_of_readers

KIND = "document"
POINT = "point"


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


def index_points(points: Iterable[Point]) -> None:
    finding.index_many(POINT, [point.pk for point in points])


def forget_points(keys: Iterable[int]) -> None:
    for key in keys:
        finding.forget(POINT, key)


def _points() -> QuerySet[Point]:
    worded = Wording.objects.order_by("-version__number")
    return Point.objects.select_related("document").prefetch_related(Prefetch("wordings", worded))


def _content_of_point(point: Point) -> Content:
    newest = next(iter(point.wordings.all()), None)
    return Content(
        title=f"{point.label}, {point.document}",
        text=newest.text if newest else "",
        note=point.document.issuer,
        day=point.document.date,
    )


def _seen_points(mandate: Mandate) -> QuerySet[Point]:
    return Point.objects.filter(document__in=_seen(mandate).values("pk"))


def _seen(mandate: Mandate) -> QuerySet[Document]:
    return Document.objects.filter(scope(mandate))


def show() -> None:
    register_kind(
        Kind(
            code=KIND,
            label=_("Văn bản"),
            icon="file-text",
            rows=Document.objects.all,
            content=_content,
            scope=_seen,
            bounds=bounds_of_readers,
            url=page_by_key("documents:page"),
            list_url=list_with_words("documents:list"),
            order=20,
        )
    )
    register_kind(
        Kind(
            code=POINT,
            label=_("Điểm của văn bản"),
            icon="list-details",
            rows=_points,
            content=_content_of_point,
            scope=_seen_points,
            bounds=bounds_of_readers,
            url=page_by_key("documents:point"),
            order=21,
        )
    )

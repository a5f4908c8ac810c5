"""Documents and their points as the search knows them."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from thongsuot.documents.models import Document, Point, Wording
from thongsuot.documents.policies import scope
from thongsuot.finding import actions as finding
from thongsuot.finding.kinds import Content, Kind, register_kind
from thongsuot.finding.models import Entry
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate

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


def _point_url(entry: Entry) -> str:
    return reverse("documents:point", args=[entry.key])


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
    register_kind(
        Kind(
            code=POINT,
            label=_("Điểm của văn bản"),
            icon="list-details",
            rows=_points,
            content=_content_of_point,
            scope=_seen_points,
            bounds=_bounds,
            url=_point_url,
            order=21,
        )
    )

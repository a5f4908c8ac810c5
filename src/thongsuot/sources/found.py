"""Sources as the search knows them: their whole text."""

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from thongsuot.finding import actions as finding
from thongsuot.finding.kinds import Content, Kind, page_by_key, register_kind
from thongsuot.sources.models import Source
from thongsuot.sources.policies import scope
from thongsuot.units.models import Mandate
from thongsuot.units.policies import bounds_in_reach, bounds_of

KIND = "source"


def index_source(source: Source) -> None:
    """When it is received, and whenever other units may see it."""
    finding.index(KIND, source.pk)


def _content(source: Source) -> Content:
    day = localdate(source.received_at)
    return Content(
        title=source.name,
        text=source.text,
        note=f"{source.received_at_unit}, {day:%d-%m-%Y}",
        day=day,
        bounds=bounds_of([source.received_at_unit, *source.concerns.all()]),
    )


def _rows() -> QuerySet[Source]:
    return Source.objects.select_related("received_at_unit").prefetch_related("concerns")


def _seen(mandate: Mandate) -> QuerySet[Source]:
    return Source.objects.filter(scope(mandate))


def show() -> None:
    register_kind(
        Kind(
            code=KIND,
            label=_("Văn bản nguồn"),
            icon="file-import",
            rows=_rows,
            content=_content,
            scope=_seen,
            bounds=bounds_in_reach,
            url=page_by_key("sources:page"),
            order=70,
        )
    )

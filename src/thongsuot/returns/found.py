"""Returns that reached those above, as the search knows them: by their name, their unit and their words."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.finding import actions as finding
from thongsuot.finding.kinds import Content, Kind, page_by_key, register_kind
from thongsuot.returns.models import Return, ReturnVersion
from thongsuot.returns.policies import scope
from thongsuot.units.models import Mandate
from thongsuot.units.policies import bounds_in_reach, bounds_of

KIND = "return"


def index_return(row: Return) -> None:
    """Whenever a version of it went up or was sent back; what a unit is still writing is found by nobody."""
    finding.index(KIND, row.pk)


def _rows() -> QuerySet[Return]:
    said = ReturnVersion.objects.filter(approved_at__isnull=False).order_by("-number")
    return (
        Return.objects.filter(handed_in_at__isnull=False)
        .select_related("round__template", "round__period", "unit__parent")
        .prefetch_related(Prefetch("versions", said.prefetch_related("passages")))
    )


def _content(row: Return) -> Content:
    newest = next(iter(row.versions.all()), None)
    words = [passage.text for passage in newest.passages.all()] if newest else []
    return Content(
        title=str(row),
        text="\n".join(words),
        note=row.unit.title,
        day=row.round.period.last_day,
        bounds=bounds_of([row.unit]),
    )


def _seen(mandate: Mandate) -> QuerySet[Return]:
    return Return.objects.filter(scope(mandate), handed_in_at__isnull=False)


def show() -> None:
    register_kind(
        Kind(
            code=KIND,
            label=_("Báo cáo của đơn vị"),
            icon="report",
            rows=_rows,
            content=_content,
            scope=_seen,
            bounds=bounds_in_reach,
            url=page_by_key("returns:page"),
            order=31,
        )
    )

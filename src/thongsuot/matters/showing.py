"""What pages of apps below show of matters: marks in a source, a panel and a measure of a unit."""

from collections.abc import Iterator, Mapping

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.matters.enums import Direction, Kind
from thongsuot.matters.models import Matter, MatterUnit
from thongsuot.matters.policies import place_scope, scope
from thongsuot.matters.queries import of_unit, visible_matters
from thongsuot.matters.queries.remembering import counted
from thongsuot.sources.enums import MarkFamily
from thongsuot.sources.marks import Mark, register_marker
from thongsuot.sources.models import Source
from thongsuot.units.measures import register_measure
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.panels import register_panel
from thongsuot.units.queries.asking import standing_of
from thongsuot.web.worded import worded

FAMILIES = {
    Kind.REQUEST: MarkFamily.PROPOSALS,
    Kind.DIFFICULTY: MarkFamily.PROPOSALS,
    Kind.DIRECTION: MarkFamily.DIRECTIONS,
    Kind.COMMITMENT: MarkFamily.COMMITMENTS,
}
NEWEST = 5


def marks(source: Source, by: Mandate) -> Iterator[Mark]:
    for matter in Matter.objects.filter(scope(by), citation__source=source).select_related("citation"):
        if matter.citation:
            family = FAMILIES[Kind(matter.kind)]
            label = f"{matter.number} · {matter.get_kind_display()}"
            yield Mark(matter.citation.start, matter.citation.end, family, label, matter.get_absolute_url())


def panel(unit: Unit, by: Mandate) -> Mapping[str, object] | None:
    """The newest of the unit's proposals and tasks."""
    matters = list(of_unit(visible_matters(by), unit)[:NEWEST])
    return {"matters": matters, "unit": unit} if matters else None


def proposals_of_communes(province: Unit, by: Mandate) -> Mapping[int, float]:
    """How many proposals each commune has made."""

    def counts() -> QuerySet[MatterUnit, tuple[int, int]]:
        seen = MatterUnit.objects.filter(place_scope(by), direction=Direction.UP)
        named = seen.filter(named=True, unit__parent=province)
        return named.order_by().values_list("unit").annotate(count=Count("pk"))

    return dict(counted(worded(("proposals of communes", province.pk, standing_of(by)), counts)))


def show() -> None:
    register_marker(marks)
    register_panel(30, _("Kiến nghị và nhiệm vụ"), "matters/unit_panel.html", panel)
    register_measure(
        "kien-nghi", _("Số kiến nghị"), pgettext_lazy("unit of measure", "kiến nghị"), proposals_of_communes
    )

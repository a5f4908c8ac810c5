"""Units as the search knows them, under every name they bear or bore."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy

from thongsuot.finding import actions as finding
from thongsuot.finding.kinds import Content, Kind, page_by_key, register_kind
from thongsuot.kernel.vietnamese import fold
from thongsuot.units.enums import Kind as UnitKind
from thongsuot.units.enums import Tier
from thongsuot.units.models import UNRECORDED, Mandate, Unit
from thongsuot.units.policies import scope

KIND = "unit"
# As people write them before a name: "P. Tân Khánh", "Q.1", "Q1".
_SHORT = {
    UnitKind.CITY: "tp",
    UnitKind.URBAN_DISTRICT: "q",
    UnitKind.RURAL_DISTRICT: "h",
    UnitKind.TOWN: "tx",
    UnitKind.TOWNSHIP: "tt",
    UnitKind.WARD: "p",
    UnitKind.COMMUNE: "x",
}


def index_units(units: Iterable[Unit]) -> None:
    finding.index_many(KIND, [unit.pk for unit in units])


def _content(unit: Unit) -> Content:
    borne = {str(name): name.name for name in unit.names.all()} or {str(unit): unit.name}
    above = _above(unit)
    former = [name for name in borne if name != str(unit)]
    parts = [", ".join(str(one) for one in above)]
    if unit.is_former:
        parts.append(gettext("đơn vị cũ"))
    if former:
        parts.append(gettext("trước đây là %(names)s") % {"names": ", ".join(former)})
    return Content(
        title=unit.title,
        note=" · ".join(part for part in parts if part),
        also=" ".join((unit.code, *_short_forms(unit))),
        names=[unit.code, *borne, *borne.values()],
        day=_day(unit),
    )


def _above(unit: Unit) -> list[Unit]:
    above = []
    while (parent := unit.parent) is not None:
        above.append(parent)
        unit = parent
    return above


def _short_forms(unit: Unit) -> list[str]:
    short = _SHORT.get(UnitKind(unit.kind), "")
    forms = [short] if short else []
    return [*forms, f"{short}{fold(unit.name)}"] if short and unit.name.isdigit() else forms


def _day(unit: Unit) -> date:
    """Provinces first, then communes, then former units."""
    if unit.is_former:
        return UNRECORDED
    return date.max if unit.tier == Tier.PROVINCE else unit.valid_from


def _rows() -> QuerySet[Unit]:
    return Unit.objects.select_related("parent__parent").prefetch_related("names")


def _seen(mandate: Mandate) -> QuerySet[Unit]:
    return Unit.objects.filter(scope(mandate))


def show() -> None:
    register_kind(
        Kind(
            code=KIND,
            label=pgettext_lazy("several", "Đơn vị"),
            icon="building-community",
            rows=_rows,
            content=_content,
            scope=_seen,
            url=page_by_key("units:page"),
            order=10,
        )
    )

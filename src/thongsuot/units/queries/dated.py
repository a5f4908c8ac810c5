"""Units on a date, and what came before and after a unit."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from thongsuot.units.enums import Tier
from thongsuot.units.models import Succession, Unit


def holding_on(on: date, path: str = "") -> Q:
    """Dated rows (at the end of `path`) that hold on that day."""
    prefix = f"{path}__" if path else ""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    )


def units_on(on: date) -> QuerySet[Unit]:
    return Unit.objects.filter(holding_on(on)).select_related("parent")


def provinces_on(on: date) -> QuerySet[Unit]:
    return units_on(on).filter(tier=Tier.PROVINCE)


def communes_of(province: Unit, on: date) -> QuerySet[Unit]:
    """Directly under it, or under its districts while there were districts."""
    above = Unit.objects.filter(Q(pk=province.pk) | Q(parent=province)).order_by().values("pk")
    return units_on(on).filter(parent__in=above, tier=Tier.COMMUNE)


def province_of(unit: Unit) -> Unit:
    """The unit of the highest tier above it, or itself."""
    while unit.parent is not None:
        unit = unit.parent
    return unit


def province_on(province: Unit, on: date) -> Unit | None:
    """The province that bore the same code that day."""
    if province.holds_on(on):
        return province
    return provinces_on(on).filter(code=province.code).first()


def successors(unit: Unit) -> QuerySet[Succession]:
    return Succession.objects.filter(predecessor=unit).select_related(
        "event", "successor", "successor__parent"
    )


def predecessors(unit: Unit) -> QuerySet[Succession]:
    return Succession.objects.filter(successor=unit).select_related(
        "event", "predecessor", "predecessor__parent", "predecessor__parent__parent"
    )


def communes_on_the_ground_of(district: Unit) -> QuerySet[Unit]:
    """The communes that took over at least one commune of an ended district."""
    passed = Succession.objects.filter(predecessor__parent=district, successor=OuterRef("pk"))
    return Unit.objects.filter(Exists(passed)).select_related("parent").order_by("name")

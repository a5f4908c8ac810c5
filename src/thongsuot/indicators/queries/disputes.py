"""Figures that units dispute: all within reach, those that wait for me, those about one figure."""

from django.db.models import QuerySet

from thongsuot.indicators.enums import DisputeState
from thongsuot.indicators.models import Dispute, Figure, Indicator, Period, StatedFigure
from thongsuot.indicators.policies import scope
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit

_JOINED = ("indicator", "unit", "period", "stated__indicator", "cited__indicator", "corrected_in")


def visible_disputes(by: Mandate) -> QuerySet[Dispute]:
    return Dispute.objects.filter(scope(by)).select_related(*_JOINED)


def to_answer(by: Mandate) -> QuerySet[Dispute]:
    if not by.allows(Verb.ACCEPT_RETURN):
        return Dispute.objects.none()
    return visible_disputes(by).filter(state=DisputeState.OPEN).order_by("raised_at", "pk")


def awaited(by: Mandate) -> QuerySet[Dispute]:
    """What the unit said and those above have not answered."""
    if by.allows(Verb.ACCEPT_RETURN) or not by.allows(Verb.REPORT):
        return Dispute.objects.none()
    return visible_disputes(by).filter(state=DisputeState.OPEN).order_by("raised_at", "pk")


def disputes_of(by: Mandate, indicator: Indicator, unit: Unit, period: Period) -> list[Dispute]:
    return list(visible_disputes(by).filter(indicator=indicator, unit=unit, period=period))


def disputable(indicator: Indicator, unit: Unit, period: Period) -> StatedFigure | Figure | None:
    """The figure that counts there, else the newest a text gave in the period."""
    stated = StatedFigure.objects.filter(indicator=indicator, unit=unit, period=period, in_force=True)
    cited = Figure.objects.filter(
        indicator=indicator, unit=unit, on__range=(period.first_day, period.last_day)
    )
    return (
        stated.select_related("indicator").first()
        or cited.select_related("indicator").order_by("-on", "-pk").first()
    )

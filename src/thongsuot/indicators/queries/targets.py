"""What units within reach are to reach."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from thongsuot.indicators.models import Indicator, Target
from thongsuot.units.enums import Tier
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reach
from thongsuot.units.queries import units_on


def targets_of(by: Mandate, indicator: Indicator) -> QuerySet[Target]:
    """Newest period first, the whole before its parts."""
    found = Target.objects.filter(reach(by), indicator=indicator)
    return found.select_related("unit", "period").order_by(
        "-period__last_day", "-unit__tier", "unit__name", "pk"
    )


def units_to_aim_at(by: Mandate) -> QuerySet[Unit]:
    """Units of today within reach: the province first, then its communes."""
    found = units_on(timezone.localdate()).filter(reach(by, ""), Q(tier=Tier.PROVINCE) | Q(tier=Tier.COMMUNE))
    return found.order_by("-tier", "name", "pk")

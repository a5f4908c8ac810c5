"""The scorecard of a unit: each indicator with where it stands, whence it came and where it is to get to."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from thongsuot.indicators.display import counted, plain
from thongsuot.indicators.models import Indicator, Period, StatedFigure, Target
from thongsuot.indicators.queries.consolidated import TREND
from thongsuot.kernel.rounding import half_up
from thongsuot.units.models import Unit
from thongsuot.units.queries import province_of


@dataclass(frozen=True, slots=True)
class Score:
    """One indicator of a unit: where it stands, whence it came, where it is to get to."""

    indicator: Indicator
    figure: StatedFigure | None
    before: StatedFigure | None
    target: Target | None

    @property
    def text(self) -> str:
        return self.figure.display() if self.figure else "—"

    @property
    def number(self) -> Decimal | None:
        return counted(self.figure.value, self.figure.second, self.indicator) if self.figure else None

    @property
    def change(self) -> Decimal | None:
        if self.figure is None or self.before is None:
            return None
        then = counted(self.before.value, self.before.second, self.indicator)
        return None if self.number is None or then is None else self.number - then

    @property
    def is_better(self) -> bool | None:
        if not self.change or not self.indicator.direction:
            return None
        return (self.change > 0) == (self.indicator.direction == "up")

    @property
    def distance(self) -> Decimal | None:
        """What is still lacking; 0 where the target is reached."""
        if self.target is None or self.number is None:
            return None
        lacking = self.target.value - self.number
        return max(Decimal(0), -lacking if self.indicator.direction == "down" else lacking)

    @property
    def change_text(self) -> str:
        return "" if self.change is None else plain(half_up(self.change, 1))

    @property
    def distance_text(self) -> str:
        return "" if self.distance is None else plain(half_up(self.distance, 1))


def scorecard(unit: Unit, period: Period, indicators: Collection[Indicator]) -> list[Score]:
    """The newest figure of each indicator up to the period and the one before it, in four queries at most."""
    periods = list(
        Period.objects.filter(
            calendar=period.calendar, kind=period.kind, last_day__lte=period.last_day
        ).order_by("-last_day")[:TREND]
    )
    said: dict[int, list[StatedFigure]] = defaultdict(list)
    rows = StatedFigure.objects.filter(
        in_force=True, unit=unit, period__in=[one.pk for one in periods]
    ).select_related("indicator", "period", "statement")
    for row in rows.order_by("-period__last_day"):
        said[row.indicator_id].append(row)
    aims: dict[int, Target] = {}
    for target in Target.objects.filter(
        unit__in=[unit.pk, province_of(unit).pk], period=period
    ).select_related("unit"):
        if target.indicator_id not in aims or target.unit_id == unit.pk:
            aims[target.indicator_id] = target
    return [
        Score(
            one,
            said[one.pk][0] if said.get(one.pk) else None,
            said[one.pk][1] if len(said.get(one.pk, ())) > 1 else None,
            aims.get(one.pk),
        )
        for one in indicators
    ]

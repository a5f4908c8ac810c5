"""What the units of a round report together: totals with their parts missing or not, and words unit by unit.

Numbers come from the same lines the pages of totals read, so that a paper, a workbook and a screen tell one thing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thongsuot.indicators.aggregation import EMPTY, Total, quotient
from thongsuot.indicators.display import plain
from thongsuot.indicators.enums import Kind
from thongsuot.indicators.models import Indicator
from thongsuot.indicators.queries.totals import subtotals
from thongsuot.returns.enums import COUNTED, HANDED_IN
from thongsuot.returns.models import Passage, Return, Round, TemplateLine, TemplateSection
from thongsuot.returns.prefilling import previous
from thongsuot.units.models import Unit


@dataclass(frozen=True, slots=True)
class SumLine:
    """One indicator over all units of the round; `before` is the same in the period before."""

    line: TemplateLine
    total: Total
    before: Total
    missing: int

    @property
    def indicator(self) -> Indicator:
        return self.line.indicator

    @property
    def value(self) -> Decimal | None:
        return self.total.value_by(self.indicator.over_units)

    @property
    def value_before(self) -> Decimal | None:
        return self.before.value_by(self.indicator.over_units)

    @property
    def percent(self) -> Decimal | None:
        """Of a ratio, divided once."""
        if self.indicator.kind != Kind.RATIO:
            return None
        return quotient(self.value, self.total.second_by(self.indicator.over_units))

    @property
    def change(self) -> Decimal | None:
        """In per cent of the period before."""
        if self.value is None or not self.value_before:
            return None
        return (self.value - self.value_before) * 100 / abs(self.value_before)

    @property
    def shown(self) -> str:
        return self._in_words(self.total)

    @property
    def shown_before(self) -> str:
        return self._in_words(self.before)

    def _in_words(self, total: Total) -> str:
        value = total.value_by(self.indicator.over_units)
        if value is None:
            return ""
        second = total.second_by(self.indicator.over_units)
        return f"{plain(value)}/{plain(second)}" if second is not None else plain(value)


@dataclass(frozen=True, slots=True)
class Words:
    """What the units wrote in one section."""

    section: TemplateSection
    said: Sequence[tuple[Unit, str]]


@dataclass(frozen=True, slots=True)
class Consolidated:
    round: Round
    lines: Sequence[SumLine]
    words: Sequence[Words]
    owed: int
    accepted: int
    silent: Sequence[Unit]  # nothing has come up from them

    @property
    def handed_in(self) -> int:
        return self.owed - len(self.silent)

    @property
    def headings(self) -> Sequence[tuple[str, Sequence[SumLine]]]:
        grouped: dict[str, list[SumLine]] = defaultdict(list)
        for line in self.lines:
            grouped[line.line.heading].append(line)
        return list(grouped.items())


def consolidated(round_: Round) -> Consolidated:
    """A constant number of queries; words only of returns that were taken in."""
    returns = list(Return.objects.filter(round=round_).select_related("unit").order_by("unit__name", "pk"))
    lines = list(round_.template.lines.select_related("indicator"))
    indicators = [line.indicator for line in lines]
    now = subtotals(round_.period, indicators, [round_.unit_id])
    earlier = previous(round_.period)
    before = subtotals(earlier, indicators, [round_.unit_id]) if earlier else {}
    sums = [_sum_line(line, round_.unit_id, now, before, len(returns)) for line in lines]
    return Consolidated(
        round=round_,
        lines=sums,
        words=_words(round_, returns),
        owed=len(returns),
        accepted=sum(1 for row in returns if row.state in COUNTED),
        silent=[row.unit for row in returns if row.state not in HANDED_IN],
    )


def _sum_line(
    line: TemplateLine,
    province: int,
    now: Mapping[tuple[int, int], Total],
    before: Mapping[tuple[int, int], Total],
    expected: int,
) -> SumLine:
    address = (province, line.indicator_id)
    total = now.get(address, EMPTY)
    return SumLine(line, total, before.get(address, EMPTY), total.missing(expected))


def _words(round_: Round, returns: Sequence[Return]) -> list[Words]:
    units = {row.pk: row.unit for row in returns if row.state in COUNTED}
    said: dict[int, list[tuple[Unit, str]]] = defaultdict(list)
    passages = Passage.objects.filter(version__parent__in=units, version__statement__in_force=True).exclude(
        text=""
    )
    for parent, section, text in passages.values_list("version__parent", "section", "text"):
        said[section].append((units[parent], text))
    return [
        Words(section, sorted(said[section.pk], key=lambda pair: (pair[0].name, pair[0].pk)))
        for section in round_.template.sections.all()
    ]

"""One unit as its board shows it: each position with its people, the payroll, the load it carries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thongsuot.lawbook.quotas import QuotaReckoned, quota_for
from thongsuot.staffing.enums import Block, HoldingKind, PositionKind
from thongsuot.staffing.models import Holding, Person, Position, Quota, Workload
from thongsuot.staffing.policies import may_name
from thongsuot.staffing.queries.leaders import Led, called_in, led_in
from thongsuot.staffing.queries.registers import frames_on, holdings_on, quotas_on, workload_of
from thongsuot.staffing.queries.standing import unqualified
from thongsuot.staffing.standing import Standing, standing, together
from thongsuot.units.models import Mandate, Unit


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody on a position: by name where names may be seen, else by number."""

    person: Person
    called: str
    kind: HoldingKind
    unqualified: bool
    until: date | None
    body: str = ""  # the department they lead, by name


@dataclass(frozen=True, slots=True)
class PositionLine:
    position: Position
    standing: Standing
    seats: Sequence[Seat]

    @property
    def people(self) -> Sequence[Seat]:
        return [seat for seat in self.seats if seat.kind == HoldingKind.FULL]

    @property
    def helping(self) -> Sequence[Seat]:
        return [seat for seat in self.seats if seat.kind != HoldingKind.FULL]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    counted: bool
    lines: Sequence[PositionLine]

    @property
    def total(self) -> Standing:
        return together(line.standing for line in self.lines)


@dataclass(frozen=True, slots=True)
class UnitPage:
    unit: Unit
    on: date
    sections: Sequence[Section]
    quotas: Sequence[Quota]
    workload: Workload | None
    norm: QuotaReckoned | None
    named: bool
    led: Sequence[Led]

    @property
    def total(self) -> Standing:
        """Over the positions surplus and shortage are counted on."""
        return together(section.total for section in self.sections if section.counted)

    @property
    def assigned(self) -> int | None:
        return next((quota.posts for quota in self.quotas if quota.block == Block.GOVERNMENT), None)


def unit_page(by: Mandate, unit: Unit, on: date) -> UnitPage:
    workload = workload_of(unit, on)
    held = list(holdings_on(unit, on))
    return UnitPage(
        unit,
        on,
        _sections(_lines(by, unit, on, held)),
        list(quotas_on(unit, on)),
        workload,
        quota_for(workload.population, unit.kind, on, upland=workload.upland) if workload else None,
        may_name(by),
        led_in(unit, held),
    )


def _lines(by: Mandate, unit: Unit, on: date, held: Sequence[Holding]) -> list[PositionLine]:
    places: dict[str, int] = {}
    positions: dict[str, Position] = {}
    seats: dict[str, list[Seat]] = defaultdict(list)
    for frame in frames_on(unit, on):
        places[frame.position.code] = frame.places
        positions[frame.position.code] = frame.position
    unfit = set(unqualified(on).filter(unit=unit).values_list("pk", flat=True))
    for holding in held:
        positions[holding.position.code] = holding.position
        seats[holding.position.code].append(_seat(by, unit, holding, holding.pk in unfit))
    return [_line(positions[code], places.get(code, 0), seats[code]) for code in sorted(positions)]


def _line(position: Position, places: int, seats: Sequence[Seat]) -> PositionLine:
    full = [seat for seat in seats if seat.kind == HoldingKind.FULL]
    return PositionLine(
        position, standing(places, len(full), sum(seat.unqualified for seat in full)), tuple(seats)
    )


def _seat(by: Mandate, unit: Unit, holding: Holding, unfit: bool) -> Seat:
    person = holding.person
    called = person.full_name if may_name(by) else person.number
    leads = called_in(unit, holding.body)
    return Seat(person, called, HoldingKind(holding.kind), unfit, holding.valid_to, leads)


def _sections(lines: Sequence[PositionLine]) -> list[Section]:
    """Those that are counted first; then by payroll and kind of post."""
    kinds, blocks = list(PositionKind), list(Block)
    found: dict[tuple[bool, int, int], list[PositionLine]] = defaultdict(list)
    for line in lines:
        position = line.position
        found[
            not position.counted,
            blocks.index(Block(position.block)),
            kinds.index(PositionKind(position.kind)),
        ].append(line)
    return [
        Section(_title(blocks[block], kinds[kind], not apart), not apart, tuple(rows))
        for (apart, block, kind), rows in sorted(found.items(), key=lambda item: item[0])
    ]


def _title(block: Block, kind: PositionKind, counted: bool) -> str:
    return str(block.label) if counted else f"{block.label}: {str(kind.label).lower()}"

"""The board: units by positions, how each stands on a day, and its sums by former province and by field of work."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, IntegerField, Q, Sum, Value
from django.utils.translation import get_language

from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.lawbook.positions import field_name
from thongsuot.staffing.enums import Block, HoldingKind, PositionKind
from thongsuot.staffing.models import Frame, Holding, Position
from thongsuot.staffing.policies import scope, unit_scope
from thongsuot.staffing.queries.standing import cells
from thongsuot.staffing.standing import NOTHING, Standing, together
from thongsuot.units.enums import Tier
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import former_provinces, holding_on, province_of

# What a reader may ask to see of the lines, by the code in the address.
ONLY: Mapping[str, Callable[[Standing], bool]] = {
    "thua": lambda total: total.surplus > 0,
    "thieu": lambda total: total.shortage > 0,
    "ca-hai": lambda total: total.surplus > 0 and total.shortage > 0,
    "chua-dat": lambda total: total.unqualified > 0,
}
SORTS: Mapping[str, Callable[["Line"], tuple[Any, ...]]] = {
    "lech": lambda line: (-line.total.surplus - line.total.shortage,),
    "thua": lambda line: (-line.total.surplus,),
    "thieu": lambda line: (-line.total.shortage,),
    "rong": lambda line: (-line.total.net,),
    "chua-dat": lambda line: (-line.total.unqualified,),
    "co-mat": lambda line: (-line.total.present,),
    "ten": lambda line: (strip_marks(line.unit.name),),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A position of the board."""

    code: str
    name: str
    short: str
    field: str


@dataclass(frozen=True)
class Line:
    unit: Unit
    area: Unit | None
    cells: Mapping[str, Standing]

    @cached_property
    def total(self) -> Standing:
        return together(self.cells.values())

    def fields(self, columns: Iterable[Column]) -> dict[str, Standing]:
        """Summed over the positions of each field, in the order of the columns."""
        found: dict[str, list[Standing]] = {}
        for column in columns:
            found.setdefault(column.field, []).append(self.cells.get(column.code, NOTHING))
        return {code: together(standings) for code, standings in found.items()}


@dataclass(frozen=True, slots=True)
class Summed:
    """A line of totals: what it is of, over how many units."""

    code: str
    name: str
    standing: Standing
    units: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks to see; nothing asked is everything."""

    area: str = ""
    field: str = ""
    only: str = ""
    words: str = ""
    sort: str = "lech"
    by_field: bool = False  # a column for each field, not for each position

    @property
    def anything(self) -> bool:
        return bool(self.area or self.field or self.only or self.words)


@dataclass(frozen=True)
class Board:
    on: date
    columns: Sequence[Column]
    lines: Sequence[Line]
    outside: int = 0  # present on professional positions that are not counted
    areas: Sequence[Unit] = field(default=())

    @cached_property
    def total(self) -> Standing:
        return together(line.total for line in self.lines)

    @cached_property
    def by_area(self) -> list[Summed]:
        return [
            Summed(area.code, area.title, together(line.total for line in lines), len(lines))
            for area in self.areas
            if (lines := [line for line in self.lines if line.area == area])
        ]

    @cached_property
    def by_field(self) -> list[Summed]:
        sums: dict[str, Standing] = {}
        for line in self.lines:
            for code, standing in line.fields(self.columns).items():
                sums[code] = sums.get(code, NOTHING) + standing
        language = get_language() or "vi"
        return [
            Summed(code, field_name(code, language), standing, len(self.lines))
            for code, standing in sums.items()
        ]

    @cached_property
    def by_position(self) -> dict[str, Standing]:
        return {
            column.code: together(line.cells.get(column.code, NOTHING) for line in self.lines)
            for column in self.columns
        }

    def only(self, wanted: Wanted) -> "Board":
        columns = [one for one in self.columns if wanted.field in ("", one.field)]
        codes = {one.code for one in columns}
        lines = [
            replace(line, cells={code: one for code, one in line.cells.items() if code in codes})
            for line in self.lines
            if (not wanted.area or (line.area is not None and line.area.code == wanted.area))
            and strip_marks(wanted.words) in strip_marks(str(line.unit))
        ]
        if fits := ONLY.get(wanted.only):
            lines = [line for line in lines if fits(line.total)]
        order = SORTS.get(wanted.sort, SORTS["lech"])
        lines.sort(key=lambda line: (*order(line), strip_marks(line.unit.name), line.unit.pk))
        return replace(self, columns=columns, lines=lines)


def board_of(by: Mandate, on: date) -> Board:
    """Of every commune the mandate reaches; what it costs does not grow with how many they are."""
    units = communes_reached(by, on)
    found: dict[int, dict[str, Standing]] = {unit.pk: {} for unit in units}
    rows = scope(by)
    for cell in cells(rows, on):
        if cell.unit in found:
            found[cell.unit][cell.position] = cell.standing
    areas = former_provinces(province_of(by.unit))
    several = {area.pk: area for unit in units if (area := areas.get(unit.pk))}
    lines = [Line(unit, areas.get(unit.pk), found[unit.pk]) for unit in units]
    order = sorted(several.values(), key=lambda area: -sum(line.area == area for line in lines))
    board = Board(on, columns_on(on), lines, outside_the_count(rows, on), order if len(order) > 1 else ())
    return board.only(Wanted())


def communes_reached(by: Mandate, on: date) -> list[Unit]:
    return list(
        Unit.objects.filter(unit_scope(by), holding_on(on), tier=Tier.COMMUNE)
        .select_related("parent")
        .order_by("name", "pk")
    )


def columns_on(on: date) -> list[Column]:
    """The counted positions, those of a field beside one another in the order fields first come up."""
    english = (get_language() or "vi") != "vi"
    found = [
        Column(one.code, str(one), (one.short_en if english else one.short) or one.code, one.field)
        for one in Position.objects.filter(holding_on(on), counted=True).order_by("pk")
    ]
    fields = list(dict.fromkeys(one.field for one in found))
    return sorted(found, key=lambda one: fields.index(one.field))


def outside_the_count(rows: Q, on: date) -> int:
    """People of committees on professional positions that surplus and shortage are not counted over."""
    return Holding.objects.filter(
        rows,
        holding_on(on),
        kind=HoldingKind.FULL,
        unit__tier=Tier.COMMUNE,
        position__kind=PositionKind.PROFESSIONAL,
        position__block=Block.GOVERNMENT,
        position__counted=False,
    ).count()


# By block


@dataclass(frozen=True, slots=True)
class BlockSum:
    """Places and people of one payroll; `counted` ones are those of the board."""

    block: Block
    kind: PositionKind
    counted: bool
    places: int
    present: int


def by_block(by: Mandate, on: date) -> list[BlockSum]:
    """All posts of the communes within reach, also those that are not counted; one query."""
    zero = Value(0, output_field=IntegerField())
    keys = ("position__block", "position__kind", "position__counted")
    here = scope(by) & Q(unit__tier=Tier.COMMUNE)
    framed = Frame.objects.filter(here, holding_on(on)).order_by().values(*keys)
    held = Holding.objects.filter(here, holding_on(on), kind=HoldingKind.FULL).order_by().values(*keys)
    rows = framed.annotate(many=Sum("places")).values_list(*keys, "many", zero)
    rows = rows.union(held.annotate(many=Count("pk")).values_list(*keys, zero, "many"), all=True)
    sums: dict[tuple[str, str, bool], list[int]] = {}
    for block, kind, counted, places, present in rows:
        line = sums.setdefault((block, kind, bool(counted)), [0, 0])
        line[0] += places
        line[1] += present
    blocks, kinds = list(Block), list(PositionKind)
    found = [BlockSum(Block(key[0]), PositionKind(key[1]), key[2], *line) for key, line in sums.items()]
    return sorted(found, key=lambda one: (blocks.index(one.block), not one.counted, kinds.index(one.kind)))


# Two days side by side


@dataclass(frozen=True, slots=True)
class Changed:
    """A position of a unit that stands otherwise on the later day."""

    unit: Unit
    column: Column
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Compared:
    before: Board
    after: Board
    changes: Sequence[Changed]

    @property
    def units(self) -> int:
        return len({one.unit.pk for one in self.changes})


def compared(by: Mandate, first: date, last: date) -> Compared:
    before, after = board_of(by, first), board_of(by, last)
    stood = {line.unit.pk: line.cells for line in before.lines}
    changes = [
        Changed(line.unit, column, then, now)
        for line in sorted(after.lines, key=lambda line: strip_marks(line.unit.name))
        for column in after.columns
        if (then := stood.get(line.unit.pk, {}).get(column.code, NOTHING))
        != (now := line.cells.get(column.code, NOTHING))
    ]
    return Compared(before, after, changes)

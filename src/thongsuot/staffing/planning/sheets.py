"""One unit under a plan: each position with who stays, who comes, who goes, who has no place, and what stays open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from thongsuot.staffing.models import Plan, PlanMove, PlanPaper, Position
from thongsuot.staffing.planning.figures import Sums, cells
from thongsuot.units.models import Unit


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody on a position of the unit, before or after; `move` where the plan moves them, `key` of the person."""

    number: str
    move: PlanMove | None = None
    surplus: bool = False
    locked: bool = False


@dataclass(slots=True)
class Row:
    position: Position
    sums: Sums
    staying: list[Seat] = field(default_factory=list)
    coming: list[Seat] = field(default_factory=list)
    leaving: list[Seat] = field(default_factory=list)

    @property
    def open(self) -> range:
        """Chairs nobody sits on after the plan."""
        return range(self.sums.shortage_after)


@dataclass(frozen=True, slots=True)
class Sheet:
    unit: Unit
    total: Sums
    rows: Sequence[Row]

    @property
    def numbers(self) -> set[str]:
        return {seat.number for row in self.rows for seat in (*row.staying, *row.coming, *row.leaving)}


def sheet_of(plan: Plan, unit: Unit, moves: Sequence[PlanMove], positions: Mapping[str, Position]) -> Sheet:
    """`moves` are those of the plan that begin or end here."""
    paper = PlanPaper.objects.get(plan=plan)
    left = {one["person"] for one in paper.answer.get("surplus", ())}
    answer: list[Mapping[str, Any]] = paper.answer.get("moves", [])
    rows = {
        position: Row(positions[position], sums)
        for (at, position), sums in cells(paper.problem, answer).items()
        if at == unit.code and position in positions
    }
    by_number = {move.person.number: move for move in moves}
    for one in paper.problem["people"]:
        move = by_number.get(one["id"])
        if one["unit"] == unit.code and one["position"] in rows:
            seat = Seat(one["id"], move, one["id"] in left, one["locked"] is not None)
            row = rows[one["position"]]
            (row.leaving if move else row.staying).append(seat)
        if move and move.to_unit_id == unit.pk and move.to_position.code in rows:
            rows[move.to_position.code].coming.append(Seat(one["id"], move))
    total = Sums()
    for row in rows.values():
        total.add(row.sums)
    shown = [row for _code, row in sorted(rows.items()) if row.sums.places or row.sums.present]
    return Sheet(unit, total, shown)

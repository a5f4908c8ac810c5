"""Two versions of a plan beside each other: what each reaches, and whose lot differs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thongsuot.staffing.models import Plan, PlanMove

BETTER_WHEN_MORE = frozenset({"filled_weight", "preferences"})


@dataclass(frozen=True, slots=True)
class TierPair:
    key: str
    before: int | None
    after: int | None

    @property
    def difference(self) -> int | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def tone(self) -> str:
        """Whether the difference is for the better."""
        if not self.difference:
            return "plain"
        return "done" if (self.difference > 0) == (self.key in BETTER_WHEN_MORE) else "due"


@dataclass(frozen=True, slots=True)
class MovePair:
    """One person's move in each version; None where that version leaves them where they are."""

    before: PlanMove | None
    after: PlanMove | None

    @property
    def one(self) -> PlanMove:
        move = self.after or self.before
        assert move is not None, "a pair of two nothings is no pair"
        return move


@dataclass(frozen=True, slots=True)
class Comparison:
    before: Plan
    after: Plan
    tiers: Sequence[TierPair]
    added: Sequence[MovePair]
    dropped: Sequence[MovePair]
    changed: Sequence[MovePair]
    same: int

    @property
    def places(self) -> int | None:
        """How many more places the later version fills."""
        pair = [_filled(plan) for plan in (self.before, self.after)]
        return None if None in pair else pair[1] - pair[0]  # type: ignore[operator]

    @property
    def lost(self) -> int:
        return -(self.places or 0)


def _filled(plan: Plan) -> int | None:
    figures = plan.findings.get("figures")
    return figures["total"]["filled_after"] if figures else None


def tier_pairs(before: Plan, after: Plan) -> list[TierPair]:
    names = [name for name in {**before.objective, **after.objective} if name != "disturbance"]
    return [TierPair(name, before.objective.get(name), after.objective.get(name)) for name in names]


def compare(before: Plan, after: Plan, old: Iterable[PlanMove], new: Iterable[PlanMove]) -> Comparison:
    by_person = {move.person_id: move for move in old}
    added, changed, same = [], [], 0
    for move in new:
        earlier = by_person.pop(move.person_id, None)
        if earlier is None:
            added.append(MovePair(None, move))
        elif (earlier.to_unit_id, earlier.to_position_id) == (move.to_unit_id, move.to_position_id):
            same += 1
        else:
            changed.append(MovePair(earlier, move))
    dropped = [MovePair(move, None) for move in by_person.values()]
    return Comparison(before, after, tier_pairs(before, after), added, dropped, changed, same)

"""Scores a plan anew from the problem and its moves alone, and lists every rule it breaks.

Shares nothing with the solver but the problem, the plan and the distance formula: it counts with dictionaries, one
person at a time, so that a fault of the solver cannot hide here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from thongsuot.placement.claims import Claim, ClaimedMove
from thongsuot.placement.distance import hectometres, kilometres
from thongsuot.placement.plan import Objective, Plan
from thongsuot.placement.problem import STAGES, Person, Problem


@dataclass(frozen=True, slots=True)
class Broken:
    """`rule`: the number of the hard rule (1 to 7), `limits`, `relatives`, `stages`, or `plan` for what the plan
    says of itself."""

    rule: str
    vi: str
    en: str

    def __str__(self) -> str:
        return f"[{self.rule}] {self.vi} / {self.en}"


@dataclass(frozen=True, slots=True)
class Report:
    """`objective` is what the moves are really worth."""

    objective: Objective
    broken: tuple[Broken, ...]

    @property
    def ok(self) -> bool:
        return not self.broken


def check(problem: Problem, plan: Plan | Mapping[str, Any]) -> Report:
    """Re-score the plan, an object or its JSON. Raises `BadProblem` when the JSON has not the shape of a plan."""
    claim = Claim.of(plan)
    if claim.status == "infeasible":
        empty = not (claim.moves or claim.surplus)
        said = Broken(
            "plan", "phương án bất khả thi mà vẫn có người chuyển", "an infeasible plan that moves people"
        )
        return Report(Objective(), () if empty else (said,))
    found = _Check(problem, claim)
    return Report(found.objective(), tuple(found.broken()))


class _Check:
    def __init__(self, problem: Problem, claim: Claim) -> None:
        self.problem = problem
        self.claim = claim
        self.units = {unit.code: unit for unit in problem.units}
        self.people = {person.id: person for person in problem.people}
        self.weight = {position.code: position.weight for position in problem.positions}
        self.block = {position.code: position.block for position in problem.positions}
        self.places = {(frame.unit, frame.position): frame.places for frame in problem.frames}
        self.moves = {move.person: move for move in claim.moves if move.person in self.people}
        self.where = self._where()
        self.filled = Counter(self.where.values())

    def _where(self) -> dict[str, tuple[str, str]]:
        """Who holds which place: the moved at their target; of the others, those not surplus where they are."""
        held = {move.person: move.target for move in self.moves.values()}
        left_over = self.claim.surplus
        for person in self.problem.people:
            if person.id not in held and person.id not in left_over and person.position is not None:
                held[person.id] = (person.unit, person.position)
        return held

    def objective(self) -> Objective:
        transfers = [move for move in self.moves.values() if self._leaves(move)]
        return Objective(
            filled_weight=sum(self.weight.get(position, 0) for _, position in self.where.values()),
            transfers=len(transfers),
            reassignments=sum(
                self.people[move.person].position != move.target[1] for move in self.moves.values()
            ),
            training=sum(self._level(move) == "training" for move in self.moves.values()),
            distance_hm=sum(hectometres(self._km(move)) for move in transfers),
            preferences=sum(move.target[0] in self.people[move.person].prefers for move in transfers),
            disturbance=self._disturbance(),
        )

    def _disturbance(self) -> int | None:
        if self.problem.previous is None:
            return None
        before = {pin.person: (pin.unit, pin.position) for pin in self.problem.previous}
        return sum(self._lot(person) != before.get(person.id, _own(person)) for person in self.problem.people)

    def _lot(self, person: Person) -> tuple[str, str | None]:
        """Where they are put; one left over counts as not moved."""
        return self.where.get(person.id, _own(person))

    def broken(self) -> Iterator[Broken]:
        yield from self._listed()
        for move in self.moves.values():
            yield from self._move(move)
        yield from self._counted()
        yield from self._headcounts()
        yield from self._bound()
        yield from self._limits()
        yield from self._relatives()
        yield from self._told()

    def _leaves(self, move: ClaimedMove) -> bool:
        return move.target[0] != self.people[move.person].unit

    def _level(self, move: ClaimedMove) -> str | None:
        return self.people[move.person].fits.get(move.target[1])

    def _km(self, move: ClaimedMove) -> float:
        origin, target = self.units[self.people[move.person].unit], self.units.get(move.target[0])
        return kilometres(origin.lat, origin.lon, target.lat, target.lon) if target else 0.0

    def _listed(self) -> Iterator[Broken]:
        """Each person at most once, and known."""
        times = Counter([move.person for move in self.claim.moves] + list(self.claim.surplus_listed))
        for person, count in sorted(times.items()):
            if person not in self.people:
                yield Broken("1", f"không có người mã {person}", f"there is no person {person}")
            elif count > 1:
                yield Broken("1", f"{person} được kể {count} lần", f"{person} is listed {count} times")
        for one in self.problem.people:
            if one.position is None and one.id not in times:
                yield Broken("1", f"{one.id} không có vị trí nào", f"{one.id} is nowhere in the plan")
        for code, unit in self.claim.surplus_units.items():
            if code in self.people and unit != self.people[code].unit:
                yield Broken("1", f"{code} dôi dư ở sai đơn vị", f"{code} is surplus in another unit")

    def _move(self, move: ClaimedMove) -> Iterator[Broken]:
        person = self.people[move.person]
        unit, position = move.target
        goes = f"{person.id} → {unit}/{position}"
        if move.target == (person.unit, person.position):
            yield Broken("plan", f"{goes}: không phải là chuyển", f"{goes}: that is no move")
            return
        if unit not in self.units or position not in self.weight:
            yield Broken("1", f"{goes}: mã không có", f"{goes}: unknown code")
            return
        if position not in person.fits:
            yield Broken("1", f"{goes}: không đủ chuẩn", f"{goes}: not qualified")
        if person.locked:
            yield Broken("2", f"{goes}: đang bị khóa", f"{goes}: locked")
        if self._leaves(move) and not self._near(person, move):
            yield Broken("3", f"{goes}: xa {self._km(move):.1f} km", f"{goes}: {self._km(move):.1f} km away")
        if self._stage(person, move) not in self.problem.stages:
            yield Broken("stages", f"{goes}: thuộc bước chưa mở", f"{goes}: belongs to a stage not open")
        yield from self._said_of(move, person, goes)

    def _near(self, person: Person, move: ClaimedMove) -> bool:
        unit = self.units[move.target[0]]
        limit = self.problem.rules.max_km
        return limit is None or person.origin in (unit.code, unit.area) or self._km(move) <= limit

    def _stage(self, person: Person, move: ClaimedMove) -> str:
        if self._level(move) == "training":
            return STAGES[4]
        if person.block == "department":
            return STAGES[3]
        if person.block != self.block[move.target[1]]:
            return STAGES[2]
        return STAGES[1] if self._leaves(move) else STAGES[0]

    def _said_of(self, move: ClaimedMove, person: Person, goes: str) -> Iterator[Broken]:
        """What the plan itself says of a move."""
        true = {
            "from": (move.origin, (person.unit, person.position)),
            "kind": (move.kind, "transfer" if self._leaves(move) else "reassignment"),
            "level": (move.level, self._level(move) or move.level),
        }
        for name, (said, so) in true.items():
            if said is not None and said != so:
                yield Broken(
                    "plan", f"{goes}: {name} ghi {said}, đúng là {so}", f"{goes}: {name} {said}, not {so}"
                )
        if move.km is not None and abs(move.km - self._km(move)) > 0.06:
            yield Broken("plan", f"{goes}: ghi {move.km} km", f"{goes}: says {move.km} km")

    def _counted(self) -> Iterator[Broken]:
        """Rules 2 and 4, place by place."""
        present = Counter((one.unit, one.position) for one in self.problem.people if one.position is not None)
        for place in sorted({*self.filled, *self.places}):
            places, filled = self.places.get(place, 0), self.filled[place]
            name = f"{place[0]}/{place[1]}"
            if filled > places:
                yield Broken(
                    "2", f"{name}: {filled} người cho {places} chỗ", f"{name}: {filled} in {places} places"
                )
            least = min(places, present[place]) if self.problem.rules.keep_cover else 0
            if filled < least:
                yield Broken(
                    "4",
                    f"{name}: còn {filled}, phải giữ {least}",
                    f"{name}: {filled} left of {least} to keep",
                )

    def _headcounts(self) -> Iterator[Broken]:
        """Rules 5 and 6, unit by unit. One on secondment stays on the payroll of the unit they come from."""
        today = Counter(person.unit for person in self.problem.people)
        after = Counter(self._payroll(person) for person in self.problem.people)
        left = Counter(person.unit for person in self.problem.people if self._lot(person)[0] != person.unit)
        for code, unit in sorted(self.units.items()):
            if unit.quota is not None and after[code] > max(unit.quota, today[code]):
                most = max(unit.quota, today[code])
                yield Broken(
                    "5", f"{code}: {after[code]} người, trần {most}", f"{code}: {after[code]} over {most}"
                )
            if unit.max_departures is not None and left[code] > unit.max_departures:
                cap = unit.max_departures
                yield Broken(
                    "6",
                    f"{code}: {left[code]} người đi, trần {cap}",
                    f"{code}: {left[code]} leave, cap {cap}",
                )

    def _payroll(self, person: Person) -> str:
        return person.unit if person.secondment else self._lot(person)[0]

    def _bound(self) -> Iterator[Broken]:
        """Rule 7."""
        for pin in self.problem.bound_to:
            if self.where.get(pin.person) != (pin.unit, pin.position):
                name = f"{pin.person} → {pin.unit}/{pin.position}"
                yield Broken("7", f"{name}: đã ghim mà không theo", f"{name}: pinned and not obeyed")
        for forbid in self.problem.forbids:
            unit, position = self.where.get(forbid.person, (None, None))
            if unit == forbid.unit and forbid.position in (None, position):
                name = f"{forbid.person} → {unit}/{position}"
                yield Broken("7", f"{name}: đã cấm mà vẫn xếp", f"{name}: forbidden and still placed")

    def _limits(self) -> Iterator[Broken]:
        present = Counter((one.unit, one.position) for one in self.problem.people if one.position is not None)
        for limit in self.problem.limits:
            for unit in [limit.unit] if limit.unit else sorted(self.units):
                group = [(unit, position) for position in limit.positions]
                filled = sum(self.filled[place] for place in group)
                held = sum(min(present[place], self.places.get(place, 0)) for place in group)
                if filled > max(limit.most, held):
                    yield Broken(
                        "limits", f"{unit}: {filled} chỗ lãnh đạo", f"{unit}: {filled} places of one group"
                    )

    def _relatives(self) -> Iterator[Broken]:
        for pair in self.problem.relatives:
            if any(person not in self.people for person in pair.people):
                continue
            first, second = (self.where.get(person) for person in pair.people)
            moved = any(person in self.moves for person in pair.people)
            told = not pair.positions or all(at and at[1] in pair.positions for at in (first, second))
            if first and second and first[0] == second[0] and moved and told:
                name = " + ".join(pair.people)
                yield Broken(
                    "relatives", f"{name}: cùng về {first[0]}", f"{name}: brought together at {first[0]}"
                )

    def _told(self) -> Iterator[Broken]:
        """The sums and lists of the plan against the true ones."""
        for name, value in self.objective().as_dict().items():
            said = self.claim.objective.get(name)
            if self.claim.objective and said != value and name != "disturbance":
                yield Broken(
                    "plan", f"{name}: ghi {said}, đúng là {value}", f"{name}: says {said}, is {value}"
                )
        open_places = {
            place: count - self.filled[place]
            for place, count in self.places.items()
            if count > self.filled[place]
        }
        if self.claim.unfilled is not None and self.claim.unfilled != open_places:
            wrong = sorted(
                place
                for place in {*open_places, *self.claim.unfilled}
                if open_places.get(place) != self.claim.unfilled.get(place)
            )
            names = ", ".join("/".join(place) for place in wrong[:5])
            yield Broken(
                "plan", f"danh sách chỗ trống sai ở {names}", f"the list of open places is wrong at {names}"
            )
        yield from self._chains()

    def _chains(self) -> Iterator[Broken]:
        for chain in self.claim.chains:
            steps = [self.moves.get(person) for person in chain.people]
            name = f"chuỗi {chain.id}"
            if not steps or any(step is None or step.chain != chain.id for step in steps):
                yield Broken(
                    "plan", f"{name}: người không khớp", f"chain {chain.id}: its people do not match"
                )
                continue
            known = [step for step in steps if step is not None]
            ends = chain.fills or _own(self.people[known[-1].person])
            links = [ends, *(_own(self.people[step.person]) for step in known[:-1])]
            if [step.target for step in known] != links:
                yield Broken("plan", f"{name}: bị đứt", f"chain {chain.id}: it does not hold together")


def _own(person: Person) -> tuple[str, str | None]:
    return person.unit, person.position

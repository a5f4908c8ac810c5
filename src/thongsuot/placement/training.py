"""Which courses to hold, for how many of whom, so that a budget closes the most gaps, and does it for the least money.

People who lack the same for the same field are alike to a course, so they are counted, not named: whole numbers of
people of a group in a course, and of classes held. Small, and solved to proven optimality in two steps: the most gaps
first, then the least cost that closes as many.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True, slots=True)
class Course:
    """A class costs `holding`, each place in it `place`; it takes `seats`, and may be held `classes` times."""

    code: str
    holding: int
    place: int
    seats: int
    classes: int


@dataclass(frozen=True, slots=True)
class Group:
    """So many people who lack the same, and the courses that would close it; a gap of more weight comes first."""

    code: str
    people: int
    courses: frozenset[str]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """`places` by group and course. `proven`: nothing closes more for this money, nor as much for less."""

    closed: int
    weight: int
    cost: int
    classes: Mapping[str, int]
    places: Mapping[tuple[str, str], int]
    proven: bool = True


NOTHING = TrainingPlan(0, 0, 0, {}, {})


def plan_training(
    groups: Sequence[Group], courses: Sequence[Course], budget: int | None, *, seconds: float = 10.0
) -> TrainingPlan:
    """`budget` None: money does not count before gaps do."""
    model = _Model(groups, courses, budget)
    first = model.solve(model.model.maximize, model.weight, seconds)
    if first is None:
        return NOTHING
    model.model.add(model.weight >= first.weight)
    second = model.solve(model.model.minimize, model.cost, seconds)
    if second is None:
        return first
    return TrainingPlan(
        second.closed,
        second.weight,
        second.cost,
        second.classes,
        second.places,
        first.proven and second.proven,
    )


class _Model:
    def __init__(self, groups: Sequence[Group], courses: Sequence[Course], budget: int | None) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415  half a second, for those who plan alone

        model = self.model = cp_model.CpModel()
        groups, courses = sorted(groups, key=_code), sorted(courses, key=_code)
        self.classes = {one.code: model.new_int_var(0, one.classes, one.code) for one in courses}
        self.places = {
            (group.code, course.code): model.new_int_var(0, group.people, f"{group.code}/{course.code}")
            for group in groups
            for course in courses
            if course.code in group.courses
        }
        for group in groups:
            model.add(self._of(0, group.code) <= group.people)
        for course in courses:
            model.add(self._of(1, course.code) <= course.seats * self.classes[course.code])
        weights = {group.code: group.weight for group in groups}
        prices = {course.code: course.place for course in courses}
        self.weight = sum(weights[group] * many for (group, _course), many in self.places.items())
        self.cost = sum(prices[course] * many for (_group, course), many in self.places.items()) + sum(
            course.holding * self.classes[course.code] for course in courses
        )
        if budget is not None:
            model.add(self.cost <= budget)
        self.weights, self.courses, self.prices = weights, courses, prices

    def _of(self, at: int, code: str) -> "cp_model.LinearExprT":
        """Places of a group (0) or in a course (1)."""
        return sum(many for key, many in self.places.items() if key[at] == code)

    def solve(
        self, towards: "Callable[[cp_model.LinearExprT], object]", aim: "cp_model.LinearExprT", seconds: float
    ) -> TrainingPlan | None:
        from ortools.sat.python import cp_model  # noqa: PLC0415

        towards(aim)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = 1  # the same answer every time
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        places = {key: found for key, many in self.places.items() if (found := solver.value(many))}
        classes = {code: found for code, many in self.classes.items() if (found := solver.value(many))}
        return TrainingPlan(
            closed=sum(places.values()),
            weight=sum(self.weights[group] * many for (group, _course), many in places.items()),
            cost=sum(self.prices[course] * many for (_group, course), many in places.items())
            + sum(course.holding * classes.get(course.code, 0) for course in self.courses),
            classes=classes,
            places=places,
            proven=status == cp_model.OPTIMAL,
        )


def _code(one: Group | Course) -> str:
    return one.code


def class_by_class(groups: Sequence[Group], courses: Sequence[Course]) -> list[TrainingPlan]:
    """What an office does by hand: hold the class that closes the most for its money, then the next one. Each step."""
    left = {group.code: group.people for group in groups}
    weights = {group.code: group.weight for group in groups}
    held: dict[str, int] = {}
    places: dict[tuple[str, str], int] = {}
    steps, cost = [NOTHING], 0
    while True:
        best: tuple[float, str, Course, dict[str, int]] | None = None
        for course in sorted(courses, key=_code):
            filled = _filled(course, groups, left) if held.get(course.code, 0) < course.classes else {}
            if filled:
                worth = sum(weights[code] * many for code, many in filled.items())
                price = course.holding + course.place * sum(filled.values())
                found = (worth / price if price else float("inf"), course.code, course, filled)
                if best is None or found[0] > best[0]:
                    best = found
        if best is None:
            return steps
        _worth, _name, course, filled = best
        held[course.code] = held.get(course.code, 0) + 1
        cost += course.holding + course.place * sum(filled.values())
        for code, many in filled.items():
            left[code] -= many
            places[code, course.code] = places.get((code, course.code), 0) + many
        weight = sum(weights[code] * many for (code, _course), many in places.items())
        steps.append(TrainingPlan(sum(places.values()), weight, cost, dict(held), dict(places), proven=False))


def _filled(course: Course, groups: Sequence[Group], left: Mapping[str, int]) -> dict[str, int]:
    """One class: those of most weight first, as many as there are seats."""
    seats, filled = course.seats, {}
    for group in sorted(groups, key=lambda one: (-one.weight, one.code)):
        if course.code in group.courses and (many := min(seats, left[group.code])):
            filled[group.code] = many
            seats -= many
    return filled

"""Who lacks what for the post held, and what there is to learn it from."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import get_language

from thongsuot.lawbook.positions import field_name
from thongsuot.lawbook.training import course_name, courses
from thongsuot.placement.training import Course, Group, TrainingPlan, class_by_class, plan_training
from thongsuot.staffing.models import Holding, Training
from thongsuot.staffing.policies import may_name, scope
from thongsuot.staffing.queries.standards import Schooling, schooling_of, standards_on
from thongsuot.staffing.queries.standing import unqualified
from thongsuot.units.enums import Tier
from thongsuot.units.models import Mandate

DEGREE, MAJOR = "degree", "major"


@dataclass(frozen=True, slots=True)
class Gap:
    """Somebody who does not meet the standard of the post they hold. `planned`: a course for it is planned."""

    holding: Holding
    called: str
    lacks: str
    studied: str
    planned: str

    @property
    def group(self) -> str:
        return f"{self.holding.position.field}/{self.lacks}/{self.holding.position.weight}"


@dataclass(frozen=True, slots=True)
class Counted:
    name: str
    degree: int
    major: int
    key: str = ""

    @property
    def total(self) -> int:
        return self.degree + self.major


@dataclass(frozen=True)
class Gaps:
    on: date
    gaps: Sequence[Gap]

    @cached_property
    def by_position(self) -> list[Counted]:
        return self._counted(lambda gap: (gap.holding.position.code, str(gap.holding.position)))

    @cached_property
    def by_unit(self) -> list[Counted]:
        return self._counted(lambda gap: (str(gap.holding.unit_id), gap.holding.unit.title))

    def _counted(self, key_of: Callable[[Gap], tuple[str, str]]) -> list[Counted]:
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for gap in self.gaps:
            counts[key_of(gap)][gap.lacks] += 1
        found = [Counted(name, many[DEGREE], many[MAJOR], key) for (key, name), many in counts.items()]
        return sorted(found, key=lambda one: (-one.total, one.name))

    @property
    def open(self) -> list[Gap]:
        return [gap for gap in self.gaps if not gap.planned]

    def count(self, lacks: str) -> int:
        return sum(gap.lacks == lacks for gap in self.gaps)


def gaps_of(by: Mandate, on: date) -> Gaps:
    """The same few queries however many they are."""
    rows = unqualified(on).filter(scope(by), unit__tier=Tier.COMMUNE, position__counted=True)
    holdings = list(
        rows.select_related("person", "unit", "position").order_by("unit__name", "position__code", "pk")
    )
    people = [holding.person_id for holding in holdings]
    schooling, standards = schooling_of(people, on), standards_on(on)
    planned = {
        (person, code): course
        for person, code, course in Training.objects.filter(
            person__in=people, finished_on__isnull=True
        ).values_list("person", "position__code", "course")
    }
    named, nothing = may_name(by), Schooling()
    found = []
    for holding in holdings:
        own, code = schooling.get(holding.person_id, nothing), holding.position.code
        found.append(
            Gap(
                holding,
                holding.person.full_name if named else holding.person.number,
                standards.lacks(own, code, holding.unit_id) or MAJOR,
                ", ".join(major for _degree, major in own.qualifications),
                planned.get((holding.person_id, code), ""),
            )
        )
    return Gaps(on, found)


# The plan


@dataclass(frozen=True, slots=True)
class Held:
    """A course of the plan: so many classes, so many people, so much money."""

    code: str
    name: str
    classes: int
    people: int
    cost: int
    fields: Sequence[str]

    @property
    def millions(self) -> float:
        return round(self.cost / 1000, 1)


@dataclass(frozen=True)
class Proposal:
    """`curve`: the best for each sum of money, beside what holding one class after the other reaches for it."""

    gaps: Gaps
    budget: int | None
    plan: TrainingPlan
    curve: Sequence[tuple[int, int, int]]

    @cached_property
    def held(self) -> list[Held]:
        listed, language = courses(), get_language() or "vi"
        found = []
        for code, classes in sorted(self.plan.classes.items()):
            inside = {group: many for (group, course), many in self.plan.places.items() if course == code}
            people = sum(inside.values())
            fields = sorted({field_name(group.split("/")[0], language) for group in inside})
            cost = listed[code].holding * classes + listed[code].place * people
            found.append(Held(code, course_name(code, language), classes, people, cost, fields))
        return found

    @property
    def millions(self) -> float:
        return round(self.plan.cost / 1000, 1)

    @property
    def left(self) -> int:
        return len(self.gaps.open) - self.plan.closed

    def chosen(self) -> list[tuple[Gap, str]]:
        """Who goes where: of a group those with the longest service before them first, then by number."""
        waiting: dict[str, list[Gap]] = defaultdict(list)
        for gap in sorted(self.gaps.open, key=_longest_to_serve):
            waiting[gap.group].append(gap)
        pairs = []
        for (group, course), many in sorted(self.plan.places.items()):
            pairs += [(gap, course) for gap in waiting[group][:many]]
            waiting[group] = waiting[group][many:]
        return pairs


def _longest_to_serve(gap: Gap) -> tuple[int, str]:
    born = gap.holding.person.born_on
    return -(born.toordinal() if born else 0), gap.holding.person.number


def propose(gaps: Gaps, budget: int | None) -> Proposal:
    groups, offered = _groups(gaps.open), _offered()
    steps = class_by_class(groups, offered)
    everything = steps[-1].cost
    sums = sorted({round(everything * part / 8 / 1000) * 1000 for part in range(1, 9)} - {0})
    curve = [(money, plan_training(groups, offered, money).closed, _by_hand(steps, money)) for money in sums]
    return Proposal(gaps, budget, plan_training(groups, offered, budget), curve)


def _by_hand(steps: Sequence[TrainingPlan], money: int) -> int:
    return max(step.closed for step in steps if step.cost <= money)


def _offered() -> list[Course]:
    return [Course(one.code, one.holding, one.place, one.seats, one.classes) for one in courses().values()]


def _groups(gaps: Sequence[Gap]) -> list[Group]:
    counts: Mapping[str, int] = Counter(gap.group for gap in gaps)
    return [Group(code, many, _closing(code), int(code.rsplit("/", 1)[1])) for code, many in counts.items()]


def _closing(group: str) -> frozenset[str]:
    field, lacks, _weight = group.split("/")
    return frozenset(one.code for one in courses().values() if one.closes == lacks and field in one.fields)

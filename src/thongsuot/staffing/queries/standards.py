"""Who meets the standard of a position: degree and major, or the course that stands for them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.staffing.enums import DEGREES, Fit
from thongsuot.staffing.models import PositionStandard, Qualification, Training
from thongsuot.units.models import Unit
from thongsuot.units.queries import holding_on


@dataclass(frozen=True, slots=True)
class Schooling:
    """What of a person counts for standards; `trained` are codes of positions with a finished course."""

    qualifications: Sequence[tuple[str, str]] = ()
    trained: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Standards:
    """In force on a day: those set by a commune stand before those for all, by code of position."""

    general: Mapping[str, PositionStandard]
    own: Mapping[tuple[int, str], PositionStandard] = field(default_factory=dict)

    def of(self, code: str, unit: int | None = None) -> PositionStandard | None:
        return (self.own.get((unit, code)) if unit else None) or self.general.get(code)

    def fit(self, schooling: Schooling, code: str, unit: int | None = None) -> Fit:
        """`full` where the standard is met, or no standard is set; else `training`: how far is said by `lacks`."""
        return Fit.TRAINING if self.lacks(schooling, code, unit) else Fit.FULL

    def lacks(self, schooling: Schooling, code: str, unit: int | None = None) -> str:
        """ "degree" or "major", or "" where nothing is lacking."""
        standard = self.of(code, unit)
        if standard is None or code in schooling.trained:
            return ""
        lowest = DEGREES.index(standard.degree)
        enough = [major for degree, major in schooling.qualifications if DEGREES.index(degree) >= lowest]
        if not enough:
            return "degree"
        return "" if any(major_fits(major, standard.majors) for major in enough) else "major"


def major_fits(major: str, wanted: Sequence[str]) -> bool:
    """One names the other, word by word: "Luật kinh tế" fits "luật". Nothing wanted: every major fits."""
    return _names_one_of(major, tuple(wanted))


@lru_cache(maxsize=16_384)
def _names_one_of(major: str, wanted: tuple[str, ...]) -> bool:
    """A city's people have studied some hundred majors, and each is asked about thousands of times."""
    studied = f" {strip_marks(major)} "
    names = [f" {strip_marks(one)} " for one in wanted]
    return not names or any(name in studied or studied in name for name in names)


def standards_on(on: date, units: Iterable[Unit | int] | None = None) -> Standards:
    """For some units (all, when not named); one query."""
    rows = PositionStandard.objects.filter(holding_on(on)).select_related("position")
    if units is not None:
        keys = [unit.pk if isinstance(unit, Unit) else unit for unit in units]
        rows = rows.filter(unit__isnull=True) | rows.filter(unit__in=keys)
    found = list(rows)
    return Standards(
        {row.position.code: row for row in found if row.unit_id is None},
        {(row.unit_id, row.position.code): row for row in found if row.unit_id is not None},
    )


def schooling_of(people: Iterable[int] | QuerySet[Any], on: date) -> dict[int, Schooling]:
    """By key of person, those without any left out (`Schooling()` is theirs); two queries, however many they are."""
    keys = people if isinstance(people, QuerySet) else list(people)
    studied: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for person, degree, major in Qualification.objects.filter(person__in=keys).values_list(
        "person_id", "degree", "major"
    ):
        studied[person].append((degree, major))
    trained: dict[int, set[str]] = defaultdict(set)
    finished = Training.objects.filter(person__in=keys, finished_on__lte=on)
    for person, code in finished.values_list("person_id", "position__code"):
        trained[person].add(code)
    return {
        key: Schooling(studied.get(key, ()), trained.get(key, ())) for key in studied.keys() | trained.keys()
    }

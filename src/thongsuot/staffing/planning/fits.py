"""Who may hold which position: what a person has studied, been trained for and done, against a standard.

- full: the degree and one of the majors (any, where none is named), or a finished course for the position;
- training: the degree with another major, together with a year or more on the position or a course planned for it;
  or the major with a degree one step lower;
- else not at all. Majors are compared word by word, whatever their capitals and marks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from thongsuot.kernel.vietnamese import fold, strip_marks
from thongsuot.staffing.enums import DEGREES, Fit

YEARS_ON_THE_POSITION = 1.0
_RANK = {degree: rank for rank, degree in enumerate(DEGREES)}
_BETTER = {None: 0, Fit.TRAINING: 1, Fit.FULL: 2}


@dataclass(frozen=True, slots=True)
class Standard:
    degree: str
    majors: frozenset[str]

    @classmethod
    def of(cls, degree: str, majors: Iterable[str]) -> "Standard":
        return cls(degree, frozenset(plain(major) for major in majors))


@dataclass(frozen=True, slots=True)
class Background:
    """Of one person: (degree, major as plain words), years by position, positions with a course finished, planned."""

    studied: frozenset[tuple[str, str]] = frozenset()
    years: Mapping[str, float] | None = None
    trained: frozenset[str] = frozenset()
    planned: frozenset[str] = frozenset()


@cache
def plain(words: str) -> str:
    return " ".join(strip_marks(fold(words)).split())


def fit(background: Background, position: str, standard: Standard) -> Fit | None:
    return _with_experience(background, position, standard, studied_for(background.studied, standard))


@cache
def studied_for(studied: frozenset[tuple[str, str]], standard: Standard) -> tuple[bool, Fit | None]:
    """Whether the degree is reached by any certificate, and what the certificates alone make of it."""
    wanted = _RANK[standard.degree]
    reached = any(_RANK[degree] >= wanted for degree, _ in studied)
    right = [degree for degree, major in studied if _fits(major, standard.majors)]
    if any(_RANK[degree] >= wanted for degree in right):
        return reached, Fit.FULL
    if any(_RANK[degree] == wanted - 1 for degree in right):
        return reached, Fit.TRAINING
    return reached, None


def _fits(major: str, wanted: frozenset[str]) -> bool:
    """One names the other, word by word: "Luật kinh tế" fits "luật"."""
    studied = f" {major} "
    return not wanted or any(f" {name} " in studied or studied in f" {name} " for name in wanted)


def _with_experience(
    background: Background, position: str, standard: Standard, by_study: tuple[bool, Fit | None]
) -> Fit | None:
    reached, level = by_study
    if position in background.trained:
        return Fit.FULL
    if level == Fit.FULL or not reached:
        return level
    years = (background.years or {}).get(position, 0.0)
    if years >= YEARS_ON_THE_POSITION or position in background.planned:
        return Fit.TRAINING
    return level


def fits(background: Background, standards: Mapping[str, Standard]) -> dict[str, Fit]:
    """The positions somebody may be proposed for; one without a standard is for those who have been on it."""
    found = {
        code: level for code, standard in standards.items() if (level := fit(background, code, standard))
    }
    for code, years in (background.years or {}).items():
        if code not in standards and years >= YEARS_ON_THE_POSITION:
            found[code] = Fit.FULL
    return found


def stricter(own: Fit | None, general: Fit | None) -> bool:
    """Whether a unit's own standard asks more of this person than the general one."""
    return _BETTER[own] < _BETTER[general]

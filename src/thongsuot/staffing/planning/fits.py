"""Who may be proposed for which position: those who meet its standard (queries.standards), and those who nearly do.

- full: the standard is met, by study or by a finished course;
- training: the degree with another major, together with a year or more on the position or a course planned for it;
  or the major with a degree one step lower;
- else not at all. A position without a standard is for those who have been on it for a year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from thongsuot.staffing.enums import DEGREES, Fit
from thongsuot.staffing.models import PositionStandard
from thongsuot.staffing.queries import Schooling, Standards, major_fits

YEARS_ON_THE_POSITION = 1.0
_BETTER = {None: 0, Fit.TRAINING: 1, Fit.FULL: 2}
Studied = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Background:
    """Of one person: (degree, major), years by position, positions with a course finished, planned."""

    studied: Studied = ()
    years: Mapping[str, float] = field(default_factory=dict)
    trained: frozenset[str] = frozenset()
    planned: frozenset[str] = frozenset()


class Fits:
    """Judges thousands of people: those who studied the same are judged once."""

    def __init__(self, standards: Standards) -> None:
        self.standards = standards
        self._known: dict[tuple[Studied, int], str] = {}
        self._by_study: dict[Studied, dict[str, Fit]] = {}

    def of(self, background: Background, code: str, unit: int | None = None) -> Fit | None:
        """By the general standard, or by that of one unit."""
        standard = self.standards.of(code, unit)
        served = background.years.get(code, 0.0) >= YEARS_ON_THE_POSITION
        if standard is None:
            return Fit.FULL if served else None
        if code in background.trained:
            return Fit.FULL
        match self._lacking(background.studied, standard, code, unit):
            case "":
                return Fit.FULL
            case "little":
                return Fit.TRAINING
            case "major":
                return Fit.TRAINING if served or code in background.planned else None
        return None

    def among(self, background: Background, codes: Sequence[str]) -> dict[str, Fit]:
        """As `of` by the general standards, for all of `codes`."""
        if background.studied not in self._by_study:
            self._by_study[background.studied] = self._judged(background.studied, codes)
        found = dict(self._by_study[background.studied])
        for code in {*background.years, *background.trained, *background.planned}.intersection(codes):
            if (level := self.of(background, code)) is not None:
                found[code] = level
        return found

    def _judged(self, studied: Studied, codes: Sequence[str]) -> dict[str, Fit]:
        alone = Background(studied)
        return {code: level for code in codes if (level := self.of(alone, code))}

    def stricter(self, background: Background, code: str, unit: int) -> bool:
        """Whether the unit's own standard asks more of this person than the general one."""
        return _BETTER[self.of(background, code, unit)] < _BETTER[self.of(background, code)]

    def _lacking(self, studied: Studied, standard: PositionStandard, code: str, unit: int | None) -> str:
        """As `Standards.lacks`; "little" where only one step of the degree lacks."""
        key = (studied, standard.pk)
        if key not in self._known:
            lacking = self.standards.lacks(Schooling(studied), code, unit)
            self._known[key] = "little" if lacking == "degree" and _nearly(studied, standard) else lacking
        return self._known[key]


def _nearly(studied: Studied, standard: PositionStandard) -> bool:
    step_lower = DEGREES.index(standard.degree) - 1
    return any(
        DEGREES.index(degree) == step_lower and major_fits(major, standard.majors)
        for degree, major in studied
    )

"""Names of reporting periods: months, quarters, halves, nine months and years.

A name says nothing of days: which day a quarter is cut off on is a rule of the calendar it is reported in
(`lawbook.reporting`).
"""

import re
from dataclasses import dataclass
from typing import Self

_LETTERS = {"month": "M", "quarter": "Q", "half": "H", "nine_months": "N", "year": "Y"}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_LENGTHS = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}
_IN_A_YEAR = {"month": 12, "quarter": 4, "half": 2, "nine_months": 1, "year": 1}
_ROMAN = ("I", "II", "III", "IV")
_CODE = re.compile(r"(\d{4})-([MQHNY])(\d{0,2})")


@dataclass(frozen=True, slots=True, order=True)
class PeriodName:
    """`number` counts from 1 within the year; nine months and the year have only 1."""

    kind: str
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if self.kind not in _LETTERS or not 1 <= self.number <= _IN_A_YEAR[self.kind]:
            raise ValueError(f"no such period: {self.kind} {self.number} of {self.year}")

    @property
    def code(self) -> str:
        """2026-M07, 2026-Q3, 2026-H1, 2026-N, 2026-Y."""
        letter = _LETTERS[self.kind]
        number = {"month": f"{self.number:02}", "nine_months": "", "year": ""}.get(
            self.kind, str(self.number)
        )
        return f"{self.year}-{letter}{number}"

    @classmethod
    def parse(cls, code: str) -> Self:
        """Raises ValueError where the code names no period."""
        found = _CODE.fullmatch(code.strip().upper())
        if not found:
            raise ValueError(f"no such period: {code}")
        return cls(_KINDS[found[2]], int(found[1]), int(found[3] or 1))

    @property
    def months(self) -> range:
        """The months of the year it is about, from 1."""
        length = _LENGTHS[self.kind]
        first = (self.number - 1) * length + 1
        return range(first, first + length)

    def covers(self, other: "PeriodName") -> bool:
        return self.year == other.year and set(other.months) <= set(self.months)

    def moved(self, steps: int) -> Self:
        """The period of the same kind that many later, or earlier."""
        each = _IN_A_YEAR[self.kind]
        at = self.year * each + self.number - 1 + steps
        return type(self)(self.kind, at // each, at % each + 1)

    def title(self, language: str = "vi") -> str:
        if language == "vi" and self.kind == "half":
            return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
        return (_VIETNAMESE if language == "vi" else _ENGLISH)[self.kind].format(
            year=self.year, number=self.number, roman=_ROMAN[(self.number - 1) % 4], month=f"{self.number:02}"
        )


_VIETNAMESE = {
    "month": "tháng {number} năm {year}",
    "quarter": "quý {roman} năm {year}",
    "nine_months": "9 tháng năm {year}",
    "year": "năm {year}",
}
_ENGLISH = {
    "month": "{year}-{month}",
    "quarter": "Q{number} {year}",
    "half": "half-year {number} of {year}",
    "nine_months": "nine months of {year}",
    "year": "year {year}",
}

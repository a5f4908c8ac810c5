"""What a file says, before anything is looked up: every fact with the place where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time

from django.utils.translation import gettext as _

from thongsuot.kernel.symbols import Symbol, parse_symbol
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.oversight.enums import SeatPart

HIGHEST_NUMBER = 999
MOST_FACTS = 20_000


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`place` is a sheet with its cell, or a line of a YAML file."""

    place: str
    says: str


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Person:
    part: SeatPart
    name: str
    title: str
    since: date | None
    until: date | None
    place: str


@dataclass(frozen=True, slots=True)
class Planned:
    on: date
    time: time | None
    where: str
    units: tuple[Name, ...]
    place: str


@dataclass(slots=True)
class Group:
    """`complete` says that `units` is the whole list, so that units left out of it are taken from the group."""

    number: int
    place: str
    name: str = ""
    complete: bool = False
    people: list[Person] = field(default_factory=list)
    units: list[Name] = field(default_factory=list)
    blocs: list[str] = field(default_factory=list)
    visits: list[Planned] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    symbol: Symbol
    on: date | None
    issuer: str
    place: str


@dataclass(slots=True)
class CampaignSet:
    plan: Plan | None = None
    groups: dict[int, Group] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    facts: int = 0

    def wrong(self, place: str, says: str) -> None:
        self.problems.append(Problem(place, says))

    def group(self, number: int, place: str) -> Group:
        """Named anywhere in the file, a group is there."""
        return self.groups.setdefault(number, Group(number, place))

    def count(self, more: int) -> None:
        self.facts += more
        if self.facts > MOST_FACTS:
            raise TooMuch

    def number(self, said: object, place: str) -> int | None:
        """The number of a group, however a spreadsheet keeps it."""
        text = str(said).strip()
        text = text[:-2] if text.endswith(".0") else text
        if text.isdigit() and 1 <= int(text) <= HIGHEST_NUMBER:
            return int(text)
        self.wrong(place, _("“%(said)s” không phải số tổ. Nhập số từ 1 đến 999.") % {"said": text})
        return None

    def part(self, said: object, place: str) -> SeatPart | None:
        wanted = strip_marks(str(said).strip())
        for part in SeatPart:
            if wanted in (part.value, strip_marks(str(part.label))):
                return part
        self.wrong(
            place,
            _("“%(said)s” không phải phần việc trong tổ. Dùng: %(parts)s.")
            % {"said": said, "parts": ", ".join(str(part.label) for part in SeatPart)},
        )
        return None

    def symbol(self, said: str, place: str) -> Symbol | None:
        symbol = parse_symbol(said)
        if symbol is None:
            self.wrong(
                place,
                _("“%(said)s” không phải số, ký hiệu văn bản. Nhập như 249-KH/UBKTTW.") % {"said": said},
            )
        return symbol


class TooMuch(Exception):
    """More facts than any campaign has: a file that is none, or means harm."""


def spaced(text: object) -> str:
    return " ".join(str(text).split())


def kept(texts: Iterable[object]) -> list[str]:
    """Each once, blanks left out."""
    return list(dict.fromkeys(text for one in texts if (text := spaced(one))))

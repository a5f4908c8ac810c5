"""Whether a plan treats people alike: how often each group is moved, beside all others. Counts only, no person.

It can show that one group is moved more often than the rest; it cannot show why. Groups differ in what they studied,
where they serve and whether they are on posts with too many people, and the engine looks at nothing else.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any

from django.utils.translation import gettext as _

from thongsuot.staffing.enums import Sex
from thongsuot.staffing.models import Person

FEWEST = (
    10  # people in a group below which its numbers are not shown: they would name somebody and prove nothing
)
_EXPECTED = 5  # moves that chance alone would bring, below which no conclusion is drawn
_CLEARLY = 1.96  # standard errors: one in twenty such differences is chance
_BANDS = ((0, 30), (30, 40), (40, 50), (50, 120))
_COUNTS = ("people", "free", "transfers", "changes", "surplus")


def treatment_of(problem: Mapping[str, Any], answer: Mapping[str, Any], on: date) -> dict[str, Any]:
    """By kind of group ("sex", "age", "area") and group: people, those free to move, transfers, changes of position,
    people left without a place."""
    moved = {move["person"]: move["kind"] for move in answer["moves"]}
    left = {one["person"] for one in answer["surplus"]}
    areas = {unit["code"]: unit["area"] for unit in problem["units"]}
    numbers = [one["id"] for one in problem["people"]]
    facts = {number: (sex, born) for number, sex, born in _facts(numbers)}
    found: dict[str, dict[str, Counter[str]]] = {
        kind: defaultdict(Counter) for kind in ("sex", "age", "area")
    }
    for one in problem["people"]:
        sex, born = facts.get(one["id"], ("", None))
        counts = Counter(people=1, free=int(one["locked"] is None), surplus=int(one["id"] in left))
        counts["transfers"] = int(moved.get(one["id"]) == "transfer")
        counts["changes"] = int(moved.get(one["id"]) == "reassignment")
        for kind, group in (("sex", sex), ("age", _band(born, on)), ("area", areas[one["unit"]])):
            found[kind][group].update(counts)
    return {
        kind: {group: {name: counts[name] for name in _COUNTS} for group, counts in sorted(groups.items())}
        for kind, groups in found.items()
    }


def _facts(numbers: Sequence[str]) -> Iterator[tuple[str, str, date | None]]:
    step = 5000
    for start in range(0, len(numbers), step):
        rows = Person.objects.filter(number__in=numbers[start : start + step])
        yield from rows.values_list("number", "sex", "born_on")


def _band(born: date | None, on: date) -> str:
    if born is None:
        return ""
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next((f"{low}-{high}" for low, high in _BANDS if low <= age < high), "")


@dataclass(frozen=True, slots=True)
class Group:
    """One row of the page; `small` ones show no numbers."""

    name: str
    people: int
    free: int
    transfers: int
    changes: int
    surplus: int
    small: bool
    verdict: str
    tone: str

    @property
    def rate(self) -> float:
        return 100 * self.transfers / self.free if self.free else 0.0


def read(treatment: Mapping[str, Mapping[str, Mapping[str, int]]]) -> list[tuple[str, list[Group]]]:
    """For the page: each kind with its groups and what their numbers say."""
    titles = {"sex": _("Theo giới tính"), "age": _("Theo tuổi"), "area": _("Theo địa bàn trước sắp xếp")}
    return [
        (titles[kind], [_group(kind, name, groups) for name in groups]) for kind, groups in treatment.items()
    ]


def _group(kind: str, name: str, groups: Mapping[str, Mapping[str, int]]) -> Group:
    own = groups[name]
    rest = Counter[str]()
    for other, counts in groups.items():
        if other != name:
            rest.update(counts)
    small = own["people"] < FEWEST
    verdict, tone = (
        (_("dưới %(count)s người, không nêu số") % {"count": FEWEST}, "plain")
        if small
        else _verdict(own, rest)
    )
    return Group(
        name=_named(kind, name),
        people=own["people"],
        free=own["free"],
        transfers=own["transfers"],
        changes=own["changes"],
        surplus=own["surplus"],
        small=small,
        verdict=verdict,
        tone=tone,
    )


def _verdict(own: Mapping[str, int], rest: Mapping[str, int]) -> tuple[str, str]:
    """Two shares compared, as one compares two urns."""
    free, others = own["free"], rest["free"]
    moved = own["transfers"] + rest["transfers"]
    if not free or not others or not moved:
        return _("không có gì để so"), "plain"
    share = moved / (free + others)
    if min(share * free, share * others) < _EXPECTED:
        return _("quá ít để kết luận"), "plain"
    spread = sqrt(share * (1 - share) * (1 / free + 1 / others))
    difference = own["transfers"] / free - rest["transfers"] / others
    if spread == 0 or abs(difference) < _CLEARLY * spread:
        return _("không khác các nhóm còn lại quá mức ngẫu nhiên"), "done"
    if difference > 0:
        return _("chuyển nhiều hơn các nhóm còn lại; cần xem vì sao"), "due"
    return _("chuyển ít hơn các nhóm còn lại; cần xem vì sao"), "due"


def _named(kind: str, name: str) -> str:
    if not name:
        return _("Chưa ghi")
    if kind == "sex":
        return str(Sex(name).label)
    if kind == "age":
        low, high = name.split("-")
        if low == "0":
            return _("Dưới %(age)s tuổi") % {"age": high}
        if low == "50":
            return _("Từ %(age)s tuổi") % {"age": low}
        return _("%(low)s đến dưới %(high)s tuổi") % {"low": low, "high": high}
    return name

"""Synthetic people for the places drawn: an invented name, a life that fits the post, and chance for the rest."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from thongsuot.lawbook.positions import ListedPosition, positions
from thongsuot.site.demo.staffing.places import Figures, Place
from thongsuot.site.demo.words import written
from thongsuot.staffing.enums import Category, Degree, HoldingKind, Sex
from thongsuot.staffing.importing.content import (
    ExperienceRow,
    HomeRow,
    LockRow,
    PersonRow,
    PostRow,
    QualificationRow,
    TrainingRow,
)

SINCE = date(2025, 7, 1)
_JOINED_AREAS = ("74", "77")
_FORMER_CITY = "79"
_RANKS = {"VP04": "Văn thư viên", "KT04": "Kế toán viên"}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Point:
    latitude: float
    longitude: float


class Lives:
    """Draws one person after the other; the same chance, the same people."""

    def __init__(self, units: Sequence[Place], points: Mapping[str, Point], on: date, chance: Random) -> None:
        rules, names = written("staffing"), written("names")
        self.on, self.chance, self.points = on, chance, points
        self.shares: Mapping[str, Any] = rules["people"]
        self.families, self.given, self.middle = names["families"], names["given"], rules["middle_names"]
        self.second: Mapping[str, int] = rules["second_majors"]
        self.other_majors: Sequence[str] = rules["other_majors"]
        self.lock_weights: Mapping[str, int] = rules["lock_weights"]
        self.listed = positions()
        self.counted = [one for one in self.listed.values() if one.counted]
        self.joined = [one.code for one in units if one.area in _JOINED_AREAS]
        self.all = [one.code for one in units]
        self.areas = {one.code: one.area for one in units}
        self.count = 0
        self.leading: Counter[tuple[str, str]] = Counter()

    def _led(self, unit: str, listed: ListedPosition) -> str:
        """Heads and deputies take the departments of their unit in turn."""
        if listed.kind != "leadership" or len(listed.bodies) < 2:
            return ""
        self.leading[unit, listed.code] += 1
        return listed.bodies[(self.leading[unit, listed.code] - 1) % len(listed.bodies)]

    def one(self, unit: str, position: str, **others: Any) -> PersonRow:
        """Somebody on that post; `others` overrides what was drawn."""
        listed, chance = self.listed[position], self.chance
        self.count += 1
        sex = Sex.FEMALE if chance.random() < self.shares["female"] else Sex.MALE
        leads = listed.kind != "professional"
        age = chance.triangular(33 if leads else 24, 59.5, 44 if leads else 36)
        born = self.on - timedelta(days=int(age * 365.25))
        joined = born + timedelta(days=int(chance.uniform(22, min(30, age)) * 365.25))
        joined = min(joined, SINCE - chance.randint(30, 400) * _DAY)
        qualifications = self._studied(listed)
        origin = self._origin(unit)
        row = PersonRow(
            number=f"p{self.count:06}",
            full_name=self._name(sex),
            category=Category.CADRE if listed.kind == "elected" else Category.CIVIL_SERVANT,
            posts=(PostRow(position, since=SINCE, body=self._led(unit, listed)),),
            sex=sex,
            born_on=born,
            rank=self._rank(listed, qualifications),
            joined_on=joined,
            origin=origin,
            synthetic=True,
            qualifications=qualifications,
            experiences=self._experience(listed, (self.on - joined).days / 365.25),
            trainings=self._courses(listed),
            locks=() if leads else self._locks(sex, age),
            wishes=self._wishes(unit, origin),
            wished_on=self.on - 20 * _DAY,
            home=self._home(unit),
        )
        return replace(row, **others) if others else row

    def _name(self, sex: str) -> str:
        chance = self.chance
        return " ".join(chance.choice(part) for part in (self.families, self.middle[sex], self.given))

    def _studied(self, listed: ListedPosition) -> tuple[QualificationRow, ...]:
        chance = self.chance
        majors = listed.suggested or ("quản lý nhà nước", "luật", "kinh tế")
        degree = Degree.MASTER if chance.random() < 0.14 else Degree.BACHELOR
        first = QualificationRow(degree, chance.choice(majors))
        if chance.random() >= self.shares["meets_the_standard"]:
            if chance.random() < 0.5:  # a degree too low, or none that fits
                low = chance.choice((Degree.COLLEGE, Degree.COLLEGE, Degree.SECONDARY))
                return (QualificationRow(low, first.major),)
            return (QualificationRow(degree, chance.choice(self.other_majors)),)
        if chance.random() < self.shares["second_major"]:
            second = chance.choices(list(self.second), list(self.second.values()))[0]
            if second != first.major:
                return first, QualificationRow(Degree.BACHELOR, second)
        return (first,)

    def _rank(self, listed: ListedPosition, studied: Sequence[QualificationRow]) -> str:
        if studied[0].degree in (Degree.COLLEGE, Degree.SECONDARY):
            return "Cán sự" if studied[0].degree == Degree.COLLEGE else "Nhân viên"
        if listed.kind != "professional" and self.chance.random() < 0.4:
            return "Chuyên viên chính"
        return _RANKS.get(listed.code, "Chuyên viên")

    def _experience(self, listed: ListedPosition, served: float) -> tuple[ExperienceRow, ...]:
        """Years on the post before it had this name, and of some on another one."""
        chance = self.chance
        here = round(chance.uniform(0, min(served, 12)), 1)
        told = here and chance.random() < self.shares["experience_told"]
        rows = [ExperienceRow(listed.code, Decimal(str(here)))] if told else []
        if chance.random() < self.shares["other_experience"] and served > 3:
            near = [
                one
                for one in self.counted
                if one.code != listed.code and (one.bodies == listed.bodies or not listed.counted)
            ] or self.counted
            other = chance.choice(near)
            if other.code != listed.code:
                years = round(chance.uniform(0.5, min(served - 1, 8)), 1)
                rows.append(ExperienceRow(other.code, Decimal(str(years))))
        return tuple(rows)

    def _courses(self, listed: ListedPosition) -> tuple[TrainingRow, ...]:
        if listed.counted and self.chance.random() < self.shares["planned_courses"]:
            name = f"Bồi dưỡng nghiệp vụ {listed.short['vi'].lower()}"
            return (TrainingRow(listed.code, name, planned_on=self.on + self.chance.randint(20, 90) * _DAY),)
        return ()

    def _locks(self, sex: str, age: float) -> tuple[LockRow, ...]:
        chance = self.chance
        may_be_a_mother = sex == Sex.FEMALE and age < 40
        if chance.random() >= self.shares["locked"]["mothers" if may_be_a_mother else "others"]:
            return ()
        able = {
            reason: weight
            for reason, weight in self.lock_weights.items()
            if not (
                (reason == "maternity" and not may_be_a_mother)
                or (reason == "father-alone" and sex != Sex.MALE)
            )
        }
        reason = chance.choices(list(able), list(able.values()))[0]
        since = self.on - chance.randint(15, 300) * _DAY
        until = since + chance.randint(500, 1400) * _DAY
        return (LockRow(reason, since, None if reason in ("discipline", "proceedings") else until),)

    def _origin(self, unit: str) -> str:
        """Where they worked before: as a rule hereabouts, and then nothing is noted."""
        chance, shares = self.chance, self.shares
        in_the_former_city = bool(self.joined) and self.areas.get(unit) == _FORMER_CITY
        if in_the_former_city and chance.random() < shares["back_to_joined_areas"]:
            return chance.choice(self.joined)
        if self.all and chance.random() < shares["origin_elsewhere"]:
            elsewhere = chance.choice(self.all)
            return "" if elsewhere == unit else elsewhere
        return ""

    def _wishes(self, unit: str, origin: str) -> tuple[str, ...]:
        if not self.all or self.chance.random() >= self.shares["wishes"]:
            return ()
        wished = [origin] if origin else []
        wished.append(self.chance.choice(self._near(unit)))
        return tuple(dict.fromkeys(one for one in wished if one != unit))

    def _near(self, unit: str) -> list[str]:
        here = self.points.get(unit)
        if here is None:
            return self.all
        far = sorted(self.all, key=lambda code: _apart(here, self.points.get(code)))
        return far[1:16] or self.all

    def _home(self, unit: str) -> HomeRow | None:
        here = self.points.get(unit)
        if here is None or self.chance.random() >= self.shares["home_given"]:
            return None
        near = self.chance.gauss
        return HomeRow(
            round(here.latitude + near(0, 0.05), 4),
            round(here.longitude + near(0, 0.05), 4),
            self.on - self.chance.randint(5, 60) * _DAY,
        )


def _apart(here: Point, there: Point | None) -> float:
    if there is None:
        return float("inf")
    return (here.latitude - there.latitude) ** 2 + (here.longitude - there.longitude) ** 2


# Who sits where


def staff(city: Iterable[Figures], lives: Lives) -> dict[str, list[PersonRow]]:
    """By code of unit: one person for everybody present."""
    return {
        one.place.code: [
            lives.one(one.place.code, position)
            for position, many in sorted(one.present.items())
            for _each in range(many)
        ]
        for one in city
    }


def combine(of_unit: dict[str, list[PersonRow]], city: Sequence[Figures], lives: Lives, many: int) -> None:
    """Somebody looks after an empty place beside their own, where the position may be combined."""
    combinable = [one.code for one in lives.listed.values() if one.combinable and one.counted]
    empty = [(one, code) for one in city for code in combinable if one.places[code] and not one.present[code]]
    for one, code in lives.chance.sample(empty, min(many, len(empty))):
        people = of_unit[one.place.code]
        able = [at for at, row in enumerate(people) if lives.listed[row.posts[0].position].counted]
        if able:
            at = lives.chance.choice(able)
            post = PostRow(code, HoldingKind.COMBINED, since=SINCE)
            people[at] = replace(people[at], posts=(*people[at].posts, post))


def send(
    of_departments: Sequence[PersonRow],
    of_unit: dict[str, list[PersonRow]],
    city: Sequence[Figures],
    payroll: str,
    lives: Lives,
) -> list[PersonRow]:
    """Some specialists of departments help out in wards that lack somebody: they keep their post and their pay above,
    and go back on a day. The departments as they are then."""
    many = lives.shares["seconded"]
    sent = {row.number for row in lives.chance.sample(of_departments, min(many, len(of_departments)))}
    left, went = lives.on - 90 * _DAY, 0
    then: list[PersonRow] = []
    for row in of_departments:
        position = row.posts[0].position
        lacking = [one.place.code for one in city if one.present[position] < one.places[position]]
        if row.number not in sent or not lacking:
            then.append(row)
            continue
        went += 1
        ends = lives.on + timedelta(days=380 - 27 * went)
        away = replace(row, locks=(LockRow("on-secondment", left, ends),))
        post = PostRow(position, HoldingKind.SECONDMENT, left, ends, payroll)
        of_unit[lives.chance.choice(lacking)].append(replace(away, posts=(post,)))
        then.append(away)
    return then


def put_forward(units: Sequence[Place], lives: Lives) -> dict[str, list[PersonRow]]:
    """People of Party and Front bodies who could go to a committee."""
    rules = written("staffing")["put_forward"]
    chosen = lives.chance.sample(list(units), min(rules["units"], len(units)))
    found: dict[str, list[PersonRow]] = {}
    if not chosen:
        return found
    share = len(units) / 168
    for position, many in rules.items():
        for _each in range(round(many * share) if position != "units" else 0):
            unit = lives.chance.choice(chosen).code
            found.setdefault(unit, []).append(lives.one(unit, position))
    return found


def departments(city: str, units: int, lives: Lives) -> list[PersonRow]:
    rules = written("staffing")["departments"]
    share = units / 168
    return [
        lives.one(city, position) for position, many in rules.items() for _each in range(round(many * share))
    ]

"""A workbook of a unit read as a whole: every fault with its cell, or the content; never a part of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from thongsuot.staffing.importing.comparing import Base
from thongsuot.staffing.importing.content import (
    ExperienceRow,
    LockRow,
    PersonRow,
    QualificationRow,
    TrainingRow,
    UnitStaff,
    WorkloadRow,
)
from thongsuot.staffing.importing.faults import Faults
from thongsuot.staffing.importing.layout import (
    BASIS,
    CODE,
    COURSES,
    DAY,
    DOSSIERS,
    EXPERIENCE,
    FRAMES,
    LOCKS,
    NAME,
    ORIGIN,
    PEOPLE,
    POPULATION,
    QUOTAS,
    STUDIES,
    UNIT,
    UPLAND,
    Codes,
    key,
)
from thongsuot.staffing.importing.persons import PersonReader, choice
from thongsuot.staffing.importing.sheets import Cell, Line, Sheets, day_in, number_in, open_workbook, whole_in

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Read:
    """What a workbook says (None when anything is wrong with it) and what was found wrong."""

    content: UnitStaff | None
    faults: Faults
    base: Base | None
    unit_code: str = ""
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # number -> sheet, cell of the person


def read_workbook(data: bytes, codes_on: Callable[[date], Codes], on: date) -> Read:
    """`on`: the day of the batch, for a workbook that names none; codes are those of the day of the figures."""
    faults = Faults()
    opened = open_workbook(data, faults)
    if opened is None:
        return Read(None, faults, None)
    sheets, base_rows = opened
    return _Reader(sheets, faults, codes_on, on).whole(_base(base_rows))


def _base(rows: Sequence[Sequence[Any]]) -> Base | None:
    """What the template noted of the registers when it was drawn up."""
    told: dict[str, dict[str, int]] = defaultdict(dict)
    digest = ""
    for row in rows:
        kind, name, value = [*row, "", "", ""][:3]
        if kind == "digest":
            digest = str(name)
        elif kind in ("people", "frames", "quotas"):
            try:
                told[kind][str(name)] = int(float(value))
            except (TypeError, ValueError):
                continue
    return Base(digest, told["people"], told["frames"], told["quotas"]) if digest else None


class _Reader:
    def __init__(self, sheets: Sheets, faults: Faults, codes_on: Callable[[date], Codes], on: date) -> None:
        self.sheets, self.faults = sheets, faults
        self.head = {key(line["Mục"].text): line["Giá trị"] for line in sheets.get(UNIT, ())}
        self.on = self._day(on)
        self.codes = codes_on(self.on)

    def whole(self, base: Base | None) -> Read:
        unit_code = self._unit()
        people = self._people(unit_code)
        numbers = {number for number, _line in people}
        around: dict[str, Any] = {
            STUDIES: self._by_person(STUDIES, numbers, self._study),
            EXPERIENCE: self._by_person(EXPERIENCE, numbers, self._years),
            COURSES: self._by_person(COURSES, numbers, self._course),
            LOCKS: self._by_person(LOCKS, numbers, self._lock),
        }
        frames, quotas = self._numbers(FRAMES), self._numbers(QUOTAS)
        self._warn_of_sums(frames, quotas, [row for row in people.values() if row])
        places = {number: (PEOPLE, f"A{line}") for number, line in people}
        if self.faults.fatal:
            return Read(None, self.faults, base, unit_code, places)
        rows = tuple(
            replace(
                row,
                qualifications=_of(around[STUDIES], number),
                experiences=_of(around[EXPERIENCE], number),
                trainings=_of(around[COURSES], number),
                locks=_of(around[LOCKS], number),
            )
            for (number, _line), row in people.items()
            if row
        )
        content = UnitStaff(
            unit_code, self.on, rows, frames, quotas, self._workload(), self._head(BASIS).text[:300]
        )
        if self.faults.fatal:  # the workload is read last
            return Read(None, self.faults, base, unit_code, places)
        return Read(content, self.faults, base, unit_code, places)

    def _head(self, name: str) -> Cell:
        return self.head.get(key(name), Cell("", UNIT, "B1"))

    def _day(self, on: date) -> date:
        told = day_in(self._head(DAY), self.faults)
        if told and told > on:
            self.faults.say("day-later", UNIT, self._head(DAY).place, said=f"{told:%d-%m-%Y}")
            return on
        if told and told != on:
            self.faults.warn(
                "other-day", UNIT, self._head(DAY).place, said=f"{told:%d-%m-%Y}", on=f"{on:%d-%m-%Y}"
            )
        return told or on

    def _unit(self) -> str:
        cell, faults = self._head(CODE), self.faults
        code = cell.code
        if UNIT not in self.sheets:
            return ""
        if not code:
            faults.say("empty", UNIT, cell.place, what="mã đơn vị", what_en="the code of the unit")
        elif code not in self.codes.units:
            faults.say("unit-unknown", UNIT, cell.place, said=code)
        elif code not in self.codes.within:
            faults.say("unit-other", UNIT, cell.place, unit=self.codes.units[code])
        else:
            name, said = self.codes.units[code], self._head(NAME)
            if said.text and key(said.text) != key(name):
                faults.say("unit-name", UNIT, said.place, code=code, unit=name, said=said.text)
            if code in self.codes.pointless:
                faults.say("no-point", UNIT, cell.place, unit=name)
        return code

    def _workload(self) -> WorkloadRow | None:
        cell = self._head(POPULATION)
        if not cell.text:
            return None
        population = whole_in(cell, self.faults)
        dossiers = whole_in(self._head(DOSSIERS), self.faults) if self._head(DOSSIERS).text else None
        upland = key(self._head(UPLAND).text) in ("co", "x", "yes", "true", "1")
        return WorkloadRow(population or 0, dossiers, upland, self._head(ORIGIN).text[:300])

    def _people(self, unit_code: str) -> dict[tuple[str, int], PersonRow | None]:
        """By number and line; a person who stands there twice is said, not kept."""
        reader = PersonReader(self.codes, self.faults, self.on, unit_code)
        lines = self.sheets.get(PEOPLE, ())
        found: dict[tuple[str, int], PersonRow | None] = {}
        first: dict[str, tuple[int, PersonRow | None]] = {}
        for line in lines:
            number = line["Số hồ sơ"].text
            row = reader.read(line)
            if number in first:
                self._twice(number, line, row, first[number])
                continue
            if number:
                first[number] = (line.number, row)
                found[number, line.number] = row
        if not lines and PEOPLE in self.sheets:
            self.faults.warn("nobody", PEOPLE, "A2")
        return found

    def _twice(
        self, number: str, line: Line, row: PersonRow | None, before: tuple[int, PersonRow | None]
    ) -> None:
        at, former = before
        full = all(
            one is not None and one.main_post is not None and one.main_post.kind == "full"
            for one in (row, former)
        )
        name = "two-posts" if full else "person-twice"
        self.faults.say(name, PEOPLE, line["Số hồ sơ"].place, number=number, line=at)

    def _by_person(
        self, sheet: str, numbers: set[str], read: Callable[[Line], Value | None]
    ) -> Mapping[str, Sequence[Value]] | None:
        """None where the sheet is not there: then it says nothing."""
        if sheet not in self.sheets:
            return None
        found: dict[str, list[Value]] = defaultdict(list)
        for line in self.sheets[sheet]:
            number = line["Số hồ sơ"].text
            value = read(line)
            if number not in numbers:
                self.faults.say("not-listed", sheet, line["Số hồ sơ"].place, number=number or "?")
            elif value is not None and value not in found[number]:
                found[number].append(value)
        return found

    def _study(self, line: Line) -> QualificationRow | None:
        degree, major = self._choice(line["Trình độ"], "degree"), line["Ngành"]
        if not major.text:
            self.faults.say("empty", STUDIES, major.place, what="ngành đào tạo", what_en="the major")
        elif len(major.text) > 120:
            self.faults.say("name-long", STUDIES, major.place, most=120)
        return QualificationRow(degree, major.text) if degree else None

    def _years(self, line: Line) -> ExperienceRow | None:
        code, years = self._position(line["Vị trí"]), number_in(line["Số năm"], self.faults)
        if years is None:
            if not line["Số năm"].text:
                self.faults.say("empty", EXPERIENCE, line["Số năm"].place, what="số năm", what_en="the years")
            return None
        if not 0 <= years <= 60:
            self.faults.say("years", EXPERIENCE, line["Số năm"].place)
            return None
        return ExperienceRow(code, round(years, 1)) if code else None

    def _course(self, line: Line) -> TrainingRow | None:
        code, course = self._position(line["Vị trí"]), line["Lớp bồi dưỡng"]
        planned, finished = day_in(line["Dự kiến"], self.faults), day_in(line["Hoàn thành"], self.faults)
        if not course.text:
            self.faults.say("empty", COURSES, course.place, what="tên lớp", what_en="the course")
        elif len(course.text) > 200:
            self.faults.say("name-long", COURSES, course.place, most=200)
        if finished and finished > self.on:
            self.faults.say("day-later", COURSES, line["Hoàn thành"].place, said=f"{finished:%d-%m-%Y}")
        return TrainingRow(code, course.text, planned, finished) if code and course.text else None

    def _lock(self, line: Line) -> LockRow | None:
        cell, faults = line["Trường hợp"], self.faults
        since, until = day_in(line["Từ ngày"], faults), day_in(line["Đến trước ngày"], faults)
        code = cell.code if cell.code in self.codes.cases else ""
        if not code:
            faults.say("no-case", LOCKS, cell.place, said=cell.text)
        if since is None and not line["Từ ngày"].text:
            faults.say("lock-day", LOCKS, line["Từ ngày"].place)
        if since and until and until <= since:
            faults.say("ends", LOCKS, line["Đến trước ngày"].place, said=f"{until:%d-%m-%Y}")
        return LockRow(code, since, until) if code and since else None

    def _position(self, cell: Cell) -> str:
        if cell.code in self.codes.positions:
            return cell.code
        self.faults.say("no-position", cell.sheet, cell.place, said=cell.text)
        return ""

    def _choice(self, cell: Cell, name: str) -> str:
        """By its code or its words, however typed; "" when there is no such choice (which is said)."""
        found = choice(self.codes.choices[name], cell.text)
        if not found:
            told = ", ".join(self.codes.choices[name].values())
            self.faults.say("no-choice", cell.sheet, cell.place, said=cell.text, choices=told)
        return found

    def _numbers(self, sheet: str) -> dict[str, int] | None:
        """Places by position, or posts by block."""
        if sheet not in self.sheets:
            return None
        found: dict[str, int] = {}
        seen: dict[str, int] = {}
        for line in self.sheets[sheet]:
            if sheet == FRAMES:
                code, cell = self._position(line["Vị trí"]), line["Số chỗ"]
            else:
                code, cell = self._choice(line["Khối"], "block"), line["Biên chế"]
            number = whole_in(cell, self.faults) if cell.text else 0
            if code in seen:
                self.faults.say("line-twice", sheet, f"A{line.number}", line=seen[code])
            elif code and number:
                found[code] = number
            if code:
                seen.setdefault(code, line.number)
        return found

    def _warn_of_sums(
        self, frames: Mapping[str, int] | None, quotas: Mapping[str, int] | None, people: Iterable[PersonRow]
    ) -> None:
        people = list(people)
        held = Counter(post.position for person in people for post in person.posts if post.kind == "full")
        self._warn_of_heads(people)
        for code, most in self.codes.most.items():
            if held[code] > most:
                self.faults.warn(
                    "leaders", PEOPLE, "H1", count=held[code], position=self.codes.positions[code], most=most
                )
        for block, posts in (quotas or {}).items():
            places = sum(
                number for code, number in (frames or {}).items() if self.codes.blocks.get(code) == block
            )
            if places > posts:
                words = self.codes.choices["block"][block]
                self.faults.warn("over-quota", FRAMES, "B1", block=words, places=places, posts=posts)

    def _warn_of_heads(self, people: Iterable[PersonRow]) -> None:
        """Two heads of one department, where the whole number of heads may well be right."""
        lines = {line["Số hồ sơ"].text: line.number for line in self.sheets.get(PEOPLE, ())}
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for person in people:
            post = person.main_post
            if post and post.body and post.position in self.codes.most:
                found[post.position, post.body].append(lines.get(person.number, 0))
        for (position, body), where in sorted(found.items()):
            most = self.codes.most[position] // max(len(self.codes.bodies[position]), 1)
            if len(where) > most:
                self.faults.warn(
                    "body-led", PEOPLE, f"H{where[-1]}", count=len(where), body=self.codes.choices["body"][body],
                    position=self.codes.positions[position], lines=", ".join(map(str, where)),
                )  # fmt: skip


def _of(found: Mapping[str, Sequence[Value]] | None, number: str) -> tuple[Value, ...] | None:
    return None if found is None else tuple(found.get(number, ()))

"""One line of the sheet of people."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from thongsuot.lawbook.staffing import months_after
from thongsuot.staffing.importing.content import HomeRow, PersonRow, PostRow
from thongsuot.staffing.importing.faults import Faults
from thongsuot.staffing.importing.layout import PEOPLE, Codes, key
from thongsuot.staffing.importing.sheets import Cell, Line, day_in, number_in

_YOUNGEST, _OLDEST = 15, 80


def choice(choices: Mapping[str, str], said: str) -> str:
    """The code of what was typed, by its code or its words; "" when there is no such choice."""
    wanted = key(said)
    return next((code for code, words in choices.items() if wanted in (key(code), key(words))), "")


class PersonReader:
    def __init__(self, codes: Codes, faults: Faults, on: date, unit_code: str) -> None:
        self.codes, self.faults, self.on, self.unit_code = codes, faults, on, unit_code

    def read(self, line: Line) -> PersonRow | None:
        number, name = line["Số hồ sơ"], line["Họ và tên"]
        if not number.text:
            self._say("empty", number, what="số hồ sơ", what_en="the number of the person")
        elif len(number.text) > 20:
            self._say("number-long", number)
        if not name.text:
            self._say("empty", name, what="họ và tên", what_en="the name")
        elif len(name.text) > 120:
            self._say("name-long", name, most=120)
        category = self._choice(line["Đối tượng"], "category", needed=True)
        born, joined = self._days(line)
        rank = line["Ngạch"]
        if len(rank.text) > 60:
            self._say("name-long", rank, most=60)
        main = self._post(line)
        combined = self._combined(line["Kiêm nhiệm"], main)
        wishes, wished = self._wishes(line)
        row = PersonRow(
            number=number.text,
            full_name=name.text,
            category=category,
            sex=self._choice(line["Giới tính"], "sex"),
            born_on=born,
            rank=rank.text,
            joined_on=joined,
            posts=(*((main,) if main else ()), *combined),
            origin=self._unit(line["Đơn vị gốc"]) if line.has("Đơn vị gốc") else None,
            wishes=wishes,
            wished_on=wished,
            home=self._home(line),
        )
        return row if number.text and main else None

    def _days(self, line: Line) -> tuple[date | None, date | None]:
        born, joined = (day_in(line[name], self.faults) for name in ("Ngày sinh", "Vào ngành từ"))
        if born and not months_after(born, 12 * _YOUNGEST) <= self.on <= months_after(born, 12 * _OLDEST):
            self._say("born", line["Ngày sinh"], said=f"{born:%d-%m-%Y}")
        too_young = born and joined and joined < months_after(born, 12 * _YOUNGEST)
        if joined and (joined > self.on or too_young):
            self._say("joined", line["Vào ngành từ"], said=f"{joined:%d-%m-%Y}")
        return born, joined

    def _post(self, line: Line) -> PostRow | None:
        code = self._position(line["Vị trí"])
        kind = self._choice(line["Hình thức"], "kind") or "full"
        since, until = (day_in(line[name], self.faults) for name in ("Từ ngày", "Đến trước ngày"))
        payroll = self._unit(line["Nơi trả lương"])
        if since and since > self.on:
            self._say("since", line["Từ ngày"], said=f"{since:%d-%m-%Y}", on=f"{self.on:%d-%m-%Y}")
        if kind == "secondment":
            self._loan(line, since or self.on, until, payroll)
        elif until or payroll:
            self._say("full-end", line["Đến trước ngày" if until else "Nơi trả lương"])
        body = self._body(line["Phòng phụ trách"], code)
        return PostRow(code, kind, since, until, payroll, body) if code else None

    def _body(self, cell: Cell, position: str) -> str:
        """By its code or any of its names; a head of whom nobody says which department is told, and let in."""
        among = self.codes.bodies.get(position, ())
        if not cell.text:
            if among:
                self.faults.warn("body-unsaid", PEOPLE, cell.place, position=self.codes.positions[position])
            return ""
        wanted = key(cell.text)
        names = self.codes.choices["body"]
        found = next(
            (
                code
                for code, more in self.codes.called.items()
                if wanted in map(key, (code, names[code], *more))
            ),
            "",
        )
        if not found:
            self._say("no-choice", cell, said=cell.text, choices=", ".join(names.values()))
        elif position and found not in among:
            self._say("body-not", cell, position=self.codes.positions[position])
        return found if found in among else ""

    def _loan(self, line: Line, since: date, until: date | None, payroll: str) -> None:
        if (not payroll and not line["Nơi trả lương"].text) or payroll == self.unit_code:
            self._say("loan-payroll", line["Nơi trả lương"])
        if until is None:
            if not line["Đến trước ngày"].text:
                self._say("loan-end", line["Đến trước ngày"])
        elif until <= since:
            self._say("ends", line["Đến trước ngày"], said=f"{until:%d-%m-%Y}")
        elif until > months_after(since, 12 * self.codes.secondment_years):
            self._say("loan-long", line["Đến trước ngày"], years=self.codes.secondment_years)

    def _combined(self, cell: Cell, main: PostRow | None) -> list[PostRow]:
        found: list[PostRow] = []
        for said in _parts(cell):
            code = said.split("·")[0].strip()
            if code not in self.codes.positions:
                self._say("no-position", cell, said=said)
                continue
            if main and code == main.position:
                self._say("combined-same", cell, code=code)
                continue
            if code not in self.codes.combinable:
                self.faults.warn("combined-not", PEOPLE, cell.place, code=code)
            found.append(PostRow(code, "combined"))
        return list(dict.fromkeys(found))

    def _wishes(self, line: Line) -> tuple[tuple[str, ...] | None, date | None]:
        if not line.has("Nguyện vọng"):
            return None, None
        cell, given = line["Nguyện vọng"], line["Ngày nêu nguyện vọng"]
        codes = []
        for said in _parts(cell):
            code = said.split("·")[0].strip()
            if code in self.codes.units:
                codes.append(code)
            else:
                self._say("no-unit", cell, said=said)
        on = day_in(given, self.faults)
        if codes and ((on is None and not given.text) or (on and on > self.on)):
            self._say("wish-day", given)
        return tuple(sorted(set(codes))), on

    def _home(self, line: Line) -> HomeRow | None:
        names = ("Vĩ độ nơi ở", "Kinh độ nơi ở", "Ngày cho biết nơi ở")
        said = [bool(line[name].text) for name in names]
        if not any(said):
            return None
        latitude, longitude = (number_in(line[name], self.faults) for name in names[:2])
        given = day_in(line[names[2]], self.faults)
        if latitude is None or longitude is None or given is None or not _in_country(latitude, longitude):
            self._say("home", line[names[0]])
            return None
        return HomeRow(float(latitude), float(longitude), given)

    def _choice(self, cell: Cell, name: str, *, needed: bool = False) -> str:
        if not cell.text and not needed:
            return ""
        found = choice(self.codes.choices[name], cell.text)
        if not found:
            told = ", ".join(self.codes.choices[name].values())
            self._say("no-choice", cell, said=cell.text, choices=told)
        return found

    def _position(self, cell: Cell) -> str:
        if cell.code in self.codes.positions:
            return cell.code
        if cell.text:
            self._say("no-position", cell, said=cell.text)
        else:
            self._say("empty", cell, what="vị trí", what_en="the position")
        return ""

    def _unit(self, cell: Cell) -> str:
        if not cell.text or cell.code in self.codes.units:
            return cell.code
        self._say("no-unit", cell, said=cell.text)
        return ""

    def _say(self, name: str, cell: Cell, **filled: Any) -> None:
        self.faults.say(name, cell.sheet, cell.place, **filled)


def _parts(cell: Cell) -> list[str]:
    return [part.strip() for part in cell.text.replace(",", ";").split(";") if part.strip()]


def _in_country(latitude: Decimal, longitude: Decimal) -> bool:
    return 8 <= latitude <= 24 and 102 <= longitude <= 118

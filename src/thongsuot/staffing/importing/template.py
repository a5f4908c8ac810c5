"""The workbook of a unit to be filled in: what the registers hold, drop-down lists, and a note of how they stood."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from thongsuot.staffing.importing.content import PersonRow, UnitStaff
from thongsuot.staffing.importing.layout import (
    BASE,
    BASIS,
    CODE,
    COLUMNS,
    COURSES,
    DAY,
    DOSSIERS,
    EXPERIENCE,
    FRAMES,
    LISTS,
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
    coded,
)
from thongsuot.web.workbooks import letters

_SPARE = 200  # lines below the last one that keep their drop-down lists
_WIDTHS = {
    "Họ và tên": 26,
    "Vị trí": 30,
    "Ngành": 28,
    "Lớp bồi dưỡng": 34,
    "Trường hợp": 44,
    "Giá trị": 40,
    "Mục": 28,
    "Phòng phụ trách": 26,
}
# Column -> list; of a unit whose locks are not shown, the sheet of locks is left out.
_LISTS = {
    "Giới tính": "sex",
    "Đối tượng": "category",
    "Hình thức": "kind",
    "Trình độ": "degree",
    "Khối": "block",
    "Vị trí": "positions",
    "Trường hợp": "cases",
    "Phòng phụ trách": "body",
}


@dataclass(slots=True)
class _Book:
    book: Any
    codes: Codes
    formats: Mapping[str, Any]
    ranges: dict[str, str] = field(default_factory=dict)

    def sheet(self, name: str, rows: Iterable[Sequence[object]]) -> Any:
        page = self.book.add_worksheet(name)
        page.freeze_panes(1, 2 if name == PEOPLE else 0)
        count = 0
        for at, column in enumerate(COLUMNS[name]):
            page.set_column(at, at, _WIDTHS.get(column, max(12, len(column) + 2)))
            page.write_string(0, at, column, self.formats["head"])
        for count, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                self._write(page, count, at, value)
        self._choices(name, page, count + _SPARE)
        return page

    def _write(self, page: Any, line: int, at: int, value: object) -> None:
        if value is None or value == "":
            return
        if isinstance(value, date):
            page.write_datetime(line, at, value, self.formats["day"])
        elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            page.write_number(line, at, value)
        else:  # as text, so that nothing a name begins with becomes a formula
            page.write_string(line, at, str(value), self.formats["text"])

    def _choices(self, name: str, page: Any, last: int) -> None:
        for at, column in enumerate(COLUMNS[name]):
            source = self.ranges.get(_LISTS.get(column, ""))
            if source and name != UNIT:
                page.data_validation(
                    1, at, last, at, {"validate": "list", "source": source, "show_error": False}
                )

    def lists(self) -> None:
        """Every list in a column of its own; units are too many for a drop-down, they are there to look up."""
        page = self.book.add_worksheet(LISTS)
        columns: dict[str, list[str]] = {
            "positions": [coded(code, words) for code, words in self.codes.positions.items()],
            "cases": [coded(code, words) for code, words in self.codes.cases.items()],
            **{name: list(words.values()) for name, words in self.codes.choices.items()},
            "units": [coded(code, words) for code, words in self.codes.units.items()],
        }
        heads = {
            "positions": _("Vị trí việc làm"), "cases": _("Trường hợp chưa điều động"), "sex": _("Giới tính"),
            "category": _("Đối tượng"), "kind": _("Hình thức"), "degree": _("Trình độ"), "block": _("Khối"),
            "body": _("Phòng phụ trách"),
            "units": _("Đơn vị"),
        }  # fmt: skip
        for at, (name, values) in enumerate(columns.items()):
            page.set_column(at, at, 44 if name in ("positions", "cases", "units") else 24)
            page.write_string(0, at, heads[name], self.formats["head"])
            for line, value in enumerate(values, start=1):
                page.write_string(line, at, value, self.formats["text"])
            column = letters(at)
            self.ranges[name] = f"='{LISTS}'!${column}$2:${column}${len(values) + 1}"


def template(
    staff: UnitStaff, codes: Codes, versions: Mapping[str, int], digest: str, *, with_locks: bool
) -> bytes:
    """`versions` of people and the digest go along unseen: what changed meanwhile is told when the file comes back."""
    kept_in = BytesIO()
    with xlsxwriter.Workbook(kept_in, {"in_memory": True}) as book:
        formats = {
            "head": book.add_format(
                {"bold": True, "bottom": 1, "bg_color": "#e8f0ef", "text_wrap": True, "valign": "top"}
            ),
            "day": book.add_format({"num_format": "dd-mm-yyyy", "align": "left"}),
            "text": book.add_format({"num_format": "@"}),
        }
        made = _Book(book, codes, formats)
        unit = made.sheet(UNIT, _unit_rows(staff, codes))
        unit.write_comment("B4", _("Ngày của số liệu; không sau hôm nay."))
        made.lists()
        made.sheet(
            FRAMES,
            ((_position(codes, code), places) for code, places in sorted((staff.frames or {}).items())),
        )
        made.sheet(
            QUOTAS, ((codes.choices["block"][block], posts) for block, posts in (staff.quotas or {}).items())
        )
        people = made.sheet(PEOPLE, (_person(row, codes) for row in staff.people))
        people.write_comment(
            "M1", _("Mã các vị trí kiêm nhiệm, cách nhau bằng dấu chấm phẩy, ví dụ: VP04; VH03")
        )
        people.write_comment(
            "K1", _("Chỉ khi biệt phái: mã đơn vị trả lương; cột Đến trước ngày là ngày kết thúc.")
        )
        people.write_comment("Q1", _("Chỉ ghi nơi ở khi người đó tự cho biết."))
        people.write_comment("T1", _("Chỉ với trưởng phòng, phó phòng: phòng nào của đơn vị."))
        made.sheet(
            STUDIES,
            _around(
                staff,
                lambda row: [
                    (codes.choices["degree"][one.degree], one.major) for one in row.qualifications or ()
                ],
            ),
        )
        made.sheet(
            EXPERIENCE,
            _around(
                staff,
                lambda row: [(_position(codes, one.position), one.years) for one in row.experiences or ()],
            ),
        )
        made.sheet(
            COURSES,
            _around(
                staff,
                lambda row: [
                    (_position(codes, one.position), one.course, one.planned_on, one.finished_on)
                    for one in row.trainings or ()
                ],
            ),
        )
        if with_locks:
            made.sheet(
                LOCKS,
                _around(
                    staff,
                    lambda row: [
                        (coded(one.reason, codes.cases.get(one.reason, "")), one.since, one.until)
                        for one in row.locks or ()
                    ],
                ),
            )
        _base(book, staff, versions, digest)
        unit.activate()
    return kept_in.getvalue()


def _unit_rows(staff: UnitStaff, codes: Codes) -> list[tuple[str, object]]:
    work = staff.workload
    return [
        (CODE, staff.unit_code),
        (NAME, codes.units.get(staff.unit_code, "")),
        (DAY, staff.on),
        (POPULATION, work and work.population),
        (DOSSIERS, work and work.dossiers),
        (UPLAND, _("có") if work and work.upland else _("không")),
        (ORIGIN, work and work.source),
        (BASIS, staff.basis),
    ]


def _person(row: PersonRow, codes: Codes) -> tuple[object, ...]:
    post = row.main_post or next(iter(row.posts), None)  # whose full post is elsewhere
    combined = "; ".join(one.position for one in row.posts if one.kind == "combined" and one is not post)
    choices = codes.choices
    return (
        row.number, row.full_name, choices["sex"].get(row.sex, ""), row.born_on,
        choices["category"].get(row.category, ""), row.rank, row.joined_on,
        _position(codes, post.position) if post else "", choices["kind"][post.kind] if post else "",
        post and post.since, post and post.payroll, post.until if post and post.kind == "secondment" else None,
        combined, row.origin, "; ".join(row.wishes or ()), row.wished_on if row.wishes else None,
        row.home and row.home.latitude, row.home and row.home.longitude, row.home and row.home.given_on,
        choices["body"].get(post.body, "") if post else "",
    )  # fmt: skip


def _position(codes: Codes, code: str) -> str:
    return coded(code, codes.positions.get(code, ""))


def _around(staff: UnitStaff, of: Any) -> Iterable[tuple[object, ...]]:
    return ((row.number, *one) for row in staff.people for one in of(row))


def _base(book: Any, staff: UnitStaff, versions: Mapping[str, int], digest: str) -> None:
    page = book.add_worksheet(BASE)
    page.very_hidden()
    rows: list[tuple[str, str, int]] = [("digest", digest, 0)]
    rows += [("people", row.number, versions.get(row.number, 0)) for row in staff.people]
    rows += [("frames", code, places) for code, places in (staff.frames or {}).items()]
    rows += [("quotas", block, posts) for block, posts in (staff.quotas or {}).items()]
    for line, (kind, name, value) in enumerate(rows):
        page.write_string(line, 0, kind)
        page.write_string(line, 1, name)
        page.write_number(line, 2, value)

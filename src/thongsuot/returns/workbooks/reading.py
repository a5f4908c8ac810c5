"""Reading a workbook that came back: whose it is, what it says, and every fault by its cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from thongsuot.indicators.enums import Kind
from thongsuot.kernel.typed import NotOne, Unsure, number_of
from thongsuot.kernel.vietnamese import fold
from thongsuot.returns.checking import Cell as Figure
from thongsuot.returns.models import TemplateLine
from thongsuot.returns.queries.papers import Paper
from thongsuot.returns.workbooks.layout import (
    FIGURES,
    FIRST_LINE,
    FORM,
    MAX_BYTES,
    MOST_ROWS,
    NAME,
    NONE,
    NOTE,
    SAID,
    SECOND,
    VALUE,
    WHY,
    WORDS,
    Base,
)
from thongsuot.web.workbooks import Cell, Oddities, TooBig, Unreadable, Workbook, letters, open_workbook

_YES = ("x", "có", "co", "yes", "1", "v")
_NO = ("", "không", "khong", "no", "0")
_MOST_FAULTS = 500
_LONGEST_WHY, _LONGEST_SAID, _LONGEST = 500, 500, 20_000
_FIELDS = 7  # of a line in the note


@dataclass(frozen=True, slots=True)
class Fault:
    sheet: str
    cell: str
    says: str

    def told(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Content:
    """What the workbook says, by keys of lines and sections."""

    cells: dict[int, Figure] = field(default_factory=dict)
    explanations: dict[int, str] = field(default_factory=dict)
    passages: dict[int, str] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, sheet: str, cell: str, says: str) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(Fault(sheet, cell, says))


class Foreign(Exception):
    """No workbook of a return of this house, or one that was tampered with; says why."""


def opened(data: bytes) -> tuple[Workbook, Base]:
    """Raises Foreign with a sentence for the person who sent it."""
    try:
        book = open_workbook(data, max_bytes=MAX_BYTES, most_rows=MOST_ROWS, oddities=True)
    except TooBig as big:
        raise Foreign(
            _("Tệp lớn hơn %(mb)s MB. Bỏ hình ảnh, trang tính không cần.") % {"mb": MAX_BYTES // 1024**2}
        ) from big
    except Unreadable as broken:
        raise Foreign(
            _(
                "Không mở được tệp Excel này. Mở tệp bằng Excel, bỏ mật khẩu nếu có, lưu lại dạng .xlsx rồi nạp."
            )
        ) from broken
    rows = book.rows.get(NOTE)
    if not rows or FIGURES not in book.rows or WORDS not in book.rows:
        raise Foreign(
            _(
                "Đây không phải tệp báo cáo tải từ hệ thống, hoặc đã mất trang. Tải tệp của báo cáo rồi điền vào đó."
            )
        )
    return book, _base(rows)


def _base(rows: Sequence[Sequence[Any]]) -> Base:
    told = {str(row[0]): str(row[1]) for row in rows if row and row[0] not in ("line", "section")}
    lines = [[str(value) for value in row] + [""] * _FIELDS for row in rows if row and row[0] == "line"]
    sections = [[str(value) for value in row] + [""] for row in rows if row and row[0] == "section"]
    try:
        base = Base(
            parent=int(told["return"]),
            number=int(told["number"]),
            saves=int(told["saves"]),
            unit=told["unit"],
            lines=[int(row[1]) for row in lines],
            sections=[int(row[1]) for row in sections],
            cells={int(row[1]): _as_cell(row[2:6]) for row in lines},
            passages={int(row[1]): row[2] for row in sections},
            explanations={int(row[1]): row[6] for row in lines},
        )
        sealed = told.get("form") == FORM and base.sealed(told.get("seal", ""))
    except (KeyError, ValueError, ArithmeticError) as broken:
        raise Foreign(_tampered()) from broken
    if not sealed:
        raise Foreign(_tampered())
    return base


def _tampered() -> str:
    return _("Phần mã ẩn của tệp đã bị sửa nên không biết tệp của báo cáo nào. Tải lại tệp rồi chép số sang.")


def _as_cell(row: Sequence[str]) -> Figure:
    value, second, words, none = row
    return Figure(Decimal(value) if value else None, Decimal(second) if second else None, words, not none)


def content_of(book: Workbook, base: Base, paper: Paper) -> Content:
    """Every line and section in its place; nothing stops at the first fault."""
    found = Content()
    for sheet in (FIGURES, WORDS):
        if len(book.rows[sheet]) > MOST_ROWS:
            says = _("Trang có hơn %(rows)s dòng. Xóa các dòng thừa dưới bảng, hoặc tải lại tệp.")
            found.wrong(sheet, f"A{MOST_ROWS + 1}", says % {"rows": MOST_ROWS})
    if found.faults:
        return found
    lines = {line.pk: line for line in paper.lines}
    rows = dict(book.cells(FIGURES))
    odd = book.odd.get(FIGURES, Oddities())
    last = FIRST_LINE + len(base.lines)
    _odd_places(found, FIGURES, odd, range(FIRST_LINE, last))
    for number, key in enumerate(base.lines, start=FIRST_LINE):
        _Line(found, lines[key], rows.get(number, []), number, odd).read()
    _below(found, rows, last)
    _passages(found, book, base, paper)
    return found


def _odd_places(found: Content, sheet: str, odd: Oddities, within: range) -> None:
    for row in sorted(odd.hidden_rows):
        if row in within:
            found.wrong(
                sheet, f"A{row}", _("Dòng %(row)s đang bị ẩn. Bỏ ẩn, xem lại số rồi nạp.") % {"row": row}
            )
    for place in sorted(odd.merged):
        if int("".join(filter(str.isdigit, place))) in within:
            found.wrong(
                sheet, place, _("Ô %(cell)s bị trộn với ô khác. Bỏ trộn ô rồi nạp.") % {"cell": place}
            )


def _below(found: Content, rows: Mapping[int, Sequence[Cell]], last: int) -> None:
    extra = [number for number, cells in rows.items() if number >= last and any(cell.text for cell in cells)]
    if extra:
        says = _("Từ dòng %(row)s có chữ ngoài bảng, hệ thống không đọc. Xóa đi, hoặc nhập vào đúng dòng.")
        found.wrong(FIGURES, f"A{min(extra)}", says % {"row": min(extra)})


class _Line:
    def __init__(
        self, found: Content, line: TemplateLine, cells: Sequence[Cell], number: int, odd: Oddities
    ) -> None:
        self.found, self.line, self.cells, self.number, self.odd = found, line, cells, number, odd

    def at(self, column: int) -> Cell:
        place = f"{letters(column)}{self.number}"
        return self.cells[column] if column < len(self.cells) else Cell("", FIGURES, place)

    def read(self) -> None:
        name = self.at(NAME)
        if fold(name.text) != fold(self.line.indicator.name):
            says = _(
                "Ô %(cell)s: dòng này phải là “%(name)s”. Đừng đổi chỗ, thêm bớt dòng; tải lại tệp nếu cần."
            )
            self._wrong(name, says % {"cell": name.place, "name": self.line.indicator.name})
            return
        none = self._none()
        value, second, words = self._number(VALUE), self._second(), self._words()
        if none and (value is not None or second is not None or words):
            cell = self.at(NONE)
            says = _("Ô %(cell)s: đã ghi không phát sinh thì không có số. Bỏ số, hoặc bỏ dấu x.")
            self._wrong(cell, says % {"cell": cell.place})
        key = self.line.pk
        self.found.cells[key] = Figure(value, second, words, not none)
        self.found.explanations[key] = self._text(self.at(WHY), _LONGEST_WHY)
        self.found.places[key] = f"{FIGURES}!{self.at(VALUE).place}"

    def _second(self) -> Decimal | None:
        return self._number(SECOND) if self.line.indicator.kind == Kind.RATIO else None

    def _words(self) -> str:
        if self.line.indicator.kind not in (Kind.TEXT, Kind.RATING):
            return ""
        return self._text(self.at(SAID), _LONGEST_SAID)

    def _none(self) -> bool:
        cell = self.at(NONE)
        said = cell.text.lower()
        if said not in (*_YES, *_NO):
            says = _("Ô %(cell)s: “%(said)s” không rõ. Gõ x nếu không phát sinh, nếu có số thì để trống.")
            self._wrong(cell, says % {"cell": cell.place, "said": cell.text[:60]})
        return said in _YES

    def _number(self, column: int) -> Decimal | None:
        if self.line.indicator.kind == Kind.TEXT:
            return None
        cell = self.at(column)
        told = {"cell": cell.place, "said": cell.text[:60], "what": self.line.indicator}
        if cell.place in self.odd.formulas:
            self._wrong(cell, _("Ô %(cell)s là công thức. Chép lại thành giá trị (dán số) rồi nạp.") % told)
        elif cell.place in self.odd.errors:
            self._wrong(cell, _failed(cell))
        elif isinstance(cell.value, date | datetime | time | timedelta):
            says = _("Ô %(cell)s: “%(said)s” là ngày giờ, không phải số. Định dạng ô thành số rồi nhập lại.")
            self._wrong(cell, says % told)
        elif cell.text:
            try:
                return number_of(cell.value if isinstance(cell.value, int | float) else cell.text).normalize()
            except Unsure:
                says = _(
                    "Ô %(cell)s: “%(said)s” có thể là hai số khác nhau. Gõ số liền, không dấu chấm phẩy."
                )
                self._wrong(cell, says % told)
            except NotOne:
                says = _("Ô %(cell)s: “%(said)s” không phải là số. Nhập %(what)s bằng số, ví dụ 1553.")
                self._wrong(cell, says % told)
        return None

    def _text(self, cell: Cell, most: int) -> str:
        if cell.place in self.odd.errors:
            self._wrong(cell, _failed(cell))
        if cell.place in self.odd.formulas:
            self._wrong(
                cell, _("Ô %(cell)s là công thức. Chép lại thành chữ rồi nạp.") % {"cell": cell.place}
            )
        if len(cell.text) > most:
            says = _("Ô %(cell)s dài quá %(most)s chữ cái. Rút gọn lại.")
            self._wrong(cell, says % {"cell": cell.place, "most": most})
        return cell.text

    def _wrong(self, cell: Cell, says: str) -> None:
        self.found.wrong(FIGURES, cell.place, says)


def _failed(cell: Cell) -> str:
    return _("Ô %(cell)s đang báo lỗi của Excel (như #REF!). Nhập lại giá trị rồi nạp.") % {
        "cell": cell.place
    }


def _passages(found: Content, book: Workbook, base: Base, paper: Paper) -> None:
    rows = dict(book.cells(WORDS))
    titles = {section.pk: section.title for section in paper.sections}
    odd = book.odd.get(WORDS, Oddities())
    _odd_places(found, WORDS, odd, range(2, 2 + len(base.sections)))
    for number, key in enumerate(base.sections, start=2):
        title, text = _pair(rows.get(number, []), number)
        if fold(title.text) != fold(titles[key]):
            says = _("Ô %(cell)s: dòng này phải là “%(name)s”. Đừng đổi chỗ, thêm bớt dòng.")
            found.wrong(WORDS, title.place, says % {"cell": title.place, "name": titles[key]})
        elif text.place in odd.formulas:
            says = _("Ô %(cell)s là công thức. Chép lại thành chữ rồi nạp.")
            found.wrong(WORDS, text.place, says % {"cell": text.place})
        elif text.place in odd.errors:
            found.wrong(WORDS, text.place, _failed(text))
        else:
            found.passages[key] = _said(text)
            if len(found.passages[key]) > _LONGEST:
                says = _("Ô %(cell)s dài quá %(most)s chữ cái. Rút gọn lại.")
                found.wrong(WORDS, text.place, says % {"cell": text.place, "most": _LONGEST})


def _pair(cells: Sequence[Cell], number: int) -> tuple[Cell, Cell]:
    given: Iterator[Cell] = iter(cells)
    return next(given, Cell("", WORDS, f"A{number}")), next(given, Cell("", WORDS, f"B{number}"))


def _said(cell: Cell) -> str:
    """With its lines."""
    text = cell.value if isinstance(cell.value, str) else cell.text
    return text.replace("\r\n", "\n").replace("_x000D_", "").strip()

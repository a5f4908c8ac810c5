"""What is wrong with a return: every fault with its line or section, how much it weighs, and how to mend it.

Pure: what is asked, what was filled in, what the period before held and what the words say are given.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from thongsuot.indicators.display import plain
from thongsuot.indicators.enums import Kind
from thongsuot.returns.enums import FaultCode, Level

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a line: a number, two of them for a ratio, words, or that there is none to count."""

    value: Decimal | None = None
    second: Decimal | None = None
    words: str = ""
    applicable: bool = True

    @property
    def is_blank(self) -> bool:
        return self.applicable and self.value is None and self.second is None and not self.words


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the template."""

    key: int
    name: str
    kind: str
    unit_of_measure: str = ""
    code: str = ""
    required: bool = True
    least: Decimal | None = None
    most: Decimal | None = None
    jump: Decimal | None = None
    part_of: int | None = None


@dataclass(frozen=True, slots=True)
class AskedSection:
    key: int
    title: str
    required: bool


@dataclass(frozen=True, slots=True)
class SaidFigure:
    """A number that the words give of an indicator asked for; `as_said` is how they give it."""

    line: int
    section: int
    agrees: bool
    as_said: str


@dataclass(frozen=True, slots=True)
class Fault:
    code: FaultCode
    says: str
    level: Level = Level.MUST
    line: int | None = None
    section: int | None = None


def check(
    lines: Sequence[Asked],
    cells: Mapping[int, Cell],
    sections: Iterable[AskedSection],
    passages: Mapping[int, str],
    before: Mapping[int, Cell],
    said: Iterable[SaidFigure] = (),
) -> list[Fault]:
    """In the order of the lines, then of the sections."""
    faults: list[Fault] = []
    by_line = _contradicted(said)
    parts = _parts(lines, cells)
    for line in lines:
        cell = cells.get(line.key, BLANK)
        faults += _of_cell(line, cell)
        faults += parts.get(line.key, ())
        faults += _jump(line, cell, before.get(line.key, BLANK))
        if line.key in by_line and not cell.is_blank:
            faults.append(_narrative(line, cell, by_line[line.key]))
    for section in sections:
        if section.required and not passages.get(section.key, "").strip():
            says = _("Chưa viết phần “%(title)s”.") % {"title": section.title}
            faults.append(Fault(FaultCode.EMPTY, says, section=section.key))
    return faults


def _of_cell(line: Asked, cell: Cell) -> Iterator[Fault]:
    name = {"name": line.name}
    if cell.is_blank:
        if line.required:
            says = _("“%(name)s” còn trống. Nhập số, hoặc đánh dấu không phát sinh.")
            if line.kind == Kind.TEXT:
                says = _("“%(name)s” còn trống. Viết nội dung, hoặc đánh dấu không phát sinh.")
            yield Fault(FaultCode.MISSING, says % name, line=line.key)
        return
    if not cell.applicable or line.kind == Kind.TEXT:
        return
    if line.kind == Kind.RATIO:
        yield from _ratio(line, cell)
    elif cell.value is None:
        yield Fault(FaultCode.MISSING, _("“%(name)s” còn thiếu số.") % name, line=line.key)
    else:
        yield from _number(line, cell.value)


def _number(line: Asked, value: Decimal) -> Iterator[Fault]:
    told = {"name": line.name, "value": plain(value)}
    if line.kind in (Kind.COUNT, Kind.RATING) and value != value.to_integral_value():
        says = _("“%(name)s”: %(value)s không phải số nguyên.") % told
        yield Fault(FaultCode.NOT_WHOLE, says, line=line.key)
    if value < 0 and line.kind != Kind.AMOUNT and (line.least is None or line.least >= 0):
        yield Fault(FaultCode.BELOW_ZERO, _("“%(name)s”: %(value)s nhỏ hơn 0.") % told, line=line.key)
    else:
        yield from _range(line, value)


def _range(line: Asked, value: Decimal) -> Iterator[Fault]:
    told = {"name": line.name, "value": plain(value)}
    if line.least is not None and value < line.least:
        says = _("“%(name)s”: %(value)s nhỏ hơn mức thấp nhất %(least)s.")
        yield Fault(FaultCode.LOW, says % {**told, "least": plain(line.least)}, line=line.key)
    if line.most is not None and value > line.most:
        says = _("“%(name)s”: %(value)s lớn hơn mức cao nhất %(most)s.")
        yield Fault(FaultCode.HIGH, says % {**told, "most": plain(line.most)}, line=line.key)


def _ratio(line: Asked, cell: Cell) -> Iterator[Fault]:
    """Its range is of the share in per cent; without one, the part cannot be more than the whole."""
    told = {
        "name": line.name,
        "part": plain(cell.value or Decimal()),
        "whole": plain(cell.second or Decimal()),
    }
    if cell.value is None or cell.second is None:
        says = _("“%(name)s” cần cả số đạt và tổng số.")
        yield Fault(FaultCode.PAIR, says % told, line=line.key)
    elif cell.value < 0 or cell.second < 0:
        says = _("“%(name)s”: %(part)s trên %(whole)s có số nhỏ hơn 0.")
        yield Fault(FaultCode.BELOW_ZERO, says % told, line=line.key)
    elif cell.second == 0:
        if cell.value:
            says = _("“%(name)s”: tổng số là 0 thì số đạt cũng phải là 0. Xem lại tổng số.")
            yield Fault(FaultCode.PAIR, says % told, line=line.key)
    elif line.most is None and cell.value > cell.second:
        says = _("“%(name)s”: số đạt %(part)s nhiều hơn tổng số %(whole)s.")
        yield Fault(FaultCode.OVER_WHOLE, says % told, line=line.key)
    else:
        yield from _range(line, cell.value * _HUNDRED / cell.second)


def _parts(lines: Sequence[Asked], cells: Mapping[int, Cell]) -> Mapping[int, list[Fault]]:
    """Parts add up to their whole; as long as some are missing, they may not exceed it."""
    parts: dict[int, list[Asked]] = defaultdict(list)
    for line in lines:
        if line.part_of is not None:
            parts[line.part_of].append(line)
    faults: dict[int, list[Fault]] = defaultdict(list)
    for whole in lines:
        of_whole, total = parts.get(whole.key, []), cells.get(whole.key, BLANK)
        if not of_whole or total.value is None:
            continue
        given = [cells.get(line.key, BLANK) for line in of_whole]
        known = [cell.value or Decimal() for cell in given if not cell.is_blank]
        complete = len(known) == len(of_whole)
        added = sum(known, Decimal())
        if (complete and added != total.value) or added > total.value:
            says = _("“%(name)s” ghi %(total)s, nhưng các phần (%(parts)s) cộng lại được %(added)s.")
            told = {
                "name": whole.name,
                "total": plain(total.value),
                "parts": ", ".join(line.name for line in of_whole),
                "added": plain(added),
            }
            faults[whole.key].append(Fault(FaultCode.PARTS, says % told, line=whole.key))
    return faults


def _jump(line: Asked, cell: Cell, before: Cell) -> Iterator[Fault]:
    now, then = _measured(line, cell), _measured(line, before)
    if line.jump is None or now is None or then is None or now == then:
        return
    low, high = sorted((abs(now), abs(then)))
    if (low == 0 and high <= line.jump) or (low and high / low <= line.jump):
        return
    says = _("“%(name)s”: %(now)s, kỳ trước %(then)s, chênh quá %(jump)s lần. Sửa, hoặc giải trình vì sao.")
    told = {"name": line.name, "now": plain(now), "then": plain(then), "jump": plain(line.jump)}
    yield Fault(FaultCode.JUMP, says % told, Level.EXPLAIN, line=line.key)


def _measured(line: Asked, cell: Cell) -> Decimal | None:
    """What is compared between periods: of a ratio its share in per cent."""
    if not cell.applicable or cell.value is None:
        return None
    if line.kind != Kind.RATIO:
        return cell.value
    return round(cell.value * _HUNDRED / cell.second, 1) if cell.second else None


def _contradicted(said: Iterable[SaidFigure]) -> Mapping[int, list[SaidFigure]]:
    """Lines of which the words give numbers, and none that agrees."""
    by_line: dict[int, list[SaidFigure]] = defaultdict(list)
    for one in said:
        by_line[one.line].append(one)
    return {line: some for line, some in by_line.items() if not any(one.agrees for one in some)}


def _narrative(line: Asked, cell: Cell, said: Sequence[SaidFigure]) -> Fault:
    says = _(
        "“%(name)s”: trong bảng ghi %(cell)s, trong lời văn ghi “%(said)s”. Sửa một trong hai, hoặc giải trình."
    )
    shown = plain(cell.value) if cell.value is not None else _("không phát sinh")
    if cell.second is not None:
        shown = f"{shown}/{plain(cell.second)}"
    told = {"name": line.name, "cell": shown, "said": "”, “".join(dict.fromkeys(one.as_said for one in said))}
    return Fault(FaultCode.NARRATIVE, says % told, Level.EXPLAIN, line=line.key)

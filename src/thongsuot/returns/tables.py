"""The completeness board, drawn in one go: a template asked for each of 3,321 cells takes longer than all the rest."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from thongsuot.returns.enums import HANDED_IN, State
from thongsuot.returns.queries.board import Board, BoardCell, BoardRow, Screen, Seen
from thongsuot.web.drawing import days_in_words
from thongsuot.web.templatetags.web import vn_date

OVERDUE, SENT_LATE = "!", "◔"
# Never colour alone: one sign in each narrow cell.
SIGNS = {
    State.NOT_BEGUN: "·",
    State.DRAFT: "…",
    State.SUBMITTED: "?",
    State.APPROVED: "↑",
    State.SENT_BACK: "↩",
    State.ACCEPTED: "✓",
    State.LOCKED: "■",
}


def sign_of(cell: BoardCell) -> str:
    if cell.late:
        return OVERDUE
    if cell.state in HANDED_IN and cell.came_late:
        return SENT_LATE
    return SIGNS[State(cell.state)]


def says(cell: BoardCell) -> str:
    """How it stands, since when, and when somebody asked for it last."""
    parts = [cell.label]
    if cell.late:
        parts += [days_in_words(cell.due, cell.on), _("hạn %(day)s") % {"day": vn_date(cell.due)}]
    elif cell.came is not None:
        sent = _("gửi trễ, ngày %(day)s") if cell.came_late else _("gửi ngày %(day)s")
        parts.append(sent % {"day": vn_date(cell.came)})
    if cell.chased and cell.chased_on is not None:
        told = {"n": cell.chased, "day": vn_date(cell.chased_on)}
        parts.append(_("đôn đốc %(n)s lần, gần nhất %(day)s") % told)
    return ", ".join(parts)


@dataclass(frozen=True)
class ScreenDrawn:
    screen: Screen

    @cached_property
    def key(self) -> list[tuple[str, str, int]]:
        """Every sign of the screen with what it means and how often it stands there."""
        found = Counter(sign_of(one.cell) for _province, units in self.screen.provinces for one in units)
        names = {OVERDUE: _("Quá hạn, chưa gửi"), SENT_LATE: _("Gửi trễ hạn")}
        names |= {sign: str(state.label) for state, sign in SIGNS.items()}
        return [(sign, name, found[sign]) for sign, name in names.items() if found[sign]]

    @cached_property
    def body(self) -> SafeString:
        several, cell = len(self.screen.provinces) > 1, _Cells(_sign)
        drawn = [
            format_html(
                "<section>{}<ul>{}</ul></section>",
                _heading(province, units) if several else "",
                _joined(f"<li{cell.drawn(one.cell, conditional_escape(one.name))}</li>" for one in units),
            )
            for province, units in self.screen.provinces
        ]
        return _joined(drawn)


@dataclass(frozen=True)
class BoardDrawn:
    board: Board

    @cached_property
    def body(self) -> SafeString:
        cell = _Cells(_words)
        return _joined(f"<tr>{''.join(_row(row, cell))}</tr>" for row in self.board.rows)


def _row(row: BoardRow, cells: "_Cells") -> Iterator[str]:
    yield f'<th scope="row">{conditional_escape(row.unit.title)}</th>'
    for cell in row.cells:
        yield "<td></td>" if cell is None else f"<td{cells.drawn(cell)}</td>"


def _heading(province: str, units: Sequence[Seen]) -> SafeString:
    handed = sum(one.cell.state in HANDED_IN for one in units)
    said = _("%(handed)s/%(all)s đã gửi") % {"handed": handed, "all": len(units)}
    return format_html("<h2>{} <small>{}</small></h2>", province, said)


class _Cells:
    """Cells that stand alike are put in words once."""

    def __init__(self, inside: Callable[[BoardCell], tuple[str, SafeString]]) -> None:
        self._inside, self._alike = inside, dict[tuple[object, ...], tuple[str, str]]()
        self._before, _zero, self._after = reverse("returns:page", args=[0]).rpartition("0")

    def drawn(self, cell: BoardCell, name: str = "") -> str:
        """From the end of the opening of its element on; `name` is escaped."""
        how = (cell.state, cell.due, cell.came, cell.chased, cell.chased_on)
        if how not in self._alike:
            title, inside = self._inside(cell)
            self._alike[how] = (f' class="tone-{cell.tone}"><a href="{self._before}', f"{title}{inside}")
        opening, rest = self._alike[how]
        titled = f' title="{name}: ' if name else ""
        return f'{opening}{cell.pk}{self._after}"{titled}{rest}'


def _sign(cell: BoardCell) -> tuple[str, SafeString]:
    """What follows the name, then what stands in the cell."""
    return f'{conditional_escape(says(cell))}"', format_html(
        '><i aria-hidden="true">{}</i></a>', sign_of(cell)
    )


def _words(cell: BoardCell) -> tuple[str, SafeString]:
    beside = []
    if cell.late:
        beside.append(days_in_words(cell.due, cell.on))
    elif cell.came_late:
        beside.append(_("trễ"))
    if cell.chased:
        beside.append(_("đôn đốc %(n)s") % {"n": cell.chased})
    small = format_html_join("", " · <small>{}</small>", ((one,) for one in beside))
    return "", format_html(">{}</a>{}", cell.label, small)


def _joined(parts: Iterable[str]) -> SafeString:
    """Each part was escaped when it was made."""
    return mark_safe("".join(parts))  # noqa: S308

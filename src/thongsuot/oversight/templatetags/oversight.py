"""How the stages of a visit look: always an icon, a word and a colour together."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from thongsuot.oversight.board import Line, Sums
from thongsuot.oversight.enums import Lateness, Stage, VisitState
from thongsuot.oversight.models import WorkingGroup
from thongsuot.web.columns import draw
from thongsuot.web.icons import svg
from thongsuot.web.links import link_to
from thongsuot.web.templatetags.web import number, vn_date

register = template.Library()

LOOKS = {
    Stage.UNPLANNED: ("plain", "circle-dashed"),
    Stage.POSTPONED: ("due", "calendar-pause"),
    Stage.PLANNED: ("plain", "calendar-event"),
    Stage.NOTIFIED: ("calm", "send"),
    Stage.HELD: ("calm", "messages"),
    Stage.MINUTES: ("calm", "file-check"),
    Stage.REPORTED: ("done", "circle-check"),
    Stage.CANCELLED: ("done", "calendar-off"),
}
LATE = ("late", "alert-triangle")


@register.filter
def stage_tone(stage: str, late: Lateness | None = None) -> str:
    return (LATE if late else LOOKS[Stage(stage)])[0]


@register.filter
def stage_icon(stage: str, late: Lateness | None = None) -> str:
    return (LATE if late else LOOKS[Stage(stage)])[1]


@register.simple_tag
def board_cells(lines: Sequence[Line], meetings_url: str) -> SafeString:
    """A board of a city has 168 of them: written here, for a template takes ten times as long."""
    words = _words(get_language() or "")
    drawn = "".join(f"<li>{_cell(line, meetings_url, words)}</li>" for line in lines)
    return mark_safe(drawn)  # noqa: S308  what people wrote is escaped in each cell


class _Words(NamedTuple):
    """Escaped once, and not in each cell."""

    stages: Mapping[Stage, str]
    late: Mapping[Lateness, str]
    off_plan: str
    is_late: str
    wants_notice: str


@lru_cache
def _words(_language: str) -> _Words:
    return _Words(
        {stage: escape(str(stage.label)) for stage in Stage},
        {late: escape(str(late.label)) for late in Lateness},
        escape(gettext("đã có biên bản, ngoài lịch")),
        escape(gettext("trễ")),
        escape(gettext("chưa báo")),
    )


def _cell(line: Line, meetings_url: str, words: _Words) -> str:
    tone, icon = LATE if line.late else LOOKS[line.stage]
    stage = words.stages[line.stage]
    if line.visit:
        url, kind = line.visit.get_absolute_url(), f"cell cell-{tone}"
        says = f"{words.late[line.late] if line.late else stage}, {vn_date(line.visit.day)}"
    elif line.meetings:
        url, kind = f"{meetings_url}?unit={line.unit.pk}&amp;group={line.group.pk}", f"cell cell-{tone}"
        says = words.off_plan
    else:
        url, kind, says = link_to("units:page", line.unit.pk), "cell", stage
    more = words.is_late if line.late else words.wants_notice if line.wants_notice else ""
    return (
        f'<a class="{kind}" href="{url}" title="{escape(str(line.unit))}: {says}">{svg(icon)}{escape(line.unit.name)}'
        f'<span class="visually-hidden">: {stage}</span>{f" · {more}" if more else ""}</a>'
    )


@register.simple_tag
def stage_counts(sums: Sums, group: WorkingGroup | None = None) -> SafeString:
    """The rest of a row of numbers, of one group or of all: by stage, together, and how many of them are late."""
    of_it = f"to={group.pk}&amp;" if group else ""
    by_stage = [_count(count, f"?{of_it}buoc={stage.value}#board") for stage, count in sums.cells]
    ends = (f'<td class="num">{number(sums.units)}</td>', _count(sums.late, f"?{of_it}tre=on#board"))
    return mark_safe("".join((*by_stage, *ends)))  # noqa: S308  numbers and words of the program


def _count(count: int, url: str) -> str:
    return f'<td class="num"><a href="{url}">{number(count)}</a></td>' if count else '<td class="num">0</td>'


@register.simple_tag
def stage_badge(stage: Stage | VisitState) -> SafeString:
    tone, icon = LOOKS[Stage(stage)]
    return draw("badge", label=stage.label, tone=tone, icon=icon)


@register.simple_tag
def late_badge(late: Lateness | None) -> SafeString:
    return draw("badge", label=late.label, tone=LATE[0], icon=LATE[1]) if late else SafeString("")

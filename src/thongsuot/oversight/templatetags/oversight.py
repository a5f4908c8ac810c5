"""How the stages of a visit look: always an icon, a word and a colour together."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from thongsuot.oversight.board import Line
from thongsuot.oversight.enums import Lateness, Stage, VisitState
from thongsuot.web.columns import draw
from thongsuot.web.icons import svg
from thongsuot.web.templatetags.web import vn_date

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
def board_cell(line: Line, meetings_url: str) -> SafeString:
    """A board of a city has 168 of them: written here, for a template takes ten times as long."""
    tone, icon = LATE if line.late else LOOKS[line.stage]
    stage = str(line.stage.label)
    if line.visit:
        url, kind = line.visit.get_absolute_url(), f"cell cell-{tone}"
        says = f"{line.late.label if line.late else stage}, {vn_date(line.visit.day)}"
    elif line.meetings:
        url, kind = f"{meetings_url}?unit={line.unit.pk}&group={line.group.pk}", f"cell cell-{tone}"
        says = gettext("đã có biên bản, ngoài lịch")
    else:
        url, kind, says = reverse("units:page", args=[line.unit.pk]), "cell", stage
    more = gettext("trễ") if line.late else gettext("chưa báo") if line.wants_notice else ""
    return format_html(
        '<a class="{}" href="{}" title="{}: {}">{}{}<span class="visually-hidden">: {}</span>{}</a>',
        kind,
        url,
        str(line.unit),
        says,
        svg(icon),
        line.unit.name,
        stage,
        f" · {more}" if more else "",
    )


@register.simple_tag
def stage_badge(stage: Stage | VisitState) -> SafeString:
    tone, icon = LOOKS[Stage(stage)]
    return draw("badge", label=stage.label, tone=tone, icon=icon)


@register.simple_tag
def late_badge(late: Lateness | None) -> SafeString:
    return draw("badge", label=late.label, tone=LATE[0], icon=LATE[1]) if late else SafeString("")

"""How the stages of a visit look: always an icon, a word and a colour together."""

from django import template
from django.utils.safestring import SafeString

from thongsuot.oversight.enums import Lateness, Stage, VisitState
from thongsuot.web.columns import draw

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
def stage_badge(stage: Stage | VisitState) -> SafeString:
    tone, icon = LOOKS[Stage(stage)]
    return draw("badge", label=stage.label, tone=tone, icon=icon)


@register.simple_tag
def late_badge(late: Lateness | None) -> SafeString:
    return draw("badge", label=late.label, tone=LATE[0], icon=LATE[1]) if late else SafeString("")

from collections.abc import Mapping
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from thongsuot.matters.clocks import clock_state, in_clock_state
from thongsuot.matters.enums import KINDS_UP, AnswerKind, ClockState, Competence, Direction, State
from thongsuot.matters.models import Matter, Reply
from thongsuot.matters.queries import CLOCK_TONES, STATE_TONES, bodies_to_route_to
from thongsuot.matters.tables.matters import ALL, MatterFilter, MatterTable, YesNo
from thongsuot.units.models import Body
from thongsuot.units.queries.asking import standing_of
from thongsuot.web.columns import BadgeColumn, ChooseColumn, DueColumn, draw_again
from thongsuot.web.filters import AnyOfFilter, OneOfFilter
from thongsuot.web.worded import Rows, answers, worded

STATES_UP = (
    State.RECORDED,
    State.ROUTED,
    State.ANSWERED,
    State.CONTESTED,
    State.SETTLED,
    State.WITHDRAWN,
)


def bodies_in_reach(request: HttpRequest | None) -> QuerySet[Body]:
    mandate = getattr(request, "mandate", None)
    return bodies_to_route_to(mandate, timezone.localdate()) if mandate else Body.objects.none()


def bodies_offered(request: HttpRequest | None) -> Rows:
    """Key and name of `bodies_in_reach`."""
    mandate = getattr(request, "mandate", None)
    if mandate is None:
        return []
    question = ("bodies in reach", standing_of(mandate), timezone.localdate())
    return answers(worded(question, lambda: bodies_in_reach(request).values_list("pk", "name")))


class ProposalFilter(MatterFilter):
    direction = Direction.UP
    clock = AnyOfFilter(
        method="by_clock", label=_("Tình trạng hạn"), choices=ClockState.choices, empty_label=ALL
    )
    state = AnyOfFilter(
        label=_("Trạng thái"), choices=[(state.value, state.label) for state in STATES_UP], empty_label=ALL
    )
    body = OneOfFilter(
        label=_("Cơ quan đang giữ"), queryset=bodies_in_reach, offers=bodies_offered, empty_label=ALL
    )
    competence = AnyOfFilter(label=_("Thẩm quyền"), choices=Competence.choices, empty_label=ALL)
    addressee = django_filters.CharFilter(lookup_expr="icontains", label=_("Gửi tới"))
    answered = AnyOfFilter(
        method="answered_with", label=_("Kết quả trả lời"), choices=AnswerKind.choices, empty_label=ALL
    )
    contested = django_filters.BooleanFilter(
        method="once_contested", label=_("Từng chưa đồng ý"), widget=YesNo
    )
    grouped = django_filters.BooleanFilter(method="in_a_group", label=_("Đã gộp nhóm"), widget=YesNo)
    kinds = KINDS_UP
    in_sight = ("q", "clock", "unit", "topic")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        order = [*self.in_sight, *(name for name in self.filters if name not in self.in_sight)]  # type: ignore[has-type]
        self.filters = {name: self.filters[name] for name in order}  # type: ignore[has-type]

    def by_clock(self, matters: QuerySet[Matter], name: str, value: str) -> QuerySet[Matter]:
        return matters.filter(in_clock_state(value, timezone.localdate()))

    def answered_with(self, matters: QuerySet[Matter], name: str, value: str) -> QuerySet[Matter]:
        return matters.filter(Exists(Reply.objects.filter(proposal=OuterRef("pk"), answer__kind=value)))

    def once_contested(self, matters: QuerySet[Matter], name: str, value: bool) -> QuerySet[Matter]:
        return matters.filter(level__gt=0) if value else matters.filter(level=0)

    def in_a_group(self, matters: QuerySet[Matter], name: str, value: bool) -> QuerySet[Matter]:
        return matters.filter(group__isnull=not value)


class ProposalTable(MatterTable):
    state = BadgeColumn(tones=STATE_TONES, verbose_name=_("Trạng thái"))
    holder_name = tables.Column(_("Đang giữ"), attrs={"td": {"class": "holder"}})
    due_on = DueColumn(verbose_name=_("Hạn trả lời"), closed=lambda matter: bool(matter.stopped_on))
    clock = tables.Column(_("Tình trạng hạn"), empty_values=(), orderable=False)
    competence = tables.Column(_("Thẩm quyền"))
    cluster = tables.Column(_("Nhóm"), accessor="group", order_by=("group_id", "pk"))
    joined_for: ClassVar[Mapping[str, str]] = {"group": "origin", "cluster": "group"}
    empty_title = _("Chưa có kiến nghị nào")
    empty_says = _(
        "Kiến nghị hiện ở đây khi một đơn vị nêu, hoặc khi người tiếp nhận xác nhận từ một báo cáo, biên bản."
    )
    hidden: tuple[str, ...] = (
        "raised_on",
        "kind",
        "speaker",
        "addressee",
        "group",
        "clock",
        "competence",
        "cluster",
    )

    class Meta(MatterTable.Meta):
        sequence: tuple[str, ...] = (
            "number",
            "raised_on",
            "places",
            "text",
            "state",
            "holder_name",
            "due_on",
            "topic",
            "...",
            "quote",
        )

    def render_clock(self, record: Matter) -> SafeString:
        state = clock_state(record, timezone.localdate())
        tone, icon = CLOCK_TONES[state]
        return draw_again("badge", label=state.label, tone=tone, icon=icon)

    def value_clock(self, record: Matter) -> str:
        return str(clock_state(record, timezone.localdate()).label)

    def render_cluster(self, value: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', value.get_absolute_url(), value.number)

    def value_cluster(self, value: Any) -> str:
        return str(value.number)


class ChoosingProposalTable(ProposalTable):
    """For those who route, answer or group many at once."""

    choose = ChooseColumn()

    class Meta(ProposalTable.Meta):
        sequence: tuple[str, ...] = ("choose", *ProposalTable.Meta.sequence)

from collections.abc import Mapping
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.forms import HiddenInput
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from thongsuot.matters.clocks import clock_state, in_clock_state
from thongsuot.matters.enums import KINDS_DOWN, TASK_STATES, ClockState, Direction
from thongsuot.matters.models import Matter, Order
from thongsuot.matters.queries import CLOCK_TONES, STATE_TONES, visible_orders, words_of_clock
from thongsuot.matters.tables.matters import ALL, KIND_TONES, MatterFilter, YesNo, unit_names, units_in_reach
from thongsuot.units.models import UNIT_NAMED_BY, Mandate, Unit, called
from thongsuot.units.queries.asking import standing_of
from thongsuot.web.columns import (
    BadgeColumn,
    ChooseColumn,
    DayColumn,
    ListTable,
    QuoteColumn,
    draw,
    draw_again,
)
from thongsuot.web.filters import AnyOfFilter, DayRangeFilter, OneOfFilter
from thongsuot.web.templatetags.web import vn_date
from thongsuot.web.worded import Rows, answers, worded


def issuers(request: HttpRequest | None) -> QuerySet[Unit]:
    """The mandate's own unit, what is in its reach, and the unit above: nobody else gives it tasks."""
    mandate: Mandate | None = getattr(request, "mandate", None)
    if mandate is None:
        return Unit.objects.none()
    near = units_in_reach(request) | Unit.objects.filter(
        pk__in=[mandate.unit_id, mandate.unit.parent_id or 0]
    )
    return near.distinct().order_by("tier", "name", "pk").reverse()


def issuers_offered(request: HttpRequest | None) -> Rows:
    """Key and words of `issuers`."""
    mandate: Mandate | None = getattr(request, "mandate", None)
    if mandate is None:
        return []
    question = ("issuers", standing_of(mandate))
    return answers(worded(question, lambda: issuers(request).values_list("pk", *UNIT_NAMED_BY)))


def people(request: HttpRequest | None) -> QuerySet[Mandate]:
    mandate: Mandate | None = getattr(request, "mandate", None)
    if mandate is None:
        return Mandate.objects.none()
    at_home = Mandate.objects.filter(unit=mandate.unit_id, assigned__isnull=False).distinct()
    return at_home.select_related("user", "unit", "body").order_by("user__full_name", "pk")


def people_offered(request: HttpRequest | None) -> Rows:
    """Key and words of `people`, the words of Mandate.__str__ but for the place, which all of them share."""
    mandate: Mandate | None = getattr(request, "mandate", None)
    if mandate is None:
        return []
    named = ("pk", "user__full_name", "user__username", "role_code", "deputy_of__user__full_name")
    rows = answers(
        worded(
            ("people at home", mandate.unit_id),
            lambda: people(request).select_related(None).values_list(*named),
        )
    )
    return [
        (pk, f"{name or username} · {called(role, standing_in_for)}")
        for pk, name, username, role, standing_in_for in rows
    ]


class TaskFilter(MatterFilter):
    direction = Direction.DOWN
    kinds = KINDS_DOWN
    filters: dict[str, Any]
    clock = AnyOfFilter(method="in_clock", label=_("Thời hạn"), choices=ClockState.choices, empty_label=ALL)
    state = AnyOfFilter(
        label=_("Trạng thái"), choices=[(state.value, state.label) for state in TASK_STATES], empty_label=ALL
    )
    issuer = OneOfFilter(label=_("Bên giao"), queryset=issuers, offers=issuers_offered, empty_label=ALL)
    assignee = OneOfFilter(
        label=_("Người thực hiện"), queryset=people, offers=people_offered, empty_label=ALL
    )
    due_on = DayRangeFilter(label=_("Hạn"))
    priority = django_filters.BooleanFilter(label=_("Ưu tiên"), widget=YesNo())
    order = OneOfFilter(label=_("Lệnh giao"), queryset=Order.objects.none(), empty_label=ALL)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        asked = (self.data or {}).get("order", "")
        if asked.isdigit():  # one order is asked for by its page; a list of all would be long
            orders = visible_orders(request.mandate).filter(pk=asked)  # type: ignore[attr-defined]
            self.filters["order"].queryset = orders
        else:
            self.filters["order"].extra["widget"] = HiddenInput()
        order = ("q", "clock", "unit", "state", "topic", "group", "issuer", "assignee", "due_on", "priority")
        self.filters = {name: self.filters[name] for name in (*order, *self.filters) if name in self.filters}

    def in_clock(self, matters: QuerySet[Matter], name: str, value: str) -> QuerySet[Matter]:
        return matters.filter(in_clock_state(value, timezone.localdate()))


class TaskTable(ListTable):
    number = tables.Column(_("Số"), linkify=True, attrs={"td": {"class": "nowrap"}})
    text = tables.Column(_("Việc"), orderable=False, attrs={"td": {"class": "wide"}})
    places = tables.Column(_("Đơn vị"), order_by=("unit__name", "pk"), empty_values=())
    due_on = DayColumn(verbose_name=_("Hạn"))
    clock = tables.Column(_("Thời hạn"), order_by=("due_on", "pk"), empty_values=())
    state = BadgeColumn(tones=STATE_TONES, verbose_name=_("Trạng thái"))
    priority = tables.Column(_("Ưu tiên"))
    topic = tables.Column(_("Lĩnh vực"), accessor="topic_name", order_by=("topic", "pk"))
    holder = tables.Column(_("Chủ trì"), accessor="holder_name", order_by=("holder_name", "pk"))
    issuer = tables.Column(_("Bên giao"), order_by=("issuer__name", "pk"))
    assignee = tables.Column(_("Người thực hiện"), accessor="assignee__user")
    person = tables.Column(_("Người chịu trách nhiệm"))
    product = tables.Column(_("Sản phẩm"), orderable=False)
    basis = tables.Column(_("Căn cứ"), orderable=False)
    kind = BadgeColumn(tones=KIND_TONES, verbose_name=_("Loại"))
    raised_on = DayColumn(verbose_name=_("Ngày giao"))
    group = tables.Column(_("Tổ công tác"), accessor="origin__group_label")
    quote = QuoteColumn(accessor="quote_url")
    hidden = (
        "due_on",
        "priority",
        "topic",
        "holder",
        "issuer",
        "assignee",
        "person",
        "product",
        "basis",
        "kind",
        "raised_on",
        "group",
    )
    joined_for: ClassVar[Mapping[str, str]] = {
        "issuer": "issuer",
        "assignee": "assignee__user",
        "group": "origin",
    }
    empty_title = _("Chưa có nhiệm vụ nào")
    empty_says = _(
        "Nhiệm vụ hiện ở đây khi được giao xuống, hoặc khi người tiếp nhận xác nhận chỉ đạo, cam kết từ một biên bản."
    )

    class Meta(ListTable.Meta):
        """Late ones first, as the rows come (queries.late_first)."""

    def render_places(self, record: Matter) -> str:
        return unit_names(place.unit for place in record.places) or str(_("Chưa rõ đơn vị"))  # type: ignore[attr-defined]

    def value_places(self, record: Matter) -> str:
        return ", ".join(str(place.unit) for place in record.places)  # type: ignore[attr-defined]

    def render_clock(self, record: Matter) -> SafeString:
        today = timezone.localdate()
        state = clock_state(record, today)
        tone, icon = CLOCK_TONES[state]
        badge = draw_again("badge", label=state.label, tone=tone, icon=icon)
        day = vn_date(record.due_on) if record.due_on else ""
        words = " · ".join(part for part in (day, words_of_clock(record, today)) if part)
        return format_html("{}<br><small>{}</small>", badge, words) if words else badge

    def value_clock(self, record: Matter) -> str:
        today = timezone.localdate()
        words = words_of_clock(record, today)
        return f"{clock_state(record, today).label}{f', {words}' if words else ''}"

    def render_priority(self, value: bool) -> SafeString | str:
        return draw("badge", label=_("Ưu tiên"), tone="late", icon="flag") if value else ""


class ChoosingTaskTable(TaskTable):
    choose = ChooseColumn()

    class Meta(TaskTable.Meta):
        sequence = ("choose", "...")

"""The list of transfer files."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.matters.tables import ALL, units_in_reach
from thongsuot.staffing.enums import Means, TransferKind, TransferState
from thongsuot.staffing.models import Transfer
from thongsuot.staffing.policies import may_name
from thongsuot.staffing.queries.transfers import STATE_TONES, ball_of, late, waits_for
from thongsuot.staffing.tables.plans import place_cell
from thongsuot.units.models import Unit
from thongsuot.web.columns import BadgeColumn, ChooseColumn, DayColumn, ListTable, draw, draw_again
from thongsuot.web.filters import AnyOfFilter, DayRangeFilter, SomeOfFilter, TextFilter, WholeFilter


class TransferFilter(django_filters.FilterSet):
    q = TextFilter(method="containing", label=_("Số hồ sơ, người"))
    state = SomeOfFilter(label=_("Tình trạng"), choices=TransferState.choices)
    unit = django_filters.ModelChoiceFilter(
        method="of_unit", label=_("Đơn vị đi hoặc đến"), queryset=units_in_reach, empty_label=ALL
    )
    waits = django_filters.ModelChoiceFilter(
        method="waiting_for", label=_("Đang chờ đơn vị"), queryset=units_in_reach, empty_label=ALL
    )
    late = AnyOfFilter(method="overdue", label=_("Thời hạn"), choices=[("true", _("Quá hạn"))])
    kind = AnyOfFilter(label=_("Loại"), choices=TransferKind.choices)
    means = AnyOfFilter(label=_("Hình thức"), choices=Means.choices)
    plan = WholeFilter(field_name="move__plan", label=_("Phương án số"))
    effective_on = DayRangeFilter(label=_("Ngày có hiệu lực"))

    class Meta:
        model = Transfer
        fields: list[str] = []

    def containing(self, rows: QuerySet[Transfer], name: str, value: str) -> QuerySet[Transfer]:
        found = Q(number__icontains=value) | Q(person__number__icontains=value)
        request: Any = self.request
        if may_name(request.mandate):
            found |= Q(person__bare__contains=strip_marks(value))
        return rows.filter(found)

    def of_unit(self, rows: QuerySet[Transfer], name: str, value: Unit) -> QuerySet[Transfer]:
        return rows.filter(Q(from_unit=value) | Q(to_unit=value))

    def waiting_for(self, rows: QuerySet[Transfer], name: str, value: Unit) -> QuerySet[Transfer]:
        return rows.filter(waits_for(value))

    def overdue(self, rows: QuerySet[Transfer], name: str, value: str) -> QuerySet[Transfer]:
        return rows.filter(late(timezone.localdate()))


class TransferTable(ListTable):
    number = tables.Column(_("Số"), linkify=True, attrs={"td": {"class": "nowrap"}})
    shown = tables.Column(pgettext_lazy("one", "Người"))
    leaves = tables.Column(
        _("Từ"), accessor="from_unit", order_by=("from_unit__name", "pk"), attrs={"td": {"class": "place"}}
    )
    comes = tables.Column(
        _("Đến"), accessor="to_unit", order_by=("to_unit__name", "pk"), attrs={"td": {"class": "place"}}
    )
    state = BadgeColumn(tones=STATE_TONES, verbose_name=_("Tình trạng"))
    ball = tables.Column(_("Đang chờ"), empty_values=(), orderable=False, attrs={"td": {"class": "wide"}})
    due = tables.Column(
        _("Hạn"),
        empty_values=(),
        order_by=("asked_until", "effective_on", "pk"),
        attrs={"td": {"class": "day"}},
    )
    effective_on = DayColumn(verbose_name=_("Có hiệu lực"))
    kind = tables.Column(_("Loại"))
    means = tables.Column(_("Hình thức"))
    ends_on = DayColumn(verbose_name=_("Biệt phái đến"))
    opened_on = DayColumn(verbose_name=_("Lập ngày"))
    decision_number = tables.Column(_("Quyết định"))
    hidden = ("kind", "means", "ends_on", "opened_on", "decision_number")
    empty_title = _("Chưa có hồ sơ điều động nào")
    empty_says = _("Hồ sơ hiện ở đây khi tổ chức nhận đề xuất của phương án hoặc lập hồ sơ cho một người.")

    @cached_property
    def today(self) -> Any:
        return timezone.localdate()

    def render_leaves(self, record: Transfer) -> SafeString:
        return place_cell(record.from_unit, record.from_position)

    def value_leaves(self, record: Transfer) -> str:
        return f"{record.from_unit}, {record.from_position}"

    def render_comes(self, record: Transfer) -> SafeString:
        return place_cell(record.to_unit, record.to_position)

    def value_comes(self, record: Transfer) -> str:
        return f"{record.to_unit}, {record.to_position}"

    def render_ball(self, record: Transfer) -> SafeString | str:
        ball = ball_of(record, self.today)
        if ball is None:
            return ""
        words = f"{ball.who}: {ball.what}" if ball.who else ball.what
        if not ball.late:
            return words
        return format_html(
            "{} {}", words, draw_again("badge", label=_("Quá hạn"), tone="late", icon="alert-triangle")
        )

    def value_ball(self, record: Transfer) -> str:
        ball = ball_of(record, self.today)
        return f"{ball.who}: {ball.what}".removeprefix(": ") if ball else ""

    def render_due(self, record: Transfer) -> SafeString | str:
        ball = ball_of(record, self.today)
        if ball is None or ball.due_on is None:
            return ""
        # A day of effect is awaited, not missed.
        return draw("due", on=ball.due_on, closed=record.state == TransferState.DECIDED and not ball.late)

    def value_due(self, record: Transfer) -> Any:
        ball = ball_of(record, self.today)
        return ball.due_on if ball else None


class ChoosingTransferTable(TransferTable):
    choose = ChooseColumn()

    class Meta(TransferTable.Meta):
        sequence = ("choose", "...")

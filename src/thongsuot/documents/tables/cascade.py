"""Units of a directive: who has answered, with what, how long after."""

from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import HiddenInput
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.documents.enums import Standing
from thongsuot.documents.models import TakenPoint
from thongsuot.documents.queries.cascade import STANDING_TONES
from thongsuot.kernel.symbols import Symbol
from thongsuot.matters.models import Matter
from thongsuot.matters.queries import STATE_TONES
from thongsuot.matters.tables import ALL
from thongsuot.web.columns import BadgeColumn, DayColumn, ListTable, NumberColumn, draw_again
from thongsuot.web.filters import AnyOfFilter, DayRangeFilter, TextFilter, WholeFilter
from thongsuot.web.templatetags.web import number


class UnitFilter(django_filters.FilterSet):
    q = TextFilter(field_name="unit__name", label=_("Đơn vị"))
    standing = AnyOfFilter(choices=Standing.choices, label=_("Thực hiện"), empty_label=ALL)
    answered = DayRangeFilter(field_name="answered_on", label=_("Ngày trả lời"))
    without = WholeFilter(method="without_point", widget=HiddenInput, label=_("Chưa cụ thể hóa điểm"))

    class Meta:
        model = Matter
        fields: list[str] = []

    def without_point(self, rows: QuerySet[Matter], name: str, value: int) -> QuerySet[Matter]:
        taken = TakenPoint.objects.filter(
            uptake__directive__order=OuterRef("order"), uptake__unit=OuterRef("unit"), point=int(value)
        )
        return rows.exclude(Exists(taken))


class UnitTable(ListTable):
    unit = tables.Column(
        _("Đơn vị"), order_by=("unit__name", "pk"), linkify=True, attrs={"td": {"class": "nowrap"}}
    )
    standing = tables.Column(_("Thực hiện"), empty_values=())
    document = tables.Column(_("Văn bản của đơn vị"), empty_values=(), orderable=False)
    answered_on = DayColumn(verbose_name=_("Ngày trả lời"))
    after = NumberColumn(
        verbose_name=_("Sau khi giao (ngày)"), empty_values=(), order_by=("answered_on", "pk")
    )
    late = NumberColumn(verbose_name=_("Chậm (ngày)"), empty_values=(), order_by=("due_on", "pk"))
    points = NumberColumn(verbose_name=_("Số điểm đã cụ thể hóa"))
    due_on = DayColumn(verbose_name=_("Hạn"))
    number = tables.Column(_("Nhiệm vụ"), linkify=True, attrs={"td": {"class": "nowrap"}})
    state = BadgeColumn(tones=STATE_TONES, verbose_name=_("Trạng thái nhiệm vụ"))
    hidden = ("due_on", "state")
    empty_title = _("Chưa có đơn vị nào")
    empty_says = _("Các đơn vị được giao thực hiện văn bản hiện ở đây.")

    def __init__(self, *args: Any, **more: Any) -> None:
        self.today = timezone.localdate()
        super().__init__(*args, **more)

    def render_after(self, record: Matter) -> str:
        return number(self.value_after(record))

    def value_after(self, record: Matter) -> int | None:
        answered: date | None = record.answered_on  # type: ignore[attr-defined]
        return (answered - record.raised_on).days if answered else None

    def render_late(self, record: Matter) -> str:
        return number(self.value_late(record))

    def value_late(self, record: Matter) -> int | None:
        """Days past the unit's own day, until it answered or until today."""
        answered: date | None = record.answered_on  # type: ignore[attr-defined]
        if record.due_on is None:
            return None
        return max(((answered or self.today) - record.due_on).days, 0) or None

    def render_standing(self, record: Matter) -> SafeString:
        standing = Standing(record.standing)  # type: ignore[attr-defined]
        tone, icon = STANDING_TONES[standing]
        return draw_again("badge", label=standing.label, tone=tone, icon=icon)

    def value_standing(self, record: Matter) -> str:
        return str(Standing(record.standing).label)  # type: ignore[attr-defined]

    def render_document(self, record: Matter) -> SafeString | str:
        if not record.answer:  # type: ignore[attr-defined]
            return "—"
        url = reverse("documents:uptake", args=[record.answer])  # type: ignore[attr-defined]
        return format_html('<a href="{}">{}</a>', url, self.value_document(record))

    def value_document(self, record: Matter) -> str:
        if not record.answer:  # type: ignore[attr-defined]
            return ""
        number, symbol = record.answer_number, record.answer_symbol  # type: ignore[attr-defined]
        return Symbol(number, symbol).printed() if number or symbol else gettext("Nêu lý do")

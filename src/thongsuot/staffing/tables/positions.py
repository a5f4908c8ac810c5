"""The catalogue as a list."""

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.lawbook.positions import field_name, fields
from thongsuot.staffing.enums import Block, PositionKind
from thongsuot.staffing.models import Position
from thongsuot.web.columns import ListTable, NumberColumn, draw
from thongsuot.web.filters import AnyOfFilter, TextFilter


def _field_choices() -> list[tuple[str, str]]:
    language = get_language() or "vi"
    return [(code, field_name(code, language)) for code in fields()]


class PositionFilter(django_filters.FilterSet):
    q = TextFilter(method="called", label=_("Mã, tên vị trí"))
    field = AnyOfFilter(choices=_field_choices, label=_("Lĩnh vực"))
    kind = AnyOfFilter(choices=PositionKind.choices, label=_("Nhóm"))
    block = AnyOfFilter(choices=Block.choices, label=_("Khối"))

    class Meta:
        model = Position
        fields: list[str] = []

    def called(self, rows: QuerySet[Position], name: str, value: str) -> QuerySet[Position]:
        return rows.filter(Q(code__icontains=value) | Q(name__icontains=value) | Q(name_en__icontains=value))


class PositionTable(ListTable):
    code = tables.Column(
        _("Mã"), linkify=lambda record: record.get_absolute_url(), attrs={"td": {"class": "nowrap"}}
    )
    name = tables.Column(_("Tên vị trí"), attrs={"td": {"class": "wide"}})
    field = tables.Column(_("Lĩnh vực"))
    kind = tables.Column(_("Nhóm"))
    weight = NumberColumn(verbose_name=_("Mức ưu tiên"))
    marks = tables.Column(_("Dấu hiệu"), empty_values=(), orderable=False)
    source = tables.Column(_("Nguồn"))
    empty_title = _("Chưa có vị trí nào")
    empty_says = _("Danh mục vị trí việc làm hiện ở đây khi hệ thống được chuẩn bị (thongsuot prepare).")
    hidden = ("source",)

    class Meta(ListTable.Meta):
        order_by = ("code",)

    def render_name(self, record: Position) -> str:
        return str(record)

    def render_field(self, value: str) -> str:
        return field_name(value, get_language() or "vi")

    def value_field(self, record: Position) -> str:
        return field_name(record.field, get_language() or "vi")

    def render_marks(self, record: Position) -> SafeString:
        return SafeString(" ".join(draw("badge", label=words, tone=tone) for words, tone in _marks(record)))

    def value_marks(self, record: Position) -> str:
        return "; ".join(words for words, _tone in _marks(record))


def _marks(position: Position) -> list[tuple[str, str]]:
    marks = (
        (gettext("tính thừa, thiếu"), "plain", position.counted),
        (gettext("được kiêm nhiệm"), "calm", position.combinable),
        (gettext("phải định kỳ chuyển đổi"), "due", position.rotates),
    )
    return [(words, tone) for words, tone, holds in marks if holds]

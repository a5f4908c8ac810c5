import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from thongsuot.intake.enums import DraftKind, DraftState
from thongsuot.intake.models import Draft
from thongsuot.web.columns import BadgeColumn, DayColumn, ListTable, NumberColumn
from thongsuot.web.filters import AnyOfFilter, DayRangeFilter, TextFilter


class DraftTable(ListTable):
    source = tables.Column(
        _("Văn bản"), linkify=("intake:draft", {"pk": tables.A("pk")}), order_by="source__name"
    )
    state = BadgeColumn(
        verbose_name=_("Trạng thái"),
        tones={
            DraftState.PROPOSED: ("due", "clock"),
            DraftState.CONFIRMED: ("done", "check"),
            DraftState.DISCARDED: ("plain", "trash"),
        },
    )
    kind = tables.Column(_("Đọc là"))
    corrections = NumberColumn(verbose_name=_("Số chỗ đã sửa"))
    created_at = DayColumn(verbose_name=_("Ngày tiếp nhận"))
    created_by = tables.Column(_("Người tiếp nhận"))
    confirmed_by = tables.Column(_("Người xác nhận"))

    empty_title = _("Chưa có bản nháp nào")
    empty_says = _(
        "Tải báo cáo, biên bản lên ở phía trên; mỗi tệp thành một bản nháp để kiểm tra và xác nhận."
    )

    class Meta(ListTable.Meta):
        model = Draft
        fields = ("source", "kind", "state", "corrections", "created_at", "created_by", "confirmed_by")
        order_by = "-created_at"


class DraftFilter(django_filters.FilterSet):
    text = TextFilter(label=_("Tên văn bản"), field_name="source__name")
    state = AnyOfFilter(label=_("Trạng thái"), choices=DraftState)
    kind = AnyOfFilter(label=_("Đọc là"), choices=DraftKind)
    created_at = DayRangeFilter(label=_("Ngày tiếp nhận"))

    class Meta:
        model = Draft
        fields: list[str] = []

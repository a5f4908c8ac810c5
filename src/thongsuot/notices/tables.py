from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from thongsuot.notices.enums import Kind
from thongsuot.notices.models import Notice
from thongsuot.web.columns import BadgeColumn, ChooseColumn, DayColumn, DueColumn, ListTable, draw
from thongsuot.web.filters import AnyOfFilter, DayRangeFilter, TextFilter

UNREAD, READ = "unread", "read"
TONES: dict[str, tuple[str, str]] = {
    Kind.DUE: ("due", "clock"),
    Kind.LATE: ("late", "alert-triangle"),
    Kind.BELOW: ("late", "stairs-up"),
    Kind.ASSIGNED: ("calm", "arrow-down"),
    Kind.WAITS: ("due", "hourglass"),
    Kind.ANSWERED: ("calm", "message-check"),
    Kind.RETURNED: ("late", "arrow-back-up"),
    Kind.CHANGED: ("plain", "edit"),
    Kind.DIGEST: ("plain", "news"),
}


class NoticeTable(ListTable):
    choose = ChooseColumn()
    title = tables.Column(
        _("Việc"),
        linkify=lambda record: reverse("notices:open", args=[record.pk]),
        attrs={"td": {"class": "wide"}},
    )
    kind = BadgeColumn(verbose_name=_("Loại"), tones=TONES)
    due_on = DueColumn(verbose_name=_("Hạn"))
    created_at = DayColumn(verbose_name=_("Lúc"))
    read_at = tables.Column(_("Đã đọc"), empty_values=())
    text = tables.Column(_("Nội dung"))

    empty_title = _("Chưa có nhắc việc nào")
    empty_says = _("Việc sắp đến hạn, quá hạn, được giao, chờ xác nhận và các câu trả lời sẽ hiện ở đây.")

    class Meta(ListTable.Meta):
        model = Notice
        fields = ("choose", "title", "kind", "due_on", "read_at", "created_at", "text")

    def render_read_at(self, record: Notice) -> SafeString:
        if record.read_at is None:
            return draw("badge", label=_("Chưa đọc"), tone="calm", icon="circle-dot")
        return draw("badge", label=_("Đã đọc"), tone="done", icon="check")


class NoticeFilter(django_filters.FilterSet):
    state = AnyOfFilter(
        label=_("Đã đọc"), method="by_state", choices=[(UNREAD, _("Chưa đọc")), (READ, _("Đã đọc"))]
    )
    kind = AnyOfFilter(label=_("Loại"), choices=Kind)
    title = TextFilter(label=_("Việc"))
    created_at = DayRangeFilter(label=_("Ngày nhắc"))

    class Meta:
        model = Notice
        fields: list[str] = []

    def by_state(self, notices: QuerySet[Notice], name: str, value: Any) -> QuerySet[Notice]:
        return notices.filter(read_at__isnull=value == UNREAD)

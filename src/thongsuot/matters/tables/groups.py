import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thongsuot.lawbook.topics import topic_name
from thongsuot.matters.models import ProposalGroup
from thongsuot.matters.tables.matters import ALL, YesNo, topic_choices
from thongsuot.web.columns import DayColumn, ListTable, NumberColumn
from thongsuot.web.filters import AnyOfFilter, TextFilter


class GroupFilter(django_filters.FilterSet):
    q = TextFilter(method="containing", label=_("Chứa chữ"))
    topic = AnyOfFilter(choices=topic_choices, label=_("Lĩnh vực"), empty_label=ALL)
    waiting = django_filters.BooleanFilter(method="still_waiting", label=_("Còn chờ trả lời"), widget=YesNo)
    dissolved = django_filters.BooleanFilter(method="is_dissolved", label=_("Đã bỏ nhóm"), widget=YesNo)

    class Meta:
        model = ProposalGroup
        fields: list[str] = []

    def containing(self, groups: QuerySet[ProposalGroup], name: str, value: str) -> QuerySet[ProposalGroup]:
        return groups.filter(Q(title__icontains=value) | Q(number__icontains=value))

    def still_waiting(
        self, groups: QuerySet[ProposalGroup], name: str, value: bool
    ) -> QuerySet[ProposalGroup]:
        # `waiting` is counted by queries.groups for every row of the list.
        return groups.filter(Q(("waiting__gt", 0)) if value else Q(("waiting", 0)))

    def is_dissolved(
        self, groups: QuerySet[ProposalGroup], name: str, value: bool
    ) -> QuerySet[ProposalGroup]:
        return groups.filter(dissolved_at__isnull=not value)


class GroupTable(ListTable):
    number = tables.Column(_("Số"), linkify=True, attrs={"td": {"class": "nowrap"}})
    formed_at = DayColumn(verbose_name=_("Lập ngày"))
    title = tables.Column(_("Nội dung chung"), attrs={"td": {"class": "wide"}})
    topic = tables.Column(_("Lĩnh vực"))
    size = NumberColumn(verbose_name=_("Kiến nghị"))
    unit_count = NumberColumn(verbose_name=_("Đơn vị"))
    waiting = NumberColumn(verbose_name=_("Chờ trả lời"))
    formed_by = tables.Column(_("Người lập"))
    hidden = ("formed_by",)
    empty_title = _("Chưa có nhóm nào")
    empty_says = _(
        "Nhóm hiện ở đây khi các kiến nghị giống nhau được gộp để trả lời một lần; kiến nghị gốc giữ nguyên."
    )

    class Meta(ListTable.Meta):
        order_by = ("-formed_at", "-pk")

    def render_topic(self, value: str) -> str:
        return topic_name(value, get_language() or "vi")

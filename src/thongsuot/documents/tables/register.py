import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.forms import SearchInput
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.documents.found import KIND
from thongsuot.documents.models import Document
from thongsuot.finding.queries import matching
from thongsuot.lawbook.document_types import document_types, type_name
from thongsuot.matters.tables import ALL, YesNo
from thongsuot.web.columns import DayColumn, ListTable, NumberColumn
from thongsuot.web.filters import AnyOfFilter, DayRangeFilter


def type_choices() -> list[tuple[str, str]]:
    return [(code, type_name(code, get_language() or "vi")) for code in document_types()]


class DocumentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="containing", label=_("Chứa chữ"), widget=SearchInput)
    type = AnyOfFilter(choices=type_choices, label=_("Loại văn bản"), empty_label=ALL)
    undated = django_filters.BooleanFilter(
        field_name="date", lookup_expr="isnull", label=_("Chưa rõ ngày ban hành"), widget=YesNo
    )
    date = DayRangeFilter(label=_("Ngày ban hành"))

    class Meta:
        model = Document
        fields: list[str] = []

    def containing(self, documents: QuerySet[Document], name: str, value: str) -> QuerySet[Document]:
        return documents.filter(pk__in=matching(KIND, value))


class DocumentTable(ListTable):
    printed = tables.Column(
        _("Số, ký hiệu"),
        linkify=True,
        order_by=("number", "symbol"),
        empty_values=(),
        attrs={"td": {"class": "nowrap"}},
    )
    type_name = tables.Column(_("Loại văn bản"), order_by=("type", "pk"))
    date = DayColumn(verbose_name=_("Ngày ban hành"))
    issuer = tables.Column(_("Cơ quan ban hành"), order_by=("issuer_folded", "pk"))
    abstract = tables.Column(_("Trích yếu"), orderable=False, attrs={"td": {"class": "wide"}})
    cited = NumberColumn(verbose_name=_("Số lần viện dẫn"))
    empty_title = _("Chưa có văn bản nào")
    empty_says = _("Văn bản hiện ở đây khi một báo cáo viện dẫn nó được xác nhận vào sổ.")

    def render_printed(self, record: Document) -> str:
        return record.printed or gettext("Không số")

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.forms import SearchInput
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.documents.enums import Force, Level
from thongsuot.documents.found import KIND
from thongsuot.documents.models import Document
from thongsuot.documents.queries import force_column, is_directed
from thongsuot.finding.queries import matching
from thongsuot.lawbook.document_types import document_types, type_name
from thongsuot.matters.tables import ALL, YesNo
from thongsuot.web.columns import DayColumn, ListTable, NumberColumn, draw_again
from thongsuot.web.filters import AnyOfFilter, DayRangeFilter, TextFilter


def type_choices() -> list[tuple[str, str]]:
    return [(code, type_name(code, get_language() or "vi")) for code in document_types()]


class DocumentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="containing", label=_("Chứa chữ"), widget=SearchInput)
    type = AnyOfFilter(choices=type_choices, label=_("Loại văn bản"), empty_label=ALL)
    force = AnyOfFilter(method="in_force", choices=Force.choices, label=_("Hiệu lực"), empty_label=ALL)
    directed = django_filters.BooleanFilter(
        method="to_be_implemented", label=_("Giao các đơn vị thực hiện"), widget=YesNo
    )
    level = AnyOfFilter(choices=Level.choices, label=_("Cấp ban hành"), empty_label=ALL)
    issuer = TextFilter(field_name="issuer", label=_("Cơ quan ban hành"))
    undated = django_filters.BooleanFilter(
        field_name="date", lookup_expr="isnull", label=_("Chưa rõ ngày ban hành"), widget=YesNo
    )
    date = DayRangeFilter(label=_("Ngày ban hành"))

    class Meta:
        model = Document
        fields: list[str] = []

    def containing(self, documents: QuerySet[Document], name: str, value: str) -> QuerySet[Document]:
        return documents.filter(pk__in=matching(KIND, value))

    def in_force(self, documents: QuerySet[Document], name: str, value: str) -> QuerySet[Document]:
        standing = force_column(timezone.localdate())
        return documents.alias(standing=standing).filter(standing=value)

    def to_be_implemented(self, documents: QuerySet[Document], name: str, value: bool) -> QuerySet[Document]:
        told = is_directed(self.request.mandate)
        return documents.filter(told if value else ~told)


FORCE_TONES = {
    Force.IN_FORCE: ("calm", "check"),
    Force.NOT_YET: ("due", "clock"),
    Force.EXPIRED: ("done", "calendar-off"),
    Force.REPLACED: ("done", "replace"),
    Force.REPEALED: ("late", "ban"),
    Force.SUSPENDED: ("due", "player-pause"),
    Force.UNKNOWN: ("plain", ""),
}


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
    force = tables.Column(_("Hiệu lực"), empty_values=(), order_by=("force", "pk"))
    level = tables.Column(_("Cấp ban hành"))
    signer = tables.Column(_("Người ký"))
    cited = NumberColumn(verbose_name=_("Số lần viện dẫn"))
    hidden = ("level", "signer")
    empty_title = _("Chưa có văn bản nào")
    empty_says = _("Văn bản hiện ở đây khi được ghi vào sổ, hoặc khi một báo cáo viện dẫn nó được xác nhận.")

    def render_force(self, record: Document) -> SafeString:
        state = Force(record.force)  # type: ignore[attr-defined]
        tone, icon = FORCE_TONES[state]
        return draw_again("badge", label=state.label, tone=tone, icon=icon)

    def value_force(self, record: Document) -> str:
        return str(Force(record.force).label)  # type: ignore[attr-defined]

    def render_printed(self, record: Document) -> str:
        return record.printed or gettext("Không số")

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.intake.enums import DraftState
from thongsuot.intake.models import Draft


class DraftTable(tables.Table):
    source = tables.Column(verbose_name=_("Văn bản"), linkify=("intake:draft", {"pk": tables.A("pk")}), order_by="source__name")
    state = tables.Column(verbose_name=_("Trạng thái"))
    corrections = tables.Column(verbose_name=_("Số chỗ đã sửa"), attrs={"td": {"class": "number"}})
    created_at = tables.DateTimeColumn(verbose_name=_("Tiếp nhận lúc"), format="d-m-Y H:i")
    created_by = tables.Column(verbose_name=_("Người tiếp nhận"))
    confirmed_by = tables.Column(verbose_name=_("Người xác nhận"))

    class Meta:
        model = Draft
        fields = ("source", "state", "corrections", "created_at", "created_by", "confirmed_by")
        order_by = "-created_at"
        empty_text = _("Chưa có bản nháp nào. Tải báo cáo, biên bản lên ở phía trên; mỗi tệp thành một bản nháp.")


class DraftFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("Trạng thái"), choices=DraftState)
    text = django_filters.CharFilter(label=_("Tên văn bản"), field_name="source__name", lookup_expr="icontains")
    since = django_filters.DateFilter(label=_("Từ ngày"), field_name="created_at", lookup_expr="date__gte")

    class Meta:
        model = Draft
        fields: list[str] = []

    @property
    def qs(self) -> QuerySet[Draft]:
        found: QuerySet[Draft] = super().qs
        return found

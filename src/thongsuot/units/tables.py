import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.units.models import Unit, UnitName
from thongsuot.web.columns import ListTable, NumberColumn


class CommuneTable(ListTable):
    """Communes as they were called on the day asked about."""

    name = tables.Column(_("Tên"), linkify=lambda record: reverse("units:page", args=[record.pk]))
    kind = tables.Column(_("Loại"))
    code = tables.Column(_("Mã"))
    area_km2 = NumberColumn(verbose_name=_("Diện tích (km²)"), places=2)
    parent = tables.Column(_("Trực thuộc"), order_by="parent__name")
    made_of = tables.Column(_("Hợp thành từ"), orderable=False, attrs={"td": {"class": "wide"}})

    empty_title = _("Chưa có đơn vị nào")
    empty_says = _("Danh mục đơn vị được nạp khi cài đặt; quản trị viên ghi các biến động về sau.")
    hidden: tuple[str, ...] = ("parent",)

    class Meta(ListTable.Meta):
        model = Unit
        fields = ("name", "kind", "code", "area_km2", "parent", "made_of")

    def render_name(self, record: Unit) -> str:
        return _called(record).name

    def render_kind(self, record: Unit) -> str:
        return str(_called(record).get_kind_display())

    def value_kind(self, record: Unit) -> str:
        return self.render_kind(record)

    def value_name(self, record: Unit) -> str:
        return self.render_name(record)

    def render_made_of(self, record: Unit) -> str:
        return ", ".join(str(link.predecessor) for link in record.made_of)  # type: ignore[attr-defined]

    def value_made_of(self, record: Unit) -> str:
        return self.render_made_of(record)


class FormerCommuneTable(CommuneTable):
    """While there were districts: many communes bore a number, told apart by their district alone."""

    hidden = ("area_km2", "made_of")


def _called(unit: Unit) -> UnitName | Unit:
    names: list[UnitName] = unit.called  # type: ignore[attr-defined]
    return names[0] if names else unit

"""The list of who sits where: a row for every post held on a day. Names only for those who may see them."""

from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.lawbook.positions import field_name, fields
from thongsuot.staffing.enums import Block, Category, HoldingKind
from thongsuot.staffing.models import Holding, Position
from thongsuot.staffing.policies import may_name, unit_scope
from thongsuot.staffing.queries.standing import unqualified, where_there_is_surplus
from thongsuot.units.enums import Tier
from thongsuot.units.models import UNIT_NAMED_BY, Unit
from thongsuot.units.queries import holding_on
from thongsuot.web.columns import BadgeColumn, DayColumn, ListTable
from thongsuot.web.filters import AnyOfFilter, OneOfFilter, TextFilter

KIND_TONES = {
    HoldingKind.FULL: ("plain", "user"),
    HoldingKind.COMBINED: ("calm", "users-plus"),
    HoldingKind.SECONDMENT: ("due", "arrows-exchange"),
}
SURPLUS, UNQUALIFIED = "surplus", "unqualified"
STANDINGS = ((SURPLUS, _("Ở vị trí thừa người")), (UNQUALIFIED, _("Chưa đạt chuẩn")))


def _field_choices() -> list[tuple[str, str]]:
    language = get_language() or "vi"
    return [(code, field_name(code, language)) for code in fields()]


def _position_choices() -> list[tuple[str, str]]:
    """By code, for a position written anew on a day keeps it."""
    rows = Position.objects.filter(holding_on(timezone.localdate())).order_by("code")
    return [(position.code, f"{position.code} {position.brief}") for position in rows]


def _units(request: HttpRequest | None) -> QuerySet[Unit]:
    by = getattr(request, "mandate", None)
    if by is None:
        return Unit.objects.none()
    reached = Unit.objects.filter(unit_scope(by), holding_on(timezone.localdate()))
    return reached.exclude(tier=Tier.DISTRICT).order_by("name", "pk")


class PeopleFilter(django_filters.FilterSet):
    q = TextFilter(method="who", label=_("Số hồ sơ, họ tên"))
    unit = OneOfFilter(queryset=_units, named_by=UNIT_NAMED_BY, label=_("Đơn vị"))
    position = AnyOfFilter(choices=_position_choices, field_name="position__code", label=_("Vị trí"))
    standing = AnyOfFilter(choices=STANDINGS, method="by_standing", label=_("Chỉ xem"))
    field = AnyOfFilter(choices=_field_choices, field_name="position__field", label=_("Lĩnh vực"))
    kind = AnyOfFilter(choices=HoldingKind.choices, label=_("Hình thức"))
    category = AnyOfFilter(
        choices=Category.choices, field_name="person__category", label=pgettext_lazy("staff", "Đối tượng")
    )
    block = AnyOfFilter(choices=Block.choices, field_name="position__block", label=_("Khối"))
    on = django_filters.DateFilter(label=_("Vào ngày"), method="as_it_is")

    class Meta:
        model = Holding
        fields: list[str] = []

    def __init__(self, data: Any, *, on: date, request: HttpRequest, **more: Any) -> None:
        self.on = on
        self.named = may_name(request.mandate)  # type: ignore[attr-defined]
        super().__init__(data, request=request, **more)
        if not self.named:
            self.filters["q"].label = _("Số hồ sơ")

    def who(self, rows: QuerySet[Holding], name: str, value: str) -> QuerySet[Holding]:
        wanted = Q(person__number__icontains=value)
        if self.named:
            wanted |= Q(person__bare__contains=strip_marks(value))
        return rows.filter(wanted)

    def by_standing(self, rows: QuerySet[Holding], name: str, value: str) -> QuerySet[Holding]:
        among = where_there_is_surplus(self.on) if value == SURPLUS else unqualified(self.on)
        return rows.filter(pk__in=among.order_by().values("pk"), position__counted=True)

    def as_it_is(self, rows: QuerySet[Holding], name: str, value: object) -> QuerySet[Holding]:
        """The view has chosen the day."""
        return rows


class PeopleTable(ListTable):
    named = False

    person = tables.Column(
        pgettext_lazy("one", "Người"), order_by="person__number", attrs={"td": {"class": "nowrap"}}
    )
    position = tables.Column(_("Vị trí"), order_by="position__code", attrs={"td": {"class": "wide"}})
    unit = tables.Column(_("Đơn vị"), order_by="unit__name", attrs={"td": {"class": "nowrap"}})
    kind = BadgeColumn(
        tones={str(kind): tone for kind, tone in KIND_TONES.items()}, verbose_name=_("Hình thức")
    )
    category = tables.Column(
        _("Đối tượng"), accessor="person__get_category_display", order_by="person__category"
    )
    rank = tables.Column(_("Ngạch"), accessor="person__rank")
    valid_from = DayColumn(verbose_name=_("Từ ngày"))
    valid_to = DayColumn(verbose_name=_("Đến trước ngày"))
    empty_title = _("Không có ai như vậy")
    empty_says = _(
        "Người giữ vị trí hiện ở đây khi cán bộ tổ chức ghi vào sổ hoặc nạp danh sách Excel của đơn vị."
    )
    hidden = ("category", "rank", "valid_to")

    class Meta(ListTable.Meta):
        order_by = ("unit", "position", "person")

    def render_person(self, record: Holding) -> SafeString | str:
        person = record.person
        if not self.named:
            return person.number
        return format_html(
            '<a href="{}">{}</a> <small>{}</small>',
            person.get_absolute_url(),
            person.full_name,
            person.number,
        )

    def value_person(self, record: Holding) -> str:
        return f"{record.person.full_name} ({record.person.number})" if self.named else record.person.number

    def render_position(self, record: Holding) -> SafeString:
        return format_html("{} <small>{}</small>", record.position, record.position.code)

    def value_position(self, record: Holding) -> str:
        return f"{record.position.code} {record.position}"

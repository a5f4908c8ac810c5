"""Lists of plans, of their moves, of those left over and of what stays open. Names only for those who may see them."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from thongsuot.staffing.enums import Fit, MoveKind, MoveStanding, RunState
from thongsuot.staffing.models import Person, Plan, PlanMove, PlanOpening, PlanSurplus, Position
from thongsuot.staffing.planning.words import said
from thongsuot.staffing.policies import may_name
from thongsuot.units.models import UNIT_NAMED_BY, Mandate, Unit
from thongsuot.web.columns import BadgeColumn, DayColumn, ListTable, NumberColumn
from thongsuot.web.filters import AnyOfFilter, NumberRangeFilter, OneOfFilter, TextFilter, WholeFilter

RUN_TONES: dict[str, tuple[str, str]] = {
    RunState.QUEUED: ("plain", "clock"),
    RunState.SOLVING: ("calm", "loader"),
    RunState.SOLVED: ("done", "check"),
    RunState.INFEASIBLE: ("late", "alert-triangle"),
    RunState.FAILED: ("late", "alert-triangle"),
    RunState.CANCELLED: ("plain", "player-stop"),
}
STANDING_TONES: dict[str, tuple[str, str]] = {
    MoveStanding.PROPOSED: ("plain", "bulb"),
    MoveStanding.ACCEPTED: ("done", "check"),
    MoveStanding.DECLINED: ("due", "x"),
}
LEVEL_TONES: dict[str, tuple[str, str]] = {Fit.FULL: ("done", "check"), Fit.TRAINING: ("due", "school")}


_IN_A_ROW = 2  # reasons of a move in the list; the move's own page has them all


def called(person: Person, *, named: bool) -> str:
    """The name for those who may see names, else the number of the file."""
    return f"{person.full_name} ({person.number})" if named else person.number


def for_eyes_of(table: type[tables.Table], by: Mandate) -> type[tables.Table]:
    """The table as this mandate may read it."""
    return type(table.__name__, (table,), {"named": may_name(by)})


class PlanFilter(django_filters.FilterSet):
    q = TextFilter(field_name="title", label=_("Chứa chữ"))
    state = AnyOfFilter(choices=RunState.choices, label=_("Tình trạng"))

    class Meta:
        model = Plan
        fields: list[str] = []


class PlanTable(ListTable):
    title = tables.Column(_("Phương án"), linkify=True, attrs={"td": {"class": "wide"}})
    number = NumberColumn(verbose_name=_("Bản"))
    state = BadgeColumn(tones=RUN_TONES, verbose_name=_("Tình trạng"))
    on = DayColumn(verbose_name=_("Số liệu ngày"))
    filled = NumberColumn(verbose_name=_("Chỗ lấp thêm"), accessor="findings", orderable=False)
    move_count = NumberColumn(verbose_name=_("Đề xuất"))
    accepted_count = NumberColumn(verbose_name=_("Đã lập hồ sơ"))
    declined_count = NumberColumn(verbose_name=_("Không theo"))
    change = tables.Column(_("Thay đổi"), attrs={"td": {"class": "wide"}})
    started_by = tables.Column(_("Người lập"))
    started_at = DayColumn(verbose_name=_("Lập ngày"))
    empty_title = _("Chưa có phương án nào")
    empty_says = _("Phương án hiện ở đây khi Sở Nội vụ bấm “Lập phương án” và máy tính xong.")
    hidden = ("started_by",)

    class Meta(ListTable.Meta):
        order_by = ("-started_at", "-pk")

    def value_filled(self, record: Plan) -> int | None:
        figures = record.findings.get("figures")
        return figures["total"]["filled_after"] - figures["total"]["filled"] if figures else None

    def render_filled(self, record: Plan) -> str:
        gained = self.value_filled(record)
        return "" if gained is None else f"{gained:+d}"


class _People(django_filters.FilterSet):
    """Searches names only for those who may see them."""

    def __init__(self, *args: Any, request: HttpRequest | None = None, **more: Any) -> None:
        super().__init__(*args, request=request, **more)
        self.named = request is not None and may_name(request.mandate)  # type: ignore[attr-defined]

    def who(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        wanted = Q(person__number__icontains=value)
        if self.named:
            wanted |= Q(person__full_name__icontains=value)
        return rows.filter(wanted)


def _units(request: HttpRequest | None) -> QuerySet[Unit]:
    """Those of the plan, put on the request by the view."""
    units: QuerySet[Unit] = getattr(request, "plan_units", Unit.objects.none())
    return units


def _positions(request: HttpRequest | None) -> QuerySet[Position]:
    positions: QuerySet[Position] = getattr(request, "plan_positions", Position.objects.none())
    return positions


class MoveFilter(_People):
    from_unit = OneOfFilter(queryset=_units, named_by=UNIT_NAMED_BY, label=_("Nơi đi"))
    to_unit = OneOfFilter(queryset=_units, named_by=UNIT_NAMED_BY, label=_("Nơi đến"))
    to_position = OneOfFilter(queryset=_positions, label=_("Vị trí mới"))
    standing = AnyOfFilter(choices=MoveStanding.choices, label=_("Xử lý"))
    who = TextFilter(method="who", label=_("Người"))
    kind = AnyOfFilter(choices=MoveKind.choices, label=_("Loại"))
    level = AnyOfFilter(choices=Fit.choices, label=_("Đạt chuẩn"))
    km = NumberRangeFilter(label=_("Khoảng cách (km)"))
    chain = WholeFilter(label=_("Chuỗi"))

    class Meta:
        model = PlanMove
        fields: list[str] = []


def _reasons(reasons: Any, most: int = 99) -> SafeString:
    told = said(reasons)
    shown = format_html_join("", "<span class='why'>{}</span>", ((one,) for one in told[:most]))
    if len(told) <= most:
        return shown
    left = len(told) - most
    more = ngettext("và %(count)s điều nữa", "và %(count)s điều nữa", left) % {"count": left}
    return format_html("{}<small class='why'>{}</small>", shown, more)


class PositionColumn(tables.Column):
    """The short name, with the full one behind it; a file gets the full one."""

    def render(self, value: Position) -> SafeString:
        return format_html('<span title="{}">{}</span>', str(value), value.brief)

    def value(self, value: Position) -> str:
        return str(value)


def place_cell(unit: Unit, position: Position) -> SafeString:
    """Unit, and under it the position by its short name with the whole one behind it."""
    words = '{}<br><small class="end" title="{}">{}</small>'
    return format_html(words, unit, str(position), position.brief)


class MoveTable(ListTable):
    """Each end as unit and position in one cell, so that a row fits a small screen; the positions by themselves are
    columns to choose."""

    person = tables.Column(pgettext_lazy("one", "Người"), order_by=("person__number",))
    from_unit = tables.Column(_("Nơi đi"), order_by=("from_unit__name",), attrs={"td": {"class": "place"}})
    from_position = PositionColumn(_("Vị trí đang giữ"), order_by=("from_position__code",))
    to_unit = tables.Column(_("Nơi đến"), order_by=("to_unit__name",), attrs={"td": {"class": "place"}})
    to_position = PositionColumn(_("Vị trí mới"), order_by=("to_position__code",))
    km = NumberColumn(verbose_name=_("Km"), places=1)
    level = BadgeColumn(tones=LEVEL_TONES, verbose_name=_("Đạt chuẩn"))
    chain = NumberColumn(verbose_name=_("Chuỗi"))
    standing = BadgeColumn(tones=STANDING_TONES, verbose_name=_("Xử lý"))
    why = tables.Column(_("Lý do"), orderable=False, attrs={"td": {"class": "wide"}})
    empty_title = _("Không có đề xuất nào")
    empty_says = _("Với điều kiện này không ai phải đổi chỗ; nếu đang lọc, hãy bỏ bớt điều kiện lọc.")
    hidden = ("from_position", "to_position")
    named = False

    class Meta(ListTable.Meta):
        order_by = ("to_unit", "to_position", "person")

    def render_from_unit(self, record: PlanMove) -> SafeString:
        return place_cell(record.from_unit, record.from_position)

    def value_from_unit(self, record: PlanMove) -> str:
        return f"{record.from_unit}, {record.from_position}"

    def render_to_unit(self, record: PlanMove) -> SafeString:
        return place_cell(record.to_unit, record.to_position)

    def value_to_unit(self, record: PlanMove) -> str:
        return f"{record.to_unit}, {record.to_position}"

    def render_person(self, record: PlanMove) -> SafeString:
        url = reverse("staffing:plan-move", args=[record.plan_id, record.pk])
        return format_html('<a href="{}">{}</a>', url, called(record.person, named=self.named))

    def value_person(self, record: PlanMove) -> str:
        return called(record.person, named=self.named)

    def render_chain(self, record: PlanMove) -> SafeString:
        if record.chain is None:
            return SafeString("")
        url = reverse("staffing:plan-chain", args=[record.plan_id, record.chain])
        return format_html('<a href="{}">{}</a>', url, record.chain)

    def render_why(self, record: PlanMove) -> SafeString:
        return _reasons(record.why, _IN_A_ROW)

    def value_why(self, record: PlanMove) -> str:
        return "; ".join(said(record.why))


class SurplusFilter(_People):
    unit = OneOfFilter(queryset=_units, named_by=UNIT_NAMED_BY, label=_("Đơn vị"))
    position = OneOfFilter(queryset=_positions, label=_("Vị trí"))
    who = TextFilter(method="who", label=_("Người"))

    class Meta:
        model = PlanSurplus
        fields: list[str] = []


class SurplusTable(ListTable):
    person = tables.Column(pgettext_lazy("one", "Người"), order_by=("person__number",))
    unit = tables.Column(_("Đơn vị"), order_by=("unit__name",))
    position = PositionColumn(_("Vị trí đang giữ"), order_by=("position__code",))
    why = tables.Column(_("Vì sao chưa có chỗ"), orderable=False, attrs={"td": {"class": "wide"}})
    empty_title = _("Ai cũng có chỗ")
    empty_says = _("Người mà phương án chưa tìm được chỗ hiện ở đây, kèm lý do.")
    named = False

    class Meta(ListTable.Meta):
        order_by = ("unit", "position", "person")

    def render_person(self, record: PlanSurplus) -> str:
        return called(record.person, named=self.named)

    def value_person(self, record: PlanSurplus) -> str:
        return called(record.person, named=self.named)

    def render_why(self, record: PlanSurplus) -> SafeString:
        return _reasons(record.why)

    def value_why(self, record: PlanSurplus) -> str:
        return "; ".join(said(record.why))


class OpeningFilter(django_filters.FilterSet):
    unit = OneOfFilter(queryset=_units, named_by=UNIT_NAMED_BY, label=_("Đơn vị"))
    position = OneOfFilter(queryset=_positions, label=_("Vị trí"))

    class Meta:
        model = PlanOpening
        fields: list[str] = []


class OpeningTable(ListTable):
    unit = tables.Column(_("Đơn vị"), order_by=("unit__name",))
    position = PositionColumn(_("Vị trí"), order_by=("position__code",))
    count = NumberColumn(verbose_name=_("Chỗ trống"))
    why = tables.Column(_("Vì sao chưa lấp được"), orderable=False, attrs={"td": {"class": "wide"}})
    empty_title = _("Không còn chỗ trống")
    empty_says = _("Chỗ mà phương án chưa lấp được hiện ở đây, kèm điều gì ngăn lại và bao nhiêu người.")

    class Meta(ListTable.Meta):
        order_by = ("unit", "position")

    def render_why(self, record: PlanOpening) -> SafeString:
        return _reasons(record.why)

    def value_why(self, record: PlanOpening) -> str:
        return "; ".join(said(record.why))

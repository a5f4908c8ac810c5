from collections.abc import Iterable, Sequence
from decimal import Decimal

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.forms import SearchInput
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.indicators.enums import Kind
from thongsuot.indicators.models import Figure, Indicator, Period
from thongsuot.indicators.queries import differing, newest_only, with_words
from thongsuot.indicators.queries.consolidated import Cell, Line
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.lawbook.indicators import pillars
from thongsuot.matters.tables import ALL, YesNo, units_in_reach
from thongsuot.units.models import UNIT_NAMED_BY
from thongsuot.web.columns import DayColumn, ListTable, NumberColumn, QuoteColumn, draw
from thongsuot.web.filters import AnyOfFilter, DayRangeFilter, OneOfFilter


def pillar_choices() -> list[tuple[str, str]]:
    language = get_language() or "vi"
    return [(code, names.get(language, names["vi"])) for code, names in pillars().items()]


class FigureFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="containing", label=_("Chứa chữ"), widget=SearchInput)
    unit = OneOfFilter(label=_("Đơn vị"), queryset=units_in_reach, named_by=UNIT_NAMED_BY, empty_label=ALL)
    indicator = OneOfFilter(label=_("Chỉ tiêu"), queryset=Indicator.objects.order_by("name"), empty_label=ALL)
    on = DayRangeFilter(label=_("Ngày"))
    pillar = AnyOfFilter(
        field_name="indicator__pillar", choices=pillar_choices, label=_("Trụ cột"), empty_label=ALL
    )
    newest = django_filters.BooleanFilter(
        method="only_newest", label=_("Chỉ số mới nhất của mỗi đơn vị"), widget=YesNo
    )
    rivals = django_filters.BooleanFilter(method="with_rivals", label=_("Có số khác cùng ngày"), widget=YesNo)
    proposed = django_filters.BooleanFilter(
        field_name="indicator__proposed", label=_("Chỉ tiêu mới đề xuất"), widget=YesNo
    )

    class Meta:
        model = Figure
        fields: list[str] = []

    def containing(self, figures: QuerySet[Figure], name: str, value: str) -> QuerySet[Figure]:
        return with_words(figures, value)

    def only_newest(self, figures: QuerySet[Figure], name: str, value: bool) -> QuerySet[Figure]:
        return figures.filter(newest_only()) if value else figures

    def with_rivals(self, figures: QuerySet[Figure], name: str, value: bool) -> QuerySet[Figure]:
        return differing(figures, value)


class FigureTable(ListTable):
    indicator = tables.Column(_("Chỉ tiêu"), order_by=("indicator__name", "pk"))
    unit = tables.Column(_("Đơn vị"), order_by=("unit__name", "pk"), attrs={"td": {"class": "nowrap"}})
    on = DayColumn(verbose_name=_("Ngày"))
    display = tables.Column(
        _("Số liệu"), order_by=("value", "pk"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    value = NumberColumn(verbose_name=_("Giá trị để tính"))
    as_printed = tables.Column(_("Nguyên văn"), orderable=False)
    origin = tables.Column(_("Nơi phát sinh"))
    confirmed_by = tables.Column(_("Người xác nhận"))
    quote = QuoteColumn(accessor="quote_url")
    hidden = ("value", "as_printed", "confirmed_by")
    empty_title = _("Chưa có số liệu nào")
    empty_says = _("Số liệu hiện ở đây khi người tiếp nhận xác nhận từ một báo cáo, biên bản.")

    class Meta(ListTable.Meta):
        order_by = ("-on", "-pk")

    def render_display(self, value: str, record: Figure) -> SafeString | str:
        if not record.rivals:  # type: ignore[attr-defined]
            return value
        return format_html(
            "{} {}", value, draw("badge", label=gettext("có số khác"), tone="due", icon="arrows-diff")
        )

    def value_display(self, value: str) -> str:
        return value

    def value_value(self, value: Decimal) -> float:
        return float(value)


class IndicatorFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="containing", label=_("Chứa chữ"), widget=SearchInput)
    pillar = AnyOfFilter(choices=pillar_choices, label=_("Trụ cột"), empty_label=ALL)
    kind = AnyOfFilter(choices=Kind.choices, label=_("Loại"), empty_label=ALL)
    proposed = django_filters.BooleanFilter(label=_("Mới đề xuất"), widget=YesNo)

    class Meta:
        model = Indicator
        fields: list[str] = []

    def containing(self, rows: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        bare = strip_marks(value)
        return rows.filter(
            pk__in=[
                row.pk for row in Indicator.objects.all() if bare in strip_marks(f"{row.name} {row.code}")
            ]
        )


class IndicatorTable(ListTable):
    name = tables.Column(
        _("Chỉ tiêu"), linkify=lambda record: reverse("indicators:indicator", args=[record.code])
    )
    unit_of_measure = tables.Column(_("Đơn vị tính"))
    pillar = tables.Column(_("Trụ cột"))
    kind = tables.Column(_("Loại"))
    over_units = tables.Column(_("Theo đơn vị"))
    over_periods = tables.Column(_("Theo kỳ"))
    owner = tables.Column(_("Cơ quan chủ trì"))
    valid_from = DayColumn(verbose_name=_("Dùng từ"))
    valid_to = DayColumn(verbose_name=_("Dùng đến trước"))
    code = tables.Column(_("Mã"))
    hidden = ("valid_from", "code")
    empty_title = _("Danh mục còn trống")
    empty_says = _("Chỉ tiêu hiện ở đây khi nạp danh mục hoặc khi người giữ danh mục đề xuất.")

    class Meta(ListTable.Meta):
        order_by = ("pillar", "name")

    def render_pillar(self, value: str) -> str:
        return dict(pillar_choices()).get(value, value)

    def render_name(self, record: Indicator) -> SafeString | str:
        if not record.proposed:
            return str(record)
        return format_html(
            "{} {}", record, draw("badge", label=gettext("mới đề xuất"), tone="due", icon="bulb")
        )

    def value_name(self, record: Indicator) -> str:
        return str(record)


def totals_body(
    lines: Iterable[Line], indicators: Sequence[Indicator], period: Period, opens: bool
) -> SafeString:
    """The rows of a table of totals at once: a template asked for each of 480 cells takes longer than all the rest.
    Where it `opens`, the name of a place leads to its scorecard."""
    columns = [_TotalsColumn(one, period) for one in indicators]
    scores = reverse("indicators:scores", args=[0]).rpartition("/0/")
    drawn = []
    for line in lines:
        name = conditional_escape(line.unit.title)
        if opens:
            url = f"{scores[0]}/{line.unit.pk}/{scores[2]}?period={period.pk}"
            name = mark_safe(f'<a href="{url}">{name}</a>')  # noqa: S308  the name is escaped, the rest our own
        cells = "".join(column.cell(cell) for column, cell in zip(columns, line.cells, strict=True))
        drawn.append(f'<tr><th scope="row" class="nowrap">{name}</th>{cells}</tr>')
    return mark_safe("".join(drawn))  # noqa: S308  every part was escaped


class _TotalsColumn:
    """What the cells of one indicator have in common, found out once."""

    def __init__(self, indicator: Indicator, period: Period) -> None:
        self._name = conditional_escape(str(indicator))
        self._before, _zero, self._after = reverse(
            "indicators:cell", args=[indicator.code, 0, period.pk]
        ).rpartition("/0/")
        self._missing = format_html('<td class="num" title="{}">…</td>', gettext("chưa có số liệu"))
        self._none = conditional_escape(gettext("không phát sinh"))
        self._rank = gettext("thứ %(rank)s")

    def cell(self, cell: Cell) -> str:
        if cell.is_missing:
            return self._missing
        text = self._none if cell.is_not_applicable else conditional_escape(cell.text)
        ranked = f", {self._rank % {'rank': cell.rank}}" if cell.rank else ""
        return (
            f'<td class="num heat heat-{cell.level}" title="{self._name}: {text}{ranked}">'
            f'<a href="{self._before}/{cell.unit.pk}/{self._after}">{text}</a></td>'
        )

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.forms import SearchInput
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_filters.constants import EMPTY_VALUES

from thongsuot.lawbook.topics import topic_name, topics
from thongsuot.matters.enums import Direction
from thongsuot.matters.models import Matter, MatterUnit
from thongsuot.matters.queries import clock_summary, groups_heard, keys, of_unit, places, with_words
from thongsuot.matters.queries.doing import ClockSummary
from thongsuot.units.models import UNIT_NAMED_BY, Mandate, Unit
from thongsuot.units.policies import reach
from thongsuot.units.queries.asking import standing_of
from thongsuot.web.columns import BadgeColumn, DayColumn, ListTable, QuoteColumn
from thongsuot.web.filters import AnyOfFilter, DayRangeFilter, ListFilter, OneOfFilter
from thongsuot.web.widgets import QuickSelect
from thongsuot.web.worded import Rows, answers, worded

KIND_TONES = {
    "request": ("calm", "arrow-up"),
    "difficulty": ("due", "alert-triangle"),
    "direction": ("calm", "arrow-down"),
    "commitment": ("plain", "heart-handshake"),
}


def units_in_reach(request: HttpRequest | None) -> QuerySet[Unit]:
    mandate: Mandate | None = getattr(request, "mandate", None)
    if mandate is None:
        return Unit.objects.none()
    return Unit.objects.filter(reach(mandate, ""), valid_to__isnull=True).order_by("name", "pk")


def units_offered(request: HttpRequest | None) -> Rows:
    """Key and words of `units_in_reach`."""
    mandate: Mandate | None = getattr(request, "mandate", None)
    if mandate is None:
        return []
    question = ("units in reach", standing_of(mandate))
    return answers(worded(question, lambda: units_in_reach(request).values_list("pk", *UNIT_NAMED_BY)))


def topic_choices() -> list[tuple[str, str]]:
    return [(code, topic_name(code, get_language() or "vi")) for code in topics()]


ALL = _("Tất cả")


class YesNo(QuickSelect):
    """Of a condition that may be left open."""

    def __init__(self) -> None:
        super().__init__(choices=[("", ALL), ("true", _("Có")), ("false", _("Không"))])


def unit_names(units: Iterable[Unit]) -> SafeString:
    """Each name in one piece, for a narrow column."""
    return format_html_join(", ", '<span class="nowrap">{}</span>', ((str(unit),) for unit in units))


class MatterFilter(ListFilter):
    q = django_filters.CharFilter(method="containing", label=_("Chứa chữ"), widget=SearchInput)
    unit = OneOfFilter(
        method="belonging_to",
        label=_("Đơn vị"),
        queryset=units_in_reach,
        offers=units_offered,
        empty_label=ALL,
    )
    topic = AnyOfFilter(choices=topic_choices, label=_("Lĩnh vực"), empty_label=ALL)
    group = AnyOfFilter(field_name="origin__group_key", label=_("Tổ công tác"), empty_label=ALL)
    kind = AnyOfFilter(label=_("Loại"), empty_label=ALL)
    raised_on = DayRangeFilter(label=_("Ngày nêu"))
    direction: Direction
    kinds: tuple[str, ...] = ()

    class Meta:
        model = Matter
        fields: list[str] = []

    def __init__(self, *args: object, request: HttpRequest, **kwargs: object) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.filters["group"].extra["choices"] = groups_heard(request.mandate)  # type: ignore[attr-defined]
        self.filters["kind"].extra["choices"] = [(kind.value, kind.label) for kind in self.kinds]  # type: ignore[attr-defined]

    def clocks(self, on: date) -> ClockSummary:
        """How the rows of the list stand, and those that only the clock chosen leaves out."""
        asked = {name: value for name, value in self.asked.items() if name != "clock"}
        return clock_summary(self.mandate, lambda: self._rows(asked), on, self._known_as(asked))

    def keys(self, first: int, last: int) -> list[int]:
        """Of the rows in the list's own order, from `first` up to `last`."""
        known = self._known_as(self.asked)
        question = known and ("keys", known, first, last, standing_of(self.mandate))
        return [key for (key,) in answers(worded(question, lambda: self._in_order()[first:last]))]

    @property
    def mandate(self) -> Mandate:
        mandate: Mandate = self.request.mandate
        return mandate

    @cached_property
    def asked(self) -> Mapping[str, Any]:
        """By filter what was asked of it; nothing of those whose question is none."""
        self.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value not in EMPTY_VALUES}

    def _known_as(self, asked: Mapping[str, Any]) -> Hashable:
        """By this its SQL is known; None for words, for what they may mean changes with the registers."""
        if "q" in asked:
            return None
        values = {name: getattr(value, "pk", value) for name, value in asked.items()}
        return (self.direction, timezone.localdate(), repr(sorted(values.items())))

    def _in_order(self) -> QuerySet[Any]:
        rows = self._rows(self.asked)
        return keys(rows) if rows.model is MatterUnit else rows.values_list("pk")

    def _rows(self, asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Matters without what is shown of them, or the rows of units where these can tell."""
        rows: QuerySet[Any] | None = places(self.mandate, self.direction, asked)
        if rows is None:
            rows = self.queryset.select_related(None).prefetch_related(None)
        for name, value in asked.items():
            rows = self.filters[name].filter(rows, value)
        return rows

    def containing(self, matters: QuerySet[Matter], name: str, value: str) -> QuerySet[Matter]:
        return with_words(matters, value, self.direction, self.mandate)

    def belonging_to(self, matters: QuerySet[Any], name: str, value: Unit) -> QuerySet[Any]:
        return of_unit(matters, value)


class MatterTable(ListTable):
    number = tables.Column(_("Số"), linkify=True, attrs={"td": {"class": "nowrap"}})
    raised_on = DayColumn(verbose_name=_("Ngày nêu"))
    places = tables.Column(_("Đơn vị"), order_by=("unit__name", "pk"), empty_values=())
    text = tables.Column(_("Nội dung"), orderable=False, attrs={"td": {"class": "wide"}})
    kind = BadgeColumn(tones=KIND_TONES, verbose_name=_("Loại"))
    topic = tables.Column(_("Lĩnh vực"), accessor="topic_name", order_by=("topic", "pk"))
    speaker = tables.Column(_("Người nêu"))
    addressee = tables.Column(_("Gửi tới"))
    group = tables.Column(_("Tổ công tác"), accessor="origin__group_label")
    quote = QuoteColumn(accessor="quote_url")
    hidden: tuple[str, ...] = ("speaker", "addressee", "group")

    class Meta(ListTable.Meta):
        """Late ones first, as the rows come (queries.late_first)."""

    def render_places(self, record: Matter) -> str:
        units = [place.unit for place in record.places]  # type: ignore[attr-defined]
        return unit_names(units) or gettext("Chưa rõ đơn vị")

    def value_places(self, record: Matter) -> str:
        return ", ".join(str(place.unit) for place in record.places)  # type: ignore[attr-defined]

"""Columns every list shares: they draw for reading and keep real values for Excel."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thongsuot.web.components import COMPONENTS
from thongsuot.web.templatetags.web import number, vn_date


def draw(name: str, **props: Any) -> SafeString:
    """A component from Python, for cells of tables."""
    component = COMPONENTS[name]
    component.check_names(set(props))
    return SafeString(render_to_string(component.template, component.complete(props)).strip())


@lru_cache(maxsize=4096)
def _drawn(name: str, language: str, on: date, props: tuple[tuple[str, Any], ...]) -> SafeString:
    """The same few states and days stand in most rows; drawn once a language and day."""
    return draw(name, **dict(props))


def draw_again(name: str, **props: Any) -> SafeString:
    """As `draw`, for components whose look follows from plain values, the language and the day alone."""
    plain = tuple((key, str(value) if isinstance(value, Promise) else value) for key, value in props.items())
    return _drawn(name, get_language() or "", timezone.localdate(), plain)


class ListTable(tables.Table):
    """A list page's table: what to say when it is empty, which columns start hidden."""

    empty_title: Any = _("Chưa có dòng nào")
    empty_says: Any = ""
    hidden: tuple[str, ...] = ()

    class Meta:
        template_name = "web/table.html"

    @property
    def body(self) -> SafeString:
        """All rows of the page at once: a template that is asked for each of 250 cells takes longer than the rest."""
        attributes = {column.name: column.attrs["td"].as_html() for column in self.columns}
        return format_html_join(
            "\n", "<tr>{}</tr>", ((self._cells(row, attributes),) for row in self.paginated_rows)
        )

    @staticmethod
    def _cells(row: Any, attributes: Mapping[str, SafeString]) -> SafeString:
        cells = ((attributes[name], row.get_cell(name)) for name in attributes)
        return format_html_join("", "<td {}>{}</td>", ((attrs, localize(cell)) for attrs, cell in cells))


class NumberColumn(tables.Column):
    attrs = {"th": {"class": "num"}, "td": {"class": "num"}, "tf": {"class": "num"}}

    def __init__(self, *args: Any, places: int | None = None, **kwargs: Any) -> None:
        self.places = places
        super().__init__(*args, attrs={**self.attrs, **kwargs.pop("attrs", {})}, **kwargs)

    def render(self, value: Any) -> str:
        return number(value, self.places)

    def value(self, value: Any) -> Any:
        return value


class _TimeColumn(tables.Column):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, attrs={"td": {"class": "day"}, **kwargs.pop("attrs", {})}, **kwargs)

    def value(self, value: Any) -> Any:
        return value


class DayColumn(_TimeColumn):
    def render(self, value: date | datetime) -> str:
        return vn_date(value)


def _never(_record: Any) -> bool:
    return False


class DueColumn(_TimeColumn):
    """The date and how long is left; `closed` tells from the record whether the clock has stopped."""

    def __init__(self, *args: Any, closed: Callable[[Any], bool] = _never, **kwargs: Any) -> None:
        self.closed = closed
        super().__init__(*args, **kwargs)

    def render(self, value: date | datetime, record: Any) -> SafeString:
        return draw_again("due", on=value, closed=self.closed(record))


class BadgeColumn(tables.Column):
    """A state as icon and word: `tones` maps the stored value to (tone, icon)."""

    def __init__(self, *args: Any, tones: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        self.tones = tones
        super().__init__(*args, **kwargs)

    def render(self, value: Any, record: Any, bound_column: Any) -> SafeString:
        stored = bound_column.accessor.resolve(record)
        tone, icon = self.tones.get(stored, ("plain", ""))
        return draw_again("badge", label=value, tone=tone, icon=icon)

    def value(self, value: Any) -> Any:
        return str(value)


class QuoteColumn(tables.Column):
    """The quotation mark that leads to the source sentence; the value is its address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(verbose_name="", orderable=False, exclude_from_export=True, **kwargs)

    def render(self, value: str) -> SafeString:
        return draw("quote", url=value)


class ChooseColumn(tables.Column):
    """A check box per row, for actions on many rows at once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            accessor="pk",
            orderable=False,
            exclude_from_export=True,
            attrs={"th": {"class": "choose"}, "td": {"class": "choose"}},
            **kwargs,
        )

    @property
    def header(self) -> SafeString:
        return format_html('<input type="checkbox" data-choose-page aria-label="{}">', _("Chọn cả trang"))

    def render(self, value: Any) -> SafeString:
        return format_html(
            '<input type="checkbox" name="chosen" value="{}" data-choose aria-label="{}">',
            str(value),
            _("Chọn dòng này"),
        )

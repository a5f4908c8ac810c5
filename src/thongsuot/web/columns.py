"""Columns every list shares: they draw for reading and keep real values for Excel."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from copy import copy
from datetime import date, datetime
from functools import cached_property, partialmethod
from inspect import getattr_static
from typing import Any, ClassVar

import django_tables2 as tables
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import Choices, Model
from django.utils.encoding import force_str
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_tables2.columns.linkcolumn import BaseLinkColumn
from django_tables2.columns.manytomanycolumn import ManyToManyColumn
from django_tables2.utils import Accessor, signature

from thongsuot.web.components import COMPONENTS
from thongsuot.web.templatetags.web import drawn, drawn_again, number, vn_date


def draw(name: str, **props: Any) -> SafeString:
    """A component from Python, for cells of tables."""
    component = COMPONENTS[name]
    component.check_names(set(props))
    return drawn(component, props)


def draw_again(name: str, **props: Any) -> SafeString:
    """As `draw`, for components whose look follows from plain values, the language and the day alone."""
    return drawn_again(COMPONENTS[name], props)


class ListTable(tables.Table):
    """A list page's table: what to say when it is empty, which columns start hidden."""

    empty_title: Any = _("Chưa có dòng nào")
    empty_says: Any = ""
    hidden: tuple[str, ...] = ()
    # Rows joined for the sake of one column: where it is hidden, a page does without them.
    joined_for: ClassVar[Mapping[str, str]] = {}

    class Meta:
        template_name = "web/table.html"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.base_columns = _Columns(cls.base_columns)

    @property
    def body(self) -> SafeString:
        """All rows of the page at once: a template that is asked for each of 250 cells takes longer than the rest."""
        columns = [_Drawing(column) for column in self.columns]
        lines = ("".join([column(row) for column in columns]) for row in self.paginated_rows)
        return mark_safe("\n".join(f"<tr>{line}</tr>" for line in lines))  # noqa: S308  cells are escaped one by one


class _Columns(OrderedDict[str, tables.Column]):
    """A table changes of its columns whether they are shown, and nothing within them: it need not copy all of that."""

    def __deepcopy__(self, _memo: Any) -> OrderedDict[str, tables.Column]:
        return OrderedDict((name, copy(column)) for name, column in self.items())


class _Drawing:
    """How a column draws its cells, found out once a page; a row of django-tables2 finds it out for each cell."""

    def __init__(self, column: Any) -> None:
        self.column = column
        self.opening = f"<td {column.attrs['td'].as_html()}>"
        self.accessor = Accessor(column.accessor)
        self.wanted, self.takes_all = signature(column.render)
        self.own_way = bool(self.takes_all) or isinstance(column.column, BaseLinkColumn | ManyToManyColumn)
        self.displays: dict[type, Any] = {}

    def __call__(self, row: Any) -> str:
        cell = row.get_cell(self.column.name) if self.own_way else self._cell(row)
        drawn = cell if isinstance(cell, str) else localize(cell)
        return f"{self.opening}{conditional_escape(drawn)}</td>"

    def _cell(self, row: Any) -> Any:
        value = self._value(row.record)
        if value in self.column.column.empty_values:
            return self.column.default
        offered = {
            "value": value,
            "record": row.record,
            "column": self.column.column,
            "bound_column": self.column,
            "bound_row": row,
            "table": self.column._table,
        }
        content = self.column.render(**{name: offered[name] for name in self.wanted})
        if not self.column.link:
            return content
        return self._linked(content, row.record) if self.plain_link else self.column.link(content, **offered)

    @cached_property
    def plain_link(self) -> bool:
        """`linkify=True` and nothing more said, on a column whose values have no page of their own."""
        link = self.column.link
        said = link.url or link.reverse_args or link.attrs or link.accessor
        return not said and self.accessor == self.column.name and len(self.accessor.bits) == 1

    def _linked(self, content: Any, record: Any) -> Any:
        own: Any = getattr(record, self.column.name, None)
        url = (own if hasattr(own, "get_absolute_url") else record).get_absolute_url()
        return content if url is None else format_html('<a href="{}">{}</a>', url, content)

    def _value(self, record: Any) -> Any:
        """A choice as its word, all else as it is; None where the way to it leads nowhere."""
        if type(record) not in self.displays:
            self.displays[type(record)] = self._display(record)
        if display := self.displays[type(record)]:
            return display(record)
        try:
            return self.accessor.resolve(record)
        except (AttributeError, KeyError, TypeError, ValueError, ObjectDoesNotExist):
            return None

    def _display(self, record: Any) -> Callable[[Any], Any] | None:
        """`get_FOO_display` of a field with choices that is the record's own."""
        if not isinstance(record, Model) or len(self.accessor.bits) != 1:
            return None
        try:
            field = self.accessor.get_field(record)
        except FieldDoesNotExist:
            return None
        if not getattr(field, "choices", ()):
            return None
        own = getattr_static(type(record), f"get_{field.name}_display", None)
        if not isinstance(own, partialmethod):  # said by the model in its own way
            return getattr(type(record), f"get_{field.name}_display", None)
        words = dict(field.flatchoices)  # Django's own makes this anew for each row
        return lambda one: force_str(
            words.get(value := getattr(one, field.attname), value), strings_only=True
        )


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
        return draw_again("badge", label=self._word(value), tone=tone, icon=icon)

    def value(self, value: Any) -> Any:
        return str(self._word(value))

    def _word(self, value: Any) -> Any:
        """A stored state comes as its word; one that is derived comes as the choice itself."""
        return value.label if isinstance(value, Choices) else value


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

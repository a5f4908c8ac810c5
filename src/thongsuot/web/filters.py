"""Filters every list shares."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField, ModelChoiceIterator
from django_filters.widgets import DateRangeWidget, RangeWidget

from thongsuot.web.widgets import QuickSelect


class DayRangeWidget(DateRangeWidget):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        days = (forms.DateInput({"aria-label": _("từ ngày")}), forms.DateInput({"aria-label": _("đến ngày")}))
        forms.MultiWidget.__init__(self, days, attrs)


class NumberRangeWidget(RangeWidget):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        ends = (forms.TextInput({"aria-label": _("từ")}), forms.TextInput({"aria-label": _("đến")}))
        forms.MultiWidget.__init__(self, ends, attrs)


class DayRangeFilter(django_filters.DateFromToRangeFilter):
    """From a day to a day, both in; in the address as `name_after` and `name_before`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=DayRangeWidget, **kwargs)


class NumberRangeFilter(django_filters.RangeFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=NumberRangeWidget, **kwargs)


class TextFilter(django_filters.CharFilter):
    """A search box: while one types, the list follows. `method` or `lookup_expr` say what is searched."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("lookup_expr", "icontains")
        super().__init__(
            *args, widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}), **kwargs
        )


class AnyOfFilter(django_filters.ChoiceFilter):
    """One choice, or all of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", _("Tất cả"))
        kwargs.setdefault("widget", QuickSelect)
        super().__init__(*args, **kwargs)


class _NamedRows(ModelChoiceIterator):
    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        field = self.field
        if not field.named_by:
            yield from super().__iter__()
            return
        if field.empty_label is not None:
            yield "", field.empty_label
        if field.null_label is not None:
            yield field.null_value, field.null_label
        rows = self.queryset.values_list(field.to_field_name or "pk", *field.named_by)
        yield from ((key, " ".join(words)) for key, *words in rows)


class OneOfField(ModelChoiceField):
    iterator = _NamedRows

    def __init__(self, *args: Any, named_by: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.named_by = named_by
        super().__init__(*args, **kwargs)


class OneOfFilter(django_filters.ModelChoiceFilter):
    """One row of another table, or all of them.

    `named_by` are the columns whose words make the name; then hundreds of rows need not be made for their names.
    """

    field_class = OneOfField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", _("Tất cả"))
        kwargs.setdefault("widget", QuickSelect)
        super().__init__(*args, **kwargs)


class SomeOfFilter(django_filters.MultipleChoiceFilter):
    """Any number of choices, ticked in a menu; a row fits when it has one of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.CheckboxSelectMultiple, **kwargs)

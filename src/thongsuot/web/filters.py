"""Filters every list shares."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField, ModelChoiceIterator
from django_filters.widgets import DateRangeWidget, RangeWidget

from thongsuot.web.numbers import NumberField, WholeField
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
        super().__init__(*args, widget=NumberRangeWidget, fields=(NumberField(), NumberField()), **kwargs)


class WholeFilter(django_filters.NumberFilter):
    field_class = WholeField


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


class ListFilter(django_filters.FilterSet):
    """Filters over a list. Their fields are made for one request, so the form need not copy them once more."""

    def get_form_class(self) -> type[forms.Form]:
        form: type[forms.Form] = super().get_form_class()
        form.base_fields = _Own(form.base_fields)
        return form


class _Own(dict[str, forms.Field]):
    def __deepcopy__(self, _memo: Any) -> dict[str, forms.Field]:
        return dict(self)


class _NamedRows(ModelChoiceIterator):
    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        """Asked for once: a form is looked through before it is drawn."""
        if self.field.offered is None:
            self.field.offered = list(self._offered())
        yield from self.field.offered

    def _offered(self) -> Iterator[tuple[Any, Any]]:
        field = self.field
        if not (field.named_by or field.offers):
            yield from super().__iter__()
            return
        if field.empty_label is not None:
            yield "", field.empty_label
        if field.null_label is not None:
            yield field.null_value, field.null_label
        if field.offers:
            rows = field.offers()
        else:
            rows = self.queryset.values_list(field.to_field_name or "pk", *field.named_by)
        yield from ((key, " ".join(words)) for key, *words in rows)


class OneOfField(ModelChoiceField):
    iterator = _NamedRows

    def __init__(
        self,
        *args: Any,
        named_by: tuple[str, ...] = (),
        offers: Callable[[], Iterable[Sequence[Any]]] | None = None,
        **kwargs: Any,
    ) -> None:
        self.named_by, self.offers = named_by, offers
        self.offered: list[tuple[Any, Any]] | None = None
        super().__init__(*args, **kwargs)


class OneOfFilter(django_filters.ModelChoiceFilter):
    """One row of another table, or all of them.

    `named_by` are the columns whose words make the name; then hundreds of rows need not be made for their names.
    `offers` gives, for a request, the same keys and words in another way than by asking the queryset.
    """

    field_class = OneOfField

    def __init__(
        self,
        *args: Any,
        offers: Callable[[HttpRequest | None], Iterable[Sequence[Any]]] | None = None,
        **kwargs: Any,
    ) -> None:
        self.offers = offers
        kwargs.setdefault("empty_label", _("Tất cả"))
        kwargs.setdefault("widget", QuickSelect)
        super().__init__(*args, **kwargs)

    @property
    def field(self) -> Any:
        if self.offers:
            self.extra["offers"] = partial(self.offers, self.get_request())
        return super().field


class SomeOfFilter(django_filters.MultipleChoiceFilter):
    """Any number of choices, ticked in a menu; a row fits when it has one of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.CheckboxSelectMultiple, **kwargs)

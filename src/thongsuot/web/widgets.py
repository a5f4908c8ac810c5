from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


class QuickSelect(forms.Select):
    """A drop-down drawn at once: a city has 168 wards, and Django describes each option before it draws it."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        options = drawn_options(in_words(self.choices))
        for chosen in self.format_value(value):
            options = _with_chosen(options, chosen)
        attributes = {**self.build_attrs(self.attrs, attrs), "name": name}
        return format_html("<select{}>{}</select>", drawn_attributes(attributes), options)


# Value and words of an option, or the name of a group and its options.
Option = tuple[str, "str | tuple[Option, ...]"]


def in_words(choices: Iterable[tuple[Any, Any]]) -> tuple[Option, ...]:
    """Choices of a field as plain words, which are the same whenever the same is offered."""
    return tuple(
        (
            "" if value is None else str(value),
            in_words(label) if isinstance(label, list | tuple) else str(label),
        )
        for value, label in choices
    )


@lru_cache(maxsize=512)
def drawn_options(options: tuple[Option, ...]) -> SafeString:
    """Of a drop-down where nothing is chosen yet. The same wards are offered on page after page."""
    drawn = "".join(
        _option(value, label)
        if isinstance(label, str)
        else f'<optgroup label="{escape(value)}">{drawn_options(label)}</optgroup>'
        for value, label in options
    )
    return mark_safe(drawn)  # noqa: S308  values and words are escaped one by one


def _option(value: str, label: str) -> str:
    return f'<option value="{escape(value)}">{escape(label)}</option>'


def _with_chosen(options: SafeString, value: str) -> SafeString:
    opening = (
        f'<option value="{escape(value)}"'  # of an option and nothing else: what people write is escaped
    )
    return mark_safe(options.replace(f"{opening}>", f"{opening} selected>"))  # noqa: S308


def drawn_attributes(attributes: Mapping[str, Any]) -> SafeString:
    """As Django's own template writes them: True by its name alone, False and None not at all."""
    said = [(name, value) for name, value in attributes.items() if value is not False and value is not None]
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", name) if value is True else format_html(' {}="{}"', name, str(value)),)
            for name, value in said
        ),
    )


class SuggestInput(forms.TextInput):
    """A text box that offers what may be typed: pairs of value and what stands beside it (may be empty)."""

    template_name = "web/widgets/suggest.html"

    def __init__(self, options: Callable[[], Iterable[tuple[str, str]]] = tuple, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.options = options

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["options"] = list(self.options())
        context["list"] = f"{context['widget']['attrs'].get('id', name)}-list"
        context["widget"]["attrs"]["list"] = context["list"]
        return context

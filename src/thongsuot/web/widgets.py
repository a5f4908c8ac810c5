from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString


class QuickSelect(forms.Select):
    """A drop-down drawn at once: a city has 168 wards, and Django describes each option before it draws it."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = [self._drawn(key, label, chosen) for key, label in self.choices]
        attributes = {**self.build_attrs(self.attrs, attrs), "name": name}
        return format_html("<select{}>{}</select>", _attributes(attributes), SafeString("".join(options)))

    def _drawn(self, key: Any, label: Any, chosen: set[str]) -> str:
        if isinstance(label, (list, tuple)):
            inside = "".join(self._drawn(each, name, chosen) for each, name in label)
            return f'<optgroup label="{escape(key)}">{inside}</optgroup>'
        value = "" if key is None else str(key)
        return f'<option value="{escape(value)}"{" selected" if value in chosen else ""}>{escape(label)}</option>'


def _attributes(attributes: dict[str, Any]) -> SafeString:
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

from collections.abc import Callable, Iterable
from typing import Any

from django import forms


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

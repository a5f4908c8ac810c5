from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def as_received(text: str) -> SafeString:
    """Escaped, with carriage returns kept: the browser would drop them and places would no longer agree."""
    return mark_safe(escape(text).replace("\r", "&#13;"))  # noqa: S308  escaped just here

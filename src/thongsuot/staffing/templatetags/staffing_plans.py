from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def called(page: Any, seat: Any) -> str:
    """The name where the reader may see names, else the number of the file."""
    return str(page.names.get(seat.number, seat.number))

"""How numbers of staffing look: a surplus with plus, a shortage with minus, both by word in what is read aloud."""

from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, reverse

from thongsuot.staffing.models import Person
from thongsuot.web.templatetags.web import number

register = template.Library()


@register.filter
def signed(value: int) -> str:
    """+3, −2, 0."""
    return f"+{number(value)}" if value > 0 else f"−{number(-value)}" if value < 0 else "0"


@register.simple_tag
def people_url(**asked: object) -> str:
    """The people behind a number; empty where that page does not exist."""
    try:
        address = reverse("staffing:people")
    except NoReverseMatch:
        return ""
    query = urlencode({name: value for name, value in asked.items() if value not in ("", None)})
    return f"{address}?{query}" if query else address


@register.simple_tag
def person_url(person: Person) -> str:
    try:
        return person.get_absolute_url()
    except NoReverseMatch:
        return ""

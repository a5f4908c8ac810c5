"""How numbers of staffing look: a surplus with plus, a shortage with minus, both by word in what is read aloud."""

from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, reverse

from thongsuot.staffing.models import Holding, Person, Transfer
from thongsuot.staffing.queries.leaders import bodies_led, called_in
from thongsuot.units.models import Unit
from thongsuot.web.templatetags.web import number

register = template.Library()


@register.filter
def signed(value: int) -> str:
    """+3, −2, 0."""
    return f"+{number(value)}" if value > 0 else f"−{number(-value)}" if value < 0 else "0"


@register.filter
def leads(holding: Holding, unit: Unit) -> str:
    """The department a head or a deputy leads, as the unit calls it."""
    return called_in(unit, holding.body)


@register.filter
def leads_to(transfer: Transfer) -> str:
    """The department the person of the file is to lead."""
    return called_in(transfer.to_unit, transfer.to_body)


@register.filter
def leads_unsaid(holding: Holding) -> bool:
    """One of several departments, and nobody has written which."""
    return not holding.body and bool(bodies_led(holding.position))


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

"""Who is to be told at a unit."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from thongsuot.lawbook.roles import roles
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate
from thongsuot.units.queries import holding_on


def users_with(verb: Verb, units: Iterable[int], on: date) -> list[int]:
    """The users whose role allows it at one of the units themselves."""
    able = [code for code, role in roles().items() if verb in role.verbs and role.reach != Reach.COVERED]
    held = Mandate.objects.filter(
        holding_on(on), user__is_active=True, role_code__in=able, unit__in=set(units)
    )
    held = held.filter(Q(deputy_of__isnull=True) | holding_on(on, "deputy_of"))
    return list(dict.fromkeys(held.order_by("pk").values_list("user", flat=True)))

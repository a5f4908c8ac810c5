"""Who is to be told: the people whose role lets them act at a unit."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from thongsuot.lawbook.roles import roles
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate
from thongsuot.units.queries import holding_on


def users_with(verb: Verb, units: Iterable[int], on: date) -> Mapping[int, list[int]]:
    """The users who may do that at each of the units themselves, by the key of the unit."""
    able = [code for code, role in roles().items() if verb in role.verbs and role.reach != Reach.COVERED]
    held = Mandate.objects.filter(
        holding_on(on), user__is_active=True, role_code__in=able, unit__in=set(units)
    )
    held = held.filter(Q(deputy_of__isnull=True) | holding_on(on, "deputy_of"))
    found: dict[int, list[int]] = {}
    for unit, user in held.order_by("pk").values_list("unit", "user"):
        users = found.setdefault(unit, [])
        if user not in users:
            users.append(user)
    return found

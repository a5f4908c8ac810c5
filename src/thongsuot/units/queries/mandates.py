"""Who holds which role where: in force, left behind at ended units, colleagues."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from thongsuot.accounts.models import User
from thongsuot.lawbook.roles import roles
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate, Succession, Unit
from thongsuot.units.queries.dated import holding_on
from thongsuot.web.worded import asked


def mandates_in_force(user: User, on: date) -> list[Mandate]:
    """Those held that day; a deputy's only while the mandate it stands for is held too."""
    held = asked("mandates in force", _in_force, user=user.pk, on=on)
    for mandate in held:
        mandate.user = user
    return held


def _in_force(user: int, on: date) -> QuerySet[Mandate]:
    original = Q(deputy_of__isnull=True) | holding_on(on, "deputy_of")
    deputies = Prefetch("deputy_of", Mandate.objects.select_related("user"))  # few are, so no join for all
    held = Mandate.objects.filter(holding_on(on), original, user=user)
    return held.select_related("unit__parent", "body").prefetch_related(deputies)


def mandates_left_at(units: Iterable[Unit], on: date) -> QuerySet[Mandate]:
    """Held that day or later at these units."""
    held = Mandate.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), unit__in=units)
    return held.select_related("user", "unit", "body", "deputy_of__user").order_by("user__full_name", "pk")


def colleagues(mandate: Mandate, on: date) -> QuerySet[User]:
    """Who else holds a role of their own at the same unit."""
    held = Mandate.objects.filter(holding_on(on), user=OuterRef("pk"), unit=mandate.unit_id, deputy_of=None)
    return (
        User.objects.filter(Exists(held), is_active=True)
        .exclude(pk=mandate.user_id)
        .order_by("full_name", "pk")
    )


def final_successors(unit: Unit) -> list[Unit]:
    """The units in force that came of it, directly or through others."""
    found: dict[int, Unit] = {}
    frontier = [unit.pk]
    while frontier:
        passed = Succession.objects.filter(predecessor__in=frontier).select_related("successor")
        reached = {one.successor_id: one.successor for one in passed if one.successor_id not in found}
        found |= reached
        frontier = list(reached)
    return sorted((one for one in found.values() if not one.is_former), key=lambda one: one.name)


def wholly_merged_into(unit: Unit) -> list[int]:
    """Keys of the units whose whole ground passed to this one, directly or through others."""
    found: list[int] = []
    frontier = [unit.pk]
    while frontier:
        whole = Succession.objects.filter(successor__in=frontier, whole=True).exclude(predecessor__in=found)
        frontier = sorted(set(whole.values_list("predecessor", flat=True)))
        found += frontier
    return sorted(found)


def deputies_of(user: User) -> QuerySet[Mandate]:
    """Mandates by which others stand in for the user, newest first."""
    return _deputies().filter(deputy_of__user=user)


def standing_in(user: User) -> QuerySet[Mandate]:
    """Mandates by which the user stands in for others, newest first."""
    return _deputies().filter(user=user)


def _deputies() -> QuerySet[Mandate]:
    held = Mandate.objects.filter(deputy_of__isnull=False).order_by("-valid_from", "-pk")
    return held.select_related(
        "user", "unit", "body", "deputy_of__user", "deputy_of__unit", "deputy_of__body"
    )


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

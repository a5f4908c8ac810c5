"""Which rows a mandate reaches, by place and by field of work; other apps build their own policies on these."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import ALLOWED, Verdict, refused
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate, Unit


def reach(mandate: Mandate, path: str = "unit") -> Q:
    """Rows whose `path` leads to a unit within reach; with path "" the units themselves.

    A mandate at a body reaches the rows of its unit; what that body holds elsewhere the app of those rows adds.
    """
    match mandate.role.reach:
        case Reach.SUBTREE:
            places = mandate.places
            return Q(**{_to(path, "pk", "in"): places}) | Q(**{_to(path, "parent", "in"): places})
        case Reach.COVERED:
            return Q(**{_to(path, "pk", "in"): mandate.covers.values("pk")})
        case _:
            return Q(**{_to(path, "pk", "in"): mandate.places})


def bounds(mandate: Mandate) -> set[str]:
    """The same rule as `reach`, in words an index keeps: what may be read bears one of them (bounds_of)."""
    if not mandate.allows(Verb.READ):
        return set()
    match mandate.role.reach:
        case Reach.SUBTREE:
            return {f"{pk}" for pk in mandate.places} | {f"in{pk}" for pk in mandate.places}
        case Reach.COVERED:
            return {f"{pk}" for pk in mandate.covers.values_list("pk", flat=True)}
        case _:
            return {f"{pk}" for pk in mandate.places}


def bounds_of(units: Iterable[Unit]) -> set[str]:
    """What a row of these units bears."""
    units = list(units)
    return {f"{unit.pk}" for unit in units} | {f"in{unit.parent_id}" for unit in units if unit.parent_id}


def bounds_in_reach(mandate: Mandate) -> Sequence[Collection[object]]:
    """For registers that are seen by place (finding.kinds.Kind.bounds)."""
    return [bounds(mandate)]


def bounds_of_readers(mandate: Mandate) -> Sequence[Collection[object]]:
    """For registers of which all who may read see all, or so short that their scope alone may decide."""
    return [] if mandate.allows(Verb.READ) else [()]


def _to(path: str, *steps: str) -> str:
    return "__".join(step for step in (path, *steps) if step)


def reaches(mandate: Mandate, unit: Unit) -> bool:
    """The same rule as `reach`, for one unit in hand."""
    match mandate.role.reach:
        case Reach.SUBTREE:
            return bool({unit.pk, unit.parent_id} & set(mandate.places))
        case Reach.COVERED:
            return mandate.covers.filter(pk=unit.pk).exists()
        case _:
            return unit.pk in mandate.places


def works_in(mandate: Mandate, topic: str) -> bool:
    """The second axis: whether the topic is among the mandate's fields of work; none named means all."""
    return not mandate.fields or topic in mandate.fields


def field_scope(mandate: Mandate, path: str = "topic") -> Q:
    """The same rule as `works_in`, for rows whose `path` is the code of a topic."""
    return Q(**{f"{path}__in": mandate.fields}) if mandate.fields else Q()


def scope(mandate: Mandate) -> Q:
    """The register of units is public knowledge: every mandate sees all of it."""
    return Q()


# What administrators keep. Events about these tell nothing of what stands in a record.
_PEOPLE = ("units.mandate", "accounts.user")
_REGISTER = ("units.unit", "units.changeevent")


def trail_scope(mandate: Mandate) -> Q:
    """Events of the trail: what was done from a unit within reach, and what was done to the accounts and mandates
    there; whoever reads no content sees only events about people and units."""
    if not mandate.allows(Verb.READ_AUDIT):
        return Q(pk__in=[])
    done_within = Q(actor_unit_key__in=Unit.objects.filter(reach(mandate, "")).values("pk"))
    if not mandate.allows(Verb.READ):
        done_within &= Q(subject_kind__in=(*_PEOPLE, *_REGISTER))
    held = Mandate.objects.filter(reach(mandate))
    about_people = Q(
        subject_kind="units.mandate", subject_key__in=held.annotate(key=Cast("pk", CharField())).values("key")
    ) | Q(
        subject_kind="accounts.user",
        subject_key__in=held.annotate(key=Cast("user_id", CharField())).values("key"),
    )
    by_the_system = Q(subject_kind__in=_REGISTER, actor_unit_key=None)
    return done_within | about_people | by_the_system


def holds(mandate: Mandate, verb: Verb) -> Verdict:
    """The first question of every policy: does the role allow the verb at all?"""
    if mandate.allows(verb):
        return ALLOWED
    return refused(
        _("Vai trò “%(role)s” không có quyền “%(verb)s”.") % {"role": mandate.role_name, "verb": verb.label}
    )


def may(mandate: Mandate, verb: Verb, unit: Unit | None = None) -> Verdict:
    if not (held := holds(mandate, verb)):
        return held
    if verb == Verb.READ or unit is None or reaches(mandate, unit):
        return ALLOWED
    return refused(_("%(unit)s không thuộc phạm vi của vai trò đang dùng.") % {"unit": unit.title})

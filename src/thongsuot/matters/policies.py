"""Who sees a matter: those who reach a unit it belongs to, or from which it is seen (actions._places).

A paper is confirmed and taken back whole, so the right to record or remove a matter is a right on its origin.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import ALLOWED, Verdict, refused
from thongsuot.matters.models import Matter, MatterUnit, Origin
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.units.policies import holds, reach

NOTHING = Q(pk__in=[])


def scope(mandate: Mandate, at: str = "pk") -> Q:
    """Matters themselves; or rows of another table, whose column `at` holds the key of a matter."""
    if not mandate.allows(Verb.READ):
        return NOTHING
    return Q(Exists(MatterUnit.objects.filter(reach(mandate), matter=OuterRef(at))))


def origin_scope(mandate: Mandate) -> Q:
    if not mandate.allows(Verb.READ):
        return NOTHING
    return Q(pk__in=Origin.units.through.objects.filter(reach(mandate)).values("origin_id"))


def may(mandate: Mandate, verb: Verb, subject: Matter | Origin | None = None) -> Verdict:
    if not (held := holds(mandate, verb)):
        return held
    if subject is None or _within(mandate, verb, subject):
        return ALLOWED
    return refused(_("Kiến nghị, nhiệm vụ này không thuộc phạm vi của vai trò đang dùng."))


def _within(mandate: Mandate, verb: Verb, subject: Matter | Origin) -> bool:
    if isinstance(subject, Matter) and verb == Verb.READ:
        return Matter.objects.filter(scope(mandate), pk=subject.pk).exists()
    origin = subject.origin_id if isinstance(subject, Matter) else subject.pk
    return Origin.objects.filter(origin_scope(mandate), pk=origin).exists()

"""A draft is seen by those who may take reports in and reach the unit that received it.

A working group has no unit of its own: its members see what they took in and what speaks of their units.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.intake.models import Draft
from thongsuot.kernel.verdicts import ALLOWED, Verdict, refused
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import holds, reach, reaches


def scope(mandate: Mandate) -> Q:
    if not mandate.allows(Verb.INTAKE):
        return Q(pk__in=[])
    if mandate.role.reach == Reach.COVERED:
        about = Draft.concerns.through.objects.filter(unit__in=mandate.covers.values("pk"))
        return Q(created_by_username=mandate.user.username) | Q(pk__in=about.values("draft_id"))
    return reach(mandate)


def may(mandate: Mandate, verb: Verb, draft: Draft | None = None) -> Verdict:
    if not (held := holds(mandate, verb)):
        return held
    if draft is None or Draft.objects.filter(scope(mandate), pk=draft.pk).exists():
        return ALLOWED
    return refused(_("Bản nháp này không thuộc phạm vi của vai trò đang dùng."))


def may_enter(mandate: Mandate, units: list[Unit]) -> Verdict:
    """Records may be written only about units within reach."""
    beyond = [unit.title for unit in units if not reaches(mandate, unit)]
    if beyond:
        return refused(_("Ngoài phạm vi của vai trò đang dùng: %(units)s.") % {"units": ", ".join(beyond)})
    return ALLOWED

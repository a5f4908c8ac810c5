"""A return is seen by those who reach its unit; templates and rounds by all who may read."""

from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import ALLOWED, Verdict, refused
from thongsuot.returns.models import Return, ReturnTemplate, Round
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.units.policies import holds, reach, reaches


def scope(mandate: Mandate) -> Q:
    return reach(mandate) if mandate.allows(Verb.READ) else Q(pk__in=[])


def may(mandate: Mandate, verb: Verb, subject: Return | Round | ReturnTemplate | None = None) -> Verdict:
    if not (held := holds(mandate, verb)):
        return held
    if isinstance(subject, Return) and not reaches(mandate, subject.unit):
        return refused(
            _("Báo cáo của %(unit)s không thuộc phạm vi của vai trò đang dùng.") % {"unit": subject.unit}
        )
    return ALLOWED

"""A return is seen by those who reach its unit; templates and rounds by all whom they ask, and who reach these.

Whoever takes returns in may fill one in for a unit, from a workbook it sent; handing it in remains the unit's own.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import ALLOWED, Verdict, refused
from thongsuot.returns.models import Return, ReturnTemplate, Round, WorkbookBatch, WorkbookFile
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import holds, reach, reaches

NOTHING = Q(pk__in=[])
Subject = Return | Round | ReturnTemplate | WorkbookBatch | WorkbookFile | Unit


def scope(mandate: Mandate) -> Q:
    return reach(mandate) if mandate.allows(Verb.READ) else NOTHING


def round_scope(mandate: Mandate) -> Q:
    """Those of a province within reach, and those that ask a unit within reach."""
    if not mandate.allows(Verb.READ):
        return NOTHING
    return reach(mandate) | Q(pk__in=Return.objects.filter(reach(mandate)).values("round"))


def template_scope(mandate: Mandate) -> Q:
    """Those of the whole country, of a province within reach, and of the one above."""
    if not mandate.allows(Verb.READ):
        return NOTHING
    return Q(issuer__isnull=True) | reach(mandate, "issuer") | Q(issuer=mandate.unit.parent_id)


def may(mandate: Mandate, verb: Verb, subject: Subject | None = None) -> Verdict:
    if not (held := holds(mandate, verb)):
        return held
    unit = _place(subject)
    if isinstance(subject, ReturnTemplate) and unit is None and verb != Verb.READ:
        return refused(
            _("“%(name)s” là mẫu dùng chung cả nước, không sửa ở đây. Sao thành mẫu của đơn vị mình rồi sửa.")
            % {"name": subject}
        )
    if unit is None or reaches(mandate, unit):
        return ALLOWED
    return refused(_("Báo cáo của %(unit)s không thuộc phạm vi của vai trò đang dùng.") % {"unit": unit})


def _place(subject: Subject | None) -> Unit | None:
    match subject:
        case None:
            return None
        case Unit():
            return subject
        case ReturnTemplate():
            return subject.issuer
        case WorkbookFile():
            return subject.batch.unit
        case _:
            return subject.unit


def fills(mandate: Mandate) -> Verb:
    return Verb.REPORT if mandate.allows(Verb.REPORT) else Verb.ACCEPT_RETURN


def may_fill(mandate: Mandate, subject: Subject | None = None) -> Verdict:
    return may(mandate, fills(mandate), subject)

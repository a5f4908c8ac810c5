"""The catalogue is open to all who may read; a figure is seen by those who reach its unit.

Recording and removing a figure is a right on the source it is cited from: a paper is confirmed and taken back
whole.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.indicators.models import Figure, Indicator
from thongsuot.kernel.verdicts import ALLOWED, Verdict, refused
from thongsuot.sources.policies import may as may_source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import holds, reach, reaches


def scope(mandate: Mandate) -> Q:
    return reach(mandate) if mandate.allows(Verb.READ) else Q(pk__in=[])


def may(mandate: Mandate, verb: Verb, subject: Figure | Indicator | None = None) -> Verdict:
    if not (held := holds(mandate, verb)):
        return held
    if not isinstance(subject, Figure):
        return ALLOWED
    if verb != Verb.READ:
        return may_source(mandate, verb, subject.citation.source)
    if reaches(mandate, subject.unit):
        return ALLOWED
    return refused(
        _("Số liệu của %(unit)s không thuộc phạm vi của vai trò đang dùng.") % {"unit": subject.unit}
    )


def may_state(mandate: Mandate, unit: Unit) -> Verdict:
    """The unit itself, or who takes its papers in and may fill them in for it."""
    verb = Verb.REPORT if mandate.allows(Verb.REPORT) else Verb.ACCEPT_RETURN
    return _at(mandate, verb, unit)


def may_count(mandate: Mandate, unit: Unit) -> Verdict:
    return _at(mandate, Verb.ACCEPT_RETURN, unit)


def _at(mandate: Mandate, verb: Verb, unit: Unit) -> Verdict:
    if not (held := holds(mandate, verb)):
        return held
    if reaches(mandate, unit):
        return ALLOWED
    return refused(_("Số liệu của %(unit)s không thuộc phạm vi của vai trò đang dùng.") % {"unit": unit})


def may_aim(mandate: Mandate, unit: Unit) -> Verdict:
    """Who keeps the catalogue says what is to be reached, of units within reach."""
    return _at(mandate, Verb.KEEP_RETURNS, unit)


def may_dispute(mandate: Mandate, unit: Unit) -> Verdict:
    """The unit the figure is about."""
    return _at(mandate, Verb.REPORT, unit)


def may_answer(mandate: Mandate, unit: Unit) -> Verdict:
    return _at(mandate, Verb.ACCEPT_RETURN, unit)

"""Who sees a source: those who reach the unit that received it, or a unit it concerns."""

from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import ALLOWED, Verdict, refused
from thongsuot.sources.models import Source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import holds, reach


def scope(mandate: Mandate) -> Q:
    if not mandate.allows(Verb.READ):
        return Q(pk__in=[])
    units = Unit.objects.filter(reach(mandate, ""))
    return Q(received_at_unit__in=units.values("pk")) | Q(
        pk__in=Source.concerns.through.objects.filter(unit__in=units.values("pk")).values("source_id")
    )


def may(mandate: Mandate, verb: Verb, source: Source | None = None) -> Verdict:
    if not (held := holds(mandate, verb)):
        return held
    if source is None or Source.objects.filter(scope(mandate), pk=source.pk).exists():
        return ALLOWED
    return refused(_("Văn bản nguồn này không thuộc phạm vi của vai trò đang dùng."))

"""Figures of a unit on a day, kept as they were."""

from datetime import date

from django.db import transaction

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import require
from thongsuot.staffing.enums import Acts, SnapshotOrigin
from thongsuot.staffing.importing.content import digest_of
from thongsuot.staffing.models import Snapshot
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries import figures_of, totals_of
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit


@transaction.atomic
def take_snapshot(*, by: Mandate, unit: Unit, on: date, origin: SnapshotOrigin) -> Snapshot:
    """The same figures of the same day are one snapshot, taken once."""
    require(may(by, Verb.READ_STAFF, unit))
    content = {one.position.code: one.as_kept() for one in figures_of(unit, on)}
    digest = digest_of({"unit": unit.code, "on": on, "content": content})
    known = Snapshot.objects.filter(unit=unit, on=on, digest=digest).first()
    if known:
        return known
    snapshot = Snapshot.objects.create(
        unit=unit,
        on=on,
        taken_by=by.actor.name,
        origin=origin,
        digest=digest,
        content=content,
        totals=totals_of(content),
    )
    record(
        by=by,
        verb=Acts.SNAPSHOT_TAKEN,
        subject=snapshot,
        details={"on": on, "origin": origin, "digest": digest, "totals": snapshot.totals},
    )
    return snapshot

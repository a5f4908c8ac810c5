"""The verbs of the staff registers.

Positions (PLAN_STAFF; a unit's own standard KEEP_STAFF)
- load_positions(by) -> number of new ones (from the lawbook; idempotent, what was amended stays)
- amend_position(by, position, changes, seen=None); end_position(by, position, on, seen=None)
- set_standard(by, position, unit | None, degree, majors, on=None, basis="")

A unit at once (KEEP_STAFF)
- apply_unit_staff(by, unit, content: importing.content.UnitStaff, basis="") -> Difference
- take_snapshot(by, unit, on, origin) -> Snapshot: READ_STAFF; the same figures are one snapshot
"""

from thongsuot.staffing.actions.bulk import apply_unit_staff
from thongsuot.staffing.actions.positions import amend_position, end_position, load_positions, set_standard
from thongsuot.staffing.actions.snapshots import take_snapshot

__all__ = [
    "amend_position",
    "apply_unit_staff",
    "end_position",
    "load_positions",
    "set_standard",
    "take_snapshot",
]

"""Changing units and mandates.

- rename_unit(by, unit, kind, name, on, basis, seen=None); merge_units(by, units, into, on, basis) -> Unit;
  split_unit(by, unit, into, on, basis) -> [Unit], with into = NewUnit(code, kind, name)
- grant_mandate(by, user, role, unit, valid_from, valid_to=None, body=None, fields=(), covers=()) -> Mandate
- end_mandate(by, mandate, on); cover_units(by, mandate, units, seen=None)
- carry_over(by, mandates, to, on) -> [Mandate]: after a merger, the same roles at the successor
- deputise(by, to, valid_from, valid_to, reason) -> Mandate: somebody stands in for a while
"""

from thongsuot.units.actions.changes import NewUnit, merge_units, rename_unit, split_unit
from thongsuot.units.actions.deputies import deputise
from thongsuot.units.actions.mandates import carry_over, cover_units, end_mandate, grant_mandate

__all__ = [
    "NewUnit",
    "carry_over",
    "cover_units",
    "deputise",
    "end_mandate",
    "grant_mandate",
    "merge_units",
    "rename_unit",
    "split_unit",
]

from thongsuot.units.views.changes import merge, rename, split
from thongsuot.units.views.deputies import deputies, end_deputy
from thongsuot.units.views.reading import hint, page, unit_list, unit_map
from thongsuot.units.views.switching import switch_mandate

__all__ = [
    "deputies",
    "end_deputy",
    "hint",
    "merge",
    "page",
    "rename",
    "split",
    "switch_mandate",
    "unit_list",
    "unit_map",
]

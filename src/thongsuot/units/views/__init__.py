from thongsuot.units.views.changes import merge, rename, split
from thongsuot.units.views.reading import hint, page, unit_list, unit_map
from thongsuot.units.views.switching import switch_mandate

__all__ = ["hint", "merge", "page", "rename", "split", "switch_mandate", "unit_list", "unit_map"]

from thongsuot.matters.queries.matters import (
    Summary,
    counts_by_direction,
    counts_by_unit,
    groups_heard,
    of_unit,
    proposals,
    summary,
    tasks,
    visible_matters,
    with_words,
)

__all__ = [
    "Summary",
    "counts_by_direction",
    "counts_by_unit",
    "groups_heard",
    "of_unit",
    "proposals",
    "summary",
    "tasks",
    "visible_matters",
    "with_words",
]

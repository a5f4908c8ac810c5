from thongsuot.matters.queries.answers import (
    answers_carried_out_by,
    answers_resting_on,
    counted_by_response,
    replies_of,
    replies_to,
    visible_answers,
)
from thongsuot.matters.queries.groups import members_of, visible_groups
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
from thongsuot.matters.queries.orders import own_drafts, tasks_of_order, visible_orders

__all__ = [
    "Summary",
    "answers_carried_out_by",
    "answers_resting_on",
    "counted_by_response",
    "counts_by_direction",
    "counts_by_unit",
    "groups_heard",
    "members_of",
    "of_unit",
    "own_drafts",
    "proposals",
    "replies_of",
    "replies_to",
    "summary",
    "tasks",
    "tasks_of_order",
    "visible_answers",
    "visible_groups",
    "visible_matters",
    "visible_orders",
    "with_words",
]

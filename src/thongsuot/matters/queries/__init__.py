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
    "proposals",
    "replies_of",
    "replies_to",
    "summary",
    "tasks",
    "visible_answers",
    "visible_groups",
    "visible_matters",
    "with_words",
]

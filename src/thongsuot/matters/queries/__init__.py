from thongsuot.matters.queries.answers import (
    answers_carried_out_by,
    answers_resting_on,
    counted_by_response,
    replies_of,
    replies_to,
    visible_answers,
)
<<<<<<< HEAD
from thongsuot.matters.queries.doing import (
    ClockSummary,
    addressable_units,
    bodies_to_wait_for,
    changes,
    clock_summary,
    colleagues,
    late_first,
    pending_wish,
    unseen_changes,
    with_sides,
)
from thongsuot.matters.queries.groups import free_members, members_of, open_suggestions, visible_groups
=======
from thongsuot.matters.queries.groups import (
    free_members,
    members_of,
    open_suggestions,
    provinces_that_are_asked,
    visible_groups,
)
>>>>>>> 7b855c6 (Proposals that look alike are shown while one types and offered as groups, with the reason; what was passed over stays so)
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
from thongsuot.matters.queries.routing import (
    bodies_to_route_to,
    chosen_proposals,
    holding_leg,
    tasks_numbered,
    unit_body,
    unit_count,
    usual_body,
)
from thongsuot.matters.queries.threads import (
    CLOCK_TONES,
    STATE_TONES,
    clock_of,
    legs_of,
    thread_of,
    words_of_clock,
)

__all__ = [
    "CLOCK_TONES",
    "STATE_TONES",
    "ClockSummary",
    "Summary",
    "addressable_units",
    "answers_carried_out_by",
    "answers_resting_on",
    "bodies_to_route_to",
    "bodies_to_wait_for",
    "changes",
    "chosen_proposals",
    "clock_of",
    "clock_summary",
    "colleagues",
    "counted_by_response",
    "counts_by_direction",
    "counts_by_unit",
    "free_members",
    "groups_heard",
    "holding_leg",
    "late_first",
    "legs_of",
    "members_of",
    "of_unit",
    "open_suggestions",
    "own_drafts",
    "pending_wish",
    "proposals",
    "provinces_that_are_asked",
    "replies_of",
    "replies_to",
    "summary",
    "tasks",
    "tasks_numbered",
    "tasks_of_order",
<<<<<<< HEAD
    "thread_of",
=======
    "unit_body",
>>>>>>> 7b855c6 (Proposals that look alike are shown while one types and offered as groups, with the reason; what was passed over stays so)
    "unit_count",
    "unseen_changes",
    "usual_body",
    "visible_answers",
    "visible_groups",
    "visible_matters",
    "visible_orders",
    "with_sides",
    "with_words",
    "words_of_clock",
]

"""Reads about transfer files."""

from thongsuot.staffing.queries.transfers.pages import (
    Asked,
    HandoverPart,
    Rule,
    Stop,
    asked_of,
    handover_of,
    rule_of,
    way_of,
)
from thongsuot.staffing.queries.transfers.people import course_of, course_task, name_of
from thongsuot.staffing.queries.transfers.places import waited_for
from thongsuot.staffing.queries.transfers.refusals import Refusal, refusals_of
from thongsuot.staffing.queries.transfers.rows import (
    STATE_TONES,
    Ball,
    Counts,
    ball_of,
    counts_of,
    late,
    silent_units,
    visible_transfers,
    waiting_for_me,
    waits_for,
    with_ball,
)

__all__ = [
    "STATE_TONES",
    "Asked",
    "Ball",
    "Counts",
    "HandoverPart",
    "Refusal",
    "Rule",
    "Stop",
    "asked_of",
    "ball_of",
    "counts_of",
    "course_of",
    "course_task",
    "handover_of",
    "late",
    "name_of",
    "refusals_of",
    "rule_of",
    "silent_units",
    "visible_transfers",
    "waited_for",
    "waiting_for_me",
    "waits_for",
    "way_of",
    "with_ball",
]

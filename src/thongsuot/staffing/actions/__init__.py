"""The verbs of the staff registers.

Positions (PLAN_STAFF; a unit's own standard KEEP_STAFF)
- load_positions(by) -> number of new ones (from the lawbook; idempotent, what was amended stays)
- amend_position(by, position, changes, seen=None); end_position(by, position, on, seen=None)
- set_standard(by, position, unit | None, degree, majors, on=None, basis="")

Places (KEEP_STAFF; ceilings also PLAN_STAFF)
- set_frame(by, unit, position, places, on, basis="", seen=None); note_workload(by, unit, on, population, …)
- set_quota(by, unit, block, posts, on, basis="", seen=None); set_quota_from_population(by, unit, on)

People (KEEP_STAFF where their file is kept: policies.keep_scope)
- enter_person(by, unit, number, full_name, category, details=None) -> Person; amend_person(by, person, changes)
- set_schooling(by, person, qualifications=None, experiences=None); note_training(by, person, position, course, …)
- note_wishes(by, person, units, given_on); note_home(by, person, point | None); note_kin, forget_kin
- lock_person(by, person, reason, since, until=None); unlock_person(by, lock, on): also READ_LOCKS
- person_left(by, person, on, because): every post ends
- look_at_person(by, person), look_at_locks(by, person): the trace of a look

Posts (KEEP_STAFF)
- hold_post(by, person, unit, position, since, kind=FULL, payroll=None, until=None, basis="", told_so=False)
- enter_with_post(by, unit, number, full_name, category, position, since, …): a new person and their post
- leave_post(by, holding, on); move_post(by, holding, unit, position, on, basis="", body="")
- name_body(by, holding, body, on): which department a head or a deputy leads
- begin_post(person, unit, position, since, …), end_post(holding, on): the rules and the rows alone, for an act of
  another file that asks for its own permission and leaves its own trace (a transfer taking effect)

Reviews (PLAN_STAFF; filing REVIEW_STAFF)
- open_round(by, unit, title, on, due_on, basis="") -> ReviewRound: every commune owes one and is told
- file_review(by, review, remark="", seen=None); return_review(by, review, reason, seen=None)
- chase_reviews(by, called, units, words="") -> how many owed one
- training.save_training(by, unit, chosen, starts_on) -> how many have a course planned now; imports the solver

A unit at once (KEEP_STAFF)
- apply_unit_staff(by, unit, content: importing.content.UnitStaff, basis="") -> Difference
- take_snapshot(by, unit, on, origin) -> Snapshot: READ_STAFF; the same figures are one snapshot
"""

from thongsuot.staffing.actions.bulk import apply_unit_staff
from thongsuot.staffing.actions.people import (
    amend_person,
    enter_person,
    forget_kin,
    lock_person,
    look_at_locks,
    look_at_person,
    note_home,
    note_kin,
    note_training,
    note_wishes,
    person_left,
    set_schooling,
    unlock_person,
)
from thongsuot.staffing.actions.places import (
    note_workload,
    set_frame,
    set_quota,
    set_quota_from_population,
)
from thongsuot.staffing.actions.positions import amend_position, end_position, load_positions, set_standard
from thongsuot.staffing.actions.posts import (
    begin_post,
    end_post,
    enter_with_post,
    hold_post,
    leave_post,
    move_post,
    name_body,
)
from thongsuot.staffing.actions.reviews import chase_reviews, file_review, open_round, return_review
from thongsuot.staffing.actions.snapshots import take_snapshot

__all__ = [
    "amend_person",
    "amend_position",
    "apply_unit_staff",
    "begin_post",
    "chase_reviews",
    "end_position",
    "end_post",
    "enter_person",
    "enter_with_post",
    "file_review",
    "forget_kin",
    "hold_post",
    "leave_post",
    "load_positions",
    "lock_person",
    "look_at_locks",
    "look_at_person",
    "move_post",
    "name_body",
    "note_home",
    "note_kin",
    "note_training",
    "note_wishes",
    "note_workload",
    "open_round",
    "person_left",
    "return_review",
    "set_frame",
    "set_quota",
    "set_quota_from_population",
    "set_schooling",
    "set_standard",
    "take_snapshot",
    "unlock_person",
]

from thongsuot.staffing.views.registers.editing import (
    amend,
    enter,
    hold,
    home,
    kin,
    leave,
    leave_post,
    lock,
    schooling,
    training,
    unlock,
    wishes,
)
from thongsuot.staffing.views.registers.people import people, person, person_locks
from thongsuot.staffing.views.registers.positions import amend_position, position, positions, standard
from thongsuot.staffing.views.registers.units import frame, quota, quota_from_population, register, workload

__all__ = [
    "amend",
    "amend_position",
    "enter",
    "frame",
    "hold",
    "home",
    "kin",
    "leave",
    "leave_post",
    "lock",
    "people",
    "person",
    "person_locks",
    "position",
    "positions",
    "quota",
    "quota_from_population",
    "register",
    "schooling",
    "standard",
    "training",
    "unlock",
    "wishes",
    "workload",
]

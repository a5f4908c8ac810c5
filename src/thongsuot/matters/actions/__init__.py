"""The verbs of the loop, by what they act on."""

from thongsuot.matters.actions.recording import (
    Statement,
    record_origin,
    record_proposal,
    record_task,
    remove_matter,
    remove_origin,
)

__all__ = [
    "Statement",
    "record_origin",
    "record_proposal",
    "record_task",
    "remove_matter",
    "remove_origin",
]

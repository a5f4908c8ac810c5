"""The verbs of the register of documents, by what they act on.

- registering: enter_document, edit_document, register_document, complete_document, cite_document, uncite_document,
  remove_document, origin_of, origin_of_point
- texts: add_version, keep_points, remove_version, set_studied_by
- cascade: order_implementing, answer_directive, link_points, look_again, take_back_answer
- on_paper: record_answers                answers of many units that came on paper, with their tasks
- studying: record_study, remove_study, set_circle, erase_rolls
"""

from thongsuot.documents.actions.cascade import (
    answer_directive,
    link_points,
    look_again,
    order_implementing,
    take_back_answer,
)
from thongsuot.documents.actions.on_paper import OnPaper, Recorded, record_answers
from thongsuot.documents.actions.registering import (
    Facts,
    cite_document,
    complete_document,
    edit_document,
    enter_document,
    origin_of,
    origin_of_point,
    register_document,
    remove_document,
    uncite_document,
)
from thongsuot.documents.actions.studying import Heads, erase_rolls, record_study, remove_study, set_circle
from thongsuot.documents.actions.texts import add_version, keep_points, remove_version, set_studied_by

__all__ = [
    "Facts",
    "Heads",
    "OnPaper",
    "Recorded",
    "add_version",
    "answer_directive",
    "cite_document",
    "complete_document",
    "edit_document",
    "enter_document",
    "erase_rolls",
    "keep_points",
    "link_points",
    "look_again",
    "order_implementing",
    "origin_of",
    "origin_of_point",
    "record_answers",
    "record_study",
    "register_document",
    "remove_document",
    "remove_study",
    "remove_version",
    "set_circle",
    "set_studied_by",
    "take_back_answer",
    "uncite_document",
]

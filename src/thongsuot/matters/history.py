"""What was done to a record, in words for its page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from thongsuot.audit.labels import act_label
from thongsuot.audit.queries import history_of


@dataclass(frozen=True, slots=True)
class Moment:
    """One event of a timeline: `who` as they were that day."""

    at: datetime
    what: str
    who: str


def moments(subject: Model) -> list[Moment]:
    return [
        Moment(event.at, act_label(event.verb), ", ".join(filter(None, (event.actor_name, event.actor_unit))))
        for event in history_of(subject)
    ]

"""What every act on a transfer file begins and ends with: the row as it is now, a step its state allows, one event."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.actors import HasActor
from thongsuot.audit.versions import take_turn
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.actions.moving import author
from thongsuot.staffing.enums import TRANSFER_STEPS, Acts, TransferState
from thongsuot.staffing.models import Person, Transfer

WITH = (
    "person",
    "from_unit__parent",
    "to_unit__parent",
    "from_position",
    "to_position",
    "move__plan",
    "holding",
)


class Faults(Refused):
    """Everything that stands against an act, all at once; each a sentence of its own.

    `cases_of`: the people whose case of the law the sentences name; to read of it is a look at their file.
    """

    def __init__(self, faults: Iterable[str], cases_of: Iterable[Person] = ()) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        self.cases_of = tuple(cases_of)
        super().__init__(" ".join(self.faults))


def at_hand(transfer: Transfer, seen: int | None) -> Transfer:
    """The row as it is now, held until the act is over: two people act one after the other."""
    take_turn(transfer, seen)
    return Transfer.objects.select_related(*WITH).get(pk=transfer.pk)


def step(transfer: Transfer, to: TransferState) -> None:
    """On the row alone; `save` writes it."""
    if why := why_not(transfer, to):
        raise Refused(why)
    transfer.state = to


def why_not(transfer: Transfer, to: TransferState) -> str:
    """Why the file may not go there from where it stands; empty where it may."""
    if to in TRANSFER_STEPS[TransferState(transfer.state)]:
        return ""
    return _(
        "Hồ sơ %(number)s đang ở bước “%(state)s”, không chuyển sang “%(to)s” được. Tải lại trang để xem."
    ) % {
        "number": transfer.number,
        "state": transfer.get_state_display(),
        "to": to.label,
    }


def require_words(text: str, refusal: str) -> str:
    if not text.strip():
        raise Refused(refusal)
    return text.strip()


def called(by: HasActor) -> str:
    """Name, role and unit of that day."""
    return author(by)[:200]


def trace(by: HasActor, verb: Acts, transfer: Transfer, details: Mapping[str, object] | None = None) -> None:
    record(by=by, verb=verb, subject=transfer, details=details)

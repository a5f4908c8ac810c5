"""Who looked at the file of a person, and when."""

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import require
from thongsuot.staffing.enums import Acts
from thongsuot.staffing.models import Transfer
from thongsuot.staffing.policies import may
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


def note_look(*, by: Mandate, transfer: Transfer) -> None:
    """Every look, also of those who see a number in place of the name."""
    require(may(by, Verb.READ_STAFF, transfer))
    record(by=by, verb=Acts.PERSON_LOOKED_AT, subject=transfer.person, details={"file": transfer.number})


def note_export(*, by: Mandate, transfers: int) -> None:
    """A list that leaves the system; of whom it told is kept as a number."""
    require(may(by, Verb.READ_STAFF))
    record(by=by, verb=Acts.TRANSFERS_EXPORTED, subject=by.unit, details={"rows": transfers})

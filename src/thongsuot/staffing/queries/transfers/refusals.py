"""What was refused, in the words of a placement problem: the next plan does not propose it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from thongsuot.staffing.enums import OPEN_TRANSFERS, Answer, HoldingKind, Party, TransferState
from thongsuot.staffing.models import Consent, Holding, Transfer
from thongsuot.units.models import Unit


@dataclass(frozen=True, slots=True)
class Refusal:
    """`keeps`: the person's own unit will not let them go, wherever to; else this place was refused them."""

    person: str
    unit: str
    position: str
    keeps: bool
    by: str
    on: date
    because: str
    file: str
    url: str

    def forbids(self, units: Iterable[str]) -> list[dict[str, str | None]]:
        """As a problem file says it; `units` are the codes of all units of the board."""
        if not self.keeps:
            return [{"person": self.person, "unit": self.unit, "position": self.position}]
        return [
            {"person": self.person, "unit": code, "position": None} for code in units if code != self.unit
        ]

    def as_row(self) -> dict[str, str | bool]:
        """As a plan keeps it; why stays in the file."""
        place = {"person": self.person, "unit": self.unit, "position": self.position}
        told = {"by": self.by, "on": self.on.isoformat(), "file": self.file, "url": self.url}
        return {**place, **told, "keeps": self.keeps}


def refusals_of(province: Unit) -> list[Refusal]:
    """Refused and neither overruled nor outlived: the person still sits where they sat; the newest first."""
    standing = Holding.objects.filter(
        person=OuterRef("transfer__person"),
        unit=OuterRef("transfer__from_unit"),
        position=OuterRef("transfer__from_position"),
        kind=HoldingKind.FULL,
        valid_to__isnull=True,
    )
    going_on = Transfer.objects.filter(
        person=OuterRef("transfer__person"), state__in=set(OPEN_TRANSFERS) - {TransferState.REFUSED}
    )
    rows = Consent.objects.filter(
        Exists(standing),
        ~Exists(going_on),
        answer=Answer.REFUSES,
        escalated_on__isnull=True,
        transfer__state__in=(TransferState.REFUSED, TransferState.CANCELLED),
        transfer__from_unit__in=_within(province),
    ).select_related(
        "unit", "transfer__person", "transfer__from_unit", "transfer__to_unit", "transfer__to_position"
    )
    return [_refusal(row) for row in rows.order_by("-answered_on", "-pk")]


def _within(province: Unit) -> list[int]:
    return [province.pk, *Unit.objects.filter(parent=province).values_list("pk", flat=True)]


def _refusal(row: Consent) -> Refusal:
    transfer, keeps = row.transfer, row.party == Party.SENDER
    assert row.answered_on is not None, "an answer has its day"
    return Refusal(
        person=transfer.person.number,
        unit=transfer.from_unit.code if keeps else transfer.to_unit.code,
        position="" if keeps else transfer.to_position.code,
        keeps=keeps,
        by=str(row.unit),
        on=row.answered_on,
        because=row.reason,
        file=transfer.number,
        url=transfer.get_absolute_url(),
    )

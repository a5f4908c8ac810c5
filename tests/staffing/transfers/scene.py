"""A city with three wards, its personnel officer and the wards' leaders, and a chain of two waiting to be made."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests import people
from tests.factories.staffing import FrameFactory, HoldingFactory, PersonFactory, PositionFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.enums import Answer, Means, MoveKind
from thongsuot.staffing.models import Consent, Holding, Person, Plan, PlanMove, Position, Transfer
from thongsuot.units.loading import create_bodies
from thongsuot.units.models import Mandate, Unit

MONDAY = date(2026, 6, 1)  # no holiday near
VIEW = "Đồng ý, đề nghị tạo điều kiện đi lại."


@dataclass
class Scene:
    """`first` moves from Một to Hai onto the place of `second`, who moves on to the empty one in Ba."""

    city: Unit
    wards: list[Unit]
    office: Position
    land: Position
    first: Person
    second: Person
    personnel: Mandate
    leaders: list[Mandate]
    more: dict[str, Any] = field(default_factory=dict)

    def open(self, person: Person | None = None, **changed: Any) -> Transfer:
        """The second of the chain unless told otherwise: nobody is in its way."""
        told = {
            "by": self.personnel,
            "person": person or self.second,
            "to_unit": self.wards[2],
            "to_position": self.land,
            "means": Means.TRANSFER,
            "reason": "Phường Ba thiếu người phụ trách đất đai",
            **changed,
        }
        return acts.open_transfer(**told)

    def heard(self, transfer: Transfer | None = None, **changed: Any) -> Transfer:
        told = {
            "by": self.personnel,
            "on": MONDAY,
            "heard_by": "Trần Thị Giả Định, Phó Giám đốc Sở Nội vụ",
            "view": VIEW,
            "agrees": True,
            **changed,
        }
        return acts.note_hearing(transfer=transfer or self.open(), **told)

    def asked(self, transfer: Transfer | None = None) -> Transfer:
        return acts.ask_parties(by=self.personnel, transfer=transfer or self.heard())

    def agreed(self, transfer: Transfer | None = None) -> Transfer:
        transfer = transfer or self.asked()
        while consent := transfer.consents.filter(answer="", escalated_on=None).first():
            acts.answer(by=self.of(consent.unit), consent=consent, answer=Answer.AGREES)
        transfer.refresh_from_db()
        return transfer

    def decision(self, **changed: Any) -> acts.Decision:
        told = {
            "number": "15/QĐ-SNV",
            "on": MONDAY,
            "signed_by": "Giám đốc Sở Nội vụ",
            "effective_on": MONDAY + timedelta(days=14),
            **changed,
        }
        return acts.Decision(**told)

    def decided(self, *transfers: Transfer, **changed: Any) -> list[Transfer]:
        ready = list(transfers) or [self.agreed()]
        return acts.decide(by=self.personnel, transfers=ready, decision=self.decision(**changed))

    def of(self, unit: Unit) -> Mandate:
        """Who answers for the unit."""
        if unit.pk == self.city.pk:
            return self.personnel
        return self.leaders[[ward.pk for ward in self.wards].index(unit.pk)]

    def moves(self) -> list[PlanMove]:
        """The chain as a plan proposes it."""
        plan = Plan.objects.create(
            unit=self.city, title="Phương án tháng 6", on=MONDAY, started_by="Tổ rà soát"
        )
        ends = (
            (self.first, self.wards[0], self.office, self.wards[1], self.office),
            (self.second, self.wards[1], self.office, self.wards[2], self.land),
        )
        return [
            PlanMove.objects.create(
                plan=plan,
                person=person,
                from_unit=from_unit,
                from_position=from_position,
                to_unit=to_unit,
                to_position=to_position,
                kind=MoveKind.TRANSFER,
                level="full",
                km=4,
                chain=1,
            )
            for person, from_unit, from_position, to_unit, to_position in ends
        ]

    def chain(self) -> list[Transfer]:
        return acts.open_chain(by=self.personnel, moves=self.moves())

    def post(self, person: Person, on: date) -> list[tuple[str, str, str]]:
        """Where the registers have somebody on a day: unit, position, kind."""
        rows = Holding.objects.filter(person=person, valid_from__lte=on).exclude(valid_to__lte=on)
        return [(row.unit.name, row.position.code, row.kind) for row in rows.order_by("valid_from", "pk")]

    def consent(self, transfer: Transfer, party: str) -> Consent:
        return transfer.consents.get(party=party, escalated_on=None)


def scene() -> Scene:
    city = ProvinceFactory(name="Giả Định")
    wards = [WardFactory(name=name, parent=city) for name in ("Một", "Hai", "Ba")]
    create_bodies([city, *wards], since=date(2025, 7, 1))
    office, land = (
        PositionFactory(code="VP01", name="Văn phòng"),
        PositionFactory(code="DD01", name="Đất đai"),
    )
    for unit in wards[:2]:
        FrameFactory(unit=unit, position=office, places=1)
    FrameFactory(unit=wards[2], position=land, places=1)
    first, second = (
        PersonFactory(full_name=name, bare=strip_marks(name)) for name in ("Nguyễn Thị Thử", "Lê Văn Thử")
    )
    HoldingFactory(person=first, unit=wards[0], position=office)
    HoldingFactory(person=second, unit=wards[1], position=office)
    leaders = [people.ward_leader(ward) for ward in wards]
    return Scene(city, wards, office, land, first, second, people.personnel(city), leaders)

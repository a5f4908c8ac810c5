"""A city with wards and their bodies, the people of both tiers, and orders given by the city."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests import people
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.matters.actions import Clears, draft_order, issue_order, receive_task, submit_task
from thongsuot.matters.models import Matter, Order
from thongsuot.units.loading import create_bodies
from thongsuot.units.models import Body, Mandate, Unit

MONDAY = date(2026, 4, 20)  # the holidays of 27 and 30 April and 1 May lie ahead
DUE = date(2026, 5, 15)
SIX = {
    "text": "Rà soát hồ sơ đất đai tồn đọng",
    "person": "Chủ tịch Ủy ban nhân dân",
    "product": "Báo cáo kèm danh sách hồ sơ",
    "basis": "Kết luận buổi giám sát ngày 15-4-2026",
    "due_on": DUE,
    "lead_code": "peoples_committee",
}


@dataclass
class Scene:
    city: Unit
    wards: list[Unit]
    leader: Mandate
    officer: Mandate
    mandates: dict[str, Mandate] = field(default_factory=dict)

    @property
    def ward(self) -> Unit:
        return self.wards[0]

    def clerk(self, unit: Unit | None = None) -> Mandate:
        unit = unit or self.ward
        if unit.code not in self.mandates:
            self.mandates[unit.code] = people.clerk(unit)
        return self.mandates[unit.code]

    def body(self, unit: Unit, code: str) -> Body:
        return Body.objects.get(unit=unit, code=code, valid_to=None)

    def clears(self, **changed: Any) -> Clears:
        return Clears(**{**SIX, "units": self.wards, **changed})

    def draft(self, **changed: Any) -> Order:
        return draft_order(by=changed.pop("by", self.officer), clears=self.clears(**changed))

    def order(self, **changed: Any) -> Order:
        by = changed.get("by", self.officer)
        order = self.draft(**changed)
        issue_order(by=by, order=order)
        order.refresh_from_db()
        return order

    def task(self, **changed: Any) -> Matter:
        return Matter.objects.get(order=self.order(**{"units": [self.ward], **changed}))

    def received(self, **changed: Any) -> Matter:
        return receive_task(by=self.clerk(), task=self.task(**changed))

    def submitted(self, **changed: Any) -> Matter:
        return submit_task(by=self.clerk(), task=self.received(**changed), text="Đã rà soát xong")


def scene(wards: int = 2) -> Scene:
    city = ProvinceFactory()
    communes = WardFactory.create_batch(wards, parent=city)
    create_bodies([city, *communes], since=date(2025, 7, 1))
    return Scene(city, communes, people.city_leader(city), people.officer(city))

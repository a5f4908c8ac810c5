"""A city of three wards in a row, 10 km apart, small enough to reckon by hand.

A ward has records clerks (VT) and needs an IT officer (CN). Ward 0 has two clerks for one place, one of whom studied
IT; ward 1 lacks an IT officer; ward 2 lacks a clerk and lies 20 km from ward 0.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tests.factories.staffing import FrameFactory, HoldingFactory, PersonFactory, PositionFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.staffing.models import Person, Position, PositionStandard, Qualification, Quota
from thongsuot.units.models import Unit

SINCE = dt.date(2025, 7, 1)
ON = dt.date(2025, 12, 4)
KM = 1 / 111.195  # of latitude, in degrees


@dataclass
class City:
    province: Unit
    wards: list[Unit]
    positions: dict[str, Position]

    def person(
        self, ward: int, position: str, *majors: str, degree: str = "bachelor", **facts: Any
    ) -> Person:
        """On a full post; `majors` studied."""
        facts = {"sex": "female", "born_on": dt.date(1985, 5, 1), "synthetic": True, **facts}
        person: Person = PersonFactory(**facts)
        HoldingFactory(person=person, unit=self.wards[ward], position=self.positions[position])
        for major in majors:
            Qualification.objects.create(person=person, degree=degree, major=major)
        return person

    def frame(self, ward: int, position: str, places: int) -> None:
        FrameFactory(unit=self.wards[ward], position=self.positions[position], places=places)


def empty_city(wards: int = 3, apart: float = 10) -> City:
    province = ProvinceFactory(name="Thử Nghiệm", latitude=10.0, longitude=106.0)
    made = [
        WardFactory(parent=province, name=f"Số {n}", latitude=10.0 + n * apart * KM, longitude=106.0)
        for n in range(wards)
    ]
    positions = {}
    for code, name, field, majors in (
        ("VT", "Văn thư viên", "VP", ["Văn thư - lưu trữ"]),
        ("CN", "Chuyên viên công nghệ thông tin", "CNTT", ["Công nghệ thông tin"]),
    ):
        positions[code] = PositionFactory(code=code, name=name, field=field, weight=1 if code == "VT" else 3)
        PositionStandard.objects.create(position=positions[code], majors=majors, valid_from=SINCE)
    for ward in made:
        Quota.objects.create(unit=ward, block="government", posts=20, valid_from=SINCE)
    return City(province, made, positions)


def small_city() -> tuple[City, dict[str, Person]]:
    city = empty_city()
    for ward in range(3):
        city.frame(ward, "VT", 1)
    city.frame(1, "CN", 1)
    people = {
        "clerk": city.person(0, "VT", "Văn thư - lưu trữ"),
        "able": city.person(0, "VT", "Văn thư - lưu trữ", "Công nghệ thông tin", sex="male"),
        "second": city.person(1, "VT", "Văn thư - lưu trữ"),
        "third": city.person(1, "VT", "Văn thư - lưu trữ"),
    }
    return city, people

"""The staffing registers are filled on the first day, through the action that a workbook goes through."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from thongsuot.audit.actors import SYSTEM
from thongsuot.site.demo.staffing.content import CityStaff, write
from thongsuot.site.demo.staffing.people import Point
from thongsuot.site.demo.staffing.places import Place
from thongsuot.site.demo.story import Story
from thongsuot.staffing.actions import apply_unit_staff, load_positions
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import former_provinces


@dataclass
class Staffing:
    story: Story
    staff: CityStaff = field(init=False)

    @property
    def keeper(self) -> Mandate:
        return self.story.signed["tochuc"]

    def begin(self) -> None:
        story = self.story
        load_positions(by=SYSTEM)
        self.staff = write(
            story.city.code, self._places(), self._points(), story.diary.day, story.chance("staffing")
        )
        by_code = {unit.code: unit for unit in (story.city, *story.units)}
        for content in (self.staff.departments, *self.staff.wards):
            apply_unit_staff(by=self.keeper, unit=by_code[content.unit_code], content=content)

    def _places(self) -> Sequence[Place]:
        areas = former_provinces(self.story.city)
        return [
            Place(unit.code, str(unit), unit.kind, areas[unit.pk].code if unit.pk in areas else "")
            for unit in self.story.units
        ]

    def _points(self) -> dict[str, Point]:
        found: Sequence[Unit] = self.story.units
        return {
            unit.code: Point(unit.latitude, unit.longitude)
            for unit in found
            if unit.latitude is not None and unit.longitude is not None
        }

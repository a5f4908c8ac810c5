"""One difference each: how it is told, and the act that brings it about."""

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar

from django.utils.translation import gettext as _

from thongsuot.kernel.symbols import Symbol
from thongsuot.oversight.actions import (
    NewPlan,
    amend_visit,
    assign_group_units,
    end_seat,
    form_group,
    name_group,
    plan_visit,
    put_under_plan,
    retitle_person,
    seat_person,
)
from thongsuot.oversight.enums import SeatPart
from thongsuot.oversight.models import Campaign, GroupSeat, Visit, WorkingGroup
from thongsuot.units.models import Mandate, Unit


@dataclass(frozen=True, slots=True)
class Change:
    """`number` is the group's; 0 for the campaign itself."""

    icon: ClassVar[str] = "plus"

    number: int

    @property
    def says(self) -> str:
        raise NotImplementedError

    def apply(self, by: Mandate, campaign: Campaign) -> None:
        raise NotImplementedError

    def group(self, campaign: Campaign) -> WorkingGroup:
        return WorkingGroup.objects.select_related("campaign").get(campaign=campaign, number=self.number)


def _day(on: date) -> str:
    return f"{on:%d-%m-%Y}"


def _names(units: tuple[Unit, ...]) -> str:
    return ", ".join(str(unit) for unit in units)


@dataclass(frozen=True, slots=True)
class PutUnderPlan(Change):
    symbol: Symbol
    on: date
    issuer: str

    @property
    def says(self) -> str:
        return _("Ghi kế hoạch %(symbol)s ngày %(day)s") % {
            "symbol": self.symbol.printed(),
            "day": _day(self.on),
        }

    def apply(self, by: Mandate, campaign: Campaign) -> None:
        put_under_plan(by=by, campaign=campaign, plan=NewPlan(self.symbol, self.on, self.issuer))


@dataclass(frozen=True, slots=True)
class FormGroup(Change):
    name: str

    @property
    def says(self) -> str:
        if not self.name:
            return _("Lập tổ công tác số %(number)d") % {"number": self.number}
        return _("Lập tổ công tác số %(number)d: %(name)s") % {"number": self.number, "name": self.name}

    def apply(self, by: Mandate, campaign: Campaign) -> None:
        form_group(by=by, campaign=campaign, number=self.number, name=self.name)


@dataclass(frozen=True, slots=True)
class NameGroup(Change):
    icon: ClassVar[str] = "edit"

    name: str | None
    blocs: tuple[str, ...]

    @property
    def says(self) -> str:
        told = [_("tên “%s”") % self.name] if self.name is not None else []
        told += [_("đảng bộ khối: %s") % ", ".join(self.blocs)] if self.blocs else []
        return _("Tổ số %(number)d: %(told)s") % {"number": self.number, "told": "; ".join(told)}

    def apply(self, by: Mandate, campaign: Campaign) -> None:
        name_group(by=by, group=self.group(campaign), name=self.name, blocs=self.blocs)


@dataclass(frozen=True, slots=True)
class SeatPerson(Change):
    part: SeatPart
    name: str
    title: str
    since: date
    until: date | None

    @property
    def says(self) -> str:
        told = f"{self.name}, {self.title}" if self.title else self.name
        said = {"number": self.number, "part": self.part.label, "told": told, "since": _day(self.since)}
        if self.until:
            return _("Tổ số %(number)d: %(part)s %(told)s, từ %(since)s, thôi từ %(until)s") % {
                **said,
                "until": _day(self.until),
            }
        return _("Tổ số %(number)d: %(part)s %(told)s, từ %(since)s") % said

    def apply(self, by: Mandate, campaign: Campaign) -> None:
        seat_person(
            by=by,
            group=self.group(campaign),
            part=self.part,
            name=self.name,
            title=self.title,
            since=self.since,
            until=self.until,
        )


@dataclass(frozen=True, slots=True)
class EndSeat(Change):
    icon: ClassVar[str] = "user-minus"

    seat: int
    name: str
    on: date

    @property
    def says(self) -> str:
        return _("Tổ số %(number)d: %(name)s thôi từ %(day)s") % {
            "number": self.number,
            "name": self.name,
            "day": _day(self.on),
        }

    def apply(self, by: Mandate, campaign: Campaign) -> None:
        end_seat(by=by, seat=GroupSeat.objects.get(pk=self.seat), on=self.on)


@dataclass(frozen=True, slots=True)
class Retitle(Change):
    icon: ClassVar[str] = "edit"

    seat: int
    name: str
    title: str
    since: date

    @property
    def says(self) -> str:
        return _("Tổ số %(number)d: %(name)s giữ chức vụ mới “%(title)s” từ %(day)s") % {
            "number": self.number,
            "name": self.name,
            "title": self.title,
            "day": _day(self.since),
        }

    def apply(self, by: Mandate, campaign: Campaign) -> None:
        retitle_person(by=by, seat=GroupSeat.objects.get(pk=self.seat), title=self.title, since=self.since)


@dataclass(frozen=True, slots=True)
class AssignUnits(Change):
    icon: ClassVar[str] = "building-community"

    added: tuple[Unit, ...]
    removed: tuple[Unit, ...]

    @property
    def says(self) -> str:
        told = [_("thêm %s") % _names(self.added)] if self.added else []
        told += [_("bỏ %s") % _names(self.removed)] if self.removed else []
        return _("Tổ số %(number)d: %(told)s") % {"number": self.number, "told": "; ".join(told)}

    def apply(self, by: Mandate, campaign: Campaign) -> None:
        group = self.group(campaign)
        gone = {unit.pk for unit in self.removed}
        kept = [unit for unit in group.units.all() if unit.pk not in gone]
        assign_group_units(by=by, group=group, units=[*kept, *self.added])


@dataclass(frozen=True, slots=True)
class PlanVisit(Change):
    icon: ClassVar[str] = "calendar-plus"

    on: date
    time: time | None
    where: str
    units: tuple[Unit, ...]

    @property
    def says(self) -> str:
        return _("Tổ số %(number)d: lịch ngày %(day)s với %(units)s") % {
            "number": self.number,
            "day": _told_day(self.on, self.time, self.where),
            "units": _names(self.units),
        }

    def apply(self, by: Mandate, campaign: Campaign) -> None:
        group = self.group(campaign)
        plan_visit(by=by, group=group, units=self.units, on=self.on, time=self.time, place=self.where)


@dataclass(frozen=True, slots=True)
class AmendVisit(Change):
    icon: ClassVar[str] = "edit"

    visit: int
    on: date
    time: time | None
    where: str
    units: tuple[Unit, ...]

    @property
    def says(self) -> str:
        return _("Tổ số %(number)d: sửa lịch ngày %(day)s với %(units)s") % {
            "number": self.number,
            "day": _told_day(self.on, self.time, self.where),
            "units": _names(self.units),
        }

    def apply(self, by: Mandate, campaign: Campaign) -> None:
        visit = Visit.objects.get(pk=self.visit)
        amend_visit(by=by, visit=visit, units=self.units, time=self.time, place=self.where)


def _told_day(on: date, hour: time | None, where: str) -> str:
    parts = [_day(on), f"{hour:%H:%M}" if hour else "", where]
    return ", ".join(part for part in parts if part)

"""Changing units. Loading the published data set stands in loading.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.versions import take_turn
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.units.enums import Acts, ChangeKind, Tier, Verb
from thongsuot.units.found import index_units
from thongsuot.units.loading import create_bodies, name_of
from thongsuot.units.models import Body, ChangeEvent, Mandate, Succession, Unit, UnitName
from thongsuot.units.policies import may


@dataclass(frozen=True, slots=True)
class NewUnit:
    code: str
    kind: str
    name: str
    latitude: float | None = None
    longitude: float | None = None
    area_km2: float | None = None


@transaction.atomic
def rename_unit(
    *, by: Mandate, unit: Unit, kind: str, name: str, on: date, basis: str, seen: int | None = None
) -> ChangeEvent:
    """From `on` the unit bears another name; its records stay with it."""
    unit = _to_change(by, unit, on, seen=seen)
    if (kind, name) == (unit.kind, unit.name):
        raise Refused(_("Tên mới trùng với tên đang dùng."))
    former = unit.title
    unit.names.filter(valid_to__isnull=True).update(valid_to=on)
    unit.kind, unit.name = kind, name
    unit.full_clean()
    unit.save(update_fields=["kind", "name"])
    current = name_of(unit)
    current.valid_from = on
    current.save()
    Body.objects.filter(unit=unit, valid_to__isnull=True).update(valid_to=on)
    create_bodies([unit], since=on)
    index_units([unit])
    event = _event(ChangeKind.RENAMING, on, f"{former} đổi tên thành {unit}", basis)
    record(
        by=by, verb=Acts.RENAMED, subject=unit, details={"from": former, "on": on.isoformat(), "basis": basis}
    )
    return event


@transaction.atomic
def merge_units(*, by: Mandate, units: Sequence[Unit], into: NewUnit, on: date, basis: str) -> Unit:
    """On `on` the units end and one new unit begins in their place."""
    if len({unit.pk for unit in units}) < 2:
        raise Refused(_("Cần ít nhất hai đơn vị để nhập."))
    former = [_to_change(by, unit, on, ends=True) for unit in sorted(units, key=lambda unit: unit.pk)]
    for unit in former:
        _end(unit, on)
    successor = _found(into, former[0], on)
    event = _event(ChangeKind.MERGER, on, f"Thành lập {successor}", basis)
    for unit in former:
        Succession.objects.create(event=event, predecessor=unit, successor=successor, whole=True)
    index_units([*former, successor])
    record(
        by=by,
        verb=Acts.MERGED,
        subject=successor,
        details={"from": [str(unit) for unit in former], "basis": basis},
    )
    return successor


@transaction.atomic
def split_unit(*, by: Mandate, unit: Unit, into: Sequence[NewUnit], on: date, basis: str) -> list[Unit]:
    """On `on` the unit ends and several begin on its ground."""
    if len(into) < 2:
        raise Refused(_("Cần ít nhất hai đơn vị mới khi chia, tách."))
    unit = _to_change(by, unit, on, ends=True)
    _end(unit, on)
    parts = [_found(part, unit, on) for part in into]
    event = _event(ChangeKind.SPLIT, on, f"Chia, tách {unit}", basis)
    for part in parts:
        Succession.objects.create(event=event, predecessor=unit, successor=part, whole=False)
    index_units([unit, *parts])
    record(
        by=by, verb=Acts.SPLIT, subject=unit, details={"into": [str(part) for part in parts], "basis": basis}
    )
    return parts


def _to_change(by: Mandate, unit: Unit, on: date, *, ends: bool = False, seen: int | None = None) -> Unit:
    """The unit, locked, once everything allows it to change on that day."""
    require(may(by, Verb.MANAGE_UNITS, unit))
    take_turn(unit, seen)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if on > timezone.localdate():
        raise Refused(_("Ghi biến động khi đã đến ngày có hiệu lực (%(on)s).") % {"on": f"{on:%d-%m-%Y}"})
    if ends and unit.tier != Tier.COMMUNE:
        raise Refused(_("Chỉ ghi việc nhập, chia đơn vị cấp xã; cấp tỉnh theo danh mục công bố."))
    if unit.valid_to is not None or on <= unit.valid_from:
        raise Refused(
            _("%(unit)s không còn hoặc chưa có vào ngày %(on)s.")
            % {"unit": unit.title, "on": f"{on:%d-%m-%Y}"}
        )
    if unit.names.filter(valid_from__gte=on).exists():
        raise Refused(_("%(unit)s đã đổi tên từ ngày đó hoặc sau đó.") % {"unit": unit.title})
    return unit


def _end(unit: Unit, on: date) -> None:
    unit.valid_to = on
    unit.save(update_fields=["valid_to"])
    UnitName.objects.filter(unit=unit, valid_to__isnull=True).update(valid_to=on)
    Body.objects.filter(unit=unit, valid_to__isnull=True).update(valid_to=on)


def _found(new: NewUnit, predecessor: Unit, on: date) -> Unit:
    if Unit.objects.filter(code=new.code, valid_to__isnull=True).exists():
        raise Refused(_("Mã %(code)s đang dùng cho đơn vị khác.") % {"code": new.code})
    unit = Unit(
        code=new.code,
        tier=predecessor.tier,
        kind=new.kind,
        name=new.name,
        parent=predecessor.parent,
        latitude=new.latitude if new.latitude is not None else predecessor.latitude,
        longitude=new.longitude if new.longitude is not None else predecessor.longitude,
        area_km2=new.area_km2,
        valid_from=on,
    )
    unit.full_clean()
    unit.save()
    name_of(unit).save()
    create_bodies([unit], since=on)
    return unit


def _event(kind: ChangeKind, on: date, title: str, basis: str) -> ChangeEvent:
    return ChangeEvent.objects.create(kind=kind, on=on, title=title, basis=basis)

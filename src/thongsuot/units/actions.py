"""Changing units and mandates. Loading the published data set stands in loading.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.accounts.models import User
from thongsuot.audit.actions import record
from thongsuot.audit.actors import HasActor
from thongsuot.audit.versions import take_turn
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.roles import roles
from thongsuot.lawbook.topics import topics
from thongsuot.units.enums import Acts, ChangeKind, Reach, Tier, Verb
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
    record(
        by=by, verb=Acts.SPLIT, subject=unit, details={"into": [str(part) for part in parts], "basis": basis}
    )
    return parts


@transaction.atomic
def grant_mandate(
    *,
    by: HasActor,
    user: User,
    role: str,
    unit: Unit,
    valid_from: date,
    valid_to: date | None = None,
    body: Body | None = None,
    fields: Iterable[str] = (),
    covers: Iterable[Unit] = (),
) -> Mandate:
    _require_manager(by, unit)
    mandate = Mandate(
        user=user,
        role_code=role,
        unit=unit,
        body=body,
        fields=sorted(fields),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _require_to_fit(mandate)
    mandate.full_clean()
    mandate.save()
    mandate.covers.set(covers)
    record(by=by, verb=Acts.MANDATE_GRANTED, subject=mandate, details=_extent(mandate))
    return mandate


def _require_to_fit(mandate: Mandate) -> None:
    """Role, unit, body and fields of work must belong together."""
    body, unit, role = mandate.body, mandate.unit, roles().get(mandate.role_code)
    if role is not None and role.reach == Reach.BODY and body is None:
        raise Refused(
            _("Vai trò “%(role)s” giữ tại một cơ quan: hãy chọn cơ quan thuộc %(unit)s.")
            % {"role": mandate.role_name, "unit": unit}
        )
    if role is not None and role.reach != Reach.BODY and body is not None:
        raise Refused(
            _("Vai trò “%(role)s” giữ tại đơn vị, không giữ tại một cơ quan: hãy bỏ chọn “%(body)s”.")
            % {"role": mandate.role_name, "body": body}
        )
    if body is not None and body.unit_id != unit.pk:
        raise Refused(
            _("“%(body)s” không thuộc %(unit)s: hãy chọn cơ quan của đơn vị này.")
            % {"body": body, "unit": unit}
        )
    if unknown := sorted(set(mandate.fields) - set(topics())):
        raise Refused(_("Không có lĩnh vực: %(fields)s.") % {"fields": ", ".join(unknown)})


@transaction.atomic
def end_mandate(*, by: Mandate, mandate: Mandate, on: date) -> None:
    """From `on` the mandate no longer holds; one that began that day or later never did."""
    _require_manager(by, mandate.unit)
    mandate.valid_to = max(on, mandate.valid_from + timedelta(days=1))
    mandate.save(update_fields=["valid_to"])
    record(by=by, verb=Acts.MANDATE_ENDED, subject=mandate, details={"on": on.isoformat()})


@transaction.atomic
def cover_units(*, by: HasActor, mandate: Mandate, units: Iterable[Unit], seen: int | None = None) -> None:
    """The units a mandate of a working group works with, in place of those before."""
    _require_manager(by, mandate.unit)
    take_turn(mandate, seen)
    mandate.covers.set(units)
    record(by=by, verb=Acts.MANDATE_COVERS, subject=mandate, details={"covers": _codes(mandate)})


def _extent(mandate: Mandate) -> dict[str, object]:
    return {
        "covers": _codes(mandate),
        "body": str(mandate.body or ""),
        "fields": mandate.fields,
        "until": mandate.valid_to,
    }


def _codes(mandate: Mandate) -> list[str]:
    return sorted(mandate.covers.values_list("code", flat=True))


def _require_manager(by: HasActor, unit: Unit) -> None:
    """The system itself (the first account, the demo) needs no mandate."""
    if isinstance(by, Mandate):
        require(may(by, Verb.MANAGE_MANDATES, unit))


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

"""Places of a unit: frames by position, ceilings by block, what the unit serves."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.versions import take_turn
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.quotas import quota_for, quota_norm
from thongsuot.staffing.enums import Acts, Block
from thongsuot.staffing.models import Frame, Position, Quota, Workload
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries import workload_of
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import holding_on

Row = TypeVar("Row", Frame, Quota)


@transaction.atomic
def set_frame(
    *,
    by: Mandate,
    unit: Unit,
    position: Position,
    places: int,
    on: date,
    basis: str = "",
    seen: int | None = None,
) -> Frame | None:
    """From `on` the unit has so many places of the position; none at nought. What held before stays told."""
    require(may(by, Verb.KEEP_STAFF, unit))
    if places < 0:
        raise Refused(
            _("Số chỗ không được âm: %(places)d. Nhập 0 nếu đơn vị không có vị trí này.") % {"places": places}
        )
    if not position.holds_on(on):
        raise Refused(
            _("Vị trí %(code)s không có trong danh mục ngày %(on)s.")
            % {"code": position.code, "on": _day(on)}
        )
    rows = Frame.objects.filter(unit=unit, position=position)
    fresh = {"position": position, "basis": basis}
    frame: Frame | None
    frame, before = _set(rows, unit, on, seen, "places", places, fresh)
    if before == places:
        return frame
    _note(
        by,
        Acts.FRAME_SET,
        unit,
        {"position": position.code, "before": before, "places": places, "on": on, "basis": basis},
    )
    return frame


@transaction.atomic
def set_quota(
    *, by: Mandate, unit: Unit, block: Block, posts: int, on: date, basis: str = "", seen: int | None = None
) -> Quota | None:
    """From `on` the ceiling of the block; set by whoever keeps the register of all units."""
    require(may(by, Verb.KEEP_STAFF, unit))
    require(may(by, Verb.PLAN_STAFF, unit))
    if posts < 0:
        raise Refused(_("Biên chế không được âm: %(posts)d.") % {"posts": posts})
    rows = Quota.objects.filter(unit=unit, block=block)
    quota: Quota | None
    quota, before = _set(rows, unit, on, seen, "posts", posts, {"block": block, "basis": basis})
    if before == posts:
        return quota
    _note(
        by, Acts.QUOTA_SET, unit, {"block": block, "before": before, "posts": posts, "on": on, "basis": basis}
    )
    return quota


@transaction.atomic
def set_quota_from_population(*, by: Mandate, unit: Unit, on: date, seen: int | None = None) -> Quota | None:
    """The government ceiling as the population norm of that day gives it."""
    workload = workload_of(unit, on)
    if workload is None:
        raise Refused(_("%(unit)s chưa có số dân. Ghi dân số trước.") % {"unit": unit.title})
    reckoned = quota_for(workload.population, unit.kind, on, upland=workload.upland)
    if reckoned is None:
        raise Refused(_("Định mức theo dân số chỉ dùng cho xã, phường, đặc khu."))
    basis = quota_norm(on).source["vi"]
    return set_quota(
        by=by, unit=unit, block=Block.GOVERNMENT, posts=reckoned.posts, on=on, basis=basis, seen=seen
    )


@transaction.atomic
def note_workload(
    *,
    by: Mandate,
    unit: Unit,
    on: date,
    population: int,
    dossiers: int | None = None,
    upland: bool = False,
    source: str = "",
) -> Workload:
    """What the unit serves on a day; the figures of another day stay."""
    require(may(by, Verb.KEEP_STAFF, unit))
    told = {"population": population, "dossiers": dossiers, "upland": upland, "source": source}
    workload, new = Workload.objects.get_or_create(unit=unit, on=on, defaults=told)
    if not new and all(getattr(workload, name) == value for name, value in told.items()):
        return workload
    for name, value in told.items():
        setattr(workload, name, value)
    workload.full_clean()
    workload.save()
    _note(by, Acts.WORKLOAD_NOTED, unit, {"on": on, **told})
    return workload


def _set(
    rows: QuerySet[Any],
    unit: Unit,
    on: date,
    seen: int | None,
    name: str,
    number: int,
    fresh: Mapping[str, object],
) -> tuple[Any, int]:
    """The row in force from `on` with that number, or none at nought; and the number before."""
    row = _from(rows, on, unit, seen)
    before: int = getattr(row, name) if row else 0
    if before != number:
        row = _dated(row, on, name, number)
        if row is None and number:
            row = rows.create(unit=unit, valid_from=on, **{name: number}, **fresh)
    return row, before


def _from(rows: QuerySet[Row], on: date, unit: Unit, seen: int | None) -> Row | None:
    """The row that holds that day, taken in turn; refused where a later one is written already."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    later = rows.filter(valid_from__gt=on).order_by("valid_from").first()
    if later is not None:
        raise Refused(
            _("Đã ghi từ ngày %(later)s, sau ngày %(on)s. Chọn ngày đó hoặc muộn hơn.")
            % {"later": _day(later.valid_from), "on": _day(on)}
        )
    row = rows.filter(holding_on(on)).first()
    if row is not None:
        take_turn(row, seen)
    return row


def _dated(row: Row | None, on: date, name: str, number: int) -> Row | None:
    """Mend the row that begins that very day, or end it; None where another is to begin."""
    if row is None:
        return None
    if row.valid_from == on:
        setattr(row, name, number)
        row.save(update_fields=[name])
        return row
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    return None


def _note(by: Mandate, verb: Acts, unit: Unit, details: Mapping[str, object]) -> None:
    record(by=by, verb=verb, subject=unit, details=details)


def _day(on: date) -> str:
    return f"{on:%d-%m-%Y}"

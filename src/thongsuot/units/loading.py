"""Filling the register of units from the published data set; what is there already is left as it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from thongsuot.audit.actions import record
from thongsuot.audit.actors import HasActor
from thongsuot.finding.actions import stale
from thongsuot.kernel.vietnamese import fold, strip_marks
from thongsuot.lawbook.bodies import bodies_of, bodies_valid_from
from thongsuot.units.dataset import DataSet, SuccessionRow, UnitRow
from thongsuot.units.enums import Acts, ChangeKind, Tier
from thongsuot.units.found import KIND as UNITS
from thongsuot.units.models import UNRECORDED, Body, ChangeEvent, Succession, Unit, UnitName

# Resolution 203/2025/QH15 ended the district tier; the new provinces and communes work from this day.
REORGANISED_ON = date(2025, 7, 1)
BASIS_PROVINCES = "Nghị quyết số 202/2025/QH15 ngày 12-6-2025 của Quốc hội"
BASIS_COMMUNES = (
    "Các nghị quyết của Ủy ban Thường vụ Quốc hội ngày 16-6-2025 về sắp xếp đơn vị hành chính cấp xã"
)

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Loaded:
    units: int
    successions: int
    bodies: int

    @property
    def anything(self) -> bool:
        return bool(self.units or self.successions or self.bodies)


@transaction.atomic
def load_units(*, by: HasActor, dataset: DataSet) -> Loaded:
    before = Unit.objects.count()
    unchanged = dataset.unchanged_provinces()
    present_provinces = list(dataset.present_provinces())
    _load_tier([row for row in present_provinces if row.code in unchanged], UNRECORDED, None)
    _load_tier([row for row in present_provinces if row.code not in unchanged], REORGANISED_ON, None)
    _load_tier(
        [row for row in dataset.former_provinces() if row.code not in unchanged], UNRECORDED, REORGANISED_ON
    )
    _load_tier(dataset.former_districts(), UNRECORDED, REORGANISED_ON)
    _load_tier(dataset.former_communes(), UNRECORDED, REORGANISED_ON)
    _load_tier(dataset.present_communes(), REORGANISED_ON, None)
    loaded = Loaded(Unit.objects.count() - before, _load_successions(dataset), _create_missing_bodies())
    if loaded.anything:
        stale(UNITS)  # thousands at once: `prepare` or `reindex` goes through them
        country = ChangeEvent.objects.order_by("pk").first()
        assert country is not None
        counts: dict[str, object] = {
            "units": loaded.units,
            "successions": loaded.successions,
            "bodies": loaded.bodies,
        }
        record(by=by, verb=Acts.LOADED, subject=country, details=counts)
    return loaded


def _load_tier(rows: Iterable[UnitRow], valid_from: date, valid_to: date | None) -> None:
    era = Unit.objects.filter(valid_from=valid_from)
    there = set(era.values_list("code", flat=True))
    above = _codes_above(former=valid_to is not None)
    new = [
        Unit(
            code=row.code,
            tier=row.tier,
            kind=row.kind,
            name=row.name,
            parent_id=above[row.above] if row.above else None,
            latitude=row.latitude,
            longitude=row.longitude,
            area_km2=row.area_km2,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        for row in rows
        if row.code not in there
    ]
    Unit.objects.bulk_create(new, batch_size=_BATCH)
    UnitName.objects.bulk_create([name_of(unit) for unit in new], batch_size=_BATCH)


def name_of(unit: Unit) -> UnitName:
    """The name the unit bears from its first day, ready for search."""
    return UnitName(
        unit=unit,
        kind=unit.kind,
        name=unit.name,
        folded=fold(str(unit)),
        bare=strip_marks(str(unit)),
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )


def _codes_above(*, former: bool) -> dict[str, int]:
    """Provinces and districts by code, those of the same era last so that they win."""
    units = Unit.objects.exclude(tier=Tier.COMMUNE).values_list("code", "pk", "valid_to")
    return {code: pk for code, pk, ended in sorted(units, key=lambda unit: (unit[2] is not None) == former)}


def _load_successions(dataset: DataSet) -> int:
    provinces = _event("Sắp xếp, hợp nhất đơn vị hành chính cấp tỉnh năm 2025", BASIS_PROVINCES)
    communes = _event("Kết thúc cấp huyện, sắp xếp đơn vị hành chính cấp xã năm 2025", BASIS_COMMUNES)
    return _load_links(provinces, dataset.province_successions()) + _load_links(
        communes, dataset.commune_successions()
    )


def _event(title: str, basis: str) -> ChangeEvent:
    event, _ = ChangeEvent.objects.get_or_create(
        kind=ChangeKind.REORGANISATION, on=REORGANISED_ON, title=title, defaults={"basis": basis}
    )
    return event


def _load_links(event: ChangeEvent, rows: Iterable[SuccessionRow]) -> int:
    former = dict(Unit.objects.filter(valid_to=REORGANISED_ON).values_list("code", "pk"))
    present = dict(Unit.objects.filter(valid_to__isnull=True).values_list("code", "pk"))
    there = set(event.successions.values_list("predecessor_id", "successor_id"))
    wanted = {(former[row.former], present[row.present]): row.whole for row in rows}
    new = [
        Succession(event=event, predecessor_id=old, successor_id=successor, whole=whole)
        for (old, successor), whole in wanted.items()
        if (old, successor) not in there
    ]
    Succession.objects.bulk_create(new, batch_size=_BATCH)
    return len(new)


def _create_missing_bodies() -> int:
    without = Unit.objects.filter(valid_to__isnull=True, bodies__isnull=True).order_by("pk")
    return create_bodies(without, since=bodies_valid_from())


def create_bodies(units: Iterable[Unit], *, since: date) -> int:
    """The bodies of the dated template, for each of the units."""
    new = [
        Body(unit=unit, code=code, name=name, bare=strip_marks(name), valid_from=since)
        for unit in units
        for code, name in bodies_of(unit.tier, unit.kind, str(unit), unit.name)
    ]
    Body.objects.bulk_create(new, batch_size=_BATCH)
    return len(new)

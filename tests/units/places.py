"""A small country for tests: one city with a few wards, made without the data set."""

from datetime import date

from thongsuot.units.loading import create_bodies, name_of
from thongsuot.units.models import UNRECORDED, Unit

SINCE = date(2025, 7, 1)


def place(code: str, tier: str, kind: str, name: str, parent: Unit | None = None, **more: object) -> Unit:
    unit = Unit.objects.create(
        **{
            "code": code,
            "tier": tier,
            "kind": kind,
            "name": name,
            "parent": parent,
            "valid_from": SINCE,
            **more,
        }
    )
    name_of(unit).save()
    return unit


def city(code: str = "79", name: str = "Hồ Chí Minh") -> Unit:
    return place(code, "province", "thành phố", name, valid_from=UNRECORDED, latitude=10.77, longitude=106.7)


def ward(above: Unit, name: str, code: str, kind: str = "phường") -> Unit:
    """A ward a little further east with every code, so that neighbours have an order."""
    unit = place(
        code,
        "commune",
        kind,
        name,
        above,
        latitude=10.8,
        longitude=106.0 + int(code) % 100 / 100,
        area_km2=10.5,
    )
    create_bodies([unit], since=SINCE)
    return unit

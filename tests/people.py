"""Three named people, so that every test of rights reads alike: a ward's clerk, a city's officer, a stranger."""

from collections.abc import Iterable
from datetime import date

from django.test import Client

from thongsuot.accounts.models import User
from thongsuot.units.models import UNRECORDED, Mandate, Unit

_SINCE = date(2025, 7, 1)


def holder(username: str, role: str, unit: Unit, covers: Iterable[Unit] = ()) -> Mandate:
    """A new user with one mandate in force."""
    user = User.objects.create_user(username=username, full_name=username.replace(".", " ").title())
    mandate = Mandate.objects.create(user=user, role_code=role, unit=unit, valid_from=_SINCE)
    mandate.covers.set(covers)
    return mandate


def clerk(unit: Unit) -> Mandate:
    """A ward officer of that ward."""
    return holder(f"clerk.{unit.code}", "ward_officer", unit)


def officer(province: Unit) -> Mandate:
    """A city officer, who follows every unit of the city."""
    return holder(f"officer.{province.code}", "city_officer", province)


def group_member(province: Unit, units: Iterable[Unit]) -> Mandate:
    return holder(f"member.{province.code}", "group_member", province, covers=units)


def reader(unit: Unit) -> Mandate:
    return holder(f"reader.{unit.code}", "reader", unit)


def administrator(province: Unit) -> Mandate:
    return holder(f"administrator.{province.code}", "administrator", province)


def stranger() -> Mandate:
    """Signed in, with a mandate of the same kind, in a ward of another province."""
    province = Unit.objects.create(
        code="00", tier="province", kind="tỉnh", name="Xa Lạ", valid_from=UNRECORDED
    )
    ward = Unit.objects.create(
        code="00000", tier="commune", kind="xã", name="Lạ Mặt", parent=province, valid_from=_SINCE
    )
    return holder("stranger", "ward_officer", ward)


def signed_in(mandate: Mandate) -> Client:
    client = Client()
    client.force_login(mandate.user)
    return client

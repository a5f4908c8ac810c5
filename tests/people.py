"""Named people, so that every test of rights reads alike: one for each role, and a stranger."""

from collections.abc import Iterable
from datetime import date

from django.test import Client

from thongsuot.accounts.models import User
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.units.models import UNRECORDED, Body, Mandate, Unit

_SINCE = date(2025, 7, 1)


def holder(
    username: str,
    role: str,
    unit: Unit,
    covers: Iterable[Unit] = (),
    body: Body | None = None,
    fields: Iterable[str] = (),
) -> Mandate:
    """A new user with one mandate in force."""
    user = User.objects.create_user(username=username, full_name=username.replace(".", " ").title())
    mandate = Mandate.objects.create(
        user=user, role_code=role, unit=unit, body=body, fields=list(fields), valid_from=_SINCE
    )
    mandate.covers.set(covers)
    return mandate


def clerk(unit: Unit) -> Mandate:
    """A ward officer of that ward."""
    return holder(f"clerk.{unit.code}", "ward_officer", unit)


def ward_leader(unit: Unit) -> Mandate:
    return holder(f"leader.{unit.code}", "ward_leader", unit)


def city_leader(province: Unit) -> Mandate:
    return holder(f"leader.{province.code}", "city_leader", province)


def officer(province: Unit, fields: Iterable[str] = ()) -> Mandate:
    """A city officer, who follows every unit of the city, in every field of work unless some are named."""
    return holder(f"officer.{province.code}", "city_officer", province, fields=fields)


def personnel(province: Unit) -> Mandate:
    """Keeps the staff registers of every unit of the city, plans and follows transfers."""
    return holder(f"personnel.{province.code}", "personnel_officer", province)


def ward_personnel(unit: Unit) -> Mandate:
    """Keeps the staff register of one ward."""
    return holder(f"personnel.{unit.code}", "ward_personnel", unit)


def department(unit: Unit, name: str = "Sở Nội vụ") -> Body:
    """A body inside the unit, as one that holds matters."""
    return Body.objects.create(
        unit=unit,
        code=strip_marks(name).replace(" ", "-"),
        name=name,
        bare=strip_marks(name),
        valid_from=_SINCE,
    )


def department_leader(body: Body) -> Mandate:
    return holder(f"leader.{body.unit.code}.{body.code}", "department_leader", body.unit, body=body)


def department_officer(body: Body) -> Mandate:
    return holder(f"officer.{body.unit.code}.{body.code}", "department_officer", body.unit, body=body)


def group_leader(province: Unit, units: Iterable[Unit]) -> Mandate:
    return holder(f"group.leader.{province.code}", "group_leader", province, covers=units)


def group_secretary(province: Unit, units: Iterable[Unit]) -> Mandate:
    return holder(f"group.secretary.{province.code}", "group_secretary", province, covers=units)


def group_member(province: Unit, units: Iterable[Unit]) -> Mandate:
    return holder(f"member.{province.code}", "group_member", province, covers=units)


def reader(unit: Unit) -> Mandate:
    return holder(f"reader.{unit.code}", "reader", unit)


def auditor(unit: Unit) -> Mandate:
    """Reads everything within reach, writes nothing."""
    return holder(f"auditor.{unit.code}", "auditor", unit)


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

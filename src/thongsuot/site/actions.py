"""Acts that span several apps below."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from thongsuot.accounts.actions import open_account
from thongsuot.audit.actors import HasActor
from thongsuot.units.actions import grant_mandate
from thongsuot.units.models import Mandate, Unit


@transaction.atomic
def open_account_with_mandate(
    *,
    by: HasActor,
    username: str,
    full_name: str,
    password: str,
    role: str,
    unit: Unit,
    valid_from: date,
    email: str = "",
    covers: Iterable[Unit] = (),
) -> Mandate:
    """A person who can sign in and has something to do; who may not grant the mandate opens no account either."""
    user = open_account(by=by, username=username, full_name=full_name, password=password, email=email)
    return grant_mandate(by=by, user=user, role=role, unit=unit, valid_from=valid_from, covers=covers)

"""Acts that span several apps below."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from thongsuot.accounts import actions as accounts
from thongsuot.audit.actors import HasActor
from thongsuot.kernel.verdicts import require
from thongsuot.units.actions import grant_mandate
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import may


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
    user = accounts.open_account(
        by=by, username=username, full_name=full_name, password=password, email=email
    )
    return grant_mandate(by=by, user=user, role=role, unit=unit, valid_from=valid_from, covers=covers)


@transaction.atomic
def change_address(*, by: Mandate, mandate: Mandate, email: str) -> None:
    """Of whoever holds a mandate in reach."""
    require(may(by, Verb.MANAGE_MANDATES, mandate.unit))
    accounts.change_address(by=by, user=mandate.user, email=email)

"""Acts that span several apps below."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.accounts import actions as accounts
from thongsuot.accounts.models import User
from thongsuot.audit.actors import HasActor
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.units.actions import end_mandate, grant_mandate
from thongsuot.units.enums import Verb
from thongsuot.units.models import Body, Mandate, Unit
from thongsuot.units.policies import holds, may, reaches


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
    valid_to: date | None = None,
    body: Body | None = None,
    fields: Iterable[str] = (),
    email: str = "",
    covers: Iterable[Unit] = (),
) -> Mandate:
    """A person who can sign in and has something to do; who may not grant the mandate opens no account either."""
    user = accounts.open_account(
        by=by, username=username, full_name=full_name, password=password, email=email
    )
    return grant_mandate(
        by=by,
        user=user,
        role=role,
        unit=unit,
        valid_from=valid_from,
        valid_to=valid_to,
        body=body,
        fields=fields,
        covers=covers,
    )


@transaction.atomic
def change_address(*, by: Mandate, mandate: Mandate, email: str) -> None:
    """Of whoever holds a mandate in reach."""
    require(may(by, Verb.MANAGE_MANDATES, mandate.unit))
    accounts.change_address(by=by, user=mandate.user, email=email)


@transaction.atomic
def close_account(*, by: Mandate, user: User, reason: str) -> None:
    """The person no longer signs in, and from today holds no role any more."""
    held = _held_from_today(by, user)
    if not reason.strip():
        raise Refused(_("Hãy ghi lý do khóa tài khoản."))
    for mandate in held.filter(deputy_of=None):
        end_mandate(by=by, mandate=mandate, on=timezone.localdate())
    for mandate in _not_ended(user):
        end_mandate(by=by, mandate=mandate, on=timezone.localdate())
    accounts.lock_account(by=by, user=user, reason=reason.strip())


@transaction.atomic
def reopen_account(*, by: Mandate, user: User) -> None:
    """The person may sign in again; roles are granted anew."""
    _held_from_today(by, user)
    accounts.unlock_account(by=by, user=user)


@transaction.atomic
def remove_account(*, by: Mandate, user: User) -> None:
    """Only after the last role has ended; what the person did keeps their name."""
    if held := _held_from_today(by, user).first():
        raise Refused(
            _("%(user)s còn giữ vai trò “%(role)s” tại %(place)s: hãy khóa tài khoản trước.")
            % {"user": user, "role": held.role_name, "place": held.place}
        )
    accounts.delete_account(by=by, user=user)


def _held_from_today(by: Mandate, user: User) -> QuerySet[Mandate]:
    """What the person holds today or later, once all of it lies within reach of who manages."""
    require(holds(by, Verb.MANAGE_MANDATES))
    if by.user_id == user.pk:
        raise Refused(_("Không tự khóa, tự xóa tài khoản của mình: hãy nhờ một người quản trị khác."))
    held = _not_ended(user)
    beyond = sorted({one.unit.title for one in held if not reaches(by, one.unit)})
    if beyond:
        raise Refused(
            _("%(user)s còn giữ vai trò ngoài phạm vi của bạn: %(units)s.")
            % {"user": user, "units": ", ".join(beyond)}
        )
    return held


def _not_ended(user: User) -> QuerySet[Mandate]:
    today = timezone.localdate()
    not_ended = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    return Mandate.objects.filter(not_ended, user=user).select_related("user", "unit", "body")

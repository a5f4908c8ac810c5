from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.enums import Acts
from thongsuot.accounts.models import User
from thongsuot.audit.actions import record
from thongsuot.audit.actors import HasActor
from thongsuot.audit.removal import remove_or_refuse
from thongsuot.kernel.verdicts import Refused


@transaction.atomic
def open_account(
    *, by: HasActor, username: str, full_name: str, password: str | None, email: str = ""
) -> User:
    """Without a password nobody signs in to it."""
    user = User(username=username, full_name=full_name, email=email)
    user.set_password(password)
    user.full_clean()
    user.save()
    record(by=by, verb=Acts.OPENED, subject=user)
    return user


@transaction.atomic
def change_address(*, by: HasActor, user: User, email: str) -> None:
    """Where letters go; the trail keeps that it was changed, not the addresses."""
    user.email = email
    user.full_clean(exclude={"password"})
    user.save(update_fields=["email"])
    record(by=by, verb=Acts.ADDRESS_CHANGED, subject=user)


def choose_language(*, by: HasActor, user: User, language: str) -> None:
    """The language of letters: a person's own convenience, so not audited."""
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def lock_account(*, by: HasActor, user: User, reason: str) -> None:
    """No signing in any more; sessions that are open end with their next page."""
    if not user.is_active:
        raise Refused(_("Tài khoản của %(user)s đã khóa.") % {"user": user})
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(by=by, verb=Acts.LOCKED, subject=user, details={"reason": reason})


@transaction.atomic
def unlock_account(*, by: HasActor, user: User) -> None:
    if user.is_active:
        raise Refused(_("Tài khoản của %(user)s đang mở.") % {"user": user})
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(by=by, verb=Acts.UNLOCKED, subject=user)


@transaction.atomic
def delete_account(*, by: HasActor, user: User) -> None:
    """The account goes; what the person did keeps their name, for registers store names as they were."""
    remove_or_refuse(user)
    record(by=by, verb=Acts.DELETED, subject=user, details={"username": user.username})

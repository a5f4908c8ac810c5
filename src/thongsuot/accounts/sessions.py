"""Whose request it is, which every page asks: Django's sessions and accounts, their questions worded once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from thongsuot.accounts.models import User
from thongsuot.web.worded import asked


class SessionStore(DatabaseSession):
    def _get_session_from_db(self) -> Session | None:
        found = asked(
            "session",
            lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now),
            key=str(self.session_key),
            now=timezone.now(),
        )
        if not found:
            self._session_key = None
        return found[0] if found else None


class AccountsBackend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> User | None:
        """Nobody for an account that has been closed."""
        found = asked("account", lambda key: User.objects.filter(pk=key), key=int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None

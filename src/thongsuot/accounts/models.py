from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention

WHILE_EMPLOYED = Retention(
    reason="Signing in and showing colleagues who holds a matter.",
    until="The account is deleted when its last mandate has ended; registers keep the name as written.",
)


class User(AbstractUser):
    """A person who signs in. What they may do hangs on their mandates, never on the account."""

    first_name = None  # type: ignore[assignment]  # Vietnamese names are one string
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("Họ và tên"), max_length=150)

    language = models.CharField(
        _("Ngôn ngữ của thư"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    REQUIRED_FIELDS = ["full_name", "email"]
    personal_data: ClassVar[dict[str, Retention]] = {
        "full_name": WHILE_EMPLOYED,
        "username": WHILE_EMPLOYED,
        "email": WHILE_EMPLOYED,
        "language": WHILE_EMPLOYED,
    }

    class Meta:
        verbose_name = _("tài khoản")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split()[-1] if self.full_name else self.username

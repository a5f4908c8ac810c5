from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.notices.enums import REMINDERS, Kind, Section, Way
from thongsuot.web.drawing import days_in_words

REMINDER = Retention(
    reason="Reminding a person of what they hold, and not twice of the same.",
    until="Deleted by the nightly job after the days named in lawbook/data/reminders.yaml.",
)
AS_LONG_AS_THE_ACCOUNT = Retention(
    reason="How a person wants to be reminded, and the secret link to their calendar.",
    until="Deleted with the account, or as soon as the person takes it back.",
)


@dataclass(frozen=True, slots=True)
class Line:
    section: str
    title: str
    url: str
    due_on: date | None


class Notice(models.Model):
    """One thing told to one person once: `key` says of what, `rung` on which occasion."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120)
    rung = models.CharField(max_length=40, blank=True)
    kind = models.CharField(_("Loại"), max_length=10, choices=Kind)
    title = models.CharField(_("Việc"), max_length=300)
    text = models.CharField(_("Nội dung"), max_length=500, blank=True)
    lines = models.JSONField(default=list, blank=True)
    url = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(_("Hạn"), null=True, blank=True)
    discreet = models.BooleanField(default=False)  # what it is about must not leave the system by mail
    created_at = models.DateTimeField(_("Lúc"))
    read_at = models.DateTimeField(_("Đã đọc lúc"), null=True, blank=True)
    # Empty: not by mail. Else the earliest moment at which (again) to try.
    mail_after = models.DateTimeField(null=True, blank=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(_("Đã gửi thư lúc"), null=True, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {"user": REMINDER, "title": REMINDER, "text": REMINDER}

    class Meta:
        verbose_name = _("nhắc việc")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["user", "key", "rung"], name="notice_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=REMINDERS) | Q(due_on__isnull=False), name="reminder_has_a_due_date"
            ),
            models.CheckConstraint(
                condition=Q(mailed_at__isnull=True) | Q(mail_after__isnull=False),
                name="notice_mailed_only_when_to_be",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notice_of_user"),
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["mail_after"], name="notice_to_mail", condition=Q(mailed_at__isnull=True)),
            models.Index(fields=["key"], name="notice_key"),
            models.Index(fields=["created_at"], name="notice_day"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """What may leave the system of what it is about."""
        return gettext("một việc chỉ xem được trong hệ thống") if self.discreet else self.title

    @property
    def in_words(self) -> str:
        """How the due date stands now, whenever this was told: "còn 3 ngày", "quá hạn 2 ngày"."""
        return days_in_words(self.due_on) if self.due_on else ""

    @property
    def listed(self) -> list[Line]:
        """The lines of a weekly digest."""
        return [
            Line(
                str(Section(line["section"]).label),
                line["title"] or gettext("một việc chỉ xem được trong hệ thống"),
                line["url"],
                date.fromisoformat(line["due_on"]) if line["due_on"] else None,
            )
            for line in self.lines
        ]


class Wish(models.Model):
    """How one person wants to be told of one kind; without one, by mail at once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=10, choices=Kind)
    way = models.CharField(max_length=10, choices=Way)

    personal_data: ClassVar[dict[str, Retention]] = {"way": AS_LONG_AS_THE_ACCOUNT}

    class Meta:
        verbose_name = _("cách nhắc")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="wish_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_way_display()}"


class CalendarLink(models.Model):
    """The secret address of one person's calendar; the secret itself is nowhere kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_link"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    personal_data: ClassVar[dict[str, Retention]] = {"digest": AS_LONG_AS_THE_ACCOUNT}

    class Meta:
        verbose_name = _("liên kết lịch")

    def __str__(self) -> str:
        return str(self.user)


class Run(models.Model):
    """One periodic job in one period: whoever writes the row first has it done, the others leave it."""

    name = models.CharField(max_length=50)
    period = models.CharField(max_length=20)
    enqueued_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    result = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("lượt chạy định kỳ")
        constraints = [models.UniqueConstraint(fields=["name", "period"], name="run_once_a_period")]

    def __str__(self) -> str:
        return f"{self.name} {self.period}"


class Pulse(models.Model):
    """A worker that lives says so every few seconds; what a silent one was doing is given to another."""

    worker = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("dấu hiệu hoạt động")

    def __str__(self) -> str:
        return self.worker

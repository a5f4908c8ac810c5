from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.labels import act_label
from thongsuot.audit.retention import PERMANENT_TRAIL, Retention


class Event(models.Model):
    """One act. No foreign keys: the trail outlives whatever it speaks of and never blocks a delete."""

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField(_("Thời điểm"), db_index=True)
    actor_username = models.CharField(_("Tài khoản"), max_length=150)
    actor_name = models.CharField(_("Người thực hiện"), max_length=200)
    actor_role = models.CharField(_("Vai trò"), max_length=100, blank=True)
    actor_unit = models.CharField(_("Đơn vị"), max_length=200, blank=True)
    # Where the actor's mandate was held, for reading the trail by place; no foreign key, see above.
    actor_unit_key = models.BigIntegerField(null=True, editable=False)
    verb = models.CharField(_("Việc"), max_length=100)
    subject_kind = models.CharField(_("Loại"), max_length=100)
    subject_key = models.CharField(_("Mã"), max_length=64)
    subject_label = models.CharField(_("Đối tượng"), max_length=300)
    details = models.JSONField(_("Chi tiết"), default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    personal_data: ClassVar[dict[str, Retention]] = {
        "actor_username": PERMANENT_TRAIL,
        "actor_name": PERMANENT_TRAIL,
    }

    class Meta:
        verbose_name = _("sự kiện")
        ordering = ("number",)
        indexes = [models.Index(fields=["subject_kind", "subject_key", "number"], name="audit_event_subject")]

    def __str__(self) -> str:
        return f"#{self.number} {self.verb} {self.subject_label}"

    # What a line of a history shows.
    @property
    def who(self) -> str:
        return ", ".join(part for part in (self.actor_name, self.actor_role, self.actor_unit) if part)

    @property
    def what(self) -> str:
        return act_label(self.verb)

    @property
    def note(self) -> str:
        """What was given as a reason, in words; what only machines read of it stays in the trail."""
        said = self.details.get("reason") or self.details.get("basis") or ""
        return str(said.get("why", "") if isinstance(said, dict) else said)


class ChainHead(models.Model):
    """The single row that says where the chain ends; locking it gives every event its turn."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("đầu chuỗi")

    def __str__(self) -> str:
        return f"#{self.number}"

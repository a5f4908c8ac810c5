"""What happens to a matter: its steps with their evidence, the legs of its clock, its extensions."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.matters.enums import Act, Decision, LegKind, State
from thongsuot.matters.models.matters import Matter
from thongsuot.sources.models import Source
from thongsuot.units.models import Body, Unit

AS_ACTED = Retention(
    reason="Who acted on a matter in public office, under which role that day.",
    until="As long as the register of matters is kept; the archive rules of the authority decide.",
)


class Step(models.Model):
    """One act on a matter, with the name, role and unit of that day: it outlives the account."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(_("Việc"), max_length=20, choices=Act)
    state = models.CharField(_("Trạng thái sau đó"), max_length=12, choices=State)
    text = models.TextField(_("Nội dung"), blank=True)
    at = models.DateTimeField(_("Lúc"))
    author = models.CharField(_("Người thực hiện"), max_length=300)
    author_username = models.CharField(max_length=150)
    sources = models.ManyToManyField(Source, blank=True, related_name="steps", verbose_name=_("Tệp kèm theo"))

    personal_data: ClassVar[dict[str, Retention]] = {
        "text": AS_ACTED,
        "author": AS_ACTED,
        "author_username": AS_ACTED,
    }

    class Meta:
        verbose_name = _("diễn biến")
        ordering = ("at", "pk")
        indexes = [models.Index(fields=["matter", "at"], name="step_of_matter")]

    def __str__(self) -> str:
        return f"{self.matter} · {self.get_act_display()}"


class Leg(models.Model):
    """A stretch of a matter's clock: whose time it was, until when they had, and when it ended."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="legs")
    kind = models.CharField(max_length=8, choices=LegKind)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("Cơ quan"), max_length=300)
    since = models.DateField(_("Từ ngày"))
    due_on = models.DateField(_("Hạn"), null=True, blank=True)
    ended_on = models.DateField(_("Đến ngày"), null=True, blank=True)
    reason = models.CharField(_("Lý do"), max_length=500, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("chặng thời gian")
        ordering = ("since", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")), name="leg_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["matter", "kind"], condition=Q(ended_on__isnull=True), name="one_open_leg_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} · {self.name}"


class Extension(models.Model):
    """A wish for more time, and what was decided."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="extension_wishes")
    count = models.PositiveSmallIntegerField(_("Lần"))
    old_due_on = models.DateField(_("Hạn cũ"))
    new_due_on = models.DateField(_("Hạn mới"))
    reason = models.CharField(_("Lý do"), max_length=500)
    decision = models.CharField(_("Kết quả"), max_length=8, choices=Decision, default=Decision.PENDING)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.CharField(_("Người xin"), max_length=300)
    asked_by_username = models.CharField(max_length=150)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(_("Người duyệt"), max_length=300, blank=True)
    remark = models.CharField(_("Ý kiến"), max_length=500, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {
        "asked_by": AS_ACTED,
        "asked_by_username": AS_ACTED,
        "decided_by": AS_ACTED,
    }

    class Meta:
        verbose_name = _("gia hạn")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=Q(new_due_on__gt=F("old_due_on")), name="extension_is_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(decision=Decision.PENDING), name="one_pending_extension"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} · {self.count}"

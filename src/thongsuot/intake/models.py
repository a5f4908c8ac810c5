from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.intake.content import Content
from thongsuot.intake.enums import TRANSITIONS, DraftKind, DraftState
from thongsuot.oversight.models import Visit
from thongsuot.sources.models import Source
from thongsuot.units.models import Unit

AS_LONG_AS_SOURCE = Retention(
    reason="What was read and what a person changed must stay comparable, to judge and improve the reading.",
    until="Removed together with its source.",
)


class Draft(models.Model):
    """A reading of one source, waiting for a person; nothing of it is in a register until confirmed."""

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="drafts", verbose_name=_("Văn bản nguồn")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Đơn vị tiếp nhận")
    )
    # The visit of a timetable whose minutes it is, where that was said when it was sent in.
    visit = models.ForeignKey(
        Visit,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("Buổi trong lịch"),
    )
    kind = models.CharField(_("Đọc là"), max_length=10, choices=DraftKind, default=DraftKind.REPORT)
    state = models.CharField(_("Trạng thái"), max_length=12, choices=DraftState, default=DraftState.PROPOSED)
    data = models.JSONField()  # intake.content.Content
    warnings = models.JSONField(default=list)
    corrections = models.PositiveIntegerField(_("Số chỗ đã sửa"), default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("Tiếp nhận lúc"), auto_now_add=True)
    created_by = models.CharField(_("Người tiếp nhận"), max_length=200)
    created_by_username = models.CharField(max_length=150)
    # The units the text speaks of, as read: lets the members of a working group share their drafts.
    concerns = models.ManyToManyField(Unit, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(_("Xác nhận lúc"), null=True, blank=True)
    confirmed_by = models.CharField(_("Người xác nhận"), max_length=200, blank=True)
    # What the confirmation wrote, in order, as "app.model" and key: the way back.
    written = models.JSONField(default=list)
    # Where the confirmed record can be seen.
    leads_to = models.CharField(max_length=200, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {
        "data": AS_LONG_AS_SOURCE,
        "created_by": AS_LONG_AS_SOURCE,
        "created_by_username": AS_LONG_AS_SOURCE,
        "confirmed_by": AS_LONG_AS_SOURCE,
    }

    class Meta:
        verbose_name = _("bản nháp")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=~Q(state=DraftState.DISCARDED), name="draft_one_alive_per_source"
            ),
            models.CheckConstraint(
                condition=Q(state=DraftState.CONFIRMED, confirmed_at__isnull=False)
                | (~Q(state=DraftState.CONFIRMED) & Q(confirmed_at__isnull=True)),
                name="draft_confirmed_with_its_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "unit", "-created_at"], name="draft_waiting")]

    def __str__(self) -> str:
        return str(self.source)

    @property
    def content(self) -> Content:
        return Content.from_json(self.data)

    @property
    def is_open(self) -> bool:
        return self.state == DraftState.PROPOSED

    def may_become(self, state: DraftState) -> bool:
        return state in TRANSITIONS[DraftState(self.state)]

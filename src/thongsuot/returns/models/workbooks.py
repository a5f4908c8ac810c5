"""Workbooks of returns that came in: one, or those of 168 units at once."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import PERMANENT_TRAIL, Retention
from thongsuot.audit.versions import Versioned
from thongsuot.returns.enums import FileState
from thongsuot.returns.models.returns import Return
from thongsuot.units.models import Mandate, Unit
from thongsuot.web.links import link_to


class WorkbookBatch(models.Model):
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="return_workbooks", verbose_name=_("Đơn vị nạp")
    )
    received_at = models.DateTimeField(_("Nhận lúc"), auto_now_add=True)
    received_by = models.CharField(_("Người nạp"), max_length=200)
    # On whose behalf a worker reads and writes.
    mandate = models.ForeignKey(Mandate, on_delete=models.SET_NULL, null=True, related_name="+")

    personal_data: ClassVar[dict[str, Retention]] = {"received_by": PERMANENT_TRAIL}

    class Meta:
        verbose_name = _("lượt nạp báo cáo")
        ordering = ("-received_at", "-pk")

    def __str__(self) -> str:
        return f"{self.unit}, {self.received_at:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return link_to("returns:batch", self.pk)


class WorkbookFile(Versioned):
    batch = models.ForeignKey(WorkbookBatch, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("Tệp"), max_length=255)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField(null=True, blank=True)
    parent = models.ForeignKey(
        Return,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="workbooks",
        verbose_name=_("Báo cáo"),
    )
    state = models.CharField(_("Tình trạng"), max_length=10, choices=FileState, default=FileState.WAITING)
    # Each fault: sheet, cell, says. Each change: what, before, after, and what stands there now where both changed.
    faults = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    trouble = models.CharField(_("Trở ngại"), max_length=500, blank=True)
    # To be written by a worker, as the batch asked.
    queued = models.BooleanField(default=False)
    decided_at = models.DateTimeField(_("Ghi lúc"), null=True, blank=True)
    decided_by = models.CharField(_("Người ghi"), max_length=200, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {"decided_by": PERMANENT_TRAIL}

    class Meta:
        verbose_name = _("tệp báo cáo")
        ordering = ("batch", "name", "pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return link_to("returns:file", self.pk)

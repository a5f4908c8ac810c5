"""The stretches of time that reports are made for."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.indicators.enums import Calendar, PeriodKind
from thongsuot.lawbook.reporting import PeriodName


class Period(models.Model):
    """One month, quarter, half or year of one calendar; its days are those of the rule of that year."""

    calendar = models.CharField(_("Lịch báo cáo"), max_length=6, choices=Calendar)
    kind = models.CharField(_("Loại kỳ"), max_length=12, choices=PeriodKind)
    year = models.PositiveSmallIntegerField(_("Năm"))
    number = models.PositiveSmallIntegerField(_("Kỳ thứ"))
    first_day = models.DateField(_("Từ ngày"))
    last_day = models.DateField(_("Ngày chốt số liệu"))

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("kỳ báo cáo")
        ordering = ("last_day", "first_day", "pk")
        constraints = [
            models.UniqueConstraint(fields=["calendar", "kind", "year", "number"], name="period_once"),
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="period_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.period_name.title(get_language() or "vi")

    @property
    def period_name(self) -> PeriodName:
        return PeriodName(self.kind, self.year, self.number)

    @property
    def code(self) -> str:
        """As it stands in addresses and workbooks: 2026-Q3."""
        return self.period_name.code

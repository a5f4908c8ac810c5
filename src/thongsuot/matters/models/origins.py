from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.matters.enums import OriginKind
from thongsuot.units.models import Unit


class Origin(models.Model):
    """What matters came out of: a meeting, a letter. Apps above keep it; here are its key and address."""

    kind = models.CharField(_("Loại"), max_length=10, choices=OriginKind)
    key = models.CharField(max_length=100, unique=True)
    title = models.CharField(_("Tên"), max_length=300)
    on = models.DateField(_("Ngày"), db_index=True)
    group_key = models.CharField(max_length=100, blank=True, db_index=True)
    group_label = models.CharField(_("Tổ công tác"), max_length=200, blank=True)
    path = models.CharField(max_length=300, blank=True)
    units = models.ManyToManyField(Unit, blank=True, related_name="origins", verbose_name=_("Đơn vị"))
    # What it was itself held or written under: a meeting under a plan, a plan under a conclusion.
    under = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="led_to", verbose_name=_("Căn cứ")
    )

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("nơi phát sinh")
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return self.title

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.units.models import Unit

AS_RECEIVED = Retention(
    reason="A record must be traceable to the paper it came from, and to who brought it in.",
    until="As long as any record cites the source; an uncited source may be removed.",
)


class Source(models.Model):
    """A file or text as received. Its bytes lie outside the database under their hash; the text is NFC."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    name = models.CharField(_("Tên tệp"), max_length=255)
    media_type = models.CharField(_("Kiểu tệp"), max_length=100)
    size = models.BigIntegerField(_("Kích thước"))
    text = models.TextField(_("Văn bản"))
    # Pairs of lengths leading from NFC places back to the text as decoded (kernel.vietnamese.OffsetMap).
    offset_runs = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    received_at = models.DateTimeField(_("Tiếp nhận lúc"), auto_now_add=True, db_index=True)
    received_by = models.CharField(_("Người tiếp nhận"), max_length=200)
    received_at_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Đơn vị tiếp nhận")
    )
    concerns = models.ManyToManyField(
        Unit, blank=True, related_name="sources", verbose_name=_("Đơn vị liên quan")
    )

    personal_data: ClassVar[dict[str, Retention]] = {"text": AS_RECEIVED, "received_by": AS_RECEIVED}

    class Meta:
        verbose_name = _("văn bản nguồn")
        ordering = ("-received_at", "-pk")
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="source_not_empty")]

    def __str__(self) -> str:
        return self.name


class Citation(models.Model):
    """A place in a source: characters [start, end) of its NFC text."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("trích dẫn")
        ordering = ("source", "start", "end")
        constraints = [
            models.UniqueConstraint(fields=["source", "start", "end"], name="citation_once_a_place"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="citation_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.source} [{self.start}, {self.end})"

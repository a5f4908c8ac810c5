from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.kernel.symbols import Symbol
from thongsuot.lawbook.document_types import document_types, type_name
from thongsuot.sources.models import Citation
from thongsuot.sources.queries import citation_url


class Document(models.Model):
    """A directive as citations tell of it: day or issuer may still be unknown (actions.complete_document)."""

    number = models.CharField(_("Số"), max_length=20, blank=True)
    symbol = models.CharField(_("Ký hiệu"), max_length=60, blank=True)
    date = models.DateField(_("Ngày ban hành"), null=True, blank=True, db_index=True)
    issuer = models.CharField(_("Cơ quan ban hành"), max_length=200, blank=True)
    issuer_folded = models.CharField(max_length=200, blank=True, editable=False)
    type = models.CharField(_("Loại văn bản"), max_length=40, blank=True)
    abstract = models.CharField(_("Trích yếu"), max_length=1000, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("văn bản")
        ordering = ("-date", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["number", "symbol", "date", "issuer_folded"],
                condition=Q(date__isnull=False) & ~Q(number="") & ~Q(symbol="") & ~Q(issuer_folded=""),
                name="document_once",
            ),
            models.UniqueConstraint(
                fields=["number", "symbol", "issuer_folded"],
                condition=Q(date__isnull=True) & ~Q(number="") & ~Q(symbol="") & ~Q(issuer_folded=""),
                name="document_once_undated",
            ),
            models.CheckConstraint(
                condition=Q(type__in=["", *sorted(document_types())]), name="document_type_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(number="") | ~Q(symbol="") | ~Q(abstract=""), name="document_has_a_name"
            ),
        ]
        indexes = [models.Index(fields=["number", "symbol"], name="document_symbol")]

    def __str__(self) -> str:
        day = gettext("ngày %(day)s") % {"day": f"{self.date:%d-%m-%Y}"} if self.date else ""
        return " ".join(part for part in (self.type_name, self.printed or self.abstract, day) if part)

    def get_absolute_url(self) -> str:
        return reverse("documents:page", args=[self.pk])

    @property
    def list_url(self) -> str:
        return reverse("documents:list")

    @property
    def printed(self) -> str:
        """Number and symbol joined as this kind of paper joins them."""
        return Symbol(self.number, self.symbol).printed().strip("-/") if self.number or self.symbol else ""

    @property
    def type_name(self) -> str:
        return type_name(self.type, get_language() or "vi") if self.type else ""

    @property
    def is_complete(self) -> bool:
        return bool(self.number and self.symbol and self.date and self.issuer_folded)


class DocumentCitation(models.Model):
    """A place in a source where the document is cited."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="citations")
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="documents")
    as_printed = models.CharField(_("Viện dẫn"), max_length=500)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("viện dẫn")
        ordering = ("citation__source", "citation__start")
        constraints = [
            models.UniqueConstraint(fields=["document", "citation"], name="document_cited_once_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.as_printed} ({self.citation.source})"

    @property
    def quote_url(self) -> str:
        return citation_url(self.citation)

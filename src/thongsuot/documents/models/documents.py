from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.audit.versions import Versioned
from thongsuot.documents.enums import Ending, Level
from thongsuot.kernel.symbols import Symbol
from thongsuot.lawbook.document_types import document_types, type_name
from thongsuot.sources.models import Citation
from thongsuot.sources.queries import citation_url
from thongsuot.units.models import Unit
from thongsuot.web.links import link_to

AS_SIGNED = Retention(
    reason="Who signed an official document in public office.",
    until="As long as the register of documents; the archive rules of the authority decide.",
)


class Document(Versioned):
    """A directive: entered by hand, or as citations tell of it (day or issuer may then still be unknown)."""

    number = models.CharField(_("Số"), max_length=20, blank=True)
    symbol = models.CharField(_("Ký hiệu"), max_length=60, blank=True)
    date = models.DateField(_("Ngày ban hành"), null=True, blank=True, db_index=True)
    issuer = models.CharField(_("Cơ quan ban hành"), max_length=200, blank=True)
    issuer_folded = models.CharField(max_length=200, blank=True, editable=False)
    type = models.CharField(_("Loại văn bản"), max_length=40, blank=True)
    abstract = models.CharField(_("Trích yếu"), max_length=1000, blank=True)
    signer = models.CharField(_("Người ký"), max_length=200, blank=True)
    level = models.CharField(_("Cấp ban hành"), max_length=10, choices=Level, blank=True)
    # The unit of our register that issued it, where it is one; and the unit that keeps its entry.
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Đơn vị")
    )
    keeper = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    in_force_from = models.DateField(_("Có hiệu lực từ"), null=True, blank=True)
    in_force_until = models.DateField(_("Có hiệu lực đến hết"), null=True, blank=True)
    ending = models.CharField(_("Chấm dứt"), max_length=10, choices=Ending, blank=True)
    ended_on = models.DateField(_("Từ ngày"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ends",
        verbose_name=_("Theo văn bản"),
    )

    personal_data: ClassVar[dict[str, Retention]] = {"signer": AS_SIGNED}

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
            models.CheckConstraint(
                condition=Q(in_force_until__isnull=True)
                | Q(in_force_from__isnull=True)
                | Q(in_force_until__gte=F("in_force_from")),
                name="document_force_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_on__isnull=True, ended_by__isnull=True)
                | ~Q(ending="") & Q(ended_on__isnull=False),
                name="document_ends_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["number", "symbol"], name="document_symbol")]

    def __str__(self) -> str:
        day = gettext("ngày %(day)s") % {"day": f"{self.date:%d-%m-%Y}"} if self.date else ""
        return " ".join(part for part in (self.type_name, self.printed or self.abstract, day) if part)

    def get_absolute_url(self) -> str:
        return link_to("documents:page", self.pk)

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

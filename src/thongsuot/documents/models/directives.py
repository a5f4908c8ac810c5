"""A document that units must put into effect, and what each of them did about it.

Whose turn it is and until when is told by the tasks of the order (matters): there is no second clock here.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.documents.enums import UptakeKind
from thongsuot.documents.models.documents import Document
from thongsuot.documents.models.versions import DocumentVersion, Point
from thongsuot.matters.models import Order
from thongsuot.units.models import Unit
from thongsuot.web.links import link_to

AS_ANSWERED = Retention(
    reason="Who answered for the unit in public office, as they were called that day.",
    until="As long as the register of documents; the archive rules of the authority decide.",
)


class Directive(models.Model):
    """One act that has units put a document into effect: an order of the loop, with the version it was given on."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="directives")
    version = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="directive")
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Bên giao"))
    issued_on = models.DateField(_("Ngày giao"))

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("văn bản giao thực hiện")
        ordering = ("-issued_on", "-pk")

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        return link_to("documents:directive", self.pk)


class Uptake(models.Model):
    """What a unit did: issued a document of its own or a plan, or said with a reason why it does not apply to it."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="uptakes")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Đơn vị"))
    kind = models.CharField(_("Hình thức"), max_length=15, choices=UptakeKind)
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="takes_up",
        verbose_name=_("Văn bản của đơn vị"),
    )
    reason = models.CharField(_("Lý do"), max_length=1000, blank=True)
    answered_on = models.DateField(_("Ngày trả lời"))
    author = models.CharField(_("Người trả lời"), max_length=300)
    # Of the points it rests on, some read otherwise since this version; empty once the unit has looked again.
    again = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    personal_data: ClassVar[dict[str, Retention]] = {"author": AS_ANSWERED}

    class Meta:
        verbose_name = _("văn bản cụ thể hóa")
        ordering = ("answered_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "unit", "document"],
                condition=Q(document__isnull=False),
                name="uptake_once_a_document",
            ),
            models.UniqueConstraint(
                fields=["directive", "unit"],
                condition=Q(kind=UptakeKind.NOT_APPLICABLE),
                name="uptake_declined_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=UptakeKind.NOT_APPLICABLE, document__isnull=True) & ~Q(reason="")
                | ~Q(kind=UptakeKind.NOT_APPLICABLE) & Q(document__isnull=False),
                name="uptake_is_a_document_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.document or self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return link_to("documents:uptake", self.pk)


class TakenPoint(models.Model):
    """Where a unit takes up one point: in its whole document, or in a point of it."""

    uptake = models.ForeignKey(Uptake, on_delete=models.CASCADE, related_name="points")
    point = models.ForeignKey(
        Point, on_delete=models.PROTECT, related_name="taken_up", verbose_name=_("Điểm")
    )
    by_point = models.ForeignKey(
        Point, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Tại điểm")
    )

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("điểm được cụ thể hóa")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["uptake", "point"], name="point_taken_up_once")]

    def __str__(self) -> str:
        return f"{self.point} → {self.by_point or self.uptake.document}"

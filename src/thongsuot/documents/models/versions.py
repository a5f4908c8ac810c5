"""The text of a document: its versions, and its points, each the same point through all versions."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.documents.enums import Audience, Change, PointKind
from thongsuot.documents.models.documents import Document
from thongsuot.sources.models import Citation, Source
from thongsuot.sources.queries import citation_url
from thongsuot.web.links import link_to


class DocumentVersion(models.Model):
    """The text as it was first issued, or as another document amended it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Bản"), default=1)
    effective_on = models.DateField(_("Áp dụng từ"))
    amended_by = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amends",
        verbose_name=_("Sửa đổi theo"),
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Tệp")
    )
    note = models.CharField(_("Ghi chú"), max_length=500, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("bản nội dung")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="document_version_from_one"),
        ]

    def __str__(self) -> str:
        return gettext("%(document)s, bản %(number)d") % {"document": self.document, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("documents:version", args=[self.document_id, self.number])


class Point(models.Model):
    """What tasks, proposals and implementing documents rest on; its names are those of its newest wording."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="points")
    anchor = models.CharField(_("Vị trí"), max_length=80)
    label = models.CharField(_("Điểm"), max_length=200)
    # Who must study it (codes of enums.Audience); none named means everybody.
    audiences = models.JSONField(_("Đối tượng phải học"), default=list, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("điểm của văn bản")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.label}, {self.document.printed or self.document}"

    def get_absolute_url(self) -> str:
        return link_to("documents:point", self.pk)

    @property
    def studied_by(self) -> list[str]:
        return list(self.audiences) or [audience.value for audience in Audience]


class Wording(models.Model):
    """A point as one version words it."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="wordings")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="wordings")
    position = models.PositiveSmallIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("Loại"), max_length=10, choices=PointKind)
    anchor = models.CharField(_("Vị trí"), max_length=80)
    label = models.CharField(_("Điểm"), max_length=200)
    text = models.TextField(_("Nội dung"))
    change = models.CharField(_("So với bản trước"), max_length=10, choices=Change, default=Change.SAME)
    citation = models.ForeignKey(
        Citation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Câu gốc")
    )

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("nội dung của điểm")
        ordering = ("version", "position")
        constraints = [
            models.UniqueConstraint(fields=["version", "anchor"], name="point_anchor_once_a_version"),
            models.UniqueConstraint(fields=["version", "point"], name="point_worded_once_a_version"),
            models.CheckConstraint(condition=~Q(anchor="") & ~Q(label=""), name="point_can_be_named"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.brief}"

    @property
    def brief(self) -> str:
        return Truncator(self.text).words(18)

    @property
    def quote_url(self) -> str:
        return citation_url(self.citation) if self.citation else ""

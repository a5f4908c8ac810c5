"""Study sessions of a document, and how many people they reached.

A session keeps counts. Where a roll was given, each name leaves only a keyed hash, good for telling within one unit and
document whether somebody came before; the key lies with the document and is destroyed when the study ends.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.documents.enums import Audience
from thongsuot.documents.models.documents import Document
from thongsuot.documents.models.versions import DocumentVersion
from thongsuot.units.models import Unit

UNTIL_STUDY_ENDS = Retention(
    reason="Tells that somebody came before, so that nobody is counted twice; it cannot be read back into a name.",
    until="Erased with its key when the study of the document ends (actions.erase_rolls).",
)


class Circle(models.Model):
    """How many people of a unit belong to an audience of a document."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="circles")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Đơn vị"))
    audience = models.CharField(_("Đối tượng"), max_length=10, choices=Audience)
    heads = models.PositiveIntegerField(_("Số người"))

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("đối tượng học tập")
        constraints = [
            models.UniqueConstraint(fields=["document", "unit", "audience"], name="circle_once"),
            models.CheckConstraint(condition=Q(heads__gt=0), name="circle_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.get_audience_display()}: {self.heads}"


class StudySession(models.Model):
    """`fresh`, `confirmed` and `passed` count people for the first time since their text last changed."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="sessions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Đơn vị"))
    audience = models.CharField(_("Đối tượng"), max_length=10, choices=Audience)
    held_on = models.DateField(_("Ngày"))
    place = models.CharField(_("Địa điểm"), max_length=200, blank=True)
    invited = models.PositiveIntegerField(_("Được mời"))
    attended = models.PositiveIntegerField(_("Có mặt"))
    fresh = models.PositiveIntegerField(_("Dự lần đầu"))
    confirmed = models.PositiveIntegerField(_("Xác nhận đã đọc"), default=0)
    passed = models.PositiveIntegerField(_("Đạt kiểm tra"), default=0)
    by_roll = models.BooleanField(_("Theo danh sách"), default=False)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("buổi học tập, quán triệt")
        ordering = ("-held_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    fresh__lte=F("attended"), confirmed__lte=F("attended"), passed__lte=F("attended")
                ),
                name="study_counts_within_those_present",
            ),
        ]
        indexes = [models.Index(fields=["version", "audience", "unit"], name="study_of_version")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.get_audience_display()}, {self.held_on:%d-%m-%Y}"


class RollKey(models.Model):
    """The secret a document's rolls are hashed with."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="roll_key")
    secret = models.CharField(max_length=64, editable=False)

    personal_data: ClassVar[dict[str, Retention]] = {"secret": UNTIL_STUDY_ENDS}

    def __str__(self) -> str:
        return f"{self.document_id}"


class RollEntry(models.Model):
    """Somebody present, as a hash that only the key of the document could make."""

    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="roll")
    hashed = models.CharField(max_length=64, db_index=True)

    personal_data: ClassVar[dict[str, Retention]] = {"hashed": UNTIL_STUDY_ENDS}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "hashed"], name="on_a_roll_once")]

    def __str__(self) -> str:
        return f"{self.session_id}"

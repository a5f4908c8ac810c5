from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.audit.versions import Versioned
from thongsuot.documents.models import Document
from thongsuot.indicators.models import Figure
from thongsuot.matters.models import Matter, Origin
from thongsuot.oversight.enums import MeetingKind, Part
from thongsuot.oversight.models.campaigns import PUBLIC_OFFICE, WorkingGroup
from thongsuot.sources.models import Citation, Source
from thongsuot.sources.queries import citation_url
from thongsuot.units.models import Unit
from thongsuot.web.links import link_to


class Official(models.Model):
    """A person as records name them; namesakes are separate rows. Titles of the day stand with each role."""

    name = models.CharField(_("Họ và tên"), max_length=150)
    bare = models.CharField(max_length=150, db_index=True, editable=False)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="officials",
        verbose_name=_("Đơn vị"),
    )
    first_seen = models.DateField(_("Xuất hiện lần đầu"), null=True, blank=True)
    last_seen = models.DateField(_("Xuất hiện gần nhất"), null=True, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {"name": PUBLIC_OFFICE}

    class Meta:
        verbose_name = _("người")
        ordering = ("name", "pk")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="official_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Meeting(Versioned):
    """A supervision visit, a working session, a conference."""

    kind = models.CharField(_("Loại"), max_length=16, choices=MeetingKind)
    date = models.DateField(_("Ngày"), db_index=True)
    title = models.CharField(_("Tên"), max_length=300)
    organisation = models.CharField(_("Cơ quan tổ chức"), max_length=300, blank=True)
    chair = models.CharField(_("Chủ trì"), max_length=200, blank=True)
    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("Tổ công tác"),
    )
    ordinal = models.PositiveSmallIntegerField(_("Lần thứ"), null=True, blank=True)
    term = models.CharField(_("Nhiệm kỳ"), max_length=60, blank=True)
    units = models.ManyToManyField(Unit, blank=True, related_name="meetings", verbose_name=_("Đơn vị"))
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("Nguồn"),
    )
    # What its proposals and tasks came out of, as the register of matters knows it.
    origin = models.OneToOneField(
        Origin, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    draft_key = models.CharField(max_length=64, blank=True, editable=False)

    personal_data: ClassVar[dict[str, Retention]] = {"chair": PUBLIC_OFFICE}

    class Meta:
        verbose_name = _("buổi làm việc")
        ordering = ("-date", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["draft_key"], condition=~Q(draft_key=""), name="meeting_confirmed_once_a_draft"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="meeting_has_a_title"),
        ]
        indexes = [models.Index(fields=["working_group", "-date"], name="meeting_group_day")]

    def __str__(self) -> str:
        return f"{self.title} ({self.date:%d-%m-%Y})"

    def get_absolute_url(self) -> str:
        return link_to("oversight:meeting", self.pk)

    @property
    def source_url(self) -> str:
        return link_to("sources:page", self.source_id) if self.source_id else ""


class MeetingRole(models.Model):
    """What a person did at a meeting, under the title of that day."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("Vai trò"), max_length=10, choices=Part)
    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="roles", verbose_name=_("Người")
    )
    title_as_was = models.CharField(_("Chức vụ khi đó"), max_length=300, blank=True)
    organisation_as_was = models.CharField(_("Cơ quan khi đó"), max_length=300, blank=True)
    citation = models.ForeignKey(
        Citation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name=_("Câu gốc"),
    )

    personal_data: ClassVar[dict[str, Retention]] = {
        "title_as_was": PUBLIC_OFFICE,
        "organisation_as_was": PUBLIC_OFFICE,
    }

    class Meta:
        verbose_name = _("vai trò ở buổi làm việc")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["meeting", "role", "official"], name="meeting_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.official}, {self.get_role_display()}"

    @property
    def quote_url(self) -> str:
        return citation_url(self.citation) if self.citation else ""


class MeetingDocument(models.Model):
    """A document a meeting was held under (`basis`), or that was spoken of."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="document_links")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="meeting_links")
    basis = models.BooleanField(_("Căn cứ tiến hành"), default=False)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("văn bản của buổi làm việc")
        constraints = [models.UniqueConstraint(fields=["meeting", "document"], name="meeting_document_once")]

    def __str__(self) -> str:
        return f"{self.document} · {self.meeting}"


class MeetingMatter(models.Model):
    """A proposal or task spoken of at a meeting; the meeting cannot go while it stands."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="matter_links")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="meeting_links")

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("nội dung của buổi làm việc")
        constraints = [models.UniqueConstraint(fields=["meeting", "matter"], name="meeting_matter_once")]

    def __str__(self) -> str:
        return f"{self.matter} · {self.meeting}"


class MeetingFigure(models.Model):
    """A figure given at a meeting; the meeting cannot go while it stands."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="figure_links")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="meeting_links")

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("số liệu của buổi làm việc")
        constraints = [models.UniqueConstraint(fields=["meeting", "figure"], name="meeting_figure_once")]

    def __str__(self) -> str:
        return f"{self.figure} · {self.meeting}"

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.kernel.searching import searchable
from thongsuot.lawbook.topics import OTHER, topic_name, topics
from thongsuot.matters.enums import KINDS_DOWN, KINDS_UP, Direction, Kind, OriginKind, State
from thongsuot.sources.models import Citation
from thongsuot.sources.queries import citation_url
from thongsuot.units.models import Unit

AS_SPOKEN = Retention(
    reason="A proposal or task must name who made it in public office, with the title of that day.",
    until="As long as the register of matters is kept; the archive rules of the authority decide.",
)


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

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("nơi phát sinh")
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return self.title


class MatterCounter(models.Model):
    """The last number given in a series and year; locking the row gives every matter its own."""

    prefix = models.CharField(max_length=5)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="matter_counter_once")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}: {self.last}"


class Matter(models.Model):
    """A proposal or a task: what the two have in common."""

    number = models.CharField(_("Số"), max_length=20, unique=True)
    direction = models.CharField(_("Chiều"), max_length=4, choices=Direction)
    kind = models.CharField(_("Loại"), max_length=12, choices=Kind)
    state = models.CharField(_("Trạng thái"), max_length=12, choices=State, default=State.RECORDED)
    text = models.TextField(_("Nội dung"))
    speaker = models.CharField(_("Người nêu"), max_length=200, blank=True)
    speaker_title = models.CharField(_("Chức vụ khi nêu"), max_length=300, blank=True)
    addressee = models.CharField(_("Gửi tới"), max_length=300, blank=True)
    topic = models.CharField(_("Lĩnh vực"), max_length=40, default=OTHER)
    # The first of the units that ask or must do; empty where nobody could tell.
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Đơn vị")
    )
    units = models.ManyToManyField(
        Unit, through="MatterUnit", related_name="matters", verbose_name=_("Các đơn vị")
    )
    raised_on = models.DateField(_("Ngày nêu"))
    origin = models.ForeignKey(
        Origin, on_delete=models.PROTECT, related_name="matters", verbose_name=_("Nơi phát sinh")
    )
    citation = models.ForeignKey(
        Citation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="matters",
        verbose_name=_("Câu gốc"),
    )
    searched = models.TextField(editable=False)
    recorded_at = models.DateTimeField(_("Ghi nhận lúc"), auto_now_add=True)

    personal_data: ClassVar[dict[str, Retention]] = {
        "text": AS_SPOKEN,
        "speaker": AS_SPOKEN,
        "speaker_title": AS_SPOKEN,
    }

    class Meta:
        verbose_name = _("kiến nghị, nhiệm vụ")
        ordering = ("-raised_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(direction=Direction.UP, kind__in=KINDS_UP, number__startswith="KN-")
                | Q(direction=Direction.DOWN, kind__in=KINDS_DOWN, number__startswith="NV-"),
                name="matter_kind_fits_direction",
            ),
            models.CheckConstraint(condition=Q(topic__in=sorted(topics())), name="matter_topic_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="matter_says_something"),
        ]
        indexes = [
            models.Index(fields=["direction", "-raised_on", "-id"], name="matter_direction_day"),
            models.Index(fields=["unit", "-raised_on"], name="matter_unit_day"),
            models.Index(fields=["topic", "-raised_on"], name="matter_topic_day"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("matters:page", args=[self.number])

    @property
    def quote_url(self) -> str:
        return citation_url(self.citation) if self.citation else ""

    @property
    def is_proposal(self) -> bool:
        return self.direction == Direction.UP

    @property
    def listed_as(self) -> str:
        return gettext("Kiến nghị") if self.is_proposal else gettext("Nhiệm vụ")

    @property
    def list_url(self) -> str:
        return reverse("matters:proposals" if self.is_proposal else "matters:tasks")

    @property
    def topic_name(self) -> str:
        return topic_name(self.topic, get_language() or "vi")

    def words(self) -> str:
        """What the register is searched by."""
        return searchable(self.number, self.text, self.speaker, self.addressee)


class MatterUnit(models.Model):
    """A unit a matter belongs to (`named`), or from which it is merely seen because it was said there."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    named = models.BooleanField(default=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "matter"], name="matter_unit_once")]

    def __str__(self) -> str:
        return f"{self.matter} · {self.unit}"


class ProposalManager(models.Manager["Proposal"]):
    def get_queryset(self) -> models.QuerySet["Proposal"]:
        return super().get_queryset().filter(direction=Direction.UP)


class TaskManager(models.Manager["Task"]):
    def get_queryset(self) -> models.QuerySet["Task"]:
        return super().get_queryset().filter(direction=Direction.DOWN)


class Proposal(Matter):
    """What a unit asks of those above, or lacks."""

    objects: ClassVar[models.Manager[Any]] = ProposalManager()

    class Meta:
        proxy = True
        verbose_name = _("kiến nghị")


class Task(Matter):
    """What those above direct, or promise, to be done."""

    objects: ClassVar[models.Manager[Any]] = TaskManager()

    class Meta:
        proxy = True
        verbose_name = _("nhiệm vụ")

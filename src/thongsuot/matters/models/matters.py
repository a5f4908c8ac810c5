from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.lawbook.topics import OTHER, topic_name, topics
from thongsuot.matters.enums import CLOSED, KINDS_DOWN, KINDS_UP, BodyPart, Competence, Direction, Kind, State
from thongsuot.matters.models.origins import Origin
from thongsuot.sources.models import Citation
from thongsuot.sources.queries import citation_url
from thongsuot.units.models import Body, Mandate, Unit
from thongsuot.web.links import link_to

AS_SPOKEN = Retention(
    reason="A proposal or task must name who made it in public office, with the title of that day.",
    until="As long as the register of matters is kept; the archive rules of the authority decide.",
)


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

    # The mandate that was found to have it in reach when it was read (policies.in_reach).
    reached_by: int | None = None
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
        Unit,
        through="MatterUnit",
        through_fields=("matter", "unit"),
        related_name="matters",
        verbose_name=_("Các đơn vị"),
    )
    # Where it lies: its province sees it by this column alone, without asking the register of places.
    province = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
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
    recorded_at = models.DateTimeField(_("Ghi nhận lúc"), auto_now_add=True)
    priority = models.BooleanField(_("Ưu tiên"), default=False)
    # Grows with every act; a form that was opened on an older one is stale.
    version = models.PositiveIntegerField(default=1, editable=False)

    # The clock. `stopped_on` is the day the holder did their part (submitted, answered); who is waited for meanwhile
    # does not count against them. `due_soon_on` is kept so that lists by clock state are plain comparisons.
    open = models.BooleanField(default=True)
    due_on = models.DateField(_("Hạn"), null=True, blank=True)
    due_soon_on = models.DateField(null=True, blank=True)
    extensions = models.PositiveSmallIntegerField(_("Số lần gia hạn"), default=0)
    waiting_since = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(_("Kết thúc ngày"), null=True, blank=True)

    # Who has it: the unit and, where known, the body in it; a body outside the register (a ministry) by name alone.
    holder = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Đang giữ")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Chủ trì")
    )
    holder_name = models.CharField(_("Nơi đang giữ"), max_length=300, blank=True)
    # Whose turn it is to act, and until when: the holder's, then of those who verify or agree.
    turn_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    turn_body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    turn_due_on = models.DateField(null=True, blank=True)

    # A task: which order it was issued by, and what the six clears say of it.
    order = models.ForeignKey(
        "Order",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("Lệnh giao"),
    )
    order_version_seen = models.PositiveSmallIntegerField(null=True, blank=True)
    issuer = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Bên giao")
    )
    issuer_body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Cơ quan giao"),
    )
    person = models.CharField(_("Người chịu trách nhiệm"), max_length=200, blank=True)
    assignee = models.ForeignKey(
        Mandate,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned",
        verbose_name=_("Người thực hiện"),
    )
    product = models.TextField(_("Sản phẩm"), blank=True)
    basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)

    # A proposal: who may decide it, how far it has been contested, what it was grouped with.
    competence = models.CharField(_("Thẩm quyền giải quyết"), max_length=10, choices=Competence, blank=True)
    level = models.PositiveSmallIntegerField(_("Cấp giải quyết"), default=0)
    group = models.ForeignKey(
        "ProposalGroup",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("Nhóm"),
    )

    personal_data: ClassVar[dict[str, Retention]] = {
        "text": AS_SPOKEN,
        "speaker": AS_SPOKEN,
        "speaker_title": AS_SPOKEN,
        "person": AS_SPOKEN,
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
            models.CheckConstraint(
                condition=Q(open=True, closed_on__isnull=True) & ~Q(state__in=CLOSED)
                | Q(open=False, closed_on__isnull=False, state__in=CLOSED),
                name="matter_open_until_its_end",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, due_soon_on__isnull=True)
                | Q(due_on__isnull=False, due_soon_on__isnull=False, due_soon_on__lte=F("due_on")),
                name="matter_due_soon_before_due",
            ),
            # The six clears: none of them is missing once a task is issued.
            models.CheckConstraint(
                condition=Q(direction=Direction.UP)
                | Q(state=State.RECORDED)
                | Q(state=State.WITHDRAWN)
                | ~Q(person="")
                & ~Q(product="")
                & ~Q(basis="")
                & Q(due_on__isnull=False, holder__isnull=False, issuer__isnull=False),
                name="task_has_the_six_clears",
            ),
            models.CheckConstraint(
                condition=~Q(direction=Direction.UP) | Q(open=False) | Q(due_on__isnull=False),
                name="proposal_is_owed_an_answer",
            ),
            models.UniqueConstraint(
                fields=["order", "unit"],
                condition=Q(order__isnull=False),
                name="task_once_a_unit_in_an_order",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-raised_on"], name="matter_unit_day"),
            models.Index(fields=["topic", "-raised_on"], name="matter_topic_day"),
            # What waits for a unit or body, in its order; beside the keys what the counts of my work ask about, so that
            # PostgreSQL counts and sorts from the index alone.
            models.Index(
                fields=["turn_unit", "turn_due_on", "id"],
                include=("direction", "state", "level", "turn_body", "holder", "waiting_since", "topic"),
                condition=Q(open=True),
                name="matter_turn_of_unit",
            ),
            models.Index(
                fields=["turn_body", "turn_due_on"], condition=Q(open=True), name="matter_turn_of_body"
            ),
            # The open ones of a province by day, with what their clocks and the overview ask about.
            models.Index(
                fields=["province", "direction", "due_on", "id"],
                include=(
                    "open",
                    "state",
                    "stopped_on",
                    "closed_on",
                    "waiting_since",
                    "due_soon_on",
                    "extensions",
                    "topic",
                    "unit",
                    "issuer",
                ),
                condition=Q(open=True),
                name="matter_open_by_day",
            ),
            models.Index(fields=["direction", "-raised_on", "-id"], name="matter_newest_first"),
            # The order of lists (queries.late_first): whoever sees a great part of the register reads it from here.
            models.Index(
                fields=["direction", "-open", "-closed_on", "due_on", "id"], name="matter_late_first"
            ),
            models.Index(fields=["closed_on"], condition=Q(open=False), name="matter_closed_on"),
            models.Index(fields=["turn_due_on"], condition=Q(open=True), name="matter_turn_by_day"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return link_to("matters:page", self.number)

    @property
    def quote_url(self) -> str:
        return citation_url(self.citation) if self.citation else ""

    @property
    def is_proposal(self) -> bool:
        return self.direction == Direction.UP

    @property
    def above(self) -> Unit | None:
        """The tier above those who ask or must do."""
        return (self.unit.parent or self.unit) if self.unit else self.holder

    @property
    def listed_as(self) -> str:
        return gettext("Kiến nghị") if self.is_proposal else gettext("Nhiệm vụ")

    @property
    def list_url(self) -> str:
        return reverse("matters:proposals" if self.is_proposal else "matters:tasks")

    @property
    def topic_name(self) -> str:
        return topic_name(self.topic, get_language() or "vi")


class MatterUnit(models.Model):
    """A unit a matter belongs to (`named`), or from which it is merely seen because it was said there.

    Beside it stand copies of what lists sort and count by, so that PostgreSQL answers for a unit from one index. The
    database keeps them the same as the matter's (copies.py); nobody writes them.
    """

    # A row without a unit or a matter is never asked for: the indexes below begin with one of them.
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False)
    named = models.BooleanField(default=True)

    direction = models.CharField(max_length=4, default="", editable=False)
    state = models.CharField(max_length=12, default="", editable=False)
    topic = models.CharField(max_length=40, default="", editable=False)
    group_key = models.CharField(max_length=100, default="", editable=False)  # of its origin
    # Held to exist where it stands in the matter.
    province = models.ForeignKey(
        Unit,
        on_delete=models.DO_NOTHING,
        null=True,
        editable=False,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    open = models.BooleanField(default=True, editable=False)
    due_on = models.DateField(null=True, editable=False)
    due_soon_on = models.DateField(null=True, editable=False)
    extensions = models.PositiveSmallIntegerField(default=0, editable=False)
    waiting_since = models.DateField(null=True, editable=False)
    stopped_on = models.DateField(null=True, editable=False)
    closed_on = models.DateField(null=True, editable=False)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "matter"], name="matter_unit_once")]
        indexes = [
            # The order of lists (queries.late_first) for those who see through units, with all their clocks ask about.
            models.Index(
                fields=["unit", "direction", "-open", "-closed_on", "due_on", "matter"],
                include=(
                    "named",
                    "state",
                    "topic",
                    "group_key",
                    "province",
                    "due_soon_on",
                    "extensions",
                    "waiting_since",
                    "stopped_on",
                ),
                name="matter_unit_late_first",
            ),
            # From which units a matter is seen, and which it belongs to.
            models.Index(
                fields=["matter", "unit"],
                include=("named", "direction"),
                name="matter_unit_of_matter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} · {self.unit}"


class MatterBody(models.Model):
    """A body concerned with a matter, now or before; from there it is seen."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="bodies")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("Cơ quan"))
    part = models.CharField(_("Vai trò"), max_length=12, choices=BodyPart)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "matter"], name="matter_body_once")]

    def __str__(self) -> str:
        return f"{self.matter} · {self.body}"


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

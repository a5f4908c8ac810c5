"""Rounds of reporting, the return of each unit, and its versions."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.audit.versions import Versioned
from thongsuot.indicators.models import Period, Statement
from thongsuot.returns.enums import COUNTED, HANDED_IN, OPEN, State
from thongsuot.returns.models.templates import ReturnTemplate, TemplateLine, TemplateSection
from thongsuot.units.models import Unit
from thongsuot.web.links import link_to

ANSWERS_FOR = Retention(
    reason="A report names who drew it up, who answers for it and who took it in.",
    until="As long as the report is kept; the archive rules of the authority decide.",
)


class Round(models.Model):
    """One period asked for by one template of the communes under a province: those of the day it was opened."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="return_rounds", verbose_name=_("Nơi nhận báo cáo")
    )
    template = models.ForeignKey(ReturnTemplate, on_delete=models.PROTECT, related_name="rounds")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="rounds")
    due = models.DateField(_("Hạn nộp"))
    opened_at = models.DateTimeField(_("Mở lúc"))
    opened_by = models.CharField(_("Người mở"), max_length=200)
    closed_at = models.DateTimeField(_("Chốt lúc"), null=True, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {"opened_by": ANSWERS_FOR}

    class Meta:
        verbose_name = _("kỳ thu báo cáo")
        ordering = ("-period__last_day", "-pk")
        constraints = [models.UniqueConstraint(fields=["template", "period", "unit"], name="round_once")]

    def __str__(self) -> str:
        return f"{self.template}, {self.period}"

    def get_absolute_url(self) -> str:
        return link_to("returns:round", self.pk)


class Return(Versioned):
    """What one unit owes in one round. `number` is the version now worked on or in force."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="returns")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="returns", verbose_name=_("Đơn vị"))
    state = models.CharField(_("Trạng thái"), max_length=10, choices=State, default=State.NOT_BEGUN)
    number = models.PositiveSmallIntegerField(_("Phiên bản"), default=0)
    due = models.DateField(_("Hạn nộp"))
    # The first time it reached the city: later versions do not make it late.
    handed_in_at = models.DateTimeField(_("Gửi lên lúc"), null=True, blank=True)
    last_chased_at = models.DateTimeField(_("Đôn đốc gần nhất"), null=True, blank=True)
    times_chased = models.PositiveSmallIntegerField(_("Số lần đôn đốc"), default=0)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("báo cáo")
        ordering = ("due", "unit__name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="return_once"),
            models.CheckConstraint(
                condition=Q(state=State.NOT_BEGUN, number=0) | (~Q(state=State.NOT_BEGUN) & Q(number__gt=0)),
                name="return_begun_has_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=HANDED_IN) | Q(handed_in_at__isnull=False),
                name="return_handed_in_when",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "due"], name="return_owed")]

    def __str__(self) -> str:
        return f"{self.round} — {self.unit}"

    def get_absolute_url(self) -> str:
        return link_to("returns:page", self.pk)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN

    @property
    def is_counted(self) -> bool:
        return self.state in COUNTED


class Chase(models.Model):
    """One time units were reminded: by whom, when, in which words, and which of them."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="chases")
    at = models.DateTimeField(_("Lúc"))
    by = models.CharField(_("Người đôn đốc"), max_length=200)
    words = models.CharField(_("Nội dung"), max_length=500, blank=True)
    returns = models.ManyToManyField(Return, related_name="chases", verbose_name=_("Báo cáo"))

    personal_data: ClassVar[dict[str, Retention]] = {"by": ANSWERS_FOR}

    class Meta:
        verbose_name = _("lần đôn đốc")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.by}, {self.at:%d-%m-%Y}"


class ReturnVersion(models.Model):
    """Figures stand in its statement, words in its passages. A version once accepted is never changed again."""

    parent = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Phiên bản"))
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="return_version")
    reason = models.CharField(_("Lý do mở lại"), max_length=500, blank=True)
    begun_at = models.DateTimeField(_("Lập lúc"))
    begun_by = models.CharField(_("Người lập"), max_length=200)
    submitted_at = models.DateTimeField(_("Trình lúc"), null=True, blank=True)
    submitted_by = models.CharField(_("Người trình"), max_length=200, blank=True)
    # Who handed it in may not approve it: the key of the account, for as long as the account lives.
    submitted_by_username = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(_("Duyệt lúc"), null=True, blank=True)
    approved_by = models.CharField(_("Người duyệt"), max_length=200, blank=True)
    accepted_at = models.DateTimeField(_("Tiếp nhận lúc"), null=True, blank=True)
    accepted_by = models.CharField(_("Người tiếp nhận"), max_length=200, blank=True)
    # How often it was saved; a workbook knows the count it was filled from.
    saves = models.PositiveIntegerField(default=0)

    personal_data: ClassVar[dict[str, Retention]] = {
        "begun_by": ANSWERS_FOR,
        "submitted_by": ANSWERS_FOR,
        "submitted_by_username": ANSWERS_FOR,
        "approved_by": ANSWERS_FOR,
        "accepted_by": ANSWERS_FOR,
    }

    class Meta:
        verbose_name = _("phiên bản báo cáo")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["parent", "number"], name="return_version_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="return_version_from_one"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(submitted_at__isnull=False),
                name="return_submitted_before_approved",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(approved_at__isnull=False),
                name="return_approved_before_accepted",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(approved_at__gte=F("submitted_at")),
                name="return_approved_after_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parent} ({self.number})"


class Passage(models.Model):
    """The words of one section."""

    version = models.ForeignKey(ReturnVersion, on_delete=models.CASCADE, related_name="passages")
    section = models.ForeignKey(TemplateSection, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("Nội dung"))

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("đoạn báo cáo")
        ordering = ("section__position",)
        constraints = [models.UniqueConstraint(fields=["version", "section"], name="passage_once")]

    def __str__(self) -> str:
        return f"{self.section}"


class Explanation(models.Model):
    """Why something unusual in a line is right: such a fault may stand once its reason is given."""

    version = models.ForeignKey(ReturnVersion, on_delete=models.CASCADE, related_name="explanations")
    line = models.ForeignKey(TemplateLine, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("Giải trình"), max_length=500)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("giải trình")
        ordering = ("line__position",)
        constraints = [
            models.UniqueConstraint(fields=["version", "line"], name="explanation_once"),
            models.CheckConstraint(condition=~Q(text=""), name="explanation_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class TakenLine(models.Model):
    """A line of a section that somebody made a draft of the loop from; `path` leads to it."""

    parent = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="taken_lines")
    section = models.ForeignKey(TemplateSection, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("Nội dung"), max_length=2000)
    digest = models.CharField(max_length=64)
    what = models.CharField(max_length=300)
    path = models.CharField(max_length=200)
    at = models.DateTimeField(_("Lúc"), auto_now_add=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("dòng đã lập thành việc")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["parent", "section", "digest"], name="taken_line_once")
        ]

    def __str__(self) -> str:
        return self.what


class Note(models.Model):
    """A remark on one cell, one section or the whole; one that is not settled goes with what is sent back."""

    version = models.ForeignKey(ReturnVersion, on_delete=models.CASCADE, related_name="notes")
    line = models.ForeignKey(TemplateLine, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    section = models.ForeignKey(
        TemplateSection, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.CharField(_("Nhận xét"), max_length=1000)
    by = models.CharField(_("Người nhận xét"), max_length=200)
    at = models.DateTimeField(_("Lúc"))
    settled_at = models.DateTimeField(_("Đã xử lý lúc"), null=True, blank=True)
    settled_by = models.CharField(_("Người xử lý"), max_length=200, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {"by": ANSWERS_FOR, "settled_by": ANSWERS_FOR}

    class Meta:
        verbose_name = _("nhận xét")
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(line__isnull=True) | Q(section__isnull=True), name="note_on_one_thing"
            )
        ]

    def __str__(self) -> str:
        return self.text

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import PERMANENT_TRAIL, Retention
from thongsuot.audit.versions import Versioned
from thongsuot.staffing.enums import Fit, MoveKind, MoveStanding, RunState
from thongsuot.staffing.models.people import FOR_PLACEMENT, IDENTITY, Person
from thongsuot.staffing.models.positions import Position
from thongsuot.units.models import Unit
from thongsuot.web.links import link_to


class Plan(Versioned):
    """One version of a placement plan: its conditions, and what the engine made of them. It changes no register.

    A change of conditions is a new version that names the one it came from; both stay.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="staff_plans", verbose_name=_("Tỉnh, thành phố")
    )
    title = models.CharField(_("Tên phương án"), max_length=200)
    number = models.PositiveSmallIntegerField(_("Phiên bản"), default=1)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="versions"
    )
    on = models.DateField(_("Số liệu ngày"))
    # {"max_km", "keep_cover", "weights": {position code: weight}, "caps": {unit code: most departures}}
    rules = models.JSONField(_("Quy tắc"), default=dict)
    stages = models.JSONField(_("Giải pháp"), default=list)
    # As in a problem file: person, unit and position by number and code; each with who asked for it and why.
    pins = models.JSONField(default=list)
    forbids = models.JSONField(default=list)
    change = models.CharField(_("Thay đổi so với bản trước"), max_length=500, blank=True)
    state = models.CharField(_("Tình trạng"), max_length=10, choices=RunState, default=RunState.QUEUED)
    progress = models.CharField(_("Đang làm"), max_length=200, blank=True)
    trouble = models.CharField(_("Trở ngại"), max_length=500, blank=True)
    # How many workers have begun it: one that dies leaves it to the next, but not for ever.
    attempts = models.PositiveSmallIntegerField(default=0)
    # Of the engine: optimal, feasible or infeasible; never more than is proven.
    status = models.CharField(max_length=10, blank=True)
    objective = models.JSONField(default=dict)
    bound = models.JSONField(default=dict)
    proof = models.TextField(_("Cơ sở khẳng định tối ưu"), blank=True)
    seconds = models.JSONField(default=dict)
    # What pages show of it without reading the paper: sums before and after, the check, prices, stages, treatment.
    findings = models.JSONField(default=dict)
    started_by = models.CharField(_("Người lập"), max_length=200)
    started_at = models.DateTimeField(_("Lập lúc"), auto_now_add=True)
    finished_at = models.DateTimeField(_("Tính xong lúc"), null=True, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {"started_by": PERMANENT_TRAIL}

    class Meta:
        verbose_name = _("phương án bố trí")
        ordering = ("-started_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["unit", "title", "number"], name="plan_version_once"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="plan_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def get_absolute_url(self) -> str:
        return link_to("staffing:plan", self.pk)


class PlanPaper(models.Model):
    """The problem as the engine got it and the plan as it gave it: what a check is run on, years later too."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="paper")
    problem = models.JSONField()
    answer = models.JSONField(default=dict)

    # Numbers of people with their posts, what they are trained for and where they wish to go; no names, no homes, and
    # of a lock only that there is one.
    personal_data: ClassVar[dict[str, Retention]] = {"problem": FOR_PLACEMENT, "answer": FOR_PLACEMENT}

    class Meta:
        verbose_name = _("bài toán và lời giải")

    def __str__(self) -> str:
        return str(self.plan)


class PlanMove(models.Model):
    """One proposed move, with its reasons."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="moves")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Nơi đi"))
    from_position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="+", verbose_name=_("Vị trí đang giữ")
    )
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Nơi đến"))
    to_position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="+", verbose_name=_("Vị trí mới")
    )
    kind = models.CharField(_("Loại"), max_length=12, choices=MoveKind)
    level = models.CharField(_("Mức đạt chuẩn"), max_length=8, choices=Fit)
    km = models.DecimalField(_("Khoảng cách (km)"), max_digits=6, decimal_places=1)
    secondment = models.BooleanField(_("Chỉ biệt phái"), default=False)
    # In the order in which places come free: the first step fills the open place.
    chain = models.PositiveIntegerField(_("Chuỗi"), null=True, blank=True)
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    # Reasons of the engine, {"code", "values"}: put into words in the language of the reader.
    why = models.JSONField(_("Lý do"), default=list)
    standing = models.CharField(_("Xử lý"), max_length=8, choices=MoveStanding, default=MoveStanding.PROPOSED)
    declined_because = models.CharField(_("Lý do không theo"), max_length=500, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {"person": IDENTITY}

    class Meta:
        verbose_name = _("đề xuất bố trí")
        ordering = ("plan", "to_unit", "to_position", "person")
        constraints = [
            models.UniqueConstraint(fields=["plan", "person"], name="plan_moves_a_person_once"),
            models.CheckConstraint(
                condition=~Q(standing=MoveStanding.DECLINED) | ~Q(declined_because=""),
                name="declined_move_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.from_unit} → {self.to_unit}"


class PlanSurplus(models.Model):
    """Somebody the plan leaves without a place, in their own unit."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="surplus")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    why = models.JSONField(default=list)

    personal_data: ClassVar[dict[str, Retention]] = {"person": IDENTITY}

    class Meta:
        verbose_name = _("người chưa có chỗ")
        ordering = ("plan", "unit", "position", "person")
        constraints = [models.UniqueConstraint(fields=["plan", "person"], name="plan_surplus_once")]

    def __str__(self) -> str:
        return str(self.person)


class PlanOpening(models.Model):
    """Places the plan cannot fill."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="openings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveSmallIntegerField(_("Số chỗ trống"))
    why = models.JSONField(default=list)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("chỗ còn trống")
        ordering = ("plan", "unit", "position")
        constraints = [
            models.UniqueConstraint(fields=["plan", "unit", "position"], name="plan_opening_once"),
            models.CheckConstraint(condition=Q(count__gt=0), name="plan_opening_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.position}: {self.count}"

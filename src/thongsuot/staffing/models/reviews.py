from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import PERMANENT_TRAIL, Retention
from thongsuot.audit.versions import Versioned
from thongsuot.staffing.enums import FileState, SnapshotOrigin
from thongsuot.units.models import Mandate, Unit
from thongsuot.web.links import link_to

WHILE_CHECKED = Retention(
    reason=_("Danh sách như đã gửi, để kiểm tra và so với sổ trước khi ghi."),
    until=_("Tệp xóa khi ghi vào sổ hoặc bỏ; tên người trong phần chênh lệch xóa sau 30 ngày."),
)


class Snapshot(models.Model):
    """What the registers held of a unit on a day, as it was then; never changed, so later figures can be compared.

    `content` maps the code of a position to places, present, unqualified and the numbers of its holders;
    `totals` are the sums over it.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="staff_snapshots", verbose_name=_("Đơn vị")
    )
    on = models.DateField(_("Số liệu ngày"))
    taken_at = models.DateTimeField(_("Lập lúc"), auto_now_add=True)
    taken_by = models.CharField(_("Người lập"), max_length=200)
    origin = models.CharField(_("Dịp"), max_length=8, choices=SnapshotOrigin)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    totals = models.JSONField()

    personal_data: ClassVar[dict[str, Retention]] = {"taken_by": PERMANENT_TRAIL}

    class Meta:
        verbose_name = _("số liệu nhân sự đã chốt")
        ordering = ("unit", "-on", "-pk")
        indexes = [models.Index(fields=["unit", "on"], name="snapshot_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.on:%d-%m-%Y}"


class ImportBatch(models.Model):
    """Workbooks that came in together: one of a unit, or 168 at once."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="staff_imports", verbose_name=_("Đơn vị nhận")
    )
    on = models.DateField(_("Số liệu ngày"))
    received_at = models.DateTimeField(_("Nhận lúc"), auto_now_add=True)
    received_by = models.CharField(_("Người nạp"), max_length=200)

    personal_data: ClassVar[dict[str, Retention]] = {"received_by": PERMANENT_TRAIL}

    class Meta:
        verbose_name = _("lượt nạp nhân sự")
        ordering = ("-received_at", "-pk")

    def __str__(self) -> str:
        return f"{self.unit}, {self.on:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return link_to("staffing:batch", self.pk)


class ImportFile(Versioned):
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("Tệp"), max_length=255)
    sha256 = models.CharField(max_length=64)
    # Names and dates of birth of people: kept here, not among the sources that every reader of a unit may open.
    data = models.BinaryField(null=True, blank=True)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="staff_files",
        verbose_name=_("Đơn vị"),
    )
    state = models.CharField(_("Tình trạng"), max_length=10, choices=FileState, default=FileState.WAITING)
    # Each fault: sheet, cell, vi, en. The difference: what would be added, changed, ended, by person and place.
    faults = models.JSONField(default=list)
    difference = models.JSONField(default=dict)
    # What the registers held when the difference was drawn up: applied on anything else it is a conflict.
    compared_with = models.CharField(max_length=64, blank=True)
    # Who stands in it, by number: nobody may stand in two files of a batch on a full post.
    numbers = models.JSONField(default=list)
    # Waiting for a worker to write it into the registers, on behalf of this mandate.
    queued_for = models.ForeignKey(
        Mandate, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    trouble = models.CharField(_("Trở ngại"), max_length=500, blank=True)
    read_at = models.DateTimeField(_("Đọc lúc"), null=True, blank=True)
    decided_at = models.DateTimeField(_("Duyệt lúc"), null=True, blank=True)
    decided_by = models.CharField(_("Người duyệt"), max_length=200, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {
        "data": WHILE_CHECKED,
        "faults": WHILE_CHECKED,
        "difference": WHILE_CHECKED,
        "numbers": WHILE_CHECKED,
        "decided_by": PERMANENT_TRAIL,
    }

    class Meta:
        verbose_name = _("tệp nhân sự")
        ordering = ("batch", "name", "pk")

    def __str__(self) -> str:
        return self.name


class ReviewRound(Versioned):
    """A call to every commune of a province to say who sits where."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="review_rounds", verbose_name=_("Tỉnh, thành phố")
    )
    title = models.CharField(_("Tên đợt"), max_length=200)
    basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)
    on = models.DateField(_("Số liệu ngày"))
    opened_on = models.DateField(_("Mở ngày"))
    due_on = models.DateField(_("Hạn nộp"))

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("đợt rà soát")
        ordering = ("-opened_on", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["unit", "title"], name="review_round_once"),
            models.CheckConstraint(condition=Q(due_on__gte=F("opened_on")), name="review_due_after_opening"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return link_to("staffing:review_round", self.pk)


class UnitReview(Versioned):
    """What one unit owes a round: made for every unit when the round opens, filed once the unit has checked it."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="reviews")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="staff_reviews", verbose_name=_("Đơn vị")
    )
    filed_at = models.DateTimeField(_("Nộp lúc"), null=True, blank=True)
    filed_by = models.CharField(_("Người nộp"), max_length=200, blank=True)
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    remark = models.TextField(_("Ý kiến của đơn vị"), blank=True)
    returned_because = models.CharField(_("Lý do trả lại"), max_length=500, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {"filed_by": PERMANENT_TRAIL}

    class Meta:
        verbose_name = _("rà soát của đơn vị")
        ordering = ("round", "unit")
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="unit_review_once"),
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True, snapshot__isnull=True)
                | Q(filed_at__isnull=False, snapshot__isnull=False),
                name="filed_review_has_its_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.unit}"

    def get_absolute_url(self) -> str:
        return link_to("staffing:review", self.pk)


class Chase(models.Model):
    """A reminder sent to a unit that has not filed."""

    review = models.ForeignKey(UnitReview, on_delete=models.CASCADE, related_name="chases")
    at = models.DateTimeField(_("Lúc"), auto_now_add=True)
    by = models.CharField(_("Người đôn đốc"), max_length=200)
    words = models.CharField(_("Nội dung"), max_length=500, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {"by": PERMANENT_TRAIL}

    class Meta:
        verbose_name = _("lần đôn đốc")
        ordering = ("review", "at")

    def __str__(self) -> str:
        return f"{self.review}, {self.at:%d-%m-%Y}"

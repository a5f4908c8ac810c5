from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.audit.versions import Versioned
from thongsuot.staffing.enums import Block, Degree, PositionKind
from thongsuot.units.models import Dated, Unit
from thongsuot.web.links import link_to

ENDS_AFTER_START = Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))


class Position(Versioned, Dated):
    """A job position of the catalogue; `counted` ones make up surplus and shortage."""

    code = models.CharField(_("Mã"), max_length=10)
    name = models.CharField(_("Tên vị trí"), max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    # For heads of columns and cells; the whole name where it is not set.
    short = models.CharField(_("Tên gọn"), max_length=40, blank=True)
    short_en = models.CharField(max_length=40, blank=True)
    kind = models.CharField(_("Nhóm"), max_length=12, choices=PositionKind)
    field = models.CharField(_("Lĩnh vực"), max_length=8)
    # Codes of lawbook/data/bodies.yaml: a head of department may be of several.
    bodies = models.JSONField(_("Thuộc cơ quan"), default=list, blank=True)
    block = models.CharField(_("Khối"), max_length=12, choices=Block, default=Block.GOVERNMENT)
    counted = models.BooleanField(_("Tính thừa, thiếu"), default=True)
    combinable = models.BooleanField(_("Được kiêm nhiệm"), default=False)
    # Decree on position change: those who hold it move on every 2 to 5 years.
    rotates = models.BooleanField(_("Phải định kỳ chuyển đổi"), default=False)
    weight = models.PositiveSmallIntegerField(_("Mức ưu tiên"), default=1)
    standard = models.CharField(_("Tiêu chuẩn"), max_length=300, blank=True)
    source = models.CharField(_("Nguồn"), max_length=300, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("vị trí việc làm")
        ordering = ("code", "valid_from")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="position_code_once_a_day"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="position_code_in_force_once"
            ),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="position_ends_after_start"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="position_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "vi") != "vi" else self.name

    def get_absolute_url(self) -> str:
        return link_to("staffing:position", self.pk)

    @property
    def brief(self) -> str:
        """What fits the head of a column."""
        if (get_language() or "vi") != "vi" and self.short_en:
            return self.short_en
        return self.short or str(self)


class PositionStandard(Dated):
    """What the holder of a position should have studied: for all units, or as one commune has set it."""

    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="standards", verbose_name=_("Vị trí")
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="position_standards",
        verbose_name=_("Đơn vị"),
    )
    degree = models.CharField(_("Trình độ"), max_length=10, choices=Degree, default=Degree.BACHELOR)
    majors = models.JSONField(_("Ngành đào tạo"), default=list)
    # Ours, set by no document; gone once an authority sets its own.
    suggested = models.BooleanField(_("Gợi ý của hệ thống"), default=False)
    basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("tiêu chuẩn vị trí")
        ordering = ("position", "unit", "valid_from")
        constraints = [
            models.UniqueConstraint(
                fields=["position", "unit"], condition=Q(valid_to__isnull=True), name="standard_in_force_once"
            ),
            # Two of NULL differ to SQLite, so the one for all units has a rule of its own.
            models.UniqueConstraint(
                fields=["position"],
                condition=Q(valid_to__isnull=True, unit__isnull=True),
                name="general_standard_in_force_once",
            ),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="standard_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {', '.join(self.majors)}"


class Frame(Versioned, Dated):
    """How many places of a position a unit has."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="frames", verbose_name=_("Đơn vị"))
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="frames", verbose_name=_("Vị trí")
    )
    places = models.PositiveSmallIntegerField(_("Số chỗ"))
    basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("khung vị trí việc làm")
        ordering = ("unit", "position", "valid_from")
        constraints = [
            models.UniqueConstraint(fields=["unit", "position", "valid_from"], name="frame_once_a_day"),
            models.UniqueConstraint(
                fields=["unit", "position"], condition=Q(valid_to__isnull=True), name="frame_in_force_once"
            ),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="frame_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.position}: {self.places}"


class Quota(Versioned, Dated):
    """The payroll ceiling of a unit in one block."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="quotas", verbose_name=_("Đơn vị"))
    block = models.CharField(_("Khối"), max_length=12, choices=Block)
    posts = models.PositiveSmallIntegerField(_("Biên chế"))
    basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("biên chế được giao")
        ordering = ("unit", "block", "valid_from")
        constraints = [
            models.UniqueConstraint(fields=["unit", "block", "valid_from"], name="quota_once_a_day"),
            models.UniqueConstraint(
                fields=["unit", "block"], condition=Q(valid_to__isnull=True), name="quota_in_force_once"
            ),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="quota_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.get_block_display()}: {self.posts}"


class Workload(models.Model):
    """How much a unit has to serve on a day: what quotas and the load of a post are reckoned from."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="workloads", verbose_name=_("Đơn vị")
    )
    on = models.DateField(_("Ngày"))
    population = models.PositiveIntegerField(_("Dân số"))
    dossiers = models.PositiveIntegerField(_("Hồ sơ tiếp nhận trong năm"), null=True, blank=True)
    upland = models.BooleanField(_("Miền núi, vùng cao"), default=False)
    source = models.CharField(_("Nguồn"), max_length=300, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("khối lượng việc của đơn vị")
        ordering = ("unit", "-on")
        constraints = [models.UniqueConstraint(fields=["unit", "on"], name="workload_once_a_day")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.on:%d-%m-%Y}"

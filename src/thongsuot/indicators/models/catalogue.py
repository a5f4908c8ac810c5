"""What is counted or measured."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.indicators.enums import UNADDABLE, Aggregation, Direction, Kind
from thongsuot.lawbook.indicators import pillars
from thongsuot.units.models import UNRECORDED


class Indicator(models.Model):
    """Something counted or measured. A proposed one came up in a text and is not in the catalogue yet."""

    code = models.CharField(_("Mã"), max_length=60, unique=True)
    name = models.CharField(_("Tên chỉ tiêu"), max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    unit_of_measure = models.CharField(_("Đơn vị tính"), max_length=60)
    pillar = models.CharField(_("Trụ cột"), max_length=12, blank=True)
    kind = models.CharField(_("Loại"), max_length=12, choices=Kind)
    over_units = models.CharField(_("Tổng hợp theo đơn vị"), max_length=8, choices=Aggregation)
    over_periods = models.CharField(
        _("Tổng hợp theo kỳ"), max_length=8, choices=Aggregation, default=Aggregation.LATEST
    )
    direction = models.CharField(_("Chiều tốt"), max_length=4, choices=Direction, blank=True)
    decimals = models.PositiveSmallIntegerField(_("Số chữ số thập phân"), default=0)
    valid_from = models.DateField(_("Dùng từ ngày"), default=UNRECORDED)
    valid_to = models.DateField(_("Dùng đến trước ngày"), null=True, blank=True)
    owner = models.CharField(_("Cơ quan chủ trì"), max_length=200, blank=True)
    definition = models.CharField(_("Định nghĩa"), max_length=500, blank=True)
    source = models.CharField(_("Nguồn"), max_length=300, blank=True)
    proposed = models.BooleanField(_("Mới đề xuất"), default=False)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("chỉ tiêu")
        ordering = ("name", "code")
        constraints = [
            models.CheckConstraint(
                condition=Q(pillar__in=["", *sorted(pillars())]), name="indicator_pillar_is_known"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(code=""), name="indicator_has_a_name"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="indicator_ends_after_start",
            ),
            # A percentage without its parts can never be added up, nor words.
            models.CheckConstraint(
                condition=~Q(kind__in=UNADDABLE)
                | (
                    Q(over_units=Aggregation.NONE)
                    & Q(over_periods__in=[Aggregation.NONE, Aggregation.LATEST])
                ),
                name="indicator_adds_what_can_be_added",
            ),
            # Only what has parts is reckoned from its parts, and it is never added up without them.
            models.CheckConstraint(
                condition=Q(
                    kind=Kind.RATIO,
                    over_units__in=[Aggregation.WEIGHTED, Aggregation.NONE],
                    over_periods__in=[Aggregation.WEIGHTED, Aggregation.LATEST, Aggregation.NONE],
                )
                | (
                    ~Q(kind=Kind.RATIO)
                    & ~Q(over_units=Aggregation.WEIGHTED)
                    & ~Q(over_periods=Aggregation.WEIGHTED)
                ),
                name="indicator_ratio_from_its_parts",
            ),
            # Of units none is the latest.
            models.CheckConstraint(
                condition=~Q(over_units=Aggregation.LATEST), name="indicator_units_have_no_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "vi") != "vi" else self.name

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.indicators.display import printed_value
from thongsuot.indicators.enums import PAIRED, Aggregation, Kind, Qualifier
from thongsuot.lawbook.indicators import pillars
from thongsuot.sources.models import Citation
from thongsuot.sources.queries import citation_url
from thongsuot.units.models import Unit

CONFIRMED = Retention(
    reason="A figure in the register names who took it over from the text.",
    until="As long as the figure is kept; the archive rules of the authority decide.",
)


class Indicator(models.Model):
    """Something counted or measured. A proposed one came up in a text and is not in the catalogue yet."""

    code = models.CharField(_("Mã"), max_length=60, unique=True)
    name = models.CharField(_("Tên chỉ tiêu"), max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    unit_of_measure = models.CharField(_("Đơn vị tính"), max_length=60)
    pillar = models.CharField(_("Trụ cột"), max_length=12, blank=True)
    kind = models.CharField(_("Loại"), max_length=12, choices=Kind)
    aggregation = models.CharField(_("Cách tổng hợp"), max_length=8, choices=Aggregation)
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
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "vi") != "vi" else self.name


class Figure(models.Model):
    """One number as a text gave it: of an indicator, in a unit, on a day. Others may differ; all are kept."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="figures", verbose_name=_("Chỉ tiêu")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="figures", verbose_name=_("Đơn vị"))
    on = models.DateField(_("Ngày"))
    value = models.DecimalField(_("Giá trị"), max_digits=24, decimal_places=6)
    # The upper end of a range, or what a ratio is out of.
    second = models.DecimalField(_("Giá trị thứ hai"), max_digits=24, decimal_places=6, null=True, blank=True)
    qualifier = models.CharField(_("Mức xác định"), max_length=6, choices=Qualifier, default=Qualifier.EXACT)
    unit_of_measure = models.CharField(_("Đơn vị tính"), max_length=60)
    as_printed = models.CharField(_("Nguyên văn"), max_length=300)
    citation = models.ForeignKey(
        Citation, on_delete=models.PROTECT, related_name="figures", verbose_name=_("Câu gốc")
    )
    confirmed_by = models.CharField(_("Người xác nhận"), max_length=200)
    origin = models.CharField(_("Nơi phát sinh"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("Ghi nhận lúc"), auto_now_add=True)

    personal_data: ClassVar[dict[str, Retention]] = {"confirmed_by": CONFIRMED}

    class Meta:
        verbose_name = _("số liệu")
        ordering = ("-on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "on", "citation"], name="figure_once_a_place"
            ),
            models.CheckConstraint(
                condition=Q(qualifier__in=PAIRED, second__isnull=False)
                | (~Q(qualifier__in=PAIRED) & Q(second__isnull=True)),
                name="figure_second_value_fits",
            ),
            models.CheckConstraint(
                condition=~Q(qualifier=Qualifier.RANGE) | Q(second__gte=F("value")), name="figure_range_rises"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "indicator", "-on", "-id"], name="figure_newest"),
            models.Index(fields=["indicator", "-on"], name="figure_indicator_day"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.display()}"

    @property
    def quote_url(self) -> str:
        return citation_url(self.citation)

    def display(self) -> str:
        """As sure as the text was: "hơn 152.000 dân" is never shown as 152.000."""
        return printed_value(self.value, self.second, self.qualifier, self.unit_of_measure)

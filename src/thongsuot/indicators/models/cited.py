"""Figures as texts give them: of an indicator, in a unit, on a day."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.indicators.display import printed_value
from thongsuot.indicators.enums import PAIRED, Qualifier
from thongsuot.indicators.models.catalogue import Indicator
from thongsuot.sources.models import Citation
from thongsuot.sources.queries import citation_url
from thongsuot.units.models import Unit

CONFIRMED = Retention(
    reason="A figure in the register names who took it over from the text.",
    until="As long as the figure is kept; the archive rules of the authority decide.",
)


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

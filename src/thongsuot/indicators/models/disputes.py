"""A unit says of a figure the city holds about it that it is not so."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.indicators.display import in_figures
from thongsuot.indicators.enums import DisputeState
from thongsuot.indicators.models.catalogue import Indicator
from thongsuot.indicators.models.cited import Figure
from thongsuot.indicators.models.periods import Period
from thongsuot.indicators.models.stated import StatedFigure, Statement
from thongsuot.units.models import Unit

QUARREL = Retention(
    reason="A disputed figure names who disputed it and who answered.",
    until="As long as the figure is kept; the archive rules of the authority decide.",
)


class Dispute(models.Model):
    """Of what is stated, or of what a text gave. The figure stays as it was; a correction is a version of its own."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="disputes")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="disputes")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="disputes")
    stated = models.ForeignKey(
        StatedFigure, on_delete=models.CASCADE, null=True, blank=True, related_name="disputes"
    )
    cited = models.ForeignKey(
        Figure, on_delete=models.CASCADE, null=True, blank=True, related_name="disputes"
    )
    value = models.DecimalField(_("Số đề nghị"), max_digits=24, decimal_places=6)
    second = models.DecimalField(_("Trên tổng số"), max_digits=24, decimal_places=6, null=True, blank=True)
    reason = models.CharField(_("Lý do"), max_length=1000)
    state = models.CharField(_("Tình trạng"), max_length=8, choices=DisputeState, default=DisputeState.OPEN)
    raised_by = models.CharField(_("Người nêu"), max_length=200)
    raised_by_username = models.CharField(max_length=150)
    raised_at = models.DateTimeField(_("Nêu lúc"))
    answer = models.CharField(_("Trả lời"), max_length=1000, blank=True)
    answered_by = models.CharField(_("Người trả lời"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("Trả lời lúc"), null=True, blank=True)
    # The next version of the paper, in which the figure is corrected; it counts once that is taken in.
    corrected_in = models.ForeignKey(
        Statement, on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )

    personal_data: ClassVar[dict[str, Retention]] = {
        "raised_by": QUARREL,
        "raised_by_username": QUARREL,
        "answered_by": QUARREL,
    }

    class Meta:
        verbose_name = _("ý kiến về số liệu")
        ordering = ("-raised_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "period"], condition=Q(state="open"), name="dispute_one_open"
            ),
            models.CheckConstraint(
                condition=Q(stated__isnull=False, cited__isnull=True)
                | Q(stated__isnull=True, cited__isnull=False),
                name="dispute_of_one_figure",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="dispute_closed_is_answered",
            ),
            models.CheckConstraint(
                condition=Q(corrected_in__isnull=True) | Q(state="accepted"),
                name="dispute_corrected_when_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.unit}, {self.period}"

    @property
    def held(self) -> str:
        """What the register holds."""
        figure = self.stated or self.cited
        return figure.display() if figure else ""

    @property
    def proposed(self) -> str:
        return in_figures(self.value, self.second, self.indicator)

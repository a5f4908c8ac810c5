"""Conferences of a committee: one closes a period with its returns and opens the next with its tasks."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.audit.versions import Versioned
from thongsuot.indicators.models import Period
from thongsuot.matters.models import Order
from thongsuot.oversight.enums import ConferenceState
from thongsuot.oversight.models.meetings import Meeting
from thongsuot.returns.models import Round
from thongsuot.units.models import Unit
from thongsuot.web.links import link_to


class Conference(Versioned):
    """Prepared on a period's returns, held (then it is a meeting of the register), closed when all is given out."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="conferences", verbose_name=_("Đơn vị")
    )
    organisation = models.CharField(_("Cơ quan"), max_length=200)
    ordinal = models.PositiveSmallIntegerField(_("Lần thứ"))
    term = models.CharField(_("Nhiệm kỳ"), max_length=60)
    planned_on = models.DateField(_("Ngày dự kiến"))
    place = models.CharField(_("Địa điểm"), max_length=300, blank=True)
    closes = models.ForeignKey(
        Period,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Sơ kết kỳ"),
    )
    opens = models.ForeignKey(
        Period,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Nhiệm vụ của kỳ"),
    )
    # The returns whose consolidation lies before the conference.
    paper = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="conferences",
        verbose_name=_("Báo cáo trình hội nghị"),
    )
    meeting = models.OneToOneField(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="conference"
    )
    closed_on = models.DateField(_("Kết thúc ngày"), null=True, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("hội nghị")
        ordering = ("-planned_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "organisation", "term", "ordinal"], name="conference_once"
            ),
            models.CheckConstraint(condition=Q(ordinal__gt=0), name="conference_counted_from_one"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(meeting__isnull=False),
                name="conference_closed_after_held",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return link_to("oversight:conference", self.pk)

    @property
    def title(self) -> str:
        said = self.lower_title
        return said[:1].upper() + said[1:]

    @property
    def lower_title(self) -> str:
        """As inside a sentence."""
        return gettext("hội nghị %(body)s lần thứ %(ordinal)d, nhiệm kỳ %(term)s") % {
            "body": self.organisation,
            "ordinal": self.ordinal,
            "term": self.term,
        }

    @property
    def state(self) -> ConferenceState:
        if self.closed_on:
            return ConferenceState.CLOSED
        return ConferenceState.HELD if self.meeting_id else ConferenceState.PREPARED


class Conclusion(models.Model):
    """One point of what the conference concluded; a point that assigns work leads to an order."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="conclusions")
    position = models.PositiveSmallIntegerField(_("Thứ tự"))
    text = models.TextField(_("Kết luận"))
    assigns = models.BooleanField(_("Giao việc"), default=True)
    order = models.OneToOneField(
        Order, on_delete=models.SET_NULL, null=True, blank=True, related_name="conclusion"
    )

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("kết luận của hội nghị")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["conference", "position"], name="conclusion_position_once"),
            models.CheckConstraint(condition=~Q(text=""), name="conclusion_says_something"),
            models.CheckConstraint(
                condition=Q(assigns=True) | Q(order__isnull=True), name="conclusion_order_assigns"
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:80].rsplit(' ', 1)[0]}…"

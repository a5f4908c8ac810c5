from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.documents.models import Document
from thongsuot.oversight.enums import TRANSITIONS, SetAside, VisitState
from thongsuot.oversight.models.campaigns import WorkingGroup
from thongsuot.oversight.models.meetings import Meeting
from thongsuot.sources.models import Source
from thongsuot.units.models import Unit
from thongsuot.web.links import link_to


class Visit(models.Model):
    """A group goes to one unit, or to several at once. Its state follows from what has been noted of it."""

    group = models.ForeignKey(
        WorkingGroup, on_delete=models.PROTECT, related_name="visits", verbose_name=_("Tổ công tác")
    )
    units = models.ManyToManyField(Unit, related_name="visits", verbose_name=_("Đơn vị"))
    planned_on = models.DateField(_("Ngày dự kiến"))
    time = models.TimeField(_("Giờ"), null=True, blank=True)
    place = models.CharField(_("Địa điểm"), max_length=300, blank=True)
    notice_on = models.DateField(_("Ngày gửi thông báo"), null=True, blank=True)
    notice = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits_announced",
        verbose_name=_("Văn bản thông báo"),
    )
    held_on = models.DateField(_("Ngày làm việc"), null=True, blank=True)
    # The minutes: a meeting stands in the register only once a person has confirmed it.
    meeting = models.OneToOneField(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visit",
        verbose_name=_("Biên bản"),
    )
    reported_on = models.DateField(_("Ngày báo cáo"), null=True, blank=True)
    report = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits_reported",
        verbose_name=_("Văn bản báo cáo"),
    )
    report_source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits_reported",
        verbose_name=_("Tệp báo cáo"),
    )
    set_aside = models.CharField(_("Tạm gác"), max_length=10, choices=SetAside, blank=True)
    reason = models.CharField(_("Lý do hoãn, hủy"), max_length=500, blank=True)
    moved = models.PositiveSmallIntegerField(_("Số lần dời ngày"), default=0)
    first_planned_on = models.DateField(_("Ngày dự kiến lần đầu"))

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("buổi trong lịch giám sát")
        ordering = ("planned_on", "time", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=True) | Q(held_on__isnull=False), name="visit_minutes_of_one_held"
            ),
            models.CheckConstraint(
                condition=Q(reported_on__isnull=True) | Q(meeting__isnull=False),
                name="visit_reported_after_minutes",
            ),
            models.CheckConstraint(
                condition=Q(set_aside="")
                | (Q(set_aside__in=SetAside.values, held_on__isnull=True) & ~Q(reason="")),
                name="visit_set_aside_with_a_reason_before_it_was_held",
            ),
            models.CheckConstraint(
                condition=Q(notice_on__isnull=False) | Q(notice__isnull=True), name="visit_notice_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(reported_on__isnull=False) | Q(report__isnull=True, report_source__isnull=True),
                name="visit_report_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["group", "planned_on"], name="visit_group_day")]

    def __str__(self) -> str:
        return gettext("%(group)s, %(day)s") % {"group": self.group, "day": f"{self.day:%d-%m-%Y}"}

    def get_absolute_url(self) -> str:
        return link_to("oversight:visit", self.pk)

    @property
    def state(self) -> VisitState:
        if self.set_aside:
            return VisitState(self.set_aside)
        noted = (
            (self.reported_on, VisitState.REPORTED),
            (self.meeting_id, VisitState.MINUTES),
            (self.held_on, VisitState.HELD),
            (self.notice_on, VisitState.NOTIFIED),
        )
        return next((state for fact, state in noted if fact), VisitState.PLANNED)

    def may_become(self, state: VisitState) -> bool:
        return state in TRANSITIONS[self.state]

    @property
    def day(self) -> date:
        """The day it was held, or is to be."""
        return self.held_on or self.planned_on

    @property
    def is_set_aside(self) -> bool:
        return bool(self.set_aside)

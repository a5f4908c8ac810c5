from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.audit.versions import Versioned
from thongsuot.documents.models import Document
from thongsuot.oversight.enums import SeatPart
from thongsuot.units.models import Dated, Mandate, Unit
from thongsuot.web.links import link_to

PUBLIC_OFFICE = Retention(
    reason="Who acted in public office at a meeting, under which title that day.",
    until="As long as the meeting is kept; the archive rules of the authority decide.",
)
LED_THE_GROUP = Retention(
    reason="Who led or sat in a working group of a public campaign, under which title, from when to when.",
    until="As long as the campaign is kept; the archive rules of the authority decide.",
)


class Campaign(Versioned):
    """A supervision campaign of a province or city under one plan."""

    title = models.CharField(_("Tên đợt"), max_length=300)
    plan = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("Kế hoạch"),
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("Đơn vị")
    )
    started_on = models.DateField(_("Bắt đầu"))
    ended_on = models.DateField(_("Kết thúc"), null=True, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("đợt giám sát")
        ordering = ("-started_on", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["unit", "title"], name="campaign_once"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="campaign_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return link_to("oversight:campaign", self.pk)

    @property
    def short(self) -> str:
        """Beside the number of a group: the plan by its symbol, else the title."""
        return (self.plan.printed if self.plan else "") or self.title


class WorkingGroup(Versioned):
    """A group of a campaign; its number means nothing without the campaign."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="groups", verbose_name=_("Đợt giám sát")
    )
    number = models.PositiveSmallIntegerField(_("Số tổ"))
    name = models.CharField(_("Tên tổ"), max_length=200, blank=True)
    units = models.ManyToManyField(Unit, blank=True, related_name="working_groups", verbose_name=_("Đơn vị"))
    members = models.ManyToManyField(
        Mandate, blank=True, related_name="working_groups", verbose_name=_("Thành viên")
    )
    # Party committees that are no administrative unit (the party committee of the city government, …), by name.
    blocs = models.JSONField(_("Đảng bộ khối"), default=list, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("tổ công tác")
        ordering = ("campaign", "number")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="group_number_once_a_campaign"),
            models.CheckConstraint(condition=Q(number__gt=0), name="group_number_positive"),
        ]

    def __str__(self) -> str:
        return gettext("Tổ công tác số %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return link_to("oversight:group", self.pk)

    @property
    def label(self) -> str:
        """Never without its campaign, where groups of several are listed together."""
        return f"{self} · {self.campaign.short}"

    @property
    def key(self) -> str:
        """How the register of matters knows it."""
        return f"oversight.workinggroup:{self.pk}"

    def led_by(self, on: date) -> "GroupSeat | None":
        """From the seats that are loaded, so that a board of many groups asks once."""
        return next(
            (seat for seat in self.seats.all() if seat.part == SeatPart.LEADER and seat.holds_on(on)), None
        )


class GroupSeat(Dated):
    """Who leads or sits in a group, under the title of that time; a new title is a new row."""

    group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, related_name="seats", verbose_name=_("Tổ công tác")
    )
    part = models.CharField(_("Phần việc"), max_length=10, choices=SeatPart)
    name = models.CharField(_("Họ và tên"), max_length=150)
    title_as_was = models.CharField(_("Chức vụ khi đó"), max_length=300, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {"name": LED_THE_GROUP, "title_as_was": LED_THE_GROUP}

    class Meta:
        verbose_name = _("người của tổ công tác")
        ordering = ("group", "valid_from", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="seat_has_a_name"),
            models.CheckConstraint(condition=Q(part__in=SeatPart.values), name="seat_part_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="seat_ends_after_start",
            ),
            models.UniqueConstraint(fields=["group", "part", "name", "valid_from"], name="seat_once_a_day"),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(part=SeatPart.LEADER, valid_to__isnull=True),
                name="seat_one_leader_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.name}"

    @property
    def with_title(self) -> str:
        return f"{self.name}, {self.title_as_was}" if self.title_as_was else self.name

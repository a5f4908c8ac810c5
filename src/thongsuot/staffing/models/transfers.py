from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import PERMANENT_TRAIL, Retention
from thongsuot.audit.versions import Versioned
from thongsuot.matters.models import Matter
from thongsuot.staffing.enums import OPEN_TRANSFERS, Answer, Means, Party, TransferKind, TransferState
from thongsuot.staffing.models.people import IDENTITY, Holding, Person
from thongsuot.staffing.models.plans import PlanMove
from thongsuot.staffing.models.positions import Position
from thongsuot.units.models import Unit
from thongsuot.web.links import link_to

HEARING = Retention(
    reason=_("Nghị định 170/2025/NĐ-CP, Điều 25: phải gặp, nghe ý kiến trước khi quyết định; đây là căn cứ."),
    until=_("Cùng thời hạn với quyết định; theo quy định lưu trữ của cơ quan."),
)

IN_REGISTERS = [TransferState.IN_EFFECT, TransferState.CLOSED, TransferState.ENDED]


class Transfer(Versioned):
    """A transfer file: from the proposal to the hand-over, each step with its day and its author."""

    number = models.CharField(_("Số hồ sơ"), max_length=20, unique=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="transfers", verbose_name=_("Người")
    )
    kind = models.CharField(_("Loại"), max_length=10, choices=TransferKind)
    means = models.CharField(_("Hình thức"), max_length=12, choices=Means, default=Means.TRANSFER)
    from_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="transfers_out", verbose_name=_("Nơi đi")
    )
    from_position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="+", verbose_name=_("Vị trí đang giữ")
    )
    to_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="transfers_in", verbose_name=_("Nơi đến")
    )
    to_position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="+", verbose_name=_("Vị trí mới")
    )
    # The department a head or a deputy is to lead, where the position is of several (as of a holding).
    to_body = models.CharField(_("Phòng phụ trách"), max_length=50, blank=True)
    move = models.OneToOneField(
        PlanMove, on_delete=models.PROTECT, null=True, blank=True, related_name="transfer"
    )
    state = models.CharField(
        _("Tình trạng"), max_length=10, choices=TransferState, default=TransferState.OPENED
    )
    opened_on = models.DateField(_("Lập ngày"))
    opened_by = models.CharField(_("Người lập"), max_length=200)
    reason = models.CharField(_("Lý do điều động"), max_length=500)

    heard_on = models.DateField(_("Gặp, nghe ý kiến ngày"), null=True, blank=True)
    heard_by = models.CharField(_("Người gặp"), max_length=200, blank=True)
    view = models.TextField(_("Ý kiến của người được điều động"), blank=True)
    person_agrees = models.BooleanField(_("Người được điều động đồng ý"), null=True, blank=True)

    decision_number = models.CharField(_("Số quyết định"), max_length=60, blank=True)
    decision_on = models.DateField(_("Ngày quyết định"), null=True, blank=True)
    decided_by = models.CharField(_("Người ký"), max_length=200, blank=True)
    effective_on = models.DateField(_("Có hiệu lực từ"), null=True, blank=True)
    ends_on = models.DateField(_("Biệt phái đến ngày"), null=True, blank=True)
    holding = models.OneToOneField(
        Holding, on_delete=models.PROTECT, null=True, blank=True, related_name="transfer"
    )
    # Codes of who was consulted before the decision (lawbook/data/transfers.yaml).
    consulted = models.JSONField(_("Đã xin ý kiến"), default=list, blank=True)
    refused_because = models.CharField(_("Lý do không đồng ý"), max_length=500, blank=True)
    cancelled_because = models.CharField(_("Lý do hủy"), max_length=500, blank=True)
    training_need = models.CharField(_("Cần bồi dưỡng"), max_length=300, blank=True)
    # Why a decision that is due did not take effect; empty when nothing stands in its way.
    trouble = models.CharField(_("Trở ngại"), max_length=500, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {
        "person": IDENTITY,
        "view": HEARING,
        "person_agrees": HEARING,
        "heard_by": HEARING,
        "opened_by": PERMANENT_TRAIL,
        "decided_by": PERMANENT_TRAIL,
        "training_need": IDENTITY,
        "trouble": IDENTITY,
    }

    class Meta:
        verbose_name = _("hồ sơ điều động")
        ordering = ("-opened_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(
                    state__in=list(OPEN_TRANSFERS),
                ),
                name="one_open_transfer_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[
                        TransferState.DECIDED,
                        TransferState.IN_EFFECT,
                        TransferState.CLOSED,
                        TransferState.ENDED,
                    ]
                )
                | Q(heard_on__isnull=False, effective_on__isnull=False) & ~Q(decision_number=""),
                name="decision_after_hearing_with_number_and_day",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(means=Means.SECONDMENT, ends_on__gte=F("effective_on")),
                name="only_a_secondment_ends_and_not_before_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state=TransferState.CANCELLED) | ~Q(cancelled_because=""),
                name="cancelled_transfer_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=IN_REGISTERS, holding__isnull=False)
                | ~Q(state__in=IN_REGISTERS) & Q(holding__isnull=True),
                name="in_effect_means_a_post_is_held",
            ),
        ]
        indexes = [models.Index(fields=["state", "effective_on"], name="transfer_due_to_take_effect")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return link_to("staffing:transfer", self.pk)


class Consent(models.Model):
    """One party asked about a transfer, its clock and its answer; silence past `due_on` is overdue, then escalated."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="consents")
    party = models.CharField(_("Bên"), max_length=12, choices=Party)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="transfer_consents", verbose_name=_("Đơn vị")
    )
    # The parties of a round are asked when the round before has agreed (lawbook/data/transfers.yaml).
    round = models.PositiveSmallIntegerField(_("Lượt hỏi"), default=0)
    asked_on = models.DateField(_("Hỏi ngày"))
    due_on = models.DateField(_("Hạn trả lời"))
    answer = models.CharField(_("Trả lời"), max_length=7, choices=Answer, blank=True)
    reason = models.CharField(_("Lý do"), max_length=500, blank=True)
    answered_on = models.DateField(_("Trả lời ngày"), null=True, blank=True)
    answered_by = models.CharField(_("Người trả lời"), max_length=200, blank=True)
    escalated_on = models.DateField(_("Chuyển lên ngày"), null=True, blank=True)
    # The task by which the loop reminds the unit and shows the delay.
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    personal_data: ClassVar[dict[str, Retention]] = {"answered_by": PERMANENT_TRAIL, "reason": HEARING}

    class Meta:
        verbose_name = _("ý kiến về điều động")
        ordering = ("transfer", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["transfer", "party", "unit", "asked_on"], name="consent_asked_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | ~Q(answer="") & Q(answered_on__isnull=False),
                name="consent_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.REFUSES) | ~Q(reason=""), name="refusal_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transfer}, {self.get_party_display()}: {self.unit}"


class HandoverItem(models.Model):
    """One thing to hand over; the list comes from lawbook/data/transfers.yaml."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="handover")
    code = models.CharField(max_length=40)
    what = models.CharField(_("Nội dung bàn giao"), max_length=300)
    done_on = models.DateField(_("Xong ngày"), null=True, blank=True)
    done_by = models.CharField(_("Người ghi"), max_length=200, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {"done_by": PERMANENT_TRAIL}

    class Meta:
        verbose_name = _("nội dung bàn giao")
        ordering = ("transfer", "pk")
        constraints = [models.UniqueConstraint(fields=["transfer", "code"], name="handover_item_once")]

    def __str__(self) -> str:
        return self.what

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.lawbook.topics import OTHER
from thongsuot.matters.enums import OrderState
from thongsuot.matters.models.origins import Origin
from thongsuot.units.models import Body, Unit
from thongsuot.web.links import link_to

NAMED_IN_ORDER = Retention(
    reason="The six clears ask for the person who answers for a task, by name or office.",
    until="As long as the register of matters is kept; the archive rules of the authority decide.",
)


class Order(models.Model):
    """One act that issues a task to one unit or to many; each unit has its own task, clock and state."""

    state = models.CharField(_("Trạng thái"), max_length=10, choices=OrderState, default=OrderState.DRAFT)
    text = models.TextField(_("Việc"))
    person = models.CharField(_("Người chịu trách nhiệm"), max_length=200, blank=True)
    product = models.TextField(_("Sản phẩm"), blank=True)
    basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)
    due_on = models.DateField(_("Hạn"), null=True, blank=True)
    topic = models.CharField(_("Lĩnh vực"), max_length=40, default=OTHER)
    priority = models.BooleanField(_("Ưu tiên"), default=False)
    # The kind of body that leads in each unit (lawbook bodies: peoples_committee, party_committee, …).
    lead_code = models.CharField(_("Cơ quan chủ trì"), max_length=50, blank=True)
    supporters = models.ManyToManyField(Body, blank=True, related_name="+", verbose_name=_("Phối hợp"))
    units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("Đơn vị thực hiện"))
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Bên giao"))
    # Where a department gives work to its own people: the department.
    issuer_body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Cơ quan giao"),
    )
    origin = models.ForeignKey(
        Origin,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name=_("Nơi phát sinh"),
    )
    version = models.PositiveSmallIntegerField(_("Bản"), default=1)
    issued_on = models.DateField(_("Ngày giao"), null=True, blank=True)
    author = models.CharField(_("Người soạn"), max_length=300, blank=True)
    author_username = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    personal_data: ClassVar[dict[str, Retention]] = {
        "person": NAMED_IN_ORDER,
        "author": NAMED_IN_ORDER,
        "author_username": NAMED_IN_ORDER,
    }

    class Meta:
        verbose_name = _("lệnh giao nhiệm vụ")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="order_says_something"),
            models.CheckConstraint(
                condition=Q(state=OrderState.DRAFT)
                | ~Q(person="")
                & ~Q(product="")
                & ~Q(basis="")
                & ~Q(lead_code="")
                & Q(due_on__isnull=False, issued_on__isnull=False, due_on__gte=F("issued_on"))
                | Q(state=OrderState.WITHDRAWN),
                name="order_issued_with_the_six_clears",
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:80].rsplit(' ', 1)[0]}…"

    def get_absolute_url(self) -> str:
        return link_to("matters:order", self.pk)


class OrderVersion(models.Model):
    """An order as it stood: what was changed is told by comparing two of them."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField(_("Bản"))
    content = models.JSONField()
    reason = models.CharField(_("Lý do"), max_length=500, blank=True)
    author = models.CharField(_("Người sửa"), max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    personal_data: ClassVar[dict[str, Retention]] = {"content": NAMED_IN_ORDER, "author": NAMED_IN_ORDER}

    class Meta:
        verbose_name = _("bản của lệnh giao")
        ordering = ("version",)
        constraints = [models.UniqueConstraint(fields=["order", "version"], name="order_version_once")]

    def __str__(self) -> str:
        return f"{self.order} ({self.version})"

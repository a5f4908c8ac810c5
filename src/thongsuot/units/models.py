from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.actors import Actor
from thongsuot.audit.retention import Retention
from thongsuot.audit.versions import Versioned
from thongsuot.lawbook.roles import Role, roles
from thongsuot.units.enums import ChangeKind, Kind, Reach, Tier, Verb

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

# The beginning of units older than our records.
UNRECORDED = date(1900, 1, 1)
AT_A_BODY = sorted(role.code for role in roles().values() if role.reach == Reach.BODY)


class Dated(models.Model):
    """Holds from `valid_from` until the day before `valid_to`."""

    valid_from = models.DateField(_("Từ ngày"))
    valid_to = models.DateField(_("Đến trước ngày"), null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


UNIT_NAMED_BY = ("kind", "name")  # columns; the same words as Unit.__str__, where no rows are made


class Unit(Versioned, Dated):
    """An administrative unit during its life; what came before or after it is told by Succession."""

    code = models.CharField(_("Mã"), max_length=10)
    tier = models.CharField(_("Cấp"), max_length=10, choices=Tier)
    kind = models.CharField(_("Loại"), max_length=12, choices=Kind)
    name = models.CharField(_("Tên"), max_length=100)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Trực thuộc"),
    )
    latitude = models.FloatField(_("Vĩ độ"), null=True, blank=True)
    longitude = models.FloatField(_("Kinh độ"), null=True, blank=True)
    area_km2 = models.FloatField(_("Diện tích (km²)"), null=True, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("đơn vị")
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="unit_code_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="unit_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(area_km2__isnull=True) | Q(area_km2__gt=0), name="unit_area_positive"
            ),
        ]
        indexes = [models.Index(fields=["parent", "valid_to", "name"], name="unit_parent_current")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def title(self) -> str:
        """With a capital, as at the head of a page."""
        return f"{self.kind[:1].upper()}{self.kind[1:]} {self.name}"

    @property
    def is_former(self) -> bool:
        return self.valid_to is not None


class UnitName(Dated):
    """A name the unit bears or bore; the two folded columns serve search."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=120)
    bare = models.CharField(max_length=120, db_index=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("tên đơn vị")
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_one_name_at_a_time"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="unit_name_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class ChangeEvent(models.Model):
    """A dated act that made, ended or renamed units."""

    kind = models.CharField(_("Loại biến động"), max_length=20, choices=ChangeKind)
    on = models.DateField(_("Ngày có hiệu lực"), db_index=True)
    title = models.CharField(_("Nội dung"), max_length=300)
    basis = models.CharField(_("Căn cứ"), max_length=300)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("biến động đơn vị")
        ordering = ("-on", "pk")
        constraints = [models.UniqueConstraint(fields=["kind", "on", "title"], name="change_event_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.on:%d-%m-%Y})"


class Succession(models.Model):
    """In one event, `predecessor` passed to `successor`, wholly or in part."""

    event = models.ForeignKey(ChangeEvent, on_delete=models.CASCADE, related_name="successions")
    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="passed_to")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="came_from")
    whole = models.BooleanField(_("Toàn bộ"), default=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("liên hệ trước – sau")
        constraints = [
            models.UniqueConstraint(fields=["event", "predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_between_two_units"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Body(Dated):
    """A committee, council, department or centre inside a unit."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="bodies", verbose_name=_("Đơn vị"))
    code = models.CharField(_("Mã"), max_length=50)
    name = models.CharField(_("Tên"), max_length=200)
    bare = models.CharField(max_length=200, db_index=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("cơ quan, tổ chức")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["unit", "code", "valid_from"], name="body_once_in_a_unit")
        ]

    def __str__(self) -> str:
        return self.name


# One taken back on its first day was never held: its end is its beginning.
_HELD = Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))


def role_name(code: str) -> str:
    names = roles()[code].name
    return names.get(get_language() or "vi", names["vi"])


def called(role_code: str, standing_in_for: str | None) -> str:
    """The role, and for whom its holder stands in."""
    role = role_name(role_code)
    return (
        str(_("%(role)s, thay %(name)s") % {"role": role, "name": standing_in_for})
        if standing_in_for
        else role
    )


class Mandate(Versioned, Dated):
    """A user in a role at a unit for a period: the only source of rights.

    `fields` narrows the second axis, the work: codes of topics; empty means every field of work. A deputy's
    mandate names the one it stands for, and never outlives it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mandates")
    role_code = models.CharField(_("Vai trò"), max_length=30)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("Đơn vị")
    )
    covers = models.ManyToManyField(Unit, blank=True, related_name="covered_by", verbose_name=_("Phụ trách"))
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("Cơ quan"),
    )
    fields = models.JSONField(_("Lĩnh vực"), default=list, blank=True)
    # Keys of the units wholly merged into the unit before the mandate began: their records came with them.
    inherited = models.JSONField(default=list, blank=True, editable=False)
    deputy_of = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name=_("Thay"),
    )

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("vai trò được giao")
        ordering = ("user", "valid_from", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role_code", "unit", "valid_from"],
                condition=Q(body__isnull=True, deputy_of__isnull=True) & _HELD,
                name="mandate_granted_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role_code", "body", "valid_from"],
                condition=Q(body__isnull=False, deputy_of__isnull=True) & _HELD,
                name="mandate_granted_once_at_a_body",
            ),
            models.UniqueConstraint(
                fields=["user", "deputy_of", "valid_from"],
                condition=Q(deputy_of__isnull=False) & _HELD,
                name="mandate_deputised_once",
            ),
            models.CheckConstraint(condition=Q(role_code__in=sorted(roles())), name="mandate_role_is_known"),
            models.CheckConstraint(
                condition=Q(role_code__in=AT_A_BODY, body__isnull=False)
                | (~Q(role_code__in=AT_A_BODY) & Q(body__isnull=True)),
                name="mandate_at_a_body_where_the_role_is",
            ),
            models.CheckConstraint(condition=~Q(deputy_of=F("pk")), name="mandate_not_its_own_deputy"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="mandate_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.called} · {self.place}"

    @property
    def role(self) -> Role:
        return roles()[self.role_code]

    @property
    def role_name(self) -> str:
        return role_name(self.role_code)

    @property
    def place(self) -> str:
        """Where it is held: the body and its unit, or the unit."""
        return f"{self.body}, {self.unit}" if self.body else str(self.unit)

    @property
    def places(self) -> list[int]:
        """The unit it is held at, with those that were merged into it."""
        return [self.unit_id, *self.inherited]

    @property
    def called(self) -> str:
        """The role, and for whom its holder stands in."""
        return called(self.role_code, str(self.deputy_of.user) if self.deputy_of else None)

    def allows(self, verb: str) -> bool:
        """What is passed on for a while cannot be passed on further."""
        return verb in self.role.verbs and not (self.deputy_of_id and verb == Verb.DELEGATE)

    @property
    def actor(self) -> Actor:
        user: User = self.user
        role = self.role.name["vi"]
        if self.deputy_of:
            role = f"{role}, thay {self.deputy_of.user}"
        return Actor(user.username, str(user), role, self.place, self.unit_id)

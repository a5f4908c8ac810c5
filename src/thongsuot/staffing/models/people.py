"""The people of the staffing registers. They are not accounts: a person stays here when an account is gone."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.audit.versions import Versioned
from thongsuot.staffing.enums import Category, Degree, HoldingKind, Relation, Sex
from thongsuot.staffing.models.positions import ENDS_AFTER_START, Position
from thongsuot.units.models import Dated, Unit
from thongsuot.web.links import link_to

_WHILE_IN_SERVICE = _("Khi còn công tác và mười năm sau đó; sau nữa theo quy định lưu trữ của cơ quan.")
IDENTITY = Retention(
    reason=_("Hồ sơ nhân sự của cơ quan nhà nước: ai giữ vị trí nào."), until=_WHILE_IN_SERVICE
)
FOR_PLACEMENT = Retention(
    reason=_("Bố trí người vào vị trí đúng chuyên môn; để biết vì sao một vị trí được đề xuất."),
    until=_WHILE_IN_SERVICE,
)
EQUAL_TREATMENT = Retention(
    reason=_("Tính hạn nghỉ hưu, hạn chuyển đổi vị trí; kiểm tra phương án đối xử với mọi người như nhau."),
    until=_WHILE_IN_SERVICE,
)
GIVEN_FREELY = Retention(
    reason=_("Người đó tự cho biết để được bố trí gần nhà hoặc theo nguyện vọng; không dùng vào việc khác."),
    until=_("Đến khi người đó rút lại, hoặc một năm sau khi được bố trí."),
)
RESTRICTED = Retention(
    reason=_("Luật không cho điều động lúc này; chỉ giữ mã trường hợp, không ghi bệnh án, nội dung kỷ luật."),
    until=_("Hai năm sau khi trường hợp kết thúc."),
)
KINSHIP = Retention(
    reason=_(
        "Quy định 114-QĐ/TW: người thân không cùng một tập thể lãnh đạo, không quản lý tiền, nhân sự của nhau."
    ),
    until=_("Khi cả hai còn công tác."),
)


class Person(Versioned):
    """Somebody on the payroll of a commune, a Party body, a mass organisation or a department."""

    number = models.CharField(_("Số hồ sơ"), max_length=20, unique=True)
    full_name = models.CharField(_("Họ và tên"), max_length=120)
    bare = models.CharField(max_length=120, db_index=True, editable=False)
    sex = models.CharField(_("Giới tính"), max_length=6, choices=Sex, blank=True)
    born_on = models.DateField(_("Ngày sinh"), null=True, blank=True)
    category = models.CharField(_("Đối tượng"), max_length=15, choices=Category)
    rank = models.CharField(_("Ngạch"), max_length=60, blank=True)
    joined_on = models.DateField(_("Vào ngành từ"), null=True, blank=True)
    left_on = models.DateField(_("Thôi từ ngày"), null=True, blank=True)
    left_because = models.CharField(_("Lý do thôi"), max_length=200, blank=True)
    # Where they worked or lived before the reorganisation: rule 3 of placement lets them go back there.
    origin = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="staff_from_here",
        verbose_name=_("Đơn vị gốc"),
    )
    home_latitude = models.FloatField(null=True, blank=True)
    home_longitude = models.FloatField(null=True, blank=True)
    home_given_on = models.DateField(_("Ngày cho biết nơi ở"), null=True, blank=True)
    synthetic = models.BooleanField(_("Người giả định"), default=False)

    personal_data: ClassVar[dict[str, Retention]] = {
        "number": IDENTITY,
        "full_name": IDENTITY,
        "bare": IDENTITY,
        "sex": EQUAL_TREATMENT,
        "born_on": EQUAL_TREATMENT,
        "rank": FOR_PLACEMENT,
        "category": IDENTITY,
        "joined_on": FOR_PLACEMENT,
        "left_on": IDENTITY,
        "left_because": IDENTITY,
        "origin": FOR_PLACEMENT,
        "home_latitude": GIVEN_FREELY,
        "home_longitude": GIVEN_FREELY,
        "home_given_on": GIVEN_FREELY,
    }

    class Meta:
        verbose_name = _("người trong sổ nhân sự")
        ordering = ("number",)
        constraints = [
            models.CheckConstraint(condition=~Q(full_name=""), name="staff_person_has_a_name"),
            models.CheckConstraint(
                condition=Q(
                    home_latitude__isnull=True, home_longitude__isnull=True, home_given_on__isnull=True
                )
                | Q(home_latitude__isnull=False, home_longitude__isnull=False, home_given_on__isnull=False),
                name="home_is_a_point_given_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(left_on__gte=F("joined_on")),
                name="staff_person_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        """The number alone: names are shown to those who may see them (staffing.policies)."""
        return self.number

    def get_absolute_url(self) -> str:
        return link_to("staffing:person", self.pk)


class Qualification(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="qualifications")
    degree = models.CharField(_("Trình độ"), max_length=10, choices=Degree)
    major = models.CharField(_("Ngành"), max_length=120)

    personal_data: ClassVar[dict[str, Retention]] = {"degree": FOR_PLACEMENT, "major": FOR_PLACEMENT}

    class Meta:
        verbose_name = _("văn bằng")
        ordering = ("person", "pk")
        constraints = [
            models.UniqueConstraint(fields=["person", "degree", "major"], name="qualification_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_degree_display()} {self.major}"


class Experience(models.Model):
    """Years on a position before or outside these registers."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="experiences")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="experiences")
    years = models.DecimalField(_("Số năm"), max_digits=4, decimal_places=1)

    personal_data: ClassVar[dict[str, Retention]] = {"years": FOR_PLACEMENT}

    class Meta:
        verbose_name = _("kinh nghiệm")
        ordering = ("person", "position")
        constraints = [
            models.UniqueConstraint(fields=["person", "position"], name="experience_once"),
            models.CheckConstraint(condition=Q(years__gte=0), name="experience_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.years}"


class Training(models.Model):
    """A course taken for a position; from `finished_on` the person meets the standard by it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="trainings")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="trainings")
    course = models.CharField(_("Lớp bồi dưỡng"), max_length=200)
    planned_on = models.DateField(_("Dự kiến"), null=True, blank=True)
    finished_on = models.DateField(_("Hoàn thành"), null=True, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {
        "course": FOR_PLACEMENT,
        "planned_on": FOR_PLACEMENT,
        "finished_on": FOR_PLACEMENT,
    }

    class Meta:
        verbose_name = _("bồi dưỡng")
        ordering = ("person", "pk")
        constraints = [models.UniqueConstraint(fields=["person", "position", "course"], name="training_once")]

    def __str__(self) -> str:
        return self.course


class Wish(models.Model):
    """Where a person would like to serve; nothing is read into a wish that was not said."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wishes")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Đơn vị"))
    given_on = models.DateField(_("Ngày nêu"))

    personal_data: ClassVar[dict[str, Retention]] = {"unit": GIVEN_FREELY, "given_on": GIVEN_FREELY}

    class Meta:
        verbose_name = _("nguyện vọng")
        ordering = ("person", "pk")
        constraints = [models.UniqueConstraint(fields=["person", "unit"], name="unit_wished_once")]

    def __str__(self) -> str:
        return str(self.unit)


class Lock(Dated):
    """A case in which the law forbids moving the person: its code (lawbook/data/locks.yaml) and its days, no text."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="locks")
    reason = models.CharField(_("Trường hợp"), max_length=40)

    personal_data: ClassVar[dict[str, Retention]] = {
        "reason": RESTRICTED,
        "valid_from": RESTRICTED,
        "valid_to": RESTRICTED,
    }

    class Meta:
        verbose_name = _("trường hợp chưa điều động")
        ordering = ("person", "valid_from")
        constraints = [
            models.UniqueConstraint(fields=["person", "reason", "valid_from"], name="lock_once_a_day"),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="lock_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.reason}"


class Kinship(models.Model):
    """Two people who may not lead together; kept once, the lower number first."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kin")
    relative = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kin_of")
    relation = models.CharField(_("Quan hệ"), max_length=10, choices=Relation)

    personal_data: ClassVar[dict[str, Retention]] = {"relation": KINSHIP}

    class Meta:
        verbose_name = _("quan hệ gia đình")
        ordering = ("person", "relative")
        constraints = [
            models.UniqueConstraint(fields=["person", "relative"], name="kinship_once"),
            models.CheckConstraint(condition=Q(person__lt=F("relative")), name="kinship_lower_key_first"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.relative}"


class Holding(Versioned, Dated):
    """A post and its holder for a time. History is never rewritten: a holding ends, and another begins."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("Người")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("Đơn vị")
    )
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("Vị trí")
    )
    kind = models.CharField(_("Hình thức"), max_length=10, choices=HoldingKind, default=HoldingKind.FULL)
    # Which department a head or a deputy leads, where the position is of several: a code of lawbook/data/bodies.yaml.
    body = models.CharField(_("Phòng phụ trách"), max_length=50, blank=True)
    # Someone on secondment stays on the payroll of the unit they came from.
    payroll = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="payroll_holdings",
        verbose_name=_("Nơi trả lương"),
    )
    basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {
        "person": IDENTITY,
        "valid_from": IDENTITY,
        "valid_to": IDENTITY,
    }

    class Meta:
        verbose_name = _("người giữ vị trí")
        ordering = ("person", "valid_from", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind=HoldingKind.FULL, valid_to__isnull=True),
                name="one_full_post_a_person",
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "position", "kind", "valid_from"], name="holding_once_a_day"
            ),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="holding_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(kind=HoldingKind.SECONDMENT)
                | Q(kind=HoldingKind.SECONDMENT, payroll__isnull=False, valid_to__isnull=False),
                name="secondment_keeps_a_payroll_and_ends",
            ),
        ]
        indexes = [models.Index(fields=["unit", "position", "valid_to"], name="holding_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.person}: {self.position}, {self.unit}"

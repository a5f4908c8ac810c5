"""What a kind of return asks for: indicators line by line, and sections in words."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.audit.versions import Versioned
from thongsuot.documents.models import Document
from thongsuot.indicators.enums import Calendar, PeriodKind
from thongsuot.indicators.models import Indicator
from thongsuot.returns.enums import Audience, Prefill, SectionKind
from thongsuot.units.models import Dated, Unit
from thongsuot.web.links import link_to


class ReturnTemplate(Versioned, Dated):
    """Asked by `issuer` (a province) of the communes under it; without issuer it is asked in the whole country."""

    code = models.CharField(_("Mã mẫu"), max_length=40)
    name = models.CharField(_("Tên mẫu báo cáo"), max_length=300)
    issuer = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Cấp giao")
    )
    basis = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Căn cứ")
    )
    calendar = models.CharField(_("Lịch báo cáo"), max_length=6, choices=Calendar, default=Calendar.STATE)
    period_kind = models.CharField(_("Loại kỳ"), max_length=12, choices=PeriodKind)
    # Working days after the cut-off; empty: as the lawbook has it for this kind of period.
    due_working_days = models.PositiveSmallIntegerField(_("Số ngày làm việc để nộp"), null=True, blank=True)
    layout = models.CharField(_("Thể thức"), max_length=20)  # lawbook paper layouts: State or Party
    audience = models.CharField(
        _("Đơn vị báo cáo"), max_length=10, choices=Audience, default=Audience.ALL_COMMUNES
    )
    chosen_units = models.ManyToManyField(Unit, blank=True, related_name="+")

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("mẫu báo cáo")
        ordering = ("name", "-valid_from")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "issuer", "valid_from"], name="return_template_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="return_template_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return link_to("returns:template", self.pk)


class TemplateLine(models.Model):
    """One indicator asked for, and what a sound answer looks like."""

    template = models.ForeignKey(ReturnTemplate, on_delete=models.CASCADE, related_name="lines")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("Thứ tự"))
    heading = models.CharField(_("Nhóm"), max_length=200, blank=True)
    required = models.BooleanField(_("Bắt buộc"), default=True)
    least = models.DecimalField(_("Nhỏ nhất"), max_digits=24, decimal_places=6, null=True, blank=True)
    most = models.DecimalField(_("Lớn nhất"), max_digits=24, decimal_places=6, null=True, blank=True)
    # More than this many times the last period, or less than that part of it, is asked about.
    jump = models.DecimalField(_("Biến động cần giải trình (lần)"), max_digits=6, decimal_places=2, null=True)
    # The line it is a part of: parts add up to their whole.
    part_of = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts")
    prefill = models.CharField(_("Điền sẵn"), max_length=8, choices=Prefill, default=Prefill.NOTHING)
    # Which count of the loop (returns.prefilling), where `prefill` says so.
    counted = models.CharField(_("Số đếm"), max_length=40, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("dòng chỉ tiêu")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["template", "indicator"], name="template_line_once"),
            models.UniqueConstraint(fields=["template", "position"], name="template_line_position_once"),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(most__gte=F("least")),
                name="template_line_range",
            ),
            models.CheckConstraint(
                condition=Q(prefill=Prefill.LOOP) & ~Q(counted="") | ~Q(prefill=Prefill.LOOP) & Q(counted=""),
                name="template_line_counted",
            ),
        ]

    def __str__(self) -> str:
        return str(self.indicator)


class TemplateSection(models.Model):
    template = models.ForeignKey(ReturnTemplate, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(_("Loại"), max_length=12, choices=SectionKind)
    position = models.PositiveSmallIntegerField(_("Thứ tự"))
    title = models.CharField(_("Tiêu đề"), max_length=300)
    required = models.BooleanField(_("Bắt buộc"), default=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("phần lời văn")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["template", "position"], name="template_section_position_once")
        ]

    def __str__(self) -> str:
        return self.title

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.returns.models.returns import ANSWERS_FOR
from thongsuot.returns.models.templates import ReturnTemplate
from thongsuot.units.models import Unit


class WordTemplate(models.Model):
    """A province's own Word layout of the report consolidated from the returns of a template."""

    template = models.ForeignKey(ReturnTemplate, on_delete=models.CASCADE, related_name="word_templates")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Tên tệp"), max_length=200)
    data = models.BinaryField()
    kept_at = models.DateTimeField(_("Tải lên lúc"))
    kept_by = models.CharField(_("Người tải lên"), max_length=200)

    personal_data: ClassVar[dict[str, Retention]] = {"kept_by": ANSWERS_FOR}

    class Meta:
        verbose_name = _("mẫu Word")
        constraints = [models.UniqueConstraint(fields=["template", "unit"], name="word_template_once")]

    def __str__(self) -> str:
        return self.name

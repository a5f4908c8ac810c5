"""An office's own Word layout: kept once it has been seen to work on the returns at hand."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.returns.consolidated import consolidated
from thongsuot.returns.enums import Acts
from thongsuot.returns.models import Round, WordTemplate
from thongsuot.returns.policies import may
from thongsuot.returns.writing import WrongTemplate, filled
from thongsuot.returns.writing.word_templates import LARGEST
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


@transaction.atomic
def keep_word_template(*, by: Mandate, called: Round, name: str, data: bytes) -> WordTemplate:
    require(may(by, Verb.KEEP_RETURNS, called))
    if len(data) > LARGEST:
        raise Refused(_("Mẫu Word lớn hơn 5 MB. Bỏ bớt hình trong mẫu rồi tải lại."))
    try:
        filled(data, consolidated(called))
    except WrongTemplate as wrong:
        raise Refused(str(wrong)) from wrong
    kept, _new = WordTemplate.objects.update_or_create(
        template=called.template,
        unit=called.unit,
        defaults={
            "name": name.strip()[:200],
            "data": data,
            "kept_at": timezone.now(),
            "kept_by": by.actor.name[:200],
        },
    )
    record(
        by=by, verb=Acts.WORD_KEPT, subject=called.template, details={"name": kept.name, "size": len(data)}
    )
    return kept


@transaction.atomic
def drop_word_template(*, by: Mandate, called: Round) -> None:
    """Back to the layout that comes with the system."""
    require(may(by, Verb.KEEP_RETURNS, called))
    dropped, _rows = WordTemplate.objects.filter(template=called.template, unit=called.unit).delete()
    if not dropped:
        raise Refused(_("Chưa có mẫu Word riêng nào để bỏ."))
    record(by=by, verb=Acts.WORD_DROPPED, subject=called.template)

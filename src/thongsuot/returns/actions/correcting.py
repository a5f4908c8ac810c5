"""A figure the city agrees to correct: the return that states it goes back to its unit as the next version."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.indicators.actions import Told, state_figures
from thongsuot.indicators.models import Statement
from thongsuot.kernel.verdicts import Refused
from thongsuot.returns.actions.moving import reopen_return
from thongsuot.returns.models import Note, Return, ReturnVersion, TemplateLine
from thongsuot.returns.queries.papers import version_of
from thongsuot.units.models import Mandate


@transaction.atomic
def correct_return(*, by: Mandate, statement: Statement, told: Told, why: str) -> Statement | None:
    """The corrected figure stands in the version to be handed in, with a note of both; the one in force stays.

    A version the unit is already at work on takes it in; one on its way up has to come back first.
    """
    stated = ReturnVersion.objects.filter(statement=statement).select_related("parent__unit").first()
    if stated is None:
        return None
    row = stated.parent
    if row.is_counted:
        row = reopen_return(by=by, row=row, reason=why[:500])
    elif not row.is_open:
        raise Refused(
            _(
                "Báo cáo của %(unit)s có phiên bản mới đang ở trạng thái “%(state)s”. "
                "Tiếp nhận hoặc trả lại phiên bản ấy rồi trả lời ý kiến."
            )
            % {"unit": row.unit.title, "state": row.get_state_display()}
        )
    version = version_of(row)
    assert version is not None
    state_figures(by=by, statement=version.statement, told=[told])
    ReturnVersion.objects.filter(pk=version.pk).update(saves=F("saves") + 1)
    Return.objects.filter(pk=row.pk).update(version=F("version") + 1)
    Note.objects.create(
        version=version,
        line=TemplateLine.objects.filter(template=row.round.template_id, indicator=told.indicator).first(),
        text=why[:1000],
        by=by.actor.name[:200],
        at=timezone.now(),
    )
    return version.statement

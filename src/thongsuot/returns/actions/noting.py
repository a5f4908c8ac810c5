"""Remarks on a cell, a section or the whole."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.returns.enums import Acts, State
from thongsuot.returns.models import Note, Return, TemplateLine, TemplateSection
from thongsuot.returns.policies import may, may_fill
from thongsuot.returns.queries.papers import version_of
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


@transaction.atomic
def note_on(
    *,
    by: Mandate,
    row: Return,
    text: str,
    line: TemplateLine | None = None,
    section: TemplateSection | None = None,
) -> Note:
    """By whoever approves it or takes it in; those who draw it up may answer there too."""
    verb = next((one for one in (Verb.ACCEPT_RETURN, Verb.APPROVE_RETURN) if by.allows(one)), Verb.REPORT)
    require(may(by, verb, row))
    if not (text := text.strip()):
        raise Refused(_("Nhận xét còn trống. Viết điều cần sửa hoặc cần hỏi."))
    version = version_of(row)
    if version is None or row.state == State.LOCKED:
        raise Refused(_("Báo cáo chưa lập hoặc đã chốt nên không nhận xét được."))
    asked = row.round.template_id
    if (line and line.template_id != asked) or (section and section.template_id != asked):
        raise Refused(_("Mẫu báo cáo không có chỗ này. Tải lại trang."))
    note = Note.objects.create(
        version=version,
        line=line,
        section=section,
        text=text[:1000],
        by=by.actor.name[:200],
        at=timezone.now(),
    )
    details = {"unit": row.unit.code, "text": note.text, "on": str(line or section or "")}
    record(by=by, verb=Acts.NOTED, subject=row, details=details)
    return note


@transaction.atomic
def settle_note(*, by: Mandate, note: Note) -> Note:
    row = note.version.parent
    require(may_fill(by, row))
    if note.settled_at is None:
        note.settled_at, note.settled_by = timezone.now(), by.actor.name[:200]
        note.save(update_fields=["settled_at", "settled_by"])
        record(by=by, verb=Acts.NOTE_SETTLED, subject=row, details={"text": note.text})
    return note

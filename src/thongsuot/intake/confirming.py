"""Confirming a draft in one act, and taking one confirmation back whole."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.documents.actions import remove_document, remove_version, uncite_document
from thongsuot.documents.models import Document, DocumentCitation, DocumentVersion
from thongsuot.indicators.actions import remove_figure, remove_indicator
from thongsuot.indicators.models import Figure, Indicator
from thongsuot.intake.checking import problems_of
from thongsuot.intake.enacting import DirectiveWriter
from thongsuot.intake.enums import Acts, DraftKind, DraftState
from thongsuot.intake.matching import match
from thongsuot.intake.models import Draft
from thongsuot.intake.policies import may
from thongsuot.intake.problems import left_out
from thongsuot.intake.queries import day_of
from thongsuot.intake.writing import MeetingWriter, Writer
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.matters.actions import discard_draft, remove_matter
from thongsuot.matters.models import Matter, Order, Proposal, Task
from thongsuot.oversight.actions import remove_meeting, remove_official, unlink_figure, unlink_matter
from thongsuot.oversight.models import Meeting, MeetingFigure, MeetingMatter, Official
from thongsuot.sources.actions import withdraw_source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


@transaction.atomic
def confirm_draft(*, by: Mandate, draft: Draft) -> Draft:
    """Write everything the draft holds; refused, with every reason at once, while something stands in the way."""
    require(may(by, Verb.CONFIRM, draft))
    draft = _locked(draft)
    if draft.state == DraftState.CONFIRMED:
        raise Refused(_("%(name)s đã xác nhận bản này rồi.") % {"name": draft.confirmed_by})
    if not draft.may_become(DraftState.CONFIRMED):
        raise Refused(_("Bản nháp đã bỏ. Mở lại trước khi xác nhận."))
    content = draft.content
    matches = match(content, by, day_of(content))
    problems = problems_of(content, matches, by, draft.unit)
    if blocking := [problem.message for problem in problems if problem.blocks]:
        raise Refused(" ".join(dict.fromkeys(blocking)))
    writer = _WRITERS[content.kind](by, draft, content, matches, left_out(problems))
    subject = writer.write()
    draft.state = DraftState.CONFIRMED
    draft.confirmed_at = timezone.now()
    draft.confirmed_by = by.actor.name
    draft.written = [list(row) for row in writer.written]
    draft.leads_to = subject.get_absolute_url()
    draft.corrections = content.corrections.total
    draft.save()
    details = {
        str(subject._meta.model_name): subject.pk,
        "records": len(writer.written),
        "corrections": draft.corrections,
    }
    record(by=by, verb=Acts.CONFIRMED, subject=draft, details=details)
    return draft


@transaction.atomic
def undo_confirmation(*, by: Mandate, draft: Draft) -> Draft:
    """Take back every record the confirmation wrote, or none: what later work depends on is named."""
    require(may(by, Verb.UNDO, draft))
    draft = _locked(draft)
    if draft.state != DraftState.CONFIRMED:
        raise Refused(_("Bản này chưa xác nhận hoặc đã được hoàn tác."))
    _take_back(by, [_row(label, key) for label, key in draft.written])
    withdraw_source(by=by, source=draft.source)
    count = len(draft.written)
    draft.state = DraftState.PROPOSED
    draft.confirmed_at, draft.confirmed_by, draft.written, draft.leads_to = None, "", [], ""
    draft.version += 1
    draft.save()
    record(by=by, verb=Acts.UNDONE, subject=draft, details={"records": count})
    return draft


def _locked(draft: Draft) -> Draft:
    rows = Draft.objects.select_for_update(of=("self",))
    return rows.select_related("source", "unit", "visit__group__campaign").get(pk=draft.pk)


def _row(label: str, key: int) -> Model | None:
    model: Any = apps.get_model(label)
    return model.objects.filter(pk=key).first()  # type: ignore[no-any-return]


def _take_back(by: Mandate, rows: list[Model | None]) -> None:
    """Last written first, shared entries at the end; refusals are gathered, so that all are said at once."""
    refusals = []
    present = [row for row in reversed(rows) if row is not None]
    meetings = [row for row in present if isinstance(row, Meeting)]
    _unlink(by, meetings, present)
    for row in sorted(present, key=lambda row: isinstance(row, _MAY_STAY)):
        try:
            with transaction.atomic():
                _REMOVE[type(row)](by, row)
        except Refused as refusal:
            if not isinstance(row, _MAY_STAY):
                refusals.append(str(refusal))
    if refusals:
        raise Refused(" ".join(dict.fromkeys(refusals)))


def _unlink(by: Mandate, meetings: list[Meeting], rows: list[Model]) -> None:
    """Part this confirmation's own meeting from what it brought; the links of other meetings stay, and protect."""
    matters = [row.pk for row in rows if isinstance(row, Matter)]
    figures = [row.pk for row in rows if isinstance(row, Figure)]
    for meeting in meetings:
        for matter_link in MeetingMatter.objects.filter(meeting=meeting, matter__in=matters).select_related(
            "matter"
        ):
            unlink_matter(by=by, meeting=meeting, matter=matter_link.matter)
        for figure_link in MeetingFigure.objects.filter(meeting=meeting, figure__in=figures).select_related(
            "figure"
        ):
            unlink_figure(by=by, meeting=meeting, figure=figure_link.figure)


_WRITERS: dict[DraftKind, type[Writer]] = {
    DraftKind.REPORT: MeetingWriter,
    DraftKind.DIRECTIVE: DirectiveWriter,
}
_REMOVE: dict[type[Model], Callable[[Mandate, Any], None]] = {
    Proposal: lambda by, row: remove_matter(by=by, matter=row),
    Task: lambda by, row: remove_matter(by=by, matter=row),
    Figure: lambda by, row: remove_figure(by=by, figure=row),
    Indicator: lambda by, row: remove_indicator(by=by, indicator=row),
    DocumentCitation: lambda by, row: uncite_document(by=by, mention=row),
    DocumentVersion: lambda by, row: remove_version(by=by, version=row),
    Order: lambda by, row: discard_draft(by=by, order=row),
    Document: lambda by, row: remove_document(by=by, document=row),
    Meeting: lambda by, row: remove_meeting(by=by, meeting=row),
    Official: lambda by, row: remove_official(by=by, official=row),
}
# Shared entries of a register: another record may have come to use them since, and then they rightly stay.
_MAY_STAY = (Document, Indicator, Official)

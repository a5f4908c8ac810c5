"""Joining a meeting with what was cited, asked and counted there."""

from django.db import transaction

from thongsuot.audit.actions import record
from thongsuot.documents.actions import origin_of
from thongsuot.documents.models import Document
from thongsuot.indicators.models import Figure
from thongsuot.kernel.verdicts import require
from thongsuot.matters.models import Matter
from thongsuot.oversight.enums import Acts
from thongsuot.oversight.models import Meeting, MeetingDocument, MeetingFigure, MeetingMatter
from thongsuot.oversight.policies import may
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


@transaction.atomic
def link_document(
    *, by: Mandate, meeting: Meeting, document: Document, basis: bool = False
) -> MeetingDocument:
    """`basis` where the meeting was held under the document; once said, it stays said."""
    require(may(by, Verb.CONFIRM, meeting))
    link, new = MeetingDocument.objects.get_or_create(
        meeting=meeting, document=document, defaults={"basis": basis}
    )
    if basis and not link.basis:
        link.basis = True
        link.save(update_fields=["basis"])
    if basis and meeting.origin:
        meeting.origin.under.add(origin_of(document))
    if new:
        record(
            by=by,
            verb=Acts.DOCUMENT_LINKED,
            subject=meeting,
            details={"document": str(document), "held_under": basis},
        )
    return link


@transaction.atomic
def link_matter(*, by: Mandate, meeting: Meeting, matter: Matter) -> MeetingMatter:
    require(may(by, Verb.CONFIRM, meeting))
    link, new = MeetingMatter.objects.get_or_create(meeting=meeting, matter_id=matter.pk)
    if new:
        record(by=by, verb=Acts.MATTER_LINKED, subject=meeting, details={"matter": matter.number})
    return link


@transaction.atomic
def link_figure(*, by: Mandate, meeting: Meeting, figure: Figure) -> MeetingFigure:
    require(may(by, Verb.CONFIRM, meeting))
    link, new = MeetingFigure.objects.get_or_create(meeting=meeting, figure=figure)
    if new:
        record(by=by, verb=Acts.FIGURE_LINKED, subject=meeting, details={"figure": str(figure)})
    return link


@transaction.atomic
def unlink_document(*, by: Mandate, meeting: Meeting, document: Document) -> None:
    require(may(by, Verb.UNDO, meeting))
    MeetingDocument.objects.filter(meeting=meeting, document=document).delete()
    if meeting.origin:
        meeting.origin.under.remove(origin_of(document))
    record(by=by, verb=Acts.UNLINKED, subject=meeting, details={"document": str(document)})


@transaction.atomic
def unlink_matter(*, by: Mandate, meeting: Meeting, matter: Matter) -> None:
    require(may(by, Verb.UNDO, meeting))
    MeetingMatter.objects.filter(meeting=meeting, matter_id=matter.pk).delete()
    record(by=by, verb=Acts.UNLINKED, subject=meeting, details={"matter": matter.number})


@transaction.atomic
def unlink_figure(*, by: Mandate, meeting: Meeting, figure: Figure) -> None:
    require(may(by, Verb.UNDO, meeting))
    MeetingFigure.objects.filter(meeting=meeting, figure=figure).delete()
    record(by=by, verb=Acts.UNLINKED, subject=meeting, details={"figure": str(figure)})

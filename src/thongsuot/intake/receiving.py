"""From a file to a draft: read first, keep after; what is refused leaves no trace but the refusal."""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.intake.attribution import attribute_units
from thongsuot.intake.content import Content, content_of, content_of_directive
from thongsuot.intake.directives import with_days
from thongsuot.intake.editing import open_draft
from thongsuot.intake.enums import Acts, DraftKind, DraftState
from thongsuot.intake.matching import match
from thongsuot.intake.models import Draft
from thongsuot.intake.policies import may
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.oversight.models import Visit
from thongsuot.oversight.policies import may as may_oversee
from thongsuot.reading import read_text
from thongsuot.reading.directive import kind_of, read_directive
from thongsuot.reading.files import FileText, UnreadableFile, text_of
from thongsuot.sources.actions import Received, receive_source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


@dataclass(frozen=True, slots=True)
class Receipt:
    """The draft a file became; `known` when the same file had been received before."""

    draft: Draft
    known: bool


def receive_report(
    *, by: Mandate, data: bytes, name: str, max_bytes: int, visit: Visit | None = None
) -> Receipt:
    """Read a file and keep it as a draft. Refused with one sentence when it cannot be read or is classified.

    With a `visit` of a timetable, confirming the draft makes it the minutes of that visit.
    """
    require(may(by, Verb.INTAKE))
    if visit:
        require(may_oversee(by, Verb.READ, visit))
    sha256 = hashlib.sha256(data).hexdigest()
    if alive := _alive_draft(sha256):  # known already: a scan is not recognised a second time
        return Receipt(_for_visit(by, alive, visit), known=True)
    try:
        text = text_of(data, name, max_bytes=max_bytes)
    except UnreadableFile as problem:
        english = (get_language() or "vi").startswith("en")
        raise Refused(problem.message_en if english else problem.message_vi) from problem
    return _keep(by=by, data=data, sha256=sha256, name=name, text=text, visit=visit)


@transaction.atomic
def _for_visit(by: Mandate, draft: Draft, visit: Visit | None) -> Draft:
    """A file that came in before the visit was named; a draft confirmed, or of another visit, stays as it is."""
    if visit and draft.is_open and draft.visit_id is None and may(by, Verb.INTAKE, draft):
        draft.visit = visit
        draft.save(update_fields=["visit"])
        record(by=by, verb=Acts.FOR_VISIT, subject=draft, details={"visit": str(visit)})
    return draft


def _alive_draft(sha256: str) -> Draft | None:
    return Draft.objects.filter(source__sha256=sha256).exclude(state=DraftState.DISCARDED).first()


@transaction.atomic
def _keep(
    *, by: Mandate, data: bytes, sha256: str, name: str, text: FileText, visit: Visit | None
) -> Receipt:
    kind = DraftKind.REPORT if visit else DraftKind(kind_of(text.text).kind)
    content, noticed = read_as(kind, text.text)
    warnings = [sentence for _code, sentence in text.warnings] + noticed
    received = Received(
        data=data,
        sha256=sha256,
        name=name,
        media_type=text.media_type,
        text=text.text,
        offset_runs=text.offset_runs,
        warnings=warnings,
    )
    source, _new = receive_source(by=by, received=received)
    if alive := _alive_draft(sha256):  # somebody else sent the same file in the meantime
        return Receipt(_for_visit(by, alive, visit), known=True)
    draft = Draft.objects.create(
        kind=kind,
        source=source,
        unit=by.unit,
        visit=visit,
        data=content.to_json(),
        warnings=warnings,
        created_by=by.actor.name,
        created_by_username=by.actor.username,
    )
    _set_concerns(draft, content, by)
    record(by=by, verb=Acts.RECEIVED, subject=draft, details={"source": source.sha256, "kind": kind})
    return Receipt(draft, known=False)


def _set_concerns(draft: Draft, content: Content, by: Mandate) -> None:
    units = match(content, by, timezone.localdate()).units.values()
    draft.concerns.set({found.chosen for found in units if found.chosen})


def read_as(kind: DraftKind, text: str) -> tuple[Content, list[str]]:
    """The first content of a draft of that kind, and what the reading noticed."""
    report = read_text(text).to_json()
    if kind == DraftKind.REPORT:
        return attribute_units(content_of(report)), [found["message"] for found in report["warnings"]]
    directive = read_directive(text).to_json()
    own = directive["symbol"]
    cited = [
        one
        for one in report["documents"]
        if not own or (one["number"], one["symbol"]) != (own["number"], own["code"])
    ]
    content = with_days(content_of_directive(directive, cited))
    return content, [found["message"] for found in directive["warnings"]]


@transaction.atomic
def read_again(*, by: Mandate, draft: Draft, kind: DraftKind) -> Draft:
    """Read the same text as the other kind; refused where work of a person would be lost."""
    draft = open_draft(by, draft)
    if draft.corrections:
        raise Refused(
            ngettext(
                "Bản nháp đã có %(count)d chỗ sửa tay; đọc lại sẽ mất các chỗ đó. Bỏ bản nháp rồi tải lại nếu cần.",
                "Bản nháp đã có %(count)d chỗ sửa tay; đọc lại sẽ mất các chỗ đó. Bỏ bản nháp rồi tải lại nếu cần.",
                draft.corrections,
            )
            % {"count": draft.corrections}
        )
    if draft.visit_id and kind != DraftKind.REPORT:
        raise Refused(_("Bản nháp này là biên bản của một buổi trong lịch, nên đọc như báo cáo."))
    content, _noticed = read_as(kind, draft.source.text)
    draft.kind, draft.data = kind, content.to_json()
    draft.version += 1
    draft.save(update_fields=["kind", "data", "version"])
    _set_concerns(draft, content, by)
    record(by=by, verb=Acts.READ_AS, subject=draft, details={"kind": kind})
    return draft

"""What a unit wrote for the next period goes on as drafts of the loop: one click a line, never unasked."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.matters.actions import Clears, Statement, draft_order, record_origin, record_proposal
from thongsuot.matters.enums import OriginKind
from thongsuot.matters.models import Origin
from thongsuot.returns.enums import Acts, SectionKind
from thongsuot.returns.models import Return, TakenLine, TemplateSection
from thongsuot.returns.policies import may
from thongsuot.returns.queries.papers import version_of
from thongsuot.returns.queries.taking import PROPOSALS, VERBS, digest_of, lines_in
from thongsuot.units.models import Mandate


@transaction.atomic
def take_line(*, by: Mandate, row: Return, section: TemplateSection, digest: str) -> TakenLine:
    """A task drafted inside the unit, or a proposal of it, with the return as where it comes from."""
    verb = VERBS.get(SectionKind(section.kind))
    if verb is None:
        raise Refused(_("Phần này không lập thành nhiệm vụ hay kiến nghị."))
    require(may(by, verb, row))
    row = (
        Return.objects.select_for_update(of=("self",))
        .select_related("round__template", "round__period", "unit")
        .get(pk=row.pk)
    )
    if by.unit_id != row.unit_id:
        raise Refused(_("Chỉ %(unit)s lập việc từ báo cáo của mình.") % {"unit": row.unit.title})
    if not row.is_handed_in:
        raise Refused(_("Báo cáo chưa gửi nên lời văn còn đổi. Gửi rồi hãy lập thành việc."))
    text = _line(row, section, digest)
    if TakenLine.objects.filter(parent=row, section=section, digest=digest).exists():
        raise Refused(_("Dòng này đã được lập thành việc."))
    what, path = _made(by, row, section, text)
    taken = TakenLine.objects.create(
        parent=row, section=section, text=text[:2000], digest=digest, what=what[:300], path=path
    )
    record(
        by=by, verb=Acts.LINE_TAKEN, subject=row, details={"unit": row.unit.code, "made": what, "path": path}
    )
    return taken


def _line(row: Return, section: TemplateSection, digest: str) -> str:
    version = version_of(row)
    passage = version.passages.filter(section=section).first() if version else None
    for line in lines_in(passage.text if passage else ""):
        if digest_of(line) == digest:
            return line
    raise Refused(_("Báo cáo không còn dòng này. Tải lại trang."))


def _made(by: Mandate, row: Return, section: TemplateSection, text: str) -> tuple[str, str]:
    origin = origin_of(by, row)
    if section.kind == PROPOSALS:
        proposal = record_proposal(by=by, origin=origin, statement=Statement(text=text, units=[row.unit]))
        return proposal.number, proposal.get_absolute_url()
    order = draft_order(by=by, clears=Clears(text=text, units=[row.unit], origin=origin))
    return _("Dự thảo giao nhiệm vụ: %(order)s") % {"order": order}, order.get_absolute_url()


def origin_of(by: Mandate, row: Return) -> Origin:
    origin, _new = record_origin(
        by=by,
        kind=OriginKind.LETTER,
        key=f"return:{row.pk}",
        title=f"{row.round} ({row.unit})",
        on=timezone.localdate(),
        units=[row.unit],
        path=row.get_absolute_url(),
    )
    return origin

"""A document put into effect: given to units in one act, answered by each with its own document or a reason.

- order_implementing(by, document, clears) -> Directive
- answer_directive(by, directive, kind, document=None, reason="", points=(), hand_in=True) -> Uptake
- link_points(by, uptake, points): which point of ours is taken up, and where in theirs
- look_again(by, uptake, note=""); take_back_answer(by, uptake)
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.documents.actions.registering import origin_of
from thongsuot.documents.enums import Acts, Force, UptakeKind
from thongsuot.documents.models import Directive, Document, Point, TakenPoint, Uptake
from thongsuot.documents.policies import may
from thongsuot.documents.queries import force
from thongsuot.documents.queries.cascade import task_of
from thongsuot.documents.queries.text import newest_version
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.matters.actions import Clears, draft_order, issue_order, receive_task, submit_task
from thongsuot.matters.actions.moving import author
from thongsuot.matters.enums import State
from thongsuot.matters.models import Matter
from thongsuot.sources.actions import let_see
from thongsuot.sources.models import Source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate

_ENDED = (Force.EXPIRED, Force.REPLACED, Force.REPEALED)
_TO_HAND_IN = (State.RECEIVED, State.IN_PROGRESS, State.RETURNED)


@transaction.atomic
def order_implementing(*, by: Mandate, document: Document, clears: Clears) -> Directive:
    """One task to each unit; what it has to hand in is its own document, point by point."""
    require(may(by, Verb.KEEP_DOCUMENTS, document))
    today = timezone.localdate()
    if (standing := force(document, today)) in _ENDED:
        raise Refused(
            _("“%(document)s” %(standing)s, không giao thực hiện được nữa.")
            % {"document": document, "standing": standing.label.lower()}
        )
    order = draft_order(by=by, clears=replace(clears, origin=origin_of(document)))
    tasks = issue_order(by=by, order=order)
    version = newest_version(document)
    directive = Directive.objects.create(
        document=document, version=version, order=order, issuer=by.unit, issued_on=today
    )
    for each in document.versions.exclude(source=None).select_related("source"):
        if each.source:
            let_see(source=each.source, units=[task.unit_id for task in tasks if task.unit_id])
    record(
        by=by,
        verb=Acts.ORDERED,
        subject=document,
        details={"directive": directive.pk, "units": len(tasks), "due_on": clears.due_on},
    )
    return directive


@transaction.atomic
def answer_directive(
    *,
    by: Mandate,
    directive: Directive,
    kind: UptakeKind,
    document: Document | None = None,
    reason: str = "",
    points: Iterable[Point] = (),
    hand_in: bool = True,
) -> Uptake:
    """By a unit that was told to; with `hand_in` this is also the result of its task."""
    require(may(by, Verb.IMPLEMENT, directive))
    task = task_of(directive, by.unit_id)
    if task is None:
        raise Refused(_("%(unit)s không được giao thực hiện văn bản này.") % {"unit": by.unit})
    earlier = list(Uptake.objects.select_for_update().filter(directive=directive, unit=by.unit))
    declined = kind == UptakeKind.NOT_APPLICABLE
    if declined and not reason.strip():
        raise Refused(_("Chưa nêu lý do không áp dụng. Nhập lý do để bên giao xem xét."))
    if declined and earlier:
        raise Refused(_("Đơn vị đã ghi văn bản cụ thể hóa. Rút văn bản đó trước khi trả lời không áp dụng."))
    if any(one.kind == UptakeKind.NOT_APPLICABLE for one in earlier):
        raise Refused(_("Đơn vị đã trả lời không áp dụng. Rút câu trả lời đó rồi ghi văn bản."))
    if not declined:
        document = _own(by, directive, document, earlier)
    uptake = Uptake.objects.create(
        directive=directive,
        unit=by.unit,
        kind=kind,
        document=None if declined else document,
        reason=reason.strip()[:1000] if declined else "",
        answered_on=timezone.localdate(),
        author=author(by),
        seen=newest_version(directive.document),
    )
    if not declined:
        _link(uptake, dict.fromkeys(points))
    if hand_in:
        _hand_in(by, task, uptake)
    record(
        by=by,
        verb=Acts.DECLINED if declined else Acts.TAKEN_UP,
        subject=directive.document,
        details={"directive": directive.pk, "unit": by.unit.code, "document": str(uptake.document or "")},
    )
    return uptake


@transaction.atomic
def link_points(*, by: Mandate, uptake: Uptake, points: Mapping[Point, Point | None]) -> Uptake:
    """All points of the directive this document takes up; None: by the document as a whole."""
    uptake = _at_hand(by, uptake)
    if uptake.kind == UptakeKind.NOT_APPLICABLE:
        raise Refused(_("Đơn vị đã trả lời không áp dụng, nên không có điểm nào để gắn."))
    uptake.points.all().delete()
    _link(uptake, points)
    record(
        by=by,
        verb=Acts.POINTS_TAKEN_UP,
        subject=uptake.directive.document,
        details={"uptake": uptake.pk, "unit": uptake.unit.code, "points": len(points)},
    )
    return uptake


@transaction.atomic
def look_again(*, by: Mandate, uptake: Uptake) -> Uptake:
    """The unit has read what changed; its document stands, or it has given another."""
    uptake = _at_hand(by, uptake)
    if uptake.again is None:
        raise Refused(_("Không có nội dung sửa đổi nào cần xem lại."))
    uptake.seen, uptake.again = uptake.again, None
    uptake.save(update_fields=["seen", "again"])
    record(
        by=by,
        verb=Acts.LOOKED_AGAIN,
        subject=uptake.directive.document,
        details={"uptake": uptake.pk, "unit": uptake.unit.code},
    )
    return uptake


@transaction.atomic
def take_back_answer(*, by: Mandate, uptake: Uptake) -> None:
    """A wrong answer; the task of the loop stays where it stands."""
    uptake = _at_hand(by, uptake)
    task = task_of(uptake.directive, uptake.unit_id)
    if task and not task.open:
        raise Refused(
            _("%(number)s đã được xác nhận hoàn thành. Đề nghị bên giao mở lại trước.")
            % {"number": task.number}
        )
    directive, unit = uptake.directive, uptake.unit
    said = str(uptake.document or uptake.get_kind_display())
    Uptake.objects.filter(pk=uptake.pk).delete()
    record(
        by=by,
        verb=Acts.TAKEN_BACK,
        subject=directive.document,
        details={"directive": directive.pk, "unit": unit.code, "document": said},
    )


def _own(by: Mandate, directive: Directive, document: Document | None, earlier: list[Uptake]) -> Document:
    if document is None:
        raise Refused(_("Chưa có văn bản. Nhập số, ký hiệu và ngày của văn bản đơn vị đã ban hành."))
    if document.unit_id not in by.places:
        raise Refused(
            _("“%(document)s” không phải văn bản của %(unit)s.") % {"document": document, "unit": by.unit}
        )
    if document.pk == directive.document_id:
        raise Refused(_("Văn bản không tự cụ thể hóa chính nó. Chọn văn bản của đơn vị."))
    if any(one.document_id == document.pk for one in earlier):
        raise Refused(_("Đã ghi “%(document)s” cho văn bản này.") % {"document": document})
    return document


def _link(uptake: Uptake, points: Mapping[Point, Point | None]) -> None:
    of_directive = {uptake.directive.document_id}
    if strange := [point.label for point in points if point.document_id not in of_directive]:
        raise Refused(
            _("Không phải điểm của văn bản được giao: %(points)s.") % {"points": ", ".join(strange)}
        )
    if wrong := [one.label for one in points.values() if one and one.document_id != uptake.document_id]:
        raise Refused(_("Không phải điểm của văn bản đơn vị: %(points)s.") % {"points": ", ".join(wrong)})
    TakenPoint.objects.bulk_create(
        TakenPoint(uptake=uptake, point=point, by_point=theirs) for point, theirs in points.items()
    )


def _hand_in(by: Mandate, task: Matter, uptake: Uptake) -> None:
    if task.state == State.ISSUED:
        task = receive_task(by=by, task=task)
    if task.state not in _TO_HAND_IN:
        return
    if uptake.document:
        words = _("Đã ban hành %(document)s.") % {"document": uptake.document}
    else:
        words = _("Không thuộc diện áp dụng: %(reason)s") % {"reason": uptake.reason}
    submit_task(by=by, task=task, text=words, sources=_files(uptake.document))


def _files(document: Document | None) -> list[Source]:
    if document is None:
        return []
    return [one.source for one in document.versions.select_related("source") if one.source]


def _at_hand(by: Mandate, uptake: Uptake) -> Uptake:
    row = Uptake.objects.select_for_update(of=("self",)).get(pk=uptake.pk)
    require(may(by, Verb.IMPLEMENT, row))
    return row

"""Answers that came on paper: whoever gave the directive writes them down for the units, many in one act.

Each is also what its unit hands in for its task (matters.actions.on_paper), and waits for another to verify it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.documents.actions.registering import Facts, enter_document
from thongsuot.documents.enums import Acts, UptakeKind
from thongsuot.documents.identity import identify
from thongsuot.documents.models import Directive, Document, DocumentVersion, Point, TakenPoint, Uptake
from thongsuot.documents.policies import may
from thongsuot.documents.queries import same_document
from thongsuot.documents.queries.text import newest_version
from thongsuot.kernel.symbols import parse_symbol
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.matters.actions import PaperResult, hand_in_on_paper
from thongsuot.matters.actions.moving import author
from thongsuot.matters.enums import State
from thongsuot.matters.models import Matter
from thongsuot.matters.policies import may_all
from thongsuot.sources.models import Source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reaches

_NAMED = 8


@dataclass(frozen=True, slots=True)
class OnPaper:
    """The document a unit issued, as it stands on its paper, and the day that came."""

    unit: Unit
    symbol: str
    date: Date
    issuer: str
    came_on: Date


@dataclass(frozen=True, slots=True)
class Recorded:
    """The answers, and the tasks that wait for verification by them; the others stay with their units."""

    uptakes: list[Uptake]
    handed_in: list[Matter]


@transaction.atomic
def record_answers(
    *,
    by: Mandate,
    directive: Directive,
    kind: UptakeKind,
    papers: Collection[OnPaper],
    points: Iterable[Point] = (),
) -> Recorded:
    """All of them or none; each document stands in the register as its unit's, and is the result of its task."""
    require(may(by, Verb.KEEP_DOCUMENTS, directive))
    if kind == UptakeKind.NOT_APPLICABLE:
        raise Refused(_("Đơn vị tự nêu lý do không áp dụng; ở đây chỉ ghi văn bản đã ban hành."))
    if not papers:
        raise Refused(_("Chưa có đơn vị nào. Ghi mỗi đơn vị một dòng: tên đơn vị; số, ký hiệu; ngày."))
    tasks = _tasks(directive)
    _require_sound(by, directive, papers, tasks)
    version, points = newest_version(directive.document), list(dict.fromkeys(points))
    if strange := [point.label for point in points if point.document_id != directive.document_id]:
        raise Refused(
            _("Không phải điểm của văn bản được giao: %(points)s.") % {"points": ", ".join(strange)}
        )
    uptakes = Uptake.objects.bulk_create(
        Uptake(
            directive=directive,
            unit=one.unit,
            kind=kind,
            document=_document(by, one),
            answered_on=max(one.came_on, directive.issued_on),
            author=author(by),
            seen=version,
        )
        for one in papers
    )
    TakenPoint.objects.bulk_create(
        TakenPoint(uptake=uptake, point=point) for uptake in uptakes for point in points
    )
    came = {one.unit.pk: one.came_on for one in papers}
    handed_in = hand_in_on_paper(
        by=by,
        results=[
            PaperResult(
                tasks[uptake.unit_id],
                came[uptake.unit_id],
                _("Đã ban hành %(document)s.") % {"document": uptake.document},
                files,
            )
            for uptake, files in _with_files(uptakes)
        ],
    )
    record(
        by=by,
        verb=Acts.RECORDED_ON_PAPER,
        subject=directive.document,
        details={
            "directive": directive.pk,
            "units": sorted(one.unit.code for one in papers),
            "handed_in": [task.number for task in handed_in],
        },
    )
    return Recorded(uptakes, handed_in)


def _tasks(directive: Directive) -> dict[int, Matter]:
    """By key of the unit."""
    rows = Matter.objects.filter(order=directive.order_id).exclude(state=State.WITHDRAWN)
    return {row.unit_id: row for row in rows.select_related("issuer") if row.unit_id}


def _with_files(uptakes: Sequence[Uptake]) -> Iterator[tuple[Uptake, list[Source]]]:
    versions = DocumentVersion.objects.filter(
        document__in=[uptake.document_id for uptake in uptakes], source__isnull=False
    )
    files: dict[int, list[Source]] = {}
    for version in versions.select_related("source").order_by("document", "number"):
        if version.source:
            files.setdefault(version.document_id, []).append(version.source)
    for uptake in uptakes:
        yield uptake, files.get(uptake.document_id or 0, [])


def _require_sound(
    by: Mandate, directive: Directive, papers: Collection[OnPaper], tasks: Mapping[int, Matter]
) -> None:
    """Every fault at once."""
    answered = set(Uptake.objects.filter(directive=directive).values_list("unit", flat=True))
    today, seen, faults = timezone.localdate(), set[int](), []
    for one in papers:
        if one.unit.pk not in tasks or not reaches(by, one.unit):
            faults.append(_("%(unit)s không được giao thực hiện văn bản này.") % {"unit": one.unit.title})
        elif one.unit.pk in answered:
            faults.append(_("%(unit)s đã trả lời trên hệ thống.") % {"unit": one.unit.title})
        elif one.unit.pk in seen:
            faults.append(_("%(unit)s được ghi hai lần.") % {"unit": one.unit.title})
        faults += _of_paper(one, today)
        seen.add(one.unit.pk)
    if not (verdict := may_all(by, Verb.ISSUE, [tasks[key] for key in seen if key in tasks])):
        faults.append(str(verdict.why))
    if faults:
        raise Refused(" ".join(faults[:_NAMED]))


def _of_paper(one: OnPaper, today: Date) -> Iterator[str]:
    unit, days = one.unit.title, {"day": f"{one.date:%d-%m-%Y}", "came": f"{one.came_on:%d-%m-%Y}"}
    if parse_symbol(one.symbol) is None:
        says = _("%(unit)s: không đọc được số, ký hiệu “%(symbol)s”.")
        yield says % {"unit": unit, "symbol": one.symbol}
    if one.date > today:
        yield _("%(unit)s: ngày %(day)s ở sau hôm nay.") % {"unit": unit, **days}
    elif one.came_on > today:
        yield _("%(unit)s: ngày văn bản đến %(came)s ở sau hôm nay.") % {"unit": unit, **days}
    elif one.came_on < one.date:
        says = _("%(unit)s: văn bản ngày %(day)s không thể đến từ ngày %(came)s.")
        yield says % {"unit": unit, **days}


def _document(by: Mandate, paper: OnPaper) -> Document:
    """The one in the register, where it stands there already as the unit's."""
    parsed = parse_symbol(paper.symbol)
    assert parsed is not None
    known = same_document(identify(parsed.number, parsed.code, paper.date, paper.issuer))
    if known and known.unit_id == paper.unit.pk:
        return known
    facts = Facts(symbol=paper.symbol, date=paper.date, issuer=paper.issuer)
    return enter_document(by=by, facts=facts, unit=paper.unit)

"""Answers that came on paper: whoever gave the directive writes them down for the units, many in one act."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.documents.actions.registering import Facts, enter_document
from thongsuot.documents.enums import Acts, UptakeKind
from thongsuot.documents.identity import identify
from thongsuot.documents.models import Directive, Document, Point, TakenPoint, Uptake
from thongsuot.documents.policies import may
from thongsuot.documents.queries import same_document
from thongsuot.documents.queries.text import newest_version
from thongsuot.kernel.symbols import parse_symbol
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.matters.actions.moving import author
from thongsuot.matters.enums import State
from thongsuot.matters.models import Matter
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reaches

_NAMED = 8


@dataclass(frozen=True, slots=True)
class OnPaper:
    """The document a unit issued, as it stands on its paper."""

    unit: Unit
    symbol: str
    date: date
    issuer: str


@transaction.atomic
def record_answers(
    *,
    by: Mandate,
    directive: Directive,
    kind: UptakeKind,
    papers: Collection[OnPaper],
    points: Iterable[Point] = (),
) -> list[Uptake]:
    """All of them or none; each document stands in the register as its unit's. Their tasks remain theirs to hand in."""
    require(may(by, Verb.KEEP_DOCUMENTS, directive))
    if kind == UptakeKind.NOT_APPLICABLE:
        raise Refused(_("Đơn vị tự nêu lý do không áp dụng; ở đây chỉ ghi văn bản đã ban hành."))
    if not papers:
        raise Refused(_("Chưa có đơn vị nào. Ghi mỗi đơn vị một dòng: tên đơn vị; số, ký hiệu; ngày."))
    _require_sound(by, directive, papers)
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
            answered_on=max(one.date, directive.issued_on),
            author=author(by),
            seen=version,
        )
        for one in papers
    )
    TakenPoint.objects.bulk_create(
        TakenPoint(uptake=uptake, point=point) for uptake in uptakes for point in points
    )
    record(
        by=by,
        verb=Acts.RECORDED_ON_PAPER,
        subject=directive.document,
        details={"directive": directive.pk, "units": sorted(one.unit.code for one in papers)},
    )
    return uptakes


def _require_sound(by: Mandate, directive: Directive, papers: Collection[OnPaper]) -> None:
    """Every fault at once."""
    told = set(
        Matter.objects.filter(order=directive.order_id)
        .exclude(state=State.WITHDRAWN)
        .values_list("unit", flat=True)
    )
    answered = set(Uptake.objects.filter(directive=directive).values_list("unit", flat=True))
    today, seen, faults = timezone.localdate(), set[int](), []
    for one in papers:
        if one.unit.pk not in told or not reaches(by, one.unit):
            faults.append(_("%(unit)s không được giao thực hiện văn bản này.") % {"unit": one.unit.title})
        elif one.unit.pk in answered:
            faults.append(_("%(unit)s đã trả lời trên hệ thống.") % {"unit": one.unit.title})
        elif one.unit.pk in seen:
            faults.append(_("%(unit)s được ghi hai lần.") % {"unit": one.unit.title})
        if parse_symbol(one.symbol) is None:
            says = _("%(unit)s: không đọc được số, ký hiệu “%(symbol)s”.")
            faults.append(says % {"unit": one.unit.title, "symbol": one.symbol})
        if one.date > today:
            says = _("%(unit)s: ngày %(day)s ở sau hôm nay.")
            faults.append(says % {"unit": one.unit.title, "day": f"{one.date:%d-%m-%Y}"})
        seen.add(one.unit.pk)
    if faults:
        raise Refused(" ".join(faults[:_NAMED]))


def _document(by: Mandate, paper: OnPaper) -> Document:
    """The one in the register, where it stands there already as the unit's."""
    parsed = parse_symbol(paper.symbol)
    assert parsed is not None
    known = same_document(identify(parsed.number, parsed.code, paper.date, paper.issuer))
    if known and known.unit_id == paper.unit.pk:
        return known
    facts = Facts(symbol=paper.symbol, date=paper.date, issuer=paper.issuer)
    return enter_document(by=by, facts=facts, unit=paper.unit)

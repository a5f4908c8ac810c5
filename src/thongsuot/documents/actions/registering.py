"""Entering documents, mending their entries, and telling where they are cited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.audit.actions import record
from thongsuot.audit.removal import remove_or_refuse, still_used
from thongsuot.audit.versions import take_turn
from thongsuot.documents.enums import Acts, Level, Secrecy
from thongsuot.documents.found import forget_document, forget_points, index_document
from thongsuot.documents.identity import Identity, identify
from thongsuot.documents.models import Document, DocumentCitation, Point, TakenPoint, Wording
from thongsuot.documents.policies import may, may_edit, may_enter
from thongsuot.documents.queries import find_document, origin_key, origin_known, point_key, same_document
from thongsuot.documents.queries.text import origins_of_points
from thongsuot.kernel.symbols import parse_symbol
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.document_types import document_types, issuer_of_code, type_of_code
from thongsuot.matters.enums import OriginKind
from thongsuot.matters.models import Origin
from thongsuot.sources.models import Citation
from thongsuot.sources.policies import may as may_source
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Mandate, Unit


@dataclass(frozen=True, slots=True)
class Facts:
    """What an entry says; `symbol` as printed, with its number: 249-KH/UBKTTW, 593/TB-VPCP, 30/2020/NĐ-CP."""

    symbol: str
    date: Date | None = None
    issuer: str = ""
    type: str = ""
    abstract: str = ""
    signer: str = ""
    level: str = ""
    in_force_from: Date | None = None
    in_force_until: Date | None = None
    ending: str = ""
    ended_on: Date | None = None
    ended_by: Document | None = None
    secrecy: str = Secrecy.NONE


@transaction.atomic
def enter_document(*, by: Mandate, facts: Facts, unit: Unit | None = None) -> Document:
    """By hand. `unit`: the one of our register that issued it; a ward enters its own."""
    require(may_enter(by))
    if not by.allows(Verb.KEEP_DOCUMENTS):
        unit = by.unit
    identity = _identity(facts)
    if known := same_document(identity):
        raise Refused(_("Sổ đã có “%(document)s”. Mở văn bản đó để bổ sung.") % {"document": known})
    document = _only_cited(identity) or Document()
    document.unit = unit
    document.keeper = by.unit
    _write(document, identity, facts)
    document.level = facts.level or _level(unit)
    document.save()
    index_document(document)
    record(by=by, verb=Acts.REGISTERED, subject=document)
    return document


@transaction.atomic
def edit_document(*, by: Mandate, document: Document, facts: Facts, seen: int | None = None) -> Document:
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(may_edit(by, document))
    take_turn(document, seen)
    identity = _identity(facts)
    known = same_document(identity)
    if known and known.pk != document.pk:
        raise Refused(_("Sổ đã có “%(document)s”. Chọn văn bản đó thay vì bổ sung.") % {"document": known})
    if facts.ended_by and facts.ended_by.pk == document.pk:
        raise Refused(_("Văn bản không tự thay thế, bãi bỏ chính nó. Chọn văn bản khác."))
    _write(document, identity, facts)
    document.level = facts.level
    document.save()
    Origin.objects.filter(key=origin_key(document)).update(title=_in_one_language(document)[:300])
    index_document(document)
    record(by=by, verb=Acts.EDITED, subject=document, details={"force": facts.ending})
    return document


def _identity(facts: Facts) -> Identity:
    if facts.secrecy != Secrecy.NONE:
        raise Refused(
            _(
                "Văn bản độ %(level)s không được đưa vào hệ thống này. Quản lý theo quy định bảo vệ bí mật nhà nước."
            )
            % {"level": Secrecy(facts.secrecy).label}
        )
    parsed = parse_symbol(facts.symbol)
    if parsed is None:
        raise Refused(
            _(
                "Không đọc được số, ký hiệu “%(symbol)s”. Viết như 249-KH/UBKTTW, 593/TB-VPCP hoặc 30/2020/NĐ-CP."
            )
            % {"symbol": facts.symbol.strip()}
        )
    identity = identify(parsed.number, parsed.code, facts.date, facts.issuer)
    if identity.date is None or not identity.issuer:
        raise Refused(
            _("Chưa đủ ngày và cơ quan ban hành. Hai số giống nhau chỉ phân biệt được nhờ hai điều này.")
        )
    return identity


def _only_cited(identity: Identity) -> Document | None:
    """An entry that citations made without knowing its day: the same paper, so it is filled in."""
    found = find_document(
        number=identity.number, symbol=identity.symbol, date=identity.date, issuer=identity.issuer
    )
    return next(
        (one for one in found.candidates if one.date is None and one.issuer_folded == identity.issuer), None
    )


def _write(document: Document, identity: Identity, facts: Facts) -> None:
    if facts.type and facts.type not in document_types():
        raise Refused(_("Không có loại văn bản “%(type)s” trong danh mục.") % {"type": facts.type})
    if bool(facts.ending) != bool(facts.ended_on):
        raise Refused(_("Thay thế, bãi bỏ, tạm ngưng phải có ngày. Nhập cả hai hoặc để trống cả hai."))
    if facts.in_force_from and facts.in_force_until and facts.in_force_until < facts.in_force_from:
        raise Refused(_("Ngày hết hiệu lực trước ngày có hiệu lực. Sửa một trong hai ngày."))
    document.number, document.symbol, document.date = identity.number, identity.symbol, identity.date
    document.issuer = (facts.issuer.strip() or issuer_of_code(identity.symbol))[:200]
    document.issuer_folded = identity.issuer[:200]
    document.type = facts.type or type_of_code(identity.symbol)
    document.abstract, document.signer = facts.abstract.strip()[:1000], facts.signer.strip()[:200]
    document.in_force_from, document.in_force_until = facts.in_force_from, facts.in_force_until
    document.ending, document.ended_on = facts.ending, facts.ended_on
    document.ended_by = facts.ended_by if facts.ending else None


def _level(unit: Unit | None) -> str:
    if unit is None:
        return ""
    return Level.PROVINCE if unit.tier == Tier.PROVINCE else Level.COMMUNE


@override(settings.LANGUAGE_CODE)
def _in_one_language(document: Document) -> str:
    return str(document)


@transaction.atomic
def register_document(
    *,
    by: Mandate,
    number: str,
    symbol: str,
    date: Date | None = None,
    issuer: str = "",
    type: str = "",
    abstract: str = "",
) -> tuple[Document, bool]:
    """The document of this identity, entered if missing; one whose issuer is unknown is always new."""
    require(may(by, Verb.CONFIRM))
    identity = identify(number, symbol, date, issuer)
    known = same_document(identity)
    if known:
        return known, False
    if type and type not in document_types():
        raise Refused(_("Không có loại văn bản “%(type)s” trong danh mục.") % {"type": type})
    if not (identity.number or identity.symbol or abstract):
        raise Refused(_("Văn bản chưa có số, ký hiệu hay trích yếu. Nhập ít nhất một trong ba."))
    document = Document(
        number=identity.number,
        symbol=identity.symbol,
        date=date,
        issuer=(issuer.strip() or issuer_of_code(identity.symbol))[:200],
        issuer_folded=identity.issuer[:200],
        type=type or type_of_code(identity.symbol),
        abstract=abstract.strip()[:1000],
    )
    document.save()
    index_document(document)
    record(by=by, verb=Acts.REGISTERED, subject=document)
    return document, True


@transaction.atomic
def complete_document(
    *, by: Mandate, document: Document, date: Date | None = None, issuer: str = ""
) -> Document:
    """Fill in what was unknown; what is known is never overwritten."""
    require(may(by, Verb.CONFIRM, document))
    document = Document.objects.select_for_update().get(pk=document.pk)
    fuller = identify(document.number, document.symbol, document.date or date, document.issuer or issuer)
    if (date and date != fuller.date) or (
        issuer and identify("", document.symbol, None, issuer).issuer != fuller.issuer
    ):
        raise Refused(_("“%(document)s” đã có ngày hoặc cơ quan ban hành khác.") % {"document": document})
    known = same_document(fuller)
    if known and known.pk != document.pk:
        raise Refused(_("Sổ đã có “%(document)s”. Chọn văn bản đó thay vì bổ sung.") % {"document": known})
    document.date = fuller.date
    document.issuer = document.issuer or issuer.strip()[:200]
    document.issuer_folded = fuller.issuer[:200]
    document.save()
    index_document(document)
    record(by=by, verb=Acts.COMPLETED, subject=document, details={"issuer": document.issuer})
    return document


@transaction.atomic
def cite_document(
    *, by: Mandate, document: Document, citation: Citation, as_printed: str
) -> DocumentCitation:
    require(may_source(by, Verb.CONFIRM, citation.source))
    mention, new = DocumentCitation.objects.get_or_create(
        document=document, citation=citation, defaults={"as_printed": as_printed[:500]}
    )
    if new:
        record(
            by=by,
            verb=Acts.CITED,
            subject=document,
            details={"citation": citation.pk, "as_printed": as_printed},
        )
    return mention


@transaction.atomic
def uncite_document(*, by: Mandate, mention: DocumentCitation) -> None:
    require(may(by, Verb.UNDO, mention))
    remove_or_refuse(mention)
    record(by=by, verb=Acts.UNCITED, subject=mention.document, details={"citation": mention.citation_id})


@transaction.atomic
def remove_document(*, by: Mandate, document: Document, reason: str = "") -> None:
    """Only one that nothing cites or rests on any more; its texts and points go with it. What somebody entered by
    hand goes by the hand of those who keep it."""
    require(may(by, Verb.UNDO, document))
    if document.keeper_id:
        require(may_edit(by, document))
    points = list(document.points.all())
    _release(points)
    if origin := origin_known(document):
        if resting := [*origin.led_to.all(), *origin.answers.all()]:
            raise Refused(still_used(str(document), resting))
        remove_or_refuse(origin)
    remove_or_refuse(document)
    forget_document(document)
    forget_points(point.pk for point in points)
    record(by=by, verb=Acts.REMOVED, subject=document, details={"reason": reason} if reason else {})


def _release(points: Sequence[Point]) -> None:
    """Points nothing rests on let go of their words; one that a unit took up, or a task names, holds its document."""
    for origin in origins_of_points(points).values():
        if resting := [*origin.led_to.all(), *origin.answers.all()]:
            raise Refused(still_used(origin.title, resting))
        remove_or_refuse(origin)
    if taken := list(
        TakenPoint.objects.filter(Q(point__in=points) | Q(by_point__in=points)).select_related(
            "point__document", "by_point__document", "uptake__document", "uptake__unit"
        )
    ):
        raise Refused(still_used(str(points[0].document), taken))
    Wording.objects.filter(point__in=points).delete()


@override(settings.LANGUAGE_CODE)
def origin_of(document: Document) -> Origin:
    """What matters and answers may rest on. Part of the act that rests on it, so not audited by itself."""
    origin, _new = Origin.objects.get_or_create(
        key=origin_key(document),
        defaults={
            "kind": OriginKind.DOCUMENT,
            "title": str(document)[:300],
            "on": document.date or timezone.localdate(),
            "path": document.get_absolute_url(),
        },
    )
    return origin


@override(settings.LANGUAGE_CODE)
def origin_of_point(point: Point) -> Origin:
    """What a task or a proposal rests on when it names the very point; it stands under its document."""
    origin, new = Origin.objects.get_or_create(
        key=point_key(point),
        defaults={
            "kind": OriginKind.DOCUMENT,
            "title": str(point)[:300],
            "on": point.document.date or timezone.localdate(),
            "path": point.get_absolute_url(),
        },
    )
    if new:
        origin.under.add(origin_of(point.document))
    return origin

"""Keeping the register of directives.

- register_document(by, number, symbol, date=None, issuer="", type="", abstract="") -> (Document, new)
- complete_document(by, document, date=None, issuer="") -> Document     a fuller citation of the same paper
- cite_document(by, document, citation, as_printed) -> DocumentCitation
- uncite_document(by, mention); remove_document(by, document)
- origin_of(document) -> Origin      how the register of matters knows the document
Before registering, queries.find_document(number, symbol, date, issuer) gives the exact match or candidates.
"""

from datetime import date as Date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.audit.actions import record
from thongsuot.audit.removal import remove_or_refuse, still_used
from thongsuot.documents.enums import Acts
from thongsuot.documents.found import forget_document, index_document
from thongsuot.documents.identity import identify
from thongsuot.documents.models import Document, DocumentCitation
from thongsuot.documents.policies import may
from thongsuot.documents.queries import origin_key, origin_known, same_document
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.document_types import document_types, issuer_of_code, type_of_code
from thongsuot.matters.enums import OriginKind
from thongsuot.matters.models import Origin
from thongsuot.sources.models import Citation
from thongsuot.sources.policies import may as may_source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


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
def remove_document(*, by: Mandate, document: Document) -> None:
    """Only one that nothing cites or rests on any more."""
    require(may(by, Verb.UNDO, document))
    if origin := origin_known(document):
        if resting := [*origin.led_to.all(), *origin.answers.all()]:
            raise Refused(still_used(str(document), resting))
        remove_or_refuse(origin)
    remove_or_refuse(document)
    forget_document(document)
    record(by=by, verb=Acts.REMOVED, subject=document)


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

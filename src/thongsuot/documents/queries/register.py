"""Which document is which, and how each stands to a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When

from thongsuot.documents.enums import Ending, Force
from thongsuot.documents.identity import Identity, identify
from thongsuot.documents.models import Directive, Document, DocumentCitation, Point
from thongsuot.documents.policies import citation_scope, directive_scope, scope
from thongsuot.matters.models import Origin
from thongsuot.units.models import Mandate


@dataclass(frozen=True, slots=True)
class Found:
    """The very document, or those it may be: nothing known of them contradicts the citation."""

    exact: Document | None
    candidates: list[Document]


def find_document(*, number: str, symbol: str, date: Date | None = None, issuer: str = "") -> Found:
    wanted = identify(number, symbol, date, issuer)
    if not wanted.number:
        return Found(None, [])
    exact = same_document(wanted)
    fitting = [document for document in Document.objects.filter(_compatible(wanted)) if document != exact]
    return Found(exact, sorted(fitting, key=lambda document: _closeness(document, wanted)))


def same_document(wanted: Identity) -> Document | None:
    """The one registered under this identity; an identity that others may share is nobody's."""
    if not wanted.is_shared:
        return None
    return Document.objects.filter(
        number=wanted.number, symbol=wanted.symbol, date=wanted.date, issuer_folded=wanted.issuer
    ).first()


def _compatible(wanted: Identity) -> Q:
    same = Q(number=wanted.number)
    if wanted.symbol:
        same &= Q(symbol__in=[wanted.symbol, ""])
    if wanted.date:
        same &= Q(date=wanted.date) | Q(date__isnull=True)
    if wanted.issuer:
        same &= Q(issuer_folded__in=[wanted.issuer, ""])
    return same


def _closeness(document: Document, wanted: Identity) -> tuple[bool, bool, bool, int]:
    """Most in common first."""
    return (
        document.symbol != wanted.symbol,
        document.date != wanted.date,
        document.issuer_folded != wanted.issuer,
        -document.pk,
    )


def visible_documents(by: Mandate) -> QuerySet[Document]:
    """With `cited`, the number of places in sources the mandate may see."""
    places = Q(citations__in=DocumentCitation.objects.filter(citation_scope(by)).values("pk"))
    return Document.objects.filter(scope(by)).annotate(cited=Count("citations", filter=places))


def citations_of(document: Document, by: Mandate) -> QuerySet[DocumentCitation]:
    return document.citations.filter(citation_scope(by)).select_related("citation__source")


def documents_cited_in(sources: Iterable[int], by: Mandate) -> QuerySet[DocumentCitation]:
    return DocumentCitation.objects.filter(citation_scope(by), citation__source__in=sources).select_related(
        "document", "citation"
    )


def origin_known(document: Document) -> Origin | None:
    """How the register of matters knows the document, once something rests on it."""
    return Origin.objects.filter(key=origin_key(document)).first()


def origin_key(document: Document) -> str:
    return f"documents.document:{document.pk}"


def point_key(point: Point) -> str:
    return f"documents.point:{point.pk}"


def _force_rules(on: Date) -> dict[Force, Q]:
    """In the order in which they are asked; each holds only where none before it does."""
    ended = {
        Force(ending.value): Q(ending=ending, ended_on__lte=on)
        for ending in (Ending.REPLACED, Ending.REPEALED, Ending.SUSPENDED)
    }
    return {
        **ended,
        Force.EXPIRED: Q(in_force_until__lt=on),
        Force.NOT_YET: Q(in_force_from__gt=on),
        Force.IN_FORCE: Q(in_force_from__isnull=False),
        Force.UNKNOWN: Q(),
    }


def force_column(on: Date) -> Case:
    cases = [When(rule, then=Value(state.value)) for state, rule in _force_rules(on).items() if rule]
    return Case(*cases, default=Value(Force.UNKNOWN.value), output_field=CharField())


def force(document: Document, on: Date) -> Force:
    """The same rule for one document in hand."""
    if document.ending and document.ended_on and document.ended_on <= on:
        return Force(document.ending)
    if document.in_force_until and document.in_force_until < on:
        return Force.EXPIRED
    if document.in_force_from is None:
        return Force.UNKNOWN
    return Force.NOT_YET if document.in_force_from > on else Force.IN_FORCE


def with_force(documents: QuerySet[Document], on: Date) -> QuerySet[Document]:
    return documents.annotate(force=force_column(on))


def is_directed(by: Mandate) -> Exists:
    """Whether units were told to put the document into effect, as far as the mandate sees."""
    return Exists(Directive.objects.filter(directive_scope(by), document=OuterRef("pk")))

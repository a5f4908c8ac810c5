"""Marks of cited documents in a source; documents as what an answer to a proposal rests on."""

from collections.abc import Iterator, Sequence

from thongsuot.documents.actions import origin_of
from thongsuot.documents.found import KIND
from thongsuot.documents.models import Document
from thongsuot.documents.policies import scope
from thongsuot.documents.queries import documents_cited_in
from thongsuot.finding.queries import matching
from thongsuot.matters.models import Origin
from thongsuot.matters.papers import Paper, Register, register_papers
from thongsuot.sources.enums import MarkFamily
from thongsuot.sources.marks import Mark, register_marker
from thongsuot.sources.models import Source
from thongsuot.units.models import Mandate


def marks(source: Source, by: Mandate) -> Iterator[Mark]:
    for mention in documents_cited_in([source.pk], by):
        place, document = mention.citation, mention.document
        yield Mark(place.start, place.end, MarkFamily.DOCUMENTS, str(document), document.get_absolute_url())


OFFERED = 8


def find(typed: str, by: Mandate) -> Sequence[Paper]:
    found = Document.objects.filter(scope(by), pk__in=matching(KIND, typed)).order_by("-date", "-pk")
    return [_paper(document) for document in found[:OFFERED]]


def named(keys: Sequence[str], by: Mandate) -> Sequence[Paper]:
    chosen = Document.objects.filter(scope(by), pk__in=[int(key) for key in keys if key.isdigit()])
    return [_paper(document) for document in chosen]


def origin(key: str) -> Origin:
    return origin_of(Document.objects.get(pk=int(key)))


def _paper(document: Document) -> Paper:
    return Paper(str(document.pk), str(document))


def show() -> None:
    register_marker(marks)
    register_papers(Register(find, named, origin))

"""Marks of cited documents in a source."""

from collections.abc import Iterator

from thongsuot.documents.queries import documents_cited_in
from thongsuot.sources.enums import MarkFamily
from thongsuot.sources.marks import Mark, register_marker
from thongsuot.sources.models import Source
from thongsuot.units.models import Mandate


def marks(source: Source, by: Mandate) -> Iterator[Mark]:
    for mention in documents_cited_in([source.pk], by):
        place, document = mention.citation, mention.document
        yield Mark(place.start, place.end, MarkFamily.DOCUMENTS, str(document), document.get_absolute_url())


def show() -> None:
    register_marker(marks)

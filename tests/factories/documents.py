from datetime import date

import factory

from tests.factories.sources import CitationFactory
from thongsuot.documents.models import Document, DocumentCitation


class DocumentFactory(factory.django.DjangoModelFactory[Document]):
    class Meta:
        model = Document

    number = factory.Sequence(lambda n: f"{n + 10}")
    symbol = "KH/UBKTTW"
    date = date(2025, 7, 24)
    issuer = "Ủy ban Kiểm tra Trung ương"
    issuer_folded = "ủy ban kiểm tra trung ương"
    type = "kế hoạch"


class DocumentCitationFactory(factory.django.DjangoModelFactory[DocumentCitation]):
    class Meta:
        model = DocumentCitation

    document = factory.SubFactory(DocumentFactory)
    citation = factory.SubFactory(CitationFactory)
    as_printed = "Kế hoạch 249-KH/UBKTTW"

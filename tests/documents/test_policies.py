"""Documents are public to all who may read; where they are cited is not."""

import pytest

from tests import people
from tests.factories.documents import DocumentCitationFactory
from tests.factories.sources import CitationFactory, SourceFactory
from tests.factories.units import WardFactory
from thongsuot.documents.models import Document, DocumentCitation
from thongsuot.documents.policies import citation_scope, may, scope
from thongsuot.units.enums import Verb

pytestmark = pytest.mark.django_db


def test_scope_and_may_agree() -> None:
    ward = WardFactory()
    for source in (SourceFactory(received_at_unit=ward), SourceFactory(concerns=[ward]), SourceFactory()):
        DocumentCitationFactory(citation=CitationFactory(source=source))
    for mandate in (
        people.clerk(ward),
        people.officer(ward.parent),
        people.administrator(ward.parent),
        people.stranger(),
    ):
        documents = set(Document.objects.filter(scope(mandate)))
        places = set(DocumentCitation.objects.filter(citation_scope(mandate)))
        for document in Document.objects.all():
            assert may(mandate, Verb.READ, document).ok == (document in documents)
        for mention in DocumentCitation.objects.all():
            assert may(mandate, Verb.READ, mention).ok == (mention in places)


def test_a_ward_sees_every_document_but_only_its_own_citations() -> None:
    ward = WardFactory()
    DocumentCitationFactory(citation=CitationFactory(source=SourceFactory(concerns=[ward])))
    DocumentCitationFactory()
    clerk = people.clerk(ward)
    assert Document.objects.filter(scope(clerk)).count() == 2
    assert DocumentCitation.objects.filter(citation_scope(clerk)).count() == 1

"""Documents are public: all who may read see them; where they are cited, only those who reach the source."""

from django.db.models import Q

from thongsuot.documents.models import Document, DocumentCitation
from thongsuot.kernel.verdicts import ALLOWED, Verdict
from thongsuot.sources.models import Source
from thongsuot.sources.policies import may as may_source
from thongsuot.sources.policies import scope as source_scope
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.units.policies import holds


def scope(mandate: Mandate) -> Q:
    return Q() if mandate.allows(Verb.READ) else Q(pk__in=[])


def citation_scope(mandate: Mandate) -> Q:
    return Q(citation__source__in=Source.objects.filter(source_scope(mandate)).values("pk"))


def may(mandate: Mandate, verb: Verb, subject: Document | DocumentCitation | None = None) -> Verdict:
    if not (held := holds(mandate, verb)):
        return held
    if isinstance(subject, DocumentCitation):
        return may_source(mandate, verb, subject.citation.source)
    return ALLOWED

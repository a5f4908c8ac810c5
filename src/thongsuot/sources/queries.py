from django.db.models import QuerySet

from thongsuot.sources.models import Citation, Source
from thongsuot.sources.policies import scope
from thongsuot.units.models import Mandate

AROUND = 160


def visible_sources(by: Mandate) -> QuerySet[Source]:
    return Source.objects.filter(scope(by)).select_related("received_at_unit")


def source_by_hash(sha256: str) -> Source | None:
    return Source.objects.filter(sha256=sha256).first()


def sentence(citation: Citation) -> tuple[str, str, str]:
    """The cited words with what stands just before and after them."""
    text = citation.source.text
    before = text[max(0, citation.start - AROUND) : citation.start]
    after = text[citation.end : citation.end + AROUND]
    return before, text[citation.start : citation.end], after

"""Marks of cited documents in a source; documents as what an answer rests on; what a unit puts into effect."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.documents.actions import origin_of
from thongsuot.documents.enums import Standing
from thongsuot.documents.found import KIND
from thongsuot.documents.models import Document
from thongsuot.documents.policies import scope
from thongsuot.documents.queries import documents_cited_in
from thongsuot.documents.queries.cascade import STANDING_TONES, owed_by_unit, told_to
from thongsuot.finding.queries import matching
from thongsuot.matters.models import Origin
from thongsuot.matters.papers import Paper, Register, register_papers
from thongsuot.sources.enums import MarkFamily
from thongsuot.sources.marks import Mark, register_marker
from thongsuot.sources.models import Source
from thongsuot.units.measures import register_measure
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.panels import register_panel


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


NEWEST = 5


def panel(unit: Unit, by: Mandate) -> Mapping[str, object] | None:
    """The newest directives the unit was told to put into effect, and how it stands to them."""
    tasks = list(told_to(unit, by, timezone.localdate())[:NEWEST])
    lines = [(one, Standing(one.standing), STANDING_TONES[Standing(one.standing)]) for one in tasks]  # type: ignore[attr-defined]
    return {"lines": lines, "unit": unit} if lines else None


def taking_up_by_commune(province: Unit, by: Mandate) -> Mapping[int, float]:
    """How many directives each commune still owes an answer to."""
    return owed_by_unit(by, province, timezone.localdate())


def show() -> None:
    register_marker(marks)
    register_panel(35, _("Thực hiện văn bản cấp trên"), "documents/unit_panel.html", panel)
    register_measure(
        "van-ban-cho",
        _("Văn bản chưa cụ thể hóa"),
        pgettext_lazy("unit of measure", "văn bản"),
        taking_up_by_commune,
    )
    register_papers(Register(find, named, origin))

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from thongsuot.sources.enums import MarkFamily
from thongsuot.sources.marks import Mark, Stretch, marks_of, stretches
from thongsuot.sources.models import Citation, Source
from thongsuot.sources.policies import scope
from thongsuot.units.models import Mandate

AROUND = 160
CITED = "cited"


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


def citation_url(citation: Citation) -> str:
    """The address of the cited words inside their source: what a quotation mark leads to."""
    return f"{reverse('sources:page', args=[citation.source_id])}?at={citation.pk}#at"


@dataclass(frozen=True, slots=True)
class CitedRecord:
    """One record and all the places of the text it was read from, tied together by `number`."""

    number: int
    family: str
    label: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class FamilyShown:
    code: str
    label: str
    records: Sequence[CitedRecord]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the numbers of the records that cover it, outermost first."""

    text: str
    covers: Sequence[CitedRecord]
    cited: bool
    first_cited: bool


@dataclass(frozen=True, slots=True)
class SourcePage:
    source: Source
    pieces: Sequence[Piece]
    families: Sequence[FamilyShown]
    at: Citation | None

    @property
    def count(self) -> int:
        return sum(len(family.records) for family in self.families)


def source_page(source: Source, by: Mandate, at: Citation | None = None) -> SourcePage:
    marks = marks_of(source, by)
    records = _records(source.text, marks)
    place = [Mark(at.start, at.end, CITED, "", "")] if at else []
    pieces = _pieces(stretches(source.text, [*marks, *place]), records)
    return SourcePage(source, pieces, _families(records.values()), at)


_Key = tuple[str, str, str]


def _key(mark: Mark) -> _Key:
    return mark.family, mark.label, mark.url


def _records(text: str, marks: Iterable[Mark]) -> dict[_Key, CitedRecord]:
    records: dict[_Key, CitedRecord] = {}
    for mark in marks:
        if _key(mark) not in records:
            records[_key(mark)] = CitedRecord(len(records) + 1, *_key(mark), text[mark.start : mark.end])
    return records


def _pieces(cut: Iterable[Stretch], records: dict[_Key, CitedRecord]) -> list[Piece]:
    pieces: list[Piece] = []
    seen = False
    for stretch in cut:
        outermost_first = sorted(stretch.marks, key=lambda mark: mark.start - mark.end)
        covers = [records[_key(mark)] for mark in outermost_first if mark.family != CITED]
        cited = any(mark.family == CITED for mark in stretch.marks)
        pieces.append(Piece(stretch.text, covers, cited, cited and not seen))
        seen = seen or cited
    return pieces


def _families(records: Iterable[CitedRecord]) -> list[FamilyShown]:
    """In the order of MarkFamily; a family unknown to it stands last under its own name."""
    by_family: dict[str, list[CitedRecord]] = {code: [] for code in MarkFamily.values}
    for record in records:
        by_family.setdefault(record.family, []).append(record)
    labels = dict(MarkFamily.choices)
    return [
        FamilyShown(code, str(labels.get(code, code)), found) for code, found in by_family.items() if found
    ]

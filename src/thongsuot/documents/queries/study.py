"""How far a document has been studied, by unit and audience."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from thongsuot.documents.enums import Audience
from thongsuot.documents.models import Circle, Document, DocumentVersion, StudySession
from thongsuot.documents.policies import answer_scope
from thongsuot.documents.queries.text import audiences_touched, newest_version
from thongsuot.documents.reaching import NOBODY, Counted, Reach, counts_since, reach
from thongsuot.matters.models import Matter
from thongsuot.matters.policies import scope as matter_scope
from thongsuot.units.models import Mandate, Unit


def visible_sessions(by: Mandate) -> QuerySet[StudySession]:
    return StudySession.objects.filter(answer_scope(by)).select_related("unit", "version__document")


def _counted(rows: QuerySet[StudySession]) -> list[Counted]:
    names = ("version__number", "unit", "audience", "attended", "fresh", "confirmed", "passed")
    return [Counted(*row) for row in rows.order_by().values_list(*names)]


def reach_of_unit(document: Document, unit: Unit, audience: str) -> Reach:
    """Of the newest text."""
    held = _counted(StudySession.objects.filter(version__document=document, unit=unit, audience=audience))
    version = newest_version(document) if held else None
    if version is None:
        return NOBODY
    touched = audiences_touched(document) if version.number > 1 else {}
    return reach(held, touched, version.number).get((unit.pk, audience), NOBODY)


@dataclass(frozen=True, slots=True)
class Cell:
    reach: Reach
    heads: int | None

    @property
    def share(self) -> float | None:
        return min(1.0, self.reach.people / self.heads) if self.heads else None

    @property
    def words(self) -> str:
        """How many of how many, in sessions, as a screen reader says it."""
        of = f"/{self.heads}" if self.heads else ""
        return _("%(people)d%(of)s người, %(count)d buổi") % {
            "people": self.reach.people,
            "of": of,
            "count": self.reach.sessions,
        }

    @property
    def level(self) -> int:
        """Shade 0 to 5 of the heat table."""
        if self.share is None:
            return 1 if self.reach.people else 0
        return min(5, int(self.share * 5 + 0.5))


@dataclass(frozen=True, slots=True)
class Row:
    unit: Unit
    cells: Sequence[Cell]

    @property
    def nobody(self) -> bool:
        return not any(cell.reach.people for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Studied:
    """The newest text by unit and audience; people are added up within one audience only, for some belong to two."""

    version: DocumentVersion
    audiences: Sequence[Audience]
    since: Sequence[int]
    rows: Sequence[Row]
    totals: Sequence[Cell]

    @property
    def without(self) -> int:
        return sum(row.nobody for row in self.rows)


def studied(document: Document, units: Sequence[Unit], by: Mandate) -> Studied | None:
    version = newest_version(document)
    if version is None:
        return None
    touched = audiences_touched(document)
    rows = StudySession.objects.filter(answer_scope(by), version__document=document)
    found = reach(_counted(rows), touched, version.number)
    circles = {
        (unit, audience): heads
        for unit, audience, heads in Circle.objects.filter(answer_scope(by), document=document).values_list(
            "unit", "audience", "heads"
        )
    }
    audiences = list(Audience)
    lines = [
        Row(
            unit,
            [
                Cell(found.get((unit.pk, one.value), NOBODY), circles.get((unit.pk, one.value)))
                for one in audiences
            ],
        )
        for unit in units
    ]
    totals = [_total([line.cells[place] for line in lines]) for place in range(len(audiences))]
    since = [counts_since(touched, one.value, version.number) for one in audiences]
    return Studied(version, audiences, since, lines, totals)


def _total(cells: Sequence[Cell]) -> Cell:
    heads = [cell.heads for cell in cells if cell.heads]
    return Cell(sum((cell.reach for cell in cells), NOBODY), sum(heads) if heads else None)


def studying_units(document: Document, by: Mandate) -> list[Unit]:
    """Those told to put the document into effect, those that studied it, and those whose audiences are known."""
    told = Matter.objects.filter(matter_scope(by), order__directive__document=document).values("unit")
    seen = StudySession.objects.filter(answer_scope(by), version__document=document).values("unit")
    known = Circle.objects.filter(answer_scope(by), document=document).values("unit")
    units = Unit.objects.filter(Q(pk__in=told) | Q(pk__in=seen) | Q(pk__in=known))
    return list(units.order_by("name", "pk"))

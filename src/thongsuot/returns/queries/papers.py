"""One return as it is filled in: lines with their cells, sections with their words, and what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from django.db.models import QuerySet

from thongsuot.indicators.models import StatedFigure
from thongsuot.indicators.queries import said_at
from thongsuot.returns.checking import BLANK, Asked, AskedSection, Cell, Fault, check
from thongsuot.returns.enums import Level
from thongsuot.returns.models import (
    Note,
    Return,
    ReturnTemplate,
    ReturnVersion,
    TakenLine,
    TemplateLine,
    TemplateSection,
)
from thongsuot.returns.narrative import figures_said
from thongsuot.returns.policies import scope
from thongsuot.returns.prefilling import cell_of, previous
from thongsuot.units.models import Mandate

_JOINED = ("round__template__issuer", "round__period", "round__unit", "unit__parent")


@dataclass
class Paper:
    """A version of a return with everything a page, a check or a workbook asks of it."""

    row: Return
    version: ReturnVersion | None
    lines: Sequence[TemplateLine]
    sections: Sequence[TemplateSection]
    figures: Mapping[int, StatedFigure] = field(default_factory=dict)  # by key of the line
    passages: Mapping[int, str] = field(default_factory=dict)
    explanations: Mapping[int, str] = field(default_factory=dict)
    before: Mapping[int, Cell] = field(default_factory=dict)

    @cached_property
    def cells(self) -> Mapping[int, Cell]:
        return {line.pk: self.cell(line) for line in self.lines}

    def cell(self, line: TemplateLine) -> Cell:
        figure = self.figures.get(line.pk)
        return cell_of(figure) if figure else BLANK

    @cached_property
    def faults(self) -> Sequence[Fault]:
        return self.checked(self.cells, self.passages)

    def checked(self, cells: Mapping[int, Cell], passages: Mapping[int, str]) -> Sequence[Fault]:
        asked = [asked_of(line) for line in self.lines]
        told = [(section.pk, section.kind, passages.get(section.pk, "")) for section in self.sections]
        return check(
            asked,
            cells,
            [AskedSection(one.pk, one.title, one.required) for one in self.sections],
            passages,
            self.before,
            figures_said(asked, told, cells),
        )

    @cached_property
    def standing_in_the_way(self) -> Sequence[Fault]:
        """What must be mended, and what nobody has explained yet."""
        return [
            fault
            for fault in self.faults
            if fault.level == Level.MUST or not self.explanations.get(fault.line or 0, "").strip()
        ]

    @cached_property
    def headings(self) -> Sequence[tuple[str, Sequence[TemplateLine]]]:
        return [(title, list(lines)) for title, lines in groupby(self.lines, lambda line: line.heading)]


def asked_of(line: TemplateLine) -> Asked:
    indicator = line.indicator
    return Asked(
        key=line.pk,
        name=str(indicator),
        kind=indicator.kind,
        unit_of_measure=indicator.unit_of_measure,
        code=indicator.code,
        required=line.required,
        least=line.least,
        most=line.most,
        jump=line.jump,
        part_of=line.part_of_id,
    )


def visible_returns(by: Mandate) -> QuerySet[Return]:
    return Return.objects.filter(scope(by)).select_related(*_JOINED)


def version_of(row: Return, number: int | None = None) -> ReturnVersion | None:
    rows = ReturnVersion.objects.filter(parent=row, number=row.number if number is None else number)
    return rows.select_related("statement__period", "statement__unit").first()


def lines_of(template: ReturnTemplate) -> list[TemplateLine]:
    return list(TemplateLine.objects.filter(template=template).select_related("indicator"))


def paper_of(row: Return, number: int | None = None) -> Paper:
    """A constant number of queries, whatever the template asks for."""
    template, period = row.round.template, row.round.period
    lines, sections = lines_of(template), list(TemplateSection.objects.filter(template=template))
    version = version_of(row, number)
    paper = Paper(row, version, lines, sections)
    if (before := previous(period)) is not None:
        known = said_at(row.unit, before)
        paper.before = {
            line.pk: cell_of(figure) for line in lines if (figure := known.get(line.indicator_id))
        }
    if version is not None:
        paper.figures = _figures(version, lines)
        paper.passages = dict(version.passages.order_by().values_list("section", "text"))
        paper.explanations = dict(version.explanations.order_by().values_list("line", "text"))
    return paper


def _figures(version: ReturnVersion, lines: Sequence[TemplateLine]) -> Mapping[int, StatedFigure]:
    """By key of the line; the indicators are those of the lines, read once."""
    stated = {
        figure.indicator_id: figure for figure in StatedFigure.objects.filter(statement=version.statement)
    }
    found = {}
    for line in lines:
        if figure := stated.get(line.indicator_id):
            figure.indicator, found[line.pk] = line.indicator, figure
    return found


def notes_on(version: ReturnVersion | None) -> list[Note]:
    return list(version.notes.select_related("line__indicator", "section")) if version else []


def versions_of(row: Return) -> list[ReturnVersion]:
    return list(row.versions.select_related("statement").order_by("number"))


@dataclass(frozen=True, slots=True)
class Difference:
    """What one version says otherwise than another."""

    what: str
    before: str
    after: str


def differences(before: Paper, after: Paper) -> list[Difference]:
    found = [
        Difference(
            str(line.indicator), _shown(before.figures.get(line.pk)), _shown(after.figures.get(line.pk))
        )
        for line in after.lines
        if before.cell(line) != after.cell(line)
    ]
    found += [
        Difference(section.title, before.passages.get(section.pk, ""), after.passages.get(section.pk, ""))
        for section in after.sections
        if before.passages.get(section.pk, "") != after.passages.get(section.pk, "")
    ]
    return found


def _shown(figure: StatedFigure | None) -> str:
    return figure.display() if figure else "—"


def taken_from(row: Return) -> Mapping[tuple[int, str], TakenLine]:
    return {(one.section_id, one.digest): one for one in TakenLine.objects.filter(parent=row)}


def faults_by_line(faults: Iterable[Fault]) -> Mapping[int, list[Fault]]:
    found: dict[int, list[Fault]] = {}
    for fault in faults:
        if fault.line is not None:
            found.setdefault(fault.line, []).append(fault)
    return found

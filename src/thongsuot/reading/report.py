"""From what was found to the records of the contract."""

import re

from thongsuot.kernel import Span, fold
from thongsuot.reading import records
from thongsuot.reading.cast import Person
from thongsuot.reading.mentions.documents import DocumentMention, merged
from thongsuot.reading.mentions.units import UnitMention
from thongsuot.reading.page import REPEATING, Kind


def write(draft, source: records.Source) -> records.Reading:
    return records.Reading(
        source=source,
        meeting=records.Meeting(),
        documents=tuple(_documents(draft)),
        people=tuple(_people(draft)),
        units=tuple(_units(draft)),
        figures=tuple(_figures(draft)),
        warnings=tuple(_warnings(draft)),
    )


def _documents(draft):
    for mention in merged(draft.papers.found):
        issuer = draft.setting.completed(mention.issuer) if mention.issuer else None
        yield records.Document(
            draft.page.span(mention.start, mention.end), mention.type, mention.number, mention.symbol, mention.date, issuer,
            "document.symbol" if mention.symbol else "document.number", 0.95 if mention.symbol else 0.7,
        )


def _people(draft):
    for person in draft.cast.people.values():
        titles = tuple(records.PersonTitle(title.text, body) for title, body in person.titles)
        anchored = any(m.anchored for m in person.mentions) or person.titles
        yield records.Person(
            person.name, titles, tuple(draft.page.span(m.start, m.end) for m in person.mentions),
            "person.anchored" if anchored else "person.surname", 0.97 if anchored else 0.75,
        )


def _units(draft):
    grouped: dict[str, list[UnitMention]] = {}
    for mention in draft.places.mentions:
        key = mention.code if mention.is_province and mention.code else mention.key
        grouped.setdefault(key, []).append(mention)
    for mentions in grouped.values():
        first = next((m for m in mentions if m.former), mentions[0])
        yield records.Unit(
            first.printed, first.code, "former" if first.former else "current",
            tuple(draft.page.span(m.start, m.end) for m in mentions), "unit.listed" if first.rows else "unit.typed", 0.97 if first.certain else 0.6,
        )


def _figures(draft):
    for figure in draft.figures.found:
        if draft.page.kind_at(figure.start) in REPEATING | {Kind.HEADING}:
            continue
        value = figure.values[0] if len(figure.values) == 1 else figure.values
        yield records.Figure(draft.page.span(figure.start, figure.end), value, figure.unit, figure.qualifier, None, "figure.measure", 0.9)


def _warnings(draft):
    for unclear in draft.figures.ambiguous:
        printed = draft.page.text[unclear.start : unclear.end]
        yield records.Warning("ambiguous-number", draft.page.span(unclear.start, unclear.end), f"{printed}: một số hay nhiều số, nhóm nghìn hay phần thập phân?")

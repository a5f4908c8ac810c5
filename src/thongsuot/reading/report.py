"""From what was found to the records of the contract."""

import re

from thongsuot.kernel import Span, fold
from thongsuot.reading import records
from thongsuot.reading.cast import Person
from thongsuot.reading.discourse.topics import topic_of
from thongsuot.reading.mentions.documents import DocumentMention, merged
from thongsuot.reading.mentions.units import UnitMention
from thongsuot.reading.page import REPEATING, Kind


def write(draft, source: records.Source) -> records.Reading:
    if _is_no_report(draft):
        told = (
            records.Warning("not-a-report", None, "Văn bản không giống một báo cáo hay văn bản hành chính."),
        )
        return records.Reading(source=source, meeting=records.Meeting(), warnings=told)
    return records.Reading(
        source=source,
        meeting=_meeting(draft),
        roles=tuple(
            records.Role(f.role, f.person.name, draft.page.span(f.start, f.end), f.rule, 0.9)
            for f in draft.roles.facts.values()
        ),
        proposals=tuple(_proposals(draft)),
        directions=tuple(
            records.Direction(
                draft.page.span(i.start, i.end),
                draft.page.text[i.start : i.end],
                i.speaker,
                i.addressee,
                i.rule,
                i.confidence,
            )
            for i in draft.items
            if i.act == "direction"
        ),
        commitments=tuple(
            records.Commitment(
                draft.page.span(i.start, i.end),
                draft.page.text[i.start : i.end],
                i.speaker,
                i.rule,
                i.confidence,
            )
            for i in draft.items
            if i.act == "commitment"
        ),
        documents=tuple(_documents(draft)),
        people=tuple(_people(draft)),
        units=tuple(_units(draft)),
        figures=tuple(_figures(draft)),
        warnings=tuple(_warnings(draft)),
    )


def _is_no_report(draft):
    """Nothing of government in it: no unit, no body, no paper, no post."""
    signs = len(draft.places.mentions) + len(draft.bodies.found) + 2 * len(draft.papers.found)
    signs += sum(bool(person.posts) for person in draft.cast.people.values()) + 2 * draft.page.official
    return signs + bool(draft.facts.date) < 2


def _meeting(draft):
    facts, roles = draft.facts, draft.roles
    chairs = roles.holders("leads", "chairs")
    chair = (
        None if facts.kind in ("directive", "other") and draft.page.official or not chairs else chairs[0].name
    )
    return records.Meeting(
        kind=facts.kind,
        date=facts.date,
        working_group=facts.working_group,
        organisation=facts.organisation,
        chair=chair,
        units=tuple(m.printed for m in facts.units),
        ordinal=facts.ordinal,
        term=facts.term,
    )


def _proposals(draft):
    for item in draft.items:
        if item.act in ("request", "difficulty"):
            text = draft.page.text[item.start : item.end]
            yield records.Proposal(
                draft.page.span(item.start, item.end),
                text,
                item.speaker,
                item.addressee,
                topic_of(text, draft.lexicon),
                item.act,
                item.rule,
                item.confidence,
            )


def _documents(draft):
    for mention in merged(draft.papers.found):
        issuer = draft.setting.issuer(mention.issuer) if mention.issuer else None
        date = mention.date
        if issuer is None and mention.symbol and mention.symbol.upper().endswith("NĐ-CP"):
            issuer = "Chính phủ"  # decrees have no other issuer
        if mention.own:
            issuer, date = issuer or draft.facts.issuer, date or draft.facts.paper_date
        yield records.Document(
            draft.page.span(mention.start, mention.end),
            mention.type,
            mention.number,
            mention.symbol,
            date,
            issuer,
            "document.symbol" if mention.symbol else "document.number",
            0.95 if mention.symbol else 0.7,
        )


def _people(draft):
    for person in draft.cast.people.values():
        titles = tuple(records.PersonTitle(title.text, body) for title, body in person.titles)
        anchored = any(m.anchored for m in person.mentions) or person.titles
        yield records.Person(
            person.name,
            titles,
            tuple(draft.page.span(m.start, m.end) for m in person.mentions),
            "person.anchored" if anchored else "person.surname",
            0.97 if anchored else 0.75,
        )


def _units(draft):
    grouped: dict[str, list[UnitMention]] = {}
    for mention in draft.places.mentions:
        key = mention.code if mention.is_province and mention.code else mention.key
        grouped.setdefault(key, []).append(mention)
    for mentions in grouped.values():
        first = next((m for m in mentions if m.former), mentions[0])
        yield records.Unit(
            first.printed,
            first.code,
            "former" if first.former else "current",
            tuple(draft.page.span(m.start, m.end) for m in mentions),
            "unit.listed" if first.rows else "unit.typed",
            0.97 if first.certain else 0.6,
        )


def _figures(draft):
    for figure in draft.figures.found:
        if draft.page.kind_at(figure.start) in REPEATING | {Kind.HEADING}:
            continue
        value = figure.values[0] if len(figure.values) == 1 else figure.values
        yield records.Figure(
            draft.page.span(figure.start, figure.end),
            value,
            figure.unit,
            figure.qualifier,
            draft.subjects.of(figure),
            "figure.measure",
            0.9,
        )


def _warnings(draft):
    for unclear in draft.figures.ambiguous:
        printed = draft.page.text[unclear.start : unclear.end]
        question = "nhóm nghìn hay phần thập phân?" if "," in printed else "một số hay hai số?"
        yield records.Warning(
            "ambiguous-number", draft.page.span(unclear.start, unclear.end), f"{printed}: {question}"
        )
    if draft.facts.date is None:
        yield records.Warning("no-date", None, "Không tìm thấy ngày của cuộc họp hay văn bản.")
    if not draft.facts.units and draft.facts.kind != "directive":
        yield records.Warning("no-unit", None, "Không tìm thấy xã, phường, đặc khu của cuộc họp.")

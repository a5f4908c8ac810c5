"""From what was found to the records of the contract, with the rule behind each and how far to trust it."""

from collections.abc import Iterator

from thongsuot.kernel import Span
from thongsuot.reading import records
from thongsuot.reading.cast import Person, folded
from thongsuot.reading.discourse.notes import Item
from thongsuot.reading.discourse.topics import topic_of
from thongsuot.reading.draft import Draft
from thongsuot.reading.mentions.documents import DocumentMention, merged
from thongsuot.reading.mentions.titles import Title
from thongsuot.reading.mentions.units import UnitMention
from thongsuot.reading.page import REPEATING, Kind

# Fewer than these and the text is read all the same, but said to look like no report.
_ENOUGH_SIGNS = 2
_NO_REPORT = records.Warning("not-a-report", None, "Văn bản không giống một báo cáo hay văn bản hành chính.")
_NO_FIGURES = REPEATING | {Kind.HEADING, Kind.LETTERHEAD}


def write(draft: Draft, source: records.Source) -> records.Reading:
    signs = _signs_of_government(draft)
    if not signs:
        return records.Reading(source=source, meeting=records.Meeting(), warnings=(_NO_REPORT,))
    return records.Reading(
        source=source,
        meeting=_meeting(draft),
        roles=tuple(_roles(draft)),
        documents=tuple(_documents(draft)),
        people=tuple(_people(draft)),
        units=tuple(_units(draft)),
        figures=tuple(_figures(draft)),
        proposals=tuple(
            _proposal(draft, item) for item in draft.items if item.act in ("request", "difficulty")
        ),
        directions=tuple(_direction(draft, item) for item in draft.items if item.act == "direction"),
        commitments=tuple(_commitment(draft, item) for item in draft.items if item.act == "commitment"),
        warnings=(*((_NO_REPORT,) if signs < _ENOUGH_SIGNS else ()), *_warnings(draft)),
    )


def _signs_of_government(draft: Draft) -> int:
    """Units, bodies, papers, posts; a date counts where there is one of these."""
    signs = len(draft.places.mentions) + len(draft.bodies.found) + 2 * len(draft.papers.found)
    signs += sum(bool(person.posts) for person in draft.cast.people.values()) + 2 * draft.page.official
    return signs + bool(draft.facts.date) if signs else 0


# -- the meeting ------------------------------------------------------------------


def _chair(draft: Draft) -> Person | None:
    if draft.page.official and draft.facts.kind in ("directive", "other"):
        return None
    chairs = draft.roles.holders("leads", "chairs")
    return chairs[0] if chairs else None


def _meeting(draft: Draft) -> records.Meeting:
    facts, chair = draft.facts, _chair(draft)
    values = {
        "kind": facts.kind,
        "date": facts.date,
        "working_group": facts.working_group,
        "organisation": facts.organisation,
        "chair": chair.name if chair else None,
        "ordinal": facts.ordinal,
        "term": facts.term,
    }
    rules = {
        name: records.Evidence(f"meeting.{name}", _TRUST[name])
        for name, value in values.items()
        if value is not None
    }
    units = tuple(mention.printed for mention in facts.units)
    if units:
        rules["units"] = records.Evidence("meeting.units", _TRUST["units"])
    return records.Meeting(
        kind=facts.kind,
        date=facts.date,
        working_group=facts.working_group,
        organisation=facts.organisation,
        chair=values["chair"],  # type: ignore[arg-type]
        units=units,
        ordinal=facts.ordinal,
        term=facts.term,
        spans=_meeting_spans(draft, chair),
        rules=rules,
    )


_TRUST = {
    "kind": 0.9,
    "date": 0.95,
    "working_group": 0.95,
    "organisation": 0.85,
    "chair": 0.85,
    "ordinal": 0.95,
    "term": 0.95,
    "units": 0.9,
}


def _meeting_spans(draft: Draft, chair: Person | None) -> dict[str, tuple[Span, ...]]:
    facts = draft.facts
    found = {"units": tuple(draft.page.span(mention.start, mention.end) for mention in facts.units)}
    if facts.date_span:
        found["date"] = (draft.page.span(*facts.date_span),)
    if chair:
        roles = [f for f in draft.roles.facts.values() if f.person is chair and f.role in ("leads", "chairs")]
        found["chair"] = tuple(draft.page.span(fact.start, fact.end) for fact in roles[:1])
    return found


def _roles(draft: Draft) -> Iterator[records.Role]:
    for fact in draft.roles.facts.values():
        trust = 0.75 if fact.rule.endswith(("-leader", "-caption", "-head")) else 0.92
        yield records.Role(
            fact.role, fact.person.name, draft.page.span(fact.start, fact.end), fact.rule, trust
        )


# -- documents, people, units, figures ----------------------------------------------


def _documents(draft: Draft) -> Iterator[records.Document]:
    for mention in merged(draft.papers.found):
        issuer, date = _issuer(draft, mention), mention.date
        if mention.own:
            issuer, date = issuer or draft.facts.issuer, date or draft.facts.paper_date
        date = date or _day_of(draft, mention)
        rule, trust = ("document.symbol", 0.95) if mention.symbol else ("document.number", 0.75)
        span = draft.page.span(mention.start, mention.end)
        yield records.Document(span, mention.type, mention.number, mention.symbol, date, issuer, rule, trust)


def _day_of(draft: Draft, mention: DocumentMention) -> str | None:
    """A day without its year: the last one before the meeting."""
    if mention.day is None or draft.facts.date is None:
        return None
    year = int(draft.facts.date[:4])
    for known in (year, year - 1):
        day = mention.day.on(known)
        if day and day.isoformat() <= draft.facts.date:
            return day.isoformat()
    return None


def _issuer(draft: Draft, mention: DocumentMention) -> str | None:
    if mention.issuer:
        return draft.setting.issuer(mention.issuer)
    return None


def _people(draft: Draft) -> Iterator[records.Person]:
    for person in draft.cast.people.values():
        titles = tuple(
            _title(draft, title, body)
            for title, body in person.titles
            if body or title.text.lower() != "thành viên"
        )
        anchored = bool(titles) or any(mention.anchored for mention in person.mentions)
        spans = tuple(draft.page.span(mention.start, mention.end) for mention in person.mentions)
        rule, trust = ("person.anchored", 0.96) if anchored else ("person.surname", 0.7)
        yield records.Person(person.name, titles, spans, rule, trust)


def _title(draft: Draft, title: Title, body: str | None) -> records.PersonTitle:
    """A part in the visiting group belongs to that group."""
    organisation = draft.facts.organisation
    if (
        title.is_meeting_part
        and body is None
        and organisation
        and organisation.lower().startswith(("đoàn", "tổ"))
    ):
        body = organisation
    return records.PersonTitle(title.text, body)


def _units(draft: Draft) -> Iterator[records.Unit]:
    grouped: dict[str, list[UnitMention]] = {}
    for mention in draft.places.mentions:
        key = mention.code if mention.is_province and mention.code else folded(mention.key)
        grouped.setdefault(key, []).append(mention)
    for mentions in grouped.values():
        first = next((mention for mention in mentions if mention.former), mentions[0])
        spans = tuple(draft.page.span(mention.start, mention.end) for mention in mentions)
        status = "former" if first.former else "current"
        rule, trust = ("unit.listed", 0.97) if first.rows else ("unit.typed", 0.6)
        yield records.Unit(first.printed, first.code, status, spans, rule, trust if first.certain else 0.6)


def _figures(draft: Draft) -> Iterator[records.Figure]:
    for figure in draft.figures.found:
        if draft.page.kind_at(figure.start) in _NO_FIGURES:
            continue
        value = figure.values[0] if len(figure.values) == 1 else figure.values
        span = draft.page.span(figure.start, figure.end)
        subject = draft.subjects.of(figure)
        yield records.Figure(span, value, figure.unit, figure.qualifier, subject, "figure.measure", 0.92)


# -- items ---------------------------------------------------------------------------


def _printed(draft: Draft, item: Item) -> tuple[Span, str]:
    return draft.page.span(item.start, item.end), draft.page.text[item.start : item.end]


def _proposal(draft: Draft, item: Item) -> records.Proposal:
    span, text = _printed(draft, item)
    topic = topic_of(draft.page.shade[item.start : item.end], draft.lexicon)
    return records.Proposal(
        span, text, item.speaker, item.addressee, topic, item.act, item.rule, item.confidence
    )


def _direction(draft: Draft, item: Item) -> records.Direction:
    span, text = _printed(draft, item)
    return records.Direction(span, text, item.speaker, item.addressee, item.rule, item.confidence)


def _commitment(draft: Draft, item: Item) -> records.Commitment:
    span, text = _printed(draft, item)
    return records.Commitment(span, text, item.speaker, item.rule, item.confidence)


# -- warnings --------------------------------------------------------------------------


def _warnings(draft: Draft) -> Iterator[records.Warning]:
    for unclear in draft.figures.ambiguous:
        printed = draft.page.text[unclear.start : unclear.end]
        doubt = "nhóm nghìn hay phần thập phân" if "," in printed else "một số hay hai số"
        span = draft.page.span(unclear.start, unclear.end)
        yield records.Warning(
            "ambiguous-number", span, f"“{printed}”: không rõ là {doubt}. Xem bản gốc rồi nhập tay."
        )
    if draft.facts.date is None:
        yield records.Warning("no-date", None, "Không tìm thấy ngày của cuộc họp hay văn bản.")
    if not draft.facts.units and draft.facts.kind != "directive":
        yield records.Warning("no-unit", None, "Không tìm thấy xã, phường, đặc khu của cuộc họp.")

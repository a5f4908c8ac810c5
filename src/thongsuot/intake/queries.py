"""Reads for the pages of intake."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from thongsuot.intake.alternatives import match_options, matched
from thongsuot.intake.content import Content, Item
from thongsuot.intake.enums import DraftState, Effect, Family
from thongsuot.intake.fields import ITEMS, MEETING, FieldSpec, show_field
from thongsuot.intake.matching import Matches, match
from thongsuot.intake.models import Draft
from thongsuot.intake.policies import scope
from thongsuot.intake.problems import Problem, is_meeting, meeting_units, problems_of
from thongsuot.intake.summaries import aside, says
from thongsuot.oversight.models import Meeting
from thongsuot.sources.marks import Mark, Stretch, stretches
from thongsuot.units.models import Mandate, Unit

# Below this a card is shown as doubtful: the person should look at the words before confirming.
DOUBTFUL = 0.6


@dataclass(frozen=True, slots=True)
class Box:
    """One field as it stands in the form."""

    spec: FieldSpec
    shown: str
    problem: str = ""
    notice: str = ""
    fixed: bool = False
    options: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One proposed record beside the text."""

    item: Item
    boxes: Sequence[Box]
    problems: Sequence[Problem]
    says: str
    aside: str
    matched: str = ""

    @property
    def doubtful(self) -> bool:
        return self.item.confidence is not None and self.item.confidence < DOUBTFUL


@dataclass(frozen=True, slots=True)
class Group:
    family: Family
    cards: Sequence[Card]

    @property
    def kept(self) -> int:
        return sum(not card.item.removed for card in self.cards)


@dataclass(frozen=True, slots=True)
class ReadingPage:
    draft: Draft
    content: Content
    stretches: Sequence[Stretch]
    meeting: Sequence[Box]
    groups: Sequence[Group]
    problems: Sequence[Problem]
    earlier: Sequence[Meeting]

    @property
    def blocking(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.blocks]

    @property
    def left_out(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.effect == Effect.LEAVES_OUT]

    @property
    def notices(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_notice]

    @property
    def kept(self) -> int:
        return sum(group.kept for group in self.groups)


def visible_drafts(by: Mandate) -> QuerySet[Draft]:
    return (
        Draft.objects.filter(scope(by))
        .select_related("source", "unit", "visit__group")
        .defer("source__text", "data", "source__offset_runs")
    )


def waiting_drafts(by: Mandate) -> QuerySet[Draft]:
    return visible_drafts(by).filter(state=DraftState.PROPOSED)


def intake_figures(by: Mandate) -> dict[str, float]:
    """How many drafts wait, how many were confirmed, and how often a confirmed one had to be corrected."""
    return visible_drafts(by).aggregate(
        waiting=Count("pk", filter=Q(state=DraftState.PROPOSED)),
        confirmed=Count("pk", filter=Q(state=DraftState.CONFIRMED)),
        average=Coalesce(Avg("corrections", filter=Q(state=DraftState.CONFIRMED)), 0.0),
    )


def day_of(content: Content) -> date:
    """The day the names of units are looked up for: the meeting's, else today."""
    printed = content.meeting.get("date")
    return date.fromisoformat(printed) if printed else timezone.localdate()


def reading_page(draft: Draft, by: Mandate) -> ReadingPage:
    content = draft.content
    matches = match(content, by, day_of(content))
    problems = problems_of(content, matches, by, draft.unit)
    units = meeting_units(content, matches)
    return ReadingPage(
        draft=draft,
        content=content,
        stretches=stretches(draft.source.text, _marks(content)),
        meeting=_meeting_boxes(content, problems),
        groups=_groups(content, matches, problems),
        problems=problems,
        earlier=list(earlier_meetings(content, units)) if draft.is_open else [],
    )


def earlier_meetings(content: Content, units: Sequence[Unit]) -> QuerySet[Meeting]:
    """Confirmed meetings that look like this one: same day, a common unit, and no other group."""
    if not is_meeting(content) or not content.meeting.get("date") or not units:
        return Meeting.objects.none()
    group = content.meeting.get("working_group")
    same_group = Q(working_group__isnull=True) | Q(working_group__number=group) if group else Q()
    alike = Meeting.objects.filter(same_group, date=content.meeting["date"], units__in=units)
    return alike.distinct()[:5]


def _marks(content: Content) -> list[Mark]:
    return [
        Mark(start, end, item.family.value, item.key, f"#{item.key}")
        for item in content.kept()
        for start, end in item.spans
    ]


def _meeting_boxes(content: Content, problems: Sequence[Problem]) -> list[Box]:
    wrong = {problem.place: problem.message for problem in problems if not problem.is_notice}
    notices = {problem.place: problem.message for problem in problems if problem.is_notice}
    return [
        Box(
            spec=one,
            shown=show_field(one, content.meeting.get(one.name)),
            problem=wrong.get(f"meeting.{one.name}", ""),
            notice=notices.get(f"meeting.{one.name}", ""),
            fixed=content.meeting.get(one.name) != content.meeting_read.get(one.name),
            options=_options(one),
        )
        for one in MEETING
    ]


def _options(one: FieldSpec) -> list[tuple[str, str]]:
    return [("", ""), *one.choices()] if one.choices else []


def _groups(content: Content, matches: Matches, problems: Sequence[Problem]) -> list[Group]:
    by_place: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_place[problem.place].append(problem)
    cards: dict[Family, list[Card]] = defaultdict(list)
    for item in sorted(content, key=lambda item: item.spans[0]):
        cards[item.family].append(_card(item, matches, by_place[item.key]))
    return [Group(family, cards[family]) for family in Family]


def _card(item: Item, matches: Matches, problems: Sequence[Problem]) -> Card:
    boxes = [
        Box(
            spec=one,
            shown=show_field(one, item.fields.get(one.name)),
            fixed=one.name in item.fixed,
            options=match_options(item, matches) if one.kind == "match" else _options(one),
        )
        for one in ITEMS[item.family]
    ]
    return Card(
        item=item,
        boxes=boxes,
        problems=problems,
        says=says(item),
        aside=aside(item),
        matched=matched(item, matches),
    )

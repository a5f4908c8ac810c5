"""Reads for the pages of intake."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.intake.alternatives import match_options, matched
from thongsuot.intake.checking import problems_of
from thongsuot.intake.content import Content, Item
from thongsuot.intake.enums import FAMILIES, DraftKind, DraftState, Effect, Family
from thongsuot.intake.fields import HEADS, ITEMS, FieldSpec, show_field
from thongsuot.intake.matching import Matches, match
from thongsuot.intake.models import Draft
from thongsuot.intake.policies import scope
from thongsuot.intake.problems import Problem, is_meeting, meeting_units
from thongsuot.intake.summaries import aside, point_words, says
from thongsuot.oversight.models import Meeting
from thongsuot.sources.marks import Mark, Stretch, stretches
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries.asking import how_many, standing_of

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
    def kind(self) -> DraftKind:
        return self.content.kind

    @property
    def other_kind(self) -> DraftKind:
        """What the text can be read as instead."""
        return next(kind for kind in DraftKind if kind != self.content.kind)

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


def drafts_waiting(by: Mandate) -> int:
    return how_many(("drafts waiting", standing_of(by)), lambda: waiting_drafts(by))


def intake_figures(by: Mandate) -> dict[str, float]:
    """How many drafts wait, how many were confirmed, and how often a confirmed one had to be corrected."""
    return visible_drafts(by).aggregate(
        waiting=Count("pk", filter=Q(state=DraftState.PROPOSED)),
        confirmed=Count("pk", filter=Q(state=DraftState.CONFIRMED)),
        average=Coalesce(Avg("corrections", filter=Q(state=DraftState.CONFIRMED)), 0.0),
    )


def day_of(content: Content) -> date:
    """The day the names of units are looked up for: the meeting's; a directive, and a text without a day, today's."""
    printed = content.meeting.get("date") if content.kind == DraftKind.REPORT else None
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
    if (
        content.kind != DraftKind.REPORT
        or not is_meeting(content)
        or not content.meeting.get("date")
        or not units
    ):
        return Meeting.objects.none()
    group = content.meeting.get("working_group")
    same_group = Q(working_group__isnull=True) | Q(working_group__number=group) if group else Q()
    alike = Meeting.objects.filter(same_group, date=content.meeting["date"], units__in=units)
    return alike.distinct()[:5]


def _marks(content: Content) -> list[Mark]:
    head = [Mark(start, end, "meetings", "meeting", "#draft-meeting") for start, end in content.places]
    return head + [
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
        for one in HEADS[content.kind]
    ]


def _choices(one: FieldSpec, item: Item, content: Content, matches: Matches) -> list[tuple[str, str]]:
    match one.kind:
        case "match":
            return match_options(item, matches)
        case "point":
            return _point_options(content)
        case _:
            return _options(one)


def _options(one: FieldSpec) -> list[tuple[str, str]]:
    return [("", ""), *one.choices()] if one.choices else []


def _groups(content: Content, matches: Matches, problems: Sequence[Problem]) -> list[Group]:
    by_place: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_place[problem.place].append(problem)
    cards: dict[Family, list[Card]] = defaultdict(list)
    for item in sorted(content, key=lambda item: item.spans[0]):
        cards[item.family].append(_card(item, content, matches, by_place[item.key]))
    return [Group(family, cards[family]) for family in FAMILIES[content.kind]]


def _point_options(content: Content) -> list[tuple[str, str]]:
    """The points a task may rest on, and the paper as a whole."""
    points = (item.fields for item in content.kept(Family.POINTS))
    return [("", _("Cả văn bản")), *((fields["path"], point_words(fields)) for fields in points)]


def _card(item: Item, content: Content, matches: Matches, problems: Sequence[Problem]) -> Card:
    boxes = [
        Box(
            spec=one,
            shown=show_field(one, item.fields.get(one.name)),
            fixed=one.name in item.fixed,
            options=_choices(one, item, content, matches),
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

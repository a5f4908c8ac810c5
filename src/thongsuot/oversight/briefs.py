"""What to know of a unit before a visit, and what has changed since: from the registers, each item with its source."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.indicators.contradictions import Contradiction, contradictions
from thongsuot.indicators.models import Figure
from thongsuot.indicators.queries import given, visible_figures
from thongsuot.lawbook.topics import OTHER
from thongsuot.matters.clocks import clock_state, days_left
from thongsuot.matters.enums import ClockState, Kind, State
from thongsuot.matters.models import Matter, Reply
from thongsuot.matters.queries import of_unit, visible_matters
from thongsuot.oversight.models import Meeting, Visit
from thongsuot.oversight.policies import scope
from thongsuot.units.models import Mandate, Unit


@dataclass(frozen=True, slots=True)
class Item:
    """A matter with its clock, the answer last given, and where the unit had asked the same before."""

    matter: Matter
    clock: ClockState
    days: int | None
    reply: Reply | None = None
    before: Sequence[Matter] = ()

    @property
    def late(self) -> bool:
        return self.clock == ClockState.OVERDUE

    @property
    def days_late(self) -> int:
        return -self.days if self.days is not None and self.days < 0 else 0


@dataclass(frozen=True, slots=True)
class FigureLine:
    """The newest figure of an indicator, and the one before it."""

    figure: Figure
    before: Figure | None
    clashes: Sequence[Contradiction]


@dataclass(frozen=True, slots=True)
class Question:
    """`source` is what it rests on, `url` leads there."""

    text: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What has changed since the day of the visit."""

    closed: list[Item]
    answered: list[Item]
    asked: list[Item]
    told: list[Item]
    figures: list[Figure]

    @property
    def anything(self) -> bool:
        return bool(self.closed or self.answered or self.asked or self.told or self.figures)


@dataclass(frozen=True, slots=True)
class Brief:
    unit: Unit
    visit: Visit
    on: date
    last_met: Meeting | None
    promises: list[Item]
    tasks: list[Item]
    proposals: list[Item]
    figures: list[FigureLine]
    clashes: list[tuple[Contradiction, list[Figure]]]
    questions: list[Question]
    since: Difference | None

    @property
    def late_tasks(self) -> int:
        return sum(1 for item in self.tasks if item.late)

    @property
    def unanswered(self) -> int:
        return sum(1 for item in self.proposals if item.matter.open and item.reply is None)

    @property
    def repeated(self) -> list[Item]:
        return [item for item in self.proposals if item.before]


def brief_of(visit: Visit, unit: Unit, by: Mandate, on: date) -> Brief:
    """As the registers stand on `on`; of what came of the visit itself only the difference tells."""
    items = _items(unit, by, on)
    own = visit.meeting.origin_id if visit.meeting else None
    known = [item for item in items if item.matter.raised_on <= visit.day and item.matter.origin_id != own]
    figures = list(
        visible_figures(by).filter(unit=unit).order_by("indicator__name", "-on", "-pk")  # the newest first
    )
    before = [figure for figure in figures if figure.on <= visit.day]
    by_key = {figure.pk: figure for figure in before}
    clashes = [(clash, [by_key[key] for key in clash.figures]) for clash in contradictions(given(before))]
    last = _last_met(visit, unit, by)
    brief = Brief(
        unit=unit,
        visit=visit,
        on=on,
        last_met=last,
        promises=[item for item in known if item.matter.kind == Kind.COMMITMENT],
        tasks=_late_first(item for item in known if item.matter.kind == Kind.DIRECTION and item.matter.open),
        proposals=[
            item for item in known if item.matter.is_proposal and item.matter.state != State.WITHDRAWN
        ],
        figures=_figure_lines(before, [clash for clash, _figures in clashes], last.date if last else None),
        clashes=clashes,
        questions=[],
        since=_difference(visit, items, figures, own) if visit.held_on else None,
    )
    brief.questions.extend(_questions(brief))
    return brief


def _items(unit: Unit, by: Mandate, on: date) -> list[Item]:
    """Everything of the unit, the oldest first; the same asked before is told by group, or by topic."""
    replies = Prefetch(
        "replies",
        Reply.objects.select_related("answer__unit", "answer__body").order_by("-pk"),
        to_attr="said",
    )
    matters = of_unit(visible_matters(by), unit).select_related("group").prefetch_related(replies)
    asked: list[Matter] = []
    items = []
    for matter in matters.order_by("raised_on", "pk"):
        before = [one for one in asked if _same(one, matter)] if matter.is_proposal else []
        if matter.is_proposal:
            asked.append(matter)
        said: list[Reply] = matter.said
        items.append(
            Item(matter, clock_state(matter, on), days_left(matter, on), said[0] if said else None, before)
        )
    return items


def _same(before: Matter, matter: Matter) -> bool:
    if before.raised_on >= matter.raised_on:
        return False
    if matter.group_id and before.group_id == matter.group_id:
        return True
    return matter.topic == before.topic != OTHER


def _late_first(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (not item.late, item.matter.due_on or date.max, item.matter.pk))


def _last_met(visit: Visit, unit: Unit, by: Mandate) -> Meeting | None:
    held = Meeting.objects.filter(scope(by), units=unit, date__lt=visit.day)
    if visit.meeting_id:
        held = held.exclude(pk=visit.meeting_id)
    return held.order_by("-date", "-pk").first()


def _figure_lines(
    figures: Sequence[Figure], clashes: Sequence[Contradiction], since: date | None
) -> list[FigureLine]:
    """Those given since the last meeting, or all where there was none; figures come newest first."""
    by_indicator: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_indicator[figure.indicator_id].append(figure)
    lines = []
    for given_ in by_indicator.values():
        newest = given_[0]
        if since and newest.on < since:
            continue
        earlier = next((figure for figure in given_ if figure.on < newest.on), None)
        lines.append(FigureLine(newest, earlier, [clash for clash in clashes if newest.pk in clash.figures]))
    return lines


def _difference(
    visit: Visit, items: Sequence[Item], figures: Sequence[Figure], own: int | None
) -> Difference:
    day = visit.day

    def new(item: Item) -> bool:
        return item.matter.origin_id == own or item.matter.raised_on > day

    return Difference(
        closed=[item for item in items if item.matter.closed_on and item.matter.closed_on >= day],
        answered=[
            item for item in items if item.reply and not new(item) and item.reply.answer.answered_on >= day
        ],
        asked=[item for item in items if item.matter.is_proposal and new(item)],
        told=[item for item in items if not item.matter.is_proposal and new(item)],
        figures=[figure for figure in figures if figure.on >= day],
    )


def _questions(brief: Brief) -> Iterator[Question]:
    """From what is open, each with what it rests on."""
    for item in brief.tasks:
        if item.late:
            yield _ask(
                item,
                ngettext(
                    "Nhiệm vụ đã quá hạn %(days)d ngày làm việc: vướng ở đâu, bao giờ xong?",
                    "Nhiệm vụ đã quá hạn %(days)d ngày làm việc: vướng ở đâu, bao giờ xong?",
                    item.days_late,
                ),
            )
    for item in brief.promises:
        if item.matter.open:
            yield _ask(item, _("Cam kết từ ngày %(raised)s đã làm đến đâu?"))
    for item in brief.proposals:
        if item.matter.state == State.CONTESTED:
            yield _ask(item, _("Đơn vị chưa đồng ý với trả lời ở điểm nào?"))
        elif item.matter.open and item.reply is None and item.late:
            yield _ask(
                item,
                ngettext(
                    "Kiến nghị quá hạn trả lời %(days)d ngày: tình hình tại đơn vị nay ra sao?",
                    "Kiến nghị quá hạn trả lời %(days)d ngày: tình hình tại đơn vị nay ra sao?",
                    item.days_late,
                ),
            )
        elif item.before and item.matter.open:
            yield _ask(item, _("Kiến nghị lặp lại từ ngày %(before)s: giải quyết lần trước chưa được ở đâu?"))
    for clash, figures in brief.clashes:
        places = ", ".join(dict.fromkeys(figure.as_printed for figure in figures))
        yield Question(_("Số nào đúng? %(says)s") % {"says": clash.says}, places, figures[0].quote_url)


def _ask(item: Item, words: str) -> Question:
    matter = item.matter
    said: Mapping[str, object] = {
        "days": item.days_late,
        "raised": f"{matter.raised_on:%d-%m-%Y}",
        "before": f"{item.before[0].raised_on:%d-%m-%Y}" if item.before else "",
    }
    return Question(words % said, f"{matter.number}: {matter.text}", matter.get_absolute_url())

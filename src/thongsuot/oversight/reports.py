"""The consolidated report of a campaign: what was asked and told, where it stands, unit by unit.

Every number in it is the length of a list of originals (`Report.proposals_where`), so that a number can always be
followed back to its rows, and a row to its sentence.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from thongsuot.indicators.contradictions import Contradiction, contradictions
from thongsuot.indicators.models import Figure
from thongsuot.indicators.queries import given, visible_figures
from thongsuot.lawbook.topics import topics
from thongsuot.matters.clocks import clock_state
from thongsuot.matters.enums import ClockState, Competence, Direction, State
from thongsuot.matters.models import Matter, Reply
from thongsuot.matters.queries import visible_matters
from thongsuot.oversight.board import Board, Line, board_of
from thongsuot.oversight.enums import Standing
from thongsuot.oversight.models import Campaign, MeetingFigure, WorkingGroup
from thongsuot.units.models import Mandate, Unit

_STANDS = {
    State.RECORDED: Standing.AWAITED,
    State.ROUTED: Standing.AWAITED,
    State.ANSWERED: Standing.ANSWERED,
    State.CONTESTED: Standing.CONTESTED,
    State.SETTLED: Standing.SETTLED,
    State.WITHDRAWN: Standing.WITHDRAWN,
}
UNKNOWN = "-"  # a competence, or a unit, that nobody could tell


@dataclass(frozen=True, slots=True)
class Row:
    """An original: a proposal or a task, in its own words, with its answers."""

    matter: Matter
    group: WorkingGroup
    units: tuple[Unit, ...]
    clock: ClockState
    replies: tuple[Reply, ...] = ()

    @property
    def late(self) -> bool:
        return self.clock == ClockState.OVERDUE

    @property
    def standing(self) -> Standing:
        return _STANDS[State(self.matter.state)]

    @property
    def competence(self) -> str:
        return self.matter.competence or UNKNOWN

    @property
    def competence_name(self) -> str:
        return competence_name(self.competence)

    @property
    def unit_keys(self) -> set[str]:
        return {str(unit.pk) for unit in self.units} or {UNKNOWN}

    @property
    def unit_names(self) -> str:
        return ", ".join(str(unit) for unit in self.units)

    @property
    def answers(self) -> str:
        return "\n".join(
            f"{reply.answer.number} ({reply.answer.answered_on:%d-%m-%Y}) "
            f"{reply.answer.get_kind_display()}: {reply.answer.text}"
            for reply in self.replies
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """Which originals a number stands for; empty means any."""

    topic: str = ""
    unit: str = ""
    competence: str = ""
    standing: str = ""
    group: str = ""
    late: bool = False
    answered: bool = False
    done: bool = False
    still_open: bool = False

    def fits(self, row: Row) -> bool:
        return (
            self.topic in ("", row.matter.topic)
            and (not self.unit or self.unit in row.unit_keys)
            and self.competence in ("", row.competence)
            and (not self.standing or self.standing == row.standing)
            and self.group in ("", str(row.group.number))
            and self._so_far(row)
        )

    def _so_far(self, row: Row) -> bool:
        return (
            (not self.late or row.late)
            and (not self.answered or bool(row.replies))
            and (not self.done or row.matter.state == State.VERIFIED)
            and (not self.still_open or row.matter.open)
        )


@dataclass(frozen=True, slots=True)
class Cross:
    """A line of a table: what it is about, how many stand where, how many are overdue."""

    key: str
    name: str
    standings: Mapping[Standing, int]
    late: int

    @property
    def total(self) -> int:
        return sum(self.standings.values())

    @property
    def cells(self) -> list[tuple[Standing, int]]:
        return [(standing, self.standings.get(standing, 0)) for standing in Standing]


@dataclass(frozen=True, slots=True)
class UnitFinding:
    """What is to be said of a unit of a group."""

    line: Line
    asked: int
    awaited: int
    late: int
    open_tasks: int
    late_tasks: int
    clashes: list[Contradiction]


@dataclass(slots=True)
class Report:
    campaign: Campaign
    on: date
    board: Board
    proposals: list[Row]
    tasks: list[Row]
    clashes: dict[int, list[Contradiction]] = field(default_factory=dict)
    figures: dict[int, Figure] = field(default_factory=dict)

    def proposals_where(self, asked: Asked) -> list[Row]:
        return [row for row in self.proposals if asked.fits(row)]

    def tasks_where(self, asked: Asked) -> list[Row]:
        return [row for row in self.tasks if asked.fits(row)]

    @property
    def answered(self) -> int:
        """Those that have had a formal answer."""
        return len(self.proposals_where(Asked(answered=True)))

    @property
    def late(self) -> int:
        return sum(1 for row in self.proposals if row.late)

    @property
    def late_tasks(self) -> int:
        return sum(1 for row in self.tasks if row.late)

    @property
    def done_tasks(self) -> int:
        return len(self.tasks_where(Asked(done=True)))

    @property
    def by_topic(self) -> list[Cross]:
        """The topic most asked about first."""
        names = {code: names["vi"] for code, names in topics().items()}
        lines = _crossed(self.proposals, lambda row: {row.matter.topic}, lambda key: names.get(key, key))
        return sorted(lines, key=lambda line: (-line.total, line.name))

    @property
    def by_competence(self) -> list[Cross]:
        order = [*Competence.values, UNKNOWN]
        lines = _crossed(self.proposals, lambda row: {row.competence}, competence_name)
        return sorted(lines, key=lambda line: order.index(line.key))

    @property
    def whole(self) -> Cross:
        return Cross("", _("Cộng"), Counter(row.standing for row in self.proposals), self.late)

    @property
    def cube(self) -> list[tuple[str, str, str, Standing, int, int]]:
        """Topic x unit x competence x state: how many, and how many of them overdue; a shared one in each unit."""
        counted: Counter[tuple[str, str, str, Standing]] = Counter()
        overdue: Counter[tuple[str, str, str, Standing]] = Counter()
        for row in self.proposals:
            for unit in row.units or (None,):
                place = (row.matter.topic_name, str(unit or ""), row.competence_name, row.standing)
                counted[place] += 1
                overdue[place] += row.late
        return [(*place, count, overdue[place]) for place, count in sorted(counted.items())]

    @property
    def findings(self) -> list[UnitFinding]:
        """In the order of the board, which is that of the groups."""
        return [self._finding(line) for line in self.board.lines]

    def _finding(self, line: Line) -> UnitFinding:
        def own(row: Row) -> bool:
            return row.group.pk == line.group.pk and line.unit in row.units

        asked, told = [row for row in self.proposals if own(row)], [row for row in self.tasks if own(row)]
        return UnitFinding(
            line=line,
            asked=len(asked),
            awaited=sum(1 for row in asked if row.standing == Standing.AWAITED),
            late=sum(1 for row in asked if row.late),
            open_tasks=sum(1 for row in told if row.matter.open),
            late_tasks=sum(1 for row in told if row.late),
            clashes=self.clashes.get(line.unit.pk, []),
        )


def competence_name(key: str) -> str:
    return str(Competence(key).label) if key in Competence.values else _("Chưa xác định")


def _crossed(rows: Sequence[Row], keys: Callable[[Row], set[str]], name: Callable[[str], str]) -> list[Cross]:
    standings: dict[str, Counter[Standing]] = defaultdict(Counter)
    late: Counter[str] = Counter()
    for row in rows:
        for key in keys(row):
            standings[key][row.standing] += 1
            late[key] += row.late
    return [Cross(key, name(key), counted, late[key]) for key, counted in standings.items()]


def report_of(campaign: Campaign, by: Mandate, on: date) -> Report:
    board = board_of(campaign, by, on)
    groups = {block.group.key: block.group for block in board.blocks}
    replies = Prefetch(
        "replies", Reply.objects.select_related("answer__unit", "answer__body").order_by("pk"), to_attr="said"
    )
    matters = visible_matters(by).filter(origin__group_key__in=list(groups)).prefetch_related(replies)
    rows = [_row(matter, groups, on) for matter in matters.order_by("raised_on", "number")]
    report = Report(
        campaign=campaign,
        on=on,
        board=board,
        proposals=[row for row in rows if row.matter.direction == Direction.UP],
        tasks=[row for row in rows if row.matter.direction == Direction.DOWN],
    )
    _compare_figures(report, by)
    return report


def _row(matter: Matter, groups: Mapping[str, WorkingGroup], on: date) -> Row:
    places = sorted((place.unit for place in matter.places), key=lambda unit: (unit.name, unit.pk))  # type: ignore[attr-defined]
    said: list[Reply] = matter.said  # type: ignore[attr-defined]
    return Row(matter, groups[matter.origin.group_key], tuple(places), clock_state(matter, on), tuple(said))


def _compare_figures(report: Report, by: Mandate) -> None:
    """Figures given at the campaign's meetings that contradict one another, by unit."""
    linked = MeetingFigure.objects.filter(meeting__working_group__campaign=report.campaign).values("figure")
    by_unit: dict[int, list[Figure]] = defaultdict(list)
    for figure in visible_figures(by).filter(pk__in=linked).order_by("unit", "on", "pk"):
        by_unit[figure.unit_id].append(figure)
    for unit, figures in by_unit.items():
        if found := contradictions(given(figures)):
            report.clashes[unit] = found
            report.figures |= {figure.pk: figure for figure in figures}

"""The board of a campaign: its groups, their units, where each stands, and what the meetings have brought."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.matters.enums import Direction
from thongsuot.matters.queries import counts_by_direction, counts_by_unit
from thongsuot.oversight.enums import Lateness, Stage
from thongsuot.oversight.lateness import lateness, wants_notice
from thongsuot.oversight.models import Campaign, GroupSeat, Meeting, Visit, WorkingGroup
from thongsuot.oversight.policies import scope
from thongsuot.oversight.queries import (
    groups_beside,
    groups_of,
    leaders_of,
    meetings_by_unit,
    meetings_held,
    units_of,
    visits_by_unit,
)
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reach


@dataclass(frozen=True, slots=True)
class Line:
    """A unit within a group: the visit that counts, and what the meetings with it have brought."""

    unit: Unit
    group: WorkingGroup
    meetings: int
    last: date | None
    proposals: int
    tasks: int
    stage: Stage = Stage.UNPLANNED
    visit: Visit | None = None
    late: Lateness | None = None
    wants_notice: bool = False


@dataclass(frozen=True, slots=True)
class Sums:
    """A line of numbers: how many units stand where, and how many are late. The stages add up to `units`."""

    stages: Mapping[Stage, int]
    late: int

    @property
    def units(self) -> int:
        return sum(self.stages.values())

    @property
    def cells(self) -> list[tuple[Stage, int]]:
        return [(stage, self.stages.get(stage, 0)) for stage in Stage]


def sums_of(lines: Sequence[Line]) -> Sums:
    return Sums(Counter(line.stage for line in lines), sum(1 for line in lines if line.late))


@dataclass(frozen=True, slots=True)
class Block:
    """A group with its lines; the totals add up."""

    group: WorkingGroup
    lines: list[Line]
    leader: GroupSeat | None = None

    @property
    def met(self) -> int:
        return sum(1 for line in self.lines if line.meetings)

    @property
    def sums(self) -> Sums:
        return sums_of(self.lines)

    @property
    def proposals(self) -> int:
        return sum(line.proposals for line in self.lines)

    @property
    def tasks(self) -> int:
        return sum(line.tasks for line in self.lines)


@dataclass(frozen=True, slots=True)
class Board:
    """`meetings`, `asked` and `told` count each once, though it may stand in the lines of several units."""

    blocks: list[Block]
    meetings: int
    asked: int
    told: int

    @property
    def lines(self) -> list[Line]:
        return [line for block in self.blocks for line in block.lines]

    @property
    def sums(self) -> Sums:
        return sums_of(self.lines)

    @property
    def visits(self) -> int:
        return sum(line.meetings for line in self.lines)

    @property
    def units(self) -> int:
        return len({line.unit.pk for line in self.lines})

    @property
    def met(self) -> int:
        return len({line.unit.pk for line in self.lines if line.meetings})

    @property
    def waiting(self) -> int:
        return self.units - self.met

    @property
    def late(self) -> int:
        return self.sums.late

    @property
    def proposals(self) -> int:
        return sum(block.proposals for block in self.blocks)

    @property
    def tasks(self) -> int:
        return sum(block.tasks for block in self.blocks)

    def only(self, wanted: "Wanted") -> "Board":
        """The lines that fit; groups without such a line are left out while anything is asked for."""
        fits = wanted.fits
        blocks = [replace(block, lines=[line for line in block.lines if fits(line)]) for block in self.blocks]
        return replace(self, blocks=[block for block in blocks if block.lines or not wanted.anything])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader of the board asks to see."""

    group: int | None = None
    stage: str = ""
    late: bool = False
    words: str = ""

    @property
    def anything(self) -> bool:
        return bool(self.group or self.stage or self.late or self.words)

    def fits(self, line: Line) -> bool:
        return (
            self.group in (None, line.group.pk)
            and self.stage in ("", line.stage)
            and (not self.late or line.late is not None)
            and (not self.words or strip_marks(self.words) in strip_marks(str(line.unit)))
        )


def board_of(campaign: Campaign, by: Mandate, today: date) -> Board:
    groups = groups_of(campaign, by)
    keys = [group.key for group in groups]
    units, leaders = units_of(campaign, by), leaders_of(campaign, today)
    line = _Liner(
        met=meetings_by_unit(campaign, by),
        matters=counts_by_unit(by, keys),
        visits=visits_by_unit(campaign, by),
        today=today,
    ).line
    whole = counts_by_direction(by, keys)
    blocks = [
        Block(group, [line(group, unit) for unit in units.get(group.pk, ())], leaders.get(group.pk))
        for group in groups
    ]
    return Board(blocks, meetings_held(groups, by), whole.get(Direction.UP, 0), whole.get(Direction.DOWN, 0))


@dataclass(frozen=True, slots=True)
class _Liner:
    """Draws the line of one unit from what was asked for all of them at once."""

    met: Mapping[tuple[int, int], tuple[int, date]]
    matters: Mapping[tuple[str, int, str], int]
    visits: Mapping[tuple[int, int], list[Visit]]
    today: date

    def line(self, group: WorkingGroup, unit: Unit) -> Line:
        meetings, last = self.met.get((group.pk, unit.pk), (0, None))
        key = group.key
        visit = visit_that_counts(self.visits.get((group.pk, unit.pk), []), self.today)
        return Line(
            unit,
            group,
            meetings,
            last,
            self.matters.get((key, unit.pk, Direction.UP), 0),
            self.matters.get((key, unit.pk, Direction.DOWN), 0),
            stage=_stage(visit, meetings),
            visit=visit,
            late=lateness(visit, self.today) if visit else None,
            wants_notice=bool(visit and wants_notice(visit, self.today)),
        )


def _stage(visit: Visit | None, meetings: int) -> Stage:
    """A meeting held without a plan, or after the plan was set aside, counts as one with minutes."""
    if visit and not (visit.is_set_aside and meetings):
        return Stage(visit.state)
    return Stage.MINUTES if meetings else Stage.UNPLANNED


def visit_that_counts(visits: Sequence[Visit], today: date) -> Visit | None:
    """What is late comes first, then what comes next, then the last one held; one set aside only alone."""
    if len(visits) == 1:
        return visits[0]
    kept = [visit for visit in visits if not visit.is_set_aside]
    chooses: tuple[Callable[[Visit], bool], ...] = (
        lambda visit: lateness(visit, today) is not None,
        lambda visit: visit.held_on is None,
    )
    for fits in chooses:
        if found := next((visit for visit in kept if fits(visit)), None):
            return found
    return (kept or list(visits) or [None])[-1]  # type: ignore[list-item]


def progress_of(campaigns: Sequence[Campaign], by: Mandate) -> Mapping[int, tuple[int, int]]:
    """For each campaign: how many units have been met, out of how many assigned."""
    places = Unit.objects.filter(reach(by, ""), working_groups__campaign__in=campaigns).values_list(
        "working_groups__campaign", "pk"
    )
    held = Meeting.objects.filter(scope(by), working_group__campaign__in=campaigns, units__isnull=False)
    met = set(held.order_by().values_list("working_group__campaign", "units"))
    counted: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for place in set(places):
        counted[place[0]][0] += place in met
        counted[place[0]][1] += 1
    return {pk: (done, total) for pk, (done, total) in counted.items()}


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A unit of one group: when they met, newest first, and other groups of the campaign that have it too."""

    unit: Unit
    meetings: list[Meeting]
    beside: list[WorkingGroup]


def group_lines(group: WorkingGroup, by: Mandate) -> list[GroupLine]:
    held = Meeting.objects.filter(scope(by), working_group=group).prefetch_related("units")
    met: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in held:
        for unit in meeting.units.all():
            met[unit.pk].append(meeting)
    beside = groups_beside(group)
    return [
        GroupLine(unit, met.get(unit.pk, []), beside.get(unit.pk, []))
        for unit in group.units.order_by("name", "pk")
    ]

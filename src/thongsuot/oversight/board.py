"""The board of a campaign: its groups, their units, and what the meetings with each have brought."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Prefetch

from thongsuot.matters.enums import Direction
from thongsuot.matters.queries import counts_by_direction, counts_by_unit
from thongsuot.oversight.models import Campaign, GroupSeat, Meeting, WorkingGroup
from thongsuot.oversight.policies import scope
from thongsuot.oversight.queries import groups_beside, visible_groups
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reach


@dataclass(frozen=True, slots=True)
class Line:
    """A unit within a group."""

    unit: Unit
    group: WorkingGroup
    meetings: int
    last: date | None
    proposals: int
    tasks: int


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
    def visits(self) -> int:
        return sum(line.meetings for block in self.blocks for line in block.lines)

    @property
    def units(self) -> int:
        return len({line.unit.pk for block in self.blocks for line in block.lines})

    @property
    def met(self) -> int:
        return len({line.unit.pk for block in self.blocks for line in block.lines if line.meetings})

    @property
    def waiting(self) -> int:
        return self.units - self.met

    @property
    def proposals(self) -> int:
        return sum(block.proposals for block in self.blocks)

    @property
    def tasks(self) -> int:
        return sum(block.tasks for block in self.blocks)


def board_of(campaign: Campaign, by: Mandate, today: date) -> Board:
    units = Prefetch("units", Unit.objects.filter(reach(by, "")).order_by("name"), to_attr="reached")
    groups = list(
        visible_groups(by).filter(campaign=campaign).prefetch_related(units, "seats").order_by("number")
    )
    met = _met(campaign, by)
    keys = [group.key for group in groups]
    matters, whole = counts_by_unit(by, keys), counts_by_direction(by, keys)
    blocks = [
        Block(group, [_line(group, unit, met, matters) for unit in group.reached], group.led_by(today))
        for group in groups
    ]
    held = Meeting.objects.filter(scope(by), working_group__in=[group.pk for group in groups]).count()
    return Board(blocks, held, whole.get(Direction.UP, 0), whole.get(Direction.DOWN, 0))


def _met(campaign: Campaign, by: Mandate) -> Mapping[tuple[int | None, int], tuple[int, date]]:
    """How often, and when last, each group met each unit."""
    held = Meeting.objects.filter(scope(by), working_group__campaign=campaign, units__isnull=False).order_by()
    counted = held.values_list("working_group", "units").annotate(count=Count("pk"), last=Max("date"))
    return {(group, unit): (count, last) for group, unit, count, last in counted}


def _line(
    group: WorkingGroup,
    unit: Unit,
    met: Mapping[tuple[int | None, int], tuple[int, date]],
    matters: Mapping[tuple[str, int, str], int],
) -> Line:
    meetings, last = met.get((group.pk, unit.pk), (0, None))
    asked, told = (
        matters.get((group.key, unit.pk, direction), 0) for direction in (Direction.UP, Direction.DOWN)
    )
    return Line(unit, group, meetings, last, asked, told)


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

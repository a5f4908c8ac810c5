"""The register of a unit: places, ceilings, what it serves, and every post with its holders through time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thongsuot.audit.history import Moment, moments
from thongsuot.kernel.verdicts import Verdict
from thongsuot.lawbook.quotas import QuotaReckoned, quota_for, quota_norm
from thongsuot.staffing.enums import Block
from thongsuot.staffing.models import Frame, Holding, Position, Quota, Workload
from thongsuot.staffing.policies import may, may_name
from thongsuot.staffing.queries.registers import frames_on, quotas_on, workload_of
from thongsuot.staffing.queries.standing import present
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import holding_on


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Of a block: what is assigned, the places framed in it, the full posts held."""

    block: str
    name: str
    quota: Quota | None
    places: int
    present: int

    @property
    def posts(self) -> int | None:
        return self.quota.posts if self.quota else None

    @property
    def over(self) -> bool:
        return self.posts is not None and self.present > self.posts


@dataclass(frozen=True, slots=True)
class Post:
    """A position of the unit: its places now, who holds it, who held it before."""

    position: Position
    frame: Frame | None
    now: Sequence[Holding]
    before: Sequence[Holding]

    @property
    def places(self) -> int:
        return self.frame.places if self.frame else 0


@dataclass(frozen=True, slots=True)
class RegisterPage:
    unit: Unit
    on: date
    named: bool
    ceilings: Sequence[Ceiling]
    norm: QuotaReckoned | None
    norm_source: Mapping[str, str]
    workload: Workload | None
    posts: Sequence[Post]
    people: int
    places: int
    history: list[Moment]
    may_keep: Verdict
    may_plan: Verdict


def register_page(by: Mandate, unit: Unit, on: date) -> RegisterPage:
    """Eight queries and those of the history, however many the posts."""
    frames = {frame.position_id: frame for frame in frames_on(unit, on)}
    now: dict[int, list[Holding]] = defaultdict(list)
    before: dict[int, list[Holding]] = defaultdict(list)
    positions: dict[int, Position] = {frame.position_id: frame.position for frame in frames.values()}
    held = Holding.objects.filter(unit=unit, valid_from__lte=on).select_related(
        "person", "position", "payroll"
    )
    for holding in held.order_by("-valid_from", "person__number"):
        positions[holding.position_id] = holding.position
        (now if holding.holds_on(on) else before)[holding.position_id].append(holding)
    here = present(on).filter(unit=unit).values_list("position__block", flat=True)
    counts: dict[str, int] = defaultdict(int)
    for block in here:
        counts[block] += 1
    workload = workload_of(unit, on)
    norm = quota_for(workload.population, unit.kind, on, upland=workload.upland) if workload else None
    return RegisterPage(
        unit=unit,
        on=on,
        named=may_name(by),
        ceilings=_ceilings(unit, on, frames, counts),
        norm=norm,
        norm_source=quota_norm(on).source,
        workload=workload,
        posts=[
            Post(position, frames.get(key), now.get(key, ()), before.get(key, ()))
            for key, position in sorted(positions.items(), key=lambda one: one[1].code)
        ],
        people=len({holding.person_id for posts in now.values() for holding in posts}),
        places=sum(frame.places for frame in frames.values()),
        history=moments(unit) if by.allows(Verb.KEEP_STAFF) else [],
        may_keep=may(by, Verb.KEEP_STAFF, unit),
        may_plan=may(by, Verb.PLAN_STAFF, unit),
    )


def _ceilings(unit: Unit, on: date, frames: Mapping[int, Frame], counts: Mapping[str, int]) -> list[Ceiling]:
    quotas = {quota.block: quota for quota in quotas_on(unit, on)}
    places: dict[str, int] = defaultdict(int)
    for frame in frames.values():
        places[frame.position.block] += frame.places
    return [
        Ceiling(block.value, str(block.label), quotas.get(block), places[block], counts.get(block, 0))
        for block in Block
        if block in quotas or places[block] or counts.get(block)
    ]


def position_units(position: Position, on: date) -> tuple[int, int, int]:
    """Units with places of it, places, people on it that day, over all units."""
    frames = Frame.objects.filter(holding_on(on), position=position, places__gt=0)
    places = sum(frames.values_list("places", flat=True))
    return frames.count(), places, present(on).filter(position=position).count()

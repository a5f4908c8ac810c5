"""The registers of a province on one day, read in a fixed number of queries, whatever the number of people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from thongsuot.staffing.enums import Block, HoldingKind, PositionKind
from thongsuot.staffing.models import (
    Experience,
    Frame,
    Holding,
    Kinship,
    Lock,
    Person,
    Position,
    Qualification,
    Quota,
    Training,
    Wish,
)
from thongsuot.staffing.planning.fits import Background
from thongsuot.staffing.queries import Standards, standards_on
from thongsuot.staffing.queries.transfers import Refusal, refusals_of
from thongsuot.units.enums import Tier
from thongsuot.units.models import Succession, Unit
from thongsuot.units.queries import communes_of, holding_on
from thongsuot.units.queries.grounds import former_provinces

_DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Post:
    """A full post and its holder, as keys of the registers."""

    person: Person
    unit: int
    position: int


@dataclass(slots=True)
class Registers:
    """`posts`: full posts, one a person; help on secondment and combined posts fill no place (queries.standing).
    `twice`: full posts beyond the first. `away`: people who serve elsewhere on secondment."""

    province: Unit
    on: date
    units: Mapping[int, Unit]
    areas: Mapping[int, str]
    positions: Mapping[int, Position]
    frames: Mapping[tuple[int, int], int]
    quotas: Mapping[int, Mapping[str, int]]
    posts: list[Post]
    twice: list[Post]
    away: frozenset[int]
    backgrounds: Mapping[int, Background]
    standards: Standards
    locked: frozenset[int]
    wishes: Mapping[int, list[int]]
    kin: list[tuple[int, int]]
    origins: Mapping[int, int | str] = field(default_factory=dict)
    refusals: Sequence[Refusal] = ()

    def in_plan(self, position: Position) -> bool:
        """Places that count as surplus and shortage, and the posts of other blocks from which people may come.
        Leading and elected posts need their own procedure, so a plan neither fills nor empties them."""
        if position.counted:
            return True
        return position.block != Block.GOVERNMENT and position.kind == PositionKind.PROFESSIONAL


def registers_of(province: Unit, on: date) -> Registers:
    units = {unit.pk: unit for unit in communes_of(province, on)}
    held = Holding.objects.filter(holding_on(on)).filter(Q(unit__in=units) | Q(unit=province))
    held = held.filter(Q(person__left_on__isnull=True) | Q(person__left_on__gt=on))
    rows = list(held.select_related("person").order_by("person__number", "valid_from", "pk"))
    if any(row.unit_id == province.pk for row in rows):
        units[province.pk] = province
    people = held.values("person_id")
    positions = {one.pk: one for one in Position.objects.filter(holding_on(on))}
    codes = dict(Position.objects.values_list("pk", "code"))
    posts, twice = _posts(rows)
    return Registers(
        province=province,
        on=on,
        units=units,
        areas={unit: str(former) for unit, former in former_provinces(province).items()},
        positions=positions,
        frames=_frames(units, on),
        quotas=_quotas(units, on),
        posts=posts,
        twice=twice,
        away=frozenset(row.person_id for row in rows if row.kind == HoldingKind.SECONDMENT),
        backgrounds=_backgrounds(people, codes, rows, on),
        standards=standards_on(on, units),
        locked=frozenset(
            Lock.objects.filter(holding_on(on), person__in=people).values_list("person_id", flat=True)
        ),
        wishes=_wishes(people),
        kin=list(
            Kinship.objects.filter(Q(person__in=people) | Q(relative__in=people)).values_list(
                "person_id", "relative_id"
            )
        ),
        origins=_origins(posts, units),
        refusals=refusals_of(province),
    )


def _posts(rows: Iterable[Holding]) -> tuple[list[Post], list[Post]]:
    first: dict[int, Post] = {}
    twice: list[Post] = []
    for row in rows:
        if row.kind != HoldingKind.FULL:
            continue
        post = Post(row.person, row.unit_id, row.position_id)
        if row.person_id in first:
            twice.append(post)
        else:
            first[row.person_id] = post
    return list(first.values()), twice


def _frames(units: Mapping[int, Unit], on: date) -> dict[tuple[int, int], int]:
    rows = Frame.objects.filter(holding_on(on), unit__in=units)
    return {
        (unit, position): places for unit, position, places in rows.values_list("unit", "position", "places")
    }


def _quotas(units: Mapping[int, Unit], on: date) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for unit, block, posts in Quota.objects.filter(holding_on(on), unit__in=units).values_list(
        "unit", "block", "posts"
    ):
        found[unit][block] = posts
    return found


def _backgrounds(
    people: QuerySet[Any], codes: Mapping[int, str], rows: Iterable[Holding], on: date
) -> dict[int, Background]:
    studied: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for person, degree, major in Qualification.objects.filter(person__in=people).values_list(
        "person", "degree", "major"
    ):
        studied[person].add((degree, major))
    years = _years(people, codes, on)
    trained: dict[int, set[str]] = defaultdict(set)
    planned: dict[int, set[str]] = defaultdict(set)
    for person, position, finished in Training.objects.filter(person__in=people).values_list(
        "person", "position", "finished_on"
    ):
        (trained if finished and finished <= on else planned)[person].add(codes[position])
    sets = {key: tuple(sorted(value)) for key, value in studied.items()}
    return {
        row.person_id: Background(
            sets.get(row.person_id, ()),
            years.get(row.person_id, {}),
            frozenset(trained.get(row.person_id, ())),
            frozenset(planned.get(row.person_id, ())),
        )
        for row in rows
    }


def _years(people: QuerySet[Any], codes: Mapping[int, str], on: date) -> dict[int, dict[str, float]]:
    """What the files say of the time before, and the time on posts of these registers."""
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for person, position, years in Experience.objects.filter(person__in=people).values_list(
        "person", "position", "years"
    ):
        found[person][codes[position]] = float(years)
    held = Holding.objects.filter(person__in=people, valid_from__lte=on)
    for person, position, since, until in held.values_list("person", "position", "valid_from", "valid_to"):
        served = (min(until or on, on) - since).days / _DAYS_A_YEAR
        code = codes[position]
        found[person][code] = found[person].get(code, 0.0) + served
    return found


def _wishes(people: QuerySet[Any]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for person, unit in Wish.objects.filter(person__in=people).values_list("person", "unit"):
        found[person].append(unit)
    return found


def _origins(posts: Iterable[Post], units: Mapping[int, Unit]) -> dict[int, int | str]:
    """By person: the unit of today, or the former province, they may go back to however far it is. A district that has
    ended lies in many communes and names none of them, so it opens nothing."""
    wanted = {post.person.origin_id for post in posts if post.person.origin_id}
    known: dict[int, int | str] = {key: key for key in wanted if key in units}
    former = Unit.objects.filter(pk__in=wanted - set(units)).in_bulk() if wanted - set(units) else {}
    for key, unit in former.items():
        if unit.tier == Tier.PROVINCE:
            known[key] = str(unit)
    heirs = Succession.objects.filter(
        predecessor__in=[key for key, unit in former.items() if unit.tier == Tier.COMMUNE],
        successor__in=units,
    )
    for predecessor, successor in heirs.order_by("whole", "-successor").values_list(
        "predecessor", "successor"
    ):
        known[predecessor] = successor
    return {post.person.pk: known[post.person.origin_id] for post in posts if post.person.origin_id in known}

"""What the registers hold of a unit on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from thongsuot.staffing.enums import HoldingKind
from thongsuot.staffing.importing.content import (
    ExperienceRow,
    HomeRow,
    LockRow,
    PersonRow,
    PostRow,
    QualificationRow,
    TrainingRow,
    UnitStaff,
    WorkloadRow,
)
from thongsuot.staffing.models import (
    Experience,
    Frame,
    Holding,
    Lock,
    Person,
    Position,
    Qualification,
    Quota,
    Training,
    Wish,
    Workload,
)
from thongsuot.units.models import Unit
from thongsuot.units.queries import holding_on


def positions_on(on: date) -> dict[str, Position]:
    """The catalogue in force that day, by code."""
    return {position.code: position for position in Position.objects.filter(holding_on(on)).order_by("code")}


def frames_on(unit: Unit, on: date) -> QuerySet[Frame]:
    return Frame.objects.filter(holding_on(on), unit=unit).select_related("position")


def quotas_on(unit: Unit, on: date) -> QuerySet[Quota]:
    return Quota.objects.filter(holding_on(on), unit=unit)


def workload_of(unit: Unit, on: date) -> Workload | None:
    """The newest figures known that day."""
    return Workload.objects.filter(unit=unit, on__lte=on).order_by("-on").first()


def holdings_on(unit: Unit, on: date) -> QuerySet[Holding]:
    """Posts of the unit and who holds them, those held on secondment too."""
    held = Holding.objects.filter(holding_on(on), unit=unit)
    return held.select_related("person__origin", "position", "payroll").order_by("person__number", "pk")


def staff_of(unit: Unit, on: date) -> UnitStaff:
    """Everything a workbook of the unit would say, as the registers hold it that day; nine queries."""
    held: dict[int, list[Holding]] = defaultdict(list)
    for holding in holdings_on(unit, on):
        held[holding.person_id].append(holding)
    told = _told_of(held)
    workload = workload_of(unit, on)
    return UnitStaff(
        unit_code=unit.code,
        on=on,
        people=tuple(_person_row(posts[0].person, posts, told) for posts in held.values()),
        frames={frame.position.code: frame.places for frame in frames_on(unit, on)},
        quotas={quota.block: quota.posts for quota in quotas_on(unit, on)},
        workload=WorkloadRow(workload.population, workload.dossiers, workload.upland, workload.source)
        if workload
        else None,
    )


def people_as_told(people: Collection[Person]) -> Iterator[PersonRow]:
    """What a list would say of these people, whatever posts they hold."""
    if people:
        told = _told_of(person.pk for person in people)
        yield from (_person_row(person, [], told) for person in people)


Told = Mapping[str, Mapping[int, list[Any]]]


def _told_of(people: Iterable[int]) -> Told:
    """What stands in the tables around a person, by person."""
    keys = list(people)
    rows: dict[str, QuerySet[Any]] = {
        "qualifications": Qualification.objects.all(),
        "experiences": Experience.objects.select_related("position"),
        "trainings": Training.objects.select_related("position"),
        "locks": Lock.objects.all(),
        "wishes": Wish.objects.select_related("unit"),
    }
    told: dict[str, dict[int, list[Any]]] = {}
    for name, found in rows.items():
        told[name] = defaultdict(list)
        for row in found.filter(person__in=keys).order_by("pk"):
            told[name][row.person_id].append(row)
    return told


def _person_row(person: Person, posts: list[Holding], told: Told) -> PersonRow:
    wishes = told["wishes"].get(person.pk, [])
    return PersonRow(
        number=person.number,
        full_name=person.full_name,
        category=person.category,
        sex=person.sex,
        born_on=person.born_on,
        rank=person.rank,
        joined_on=person.joined_on,
        origin=person.origin.code if person.origin else "",
        synthetic=person.synthetic,
        posts=tuple(_post_row(holding) for holding in posts),
        qualifications=tuple(
            sorted(
                QualificationRow(row.degree, row.major) for row in told["qualifications"].get(person.pk, ())
            )
        ),
        experiences=tuple(
            sorted(
                ExperienceRow(row.position.code, row.years) for row in told["experiences"].get(person.pk, ())
            )
        ),
        trainings=tuple(
            TrainingRow(row.position.code, row.course, row.planned_on, row.finished_on)
            for row in told["trainings"].get(person.pk, ())
        ),
        locks=tuple(
            LockRow(row.reason, row.valid_from, row.valid_to) for row in told["locks"].get(person.pk, ())
        ),
        wishes=tuple(sorted(row.unit.code for row in wishes)),
        wished_on=max((row.given_on for row in wishes), default=None),
        home=_home(person),
    )


def _post_row(holding: Holding) -> PostRow:
    return PostRow(
        position=holding.position.code,
        kind=holding.kind,
        since=holding.valid_from,
        until=holding.valid_to,
        payroll=holding.payroll.code if holding.payroll else "",
        body=holding.body,
    )


def _home(person: Person) -> HomeRow | None:
    if person.home_latitude is None or person.home_longitude is None or person.home_given_on is None:
        return None
    return HomeRow(person.home_latitude, person.home_longitude, person.home_given_on)


def full_posts_of(numbers: Iterable[str], on: date) -> dict[str, Holding]:
    """The full post each of these people holds that day, by their number, wherever it is."""
    held = Holding.objects.filter(holding_on(on), kind=HoldingKind.FULL, person__number__in=list(numbers))
    return {holding.person.number: holding for holding in held.select_related("person", "unit", "position")}


def changed_after(numbers: Iterable[str], on: date) -> set[str]:
    """Those of these people whose posts begin or end after that day: newer than what a list of that day can know."""
    later = Q(valid_from__gt=on) | Q(valid_to__gt=on, kind=HoldingKind.FULL)
    return set(
        Holding.objects.filter(later, person__number__in=list(numbers)).values_list(
            "person__number", flat=True
        )
    )

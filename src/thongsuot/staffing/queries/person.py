"""A person's file: posts through time, what they have studied and done, and what of it this mandate may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from thongsuot.audit.history import Moment, moments
from thongsuot.kernel.verdicts import Verdict
from thongsuot.lawbook.locks import lock_name
from thongsuot.lawbook.staffing import change_terms, close_to_retirement, months_after, retires_on
from thongsuot.staffing.enums import HoldingKind
from thongsuot.staffing.models import (
    Experience,
    Holding,
    Kinship,
    Lock,
    Person,
    Qualification,
    Training,
    Wish,
)
from thongsuot.staffing.policies import keep_scope, may
from thongsuot.staffing.queries.standards import Schooling, schooling_of, standards_on
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.units.queries import holding_on


@dataclass(frozen=True, slots=True)
class ChangeTerm:
    """Of a post that changes hands every few years: from when it may, by when it should."""

    earliest: date
    latest: date
    spared: bool  # too close to retirement

    def late(self, on: date) -> bool:
        return not self.spared and self.latest <= on


@dataclass(frozen=True, slots=True)
class PersonPage:
    person: Person
    posts: Sequence[Holding]
    lacks: str
    qualifications: Sequence[Qualification]
    experiences: Sequence[Experience]
    trainings: Sequence[Training]
    kept: bool  # whether the file is kept within reach: only then what is given freely shows
    wishes: Sequence[Wish]
    kin: Sequence[tuple[Kinship, Person]]
    locked: bool
    retires: date | None
    term: ChangeTerm | None
    history: list[Moment]
    may_keep: Verdict
    may_read_locks: Verdict
    on: date

    @property
    def now(self) -> list[Holding]:
        return [post for post in self.posts if post.valid_to is None or post.valid_to > self.on]

    @property
    def full(self) -> Holding | None:
        return next((post for post in self.now if post.kind == HoldingKind.FULL), None)


def person_page(by: Mandate, person: Person, on: date) -> PersonPage:
    posts = list(person.holdings.select_related("unit", "position", "payroll").order_by("-valid_from", "-pk"))
    kept = Person.objects.filter(keep_scope(by), pk=person.pk).exists()
    full = next((post for post in posts if post.kind == HoldingKind.FULL and post.holds_on(on)), None)
    return PersonPage(
        person=person,
        posts=posts,
        lacks=_lacks(person, full, on),
        qualifications=list(person.qualifications.all()),
        experiences=list(person.experiences.select_related("position")),
        trainings=list(person.trainings.select_related("position")),
        kept=kept,
        wishes=list(person.wishes.select_related("unit")) if kept else [],
        kin=_kin(person) if kept else [],
        locked=Lock.objects.filter(holding_on(on), person=person).exists(),
        retires=retires_on(person.born_on, person.sex) if person.born_on and person.sex else None,
        term=_term(person, full, on),
        history=moments(person),
        may_keep=may(by, Verb.KEEP_STAFF, person),
        may_read_locks=may(by, Verb.READ_LOCKS, person),
        on=on,
    )


def _lacks(person: Person, full: Holding | None, on: date) -> str:
    if full is None:
        return ""
    schooling = schooling_of([person.pk], on).get(person.pk, Schooling())
    return standards_on(on, [full.unit_id]).lacks(schooling, full.position.code, full.unit_id)


def _kin(person: Person) -> list[tuple[Kinship, Person]]:
    rows = Kinship.objects.filter(Q(person=person) | Q(relative=person)).select_related("person", "relative")
    return [(row, row.relative if row.person_id == person.pk else row.person) for row in rows]


def _term(person: Person, full: Holding | None, on: date) -> ChangeTerm | None:
    if full is None or not full.position.rotates:
        return None
    terms = change_terms(on)
    since = full.valid_from
    spared = bool(person.born_on and person.sex and close_to_retirement(person.born_on, person.sex, on))
    return ChangeTerm(
        months_after(since, 12 * terms.earliest), months_after(since, 12 * terms.latest), spared
    )


@dataclass(frozen=True, slots=True)
class LockShown:
    lock: Lock
    case: str
    over: bool


def locks_of(person: Person, on: date) -> list[LockShown]:
    """Only on the page that leaves a trace of the look."""
    language = get_language() or "vi"
    rows: Any = person.locks.order_by("-valid_from", "-pk")
    return [
        LockShown(lock, lock_name(lock.reason, language), lock.valid_to is not None and lock.valid_to <= on)
        for lock in rows
    ]

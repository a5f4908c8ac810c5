"""What stands around the people of a list: studies, experience, courses, wishes, locks."""

from collections.abc import Iterable, Mapping
from typing import Any

from thongsuot.staffing.actions.bulk.books import Books
from thongsuot.staffing.importing.comparing import ADDED, Difference
from thongsuot.staffing.importing.content import PersonRow, UnitStaff
from thongsuot.staffing.models import Experience, Lock, Person, Qualification, Training, Wish


def write_around(found: Difference, content: UnitStaff, books: Books) -> None:
    """Qualifications, experience, courses, wishes, locks: what the list says of those it changes."""
    rows = {person.number: person for person in content.people}
    said: dict[str, list[tuple[Person, PersonRow]]] = {
        name: [] for name in ("qualifications", "experiences", "trainings", "wishes", "locks")
    }
    for change in found.people:
        row = rows.get(change.number)
        if row is None:
            continue
        for name, pairs in said.items():
            if getattr(row, name) is not None and (change.kind == ADDED or name in change.fields):
                pairs.append((books.people[change.number], row))
    makers: Mapping[str, Any] = {
        "qualifications": (Qualification, _qualifications),
        "experiences": (Experience, _experiences),
        "trainings": (Training, _trainings),
        "wishes": (Wish, _wishes),
    }
    for name, (model, make) in makers.items():
        model.objects.filter(person__in=[person.pk for person, _row in said[name]]).delete()
        model.objects.bulk_create(one for person, row in said[name] for one in make(person, row, books))
    _write_locks(said["locks"], books)


def _qualifications(person: Person, row: PersonRow, books: Books) -> Iterable[Qualification]:
    return (
        Qualification(person=person, degree=one.degree, major=one.major) for one in row.qualifications or ()
    )


def _experiences(person: Person, row: PersonRow, books: Books) -> Iterable[Experience]:
    return (
        Experience(person=person, position=books.positions[one.position], years=one.years)
        for one in row.experiences or ()
    )


def _trainings(person: Person, row: PersonRow, books: Books) -> Iterable[Training]:
    return (
        Training(
            person=person,
            position=books.positions[one.position],
            course=one.course,
            planned_on=one.planned_on,
            finished_on=one.finished_on,
        )
        for one in row.trainings or ()
    )


def _wishes(person: Person, row: PersonRow, books: Books) -> Iterable[Wish]:
    given = row.wished_on or books.on
    return (Wish(person=person, unit=books.units[code], given_on=given) for code in row.wishes or ())


def _write_locks(pairs: list[tuple[Person, PersonRow]], books: Books) -> None:
    """A case the list names no more has ended on its day; one of that very day was never there."""
    there = {
        (lock.person_id, lock.reason, lock.valid_from): lock
        for lock in Lock.objects.filter(person__in=[person.pk for person, _row in pairs])
    }
    fresh = []
    for person, row in pairs:
        for one in row.locks or ():
            lock = there.pop((person.pk, one.reason, one.since), None)
            if lock is None:
                fresh.append(Lock(person=person, reason=one.reason, valid_from=one.since, valid_to=one.until))
            elif lock.valid_to != one.until:
                lock.valid_to = one.until
                lock.save(update_fields=["valid_to"])
    for lock in there.values():
        if lock.valid_from >= books.on:
            lock.delete()
        elif lock.valid_to is None or lock.valid_to > books.on:
            lock.valid_to = books.on
            lock.save(update_fields=["valid_to"])
    Lock.objects.bulk_create(fresh)

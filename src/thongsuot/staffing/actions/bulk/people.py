"""New people of a list, and what it changes of those who are known."""

from django.db.models import F

from thongsuot.kernel.vietnamese import normalise, strip_marks
from thongsuot.staffing.actions.bulk.books import Books
from thongsuot.staffing.importing.comparing import Difference
from thongsuot.staffing.importing.content import PersonRow, UnitStaff
from thongsuot.staffing.models import Person

_OWN = ("full_name", "category", "sex", "born_on", "rank", "joined_on")


def write_people(found: Difference, content: UnitStaff, books: Books) -> list[int]:
    """New people and changed ones; the keys of all whose line in the search may have changed."""
    rows = {person.number: person for person in content.people}
    new = [
        _person(rows[one.number], books)
        for one in found.people
        if one.number in rows and one.number not in books.people
    ]
    Person.objects.bulk_create(new)
    known = [books.people[change.number] for change in found.people if change.number in books.people]
    for person in known:
        _amend(person, rows[person.number], books)
    Person.objects.bulk_update(
        known,
        [
            *_OWN,
            "bare",
            "origin",
            "home_latitude",
            "home_longitude",
            "home_given_on",
            "left_on",
            "left_because",
        ],
        batch_size=200,
    )
    books.people |= {person.number: person for person in new}
    gone = [change.number for change in found.people if change.number not in rows]
    books.people |= {one.number: one for one in Person.objects.select_for_update().filter(number__in=gone)}
    touched = [books.people[change.number].pk for change in found.people]
    fresh = {person.pk for person in new}
    Person.objects.filter(pk__in=[key for key in touched if key not in fresh]).update(
        version=F("version") + 1
    )
    return touched


def _person(row: PersonRow, books: Books) -> Person:
    person = Person(
        number=row.number, category=row.category, full_name=row.full_name, synthetic=row.synthetic
    )
    _amend(person, row, books)
    return person


def _amend(person: Person, row: PersonRow, books: Books) -> None:
    for name in _OWN:
        if value := getattr(row, name):
            setattr(person, name, value)
    person.full_name = normalise(person.full_name)
    person.bare = strip_marks(person.full_name)
    if row.origin is not None:
        person.origin = books.units.get(row.origin)
    if row.home is not None:
        person.home_latitude, person.home_longitude = row.home.latitude, row.home.longitude
        person.home_given_on = row.home.given_on
    if person.left_on and person.left_on <= books.on:  # taken on again, as the list says
        person.left_on, person.left_because = None, ""

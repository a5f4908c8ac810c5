"""One unit's staff written at once from a list: whatever differs from the registers, in bulk, with one event.

Posts that end, end on the day of the list, and those that begin, begin then unless the list says since when; nothing
of before is rewritten.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.kernel.vietnamese import normalise, strip_marks
from thongsuot.lawbook.locks import lock_cases
from thongsuot.staffing.enums import Acts, HoldingKind
from thongsuot.staffing.found import index_people
from thongsuot.staffing.importing.comparing import ADDED, Difference, PersonChange, compare
from thongsuot.staffing.importing.content import PersonRow, PostRow, UnitStaff
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
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries import positions_on, staff_of
from thongsuot.staffing.queries.listed import registered_of
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import holding_on


@dataclass(slots=True)
class _Books:
    """What codes and numbers of the list stand for."""

    unit: Unit
    on: date
    positions: Mapping[str, Position]
    units: Mapping[str, Unit]
    people: dict[str, Person]
    basis: str
    held: dict[int, list[Holding]] = field(default_factory=dict)


@transaction.atomic
def apply_unit_staff(
    *,
    by: Mandate,
    unit: Unit,
    content: UnitStaff,
    basis: str = "",
    details: Mapping[str, object] | None = None,
) -> Difference:
    """Write a list of a unit into the registers; one that changes nothing leaves no trace."""
    require(may(by, Verb.KEEP_STAFF, unit))
    if content.unit_code != unit.code:
        raise Refused(_("Danh sách là của đơn vị mã %(code)s.") % {"code": content.unit_code})
    Unit.objects.select_for_update().get(pk=unit.pk)
    before = staff_of(unit, content.on)
    found = compare(before, content, registered_of(content, before))
    if found.is_empty:
        return found
    books = _books(unit, content, basis or content.basis)
    _require_whole(content, books)
    _require_reach(by, found, books)
    _write_places(content, books)
    changed = _write_people(found, content, books)
    _write_around(found, content, books)
    _write_posts(found, books)
    index_people(changed)
    told = {"on": content.on, "digest": content.digest, **found.counts, **(details or {})}
    record(by=by, verb=Acts.STAFF_APPLIED, subject=unit, details=told)
    return found


def _books(unit: Unit, content: UnitStaff, basis: str) -> _Books:
    codes = {post.payroll for _person, post in content.posts} | {one.origin for one in content.people}
    codes |= {wish for person in content.people for wish in person.wishes or ()}
    units = Unit.objects.filter(holding_on(content.on), code__in=codes - {"", None})
    people = Person.objects.select_for_update().filter(number__in=[one.number for one in content.people])
    return _Books(
        unit,
        content.on,
        positions_on(content.on),
        {one.code: one for one in units},
        {person.number: person for person in people},
        basis,
    )


def _require_whole(content: UnitStaff, books: _Books) -> None:
    """The last gate: a workbook has been told all of this before, with its cells (importing.reading)."""
    codes = {post.position for _person, post in content.posts} | set(content.frames or ())
    for person in content.people:
        codes |= {row.position for row in person.experiences or ()}
        codes |= {row.position for row in person.trainings or ()}
    if unknown := sorted(codes - books.positions.keys()):
        raise Refused(_("Không có mã vị trí việc làm: %(codes)s.") % {"codes": ", ".join(unknown)})
    wanted = {post.payroll for _person, post in content.posts} | {one.origin or "" for one in content.people}
    wanted |= {wish for person in content.people for wish in person.wishes or ()}
    if unknown := sorted(wanted - books.units.keys() - {""}):
        raise Refused(_("Không có mã đơn vị: %(codes)s.") % {"codes": ", ".join(unknown)})
    cases = {lock.reason for person in content.people for lock in person.locks or ()}
    if unknown := sorted(cases - lock_cases().keys()):
        raise Refused(_("Không có trường hợp chưa điều động: %(codes)s.") % {"codes": ", ".join(unknown)})
    twice = [number for number, count in Counter(one.number for one in content.people).items() if count > 1]
    full = [
        one.number for one in content.people if sum(post.kind == HoldingKind.FULL for post in one.posts) > 1
    ]
    if twice or full:
        raise Refused(
            _("Một người đứng tên hai lần, hoặc giữ hai vị trí chính thức: %(numbers)s.")
            % {"numbers": ", ".join(sorted({*twice, *full}))}
        )
    if any(places < 0 for places in (content.frames or {}).values()):
        raise Refused(_("Số chỗ trong khung không được âm."))


def _require_reach(by: Mandate, found: Difference, books: _Books) -> None:
    """Whoever takes a person off the post of another unit keeps the register of that unit too."""
    moved = [change.number for change in found.people if change.elsewhere]
    held = Holding.objects.filter(holding_on(books.on), kind=HoldingKind.FULL, person__number__in=moved)
    for holding in held.select_related("unit", "person"):
        if not may(by, Verb.KEEP_STAFF, holding.unit):
            raise Refused(
                _("%(number)s đang giữ vị trí ở %(unit)s. Cán bộ tổ chức cấp tỉnh ghi việc chuyển đơn vị.")
                % {"number": holding.person.number, "unit": holding.unit}
            )


def _write_places(content: UnitStaff, books: _Books) -> None:
    unit, on = books.unit, books.on
    if content.frames is not None:
        rows = Frame.objects.filter(holding_on(on), unit=unit).select_related("position")
        there = {frame.position.code: frame for frame in rows}
        fresh = _dated(there, content.frames, "places", on)
        Frame.objects.bulk_create(
            Frame(unit=unit, position=books.positions[code], places=places, basis=books.basis, valid_from=on)
            for code, places in fresh.items()
        )
    if content.quotas is not None:
        quotas = {quota.block: quota for quota in Quota.objects.filter(holding_on(on), unit=unit)}
        fresh = _dated(quotas, content.quotas, "posts", on)
        Quota.objects.bulk_create(
            Quota(unit=unit, block=block, posts=posts, basis=books.basis, valid_from=on)
            for block, posts in fresh.items()
        )
    if content.workload:
        row = content.workload
        Workload.objects.update_or_create(
            unit=unit,
            on=on,
            defaults={
                "population": row.population,
                "dossiers": row.dossiers,
                "upland": row.upland,
                "source": row.source,
            },
        )


def _dated(there: Mapping[str, Any], wanted: Mapping[str, int], name: str, on: date) -> dict[str, int]:
    """End the rows whose number changes, mend those that began that very day; gives what is to begin."""
    fresh: dict[str, int] = {}
    for key in there.keys() | wanted.keys():
        row, number = there.get(key), wanted.get(key, 0)
        if row is None:
            if number:
                fresh[key] = number
        elif getattr(row, name) != number:
            if row.valid_from == on:
                setattr(row, name, number)
            else:
                row.valid_to = on
                if number:
                    fresh[key] = number
            row.version += 1
            row.save(update_fields=[name, "valid_to", "version"])
    return fresh


_OWN = ("full_name", "category", "sex", "born_on", "rank", "joined_on")


def _write_people(found: Difference, content: UnitStaff, books: _Books) -> list[int]:
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


def _person(row: PersonRow, books: _Books) -> Person:
    person = Person(
        number=row.number, category=row.category, full_name=row.full_name, synthetic=row.synthetic
    )
    _amend(person, row, books)
    return person


def _amend(person: Person, row: PersonRow, books: _Books) -> None:
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


def _write_around(found: Difference, content: UnitStaff, books: _Books) -> None:
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


def _qualifications(person: Person, row: PersonRow, books: _Books) -> Iterable[Qualification]:
    return (
        Qualification(person=person, degree=one.degree, major=one.major) for one in row.qualifications or ()
    )


def _experiences(person: Person, row: PersonRow, books: _Books) -> Iterable[Experience]:
    return (
        Experience(person=person, position=books.positions[one.position], years=one.years)
        for one in row.experiences or ()
    )


def _trainings(person: Person, row: PersonRow, books: _Books) -> Iterable[Training]:
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


def _wishes(person: Person, row: PersonRow, books: _Books) -> Iterable[Wish]:
    given = row.wished_on or books.on
    return (Wish(person=person, unit=books.units[code], given_on=given) for code in row.wishes or ())


def _write_locks(pairs: list[tuple[Person, PersonRow]], books: _Books) -> None:
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


def _write_posts(found: Difference, books: _Books) -> None:
    touched = [books.people[change.number].pk for change in found.people if change.fresh or change.over]
    rows = Holding.objects.filter(holding_on(books.on), person__in=touched).select_related(
        "position", "payroll"
    )
    for holding in rows:
        books.held.setdefault(holding.person_id, []).append(holding)
    coming = [books.people[change.number].pk for change in found.people if change.fresh]
    later = Holding.objects.filter(person__in=coming, kind=HoldingKind.FULL, valid_from__gt=books.on)
    _refuse_newer(sorted(later.values_list("person__number", flat=True)), books)
    last = dict(
        Holding.objects.filter(person__in=touched, kind=HoldingKind.FULL)
        .values_list("person_id")
        .annotate(last=Max("valid_to"))
    )
    ending: list[Holding] = []
    fresh: list[Holding] = []
    for change in found.people:
        person = books.people[change.number]
        over = list(_over(change, person, books))
        _require_not_newer(over, change, books)
        began_today = [one for one in over if one.valid_from == books.on]
        ending += [one for one in over if one.valid_from < books.on]
        for one in began_today:  # written that very day: mended, not kept as history
            one.delete()
        fresh += [_holding(post, person, over, last.get(person.pk), books) for post in change.fresh]
    for holding in ending:
        holding.valid_to = books.on
        holding.version += 1
    Holding.objects.bulk_update(ending, ["valid_to", "version"], batch_size=200)
    Holding.objects.bulk_create(fresh)


def _over(change: PersonChange, person: Person, books: _Books) -> Iterable[Holding]:
    """Posts here that the list names no more, and the full post elsewhere of one who comes."""
    gone = {(post.position, post.kind, post.payroll) for post in change.over}
    for holding in books.held.get(person.pk, ()):
        if holding.unit_id == books.unit.pk:
            payroll = holding.payroll.code if holding.payroll else ""
            if (holding.position.code, holding.kind, payroll) in gone:
                yield holding
        elif change.elsewhere and holding.kind == HoldingKind.FULL:
            yield holding


def _require_not_newer(over: list[Holding], change: PersonChange, books: _Books) -> None:
    """A post whose end is settled already, on a later day, is not ended by an older list."""
    if any(one.valid_to is not None and one.kind != HoldingKind.SECONDMENT for one in over):
        _refuse_newer([change.number], books)


def _refuse_newer(numbers: list[str], books: _Books) -> None:
    if numbers:
        raise Refused(
            _(
                "Sổ đã ghi việc thôi hoặc nhận vị trí sau ngày %(on)s của: %(numbers)s. Lấy số liệu của ngày mới hơn."
            )
            % {"numbers": ", ".join(numbers), "on": f"{books.on:%d-%m-%Y}"}
        )


def _holding(post: PostRow, person: Person, over: list[Holding], last: date | None, books: _Books) -> Holding:
    since = post.since or books.on
    if over or since > books.on:
        since = books.on
    if post.kind == HoldingKind.FULL and last and last > since:
        since = last
    return Holding(
        person=person,
        unit=books.unit,
        position=books.positions[post.position],
        kind=post.kind,
        payroll=books.units.get(post.payroll),
        basis=books.basis,
        valid_from=since,
        valid_to=post.until if post.kind == HoldingKind.SECONDMENT else None,
    )

"""People of the registers, one by one: who they are, what they wish, what forbids moving them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.versions import take_turn
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.kernel.vietnamese import normalise, strip_marks
from thongsuot.lawbook.locks import lock_cases
from thongsuot.staffing.enums import Acts, Relation
from thongsuot.staffing.found import index_people
from thongsuot.staffing.models import (
    Experience,
    Kinship,
    Lock,
    Person,
    Position,
    Qualification,
    Training,
    Wish,
)
from thongsuot.staffing.policies import may
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit

AMENDABLE = frozenset({"full_name", "sex", "born_on", "category", "rank", "joined_on", "origin"})


@transaction.atomic
def enter_person(
    *,
    by: Mandate,
    unit: Unit,
    number: str,
    full_name: str,
    category: str,
    details: Mapping[str, object] | None = None,
    synthetic: bool = False,
) -> Person:
    """Somebody new to the registers, about to hold a post of `unit` (actions.hold_post gives it)."""
    require(may(by, Verb.KEEP_STAFF, unit))
    if strange := sorted(set(details or ()) - AMENDABLE):
        raise ValueError(f"not of a person: {strange}")
    person = Person(
        number=number.strip(),
        full_name=normalise(" ".join(full_name.split())),
        category=category,
        synthetic=synthetic,
        **(details or {}),
    )
    person.bare = strip_marks(person.full_name)
    if Person.objects.filter(number=person.number).exists():
        raise Refused(_("Số hồ sơ %(number)s đã có trong sổ.") % {"number": person.number})
    person.full_clean()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as taken:
        raise Refused(_("Số hồ sơ %(number)s đã có trong sổ.") % {"number": person.number}) from taken
    index_people([person.pk])
    record(by=by, verb=Acts.PERSON_ENTERED, subject=person, details={"unit": unit.code})
    return person


@transaction.atomic
def amend_person(
    *, by: Mandate, person: Person, changes: Mapping[str, object], seen: int | None = None
) -> Person:
    """The trail names the fields that changed, not what stood in them."""
    person = _taken(by, person, seen)
    if strange := sorted(set(changes) - AMENDABLE):
        raise ValueError(f"not amended here: {strange}")
    changed = [name for name, value in changes.items() if getattr(person, name) != value]
    if not changed:
        return person
    for name in changed:
        setattr(person, name, changes[name])
    person.full_name = normalise(" ".join(person.full_name.split()))
    person.bare = strip_marks(person.full_name)
    person.full_clean()
    person.save(update_fields=[*changed, "full_name", "bare"])
    index_people([person.pk])
    record(by=by, verb=Acts.PERSON_AMENDED, subject=person, details={"fields": sorted(changed)})
    return person


@transaction.atomic
def set_schooling(
    *,
    by: Mandate,
    person: Person,
    qualifications: Iterable[tuple[str, str]] | None = None,
    experiences: Mapping[Position, Any] | None = None,
    seen: int | None = None,
) -> Person:
    """Degrees with their majors, and years on positions; None leaves as it is."""
    person = _taken(by, person, seen)
    if qualifications is not None:
        told = dict.fromkeys((degree, normalise(" ".join(major.split()))) for degree, major in qualifications)
        person.qualifications.all().delete()
        Qualification.objects.bulk_create(
            Qualification(person=person, degree=degree, major=major) for degree, major in told
        )
    if experiences is not None:
        person.experiences.all().delete()
        Experience.objects.bulk_create(
            Experience(person=person, position=position, years=years)
            for position, years in experiences.items()
        )
    fields = [
        name
        for name, said in (("qualifications", qualifications), ("experiences", experiences))
        if said is not None
    ]
    record(by=by, verb=Acts.PERSON_AMENDED, subject=person, details={"fields": fields})
    return person


@transaction.atomic
def note_training(
    *,
    by: Mandate,
    person: Person,
    position: Position,
    course: str,
    planned_on: date | None = None,
    finished_on: date | None = None,
    seen: int | None = None,
) -> Training:
    """A course for a position; once finished, the person meets its standard by it."""
    person = _taken(by, person, seen)
    training, _new = Training.objects.update_or_create(
        person=person,
        position=position,
        course=" ".join(course.split()),
        defaults={"planned_on": planned_on, "finished_on": finished_on},
    )
    record(
        by=by,
        verb=Acts.PERSON_AMENDED,
        subject=person,
        details={"fields": ["trainings"], "position": position.code},
    )
    return training


@transaction.atomic
def person_left(*, by: Mandate, person: Person, on: date, because: str, seen: int | None = None) -> Person:
    """Retired, resigned, gone to another authority: every post ends that day; the history stays."""
    person = _taken(by, person, seen)
    if person.left_on:
        raise Refused(
            _("%(number)s đã thôi từ ngày %(on)s.")
            % {"number": person.number, "on": f"{person.left_on:%d-%m-%Y}"}
        )
    if not because.strip():
        raise Refused(_("Chưa ghi lý do thôi. Ghi ngắn gọn, ví dụ: nghỉ hưu."))
    open_posts = person.holdings.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    if open_posts.filter(valid_from__gte=on).exists():
        raise Refused(_("Người này nhận vị trí từ ngày đó hoặc sau đó. Chọn ngày muộn hơn."))
    for holding in open_posts:
        holding.valid_to = on
        holding.version += 1
        holding.save(update_fields=["valid_to", "version"])
    person.left_on, person.left_because = on, because.strip()[:200]
    person.full_clean()
    person.save(update_fields=["left_on", "left_because"])
    record(by=by, verb=Acts.PERSON_LEFT, subject=person, details={"on": on})
    return person


@transaction.atomic
def note_wishes(
    *, by: Mandate, person: Person, units: Iterable[Unit], given_on: date, seen: int | None = None
) -> None:
    """Where the person said they would like to serve, in place of what they said before; none takes it back."""
    person = _taken(by, person, seen)
    _not_in_future(given_on)
    person.wishes.all().delete()
    Wish.objects.bulk_create(
        Wish(person=person, unit=unit, given_on=given_on) for unit in dict.fromkeys(units)
    )
    record(by=by, verb=Acts.WISH_NOTED, subject=person, details={"on": given_on})


@transaction.atomic
def note_home(
    *,
    by: Mandate,
    person: Person,
    point: tuple[float, float] | None,
    given_on: date | None = None,
    seen: int | None = None,
) -> None:
    """Only what the person gave, to be placed nearer; None takes it back. The trail keeps no place."""
    person = _taken(by, person, seen)
    if point and not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise Refused(_("Tọa độ nơi ở không đúng: vĩ độ từ -90 đến 90, kinh độ từ -180 đến 180."))
    person.home_latitude, person.home_longitude = point or (None, None)
    person.home_given_on = (given_on or timezone.localdate()) if point else None
    person.save(update_fields=["home_latitude", "home_longitude", "home_given_on"])
    record(by=by, verb=Acts.HOME_NOTED, subject=person, details={"given": point is not None})


@transaction.atomic
def note_kin(*, by: Mandate, person: Person, relative: Person, relation: Relation) -> Kinship:
    """Two people of the registers who are relatives; the same said twice is once."""
    person = _taken(by, person, None)
    if person.pk == relative.pk:
        raise Refused(_("Chọn hai người khác nhau."))
    first, second = sorted((person, relative), key=lambda one: one.pk)
    kinship, _new = Kinship.objects.update_or_create(
        person=first, relative=second, defaults={"relation": relation}
    )
    record(by=by, verb=Acts.KIN_NOTED, subject=person, details={"with": relative.number})
    return kinship


@transaction.atomic
def forget_kin(*, by: Mandate, kinship: Kinship) -> None:
    """Noted by mistake, or no longer needed."""
    person = _taken(by, kinship.person, None)
    other = kinship.relative.number
    kinship.delete()
    record(by=by, verb=Acts.KIN_NOTED, subject=person, details={"no longer with": other})


@transaction.atomic
def lock_person(
    *,
    by: Mandate,
    person: Person,
    reason: str,
    since: date,
    until: date | None = None,
    seen: int | None = None,
) -> Lock:
    """A case in which the law forbids moving the person: its code and its days. The trail does not say which."""
    require(may(by, Verb.READ_LOCKS, person))
    person = _taken(by, person, seen)
    if reason not in lock_cases():
        raise Refused(_("Không có trường hợp “%(code)s” trong Điều 25.") % {"code": reason})
    if until and until <= since:
        raise Refused(_("Ngày kết thúc phải sau ngày bắt đầu."))
    lock, new = Lock.objects.get_or_create(
        person=person, reason=reason, valid_from=since, defaults={"valid_to": until}
    )
    if not new and lock.valid_to == until:
        return lock
    lock.valid_to = until
    lock.save(update_fields=["valid_to"])
    record(by=by, verb=Acts.LOCKED, subject=person, details={"since": since, "until": until})
    return lock


@transaction.atomic
def unlock_person(*, by: Mandate, lock: Lock, on: date) -> None:
    """The case has ended that day; one that never held is taken out."""
    require(may(by, Verb.READ_LOCKS, lock.person))
    person = _taken(by, lock.person, None)
    if on <= lock.valid_from:
        lock.delete()
    else:
        lock.valid_to = on
        lock.save(update_fields=["valid_to"])
    record(by=by, verb=Acts.UNLOCKED, subject=person, details={"on": on})


def look_at_person(*, by: Mandate, person: Person) -> None:
    """Every look at a person's file leaves a trace."""
    require(may(by, Verb.NAME_STAFF, person))
    record(by=by, verb=Acts.PERSON_LOOKED_AT, subject=person)


def look_at_locks(*, by: Mandate, person: Person) -> None:
    """So does every look at the case that locks them."""
    require(may(by, Verb.READ_LOCKS, person))
    record(by=by, verb=Acts.LOCKS_LOOKED_AT, subject=person)


def _taken(by: Mandate, person: Person, seen: int | None) -> Person:
    """The person as they are now, one act after the other."""
    require(may(by, Verb.KEEP_STAFF, person))
    take_turn(person, seen)
    person.refresh_from_db()
    return person


def _not_in_future(on: date) -> None:
    if on > timezone.localdate():
        raise Refused(_("Ngày %(on)s chưa đến.") % {"on": f"{on:%d-%m-%Y}"})

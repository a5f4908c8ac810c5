"""Personal data whose time is over are taken out: wishes and homes, cases that ended, relatives of those who left."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from thongsuot.audit.actions import record
from thongsuot.audit.actors import SYSTEM
from thongsuot.lawbook.staffing import keeping_years, months_after
from thongsuot.staffing.enums import Acts, HoldingKind
from thongsuot.staffing.models import Holding, Kinship, Lock, Person, Wish


@transaction.atomic
def forget_what_is_over(on: date) -> int:
    """How many people something was taken out of; each is told in the trail, without what it was."""
    wished = _wishes(on)
    homes = _homes(on)
    locked = _locks(on)
    kin = _kin()
    touched = {**wished, **homes, **locked, **kin}
    for person in Person.objects.filter(pk__in=touched).order_by("pk"):
        kinds = [
            name
            for name, keys in (("wishes", wished), ("home", homes), ("locks", locked), ("kin", kin))
            if person.pk in keys
        ]
        record(by=SYSTEM, verb=Acts.OVERDUE_REMOVED, subject=person, details={"fields": kinds})
    return len(touched)


def _placed_since(on: date, path: str, given: str) -> Exists:
    """A full post begun after it was given, at least so many years ago: the placement it was given for."""
    limit = months_after(on, -12 * keeping_years("wish"))
    begun = Holding.objects.filter(person=OuterRef(path), kind=HoldingKind.FULL, valid_from__lt=limit)
    return Exists(begun.filter(valid_from__gte=OuterRef(given)))


def _wishes(on: date) -> dict[int, None]:
    over = Wish.objects.filter(_placed_since(on, "person", "given_on") | Q(person__left_on__lte=on))
    people = dict.fromkeys(over.values_list("person", flat=True))
    Wish.objects.filter(pk__in=list(over.values_list("pk", flat=True))).delete()
    return people


def _homes(on: date) -> dict[int, None]:
    given = Person.objects.filter(home_given_on__isnull=False)
    over = given.filter(_placed_since(on, "pk", "home_given_on") | Q(left_on__lte=on))
    people = dict.fromkeys(over.values_list("pk", flat=True))
    Person.objects.filter(pk__in=people).update(
        home_latitude=None, home_longitude=None, home_given_on=None, version=F("version") + 1
    )
    return people


def _locks(on: date) -> dict[int, None]:
    over = Lock.objects.filter(valid_to__lt=months_after(on, -12 * keeping_years("lock")))
    people = dict.fromkeys(over.values_list("person", flat=True))
    over.delete()
    return people


def _kin() -> dict[int, None]:
    """Kept while both are in service."""
    over = Kinship.objects.filter(Q(person__left_on__isnull=False) | Q(relative__left_on__isnull=False))
    people = {key: None for pair in over.values_list("person", "relative") for key in pair}
    over.delete()
    return people

"""Posts of a list: those that end and those that begin, on its day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused
from thongsuot.staffing.actions.bulk.books import Books
from thongsuot.staffing.enums import HoldingKind
from thongsuot.staffing.importing.comparing import Difference, PersonChange
from thongsuot.staffing.importing.content import PostRow
from thongsuot.staffing.models import Holding, Person
from thongsuot.units.queries import holding_on


def write_posts(found: Difference, books: Books) -> None:
    touched = [
        books.people[change.number].pk for change in found.people if change.fresh or change.over or change.led
    ]
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
    _write_bodies(found, books)


def _write_bodies(found: Difference, books: Books) -> None:
    """Of posts that go on it is now said which department is led; since when they are held stays."""
    named: list[Holding] = []
    for change in found.people:
        said = {(post.position, post.kind): post.body for post in change.led}
        for holding in books.held.get(books.people[change.number].pk, ()) if said else ():
            body = said.get((holding.position.code, holding.kind))
            if body and holding.unit_id == books.unit.pk:
                holding.body = body
                holding.version += 1
                named.append(holding)
    Holding.objects.bulk_update(named, ["body", "version"], batch_size=200)


def _over(change: PersonChange, person: Person, books: Books) -> Iterable[Holding]:
    """Posts here that the list names no more, and the full post elsewhere of one who comes."""
    gone = {(post.position, post.kind, post.payroll) for post in change.over}
    for holding in books.held.get(person.pk, ()):
        if holding.unit_id == books.unit.pk:
            payroll = holding.payroll.code if holding.payroll else ""
            if (holding.position.code, holding.kind, payroll) in gone:
                yield holding
        elif change.elsewhere and holding.kind == HoldingKind.FULL:
            yield holding


def _require_not_newer(over: list[Holding], change: PersonChange, books: Books) -> None:
    """A post whose end is settled already, on a later day, is not ended by an older list."""
    if any(one.valid_to is not None and one.kind != HoldingKind.SECONDMENT for one in over):
        _refuse_newer([change.number], books)


def _refuse_newer(numbers: list[str], books: Books) -> None:
    if numbers:
        raise Refused(
            _(
                "Sổ đã ghi việc thôi hoặc nhận vị trí sau ngày %(on)s của: %(numbers)s. Lấy số liệu của ngày mới hơn."
            )
            % {"numbers": ", ".join(numbers), "on": f"{books.on:%d-%m-%Y}"}
        )


def _holding(post: PostRow, person: Person, over: list[Holding], last: date | None, books: Books) -> Holding:
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
        body=post.body,
        payroll=books.units.get(post.payroll),
        basis=books.basis,
        valid_from=since,
        valid_to=post.until if post.kind == HoldingKind.SECONDMENT else None,
    )

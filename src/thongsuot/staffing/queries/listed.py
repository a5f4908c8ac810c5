"""What the registers know of people a list names, beside what they hold of its unit."""

from thongsuot.staffing.enums import HoldingKind
from thongsuot.staffing.importing.comparing import Registered
from thongsuot.staffing.importing.content import PersonRow, UnitStaff
from thongsuot.staffing.models import Person
from thongsuot.staffing.queries.registers import changed_after, full_posts_of, people_as_told
from thongsuot.units.models import Unit
from thongsuot.units.queries import holding_on


def registered_of(content: UnitStaff, before: UnitStaff) -> Registered:
    """At most eight queries, most of them only where somebody comes from elsewhere."""
    named = {person.number: person for person in content.people}
    here = {person.number for person in before.people}
    rows = list(Person.objects.filter(number__in=named.keys() | here).select_related("origin"))
    strangers = [person for person in rows if person.number not in here]
    unit = Unit.objects.filter(holding_on(content.on), code=content.unit_code).first()
    full = full_posts_of([one.number for one in strangers], content.on)
    also = [number for number, row in named.items() if number in here and _takes_full(row, before)]
    full |= full_posts_of(also, content.on)
    return Registered(
        versions={person.number: person.version for person in rows},
        elsewhere={
            number: str(held.unit) for number, held in full.items() if unit is None or held.unit_id != unit.pk
        },
        left={
            person.number: person.left_on
            for person in rows
            if person.left_on and person.left_on <= content.on and person.number in named
        },
        later=changed_after(named.keys() | here, content.on),
        known={row.number: row for row in people_as_told(strangers)},
    )


def _takes_full(row: PersonRow, before: UnitStaff) -> bool:
    """Here already, on secondment or a combined post, and named on a full one now."""
    if not any(post.kind == HoldingKind.FULL for post in row.posts):
        return False
    former = next(person for person in before.people if person.number == row.number)
    return not any(post.kind == HoldingKind.FULL for post in former.posts)

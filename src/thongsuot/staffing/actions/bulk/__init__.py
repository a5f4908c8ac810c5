"""One unit's staff written at once from a list: whatever differs from the registers, in bulk, with one event.

Posts that end, end on the day of the list, and those that begin, begin then unless the list says since when; nothing
of before is rewritten.
"""

from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.locks import lock_cases
from thongsuot.staffing.actions.bulk.around import write_around
from thongsuot.staffing.actions.bulk.books import Books, books_of
from thongsuot.staffing.actions.bulk.people import write_people
from thongsuot.staffing.actions.bulk.places import write_places
from thongsuot.staffing.actions.bulk.posts import write_posts
from thongsuot.staffing.enums import Acts, HoldingKind
from thongsuot.staffing.found import index_people
from thongsuot.staffing.importing.comparing import Difference, compare
from thongsuot.staffing.importing.content import UnitStaff
from thongsuot.staffing.models import Holding
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries import staff_of
from thongsuot.staffing.queries.listed import registered_of
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import holding_on

__all__ = ["apply_unit_staff"]


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
    books = books_of(unit, content, basis or content.basis)
    _require_whole(content, books)
    _require_reach(by, found, books)
    write_places(content, books)
    changed = write_people(found, content, books)
    write_around(found, content, books)
    write_posts(found, books)
    index_people(changed)
    told = {"on": content.on, "digest": content.digest, **found.counts, **(details or {})}
    record(by=by, verb=Acts.STAFF_APPLIED, subject=unit, details=told)
    return found


def _require_whole(content: UnitStaff, books: Books) -> None:
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


def _require_reach(by: Mandate, found: Difference, books: Books) -> None:
    """Whoever takes a person off the post of another unit keeps the register of that unit too."""
    moved = [change.number for change in found.people if change.elsewhere]
    held = Holding.objects.filter(holding_on(books.on), kind=HoldingKind.FULL, person__number__in=moved)
    for holding in held.select_related("unit", "person"):
        if not may(by, Verb.KEEP_STAFF, holding.unit):
            raise Refused(
                _("%(number)s đang giữ vị trí ở %(unit)s. Cán bộ tổ chức cấp tỉnh ghi việc chuyển đơn vị.")
                % {"number": holding.person.number, "unit": holding.unit}
            )

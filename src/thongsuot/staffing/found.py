"""People of the staff registers as the search knows them: found only by those who may see names."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.finding import actions as finding
from thongsuot.finding.kinds import Content, Kind, page_by_key, register_kind
from thongsuot.staffing.models import Person
from thongsuot.staffing.policies import may_name, person_scope
from thongsuot.units.models import Mandate
from thongsuot.units.policies import bounds_in_reach, bounds_of

STAFF = "staff"


def index_people(people: Iterable[int]) -> None:
    """Keys of people whose name, or whose unit, changed."""
    finding.index_many(STAFF, people)


def _rows() -> QuerySet[Person]:
    return Person.objects.prefetch_related("holdings__unit", "holdings__position")


def _content(person: Person) -> Content:
    """Name and number, and the posts held: nothing that is given freely, nothing that locks."""
    held = sorted(person.holdings.all(), key=lambda holding: (holding.valid_from, holding.pk), reverse=True)
    posts = [f"{holding.position}, {holding.unit}" for holding in held]
    return Content(
        title=person.full_name,
        code=person.number,
        note=posts[0] if posts else "",
        names=[person.full_name],
        bounds=bounds_of([holding.unit for holding in held]),
    )


def _scope(mandate: Mandate) -> QuerySet[Person]:
    return Person.objects.filter(person_scope(mandate)) if may_name(mandate) else Person.objects.none()


def show() -> None:
    register_kind(
        Kind(
            code=STAFF,
            label=_("Nhân sự"),
            icon="id-badge-2",
            rows=_rows,
            content=_content,
            scope=_scope,
            bounds=bounds_in_reach,
            url=page_by_key("staffing:person"),
            order=70,
        )
    )

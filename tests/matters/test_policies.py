"""Which rows, and may I: two questions, one answer."""

import pytest

from tests import people
from tests.factories.matters import OriginFactory, ProposalFactory, TaskFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.matters.models import Matter, Origin
from thongsuot.matters.policies import may, origin_scope, scope
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def everyone() -> list[Mandate]:
    """A city of three wards with matters of each, of two together and of nobody; and all kinds of people."""
    city = ProvinceFactory()
    first, second, third = WardFactory.create_batch(3, parent=city)
    both = OriginFactory(units=[first, second])
    for unit in (first, second, None):
        ProposalFactory(unit=unit, origin=both)
        TaskFactory(unit=unit, origin=both)
    ProposalFactory(unit=third, origin=OriginFactory(units=[third]))
    TaskFactory(unit=city, origin=OriginFactory(units=[city]))
    ProposalFactory()
    return [
        people.clerk(first),
        people.clerk(third),
        people.officer(city),
        people.group_member(city, [first, third]),
        people.reader(city),
        people.administrator(city),
        people.stranger(),
    ]


def test_scope_and_may_agree_on_every_matter(everyone: list[Mandate]) -> None:
    for mandate in everyone:
        seen = set(Matter.objects.filter(scope(mandate)).values_list("pk", flat=True))
        for matter in Matter.objects.all():
            assert may(mandate, Verb.READ, matter).ok == (matter.pk in seen), (mandate, matter)


def test_scope_and_may_agree_on_every_origin(everyone: list[Mandate]) -> None:
    for mandate in everyone:
        seen = set(Origin.objects.filter(origin_scope(mandate)).values_list("pk", flat=True))
        for origin in Origin.objects.all():
            assert may(mandate, Verb.READ, origin).ok == (origin.pk in seen)
            assert may(mandate, Verb.UNDO, origin).ok == (origin.pk in seen and mandate.allows(Verb.UNDO))


def test_each_sees_what_they_should(everyone: list[Mandate]) -> None:
    seen = [Matter.objects.filter(scope(mandate)).count() for mandate in everyone]
    first, third, officer, member, reader, administrator, stranger = seen
    assert (first, third) == (4, 1)
    assert (officer, reader) == (8, 8)
    assert member == 5
    assert (administrator, stranger) == (0, 0)


def test_a_refusal_says_why(everyone: list[Mandate]) -> None:
    matter = Matter.objects.first()
    assert "không có quyền" in may(everyone[4], Verb.UNDO, matter).why
    assert "phạm vi" in may(everyone[6], Verb.READ, matter).why

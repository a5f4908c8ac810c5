"""What a question about rows in reach depends on; several things counted at once."""

import pytest
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tests import people
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.units.models import Unit
from thongsuot.units.queries.asking import how_many, numbers, standing_of
from thongsuot.web.worded import answers, statement

pytestmark = pytest.mark.django_db


def test_conditions_are_counted_in_one_row() -> None:
    city = ProvinceFactory()
    WardFactory.create_batch(2, parent=city)
    rows = numbers(Unit.objects.select_related("parent"), below=Q(parent=city), total=None)
    assert answers(statement(rows)) == [(2, 3)]
    assert answers(statement(numbers(Unit.objects.filter(name=""), total=None))) == [(0,)]


def test_it_is_worded_once_and_asked_every_time(
    django_assert_num_queries: type[CaptureQueriesContext],
) -> None:
    made = []

    def communes() -> object:
        made.append(1)
        return Unit.objects.filter(parent__isnull=False)

    city = ProvinceFactory()
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert how_many("communes of this test", communes) == 0  # type: ignore[arg-type]
        assert how_many("communes of this test", communes) == 0  # type: ignore[arg-type]
    WardFactory(parent=city)
    assert how_many("communes of this test", communes) == 1  # type: ignore[arg-type]
    assert made == [1]


def test_who_stands_elsewhere_asks_something_else() -> None:
    city = ProvinceFactory()
    first, second = (people.clerk(WardFactory(parent=city)) for _ in range(2))
    assert standing_of(first) != standing_of(second)
    before = standing_of(first)
    first.fields = ["staffing-quota"]
    assert standing_of(first) != before

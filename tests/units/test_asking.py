"""A question put into SQL once is answered as the queryset it was made from would answer it."""

import pytest
from django.db.models import Count, Q
from django.test.utils import CaptureQueriesContext

from tests import people
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.units.models import Unit
from thongsuot.units.queries import asking
from thongsuot.units.queries.asking import answers, how_many, numbers, standing_of, statement, worded

pytestmark = pytest.mark.django_db


def test_the_answer_is_that_of_the_queryset() -> None:
    city = ProvinceFactory()
    WardFactory.create_batch(3, parent=city)
    by_kind = Unit.objects.order_by("kind").values_list("kind").annotate(count=Count("pk"))
    assert answers(statement(by_kind)) == list(by_kind)
    # Sorted by a column that was not asked for, which PostgreSQL and SQLite must be given all the same.
    distinct = Unit.objects.distinct().order_by("tier", "name").values_list("pk", "kind")
    assert answers(statement(distinct)) == list(distinct)


def test_of_nothing_nothing_is_asked() -> None:
    assert statement(Unit.objects.filter(pk__in=[])) is None
    assert answers(None) == []


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


def test_what_is_kept_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_MOST", 3)
    for number in range(10):
        worded(("grows", number), Unit.objects.all)
    assert len(asking._worded) <= 3

"""A question put into SQL once is answered as the queryset it was made from would answer it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db.models import Count, Max, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.accounts.models import User
from thongsuot.units.enums import Tier
from thongsuot.units.models import Unit
from thongsuot.web import worded as module
from thongsuot.web.worded import answers, asked, statement, together

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Questions of these tests bear the same names."""
    yield
    module._worded.clear()
    module._read.clear()


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


class TestRows:
    def of(self, keys: list[int]) -> QuerySet[Unit]:
        return Unit.objects.filter(pk__in=keys).select_related("parent").order_by("-pk")

    def test_with_other_values_are_other_rows(
        self, django_assert_num_queries: type[CaptureQueriesContext]
    ) -> None:
        wards = WardFactory.create_batch(4)
        first, second = [one.pk for one in wards[:2]], [one.pk for one in wards[2:]]
        with django_assert_num_queries(2):  # type: ignore[operator]
            for keys in (first, second):
                found = asked("of", self.of, keys=keys)
                assert [one.pk for one in found] == sorted(keys, reverse=True)
                assert all(one.parent is not None and one.parent.name for one in found)

    @pytest.mark.parametrize("key", [10**30, -(10**30)])
    def test_a_key_no_column_holds_is_nobodys(self, key: int) -> None:
        assert asked("keyed", lambda key: Unit.objects.filter(pk=key), key=key) == []

    def test_columns_and_counts_are_read_as_django_reads_them(self) -> None:
        city = ProvinceFactory()
        WardFactory.create_batch(3, parent=city)

        def of(parent: int) -> QuerySet[Unit, tuple[str, int, date]]:
            by_kind = Unit.objects.filter(parent=parent).order_by().values_list("kind")
            return by_kind.annotate(count=Count("pk"), last=Max("valid_from"))

        expected = list(of(city.pk))
        assert expected
        assert asked("by kind", of, parent=city.pk) == expected
        assert asked("by kind", of, parent=city.pk + 1_000) == []

    def test_are_put_into_sql_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = []

        def named(name: str) -> QuerySet[Unit]:
            made.append(name)
            return Unit.objects.filter(name=name)

        ward = WardFactory(name="Sông Hồ")
        assert asked("named", named, name="Sông Hồ") == [ward]
        assert asked("named", named, name="chẳng có") == []
        assert len(made) == 1

    def test_of_another_number_are_asked_for_in_other_words(self) -> None:
        wards = WardFactory.create_batch(3)
        for count in (1, 3, 2, 0):
            keys = [one.pk for one in wards[:count]]
            assert {one.pk for one in asked("of", self.of, keys=keys)} == set(keys)

    def test_days_and_moments_are_values_too(self) -> None:
        def opened(day: date, name: str) -> QuerySet[Unit]:
            return Unit.objects.filter(valid_from__lte=day, parent__name=name)

        ward = WardFactory()
        for day in (ward.valid_from, ward.valid_from - timedelta(days=1)):
            values = {"day": day, "name": ward.parent.name}
            assert asked("opened", opened, **values) == list(opened(**values))
        user = UserFactory(last_login=timezone.now())
        for moment in (user.last_login, user.last_login - timedelta(seconds=1)):
            found = asked("since", lambda moment: User.objects.filter(last_login__lte=moment), moment=moment)
            assert found == ([user] if moment == user.last_login else [])

    def test_what_belongs_to_them_is_fetched_with_them(
        self, django_assert_num_queries: type[CaptureQueriesContext]
    ) -> None:
        cities = ProvinceFactory.create_batch(2)
        wards = {city.pk: WardFactory.create_batch(2, parent=city) for city in cities}
        for city in cities:
            with django_assert_num_queries(2):  # type: ignore[operator]
                [found] = asked(
                    "with parts",
                    lambda key: Unit.objects.filter(pk=key).prefetch_related("children"),
                    key=city.pk,
                )
                assert set(found.children.all()) == set(wards[city.pk])

    def test_a_value_that_is_no_parameter_is_a_mistake_of_the_program(self) -> None:
        with pytest.raises(ValueError, match="not among the parameters"):
            asked("cut", lambda key, name: Unit.objects.filter(pk=key)[: len(name)], key=1, name="x")
        with pytest.raises(ValueError, match="not among the parameters"):
            asked("within", lambda name: Unit.objects.filter(name__contains=name), name="Sông")


def test_several_are_asked_at_once(django_assert_num_queries: type[CaptureQueriesContext]) -> None:
    WardFactory.create_batch(3)
    newest = [Unit.objects.filter(tier=tier).order_by("-pk").values_list("pk")[:2] for tier in Tier]
    nobody = Unit.objects.filter(pk__in=[]).values_list("pk")
    expected = [row for rows in newest for row in rows]
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert sorted(answers(together(map(statement, [*newest, nobody])))) == sorted(expected)
    assert together([statement(nobody)]) is None

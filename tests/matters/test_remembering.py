"""Many are counted once a minute for everybody; few are counted whenever somebody looks."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from tests.factories.matters import ProposalFactory
from thongsuot.matters.models import Matter
from thongsuot.matters.queries import remembering
from thongsuot.matters.queries.remembering import Memory, counted
from thongsuot.web.worded import Rows, statement

pytestmark = pytest.mark.django_db
NOON = "2025-11-05 12:00:00+07:00"
MUCH = 3


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[], None]]]:
    """What is to be counted apart from pages, gathered."""
    waiting: list[Callable[[], None]] = []
    monkeypatch.setattr(remembering, "OF_MANY", Memory(MUCH, 60))
    monkeypatch.setattr(remembering, "_apart", waiting.append)
    yield waiting
    caches["counts"].clear()


def asked(column: str = "direction", memory: Memory | None = None) -> Rows:
    rows = Matter.objects.order_by().values_list(column).annotate(count=Count("pk"))
    return counted(statement(rows), memory=memory)


def test_few_are_counted_every_time() -> None:
    ProposalFactory()
    assert asked() == [("up", 1)]
    ProposalFactory()
    assert asked() == [("up", 2)]


def test_many_are_told_as_counted_within_the_minute(later: list[Callable[[], None]]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ProposalFactory.create_batch(MUCH)
        assert asked() == [("up", 3)]
        ProposalFactory()
        clock.shift(59)
        with CaptureQueriesContext(connection) as queries:
            assert asked() == [("up", 3)]
        assert not queries.captured_queries
        assert not later


def test_after_the_minute_one_counts_anew_and_nobody_waits(later: list[Callable[[], None]]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ProposalFactory.create_batch(MUCH)
        asked()
        ProposalFactory()
        clock.shift(61)
        assert [asked(), asked()] == [[("up", 3)]] * 2
        assert len(later) == 1
        later.pop()()
        assert asked() == [("up", 4)]
        assert not later


def test_however_many_are_old_one_at_a_time_is_counted_anew(later: list[Callable[[], None]]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ProposalFactory.create_batch(MUCH)
        asked("direction"), asked("open")
        clock.shift(61)
        asked("direction"), asked("open")
        assert len(later) == 1
        later.pop()()
        asked("direction"), asked("open")
        assert len(later) == 1


def test_what_takes_long_to_count_is_counted_less_often(
    later: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:

        def slowly(_asked: object) -> Rows:
            clock.shift(3)
            return [("up", MUCH)]

        monkeypatch.setattr(remembering, "answers", slowly)
        asked()
        clock.shift(3 * remembering.SHARE - 1)
        asked()
        assert not later
        clock.shift(2)
        asked()
        assert len(later) == 1


def test_what_hardly_changes_is_told_for_longer(later: list[Callable[[], None]]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ProposalFactory.create_batch(MUCH)
        slow = Memory(MUCH, 600)
        asked(memory=slow)
        clock.shift(599)
        asked(memory=slow)
        assert not later
        clock.shift(2)
        asked(memory=slow)
        assert len(later) == 1


def test_who_failed_to_count_anew_does_not_keep_others_from_it(later: list[Callable[[], None]]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ProposalFactory.create_batch(MUCH)
        asked()
        clock.shift(61)
        asked()
        clock.shift(remembering.TURN + 1)
        asked()
        assert len(later) == 2


def test_what_nobody_asked_for_is_not_told_from_long_ago() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ProposalFactory.create_batch(MUCH)
        asked()
        ProposalFactory()
        clock.shift(remembering.TOLD_FOR + 1)
        assert asked() == [("up", 4)]

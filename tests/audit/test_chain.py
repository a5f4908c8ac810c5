"""Whoever changes the trail is found: the first broken event is named."""

from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from thongsuot.accounts.actions import delete_account, open_account
from thongsuot.accounts.models import User
from thongsuot.audit.actions import record
from thongsuot.audit.actors import SYSTEM, Actor
from thongsuot.audit.append_only import SQLITE_NO_DELETE
from thongsuot.audit.chain import verify
from thongsuot.audit.models import ChainHead, Event
from thongsuot.audit.queries import history_of

CLERK = Actor("lan", "Nguyễn Thị Lan", "Cán bộ phường", "phường Tân Khánh", 7)


@pytest.fixture
def trail(db: None) -> list[Event]:
    """Five events about one account."""
    user = User.objects.create_user(username="lan", full_name="Nguyễn Thị Lan")
    return [
        record(by=CLERK, verb="account.opened", subject=user, details={"turn": turn}) for turn in range(5)
    ]


@pytest.fixture
def unguarded(db: None) -> None:
    """As someone with full rights on the database: the guards are taken off first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_event_no_update")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def change_content() -> None:
    run("UPDATE audit_event SET subject_label = 'khác' WHERE number = 3")


def change_name() -> None:
    run("UPDATE audit_event SET actor_name = 'Người Khác' WHERE number = 3")


def change_place() -> None:
    run("UPDATE audit_event SET actor_unit_key = 8 WHERE number = 3")


def take_place_away() -> None:
    run("UPDATE audit_event SET actor_unit_key = NULL WHERE number = 3")


def change_details() -> None:
    run("""UPDATE audit_event SET details = '{"turn": 7}' WHERE number = 3""")


def change_time() -> None:
    run("UPDATE audit_event SET at = '2020-01-01 00:00:00+00' WHERE number = 3")


def delete_middle() -> None:
    run("DELETE FROM audit_event WHERE number = 3")


def close_the_gap() -> None:
    run("DELETE FROM audit_event WHERE number = 3")
    for number in (4, 5):
        run(f"UPDATE audit_event SET number = {number - 1} WHERE number = {number}")


def swap_two() -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        run(f"UPDATE audit_event SET number = {new} WHERE number = {old}")


@pytest.mark.usefixtures("trail", "unguarded")
@pytest.mark.parametrize(
    "tamper",
    [
        change_content,
        change_name,
        change_place,
        take_place_away,
        change_details,
        change_time,
        delete_middle,
        close_the_gap,
        swap_two,
    ],
)
def test_tampering_is_named_at_the_first_broken_event(tamper: Callable[[], None]) -> None:
    assert verify().intact
    tamper()
    report = verify()
    assert not report.intact
    assert report.broken_at == 3
    assert report.events == 2
    with pytest.raises(CommandError, match="sự kiện 3"):
        call_command("audit", "verify")


@pytest.mark.usefixtures("trail", "unguarded")
@pytest.mark.parametrize("lost", [1, 2, 5])
def test_a_lost_tail_is_named_where_it_should_begin(lost: int) -> None:
    run(f"DELETE FROM audit_event WHERE number > {5 - lost}")
    assert verify().broken_at == 5 - lost + 1


@pytest.mark.usefixtures("trail", "unguarded")
def test_a_lost_head_is_noticed() -> None:
    ChainHead.objects.all().delete()
    assert verify().broken_at == 6


@pytest.mark.usefixtures("trail", "unguarded")
def test_rehashing_one_event_breaks_the_next() -> None:
    event = Event.objects.get(number=3)
    run("UPDATE audit_event SET hash = '" + "f" * 64 + "' WHERE number = 3")
    assert event.hash != "f" * 64
    assert verify().broken_at == 3


def test_an_empty_trail_is_intact(db: None) -> None:
    assert verify().intact


def test_the_command_says_how_many(trail: list[Event]) -> None:
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    assert "nguyên vẹn: 5 sự kiện" in out.getvalue()


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET verb = 'x'", "DELETE FROM audit_event"])
def test_the_database_itself_refuses(trail: list[Event], statement: str) -> None:
    if connection.vendor == "sqlite":
        run(SQLITE_NO_DELETE)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(statement)
    assert verify().intact


def test_events_know_who_as_they_were_called_that_day(trail: list[Event]) -> None:
    event = Event.objects.get(number=1)
    assert (event.actor_name, event.actor_role, event.actor_unit) == (CLERK.name, CLERK.role, CLERK.unit)
    assert event.previous_hash == "0" * 64


def test_deleting_a_user_makes_nothing_anonymous(db: None) -> None:
    user = open_account(
        by=SYSTEM,
        username="lan",
        full_name="Nguyễn Thị Lan",
        password="mật khẩu dài lắm",
        email="lan@example.vn",
    )
    record(by=Actor("lan", "Nguyễn Thị Lan"), verb="account.opened", subject=user)
    history = list(history_of(user))
    delete_account(by=SYSTEM, user=user)
    assert not User.objects.exists()
    assert [event.actor_name for event in history] == ["Nguyễn Thị Lan", "Hệ thống"]
    last = Event.objects.latest("number")
    assert (last.verb, last.subject_label) == ("account.deleted", "Nguyễn Thị Lan")
    assert verify().intact


def test_an_act_that_fails_leaves_no_event(db: None) -> None:
    user = User.objects.create_user(username="lan", full_name="Nguyễn Thị Lan")

    with transaction.atomic():
        record(by=SYSTEM, verb="account.opened", subject=user)
        transaction.set_rollback(True)
    assert not Event.objects.exists()
    record(by=SYSTEM, verb="account.opened", subject=user)
    assert Event.objects.get().number == 1


plain = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0"))
)
keys = st.text(st.characters(codec="utf-8", exclude_characters="\0")) | st.integers()


class TestAnyDetails(TestCase):
    """Whatever an action writes down is read back to the same hash."""

    @settings(max_examples=60, deadline=None)
    @given(
        details=st.dictionaries(
            keys, plain | st.lists(plain, max_size=3) | st.dates(date(1900, 1, 1)), max_size=4
        )
    )
    def test_verify(self, details: dict[str, object]) -> None:
        user = User(pk=1, username="lan", full_name="Lan")
        record(by=SYSTEM, verb="account.opened", subject=user, details=details)
        assert verify().intact

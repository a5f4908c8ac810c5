"""The calendar feed: a secret address, valid iCalendar, no more than number, title and link."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
import time_machine
from django.test import Client

from tests import people
from tests.factories.units import WardFactory
from thongsuot.accounts.models import User
from thongsuot.audit.models import Event as Recorded
from thongsuot.notices import calendar
from thongsuot.notices.actions import make_calendar_link, revoke_calendar_link
from thongsuot.notices.calendar import Event
from thongsuot.notices.models import CalendarLink
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 10, 30, 1, 0, tzinfo=UTC)
VISIT = datetime(2025, 11, 3, 1, 30, tzinfo=UTC)  # 08:30 here


@pytest.fixture
def lan() -> Mandate:
    return people.clerk(WardFactory())


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    asked: list[Any] = []

    def dates(user: User, mandates: Sequence[Mandate], first: date, last: date) -> Iterator[Event]:
        asked.append((user, list(mandates), first, last))
        yield Event(
            "task:1",
            "NV-2025-0001: lập danh sách; gửi, báo cáo",
            "/nhiem-vu/NV-2025-0001/",
            date(2025, 11, 3),
        )
        yield Event("visit:7", "Buổi làm việc\nvới phường " + "rất dài " * 20, "/buoi/7/", VISIT)
        yield Event("visit:8", "Hoãn", "/buoi/8/", VISIT, cancelled=True)

    monkeypatch.setattr(calendar, "_SOURCES", {"dates": dates})
    return asked


def fetched(secret: str) -> Any:
    with time_machine.travel(NOW, tick=False):
        return Client().get(f"/lich/{secret}.ics")


def entries(response: Any) -> dict[str, icalendar.Event]:
    parsed = icalendar.Calendar.from_ical(response.content)
    assert not parsed.errors
    return {str(entry["uid"]): entry for entry in parsed.walk("VEVENT")}


class TestTheFile:
    def test_parses_back_to_what_went_in(self, lan: Mandate, settings: Any) -> None:
        settings.ADDRESS = "https://viec.example.vn"
        response = fetched(make_calendar_link(by=lan))
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert "private" in response.headers["Cache-Control"]
        found = entries(response)
        task, visit = found["task:1@viec.example.vn"], found["visit:7@viec.example.vn"]
        assert str(task["summary"]) == "NV-2025-0001: lập danh sách; gửi, báo cáo"
        assert str(task["url"]) == "https://viec.example.vn/nhiem-vu/NV-2025-0001/"
        assert (task.decoded("dtstart"), task.decoded("dtend")) == (date(2025, 11, 3), date(2025, 11, 4))
        assert visit.decoded("dtstart") == VISIT
        assert visit.decoded("dtstart").tzname() in ("+07", "ICT")
        assert str(found["visit:8@viec.example.vn"]["status"]) == "CANCELLED"

    def test_keeps_the_rules_of_the_format(self, lan: Mandate) -> None:
        content = fetched(make_calendar_link(by=lan)).content
        lines = content.split(b"\r\n")
        assert all(len(line) <= 75 for line in lines)
        assert b"\n" not in content.replace(b"\r\n", b"")
        parsed = icalendar.Calendar.from_ical(content)
        assert {"VERSION", "PRODID"} <= set(parsed)
        assert [str(zone["tzid"]) for zone in parsed.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
        assert all({"UID", "DTSTAMP", "DTSTART"} <= set(entry) for entry in parsed.walk("VEVENT"))

    def test_carries_no_more_than_number_title_and_link(self, lan: Mandate) -> None:
        for entry in entries(fetched(make_calendar_link(by=lan))).values():
            assert set(entry) <= {"UID", "DTSTAMP", "SUMMARY", "URL", "DTSTART", "DTEND", "TRANSP", "STATUS"}

    def test_an_event_that_moves_keeps_its_name(self, lan: Mandate) -> None:
        secret = make_calendar_link(by=lan)
        assert set(entries(fetched(secret))) == set(entries(fetched(secret)))

    def test_asks_for_the_mandates_in_force(self, lan: Mandate, source: list[Any]) -> None:
        fetched(make_calendar_link(by=lan))
        [(user, mandates, first, last)] = source
        assert (user, mandates) == (lan.user, [lan])
        assert first < NOW.date() < last


class TestTheSecret:
    def test_is_kept_nowhere(self, lan: Mandate) -> None:
        secret = make_calendar_link(by=lan)
        assert secret not in str(CalendarLink.objects.values()) + str(Recorded.objects.values())

    def test_a_new_one_ends_the_old_and_a_revoked_one_is_gone(self, lan: Mandate) -> None:
        old = make_calendar_link(by=lan)
        new = make_calendar_link(by=lan)
        assert old != new
        assert (fetched(old).status_code, fetched(new).status_code) == (404, 200)
        revoke_calendar_link(by=lan)
        assert fetched(new).status_code == 404
        assert list(Recorded.objects.values_list("verb", flat=True)) == [
            "calendar.made",
            "calendar.made",
            "calendar.revoked",
        ]

    @pytest.mark.parametrize("guess", ["x", "None", "0" * 64])
    def test_a_guess_finds_nothing(self, guess: str, lan: Mandate) -> None:
        make_calendar_link(by=lan)
        assert fetched(guess).status_code == 404
        assert fetched(CalendarLink.objects.get().digest).status_code == 404

    def test_an_account_that_is_closed_has_no_calendar(self, lan: Mandate) -> None:
        secret = make_calendar_link(by=lan)
        User.objects.update(is_active=False)
        assert fetched(secret).status_code == 404

    def test_the_page_shows_it_once(self, lan: Mandate) -> None:
        client = people.signed_in(lan)
        first = client.post("/nhac-viec/lich/", follow=True)
        address = first.context["feed_url"]
        assert address in first.content.decode()
        path = address.split("8000")[1]
        assert Client().get(path).status_code == 200
        assert not client.get("/nhac-viec/cach-nhac/").context["feed_url"]
        client.post("/nhac-viec/lich/thu-hoi/")
        assert Client().get(path).status_code == 404

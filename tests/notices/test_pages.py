"""The list of notices, the bell, the wishes."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import people
from tests.costs import queries_of_list, queries_of_page
from tests.factories.notices import NoticeFactory
from tests.factories.units import WardFactory
from thongsuot.audit.models import Event
from thongsuot.notices.enums import Kind, Way
from thongsuot.notices.models import Notice
from thongsuot.notices.queries import MANY, ways_of
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db
LIST = "/nhac-viec/"


@pytest.fixture
def lan() -> Mandate:
    return people.clerk(WardFactory())


@pytest.fixture
def client(lan: Mandate) -> Client:
    return people.signed_in(lan)


def unread() -> list[str]:
    return sorted(Notice.objects.filter(read_at=None).values_list("title", flat=True))


def undo_of(response: Any) -> str:
    *_earlier, message = response.context["messages"]
    return str(message.extra_tags).removeprefix("undo=")


class TestTheList:
    def test_a_row_more_costs_no_query_more(self, lan: Mandate, client: Client) -> None:
        NoticeFactory(user=lan.user)
        costs = queries_of_list(client, LIST), queries_of_page(client, LIST)
        NoticeFactory.create_batch(2, user=lan.user)
        assert (queries_of_list(client, LIST), queries_of_page(client, LIST)) == costs
        assert costs[0] == 6

    def test_ones_own_alone_unread_first(self, lan: Mandate, client: Client) -> None:
        NoticeFactory()
        new, old = NoticeFactory(user=lan.user), NoticeFactory(user=lan.user, read_at="2025-10-30T01:00Z")
        rows = [row.record for row in client.get(LIST).context["table"].rows]
        assert rows == [new, old]

    def test_filters(self, lan: Mandate, client: Client) -> None:
        NoticeFactory(user=lan.user, kind=Kind.ANSWERED)
        NoticeFactory(user=lan.user, read_at="2025-10-30T01:00Z")
        for query in ("state=unread", "kind=answered"):
            [row] = client.get(f"{LIST}?{query}").context["table"].rows
            assert row.record.kind == Kind.ANSWERED

    def test_every_kind_has_its_sign(self, lan: Mandate, client: Client) -> None:
        for kind in Kind:
            NoticeFactory(user=lan.user, kind=kind, due_on="2025-10-30")
        text = client.get(LIST).content.decode()
        assert all(str(kind.label) in text for kind in Kind)


class TestReading:
    def test_opening_leads_there_and_counts_as_read(self, lan: Mandate, client: Client) -> None:
        notice = NoticeFactory(user=lan.user)
        response = client.get(reverse("notices:open", args=[notice.pk]))
        assert (response.status_code, response.headers["Location"]) == (302, "/don-vi/")
        assert unread() == []

    def test_another_persons_notice_is_not_there(self, client: Client) -> None:
        notice = NoticeFactory()
        assert client.get(reverse("notices:open", args=[notice.pk])).status_code == 404
        client.post(reverse("notices:read"), {"chosen": notice.pk})
        assert unread() == [notice.title]

    def test_one_or_all_can_be_marked_and_taken_back(self, lan: Mandate, client: Client) -> None:
        first, *_others = NoticeFactory.create_batch(3, user=lan.user)
        response = client.post(reverse("notices:read"), {"chosen": first.pk}, follow=True)
        assert len(unread()) == 2
        client.post(undo_of(response))
        assert len(unread()) == 3
        response = client.post(reverse("notices:read"), {"all": "1"}, follow=True)
        assert unread() == []
        client.post(undo_of(response))
        assert len(unread()) == 3

    def test_taking_back_leaves_what_was_read_before(self, lan: Mandate, client: Client) -> None:
        NoticeFactory(user=lan.user, read_at="2025-10-30T01:00Z")
        NoticeFactory(user=lan.user)
        response = client.post(reverse("notices:read"), {"all": "1"}, follow=True)
        client.post(undo_of(response))
        assert len(unread()) == 1

    @pytest.mark.parametrize("moment", ["0", "9" * 40])
    def test_there_is_nothing_to_take_back(self, moment: str, client: Client) -> None:
        assert client.post(f"/nhac-viec/chua-doc/{moment}/").status_code == 404


class TestTheBell:
    def test_counts_what_is_unread(self, lan: Mandate, client: Client) -> None:
        assert client.get("/don-vi/").context["frame"].bell == ""
        NoticeFactory.create_batch(2, user=lan.user)
        NoticeFactory(user=lan.user, read_at="2025-10-30T01:00Z")
        response = client.get("/don-vi/")
        assert response.context["frame"].bell == "2"
        assert 'class="bell"' in response.content.decode()

    def test_does_not_count_beyond_what_a_bell_can_say(self, lan: Mandate, client: Client) -> None:
        NoticeFactory.create_batch(MANY + 1, user=lan.user)
        assert client.get("/don-vi/").context["frame"].bell == "99+"


class TestWishes:
    url = "/nhac-viec/cach-nhac/"

    def test_by_mail_unless_said_otherwise(self, lan: Mandate, client: Client) -> None:
        assert set(ways_of(lan.user).values()) == {Way.MAIL}
        asked = {**dict.fromkeys(Kind.values, "mail"), "late": "page", "answered": "weekly", "language": "en"}
        assert client.post(self.url, asked).status_code == 302
        ways = ways_of(lan.user)
        assert (ways[Kind.LATE], ways[Kind.ANSWERED], ways[Kind.DUE]) == (Way.PAGE, Way.WEEKLY, Way.MAIL)
        lan.user.refresh_from_db()
        assert lan.user.language == "en"

    def test_nonsense_is_refused_and_changes_nothing(self, lan: Mandate, client: Client) -> None:
        asked = {**dict.fromkeys(Kind.values, "mail"), "late": "by pigeon", "language": "vi"}
        assert client.post(self.url, asked).status_code == 422
        assert set(ways_of(lan.user).values()) == {Way.MAIL}

    @pytest.mark.parametrize("why", ["no address", "no mail server", "an address"])
    def test_says_where_letters_go(self, why: str, lan: Mandate, client: Client, settings: Any) -> None:
        settings.SENDS_MAIL = why != "no mail server"
        if why == "an address":
            type(lan.user).objects.update(email="lan@example.vn")
        text = client.get(self.url).content.decode()
        assert ("lan@example.vn" in text) == (why == "an address")


class TestAddress:
    """An administrator gives people the address their letters go to."""

    def test_is_changed_and_recorded_without_the_address(self, lan: Mandate) -> None:
        assert lan.unit.parent is not None
        client = people.signed_in(people.administrator(lan.unit.parent))
        url = reverse("administration:address", args=[lan.pk])
        assert client.post(url, {"email": "lan@example.vn"}).status_code == 302
        lan.user.refresh_from_db()
        assert lan.user.email == "lan@example.vn"
        event = Event.objects.get(verb="account.address")
        assert "example" not in str(event.details)
        assert client.post(url, {"email": "lan@"}).status_code == 422

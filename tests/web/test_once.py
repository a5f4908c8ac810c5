"""A second click does nothing more: the same form from the same page is one submission."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import people
from tests.units.places import city
from thongsuot.units.models import Mandate, Unit
from thongsuot.web import once
from thongsuot.web.models import Submission

pytestmark = pytest.mark.django_db
ADDRESS = "/uy-quyen/"


@pytest.fixture
def province() -> Unit:
    return city()


@pytest.fixture
def client(province: Unit) -> Client:
    """As a browser: the token is checked."""
    people.officer(province)
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.city_leader(province).user)
    return client


def form(client: Client, **more: str) -> dict[str, str]:
    day = f"{timezone.localdate():%d-%m-%Y}"
    token = str(client.get(ADDRESS).context["csrf_token"])
    said = {"to": "officer.79", "valid_from": day, "last_day": day, "reason": "Đi họp"}
    return {"csrfmiddlewaretoken": token, **said, **more}


def deputies() -> int:
    return Mandate.objects.filter(deputy_of__isnull=False).count()


def test_the_second_leads_where_the_first_led_and_acts_no_more(client: Client) -> None:
    said = form(client)
    first, second = client.post(ADDRESS, said), client.post(ADDRESS, said)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert "đã được ghi một lần" in client.get(ADDRESS).content.decode()
    assert deputies() == 1


def test_the_page_drawn_anew_is_another_submission(client: Client) -> None:
    client.post(ADDRESS, form(client))
    assert "đã được ủy quyền trong những ngày đó" in client.post(ADDRESS, form(client)).content.decode()


def test_what_was_refused_may_be_sent_again_as_it_is(client: Client) -> None:
    said = form(client, to="later")
    assert client.post(ADDRESS, said).status_code == 422
    assert not Submission.objects.exists()
    people.holder("later", "reader", Unit.objects.get(code="79"))
    assert client.post(ADDRESS, said).status_code == 302


def test_other_words_are_another_submission(client: Client) -> None:
    said = form(client)
    client.post(ADDRESS, said)
    people.holder("other", "reader", Unit.objects.get(code="79"))
    client.post(ADDRESS, {**said, "to": "other"})
    assert deputies() == 2


def test_another_person_is_another_submission(client: Client, province: Unit) -> None:
    client.post(ADDRESS, form(client))
    other = Client(enforce_csrf_checks=True)
    other.force_login(people.holder("b", "city_leader", province).user)
    assert other.post(ADDRESS, form(other)).status_code == 302
    assert deputies() == 2


def test_buttons_of_scripts_may_be_pressed_again(client: Client) -> None:
    said = form(client)
    token = said.pop("csrfmiddlewaretoken")
    client.post(ADDRESS, said, headers={"X-CSRFToken": token})
    assert not Submission.objects.exists()


def test_while_the_first_is_under_way_the_second_waits_then_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0.0)
    monkeypatch.setattr(once, "PAUSE", 0.0)
    monkeypatch.setattr(once, "_digest", lambda _request: "d")
    Submission.objects.create(digest="d")
    said = form(client)
    answer = client.post(ADDRESS, said)
    assert answer.status_code == 409
    assert "vừa được gửi hai lần" in answer.content.decode()
    Submission.objects.update(at=timezone.now() - once.GIVEN_UP - timedelta(seconds=1))
    assert client.post(ADDRESS, said).status_code == 302, "the first one never came to an end"


def test_what_only_sets_what_it_names_is_not_counted(client: Client) -> None:
    said = form(client, mandate=str(Mandate.objects.get(role_code="city_leader").pk))
    assert client.post(reverse("units:switch-mandate"), said).status_code == 302
    assert not Submission.objects.exists()


def test_nothing_is_kept_longer_than_a_day(client: Client) -> None:
    Submission.objects.create(digest="old", led_to="/")
    Submission.objects.update(at=timezone.now() - once.KEPT - timedelta(seconds=1))
    client.post(ADDRESS, form(client))
    assert not Submission.objects.filter(digest="old").exists()


def test_signing_out_and_in_again_needs_no_submission(province: Unit) -> None:
    client = Client(enforce_csrf_checks=True)
    token = str(client.get(reverse("account_login")).context["csrf_token"])
    client.post(reverse("account_login"), {"csrfmiddlewaretoken": token, "login": "x", "password": "y"})
    assert not Submission.objects.exists()

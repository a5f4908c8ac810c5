"""People who sign in: opened by an administrator, never by themselves."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests import people
from tests.units.places import city, ward
from thongsuot.accounts.actions import open_account
from thongsuot.accounts.models import User
from thongsuot.audit.actors import SYSTEM
from thongsuot.audit.models import Event

pytestmark = pytest.mark.django_db
PASSWORD = "sông xanh núi biếc"


def test_opening_leaves_an_event_without_the_password() -> None:
    user = open_account(by=SYSTEM, username="lan", full_name="Nguyễn Thị Lan", password=PASSWORD)
    assert user.check_password(PASSWORD)
    event = Event.objects.get()
    assert (event.verb, event.subject_label) == ("account.opened", "Nguyễn Thị Lan")
    assert PASSWORD not in str(event.details)


@pytest.mark.parametrize(("username", "full_name"), [("", "Lan"), ("lan lan", "Lan"), ("lan", "")])
def test_a_faulty_account_is_not_opened(username: str, full_name: str) -> None:
    with pytest.raises(ValidationError):
        open_account(by=SYSTEM, username=username, full_name=full_name, password=PASSWORD)
    assert not User.objects.exists()
    assert not Event.objects.exists()


def test_a_name_is_one_string() -> None:
    user = User(username="lan", full_name="Nguyễn Thị Lan")
    assert (str(user), user.get_full_name(), user.get_short_name()) == (
        "Nguyễn Thị Lan",
        "Nguyễn Thị Lan",
        "Lan",
    )
    assert str(User(username="lan")) == User(username="lan").get_short_name() == "lan"


def test_sign_up_is_closed(client: Client) -> None:
    said = {"username": "ai.do", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), said)
    assert not User.objects.filter(username="ai.do").exists()


def test_signing_in_leads_home(client: Client) -> None:
    mandate = people.clerk(ward(city(), "Tân Khánh", "25891"))
    mandate.user.set_password(PASSWORD)
    mandate.user.save()
    said = {"login": mandate.user.username, "password": PASSWORD}
    response = client.post(reverse("account_login"), said, follow=True)
    assert response.redirect_chain[-1][0] == reverse("home")
    assert response.status_code == 200


def test_a_wrong_password_says_nothing_of_who_exists(client: Client) -> None:
    User.objects.create_user(username="lan", full_name="Lan", password=PASSWORD)
    answers = [
        client.post(reverse("account_login"), {"login": name, "password": "sai mật khẩu rồi"})
        .context["form"]
        .errors
        for name in ("lan", "khong.co.ai")
    ]
    assert answers[0] == answers[1]


def test_a_password_is_never_stored_as_it_is() -> None:
    user = open_account(by=SYSTEM, username="lan", full_name="Lan", password=PASSWORD)
    assert PASSWORD not in user.password

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db

ADDRESS = "/tai-khoan/login/"


def test_vietnamese_comes_first_whatever_the_browser_says() -> None:
    assert 'lang="vi"' in Client(headers={"accept-language": "en"}).get(ADDRESS).content.decode()


def test_english_is_spoken_to_who_chose_it() -> None:
    client = Client()
    client.post("/ngon-ngu/", {"language": "en"})
    assert 'lang="en"' in client.get(ADDRESS).content.decode()


def test_a_language_that_is_not_spoken_changes_nothing() -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert 'lang="vi"' in client.get(ADDRESS).content.decode()

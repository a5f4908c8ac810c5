"""Where mail goes, told by one address."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from thongsuot.site.environment import email


def test_without_an_address_no_mail_is_sent() -> None:
    assert email("") == {}


@pytest.mark.parametrize(
    ("url", "port", "security"),
    [
        ("smtp://mail.example.vn", "25", ""),
        ("smtp+starttls://mail.example.vn", "587", "starttls"),
        ("smtps://mail.example.vn", "465", "tls"),
        ("smtps://mail.example.vn:2465", "2465", "tls"),
    ],
)
def test_the_scheme_says_how_it_is_protected(url: str, port: str, security: str) -> None:
    read = email(url)
    assert (read["host"], read["port"], read["security"]) == ("mail.example.vn", port, security)


def test_signs_in_with_what_is_written_before_the_host() -> None:
    read = email("smtps://thongsuot%40example.vn:m%C3%A2t%3A1@mail.example.vn")
    assert (read["user"], read["password"]) == ("thongsuot@example.vn", "mât:1")


def test_into_a_folder_or_onto_the_screen() -> None:
    assert email("file:///srv/th%C6%B0")["folder"] == "/srv/thư"
    assert "console" in email("console://")["backend"]


@pytest.mark.parametrize("url", ["mail.example.vn", "http://mail.example.vn", "smtp://"])
def test_anything_else_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="THONGSUOT_EMAIL_URL"):
        email(url)

"""Where mail goes and where data lie, each told by one address."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from thongsuot.site.environment import database, email


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


class TestDatabase:
    def test_writers_of_sqlite_wait_for_each_other(self) -> None:
        read = database("sqlite:////srv/thongsuot.sqlite3", pooled=False)
        assert read["NAME"] == "/srv/thongsuot.sqlite3"
        assert read["OPTIONS"]["transaction_mode"] == "IMMEDIATE"

    def test_postgresql_keeps_its_plans_beside_what_the_address_says(self) -> None:
        read = database("postgres://thongsuot:x@db.example.vn/thongsuot?sslmode=require", pooled=False)
        assert read["OPTIONS"] == {"server_side_binding": True, "prepare_threshold": 3, "sslmode": "require"}
        assert not read["DISABLE_SERVER_SIDE_CURSORS"]

    def test_behind_a_pooler_nothing_is_kept_in_a_connection(self) -> None:
        read = database("postgres://thongsuot:x@db.example.vn/thongsuot?sslmode=require", pooled=True)
        assert read["OPTIONS"] == {"sslmode": "require"}
        assert read["DISABLE_SERVER_SIDE_CURSORS"]

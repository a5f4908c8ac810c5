"""Reading settings from the environment."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def setting(name: str, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, *, default: str) -> list[str]:
    return os.environ.get(name, default).replace(",", " ").split()


_OF_SQLITE = {
    # Writers queue at BEGIN instead of failing half-way; readers never wait for them.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
# Planned once in each connection: planning a page's questions takes PostgreSQL longer than answering them.
_OF_POSTGRESQL = {"server_side_binding": True, "prepare_threshold": 3}


def database(url: str, *, pooled: bool) -> dict[str, Any]:
    """`pooled` where something between gives each transaction another connection, which knows no plans of before."""
    found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600))  # seconds
    options = _OF_SQLITE if found["ENGINE"].endswith("sqlite3") else {} if pooled else _OF_POSTGRESQL
    return found | {"OPTIONS": options | found.get("OPTIONS", {}), "DISABLE_SERVER_SIDE_CURSORS": pooled}


_MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_MAIL_SECURITY = {"smtp": "", "smtp+starttls": "starttls", "smtps": "tls"}


def email(url: str) -> dict[str, str]:
    """What an address like smtp+starttls://user:password@host:587 says; nothing for none: then no mail is sent."""
    parts = urlsplit(url)
    if not url:
        return {}
    if parts.scheme == "file":
        return {"backend": "django.core.mail.backends.filebased.EmailBackend", "folder": unquote(parts.path)}
    if parts.scheme == "console":
        return {"backend": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in _MAIL_PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            "THONGSUOT_EMAIL_URL: smtp://host, smtp+starttls://host, smtps://host, file:///folder or console://"
        )
    return {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "host": parts.hostname,
        "port": str(parts.port or _MAIL_PORTS[parts.scheme]),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "security": _MAIL_SECURITY[parts.scheme],
    }


def secret_key(data_dir: Path) -> str:
    """The key from the environment, else one made once and kept beside the data for its owner's eyes."""
    if key := os.environ.get("THONGSUOT_SECRET_KEY"):
        return key
    kept = data_dir / "secret_key"
    if not kept.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return kept.read_text().strip()

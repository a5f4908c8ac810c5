"""What every test gets: no network, a private folder for files, and a trail that can be wiped between tests."""

import gc
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import SimpleTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from tests.migrated import Migrated

Rows = Callable[[], AbstractContextManager[None]]

# How long an example takes says something about the machine, not about the rule.
hypothesis_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """While tests are collected next to nothing is thrown away."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--of-database", action="store_true", help="leave out tests that may not touch the database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that never asked for the database is refused it, so what it says hangs on none: once tried is enough."""
    if config.getoption("of_database"):
        pure = [item for item in items if not _may_touch_database(item)]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if _may_touch_database(item)]


def _may_touch_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    of_django = issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    return bool(asked or of_django or item.get_closest_marker("django_db"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Modules and tests stay to the end: the collector need not look through them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


@pytest.fixture(autouse=True)
def files_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
    django_db_createdb: bool,
) -> Migrated:
    migrated = Migrated(request.config.cache.mkdir("migrated"), anew=django_db_createdb)
    with django_db_blocker.unblock():
        migrated.begin()
    return migrated


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings: Migrated, django_db_setup: None, django_db_blocker: Any
) -> None:
    """SQLite empties tables by DELETE after a transactional test, which the append-only trail forbids."""
    with django_db_blocker.unblock():
        django_db_modify_db_settings.keep()
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("DROP TRIGGER IF EXISTS audit_event_no_delete")


def _rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[Rows]:
    """`with module_rows():` in a fixture of the module makes rows that all its tests find as they were made.

    What a test changes is undone after it, as ever. The rows themselves must not be changed in memory.
    `class_rows` does the same for the tests of one class.
    """
    whole = transaction.atomic()
    with django_db_blocker.unblock():
        whole.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


module_rows = pytest.fixture(_rows, scope="module", name="module_rows")
class_rows = pytest.fixture(_rows, scope="class", name="class_rows")

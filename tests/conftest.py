"""What every test gets: no network, a private folder for files, and a trail that can be wiped between tests."""

import gc
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import setting_changed
from django.db import connection, transaction
from django.test import SimpleTestCase
from django.test.client import ClientHandler
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

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


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket.socket, "connect", local_only)
        yield


@pytest.fixture(autouse=True, scope="session")
def one_chain_of_middleware() -> Iterator[None]:
    """As in production, one serves every request; each client of a test would load its own.

    What is loaded reads settings: where a test says another one, it is loaded anew.
    """
    load = ClientHandler.load_middleware
    loaded: dict[str, Any] = {}

    def load_once(self: ClientHandler) -> None:
        if not loaded:
            load(self)
            loaded.update((name, value) for name, value in vars(self).items() if "middleware" in name)
        vars(self).update(loaded)

    def forget(**_kwargs: object) -> None:
        loaded.clear()

    setting_changed.connect(forget)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ClientHandler, "load_middleware", load_once)
        yield
    setting_changed.disconnect(forget)


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders nobody has used, none of them made yet."""
    base = tmp_path_factory.mktemp("kept")
    return (base / str(number) for number in count())


@pytest.fixture(autouse=True)
def files_dir(folders: Iterator[Path]) -> Iterator[Path]:
    """Set as it is, without `setting_changed`: nobody keeps it, and every test sets it."""
    before, settings.FILES_DIR = settings.FILES_DIR, next(folders)
    yield settings.FILES_DIR
    settings.FILES_DIR = before


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


def _rows(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Rows]:
    """`with module_rows():` in a fixture of the module makes rows that all its tests find as they were made.

    What a test changes is undone after it, as ever. The rows themselves must not be changed in memory.
    `class_rows` does the same for the tests of one class.
    """
    for item in request.session.items:
        marker = item.get_closest_marker("django_db")
        if request.node in item.listchain() and marker and marker.kwargs.get("transaction"):
            raise ValueError(f"{item.nodeid} empties the database by itself: it stands in a file of its own")
    whole = transaction.atomic()
    with django_db_blocker.unblock():
        whole.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


module_rows = pytest.fixture(_rows, scope="module", name="module_rows")
class_rows = pytest.fixture(_rows, scope="class", name="class_rows")

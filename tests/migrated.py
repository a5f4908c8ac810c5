"""The migrations run once for all workers, and once for all runs that follow until one of them changes.

The first worker migrates an empty database as anybody would and leaves a copy; the others begin with the copy, over
which `migrate` runs all the same and finds nothing to do. `pytest --create-db` begins anew.
"""

import fcntl
import hashlib
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

_OURS = re.compile(r"^\s*from (thongsuot[\w.]*) import", re.MULTILINE)


class Migrated:
    """`begin` before the test database is made, `keep` after; in between, others wait for the first."""

    def __init__(self, folder: Path, anew: bool) -> None:
        self.version = _version()
        self.file = folder / f"{self.version}.sqlite3"
        self.template = f"migrated_{self.version}"
        self.anew = anew
        self._turn = ExitStack()
        self._open: list[sqlite3.Connection] = []

    def begin(self) -> None:
        lock = self._turn.enter_context((self.file.parent / f"{connection.vendor}.lock").open("w"))
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not self.anew and (self._from_file() if connection.vendor == "sqlite" else self._from_template()):
            self._turn.close()
            self.anew = False
        else:
            self.anew = True
            self._turn.enter_context(_new_models_alone())

    def keep(self) -> None:
        if self.anew:
            if connection.vendor == "sqlite":
                self._to_file()
            else:
                self._to_template()
        self._turn.close()
        for one in self._open:
            one.close()

    def _from_file(self) -> bool:
        if not self.file.exists():
            return False
        # What is in memory lasts as long as somebody is connected to it.
        memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
        self._open.append(memory)
        with closing(sqlite3.connect(self.file)) as kept:
            kept.backup(memory)
        return True

    def _to_file(self) -> None:
        for old in self.file.parent.glob("*.sqlite3"):
            old.unlink()
        unfinished = self.file.with_suffix(".new")
        connection.ensure_connection()
        with closing(sqlite3.connect(unfinished)) as kept:
            connection.connection.backup(kept)
        unfinished.replace(self.file)

    def _from_template(self) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [self.template])
            found = cursor.fetchone() is not None
        if found:
            connection.settings_dict["TEST"]["TEMPLATE"] = self.template
        return found

    def _to_template(self) -> None:
        name = connection.settings_dict["NAME"]
        connection.close()  # nobody may be connected to what is copied
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.template}"')
            cursor.execute(f'CREATE DATABASE "{self.template}" TEMPLATE "{name}"')


@contextmanager
def _new_models_alone() -> Iterator[None]:
    """On its way through the migrations Django draws every related model anew for each model that is created.

    Nothing refers to a new one yet: drawn alone, it leaves the same tables in half the time.
    """

    def add_model(self: ProjectState, model: ModelState) -> None:
        key = model.app_label, model.name_lower
        self.models[key] = model
        if self._relations is not None:
            self.resolve_model_relations(key)
        if "apps" in self.__dict__:
            self.apps.render_multiple([model])

    with patch.object(ProjectState, "add_model", add_model):
        yield


def _version() -> str:
    """Of every migration, ours and those of the libraries, and of what ours import."""
    loader = MigrationLoader(None)
    digest = hashlib.sha256()
    for key, migration in sorted(loader.disk_migrations.items()):
        text = _source(sys.modules[type(migration).__module__])
        digest.update(f"{key}{text}".encode())
        for name in _OURS.findall(text):
            digest.update(_source(sys.modules[name]).encode())
    return digest.hexdigest()[:16]


def _source(module: ModuleType) -> str:
    assert module.__file__ is not None
    return Path(module.__file__).read_text("utf-8")

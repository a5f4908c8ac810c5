"""What the rows of units (MatterUnit) copy from their matters, kept the same by the database itself.

Whoever writes either table, and however, the copies follow. The triggers are made after migrations, not by one of them:
SQLite drops them with a table it makes anew, and makes none anew while a trigger of another table speaks of it.
A migration that changes COPIED calls `leave` first.
"""

from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

OF_MATTER = (
    "direction",
    "state",
    "topic",
    "province_id",
    "open",
    "due_on",
    "due_soon_on",
    "extensions",
    "waiting_since",
    "stopped_on",
    "closed_on",
)
OF_ORIGIN = ("group_key",)
COPIED = (*OF_MATTER, *OF_ORIGIN)
ROWS = "matters_matterunit"


def _of(table: str, names: tuple[str, ...] = COPIED) -> str:
    return ", ".join(f"{table}.{name}" for name in names)


_COLUMNS = ", ".join(COPIED)
_WATCHED = (*OF_MATTER, "origin_id")
_TRUE = f"{_of('m', OF_MATTER)}, {_of('o', OF_ORIGIN)}"
_THEIR_MATTER = "matters_matter m JOIN matters_origin o ON o.id = m.origin_id WHERE m.id ="
_OF_ORIGIN_ROWS = "matter_id IN (SELECT id FROM matters_matter WHERE origin_id = NEW.id)"
_FILL = f"UPDATE {ROWS} SET ({_COLUMNS}) = (SELECT {_TRUE} FROM {_THEIR_MATTER} {ROWS}.matter_id)"  # noqa: S608

POSTGRESQL = [
    # The lock: a matter changed meanwhile by somebody else is waited for, and then read as it became.
    f"""CREATE FUNCTION matter_unit_copies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    SELECT {_TRUE} INTO {_of("NEW")} FROM {_THEIR_MATTER} NEW.matter_id FOR SHARE OF m;
    RETURN NEW; END $$""",  # noqa: S608
    f"""CREATE FUNCTION matter_copies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE {ROWS} SET matter_id = matter_id WHERE matter_id = NEW.id;
    RETURN NULL; END $$""",  # noqa: S608
    f"""CREATE FUNCTION matter_origin_copies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE {ROWS} SET matter_id = matter_id WHERE {_OF_ORIGIN_ROWS};
    RETURN NULL; END $$""",  # noqa: S608
    f"""CREATE TRIGGER matter_unit_copies BEFORE INSERT OR UPDATE ON {ROWS}
    FOR EACH ROW EXECUTE FUNCTION matter_unit_copies()""",
    f"""CREATE TRIGGER matter_copies AFTER UPDATE ON matters_matter FOR EACH ROW
    WHEN (({_of("OLD", _WATCHED)}) IS DISTINCT FROM ({_of("NEW", _WATCHED)})) EXECUTE FUNCTION matter_copies()""",
    """CREATE TRIGGER matter_origin_copies AFTER UPDATE ON matters_origin FOR EACH ROW
    WHEN (OLD.group_key <> NEW.group_key) EXECUTE FUNCTION matter_origin_copies()""",
]
SQLITE = [
    f"""CREATE TRIGGER matter_unit_copies AFTER INSERT ON {ROWS} BEGIN {_FILL} WHERE id = NEW.id; END""",
    f"""CREATE TRIGGER matter_unit_copies_kept AFTER UPDATE ON {ROWS}
    WHEN ({_of("NEW")}) IS NOT (SELECT {_TRUE} FROM {_THEIR_MATTER} NEW.matter_id)
    BEGIN {_FILL} WHERE id = NEW.id; END""",  # noqa: S608
    f"""CREATE TRIGGER matter_copies AFTER UPDATE ON matters_matter
    WHEN ({_of("OLD", _WATCHED)}) IS NOT ({_of("NEW", _WATCHED)})
    BEGIN {_FILL} WHERE matter_id = NEW.id; END""",
    f"""CREATE TRIGGER matter_origin_copies AFTER UPDATE ON matters_origin
    WHEN OLD.group_key <> NEW.group_key
    BEGIN {_FILL} WHERE {_OF_ORIGIN_ROWS}; END""",
]
STATEMENTS = {"postgresql": POSTGRESQL, "sqlite": SQLITE}
UNDO = {
    "postgresql": [
        f"DROP FUNCTION IF EXISTS {name}() CASCADE"
        for name in ("matter_unit_copies", "matter_copies", "matter_origin_copies")
    ],
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {name}"
        for name in ("matter_unit_copies", "matter_unit_copies_kept", "matter_copies", "matter_origin_copies")
    ],
}
_MADE = {
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'matter%_copies'",
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'matter%_copies%'",
}
_DIFFERS = {"postgresql": "IS DISTINCT FROM", "sqlite": "IS NOT"}


def keep(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers where they are missing, and mend what changed without them."""
    vendor = connection.vendor
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(_MADE[vendor])
        wanted = sum(statement.startswith("CREATE TRIGGER") for statement in STATEMENTS[vendor])
        if cursor.fetchone()[0] == wanted or not _has_copies(connection, cursor):
            return
        for statement in (*UNDO[vendor], *STATEMENTS[vendor], mend(vendor)):
            cursor.execute(statement)


def leave(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for statement in UNDO[connection.vendor]:
            cursor.execute(statement)


def mend(vendor: str) -> str:
    """Of rows whose copies differ, the copies."""
    differs = f"({_TRUE}) {_DIFFERS[vendor]} ({_of(ROWS)})"
    return f"{_FILL} WHERE EXISTS (SELECT 1 FROM {_THEIR_MATTER} {ROWS}.matter_id AND {differs})"  # noqa: S608


def _has_copies(connection: BaseDatabaseWrapper, cursor: Any) -> bool:
    if ROWS not in connection.introspection.table_names(cursor):
        return False
    columns = connection.introspection.get_table_description(cursor, ROWS)
    return set(COPIED) <= {column.name for column in columns}


def before_migrations(using: str, plan: Any, **_said: Any) -> None:
    if plan and connections[using].vendor == "sqlite":
        leave(connections[using])


def after_migrations(using: str, **_said: Any) -> None:
    keep(connections[using])

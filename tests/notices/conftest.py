import pytest


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker drops stale connections between jobs; inside a test's transaction it must not."""
    for module in ("django_tasks_db.management.commands.db_worker", "thongsuot.notices.working"):
        monkeypatch.setattr(f"{module}.close_old_connections", lambda: None)

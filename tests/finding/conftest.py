from collections.abc import Iterator

import pytest

from tests.finding.registers import Notes, notes
from thongsuot.finding import kinds as registry


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> Iterator[Notes]:
    monkeypatch.setattr(registry, "_KINDS", {})
    with notes() as made:
        yield made

"""What processes share is a help: where it cannot be kept, pages are made without it."""

import errno
import tempfile
from pathlib import Path

import pytest

from thongsuot.web.shared import SharedCache


@pytest.fixture
def shared(tmp_path: Path) -> SharedCache:
    return SharedCache(str(tmp_path / "shared"), {})


def test_what_one_keeps_another_reads(shared: SharedCache, tmp_path: Path) -> None:
    shared.set("counted", [("open", 7)], 60)
    another = SharedCache(str(tmp_path / "shared"), {})
    assert another.get("counted") == [("open", 7)]
    assert another.add("turn", True, 60)
    assert not shared.add("turn", True, 60)


def test_on_a_full_disk_nothing_is_kept_and_nobody_is_stopped(
    shared: SharedCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    shared.set("counted", 7, 60)
    assert shared.get("counted") is None
    # Nobody is given the turn, or everybody would take it.
    assert not shared.add("turn", True, 60)

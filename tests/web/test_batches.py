"""Many workbooks at once: each counts once, none beyond the limits, and the page says how far they are."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

import pytest

from thongsuot.kernel.verdicts import Refused
from thongsuot.returns.enums import FileState as ReturnState
from thongsuot.staffing.enums import FileState as StaffState
from thongsuot.web import batches
from thongsuot.web.batches import LOOKS, BatchFiles, workbooks_sent

LARGEST = 100


def archive(**entries: bytes) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        for name, data in entries.items():
            packed.writestr(name.replace("__", "/"), data)
    return kept.getvalue()


def names(*files: tuple[str, bytes]) -> list[str]:
    return [name for name, _data in workbooks_sent(files, LARGEST).values()]


def test_the_same_bytes_twice_are_one_file() -> None:
    assert names(("a.xlsx", b"one"), ("b.xlsx", b"two"), ("c.xlsx", b"one")) == ["c.xlsx", "b.xlsx"]


def test_an_archive_gives_its_workbooks_wherever_they_lie() -> None:
    sent = archive(**{"2026__one.xlsx": b"1", "read-me.txt": b"2", "~$one.xlsx": b"3", ".hidden.xlsx": b"4"})
    assert names(("all.ZIP", sent), ("two.xlsx", b"5")) == ["one.xlsx", "two.xlsx"]


def test_an_entry_too_large_is_taken_no_further_than_it_counts() -> None:
    ((_name, data),) = workbooks_sent([("all.zip", archive(**{"big.xlsx": b"0" * 5000}))], LARGEST).values()
    assert len(data) == LARGEST + 1


@pytest.mark.parametrize("sent", [[], [("all.zip", archive(note=b"no workbook"))]])
def test_nothing_to_read_is_refused(sent: list[tuple[str, bytes]]) -> None:
    with pytest.raises(Refused, match=r"\.xlsx"):
        workbooks_sent(sent, LARGEST)


def test_a_broken_archive_is_refused_by_its_name() -> None:
    with pytest.raises(Refused, match=r"all\.zip"):
        workbooks_sent([("all.zip", b"PK\x03\x04")], LARGEST)


@pytest.mark.parametrize(("limit", "most"), [("MOST_FILES", 2), ("MAX_BATCH_BYTES", 5)])
def test_more_than_one_batch_takes_is_refused(limit: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = [("a.xlsx", b"aa"), ("b.xlsx", b"bb"), ("c.xlsx", b"cc")]
    assert len(workbooks_sent(sent, LARGEST)) == 3
    monkeypatch.setattr(batches, limit, most)
    with pytest.raises(Refused, match="Chia thành nhiều lượt"):
        workbooks_sent(sent, LARGEST)


@dataclass(frozen=True)
class Sent:
    state: str
    queued: bool = False


def test_a_file_left_to_a_worker_is_busy_and_no_longer_ready() -> None:
    page = BatchFiles(
        [Sent("waiting"), Sent("ready"), Sent("ready", queued=True), Sent("conflict"), Sent("faulty"),
         Sent("applied"), Sent("unchanged"), Sent("dropped")]
    )  # fmt: skip
    assert (page.busy, page.finished) == (2, 6)
    assert (page.ready, page.conflicts, page.faulty, page.settled) == (1, 1, 1, 2)


@pytest.mark.parametrize("states", [ReturnState, StaffState])
def test_every_state_of_a_file_has_its_look(states: type[ReturnState] | type[StaffState]) -> None:
    assert set(states.values) == set(LOOKS)

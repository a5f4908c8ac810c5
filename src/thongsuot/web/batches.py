"""Many workbooks sent at once: the files themselves, or archives of them, and how far each of them is."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused

MOST_FILES = 400
MAX_BATCH_BYTES = 60 * 1024 * 1024

Sent = tuple[str, bytes]  # name and content

# Tone and icon of a file by its state. What a state is called is said by the app that reads the file.
LOOKS: Mapping[str, tuple[str, str]] = {
    "waiting": ("plain", "loader"),
    "faulty": ("late", "alert-triangle"),
    "ready": ("calm", "eye-check"),
    "conflict": ("due", "git-merge"),
    "unchanged": ("done", "equal"),
    "applied": ("done", "check"),
    "dropped": ("plain", "x"),
}


class InBatch(Protocol):
    @property
    def state(self) -> str: ...

    @property
    def queued(self) -> bool:
        """Left to a worker that has still to write it."""


@dataclass(frozen=True, slots=True)
class BatchFiles:
    """What the page of a batch says of its files."""

    files: Sequence[InBatch]

    @property
    def busy(self) -> int:
        """Files a worker has still to look at."""
        return sum(one.state == "waiting" or one.queued for one in self.files)

    @property
    def finished(self) -> int:
        return len(self.files) - self.busy

    @property
    def ready(self) -> int:
        return sum(one.state == "ready" and not one.queued for one in self.files)

    @property
    def conflicts(self) -> int:
        return self._count("conflict")

    @property
    def faulty(self) -> int:
        return self._count("faulty")

    @property
    def settled(self) -> int:
        return self._count("applied", "unchanged")

    def _count(self, *states: str) -> int:
        return sum(one.state in states for one in self.files)


def workbooks_sent(files: Iterable[Sent], largest: int) -> Mapping[str, Sent]:
    """By their SHA-256: the same bytes twice are one file. `largest`: the bytes a workbook may have."""
    found = {hashlib.sha256(data).hexdigest(): (name, data) for name, data in _within_limits(files, largest)}
    if not found:
        raise Refused(_("Chưa có tệp nào. Chọn các tệp .xlsx, hoặc một tệp .zip chứa các tệp đó."))
    return found


def _within_limits(files: Iterable[Sent], largest: int) -> Iterator[Sent]:
    total = count = 0
    for name, data in _entries(files, largest):
        total, count = total + len(data), count + 1
        if count > MOST_FILES or total > MAX_BATCH_BYTES:
            raise Refused(
                _("Một lượt nạp nhận tối đa %(files)d tệp, tổng cộng %(mb)d MB. Chia thành nhiều lượt.")
                % {"files": MOST_FILES, "mb": MAX_BATCH_BYTES // 1024**2}
            )
        yield name, data


def _entries(files: Iterable[Sent], largest: int) -> Iterator[Sent]:
    for name, data in files:
        if name.lower().endswith(".zip"):
            yield from _archived(name, data, largest)
        else:
            yield name, data


def _archived(name: str, data: bytes, largest: int) -> Iterator[Sent]:
    """Workbooks of an archive, wherever they lie in it; an entry too large to be one is taken as far as it counts."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            for entry in packed.infolist():
                plain = entry.filename.rsplit("/", 1)[-1]
                if plain.lower().endswith(".xlsx") and not plain.startswith(("~$", ".")):
                    with packed.open(entry) as content:
                        yield plain, content.read(largest + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as broken:
        raise Refused(
            _("Không mở được tệp nén %(name)s. Nén lại dạng .zip không mật khẩu.") % {"name": name}
        ) from broken

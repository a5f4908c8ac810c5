"""Many workbooks sent at once: the files themselves, or archives of them."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO

from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused

MOST_FILES = 400
MAX_BATCH_BYTES = 60 * 1024 * 1024

Sent = tuple[str, bytes]  # name and content


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

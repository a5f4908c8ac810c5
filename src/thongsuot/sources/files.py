"""The bytes of sources on disk: written once, named by their hash, never served by the web server."""

import os
import tempfile
from pathlib import Path

from django.conf import settings


class StorageFull(Exception):
    """The disk refused the bytes."""


def path_of(sha256: str) -> Path:
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def keep(sha256: str, data: bytes) -> None:
    """Write through a temporary name, so that a file under its hash is always whole."""
    target = path_of(sha256)
    if target.exists():
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_whole(target, data)
    except OSError as error:
        raise StorageFull(str(error)) from error


def _write_whole(target: Path, data: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def bytes_of(sha256: str) -> bytes:
    return path_of(sha256).read_bytes()


def forget(sha256: str) -> None:
    path_of(sha256).unlink(missing_ok=True)

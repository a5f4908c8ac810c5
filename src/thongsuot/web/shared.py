"""What the processes of a machine tell one another. It may be lost at any time, so it never stands in anybody's way."""

import logging
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

log = logging.getLogger(__name__)


class SharedCache(FileBasedCache):
    """Files; where the disk takes none, what was made is shown and not kept."""

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._kept(key, value, timeout, version)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return not self.has_key(key, version) and self._kept(key, value, timeout, version)

    def _kept(self, key: Any, value: Any, timeout: Any, version: int | None) -> bool:
        try:
            super().set(key, value, timeout, version)
        except OSError as reason:
            log.warning("Nothing can be kept for other processes: %s", reason)
            return False
        return True

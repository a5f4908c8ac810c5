"""Front-end libraries, served straight out of node_modules: only the files named here, under vendor/."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

FONT = "@fontsource/be-vietnam-pro/files"
FONT_FILES = [
    f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
    for subset in ("vietnamese", "latin", "latin-ext")
    for weight in (400, 500, 600, 700)
]
# Address below STATIC_URL -> file below node_modules.
SERVED = {
    "vendor/tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "vendor/echarts/echarts.min.js": "echarts/dist/echarts.min.js",
    **{f"vendor/font/{name}": f"{FONT}/{name}" for name in FONT_FILES},
}


class ListedStorage(FileSystemStorage):
    """Reads the listed files by the address they are served at."""

    prefix = ""

    def path(self, name: str) -> str:
        return str(Path(self.location) / SERVED[name])


class FrontEndFinder(BaseFinder):
    def __init__(self, app_names: object = None, *args: object, **kwargs: object) -> None:
        self.root = Path(settings.FRONT_END_DIR)
        self.storage = ListedStorage(location=self.root)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = self.root / SERVED[path] if path in SERVED else None
        if found is None or not found.is_file():
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: object) -> Iterator[tuple[str, Storage]]:
        for address, file in SERVED.items():
            if (self.root / file).is_file():
                yield address, self.storage

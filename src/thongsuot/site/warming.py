"""What the first visitor of every process would wait for is loaded once, before the processes part."""

from pathlib import Path

from django.template.loader import get_template
from django.urls import get_resolver

import thongsuot


def load_pages() -> None:
    """Every address with its views, and every template of ours, as compiled as it will be."""
    get_resolver().url_patterns  # noqa: B018  asking reads them
    for name in sorted(_templates()):
        get_template(name)


def _templates() -> set[str]:
    folders = Path(thongsuot.__file__).parent.glob("*/templates")
    return {page.relative_to(folder).as_posix() for folder in folders for page in folder.rglob("*.html")}

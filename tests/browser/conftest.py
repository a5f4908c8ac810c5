"""One real server for all walks, and people to walk with."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import chromium, demonstration, sign_in


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the data that the server serves."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="session")
def server(served: Path) -> Iterator[str]:
    with demonstration(served) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def walk(server: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """walk("chuyenvien") signs that person in and gives their page.

    A script error, or anything the Content-Security-Policy had to block, fails the test.
    """
    contexts, complaints = [], []

    def start(username: str | None = None, width: int = 1366, height: int = 768) -> Page:
        viewport = {"width": width, "height": height}
        context = browser.new_context(base_url=server, viewport=viewport, locale="vi-VN")  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        if username:
            sign_in(page, username)
        return page

    yield start
    for context in contexts:
        context.close()
    # The browser reports a refused upload or a page that is not there as an error of its own.
    assert not [line for line in complaints if "Failed to load resource" not in line], complaints

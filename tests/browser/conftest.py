"""One real server with the demonstration data for all walks, as `make run` starts it, and a browser to walk with."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

BIN = Path(sys.executable).parent
PASSWORD = "thong-suot-demo"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("served")
    port = _free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "thongsuot.site.settings",
        "THONGSUOT_DEVELOPMENT": "1",
        "THONGSUOT_DATA_DIR": str(data),
        "THONGSUOT_DATABASE_URL": f"sqlite:///{data}/walks.sqlite3",
    }
    for command in (["prepare", "--demo"], ["collectstatic", "--noinput", "--verbosity", "0"]):
        subprocess.run([BIN / "python", "-m", "django", *command], env=environment, check=True)
    command = [BIN / "gunicorn", "thongsuot.site.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    process = subprocess.Popen([*command, "--log-level", "warning"], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_up(address: str) -> None:
    for _attempt in range(100):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("Chromium is not installed: the walks need it (apt-get install chromium)")
    arguments = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def walk(server: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """walk("chuyenvien") signs that person in and gives their page; a policy or script error fails the test."""
    contexts, complaints = [], []

    def start(username: str | None = None, width: int = 1366, height: int = 768) -> Page:
        context = browser.new_context(
            base_url=server, viewport={"width": width, "height": height}, locale="vi-VN"
        )
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
    assert not [line for line in complaints if "404" not in line and "favicon" not in line], complaints


def sign_in(page: Page, username: str) -> None:
    page.goto("/tai-khoan/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda address: "login" not in address)

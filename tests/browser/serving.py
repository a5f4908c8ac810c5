"""The whole system with its demonstration data on a free port, in a folder of its own, and a browser for it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from thongsuot.site.demo.people import PASSWORD

BIN = Path(sys.executable).parent


class ChromiumMissing(Exception):
    """No Chromium on this machine."""


@contextmanager
def demonstration(data: Path) -> Iterator[str]:
    """The address of a server that `make run` would start, on data built anew in `data`."""
    port = _free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "thongsuot.site.settings",
        "THONGSUOT_DEVELOPMENT": "1",
        "THONGSUOT_DATA_DIR": str(data),
        "THONGSUOT_DATABASE_URL": f"sqlite:///{data}/thongsuot.sqlite3",
    }
    for command in (["prepare", "--demo"], ["collectstatic", "--noinput", "--verbosity", "0"]):
        subprocess.run(
            [BIN / "python", "-m", "django", *command], env=environment, check=True, stdout=sys.stderr
        )
    configured = ["--config", "python:thongsuot.site.serving", "thongsuot.site.wsgi"]
    command = [BIN / "gunicorn", *configured, "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    process = subprocess.Popen(command, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise ChromiumMissing("Chromium is not installed (apt-get install chromium)")
    arguments = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


def sign_in(page: Page, username: str) -> None:
    page.goto("/tai-khoan/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda address: "login" not in address)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_up(address: str) -> None:
    for _attempt in range(100):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server did not start")

"""Takes the pictures of the README: python scripts/screenshots.py docs/screenshots"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser.serving import chromium, demonstration, sign_in


@dataclass(frozen=True, slots=True)
class Shot:
    name: str
    path: str
    click: str = ""
    width: int = 1366
    height: int = 900
    dark: bool = False
    who: str = "chuyenvien"


SHOTS = (
    Shot("home", "/"),
    Shot("reading", "/tiep-nhan/?state=proposed", click="table.grid tbody a"),
    Shot("meeting", "/buoi-lam-viec/", click="table.grid tbody a"),
    Shot("proposals", "/kien-nghi/"),
    Shot("unit", "/don-vi/?q=25891", click="main a:has-text('phường Tân Khánh')"),
    Shot("map", "/don-vi/ban-do/"),
    Shot("campaign", "/dot-giam-sat/", click="table.grid tbody a"),
    Shot("dark", "/kien-nghi/", dark=True),
    Shot("phone", "/", width=360, height=740),
    Shot("ward", "/", who="tankhanh"),
    Shot("directive", "/van-ban/thuc-hien/", click="main table a:has-text('61-KH/TU')"),
    Shot("returns", "/bao-cao/tien-do/"),
    Shot("staffing", "/nhan-su/", who="tochuc"),
)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, demonstration(Path(data)) as address, chromium() as browser:
        for shot in SHOTS:
            _take(browser, address, shot, folder)


def _take(browser: Browser, address: str, shot: Shot, folder: Path) -> None:
    context = browser.new_context(
        base_url=address,
        viewport={"width": shot.width, "height": shot.height},
        locale="vi-VN",
        color_scheme="dark" if shot.dark else "light",
    )
    page = context.new_page()
    sign_in(page, shot.who)
    page.goto(shot.path)
    if shot.click:
        _open(page, shot.click)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / f"{shot.name}.png")
    context.close()


def _open(page: Page, link: str) -> None:
    address = page.locator(link).first.get_attribute("href")
    if address is None:
        raise SystemExit(f"no link '{link}' on {page.url}")
    page.goto(address)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

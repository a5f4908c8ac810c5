"""A plan of placement, walked by the officer who draws it up: started, watched, read, changed, compared, accepted."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Walk = Callable[..., Page]
_LONG = 240_000  # milliseconds for a whole city on a busy machine


def _work(data: Path) -> None:
    """One round of the worker: what waits is computed."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "thongsuot.site.settings",
        "THONGSUOT_DEVELOPMENT": "1",
        "THONGSUOT_DATA_DIR": str(data),
        "THONGSUOT_DATABASE_URL": f"sqlite:///{data}/thongsuot.sqlite3",
    }
    command = [sys.executable, "-m", "django", "worker", "--once"]
    subprocess.run(command, env=environment, check=True, stdout=sys.stderr)


def _solved(page: Page, data: Path) -> None:
    """The page that watched the plan turns into its answer by itself."""
    expect(page.locator("#plan-progress")).to_contain_text("đang chờ máy")
    _work(data)
    expect(page.locator("main")).to_contain_text("chỗ được lấp thêm", timeout=_LONG)


def test_a_plan_is_drawn_up_read_changed_and_a_chain_of_it_accepted(walk: Walk, served: Path) -> None:
    page = walk("tochuc")
    page.goto("/nhan-su/phuong-an/")
    page.get_by_role("link", name="Lập phương án").click()
    page.get_by_label("Tên phương án").fill("Phương án thử đường đi")
    page.get_by_role("button", name="Tính phương án").click()
    expect(page.locator("h1")).to_contain_text("bản 1", timeout=_LONG)
    _solved(page, served)
    first = page.url

    page.get_by_role("link", name="Đề xuất", exact=True).click()
    page.locator("tbody tr a").first.click()
    expect(page.get_by_role("heading", name="Vì sao")).to_be_visible()
    expect(page.locator(".plan-why li").first).to_be_visible()

    # What the office will not follow is said with its reason, and the next version does without.
    page.get_by_role("button", name="Không theo").click()
    page.get_by_label("Lý do").fill("Đã hứa cho ở lại")
    page.locator("dialog[open]").get_by_role("button", name="Không theo").click()
    expect(page.locator("main")).to_contain_text("Đã hứa cho ở lại")
    page.goto(first)
    page.get_by_role("link", name="Đổi điều kiện").click()
    page.get_by_label("Đổi gì, vì sao").fill("Tính lại theo ý người được hỏi")
    page.get_by_role("button", name="Tính bản mới").click()
    expect(page.locator("h1")).to_contain_text("bản 2", timeout=_LONG)
    _solved(page, served)
    page.get_by_role("link", name=re.compile("ai khác chỗ")).click()
    expect(page.locator("h1")).to_contain_text("Bản 2 so với bản 1")
    expect(page.locator("main")).to_contain_text("đề xuất giữ nguyên")

    page.go_back()
    page.get_by_role("link", name="Chuỗi", exact=True).click()
    page.locator("tbody tr a").nth(5).click()
    page.get_by_role("button", name="Lập hồ sơ cả chuỗi").click()
    expect(page.locator("main")).to_contain_text("Đã lập hồ sơ")


def test_a_person_is_dragged_onto_another_place(walk: Walk, served: Path) -> None:
    page = walk("tochuc")
    page.goto("/nhan-su/phuong-an/")
    page.locator("tbody tr a").first.click()
    page.get_by_role("link", name="Trước và sau").click()
    page.locator("tbody a[href*='/truoc-sau/']").first.click()
    person = page.locator(".seat[draggable=true]").first
    person.drag_to(page.locator("tr[data-seat-here]").last)
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("→")
    dialog.get_by_label("Lý do").fill("Thử xếp vào chỗ này")
    expect(dialog.get_by_role("button", name="Tính bản mới")).to_be_enabled()

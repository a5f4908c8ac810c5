"""A chain that was accepted goes its way: decided by one paper, in effect, handed over and closed."""

import re
import zoneinfo
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Walk = Callable[..., Page]
LIST = "/nhan-su/dieu-dong/"


def _today() -> str:
    return f"{datetime.now(zoneinfo.ZoneInfo('Asia/Ho_Chi_Minh')):%d-%m-%Y}"


def test_a_chain_goes_from_its_decision_to_the_hand_over(walk: Walk) -> None:
    page = walk("tochuc")
    page.goto(f"{LIST}?state=agreed&kind=between")
    page.locator("tbody tr a").first.click()
    page.get_by_role("link", name=re.compile(r"^Chuỗi \d+ của phương án")).click()
    expect(page.locator("h1")).to_contain_text("Hồ sơ của chuỗi")
    chain = page.url
    page.locator("#decision input[name=number]").fill("88/QĐ-SNV")
    page.locator("#decision input[name=signed_by]").fill("Nghiêm Cẩm Thạch, Giám đốc Sở Nội vụ")
    page.locator("#decision input[name=effective_on]").fill(_today())
    for box in page.locator("#decision input[name=consulted]").all():
        box.check()
    page.locator("#decision button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Đã có hiệu lực")

    files = page.locator("main td.nowrap a").evaluate_all(
        "found => found.map(one => one.getAttribute('href'))"
    )
    assert len(files) > 1
    for file in files:
        page.goto(file)
        while page.get_by_role("button", name="Đã xong").count():
            left = page.get_by_role("button", name="Đã xong").count()
            page.get_by_role("button", name="Đã xong").first.click()
            expect(page.get_by_role("button", name="Đã xong")).to_have_count(left - 1)
        page.get_by_role("button", name="Hoàn tất hồ sơ").click()
        expect(page.locator("main")).to_contain_text("Đã bàn giao xong")

    page.goto(chain)
    expect(page.locator("td .state", has_text="Đã bàn giao xong")).to_have_count(len(files))
    # The registers say it too: the person's file names the decision.
    page.goto(files[0])
    page.locator("main a[href*='/nhan-su/nguoi/']").first.click()
    expect(page.locator("main")).to_contain_text("88/QĐ-SNV")


def test_a_ward_finds_what_it_is_asked_and_answers(walk: Walk) -> None:
    for name in ("ctbinhtan", "bttankhanh"):
        page = walk(name)
        page.goto(f"{LIST}?late=true")
        if page.locator("tbody tr a[href*='/nhan-su/dieu-dong/']").count():
            break
    page.locator("tbody tr a[href*='/nhan-su/dieu-dong/']").first.click()
    page.locator("#answer input[value=refuses]").first.check()
    page.locator("#answer button[type=submit]").first.click()
    expect(page.locator("#answer")).to_contain_text("Chưa nêu lý do")
    page.locator("#answer input[value=agrees]").first.check()
    page.locator("#answer button[type=submit]").first.click()
    # It was the last answer the city waited for.
    expect(page.locator("main")).to_contain_text("Các bên đã đồng ý")
    expect(page.locator("#answer")).to_have_count(0)

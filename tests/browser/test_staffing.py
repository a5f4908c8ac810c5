"""The staffing board and a review, walked by those they are for."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Walk = Callable[..., Page]


def test_a_leader_reads_the_board_and_comes_to_a_unit(walk: Walk) -> None:
    page = walk("lanhdao")
    page.get_by_role("link", name="Nhân sự").first.click()
    answer = page.locator(".answer")
    for number in ("7.533", "7.415", "1.052", "935"):
        expect(answer).to_contain_text(number)
    expect(page.locator(".staff-synthetic")).to_contain_text("giả định")

    page.get_by_role("link", name="Tỉnh Bình Dương").click()
    expect(page.locator(".staff-shown")).to_contain_text("36 đơn vị: thừa 58, thiếu 304")
    expect(page.locator(".staff-board tbody tr")).to_have_count(37)
    page.locator(".staff-board tbody th a").nth(0).click()
    expect(page.locator(".answer")).to_contain_text("29 thiếu")


def test_on_a_telephone_units_stand_with_their_sums_alone(walk: Walk) -> None:
    page = walk("lanhdao", width=390, height=844)
    page.goto("/nhan-su/")
    expect(page.locator(".staff-board tbody th a").first).to_be_visible()
    expect(page.locator(".staff-board tbody td.cell").first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_ward_files_its_review_and_the_city_sends_it_back(walk: Walk) -> None:
    ward = walk("tcbinhtan")
    ward.get_by_role("link", name="Rà soát, sắp xếp theo vị trí việc làm").first.click()
    ward.locator("textarea[name=remark]").fill("Đã đối chiếu với quyết định bố trí.")
    ward.get_by_role("button", name="Nộp rà soát").click()
    expect(ward.locator(".answer")).to_contain_text("đã nộp")
    address = ward.url

    city = walk("tochuc")
    city.goto(address)
    expect(city.locator("main")).to_contain_text("Đã đối chiếu")
    city.get_by_role("button", name="Trả lại").first.click()
    city.locator("dialog[open] textarea, dialog[open] input[name=reason]").first.fill("Xem lại số văn thư.")
    city.locator("dialog[open]").get_by_role("button", name="Trả lại").click()
    expect(city.locator(".answer")).to_contain_text("theo sổ")

    ward.goto("/")
    expect(ward.locator("main")).to_contain_text("Xem lại số văn thư.")


def test_the_map_draws_and_training_is_planned_for_money(walk: Walk) -> None:
    page = walk("tochuc")
    page.goto("/nhan-su/ban-do/")
    expect(page.locator(".map-canvas canvas, .map-canvas svg").first).to_be_visible()
    page.goto("/nhan-su/chuan-hoa/boi-duong/?budget=500")
    expect(page.locator(".answer")).to_contain_text("đã chứng minh là tốt nhất")

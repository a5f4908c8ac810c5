"""A quarterly return walked by its ward, the head of the ward and the city, on pages and through Excel."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Walk = Callable[..., Page]
RETURN = "Báo cáo kết quả công tác quý"


def opened(page: Page) -> str:
    page.goto("/")
    page.get_by_role("link", name=RETURN).first.click()
    expect(page.locator("h1")).to_contain_text(RETURN)
    return page.url


def sent_back(city: Page, address: str, reason: str) -> None:
    city.goto(address)
    city.get_by_role("button", name="Trả lại").first.click()
    city.locator("dialog[open] textarea").fill(reason)
    city.locator("dialog[open]").get_by_role("button", name="Trả lại").click()
    expect(city.locator(".answer")).to_contain_text("Bị trả lại")


def cell(page: Page, name: str) -> str:
    """The name of the field of an indicator."""
    row = page.locator("table.return-grid tr", has=page.get_by_role("rowheader", name=name))
    return str(row.locator("input.num").first.get_attribute("name"))


def test_a_return_goes_all_its_way_and_is_opened_again(walk: Walk, tmp_path: Path) -> None:
    ward, head, city = walk("tankhanh"), walk("bttankhanh"), walk("chuyenvien")
    address = opened(ward)

    ward.get_by_role("link", name="Sửa báo cáo").click()
    fires = cell(ward, "Vụ cháy")
    ward.locator(f"[name={fires}]").fill("hai")
    ward.get_by_role("button", name="Lưu", exact=True).click()
    expect(ward.locator("main")).to_contain_text("“hai” không phải là số")
    ward.locator(f"[name={fires}]").fill("2")
    ward.get_by_role("button", name="Lưu", exact=True).click()
    expect(ward.locator("main")).not_to_contain_text("không phải là số")

    with ward.expect_download() as started:
        ward.get_by_role("link", name="Tải tệp Excel").click()
    kept = tmp_path / "bao-cao.xlsx"
    started.value.save_as(kept)
    book = openpyxl.load_workbook(kept)
    sheet = book["Số liệu"]
    line = next(row for row in sheet.iter_rows(min_row=5) if row[1].value == "Vụ cháy")
    line[4].value = 3
    book.save(kept)
    ward.goto("/bao-cao/excel/")
    ward.locator("input[type=file]").set_input_files(kept)
    ward.get_by_role("button", name="Nạp và xem chỗ khác nhau").click()
    expect(ward.locator("main")).to_contain_text("Vụ cháy")
    ward.get_by_role("button", name="Ghi vào báo cáo").click()
    expect(ward.locator(f"[name={fires}]")).to_have_value("3")

    ward.get_by_role("button", name="Lưu và trình lãnh đạo").click()
    expect(ward.locator(".answer")).to_contain_text("Chờ lãnh đạo đơn vị duyệt")
    head.goto(address)
    head.get_by_role("button", name="Duyệt và gửi").click()
    expect(head.locator(".answer")).to_contain_text("Đã gửi cấp trên")

    sent_back(city, address, "Kiểm tra lại số vụ cháy.")
    ward.goto(address)
    expect(ward.locator("main")).to_contain_text("Kiểm tra lại số vụ cháy.")
    ward.get_by_role("button", name="Trình lãnh đạo").click()
    head.goto(address)
    head.get_by_role("button", name="Duyệt và gửi").click()
    city.goto(address)
    city.get_by_role("button", name="Tiếp nhận").click()
    expect(city.locator(".rail")).to_contain_text("đang được tính")

    city.get_by_role("button", name="Mở lại").first.click()
    city.locator("dialog[open] textarea").fill("Đơn vị đề nghị báo lại.")
    city.locator("dialog[open]").get_by_role("button", name="Mở lại").click()
    expect(city.locator(".rail")).to_contain_text("Phiên bản 2")


def test_the_city_sees_who_has_not_reported(walk: Walk) -> None:
    page = walk("chuyenvien")
    page.goto("/bao-cao/tien-do/")
    expect(page.locator(".return-board tbody tr").first).to_be_visible()
    page.goto("/bao-cao/")
    page.locator("main table a").first.click()
    page.locator(".answer a", has_text="chưa gửi").click()
    expect(page.locator("main")).to_contain_text("Đôn đốc")

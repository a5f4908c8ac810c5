"""A directive, walked as the people it belongs to: the city gives a plan to wards, a ward answers point by point, the
city sees who has not, amends it, and the ward looks again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Walk = Callable[..., Page]
TEXT = """I. YÊU CẦU
1. Rà soát hồ sơ tồn trước khi nghỉ lễ.
2. Bố trí người trực:
a) Mỗi quầy một người trực;
b) Niêm yết lịch trực."""


def _entered(page: Page, symbol: str) -> None:
    """A plan of the city in the register, up to the page after the form."""
    page.goto("/van-ban/moi/")
    page.get_by_label("Số, ký hiệu").fill(symbol)
    page.get_by_label("Cơ quan ban hành").fill("Thành ủy")
    page.locator("#id_type").select_option("kế hoạch")


def test_a_directive_goes_down_and_comes_back_point_by_point(walk: Walk) -> None:
    city = walk("chuyenvien")
    _entered(city, "88-KH/TU")
    city.get_by_label("Toàn văn").fill(TEXT)
    city.get_by_role("button", name="Lưu", exact=True).click()
    city.get_by_role("button", name="Ghi các điểm").click()
    expect(city.locator("main")).to_contain_text("điểm b khoản 2 mục I")

    city.goto("/van-ban/?q=88-KH")
    city.locator("#list").get_by_role("link", name="88-KH/TU").first.click()
    document = city.url
    city.get_by_role("link", name="Giao các đơn vị thực hiện").click()
    city.locator("select[name=whom], input[name=whom][value=named]").first.wait_for()
    whom = city.locator("select[name=whom]")
    whom.select_option("named")
    city.get_by_label("Tên các đơn vị").fill("phường Tân Khánh\nphường Bình Tân")
    city.get_by_role("button", name="Giao thực hiện").click()
    expect(city.locator("main")).to_contain_text("phường Tân Khánh")
    expect(city.locator("main")).to_contain_text("Chưa có văn bản")
    directive = city.url

    ward = walk("tankhanh")
    ward.goto(directive)
    expect(ward.locator("#list")).not_to_contain_text("phường Bình Tân")
    ward.get_by_role("link", name="Trả lời, ghi văn bản của đơn vị").click()
    ward.get_by_label("Số, ký hiệu").fill("31-KH/ĐU")
    ward.get_by_label("Ngày ban hành").fill("01-10-2026")
    ward.get_by_label("Các điểm của văn bản đơn vị").fill("1. Phân công người trực từng quầy.")
    ward.get_by_label("điểm a khoản 2 mục I").check()
    ward.get_by_role("button", name="Gửi trả lời").click()
    expect(ward.locator("h1")).to_contain_text("31-KH/ĐU")
    ward.get_by_label("điểm a khoản 2 mục I").select_option(index=2)
    ward.locator("#points").get_by_role("button", name="Lưu").click()
    expect(ward.locator("body")).to_contain_text("Đã gắn")
    uptake = ward.url

    city.goto(f"{directive}?standing=missing")
    expect(city.locator("#list")).to_contain_text("phường Bình Tân")
    expect(city.locator("#list")).not_to_contain_text("phường Tân Khánh")
    city.goto(f"{directive}diem/")
    expect(city.locator("main")).to_contain_text("Chưa đơn vị nào")
    city.goto(f"{directive}ban-do/")
    expect(city.locator("#directive-map")).to_be_visible()

    _entered(city, "89-KH/TU")
    city.get_by_role("button", name="Lưu", exact=True).click()
    city.goto(f"{document}ban-moi/")
    city.get_by_label("Sửa đổi theo văn bản").fill("89-KH/TU")
    city.get_by_role("button", name="Lưu, ghi các điểm").click()
    lines = city.get_by_label("Các điểm")
    lines.fill(lines.input_value().replace("một người trực", "hai người trực"))
    city.get_by_role("button", name="Ghi các điểm").click()
    expect(city.locator("ins")).to_contain_text("hai")
    expect(city.locator("main")).to_contain_text("phường Tân Khánh")

    ward.goto("/")
    ward.get_by_role("link", name="31-KH/ĐU").first.click()
    assert ward.url == uptake
    ward.get_by_role("button", name="Đã xem lại").click()
    expect(ward.get_by_role("button", name="Đã xem lại")).to_have_count(0)


def test_a_ward_writes_down_who_studied(walk: Walk) -> None:
    ward = walk("binhtan")
    ward.goto("/van-ban/thuc-hien/")
    ward.get_by_role("link", name="61-KH/TU").first.click()
    ward.get_by_role("link", name="Mở văn bản").click()
    ward.get_by_role("link", name="Học tập, quán triệt").click()
    ward.get_by_role("link", name="Ghi buổi học tập").click()
    ward.locator("#id_audience").select_option("members")
    ward.get_by_label("Được mời").fill("3")
    ward.get_by_label("Danh sách có mặt").fill("Nguyễn Văn Mẫu 1980\nTrần Thị Thử\nTrần Thị Thử")
    ward.get_by_role("button", name="Ghi buổi học tập").click()
    expect(ward.locator("body")).to_contain_text("Đã ghi buổi học tập")
    expect(ward.locator("main")).not_to_contain_text("Nguyễn Văn Mẫu")


def test_pages_of_a_directive_read_on_a_narrow_screen(walk: Walk) -> None:
    page = walk("chuyenvien", width=390, height=800)
    page.goto("/van-ban/thuc-hien/")
    page.get_by_role("link", name="61-KH/TU").first.click()
    for path in ("", "diem/", "ban-do/"):
        page.goto(re.sub(r"(thuc-hien/\d+/).*", rf"\1{path}", page.url))
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, path

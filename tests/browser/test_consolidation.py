"""What the wards reported, read by the city from the total down to one return, on paper and in Excel."""

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

Walk = Callable[..., Page]
TOTALS = "/so-lieu/tong-hop/"
WIDTHS = (1366, 360)


def saved(page: Page, link: str, to: Path) -> Path:
    with page.expect_download() as started:
        page.locator("main").get_by_role("link", name=link).click()
    started.value.save_as(to)
    return to


def show(page: Page, **chosen: str) -> None:
    for name, label in chosen.items():
        page.locator(f".filter-form [name={name}]").select_option(label=label)
    page.get_by_role("button", name="Xem", exact=True).click()
    page.wait_for_load_state()


def number(cell: Locator) -> int:
    return int(re.sub(r"\D", "", cell.inner_text()))


def stays_within(page: Page) -> None:
    """Wide tables scroll in themselves: the page does not."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_city_goes_from_a_total_to_the_return_it_rests_on(walk: Walk, width: int) -> None:
    city = walk("chuyenvien", width)
    city.goto(TOTALS)
    expect(city.locator("#totals tbody tr").first).to_be_visible()
    more = city.get_by_role("navigation", name="Các chỉ tiêu khác")
    expect(more).to_be_visible()
    show(city, pillar="Kinh tế")
    assert "pillar=economy" in city.url
    expect(more).to_have_count(0)
    stays_within(city)

    city.locator("#totals tfoot strong a").first.click()
    parts = city.locator("#parts tbody tr")
    expect(parts.first).to_be_visible()
    stays_within(city)
    parts.filter(has_not_text=re.compile("chưa có|không phát sinh")).first.get_by_role("link").click()
    expect(city.locator("main")).to_contain_text("Nêu trong")
    expect(city.locator("main")).to_contain_text("đang được tính")
    stays_within(city)
    city.locator("main a", has_text="Báo cáo kết quả công tác quý").first.click()
    expect(city.locator("h1")).to_contain_text("Báo cáo kết quả công tác quý")
    expect(city.locator("main")).to_contain_text("đang được tính")


def test_the_file_of_a_quarter_says_what_the_screen_says(walk: Walk, tmp_path: Path) -> None:
    city = walk("chuyenvien")
    city.goto(TOTALS)
    show(city, pillar="Kinh tế")
    total = number(city.locator("#totals tfoot strong a").first)
    name = city.locator("#totals thead th.num a").first.inner_text()
    kept = saved(city, "Tải Excel", tmp_path / "tong-hop.xlsx")
    sums, shown = (openpyxl.load_workbook(kept, data_only=values).worksheets[0] for values in (False, True))
    assert str(shown.cell(2, 2).value).startswith(name)
    last = next(row for row in range(4, shown.max_row + 1) if shown.cell(row, 1).value == "Cộng")
    assert str(sums.cell(last, 2).value).startswith("=SUM(")
    assert shown.cell(last, 2).value == total
    told = [shown.cell(row, 2).value for row in range(4, last)]
    assert sum(value for value in told if isinstance(value, int | float)) == total


@pytest.mark.parametrize("width", WIDTHS)
def test_the_city_gets_its_report_of_the_round_in_word(walk: Walk, tmp_path: Path, width: int) -> None:
    city = walk("chuyenvien", width)
    city.goto("/bao-cao/")
    city.locator("main table a").last.click()
    city.get_by_role("link", name="Tổng hợp", exact=True).last.click()
    expect(city.locator("h1")).to_contain_text("Tổng hợp")
    expect(city.locator("main table").first).to_be_visible()
    stays_within(city)
    first = city.locator("main table tbody tr").first
    indicator, total = first.locator("th").inner_text(), first.locator("td.num").first.inner_text()
    paper = Document(str(saved(city, "Tải Word", tmp_path / "tong-hop.docx")))
    words = " ".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert indicator in words
    assert total in words
    assert saved(city, "Tải Excel", tmp_path / "tong-hop.xlsx").stat().st_size


@pytest.mark.parametrize("width", WIDTHS)
def test_a_ward_sees_how_far_it_is_from_what_the_city_set(walk: Walk, width: int) -> None:
    city, ward = walk("chuyenvien", width), walk("tankhanh", width)
    ward.goto(TOTALS)
    ward.locator("#totals tbody th a").first.click()
    expect(ward.locator("h1")).to_contain_text("Bảng điểm Phường Tân Khánh")
    expect(ward.locator("main table").first).to_be_visible()
    stays_within(ward)
    scorecard = ward.url
    shown = ward.locator("[name=period] option:checked").inner_text().partition(" (")[0]
    line = ward.locator("main table tbody tr", has=ward.locator("td a")).first
    line.locator("th a").click()
    ward.get_by_role("link", name="Định nghĩa và cách tổng hợp").click()

    city.goto(ward.url)
    city.get_by_role("link", name="Đặt mục tiêu").click()
    city.locator("[name=period]").select_option(label=shown)
    city.locator("[name=value]").fill("999.999")
    city.locator("[name=basis]").fill("Nghị quyết (số liệu minh họa)")
    city.get_by_role("button", name="Ghi mục tiêu").click()
    expect(city.locator("#targets")).to_contain_text("999.999")
    stays_within(city)

    ward.goto(scorecard)
    expect(ward.locator("main")).to_contain_text("999.999")
    expect(ward.locator(".answer")).to_contain_text("mục tiêu đã đạt")
    stays_within(ward)

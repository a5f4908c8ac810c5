"""Each story of the first hour, walked by the person it belongs to."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Walk = Callable[..., Page]

NEW_REPORT = """Sáng 20-11, Tổ công tác số 10 của Ban Thường vụ Thành ủy TPHCM do đồng chí Lê Hoài Thanh Vân,
Ủy viên Ban Thường vụ Thành ủy, làm Tổ trưởng, giám sát việc thực hiện Kế hoạch số 249-KH/UBKTTW ngày 24-7-2025 của
Ủy ban Kiểm tra Trung ương tại Đảng ủy phường Diên Hồng.

Phường Diên Hồng có hơn 93.000 dân. Đồng chí Mai Thế Lữ, Bí thư Đảng ủy phường Diên Hồng, kiến nghị thành phố bổ sung
máy tính cho trung tâm phục vụ hành chính công.

Kết luận, đồng chí Lê Hoài Thanh Vân yêu cầu phường Diên Hồng công khai tiến độ giải quyết hồ sơ trước ngày 30-11-2025.
"""


def _receive(page: Page, text: str, name: str, folder: Path) -> None:
    """Upload a file through the drop zone and open the draft it became."""
    paper = folder / name
    paper.write_text(text, "utf-8")
    page.goto("/tiep-nhan/")
    page.locator("input[type=file]").set_input_files(paper)
    page.locator(".drop-file a").click()
    expect(page.locator("h1")).to_contain_text(name)


def test_an_officer_takes_a_report_in_corrects_confirms_and_takes_it_back(walk: Walk, tmp_path: Path) -> None:
    page = walk("chuyenvien")
    _receive(page, NEW_REPORT, "to-10-dien-hong.txt", tmp_path)

    proposal = page.locator("article[id^=proposals-]").first
    expect(proposal).to_contain_text("máy tính")
    proposal.hover()
    expect(page.locator("#reading-text mark.lit").first).to_be_visible()

    page.locator("#draft-meeting input[name=value]").nth(4).fill("Lê Hoài Thanh Vân (chủ trì)")
    page.locator("#draft-meeting input[name=value]").nth(4).blur()
    expect(page.locator("#draft-head")).to_contain_text("1 chỗ đã sửa")

    page.get_by_role("button", name="Xác nhận vào sổ").click()
    expect(page.locator("body")).to_contain_text("đã xác nhận lúc")
    page.get_by_role("link", name="Mở buổi làm việc").click()
    expect(page.locator("main")).to_contain_text("hơn 93.000")
    expect(page.locator("main")).to_contain_text("KN-")

    page.locator("main a[href*='/nguon/']").last.click()
    expect(page.locator("main")).to_contain_text("Tổ công tác số 10")

    page.goto("/tiep-nhan/?text=to-10-dien-hong")
    page.get_by_role("link", name="to-10-dien-hong.txt").click()
    page.get_by_role("button", name="Hoàn tác xác nhận").click()
    expect(page.get_by_role("button", name="Xác nhận vào sổ")).to_be_visible()


def test_words_selected_in_the_text_become_a_record(walk: Walk, tmp_path: Path) -> None:
    page = walk("chuyenvien")
    _receive(page, NEW_REPORT.replace("Sáng 20-11", "Sáng 21-11"), "chon-chu.txt", tmp_path)
    page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.getElementById("reading-text"), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const place = node.data.indexOf("trung tâm phục vụ");
                if (place >= 0) { getSelection().setBaseAndExtent(node, place, node, place + 17); return; }
            }
        }"""
    )
    page.locator("#add-bar button[value=commitments]").click()
    expect(page.locator("article[id^=commitments-added]")).to_contain_text("trung tâm phục vụ")


def test_a_classified_paper_is_refused_and_leaves_nothing(walk: Walk, tmp_path: Path) -> None:
    page = walk("chuyenvien")
    paper = tmp_path / "mat.txt"
    paper.write_text("TỐI MẬT\n\n" + NEW_REPORT, "utf-8")
    page.goto("/tiep-nhan/")
    page.locator("input[type=file]").set_input_files(paper)
    expect(page.locator(".drop-file.is-failed")).to_contain_text(re.compile("mật", re.IGNORECASE))
    page.goto("/tiep-nhan/?text=mat.txt")
    expect(page.locator("table.grid a", has_text="mat.txt")).to_have_count(0)


def test_a_ward_officer_sees_the_ward_and_nothing_else(walk: Walk) -> None:
    page = walk("tankhanh")
    page.goto("/kien-nghi/")
    expect(page.locator("main")).to_contain_text("phường Tân Khánh")
    expect(page.locator("main")).not_to_contain_text("phường Bình Tân")
    answer = page.goto("/quan-tri/")
    assert answer is not None
    assert answer.status == 404


def test_an_administrator_manages_people_and_reads_no_content(walk: Walk) -> None:
    page = walk("quantri")
    page.goto("/quan-tri/?who=chuyenvien")
    expect(page.locator("main")).to_contain_text("Lâm Thị Thu Ba")
    answer = page.goto("/kien-nghi/")
    assert answer is not None
    assert answer.status == 404


def test_a_reader_finds_a_unit_without_typing_marks(walk: Walk) -> None:
    page = walk("nguoixem")
    page.goto("/don-vi/?q=quan+binh+tan+cu")
    expect(page.locator("main")).to_contain_text("Quận Bình Tân", ignore_case=True)
    page.goto("/tra-cuu/?q=duong truyen")
    expect(page.locator("main")).to_contain_text("đường truyền")


def test_the_whole_interface_speaks_english_on_request(walk: Walk) -> None:
    page = walk("nguoixem")
    page.locator(
        "form[action='/ngon-ngu/'] button[value=en], form[action='/ngon-ngu/'] [name=language][value=en]"
    ).first.evaluate("element => element.form.requestSubmit(element.type === 'submit' ? element : undefined)")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).not_to_have_text("Việc của tôi")


def test_an_officer_opens_a_campaign_forms_a_group_and_sees_the_board(walk: Walk) -> None:
    page = walk("chuyenvien")
    page.goto("/dot-giam-sat/")
    page.get_by_role("link", name="Lập đợt giám sát").click()
    page.get_by_label("Tên đợt").fill("Giám sát chuyển đổi số")
    page.get_by_label("Số, ký hiệu kế hoạch").fill("15-KH/TU")
    page.get_by_label("Ngày ban hành kế hoạch").fill("03-11-2025")
    page.get_by_label("Cơ quan ban hành kế hoạch").fill("Thành ủy")
    page.get_by_role("button", name="Lập đợt giám sát").click()
    expect(page.locator("h1")).to_have_text("Giám sát chuyển đổi số")

    page.get_by_role("link", name="Lập tổ công tác").click()
    expect(page.get_by_label("Số tổ")).to_have_value("1")
    page.get_by_label("Đơn vị").fill("phường Tân Khánh, Bình Tấn")
    page.get_by_role("button", name="Lập tổ công tác").click()
    expect(page.locator(".field-errors")).to_contain_text("có phải là phường Bình Tân")
    page.get_by_label("Đơn vị").fill("phường Tân Khánh, phuong Binh Tan")
    page.get_by_role("button", name="Lập tổ công tác").click()
    expect(page.locator("#units tbody tr")).to_have_count(2)

    page.locator("select[name=mandate]").select_option(label="Kiều Minh Trực (to10)")
    page.get_by_role("button", name="Đưa vào tổ").click()
    expect(page.locator("#members tbody")).to_contain_text("Kiều Minh Trực")

    page.get_by_role("link", name="Giám sát chuyển đổi số").first.click()
    expect(page.locator("#board tbody tr")).to_have_count(1)
    expect(page.locator("#board")).to_contain_text("Tân Khánh")
    expect(page.locator("#board")).to_contain_text("Bình Tân")


@pytest.mark.parametrize(
    "path",
    [
        "/dot-giam-sat/lap/",
        "/dot-giam-sat/1/lap-to/",
        "/dot-giam-sat/to/10/",
        "/",
        "/kien-nghi/",
        "/buoi-lam-viec/",
        "/don-vi/",
        "/tiep-nhan/",
        "/don-vi/ban-do/",
    ],
)
def test_pages_fit_a_telephone(walk: Walk, path: str) -> None:
    page = walk("chuyenvien", width=360, height=740)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_list_is_walked_with_the_keyboard(walk: Walk) -> None:
    page = walk("chuyenvien")
    page.goto("/kien-nghi/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/viec/"))


def test_exported_rows_are_the_rows_on_screen(walk: Walk, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    page = walk("chuyenvien")
    page.goto("/kien-nghi/?q=nạo+vét")
    shown = page.locator("table.grid tbody tr").count()
    assert 0 < shown < 25, "all on one page"
    with page.expect_download() as download:
        page.locator("a[href*='export=xlsx']").first.evaluate("link => link.click()")
    file = tmp_path / "kien-nghi.xlsx"
    download.value.save_as(file)
    sheet = load_workbook(file).active
    assert sheet is not None
    assert sheet.max_row == shown + 1

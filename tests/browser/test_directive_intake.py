"""A directive in Word, from the file to the register and back: read, checked beside its text, confirmed, taken back."""

import io
from collections.abc import Callable

import pytest
from docx import Document
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Walk = Callable[..., Page]

HEAD = (
    (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    ),
    ("Số: 8812/KH-UBND", "Thành phố Hồ Chí Minh, ngày 12 tháng 10 năm 2026"),
)
BODY = (
    "KẾ HOẠCH",
    "Rà soát trụ sở làm việc của trung tâm phục vụ hành chính công",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
    "I. NHIỆM VỤ",
    "1. Sở Nội vụ",
    "a) Ban hành mẫu báo cáo trước ngày 30 tháng 10 năm 2026.",
    "b) Tổng hợp kết quả, hoàn thành trong quý IV/2026.",
    "2. Ủy ban nhân dân các xã, phường, đặc khu",
    "Rà soát, báo cáo hiện trạng trụ sở trước ngày 15 hằng tháng.",
    "II. KINH PHÍ",
    "Sử dụng dự toán đã giao năm 2026.",
    "TM. ỦY BAN NHÂN DÂN",
    "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "Quách Gia Bảo",
)


def plan() -> dict[str, object]:
    """A plan as an office writes it: the letterhead in a table of two columns."""
    paper, buffer = Document(), io.BytesIO()
    table = paper.add_table(rows=len(HEAD), cols=2)
    for row, cells in zip(table.rows, HEAD, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    for line in BODY:
        paper.add_paragraph(line)
    paper.save(buffer)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": "ke-hoach-tru-so.docx", "mimeType": kind, "buffer": buffer.getvalue()}


def take_in(page: Page) -> str:
    """The address of the draft."""
    page.goto("/tiep-nhan/")
    page.locator("input[type=file]").set_input_files(plan())  # type: ignore[arg-type]
    page.locator(".drop-file-name a").click()
    expect(page.locator("h1")).to_contain_text("ke-hoach-tru-so.docx")
    return page.url


def test_a_directive_is_read_checked_confirmed_and_taken_back(walk: Walk) -> None:
    page = walk("chuyenvien")
    address = take_in(page)

    head = page.locator("#draft-meeting")
    expect(head.get_by_label("Số, ký hiệu")).to_have_value("8812/KH-UBND")
    expect(head.get_by_label("Ngày ban hành")).to_have_value("12-10-2026")
    expect(head.get_by_label("Người ký")).to_have_value("Quách Gia Bảo")
    tasks = page.locator("#group-tasks article")
    expect(tasks).to_have_count(3)
    expect(tasks.nth(2)).to_contain_text("168 xã, phường, đặc khu")
    expect(page.locator("#group-points article")).to_have_count(6)

    # A record and its words light each other up.
    page.locator("#tasks-0").hover()
    expect(page.locator("#reading-text mark.lit").first).to_be_visible()

    # One task is mended, one point dropped.
    page.locator("#tasks-0 summary").click()
    page.locator("#tasks-0").get_by_label("Sản phẩm").fill("Mẫu báo cáo hiện trạng trụ sở")
    page.locator("#tasks-0").get_by_label("Sản phẩm").press("Tab")
    expect(page.locator("#tasks-0")).to_contain_text("đã sửa")
    page.locator("#group-points article", has_text="KINH PHÍ").get_by_role(
        "button", name="Bỏ mục này"
    ).click()
    expect(page.locator("#draft-head")).to_contain_text("2 chỗ đã sửa")

    page.get_by_role("button", name="Xác nhận vào sổ").click()
    expect(page.locator("#draft-head")).to_contain_text("đã xác nhận")
    page.get_by_role("link", name="Mở văn bản").click()
    expect(page.locator("h1")).to_contain_text("8812/KH-UBND")
    expect(page.locator("#points")).to_contain_text("điểm a khoản 1 mục I")
    expect(page.locator("#points")).not_to_contain_text("KINH PHÍ")

    page.goto(address)
    page.get_by_role("button", name="Hoàn tác xác nhận").click()
    expect(page.locator("#draft-head")).to_contain_text("đã đủ điều kiện xác nhận")
    page.goto("/van-ban/?text=8812")
    expect(page.locator("#list")).not_to_contain_text("8812/KH-UBND")

"""The loop, walked as the people it belongs to: what is asked below and answered above, what is given above and done
below, a visit and its minutes, and what stands still."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from thongsuot.lawbook.calendar import add_working_days

pytestmark = pytest.mark.browser

Walk = Callable[..., Page]


def _raise(page: Page, text: str, topic: str, like: str = "") -> str:
    """The number of the proposal."""
    page.goto("/kien-nghi/moi/")
    page.get_by_label("Nội dung").fill(text)
    page.locator("#id_topic").select_option(topic)
    expect(page.locator("#similar")).to_contain_text("thường do Sở Nội vụ")
    if like:
        expect(page.locator("#similar")).to_contain_text(like)
    page.get_by_role("button", name="Nêu kiến nghị").click()
    expect(page.locator("h1")).to_contain_text("KN-")
    return page.locator("h1").inner_text().strip()


def _answer(page: Page, number: str, kind: str, text: str) -> None:
    """The form of an answer, open and filled in as far as every kind needs it."""
    page.goto(f"/viec/{number}/")
    page.locator("main").get_by_role("link", name="Trả lời", exact=True).click()
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("Nội dung trả lời").fill(text)


def _send_answer(page: Page) -> str:
    page.locator("main").get_by_role("button", name="Trả lời", exact=True).click()
    expect(page.locator("h1")).to_contain_text("TL-")
    return page.locator("h1").inner_text().strip()


def test_a_proposal_goes_up_and_comes_back_answered(walk: Walk) -> None:
    """A ward asks, the city routes, a department answers by a task, the ward agrees."""
    ward = walk("tankhanh")
    asked = "Đề nghị bổ sung biên chế công chức công nghệ thông tin chuyên trách cho phường Tân Khánh."
    number = _raise(ward, asked, "staffing-quota", like="bổ sung biên chế công chức công nghệ thông tin")

    city = walk("chuyenvien")
    city.goto(f"/viec/{number}/")
    city.locator("main").get_by_role("link", name="Chuyển", exact=True).click()
    city.locator("select[name=body]").select_option(label="Sở Nội vụ thành phố Hồ Chí Minh")
    city.get_by_role("button", name="Chuyển", exact=True).click()
    city.goto(f"/viec/{number}/")
    expect(city.locator("main")).to_contain_text("Sở Nội vụ")

    department = walk("gdnoivu")
    _answer(department, number, "Chấp thuận", "Đồng ý; Sở giao việc bố trí ngay trong tháng.")
    department.get_by_label("Giao nhiệm vụ mới").fill(
        "Bố trí công chức công nghệ thông tin cho phường Tân Khánh"
    )
    department.locator("select[name=task_body]").select_option(label="Sở Nội vụ thành phố Hồ Chí Minh")
    department.get_by_label("Người chịu trách nhiệm").fill("Trưởng phòng Công chức, viên chức")
    department.get_by_label("Sản phẩm").fill("Quyết định tiếp nhận")
    due = add_working_days(timezone.localdate(), 10)
    department.get_by_label("Hạn", exact=True).fill(f"{due:%d-%m-%Y}")
    _send_answer(department)
    expect(department.locator("main")).to_contain_text("NV-")

    ward.goto(f"/viec/{number}/")
    expect(ward.locator("#answers")).to_contain_text("Sở giao việc bố trí")
    ward.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(ward.locator(".answer")).to_contain_text("Đã giải quyết")
    ward.goto(f"/viec/{number}/dong-viec/")
    expect(ward.locator("svg.flow")).to_be_visible()
    expect(ward.locator(".flow-words")).to_contain_text("Chấp thuận")


def test_what_a_ward_contests_the_leader_decides(walk: Walk) -> None:
    ward = walk("binhtan")
    asked = (
        "Kiến nghị giao thêm biên chế cho phường Bình Tân theo quy mô dân số, hiện thiếu nhiều so với khung."
    )
    number = _raise(ward, asked, "staffing-quota")
    city = walk("chuyenvien")
    city.goto(f"/viec/{number}/")
    city.locator("main").get_by_role("link", name="Chuyển", exact=True).click()
    city.locator("select[name=body]").select_option(label="Sở Nội vụ thành phố Hồ Chí Minh")
    city.get_by_role("button", name="Chuyển", exact=True).click()

    department = walk("sonoivu")
    _answer(department, number, "Không chấp thuận", "Chưa có căn cứ để giao thêm trong năm.")
    _send_answer(department)

    ward.goto(f"/viec/{number}/")
    ward.get_by_role("button", name="Chưa đồng ý").first.click()
    dialog = ward.locator("dialog#contest")
    dialog.locator("textarea").fill("Số dân dùng để tính là của phường cũ, trước khi nhập.")
    dialog.get_by_role("button", name="Gửi ý kiến").click()
    expect(ward.locator(".answer")).to_contain_text("Chưa đồng ý")
    expect(ward.locator(".answer")).to_contain_text("Ủy ban nhân dân thành phố Hồ Chí Minh")

    leader = walk("lanhdao")
    _answer(leader, number, "Không chấp thuận", "Giữ câu trả lời của Sở; xem lại khi có tổng biên chế mới.")
    _send_answer(leader)
    ward.goto(f"/viec/{number}/")
    ward.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(ward.locator(".answer")).to_contain_text("Đã giải quyết")


def test_a_task_goes_down_and_comes_back_verified(walk: Walk, tmp_path: Path) -> None:
    """The city gives it to two wards; one submits, is sent back, submits again; another officer verifies."""
    city = walk("chuyenvien")
    city.goto("/lenh-giao/moi/")
    city.get_by_label("Việc phải làm").fill(
        "Thống kê máy quét, máy tính hỏng tại trung tâm phục vụ hành chính công"
    )
    city.locator("select[name=topic]").select_option("it-infrastructure")
    city.locator("select[name=whom]").select_option("named")
    city.get_by_label("Tên các đơn vị").fill("phường Tân Khánh\nphuong Binh Tan")
    city.get_by_label("Người chịu trách nhiệm").fill("Giám đốc Trung tâm Phục vụ hành chính công")
    city.get_by_label("Căn cứ (thẩm quyền)").fill("Kế hoạch mua sắm tập trung (minh họa)")
    city.get_by_label("Sản phẩm phải nộp").fill("Bảng thống kê có số lượng và năm mua")
    city.get_by_role("button", name="Giao nhiệm vụ").click()
    expect(city.locator("main")).to_contain_text("phường Bình Tân")
    number = city.locator("tr", has_text="phường Tân Khánh").get_by_role("link").first.inner_text().strip()

    ward = walk("tankhanh")
    ward.goto(f"/viec/{number}/")
    ward.get_by_role("button", name="Nhận", exact=True).click()
    expect(ward.locator(".answer")).to_contain_text("Đã nhận")
    first = tmp_path / "thong-ke.txt"
    first.write_text("Máy quét hỏng: 2. Máy tính hỏng: 5.", "utf-8")
    _submit(ward, number, "Đã thống kê xong.", first)

    city.goto(f"/viec/{number}/")
    city.get_by_role("link", name="Trả lại").click()
    city.get_by_label("Điều còn thiếu, cần bổ sung").fill("Chưa có năm mua.")
    city.get_by_role("button", name="Trả lại").click()
    expect(city.locator(".answer")).to_contain_text("Bị trả lại")

    second = tmp_path / "thong-ke-2.txt"
    second.write_text("Máy quét hỏng: 2, mua 2017. Máy tính hỏng: 5, mua 2016.", "utf-8")
    ward.goto(f"/viec/{number}/")
    expect(ward.locator("main")).to_contain_text("Chưa có năm mua")
    _submit(ward, number, "Đã bổ sung năm mua.", second)

    other = walk("cvcntt")
    other.goto(f"/viec/{number}/")
    expect(other.locator("main")).to_contain_text("thong-ke-2.txt")
    other.get_by_role("link", name="Xác nhận hoàn thành").click()
    other.locator("#deed").get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(other.locator(".answer")).to_contain_text("Đã hoàn thành")


def _submit(page: Page, number: str, text: str, file: Path) -> None:
    page.goto(f"/viec/{number}/")
    page.get_by_role("link", name="Nộp kết quả").click()
    page.get_by_label("Kết quả và minh chứng").fill(text)
    page.locator("#deed input[type=file]").set_input_files(file)
    page.locator("#deed").get_by_role("button", name="Nộp kết quả").click()
    expect(page.locator(".answer")).to_contain_text("Chờ xác nhận")


def test_the_secretary_opens_a_visit_from_the_plan_and_types_its_minutes(walk: Walk) -> None:
    page = walk("thuky10")
    page.goto("/dot-giam-sat/")
    page.get_by_role("link", name="Giám sát thực hiện Kế hoạch 249-KH/UBKTTW").first.click()
    page.get_by_role("link", name="Vườn Lài").first.click()
    expect(page.locator("main")).to_contain_text("phường Vườn Lài")
    page.get_by_role("link", name="Ghi biên bản").first.click()
    page.get_by_label("Chủ trì").fill("Lê Hoài Thanh Vân")
    page.locator("[name=people-0-name]").fill("Tiêu Lúa Chín")
    page.locator("[name=people-0-title]").fill("Bí thư Đảng ủy phường Vườn Lài")
    page.locator("[name=proposals-0-text]").fill("Đề nghị giao trụ sở dôi dư ở khu phố 3 làm nơi tiếp dân")
    page.locator("[name=directions-0-text]").fill("Phường lập danh mục trụ sở dôi dư trước cuối tháng")
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.locator("main")).to_contain_text("Tiêu Lúa Chín")
    expect(page.locator("main")).to_contain_text("trụ sở dôi dư ở khu phố 3")


def test_the_leader_sees_what_is_stuck(walk: Walk) -> None:
    page = walk("lanhdao")
    page.goto("/")
    expect(page.locator(".answer")).to_contain_text("quá hạn")
    page.goto("/toan-canh/")
    late = page.locator("tr", has_text="Kiến nghị").first.locator("td a").first
    count = late.inner_text().strip()
    late.click()
    page.wait_for_url(re.compile("/kien-nghi/"))
    expect(page.locator(".pager, .list-foot, main").first).to_contain_text(count)
    expect(page.locator("table.grid tbody tr").first).to_contain_text("quá hạn")


def test_everything_is_found_without_marks(walk: Walk) -> None:
    page = walk("nguoixem")
    page.goto("/tra-cuu/?q=tru so doi du")
    expect(page.locator("main")).to_contain_text("trụ sở dôi dư")
    expect(page.locator("main mark").first).to_be_visible()
    page.goto("/tra-cuu/?q=249-kh ubkttw")
    expect(page.locator("main")).to_contain_text("249-KH/UBKTTW")


def test_what_came_due_is_on_the_page_of_notices(walk: Walk) -> None:
    page = walk("chuyenvien")
    page.goto("/nhac-viec/")
    rows = page.locator("main table tbody tr")
    expect(rows.first).to_be_visible()
    rows.first.get_by_role("link").first.click()
    page.wait_for_url(re.compile("/(viec|tra-loi|lenh-giao|dot-giam-sat)/"))


def test_who_stands_in_acts_in_the_other_role_for_a_while(walk: Walk) -> None:
    page = walk("thaybinhtan")
    page.goto("/")
    expect(page.locator("body")).to_contain_text("Lãnh đạo phường")

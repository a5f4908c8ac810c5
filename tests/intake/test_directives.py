"""A directive taken in: recognised, checked, confirmed into its document, points and drafts of orders, taken back whole."""

from datetime import date

import pytest
from django.test import Client

from tests import people
from tests.intake.reports import City, city
from thongsuot.audit.chain import verify
from thongsuot.documents.models import Document, DocumentCitation, DocumentVersion, Point
from thongsuot.documents.outlining import outline
from thongsuot.intake import editing
from thongsuot.intake.checking import problems_of
from thongsuot.intake.confirming import confirm_draft, undo_confirmation
from thongsuot.intake.directives import day_of_term
from thongsuot.intake.enums import DraftKind, DraftState, Effect, Family
from thongsuot.intake.matching import match
from thongsuot.intake.models import Draft
from thongsuot.intake.queries import day_of
from thongsuot.intake.receiving import read_again, receive_report
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.actions import Clears, amend_draft, issue_order
from thongsuot.matters.enums import OrderState
from thongsuot.matters.models import Matter, Order
from thongsuot.oversight.models import Meeting
from thongsuot.units.models import Body, Mandate

pytestmark = pytest.mark.django_db

TEXT = """ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
THÀNH PHỐ SÔNG LỚN                       Độc lập - Tự do - Hạnh phúc

Số: 412/KH-UBND                    Sông Lớn, ngày 06 tháng 10 năm 2026

KẾ HOẠCH
Số hóa hồ sơ ở cấp xã

Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;

I. NHIỆM VỤ
1. Sở Nội vụ
a) Hướng dẫn nghiệp vụ số hóa, hoàn thành trước ngày 30 tháng 10 năm 2026.
b) Kiểm tra việc thực hiện tại các phường.
2. Ủy ban nhân dân các xã, phường, đặc khu
Báo cáo số hồ sơ đã số hóa trước ngày 15 hằng tháng.
3. Phường Sông Sau làm điểm, tổng kết trong quý IV/2026.
II. KINH PHÍ
Từ dự toán năm 2026.

Nơi nhận:                          TM. ỦY BAN NHÂN DÂN
- Các phường;                      CHỦ TỊCH
- Lưu: VT.
                                   Trịnh Quang Lãm
"""


@pytest.fixture
def place() -> City:
    made = city()
    body = Body(
        unit=made.province,
        code="home_affairs",
        name="Sở Nội vụ thành phố Sông Lớn",
        valid_from=date(2025, 7, 1),
    )
    body.bare = "so noi vu thanh pho song lon"
    body.save()
    return made


@pytest.fixture
def officer(place: City) -> Mandate:
    return people.officer(place.province)


def taken_in(by: Mandate, text: str = TEXT) -> Draft:
    return receive_report(by=by, data=text.encode(), name="ke-hoach.txt", max_bytes=10**6).draft


def key_of(draft: Draft, family: Family, words: str) -> str:
    return next(item.key for item in draft.content.kept(family) if words in str(item.fields))


def counts() -> list[int]:
    return [
        model.objects.count()
        for model in (Document, DocumentVersion, Point, DocumentCitation, Order, Matter, Meeting)
    ]


# -- recognised ---------------------------------------------------------------------------


def test_a_directive_becomes_a_draft_of_its_own_kind(officer: Mandate) -> None:
    draft = taken_in(officer)
    assert draft.kind == draft.content.kind == DraftKind.DIRECTIVE
    assert draft.content.meeting["symbol"] == "412/KH-UBND"
    assert draft.content.meeting["issuer"] == "Ủy ban nhân dân thành phố Sông Lớn"
    assert [item.fields["due"] for item in draft.content.kept(Family.TASKS)] == [
        "2026-10-30",
        None,
        "2026-10-15",
        "2026-12-31",
    ]
    assert [item.fields["number"] for item in draft.content.kept(Family.DOCUMENTS)] == ["30"]
    assert counts() == [0] * 7


def test_every_place_of_the_draft_lies_in_the_source(officer: Mandate) -> None:
    draft = taken_in(officer)
    for item in draft.content:
        assert item.text(draft.source.text).strip()


def test_a_draft_can_be_read_as_the_other_kind(officer: Mandate) -> None:
    draft = read_again(by=officer, draft=taken_in(officer), kind=DraftKind.REPORT)
    assert draft.content.kind == DraftKind.REPORT
    again = read_again(by=officer, draft=draft, kind=DraftKind.DIRECTIVE)
    assert len(again.content.kept(Family.POINTS)) == 7


def test_what_a_person_corrected_is_not_read_over(officer: Mandate) -> None:
    draft = taken_in(officer)
    editing.fix_meeting(by=officer, draft=draft, name="signer", typed="Trịnh Lãm", seen="Trịnh Quang Lãm")
    with pytest.raises(Refused, match="1 chỗ sửa tay"):
        read_again(by=officer, draft=draft, kind=DraftKind.REPORT)


@pytest.mark.parametrize(
    ("term", "day"),
    [
        ({"on": "2026-11-15"}, date(2026, 11, 15)),
        ({"on": None, "days": 5, "working": True}, date(2026, 10, 13)),
        ({"on": None, "days": 10, "working": False}, date(2026, 10, 16)),
        ({"on": None, "days": None, "every": "month", "day": 15}, date(2026, 10, 15)),
        ({"on": None, "days": None, "every": "month", "day": 5}, date(2026, 11, 5)),
        ({"on": None, "days": None, "every": "month", "day": 31}, date(2026, 10, 31)),
        ({"on": None, "days": None, "every": "quarter", "day": 20}, date(2026, 12, 20)),
        ({"on": None, "days": None, "every": "quarter", "day": None}, date(2026, 12, 31)),
        ({"on": None, "days": None, "every": "half-year", "day": None}, date(2026, 12, 31)),
        ({"on": None, "days": None, "every": "year", "day": None}, date(2026, 12, 31)),
        ({"on": None, "days": None, "every": "week", "day": 5}, date(2026, 10, 9)),
        ({"on": None, "days": None, "every": "week", "day": 2}, date(2026, 10, 13)),
    ],
)
def test_terms_end_on_a_day(term: dict[str, object], day: date) -> None:
    """The paper is of Tuesday 6 October 2026."""
    assert day_of_term(term, date(2026, 10, 6)) == day


# -- checked ------------------------------------------------------------------------------


def test_who_must_act_is_found_in_the_registers(place: City, officer: Mandate) -> None:
    content = taken_in(officer).content
    matches = match(content, officer, day_of(content))
    assert matches.target("Ủy ban nhân dân các xã, phường, đặc khu").units == (place.front, place.back)
    assert matches.target("Phường Sông Sau").units == (place.back,)
    department = matches.target("Sở Nội vụ")
    assert (department.units, department.lead_code) == ((place.province,), "home_affairs")


def test_a_complete_draft_has_nothing_in_its_way(officer: Mandate) -> None:
    draft = taken_in(officer)
    matches = match(draft.content, officer, day_of(draft.content))
    assert problems_of(draft.content, matches, officer, draft.unit) == []


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("symbol", "khong ro", "số, ký hiệu"),
        ("date", "", "ngày ban hành"),
        ("issuer", "", "cơ quan ban hành"),
        ("type", "", "loại văn bản"),
    ],
)
def test_a_document_without_its_identity_is_not_confirmed(
    officer: Mandate, name: str, typed: str, told: str
) -> None:
    draft = taken_in(officer)
    seen = {"date": "06-10-2026"}.get(name, draft.content.meeting[name])
    editing.fix_meeting(by=officer, draft=draft, name=name, typed=typed, seen=seen)
    with pytest.raises(Refused, match=told):
        confirm_draft(by=officer, draft=draft)
    assert counts() == [0] * 7


def test_the_number_of_queries_does_not_grow_with_the_tasks(
    officer: Mandate, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    short = TEXT.replace("b) Kiểm tra việc thực hiện tại các phường.\n", "")
    asked = []
    for text in (short, TEXT):
        content = taken_in(officer, text).content
        with CaptureQueriesContext(
            connection,
        ) as caught:
            match(content, officer, day_of(content))
        asked.append(len(caught))
    assert asked[0] == asked[1] <= 5


# -- confirmed ----------------------------------------------------------------------------


def test_a_confirmed_directive_is_a_document_with_points_and_drafts_of_orders(
    place: City, officer: Mandate
) -> None:
    draft = confirm_draft(by=officer, draft=taken_in(officer))
    document = Document.objects.get(number="412")
    assert (document.type, document.signer, document.abstract) == (
        "kế hoạch",
        "Trịnh Quang Lãm",
        "Số hóa hồ sơ ở cấp xã",
    )
    assert draft.leads_to == document.get_absolute_url()
    assert document.citations.get().as_printed == "412/KH-UBND"
    version = document.versions.get()
    assert version.source == draft.source
    assert list(version.wordings.values_list("anchor", flat=True)) == [
        "muc-i", "muc-i.1", "muc-i.1a", "muc-i.1b", "muc-i.2", "muc-i.3", "muc-ii",
    ]  # fmt: skip
    assert version.wordings.get(anchor="muc-i.1a").label == "điểm a khoản 1 mục I"
    typed = {point.path: point.label for point in outline(TEXT)}
    assert dict(version.wordings.values_list("anchor", "label")) == typed
    assert Document.objects.filter(number="30").exists()
    assert Meeting.objects.count() == Matter.objects.count() == 0
    orders = {order.text: order for order in Order.objects.all()}
    assert {order.state for order in orders.values()} == {OrderState.DRAFT}
    told = orders["Báo cáo số hồ sơ đã số hóa trước ngày 15 hằng tháng"]
    assert list(told.units.order_by("code")) == [place.front, place.back]
    assert (told.lead_code, told.due_on) == ("peoples_committee", date(2026, 10, 15))
    guide = orders["Hướng dẫn nghiệp vụ số hóa, hoàn thành trước ngày 30 tháng 10 năm 2026"]
    assert (list(guide.units.all()), guide.lead_code) == ([place.province], "home_affairs")
    assert guide.origin is not None
    assert guide.origin.title.startswith("điểm a khoản 1 mục I")
    assert draft.source.concerns.filter(pk=place.back.pk).exists()
    assert verify().intact


def test_what_was_dropped_does_not_enter(officer: Mandate) -> None:
    draft = taken_in(officer)
    for family, words in ((Family.POINTS, "KINH PHÍ"), (Family.TASKS, "Kiểm tra việc thực hiện")):
        draft = editing.remove_item(by=officer, draft=draft, key=key_of(draft, family, words))
    confirm_draft(by=officer, draft=draft)
    assert not Point.objects.filter(anchor="muc-ii").exists()
    assert not Order.objects.filter(text__contains="Kiểm tra").exists()


def test_what_was_fixed_enters_as_fixed(place: City, officer: Mandate) -> None:
    draft = taken_in(officer)
    key = key_of(draft, Family.TASKS, "Kiểm tra việc thực hiện")
    for name, typed, seen in (
        ("due", "20-12-2026", ""),
        ("lead", "Phường Sông Trước", "Sở Nội vụ"),
        ("point", "muc-i.2", "muc-i.1b"),
    ):
        draft = editing.fix_item(by=officer, draft=draft, key=key, name=name, typed=typed, seen=seen)
    confirm_draft(by=officer, draft=draft)
    order = Order.objects.get(text__startswith="Kiểm tra")
    assert (order.due_on, list(order.units.all())) == (date(2026, 12, 20), [place.front])
    assert order.origin is not None
    assert order.origin.title.startswith("khoản 2 mục I")


def test_a_task_a_person_adds_rests_on_the_point_around_it(officer: Mandate) -> None:
    draft = taken_in(officer)
    start = draft.source.text.index("Từ dự toán năm 2026")
    draft, item = editing.add_item(by=officer, draft=draft, family=Family.TASKS, start=start, end=start + 19)
    assert item.fields["point"] == "muc-ii"
    confirm_draft(by=officer, draft=draft)
    assert Order.objects.get(text="Từ dự toán năm 2026").basis.startswith("mục II")


def test_one_act_takes_everything_back(officer: Mandate) -> None:
    draft = confirm_draft(by=officer, draft=taken_in(officer))
    assert Order.objects.count() == 4
    draft = undo_confirmation(by=officer, draft=draft)
    assert draft.state == DraftState.PROPOSED
    assert counts() == [0] * 7
    assert not draft.source.concerns.exists()
    confirm_draft(by=officer, draft=draft)
    assert Order.objects.count() == 4


def test_a_confirmation_whose_task_was_given_out_is_not_taken_back(officer: Mandate) -> None:
    draft = confirm_draft(by=officer, draft=taken_in(officer))
    order = Order.objects.get(text__startswith="Hướng dẫn nghiệp vụ")
    clears = Clears(
        text=order.text, units=list(order.units.all()), person="Chủ tịch", product="Báo cáo", basis=order.basis,
        due_on=date(2099, 3, 4), lead_code=order.lead_code, origin=order.origin,
    )  # fmt: skip
    issue_order(by=officer, order=amend_draft(by=officer, order=order, clears=clears))
    before = counts()
    with pytest.raises(Refused):
        undo_confirmation(by=officer, draft=draft)
    assert counts() == before


def test_a_document_in_the_register_already_is_used_and_stays(officer: Mandate) -> None:
    confirm_draft(by=officer, draft=taken_in(officer))
    again = taken_in(officer, TEXT.replace("Từ dự toán", "Lấy từ dự toán"))
    matches = match(again.content, officer, day_of(again.content))
    told = problems_of(again.content, matches, officer, again.unit)
    assert {problem.effect for problem in told} == {Effect.NOTICE}
    confirmed = confirm_draft(by=officer, draft=again)
    assert Document.objects.filter(number="412").count() == DocumentVersion.objects.count() == 1
    undo_confirmation(by=officer, draft=confirmed)
    assert DocumentVersion.objects.count() == 1


def test_a_ward_takes_in_what_comes_from_above_without_keeping_its_points(place: City) -> None:
    """Its own work of the paper becomes drafts of its own; the text of the city is kept by the city."""
    chief = people.ward_leader(place.back)
    draft = taken_in(chief)
    matches = match(draft.content, chief, day_of(draft.content))
    assert matches.target("Ủy ban nhân dân các xã, phường, đặc khu").units == (place.back,)
    confirm_draft(by=chief, draft=draft)
    assert DocumentVersion.objects.count() == 0
    assert {unit for order in Order.objects.all() for unit in order.units.all()} <= {place.back}


# -- on the page --------------------------------------------------------------------------


def test_the_check_page_shows_both_sides(officer: Mandate, client: Client) -> None:
    draft = taken_in(officer)
    client.force_login(officer.user)
    page = client.get(f"/tiep-nhan/{draft.pk}/").content.decode()
    for words in (
        "412/KH-UBND",
        "Nhiệm vụ đề xuất",
        "Điểm của văn bản",
        "Sở Nội vụ thành phố Sông Lớn",
        "2 xã, phường, đặc khu",
    ):
        assert words in page
    assert 'data-lights="tasks-0"' in page
    assert "Đọc lại như báo cáo" in page


def test_confirming_and_taking_back_from_the_page(officer: Mandate, client: Client) -> None:
    draft = taken_in(officer)
    client.force_login(officer.user)
    client.post(f"/tiep-nhan/{draft.pk}/xac-nhan/")
    draft.refresh_from_db()
    assert draft.state == DraftState.CONFIRMED
    assert draft.leads_to in client.get(f"/tiep-nhan/{draft.pk}/").content.decode()
    client.post(f"/tiep-nhan/{draft.pk}/hoan-tac/")
    assert counts() == [0] * 7


def test_reading_as_the_other_kind_from_the_page(officer: Mandate, client: Client) -> None:
    draft = taken_in(officer)
    client.force_login(officer.user)
    client.post(f"/tiep-nhan/{draft.pk}/doc-lai/", {"kind": "report"})
    draft.refresh_from_db()
    assert draft.kind == DraftKind.REPORT
    assert "Buổi làm việc" in client.get(f"/tiep-nhan/{draft.pk}/").content.decode()
    assert client.post(f"/tiep-nhan/{draft.pk}/doc-lai/", {"kind": "khac"}).status_code == 302

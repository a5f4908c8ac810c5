"""Pages of plans: who sees them, what they say, what they cost."""

from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from tests.conftest import Rows
from tests.costs import queries_of_list
from tests.people import city_leader, officer, personnel, signed_in, stranger, ward_leader
from tests.staffing.small_city import ON, City, small_city
from thongsuot.audit.models import Event
from thongsuot.staffing.actions.plans import change_plan, conditions_of, decline_move, start_plan
from thongsuot.staffing.actions.running import compare_stages, compute_plan
from thongsuot.staffing.actions.transfers import cancel
from thongsuot.staffing.models import Person, Plan, PlanOpening, PlanSurplus, Transfer
from thongsuot.staffing.planning.conditions import Conditions
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db

# session, user, mandate, plan or rows; then count, rows
A_LIST, ALL_PLANS = 6, 5
PAGES = (
    "",
    "de-xuat/",
    "chuoi/",
    "truoc-sau/",
    "ban-do/",
    "chua-co-cho/",
    "cho-trong/",
    "giai-phap/",
    "doi-xu/",
    "ai-doi-gi/",
)


@dataclass
class World:
    """A plan of the small city, computed."""

    city: City
    keeper: Mandate
    plan: Plan


@pytest.fixture(scope="module")
def made(module_rows: Rows) -> World:
    with module_rows():
        city, _people = small_city()
        keeper = personnel(city.province)
        plan = start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON))
        compute_plan.call(plan.pk)
        plan.refresh_from_db()
        return World(city, keeper, plan)


@pytest.fixture
def world(made: World) -> World:
    """The rows are there once; who holds them in memory changes them alone."""
    return deepcopy(made)


@pytest.fixture
def city(world: World) -> City:
    return world.city


@pytest.fixture
def keeper(world: World) -> Mandate:
    return world.keeper


@pytest.fixture
def client(keeper: Mandate) -> Client:
    return signed_in(keeper)


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan


def url(plan: Plan, page: str = "") -> str:
    return f"/nhan-su/phuong-an/{plan.pk}/{page}"


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
class TestWhoSees:
    def test_those_who_see_the_whole_city_do(self, plan: Plan, city: City, page: str) -> None:
        for mandate in (officer(city.province), city_leader(city.province)):
            text(signed_in(mandate), url(plan, page))

    def test_a_ward_and_a_stranger_do_not(self, plan: Plan, city: City, page: str) -> None:
        for mandate in (ward_leader(city.wards[0]), stranger()):
            text(signed_in(mandate), url(plan, page), 404)


class TestNames:
    def test_are_shown_to_those_with_the_right(self, plan: Plan, client: Client) -> None:
        person = Person.objects.get(pk=plan.moves.values_list("person", flat=True)[0])
        assert person.full_name in text(client, url(plan, "de-xuat/"))

    @pytest.mark.parametrize(
        "page", ["de-xuat/", "de-xuat/{move}/", "chuoi/1/", "truoc-sau/{ward}/", "de-xuat/?export=xlsx"]
    )
    def test_are_numbers_to_all_others(self, plan: Plan, city: City, page: str) -> None:
        move = plan.moves.filter(chain=1).first()
        assert move
        client = signed_in(officer(city.province))
        answer = client.get(url(plan, page.format(move=move.pk, ward=city.wards[1].code)))
        content = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200
        assert "Người Giả Định".encode() not in content

    def test_cannot_be_fished_for_by_searching(self, plan: Plan, city: City) -> None:
        client = signed_in(officer(city.province))
        assert "0 đề xuất" in text(client, url(plan, "de-xuat/?who=Giả"))


class TestCosts:
    @pytest.mark.parametrize("rows", [1, 3])
    def test_of_the_moves(self, plan: Plan, client: Client, rows: int) -> None:
        first = plan.moves.first()
        assert first
        plan.moves.exclude(pk=first.pk).delete()
        people = Person.objects.exclude(pk=first.person_id)[: rows - 1]
        for person in people:
            first.pk, first.person = None, person
            first.save()
        assert plan.moves.count() == rows
        assert queries_of_list(client, url(plan, "de-xuat/")) == A_LIST

    @pytest.mark.parametrize("rows", [1, 3])
    def test_of_those_left_over(self, plan: Plan, client: Client, city: City, rows: int) -> None:
        for person in Person.objects.all()[:rows]:
            PlanSurplus.objects.create(
                plan=plan, person=person, unit=city.wards[0], position=city.positions["VT"]
            )
        assert queries_of_list(client, url(plan, "chua-co-cho/")) == A_LIST

    @pytest.mark.parametrize("rows", [1, 3])
    def test_of_what_stays_open(self, plan: Plan, client: Client, city: City, rows: int) -> None:
        for ward in city.wards[:rows]:
            PlanOpening.objects.create(plan=plan, unit=ward, position=city.positions["VT"], count=1)
        assert queries_of_list(client, url(plan, "cho-trong/")) == A_LIST

    @pytest.mark.parametrize("rows", [1, 3])
    def test_of_the_plans(self, plan: Plan, city: City, keeper: Mandate, client: Client, rows: int) -> None:
        for number in range(1, rows):
            start_plan(by=keeper, unit=city.province, title=f"Đợt khác {number}", conditions=Conditions(ON))
        assert Plan.objects.count() == rows
        assert queries_of_list(client, "/nhan-su/phuong-an/") == ALL_PLANS


class TestTheForms:
    def test_start_a_plan_and_lead_to_it(self, city: City, client: Client) -> None:
        page = text(client, "/nhan-su/phuong-an/lap/")
        assert "Mức ưu tiên của từng vị trí" in page
        given = {
            "title": "Đợt 2",
            "on": "04-12-2025",
            "max_km": "30",
            "keep_cover": "on",
            "stages": ["inside", "between"],
            "weight-CN": "5",
        }
        answer = client.post("/nhan-su/phuong-an/lap/", given)
        plan = Plan.objects.get(title="Đợt 2")
        assert answer["Location"] == url(plan)
        assert (plan.rules["weights"], plan.stages) == ({"CN": 5}, ["inside", "between"])
        assert "đang chờ máy" in text(client, url(plan))

    def test_show_every_fault_of_the_registers(self, city: City, client: Client) -> None:
        for ward in city.wards[:2]:
            ward.latitude = None
            ward.save()
        given = {"title": "Đợt 1", "on": "04-12-2025", "stages": ["inside"]}
        answer = client.post("/nhan-su/phuong-an/lap/", given)
        assert answer.status_code == 422
        assert answer.content.decode().count("chưa có tọa độ") == 2

    def test_one_wish_makes_the_next_version(self, plan: Plan, client: Client, city: City) -> None:
        move = plan.moves.get(to_position__code="CN")
        given = {
            "kind": "forbid-unit",
            "person": move.person.number,
            "unit": move.to_unit_id,
            "why": "Đã hứa ở lại",
        }
        answer = client.post(url(plan, "xep-khac/"), given)
        again = Plan.objects.get(parent=plan)
        assert answer["Location"] == url(again)
        assert again.forbids[0]["why"] == "Đã hứa ở lại"

    def test_a_change_of_rules_too(self, plan: Plan, client: Client, city: City) -> None:
        text(client, url(plan, "doi-dieu-kien/"))
        given = {
            "change": "Chỉ trong vòng 5 km",
            "on": "04-12-2025",
            "max_km": "5",
            "keep_cover": "on",
            "spare_retiring": "on",
            "stages": ["inside", "between", "blocks", "departments", "training"],
            "cap_unit": city.wards[0].pk,
            "cap": "1",
        }
        assert client.post(url(plan, "doi-dieu-kien/"), given).status_code == 302
        again = Plan.objects.get(parent=plan)
        assert (again.rules["max_km"], again.rules["caps"]) == (5, {city.wards[0].code: 1})

    def test_declining_asks_why(self, plan: Plan, client: Client) -> None:
        move = plan.moves.first()
        assert move
        client.post(url(plan, f"de-xuat/{move.pk}/khong-theo/"), {"reason": ""})
        move.refresh_from_db()
        assert move.standing == "proposed"
        client.post(url(plan, f"de-xuat/{move.pk}/khong-theo/"), {"reason": "Xin ở lại"})
        move.refresh_from_db()
        assert (move.standing, move.declined_because) == ("declined", "Xin ở lại")


def test_the_page_of_progress_loads_anew_when_all_is_done(plan: Plan, client: Client) -> None:
    answer: Any = client.get(url(plan, "tien-do/"))
    assert answer["HX-Refresh"] == "true"


def test_conditions_stand_in_words_not_codes(plan: Plan, client: Client, city: City, keeper: Mandate) -> None:
    move = plan.moves.get(to_position__code="CN")
    decline_move(by=keeper, move=move, reason="Xin ở lại")
    again = change_plan(by=keeper, plan=plan, conditions=conditions_of(plan), change="Theo ý người được hỏi")
    told = (
        f"Không xếp {move.person.full_name} ({move.person.number}) vào {move.to_position.brief}, phường Số 1"
    )
    compute_plan.call(again.pk)
    for page in ("", "doi-dieu-kien/", "ai-doi-gi/"):
        assert told in text(client, url(again, page))
    assert move.person.full_name not in text(signed_in(officer(city.province)), url(again))


def test_pins_that_clash_are_named_with_the_way_out(plan: Plan, client: Client, city: City) -> None:
    people = list(Person.objects.order_by("number")[:2])
    for person in people:
        given = {"kind": "pin", "person": person.number, "unit": city.wards[2].pk, "why": "thử"}
        newest = Plan.objects.order_by("-number").first()
        assert newest
        client.post(url(newest, "xep-khac/"), {**given, "position": city.positions["VT"].pk})
        newest = Plan.objects.order_by("-number").first()
        assert newest
        compute_plan.call(newest.pk)
    newest = Plan.objects.get(number=3)
    assert "vướng nhau" in text(client, url(newest))
    place = {"person": people[0].number, "unit": city.wards[2].code, "position": "VT"}
    client.post(url(newest, "bo-dieu-kien/"), place)
    assert len(Plan.objects.get(number=4).pins) == 1


def test_before_and_after_add_up(plan: Plan, client: Client) -> None:
    page = text(client, url(plan, "truoc-sau/"))
    assert "Thừa từ 2 còn 0, thiếu từ 2 còn 0." in page


def test_one_unit_shows_who_comes_and_who_goes(plan: Plan, client: Client, city: City) -> None:
    page = text(client, url(plan, f"truoc-sau/{city.wards[1].code}/"))
    assert "1 người đến, 1 người đi" in page
    assert 'draggable="true"' in page


def test_no_unit_no_page(plan: Plan, client: Client) -> None:
    text(client, url(plan, "truoc-sau/xyz/"), 404)


class TestTwoVersions:
    def test_stand_beside_each_other(self, plan: Plan, client: Client, keeper: Mandate) -> None:
        again = change_plan(
            by=keeper, plan=plan, conditions=Conditions(ON, max_km=5), change="Trong vòng 5 km"
        )
        compute_plan.call(again.pk)
        page = text(client, url(again, f"so-voi/{plan.pk}/"))
        assert "Lấp ít hơn 2 chỗ" in page
        assert "0 đề xuất giữ nguyên" in page

    def test_of_two_plans_do_not(self, plan: Plan, client: Client, city: City, keeper: Mandate) -> None:
        other = start_plan(by=keeper, unit=city.province, title="Đợt khác", conditions=Conditions(ON))
        text(client, url(plan, f"so-voi/{other.pk}/"), 404)
        text(client, url(plan, f"so-voi/{plan.pk}/"), 404)


def test_each_stage_says_what_it_adds(plan: Plan, client: Client) -> None:
    assert "Đang tính từng giải pháp" in text(client, url(plan, "giai-phap/"))
    assert compare_stages.call(plan.pk) == 5
    plan.refresh_from_db()
    assert [one["gained"] for one in plan.findings["stages"]["one_by_one"]] == [0, 2, 2, 2, 2]
    assert "Tính cả bàn một lần lấp được số chỗ bằng" in text(client, url(plan, "giai-phap/"))


def test_small_groups_show_no_numbers(plan: Plan, client: Client) -> None:
    assert "dưới 10 người, không nêu số" in text(client, url(plan, "doi-xu/"))


def test_what_was_overridden_is_told_with_who_and_why(plan: Plan, client: Client, keeper: Mandate) -> None:
    move = plan.moves.first()
    assert move
    decline_move(by=keeper, move=move, reason="Xin ở lại chăm cha mẹ")
    page = text(client, url(plan, "ai-doi-gi/"))
    assert "Xin ở lại chăm cha mẹ" in page
    assert str(keeper.user) in page


class TestAccepting:
    @pytest.fixture(autouse=True)
    def today(self, time_machine: Any) -> None:
        time_machine.move_to("2025-12-04 09:00 +0700", tick=False)

    def test_a_chain_opens_all_its_files_at_once(self, plan: Plan, client: Client) -> None:
        number = plan.moves.values_list("chain", flat=True)[0]
        answer = client.post(url(plan, "lap-ho-so/"), {"chain": number})
        assert answer.status_code == 302
        assert Transfer.objects.count() == plan.moves.filter(chain=number).count()
        assert set(plan.moves.filter(chain=number).values_list("standing", flat=True)) == {"accepted"}

    def test_one_move_leads_to_its_file(self, plan: Plan, client: Client) -> None:
        move = plan.moves.first()
        assert move
        answer = client.post(url(plan, "lap-ho-so/"), {"move": move.pk})
        assert answer["Location"] == Transfer.objects.get().get_absolute_url()

    def test_a_file_that_was_cancelled_is_forbidden_in_the_next_version(
        self, plan: Plan, client: Client, keeper: Mandate
    ) -> None:
        move = plan.moves.get(to_position__code="CN")
        client.post(url(plan, "lap-ho-so/"), {"move": move.pk})
        cancel(by=keeper, transfer=Transfer.objects.get(), reason="Nơi đến không nhận")
        again = change_plan(by=keeper, plan=plan, conditions=conditions_of(plan), change="Tính lại")
        compute_plan.call(again.pk)
        assert not again.moves.filter(person=move.person, to_position__code="CN").exists()
        assert again.forbids[0]["why"] == "Nơi đến không nhận"


class TestFiles:
    def test_the_workbook_holds_the_people_the_units_and_the_payrolls(
        self, plan: Plan, client: Client
    ) -> None:
        answer = client.get(url(plan, "tep/phuong-an.xlsx"))
        book = load_workbook(BytesIO(answer.content))
        assert book.sheetnames == ["Thông tin", "Danh sách", "Trước và sau", "Biên chế"]
        about = [row[0].value for row in book["Thông tin"].iter_rows()]
        assert "Phương án “Đợt 1”, bản 1; số liệu ngày 04-12-2025." in about
        assert any("người giả định" in words for words in about)
        people = list(book["Danh sách"].iter_rows(min_row=2, values_only=True))
        assert len(people) == plan.moves.count() == 2
        last = list(book["Trước và sau"].iter_rows(values_only=True))[-1]
        assert last[:8] == ("Cộng", 4, 2, 0, 2, 0, 2, 2)
        payrolls = list(book["Biên chế"].iter_rows(min_row=2, values_only=True))
        assert payrolls[-1][-1] == 0  # nobody is added to the city

    @pytest.mark.parametrize("which", ["danh-sach", "truoc-sau", "bien-che"])
    def test_word_says_of_which_version_and_how_good_it_is(
        self, plan: Plan, client: Client, which: str
    ) -> None:
        answer = client.get(url(plan, f"tep/{which}.docx"))
        words = "\n".join(paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs)
        assert "bản 1; số liệu ngày 04-12-2025" in words
        assert "Đã chứng minh là tốt nhất" in words
        assert "giả định" in words

    def test_names_leave_only_with_those_who_see_them_and_every_file_leaves_a_trace(
        self, plan: Plan, city: City
    ) -> None:
        client = signed_in(officer(city.province))
        book = load_workbook(BytesIO(client.get(url(plan, "tep/phuong-an.xlsx")).content))
        cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
        assert not any("Người Giả Định" in str(cell) for cell in cells)
        event = Event.objects.get(verb="plan.exported")
        assert event.details == {"what": "xlsx", "named": False}

    def test_a_plan_without_an_answer_has_none(self, city: City, keeper: Mandate, client: Client) -> None:
        waiting = start_plan(by=keeper, unit=city.province, title="Đợt 2", conditions=Conditions(ON))
        text(client, url(waiting, "tep/phuong-an.xlsx"), 404)

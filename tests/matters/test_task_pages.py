"""Tasks in the browser: the list with its clocks, the page of one with its buttons, orders written in one form."""

from copy import deepcopy
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from tests import people
from tests.conftest import Rows
from tests.costs import FRAGMENT, queries_of_list, queries_of_page
from tests.factories.matters import OriginFactory, TaskFactory
from tests.factories.units import WardFactory
from tests.matters.scene import DUE, MONDAY, SIX, Scene
from thongsuot.audit.models import Event
from thongsuot.matters.actions import amend_order, ask_extension, receive_task, verify_task, wait_for
from thongsuot.matters.audiences import Audience
from thongsuot.matters.enums import ClockState, OrderState, State
from thongsuot.matters.models import Matter, Order, Step
from thongsuot.sources.models import Source

pytestmark = pytest.mark.django_db
LIST = "/nhiem-vu/"


def numbers(response: Any) -> list[str]:
    return [row.record.number for row in response.context["table"].rows]


def buttons(client: Client, task: Matter) -> list[str]:
    page = client.get(task.get_absolute_url()).context["page"]
    return [deed.name for deed in (*page.deeds, *page.more)]


def do(client: Client, task: Matter, name: str, **said: Any) -> Any:
    return client.post(reverse("matters:deed", args=[task.number, name]), said)


@pytest.fixture
def clerk(town: Scene) -> Client:
    return people.signed_in(town.clerk())


@pytest.fixture
def officer(town: Scene) -> Client:
    return people.signed_in(town.officer)


@pytest.fixture(scope="class")
def every_clock(class_rows: Rows, built: Scene) -> Scene:
    """One task of each clock state, or nearly."""
    with class_rows(), time_machine.travel(f"{MONDAY} 08:00+07:00", tick=False):
        town = deepcopy(built)
        town.order(text="Xa hạn", due_on=date(2026, 6, 30))
        town.task(text="Gần hạn", due_on=date(2026, 4, 22))
        town.task(text="Trễ", due_on=date(2026, 4, 21))
        town.received(text="Chờ", due_on=date(2026, 5, 29))
        wait_for(
            by=town.clerk(),
            task=Matter.objects.get(text="Chờ"),
            until=date(2026, 5, 8),
            reason="Ý kiến",
            name="Bộ Nội vụ",
        )
        verify_task(by=town.officer, task=town.submitted(text="Xong"))
        TaskFactory(unit=town.ward, origin=OriginFactory(units=[town.ward]), text="Mới ghi nhận")
        return town


class TestTheListOfEveryClock:
    @pytest.fixture
    def lived(self, every_clock: Scene, monday: time_machine.Traveller) -> Scene:
        """Two days later."""
        monday.move_to("2026-04-22 08:00+07:00")
        return deepcopy(every_clock)

    @pytest.fixture
    def officer(self, lived: Scene) -> Client:
        return people.signed_in(lived.officer)

    def test_late_ones_come_first_and_closed_ones_last(self, lived: Scene, officer: Client) -> None:
        response = officer.get(LIST)
        texts = [row.record.text for row in response.context["table"].rows]
        assert texts == ["Trễ", "Gần hạn", "Chờ", "Xa hạn", "Xa hạn", "Mới ghi nhận", "Xong"]

    def test_the_numbers_of_the_first_line_add_up_and_lead_to_their_rows(
        self, lived: Scene, officer: Client
    ) -> None:
        response = officer.get(LIST)
        stats = response.context["stats"]
        assert sum(stat.count for stat in stats) == response.context["summary"].total == 7
        assert {stat.state for stat in stats} == {
            ClockState.OVERDUE,
            ClockState.DUE_SOON,
            ClockState.WAITING,
            ClockState.IN_TERM,
            ClockState.NO_TERM,
            ClockState.DONE_IN_TIME,
        }
        for stat in stats:
            assert len(numbers(officer.get(stat.url))) == stat.count
        late = officer.get(f"{LIST}?clock=overdue")
        assert late.context["summary"].total == 7

    def test_filters_narrow_it(self, lived: Scene, officer: Client) -> None:
        order = Order.objects.filter(text="Xa hạn").get()
        asked = {
            "state": ("verified", 1),
            "unit": (lived.wards[1].pk, 1),
            "issuer": (lived.city.pk, 7),
            "order": (order.pk, 2),
            "due_on_before": ("2026-04-30", 2),
            "priority": ("true", 0),
            "q": ("gần", 1),
        }
        for name, (value, count) in asked.items():
            assert len(numbers(officer.get(LIST, {name: value}))) == count, name

    def test_excel_says_the_clock_in_words(self, lived: Scene, officer: Client) -> None:
        response = officer.get(LIST, {"export": "xlsx", "clock": "overdue"})
        rows = list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.values)
        line = dict(zip(rows[0], rows[1], strict=True))
        assert len(rows) == 2
        assert line["Thời hạn"] == "Quá hạn, quá hạn 1 ngày làm việc"

    def test_a_stranger_finds_nothing(self, lived: Scene) -> None:
        assert numbers(people.signed_in(people.stranger()).get(LIST)) == []


class TestTheList:
    def test_a_row_more_costs_no_query_more(self, town: Scene, officer: Client) -> None:
        town.order(units=[town.ward])
        costs = queries_of_list(officer, LIST), queries_of_page(officer, LIST)
        town.order()
        assert (queries_of_list(officer, LIST), queries_of_page(officer, LIST)) == costs

    def test_hidden_columns_join_nothing_and_shown_ones_cost_no_query_a_row(
        self, town: Scene, officer: Client
    ) -> None:
        shown = f"{LIST}?columns=number&columns=issuer&columns=assignee&columns=group"
        town.order(units=[town.ward])
        with CaptureQueriesContext(connection) as captured:
            officer.get(LIST, headers=FRAGMENT)
        assert not [query for query in captured if 'JOIN "matters_origin"' in query["sql"]]
        cost = queries_of_list(officer, shown)
        town.order()
        assert queries_of_list(officer, shown) == cost

    def test_the_people_of_the_unit_are_offered_by_name_and_role(self, town: Scene) -> None:
        clerk = town.clerk()
        task = town.received()
        Matter.objects.filter(pk=task.pk).update(assignee=clerk)
        page = people.signed_in(clerk).get(LIST).content.decode()
        assert f'<option value="{clerk.pk}">{clerk.user} · {clerk.called}</option>' in page


class TestThePage:
    def test_it_says_who_has_it_since_when_until_when(self, town: Scene, clerk: Client) -> None:
        page = clerk.get(town.task().get_absolute_url()).content.decode()
        for words in (
            f"Ủy ban nhân dân {town.ward} đang giữ từ 20-04-2026 đến 15-05-2026",
            "còn 16 ngày làm việc",
            "Trong hạn",
            SIX["person"],
            SIX["product"],
            SIX["basis"],
        ):
            assert words in page

    def test_each_side_is_offered_its_own_acts(self, town: Scene, clerk: Client, officer: Client) -> None:
        task = town.task()
        assert buttons(clerk, task) == ["nhan", "phan-cong", "xin-gia-han", "trao-doi"]
        assert buttons(officer, task) == ["nhac", "rut", "trao-doi"]
        do(clerk, task, "nhan")
        assert buttons(clerk, task) == ["nop", "tien-do", "phan-cong", "xin-gia-han", "cho", "trao-doi"]
        do(clerk, task, "nop", text="Xong")
        assert buttons(clerk, task) == ["trao-doi"]
        assert buttons(officer, task) == ["xac-nhan", "tra-lai", "rut", "trao-doi"]
        do(officer, task, "xac-nhan")
        assert buttons(officer, task) == ["mo-lai"]
        assert buttons(people.signed_in(people.auditor(town.city)), task) == []

    def test_a_stranger_finds_neither_page_nor_act(self, town: Scene) -> None:
        task, stranger = town.task(), people.signed_in(people.stranger())
        assert stranger.get(task.get_absolute_url()).status_code == 404
        assert do(stranger, task, "nhan").status_code == 404
        assert stranger.get(task.order.get_absolute_url()).status_code == 404

    def test_an_act_of_the_other_side_does_not_exist(self, town: Scene, clerk: Client) -> None:
        task = town.submitted()
        assert do(clerk, task, "xac-nhan").status_code == 404
        assert do(clerk, task, "khong-co").status_code == 404

    def test_a_form_opens_on_the_page_and_alone(self, town: Scene, clerk: Client) -> None:
        task = town.received()
        url = reverse("matters:deed", args=[task.number, "nop"])
        whole = clerk.get(url).content.decode()
        assert "<h1>" in whole
        assert "Sản phẩm phải có: Báo cáo kèm danh sách hồ sơ" in whole
        part = clerk.get(url, headers={"HX-Request": "true", "HX-Target": "deed"}).content.decode()
        assert "<h1>" not in part
        assert 'id="deed"' in part

    def test_what_is_missing_is_said_and_what_was_typed_stays(self, town: Scene, clerk: Client) -> None:
        task = town.received()
        response = do(clerk, task, "xin-gia-han", until="30-04-2026", reason="Mưa lũ")
        assert response.status_code == 422
        page = response.content.decode()
        assert "không phải ngày làm việc (Ngày Chiến thắng)" in page
        assert "Mưa lũ" in page

    def test_the_second_click_reads_where_it_stands(self, town: Scene, clerk: Client) -> None:
        task = town.task()
        assert do(clerk, task, "nhan").status_code == 302
        response = do(clerk, task, "nhan")
        assert response.status_code == 422
        assert "đang ở trạng thái “Đã nhận”" in response.content.decode()
        assert Step.objects.filter(act="receive").count() == 1

    def test_waiting_is_begun_and_answered_by_the_body_waited_for(self, town: Scene, clerk: Client) -> None:
        finance = town.body(town.city, "finance")
        task = town.received()
        do(clerk, task, "cho", body=finance.pk, until="28-04-2026", reason="Thẩm định kinh phí")
        theirs = people.signed_in(people.department_officer(finance))
        page = theirs.get(task.get_absolute_url()).content.decode()
        assert "đang giữ từ 20-04-2026 đến 28-04-2026" in page
        assert buttons(theirs, task) == ["het-cho", "trao-doi"]
        do(theirs, task, "het-cho", text="Đồng ý cấp")
        task.refresh_from_db()
        assert task.waiting_since is None

    def test_extensions_are_asked_and_granted_on_the_day_asked_for(
        self, town: Scene, clerk: Client, officer: Client
    ) -> None:
        task = town.received()
        do(clerk, task, "xin-gia-han", until="22-05-2026", reason="Mưa lũ")
        form = officer.get(reverse("matters:deed", args=[task.number, "duyet-gia-han"])).context["form"]
        assert form["until"].value() == date(2026, 5, 22)
        do(officer, task, "duyet-gia-han", until="22-05-2026")
        page = clerk.get(task.get_absolute_url()).content.decode()
        assert "Được gia hạn" in page
        assert "Mưa lũ" in page

    def test_an_amendment_is_shown_until_it_is_seen(self, town: Scene, clerk: Client) -> None:
        order = town.order()
        task = Matter.objects.get(order=order, unit=town.ward)
        amend_order(
            by=town.officer,
            order=order,
            clears=town.clears(product="Báo cáo và bản đồ"),
            reason="Thêm bản đồ",
        )
        page = clerk.get(task.get_absolute_url()).content.decode()
        assert "<ins>và bản đồ</ins>" in page
        assert "Thêm bản đồ" in page
        do(clerk, task, "da-xem")
        assert "<ins>" not in clerk.get(task.get_absolute_url()).content.decode()

    def test_the_cost_of_a_page_does_not_grow_with_its_thread(self, town: Scene, clerk: Client) -> None:
        task = town.received()
        cost = queries_of_page(clerk, task.get_absolute_url())
        for words in "abc":
            do(clerk, task, "trao-doi", text=words)
        assert queries_of_page(clerk, task.get_absolute_url()) == cost


class TestEvidence:
    def upload(self, name: str, data: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, data)

    def word(self, text: str) -> bytes:
        document, file = Document(), BytesIO()
        document.add_paragraph(text)
        document.save(file)
        return file.getvalue()

    def test_a_file_is_kept_and_opened_by_the_other_side(
        self, town: Scene, clerk: Client, officer: Client
    ) -> None:
        task = town.received(priority=True)
        data = self.word("Báo cáo kết quả rà soát")
        do(clerk, task, "nop", text="Xong", evidence=[self.upload("ket-qua.docx", data)])
        task.refresh_from_db()
        assert task.state == State.SUBMITTED
        source = Source.objects.get()
        assert "Báo cáo kết quả rà soát" in source.text
        page = officer.get(task.get_absolute_url()).content.decode()
        url = reverse("sources:file", args=[source.pk])
        assert url in page
        assert officer.get(url).content == data

    def test_a_photograph_is_kept_as_it_is(self, town: Scene, clerk: Client) -> None:
        do(
            clerk,
            town.received(),
            "nop",
            text="Xong",
            evidence=[self.upload("anh.jpg", b"\xff\xd8\xff" + b"0" * 40)],
        )
        source = Source.objects.get()
        assert (source.media_type, source.text) == ("image/jpeg", "")

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("ket-qua.exe", b"MZ", "loại tệp này không nhận"),
            ("ket-qua.txt", "MẬT\nNội dung".encode(), "chỉ độ mật"),
        ],
    )
    def test_what_may_not_be_kept_is_refused_and_nothing_is_done(
        self, town: Scene, clerk: Client, name: str, data: bytes, words: str
    ) -> None:
        task = town.received()
        events = Event.objects.count()
        response = do(clerk, task, "nop", text="Xong", evidence=[self.upload(name, data)])
        assert response.status_code == 422
        assert words in response.content.decode()
        task.refresh_from_db()
        assert (task.state, Source.objects.count(), Event.objects.count()) == (State.RECEIVED, 0, events)

    def test_a_department_without_intake_may_attach_too(self, town: Scene) -> None:
        department = town.body(town.city, "home_affairs")
        task = town.task(units=[town.city], lead_code="home_affairs")
        hand = people.department_officer(department)
        receive_task(by=hand, task=task)
        do(
            people.signed_in(hand),
            task,
            "nop",
            text="Xong",
            evidence=[self.upload("a.txt", "Kết quả".encode())],
        )
        assert Source.objects.count() == 1


class TestWritingAnOrder:
    def fields(self, **changed: Any) -> dict[str, Any]:
        return {
            **SIX,
            "due_on": f"{DUE:%d-%m-%Y}",
            "whom": "all",
            "topic": "other",
            "then": "issue",
            **changed,
        }

    def test_it_is_issued_to_all_communes(self, town: Scene, officer: Client) -> None:
        response = officer.post(reverse("matters:order-new"), self.fields())
        order = Order.objects.get()
        assert response.url == order.get_absolute_url()
        assert set(Matter.objects.values_list("unit", flat=True)) == {ward.pk for ward in town.wards}
        assert "2" in officer.get(order.get_absolute_url()).content.decode()

    def test_names_are_pasted_as_they_come_and_faults_told_by_line(
        self, town: Scene, officer: Client
    ) -> None:
        WardFactory(name="Thử", parent=town.city)
        typed = f"{town.wards[0]}\r\n{town.wards[1].name}\tPhường Không Có\r\n"
        response = officer.post(reverse("matters:order-new"), self.fields(whom="named", names=typed))
        assert response.status_code == 422
        assert "Dòng 2: không có đơn vị “Phường Không Có”" in response.content.decode()
        assert not Order.objects.exists()
        typed = typed.replace("\tPhường Không Có", "")
        officer.post(reverse("matters:order-new"), self.fields(whom="named", names=typed))
        assert Matter.objects.count() == 2

    def test_who_would_get_it_is_shown_before(self, town: Scene, officer: Client) -> None:
        response = officer.post(
            reverse("matters:order-new"), self.fields(), headers={"HX-Request": "true", "HX-Target": "whom"}
        )
        page = response.content.decode()
        assert all(str(ward) in page for ward in town.wards)
        assert not Order.objects.exists()

    def test_groups_kept_by_apps_above_may_be_addressed(
        self, town: Scene, officer: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        group = Audience("group:1", "Tổ công tác số 1", frozenset({town.wards[1].pk}))
        monkeypatch.setattr("thongsuot.matters.audiences._QUERIES", [lambda _by: [group]])
        officer.post(reverse("matters:order-new"), self.fields(whom="group:1"))
        assert Matter.objects.get().unit == town.wards[1]

    def test_what_is_missing_may_wait_in_a_draft(self, town: Scene, officer: Client) -> None:
        response = officer.post(reverse("matters:order-new"), self.fields(product="", person=""))
        assert response.status_code == 422
        assert "còn thiếu: người chịu trách nhiệm, sản phẩm" in response.content.decode()
        assert not Order.objects.exists()
        officer.post(reverse("matters:order-new"), self.fields(product="", person="", then="draft"))
        order = Order.objects.get()
        page = officer.get(order.get_absolute_url()).content.decode()
        assert "Chưa giao được, còn thiếu:" in page
        form = officer.get(reverse("matters:order-edit", args=[order.pk])).context["form"]
        seen = form["seen"].value()
        officer.post(reverse("matters:order-edit", args=[order.pk]), self.fields(seen=seen))
        assert Matter.objects.count() == 2

    def test_my_drafts_are_mine(self, town: Scene, officer: Client) -> None:
        order = town.draft(text="Việc viết dở")
        assert "Việc viết dở" in officer.get(reverse("matters:drafts")).content.decode()
        leader = people.signed_in(town.leader)
        assert "Việc viết dở" not in leader.get(reverse("matters:drafts")).content.decode()
        assert leader.get(order.get_absolute_url()).status_code == 404
        officer.post(reverse("matters:order-discard", args=[order.pk]))
        assert not Order.objects.exists()

    def test_it_is_amended_with_a_reason_and_two_people_lose_nothing(
        self, town: Scene, officer: Client
    ) -> None:
        order = town.order()
        url = reverse("matters:order-edit", args=[order.pk])
        seen = officer.get(url).context["form"]["seen"].value()
        fields = self.fields(seen=seen, product="Báo cáo và bản đồ", reason="Thêm bản đồ")
        other = people.signed_in(town.leader)
        other.post(url, self.fields(seen=seen, person="Phó Chủ tịch", reason="Đổi người"))
        response = officer.post(url, fields)
        assert response.status_code == 422
        page = response.content.decode()
        assert "Phó Chủ tịch" in page
        assert "Báo cáo và bản đồ" in page
        again = response.context["form"]["seen"].value()
        officer.post(url, {**fields, "seen": again, "person": "Phó Chủ tịch"})
        order.refresh_from_db()
        assert (order.version, order.person, order.product) == (3, "Phó Chủ tịch", "Báo cáo và bản đồ")

    def test_it_is_widened_and_withdrawn_on_its_page(self, town: Scene, officer: Client) -> None:
        order = town.order(units=[town.ward])
        widen = reverse("matters:order-widen", args=[order.pk])
        assert officer.post(widen, {"names": "Không Có"}).status_code == 422
        officer.post(widen, {"names": str(town.wards[1])})
        assert Matter.objects.count() == 2
        withdraw = reverse("matters:order-withdraw", args=[order.pk])
        assert officer.post(withdraw, {"reason": ""}).status_code == 422
        officer.post(withdraw, {"reason": "Đã có văn bản khác"})
        order.refresh_from_db()
        assert order.state == OrderState.WITHDRAWN

    def test_the_ward_sees_the_order_but_only_its_own_task(self, town: Scene, clerk: Client) -> None:
        order = town.order()
        page = clerk.get(order.get_absolute_url())
        assert [line.task.unit for line in page.context["page"].lines] == [town.ward]
        assert clerk.get(reverse("matters:order-edit", args=[order.pk])).status_code == 404

    def test_what_was_recorded_is_issued_with_the_units_it_names(self, town: Scene, officer: Client) -> None:
        recorded = TaskFactory(unit=town.ward, origin=OriginFactory(units=[town.ward]))
        assert "Giao nhiệm vụ" in officer.get(recorded.get_absolute_url()).content.decode()
        url = reverse("matters:issue-recorded", args=[recorded.number])
        form = officer.get(url).context["form"]
        assert form["names"].value() == str(town.ward)
        officer.post(url, self.fields(whom="named", names=str(town.ward)))
        recorded.refresh_from_db()
        assert recorded.state == State.ISSUED

    def test_the_board_costs_the_same_for_one_unit_and_for_many(self, town: Scene, officer: Client) -> None:
        one, many = town.order(units=[town.ward]), town.order()
        assert queries_of_page(officer, one.get_absolute_url()) == queries_of_page(
            officer, many.get_absolute_url()
        )


class TestManyAtOnce:
    def choose(self, client: Client, tasks: list[Matter], action: str, **said: Any) -> Any:
        chosen = [task.pk for task in tasks]
        return client.post(reverse("matters:tasks-chosen"), {"action": action, "chosen": chosen, **said})

    def test_they_are_previewed_done_and_undone(self, town: Scene, officer: Client) -> None:
        tasks = [town.submitted(text="Một"), town.submitted(text="Hai"), town.task(text="Ba")]
        preview = self.choose(officer, tasks, "xac-nhan").context["page"]
        assert ([task.text for task in preview.able], [task.text for task in preview.unable]) == (
            ["Một", "Hai"],
            ["Ba"],
        )
        assert not Matter.objects.filter(state=State.VERIFIED).exists()
        self.choose(officer, tasks, "xac-nhan", confirmed="1")
        assert Matter.objects.filter(state=State.VERIFIED).count() == 2
        officer.post(reverse("matters:undo-verified"))
        assert Matter.objects.filter(state=State.SUBMITTED).count() == 2

    def test_all_that_match_the_filter(self, town: Scene, officer: Client) -> None:
        town.order()
        said = {"action": "nhac", "all": "1", "query": f"unit={town.ward.pk}", "confirmed": "1"}
        officer.post(reverse("matters:tasks-chosen"), said)
        assert list(Step.objects.filter(act="remind").values_list("matter__unit", flat=True)) == [
            town.ward.pk
        ]

    def test_a_reason_is_asked_once_for_all(self, town: Scene, officer: Client) -> None:
        town.order()
        tasks = list(Matter.objects.all())
        assert self.choose(officer, tasks, "rut", confirmed="1", reason="").status_code == 422
        self.choose(officer, tasks, "rut", confirmed="1", reason="Đã có văn bản khác")
        assert Matter.objects.filter(state=State.WITHDRAWN).count() == 2

    def test_extensions_are_granted_each_to_the_day_it_asked_for(self, town: Scene, officer: Client) -> None:
        order = town.order()
        for ward, day in zip(town.wards, (date(2026, 5, 20), date(2026, 5, 27)), strict=True):
            task = receive_task(by=town.clerk(ward), task=Matter.objects.get(order=order, unit=ward))
            ask_extension(by=town.clerk(ward), task=task, until=day, reason="Mưa")
        self.choose(officer, list(Matter.objects.all()), "duyet-gia-han", confirmed="1")
        assert set(Matter.objects.values_list("due_on", flat=True)) == {date(2026, 5, 20), date(2026, 5, 27)}

    def test_what_could_not_be_done_is_told_and_the_rest_is_done(self, town: Scene, officer: Client) -> None:
        order = town.order()
        first = receive_task(by=town.clerk(), task=Matter.objects.get(order=order, unit=town.ward))
        ask_extension(by=town.clerk(), task=first, until=date(2026, 5, 20), reason="Mưa")
        page = self.choose(officer, list(Matter.objects.all()), "duyet-gia-han", confirmed="1")
        told = " ".join(str(message) for message in officer.get(page.url).context["messages"])
        assert "Không làm được 1 nhiệm vụ" in told
        assert Matter.objects.filter(extensions=1).count() == 1

    def test_only_what_the_role_allows(self, town: Scene, clerk: Client) -> None:
        assert self.choose(clerk, [town.submitted()], "xac-nhan").status_code == 404

"""The pages of transfer files: who has the ball, names only for those who may see them, every step by a form."""

from copy import deepcopy
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import people
from tests.conftest import Rows
from tests.costs import queries_of_list, queries_of_page
from tests.factories.staffing import HoldingFactory, PersonFactory
from tests.staffing.transfers.scene import MONDAY, VIEW, Scene
from thongsuot.audit.models import Event
from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.enums import Answer, Means, TransferState
from thongsuot.staffing.models import Transfer

LIST = "/nhan-su/dieu-dong/"
DUE = date(2026, 6, 8)


@pytest.fixture
def office(town: Scene) -> Client:
    return people.signed_in(town.personnel)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def send(client: Client, name: str, *args: int, **said: object) -> Any:
    return client.post(
        reverse(f"staffing:{name}", args=args), {key: str(value) for key, value in said.items()}
    )


@pytest.fixture(scope="class")
def asked_once(class_rows: Rows, built: Scene) -> None:
    with class_rows(), time_machine.travel(f"{MONDAY} 08:00+07:00", tick=False):
        deepcopy(built).asked()


@pytest.mark.usefixtures("asked_once")
class TestTheListOfOneThatWasAsked:
    """Its units are asked once for all these, who only look."""

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("state=asked", True),
            ("state=opened", False),
            ("late=true", False),
            ("kind=between", True),
            ("kind=inside", False),
            ("means=secondment", False),
            ("q=DD-2026-000001", True),
            ("q=le van", True),
            ("q=nguyen", False),
        ],
    )
    def test_it_is_filtered(self, office: Client, asked: str, found: bool) -> None:
        assert ("DD-2026-000001" in page(office, f"{LIST}?{asked}")) == found

    @pytest.mark.parametrize("name", ["unit", "waits"])
    @pytest.mark.parametrize(("which", "found"), [(0, False), (1, True), (2, True)])
    def test_it_is_by_unit(self, town: Scene, office: Client, name: str, which: int, found: bool) -> None:
        assert ("DD-2026-000001" in page(office, f"{LIST}?{name}={town.wards[which].pk}")) == found

    def test_it_says_who_has_the_ball(self, office: Client) -> None:
        told = page(office, LIST)
        assert "DD-2026-000001" in told
        assert "Phường Hai, Phường Ba: trả lời" in told or "phường Hai, phường Ba: trả lời" in told
        assert "chờ đơn vị trả lời" in told

    def test_a_silent_unit_shows_as_overdue(self, office: Client, clock: Any) -> None:
        clock.move_to("2026-06-09 08:00+07:00")
        told = page(office, f"{LIST}?late=true")
        assert "DD-2026-000001" in told
        assert "Quá hạn" in told

    def test_a_late_file_stands_on_the_first_page_of_who_must_act(self, town: Scene) -> None:
        assert "DD-2026-000001" in page(people.signed_in(town.leaders[2]), "/")

    def test_it_leaves_as_excel_and_that_is_recorded(self, office: Client) -> None:
        answer = office.get(f"{LIST}?export=xlsx")
        data = answer.getvalue() if answer.streaming else answer.content
        rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
        assert "DD-2026-000001" in rows[1]
        assert DUE in rows[1]
        assert Event.objects.filter(verb="transfers.exported").count() == 1


def test_names_are_hidden_from_those_without_the_right(town: Scene) -> None:
    transfer = town.heard()
    client = people.signed_in(people.clerk(town.wards[1]))
    for told in (page(client, LIST), page(client, transfer.get_absolute_url())):
        assert town.second.number in told
        assert town.second.full_name not in told
        assert VIEW not in told
    assert "DD-2026-000001" not in page(client, f"{LIST}?q=le van")
    for name in ("hearing-word", "decision-word"):
        page(client, reverse(f"staffing:{name}", args=[transfer.pk]), 404)


def test_who_may_see_names_sees_them(town: Scene, office: Client) -> None:
    transfer = town.heard()
    told = page(office, transfer.get_absolute_url())
    assert town.second.full_name in told
    assert VIEW in told


def test_every_look_at_a_file_is_recorded(town: Scene, office: Client) -> None:
    transfer = town.open()
    page(office, transfer.get_absolute_url())
    words(office, "hearing-word", transfer.pk)
    looks = Event.objects.filter(verb="staff-person.looked-at", subject_key=str(town.second.pk))
    assert [look.details for look in looks] == [{"file": transfer.number}] * 2


def test_a_file_of_elsewhere_does_not_exist(town: Scene) -> None:
    transfer = town.open()
    page(people.signed_in(town.leaders[0]), transfer.get_absolute_url(), 404)
    page(people.signed_in(people.stranger()), transfer.get_absolute_url(), 404)


@pytest.mark.parametrize("which", [1, 2])
def test_both_ends_see_the_file(town: Scene, which: int) -> None:
    page(people.signed_in(town.leaders[which]), town.open().get_absolute_url())


def test_a_person_is_moved_by_forms_from_beginning_to_end(town: Scene, office: Client, clock: Any) -> None:
    answer = office.post(
        f"{LIST}lap/",
        {
            "person": town.second.number.upper(),
            "to_unit": town.wards[2].pk,
            "to_position": town.land.pk,
            "means": "transfer",
            "reason": "Thiếu người",
        },
    )
    transfer = Transfer.objects.get()
    assert answer["Location"] == transfer.get_absolute_url()
    key = transfer.pk
    send(office, "hear-transfer", key, on="01-06-2026", heard_by="Phó Giám đốc", agrees="no", view="Xa nhà")
    send(office, "ask-transfer", key)
    for leader in town.leaders[1:]:
        client = people.signed_in(leader)
        told = page(client, transfer.get_absolute_url())
        (mine,) = [one for one in transfer.consents.all() if one.unit_id == leader.unit_id]
        assert reverse("staffing:answer-transfer", args=[key, mine.pk]) in told
        send(client, "answer-transfer", key, mine.pk, answer="agrees")
    send(
        office,
        "decide-transfer",
        key,
        number="15/QĐ-SNV",
        on="01-06-2026",
        signed_by="Giám đốc",
        effective_on="01-06-2026",
    )
    transfer.refresh_from_db()
    assert transfer.state == TransferState.IN_EFFECT
    for item in transfer.handover.all():
        for leader in town.leaders[1:]:
            send(people.signed_in(leader), "tick-handover", key, item.pk, done=1)
    send(people.signed_in(town.leaders[2]), "close-transfer", key)
    transfer.refresh_from_db()
    assert transfer.state == TransferState.CLOSED
    assert town.post(town.second, date(2026, 6, 1)) == [("Ba", "DD01", "full")]
    assert "Bàn giao xong" in page(office, transfer.get_absolute_url())


def test_a_refused_form_comes_back_with_what_was_typed(town: Scene, office: Client) -> None:
    transfer = town.agreed()
    answer = send(
        office,
        "decide-transfer",
        transfer.pk,
        number="15/QĐ-SNV",
        on="02-06-2026",
        signed_by="Giám đốc Sở",
        effective_on="02-06-2026",
    )
    assert answer.status_code == 422
    assert "chưa tới" in answer.content.decode()
    assert "15/QĐ-SNV" in answer.content.decode()


def test_whoever_comes_second_is_told_so(town: Scene, office: Client) -> None:
    transfer = town.open()
    form = office.get(transfer.get_absolute_url()).context["hear_form"]
    town.heard(transfer)
    answer = send(
        office,
        "hear-transfer",
        transfer.pk,
        seen=form["seen"].value(),
        on="01-06-2026",
        heard_by="Trưởng phòng",
        agrees="yes",
        view="Không có ý kiến khác",
    )
    assert answer.status_code == 422
    assert "sau khi bạn mở trang này" in answer.content.decode()


@pytest.mark.parametrize("deed", ["hear-transfer", "ask-transfer", "decide-transfer", "cancel-transfer"])
def test_who_only_reads_changes_nothing(town: Scene, deed: str) -> None:
    transfer = town.open()
    client = people.signed_in(people.auditor(town.city))
    told = page(client, transfer.get_absolute_url())
    assert "Bước tiếp theo" not in told
    assert town.second.full_name in told
    send(client, deed, transfer.pk, reason="x", on="01-06-2026", heard_by="x", agrees="yes", view="x")
    transfer.refresh_from_db()
    assert transfer.state == TransferState.OPENED


def test_a_chain_stands_on_one_page_and_is_decided_there(town: Scene, office: Client) -> None:
    files = town.chain()
    move = files[0].move
    assert move is not None
    here = reverse("staffing:transfer-chain", args=[move.plan_id, 1])
    told = page(office, here)
    assert told.index("DD-2026-000002") < told.index("DD-2026-000001")  # who makes room stands first
    assert "Chờ" in told
    for one in files:
        town.agreed(town.asked(town.heard(one)))
    answer = office.post(
        here,
        {"number": "15/QĐ-SNV", "on": "01-06-2026", "signed_by": "Giám đốc", "effective_on": "15-06-2026"},
    )
    assert answer["Location"] == here
    assert set(Transfer.objects.values_list("state", flat=True)) == {"decided"}


def test_a_ward_sees_who_comes_and_who_goes(town: Scene) -> None:
    for one in town.chain():
        town.heard(one)
    told = page(
        people.signed_in(town.leaders[1]), reverse("staffing:unit-transfers", args=[town.wards[1].pk])
    )
    assert "Nguyễn Thị Thử" in told
    assert "Lê Văn Thử" in told
    page(people.signed_in(town.leaders[1]), reverse("staffing:unit-transfers", args=[town.wards[2].pk]), 404)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(town: Scene, office: Client, count: int) -> None:
    many(town, count)
    assert queries_of_list(office, LIST) == 7


def test_the_page_of_a_unit_costs_the_same_however_long(town: Scene) -> None:
    client = people.signed_in(town.personnel)
    address = reverse("staffing:unit-transfers", args=[town.wards[2].pk])
    costs = []
    for more in (1, 2):
        many(town, more)
        page(client, address)  # what is remembered of the frame is remembered now
        costs.append(queries_of_page(client, address))
    assert costs[0] == costs[1]


def many(town: Scene, count: int) -> None:
    for _number in range(count):
        person = PersonFactory()
        HoldingFactory(person=person, unit=town.wards[1], position=town.office)
        town.asked(town.heard(town.open(person)))


def words(client: Client, name: str, *args: int) -> str:
    answer = client.get(reverse(f"staffing:{name}", args=args))
    assert answer.status_code == 200
    paper = docx.Document(BytesIO(answer.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_minutes_of_the_hearing_are_printed(town: Scene, office: Client) -> None:
    told = words(office, "hearing-word", town.heard().pk)
    assert VIEW in told
    assert "Điều 25" in told
    assert "BIÊN BẢN" in told


def test_the_draft_of_a_decision_says_who_whence_whereto_and_by_which_rule(
    town: Scene, office: Client
) -> None:
    told = words(office, "decision-word", town.decided()[0].pk)
    assert "QUYẾT ĐỊNH" in told
    assert "Số: 15/QĐ-SNV" in told
    assert "Lê Văn Thử" in told
    assert "ngày 15 tháng 06 năm 2026" in told


def test_one_draft_for_a_whole_chain(town: Scene, office: Client) -> None:
    move = town.chain()[0].move
    assert move is not None
    told = words(office, "chain-word", move.plan_id, 1)
    assert "Nguyễn Thị Thử" in told
    assert "Lê Văn Thử" in told


def test_a_secondment_shows_its_end(town: Scene, office: Client) -> None:
    ready = town.agreed(town.asked(town.heard(town.open(means=Means.SECONDMENT))))
    (transfer,) = town.decided(ready, ends_on=date(2026, 12, 31))
    assert "31-12-2026" in page(office, transfer.get_absolute_url())
    assert "đến hết ngày 31 tháng 12 năm 2026" in words(office, "decision-word", transfer.pk)


def test_a_refusal_offers_the_next_level(town: Scene, office: Client) -> None:
    transfer = town.asked()
    consent = town.consent(transfer, "receiver")
    acts.answer(by=town.leaders[2], consent=consent, answer=Answer.REFUSES, reason="Đủ người")
    assert "Chuyển Sở Nội vụ xem xét" in page(office, transfer.get_absolute_url())
    send(office, "escalate-transfer", transfer.pk, consent=consent.pk, reason="Còn chỗ trong khung")
    transfer.refresh_from_db()
    assert transfer.state == TransferState.ASKED


def test_what_waits_for_me_stands_on_my_first_page(town: Scene, office: Client) -> None:
    town.heard()
    assert "Hồ sơ điều động chờ tôi" in page(office, "/")
    assert "Hồ sơ điều động chờ tôi" not in page(people.signed_in(town.leaders[0]), "/")


def test_the_overview_counts_units_that_keep_silent(town: Scene, office: Client, clock: Any) -> None:
    town.asked()
    assert "quá hạn trả lời về điều động" not in page(office, "/toan-canh/")
    clock.move_to("2026-06-09 08:00+07:00")
    assert "quá hạn trả lời về điều động" in page(office, "/toan-canh/")


def test_the_page_of_a_unit_shows_its_moves(town: Scene, office: Client) -> None:
    town.open()
    assert "DD-2026-000001" in page(office, reverse("units:page", args=[town.wards[1].pk]))
    assert "DD-2026-000001" not in page(office, reverse("units:page", args=[town.wards[0].pk]))


def chosen(client: Client, *files: Transfer, **said: object) -> Any:
    told = {key: str(value) for key, value in said.items()}
    return client.post(reverse("staffing:transfers-chosen"), {"chosen": [one.pk for one in files], **told})


def test_many_files_are_asked_about_at_once(town: Scene, office: Client) -> None:
    files = town.chain()
    for one in files:
        town.heard(one)
    chosen(office, *files, action="hoi-y-kien")
    assert set(Transfer.objects.values_list("state", flat=True)) == {"asked"}
    chosen(office, *files, action="hoi-y-kien")
    assert "Chưa hỏi được 2 hồ sơ" in page(office, LIST)


def test_two_who_change_places_are_decided_by_one_paper(town: Scene, office: Client) -> None:
    there = town.open(town.first, to_unit=town.wards[1], to_position=town.office)
    back = town.open(town.second, to_unit=town.wards[0], to_position=town.office)
    files = [town.agreed(town.asked(town.heard(one))) for one in (there, back)]
    preview = chosen(office, *files, action="quyet-dinh")
    assert preview.status_code == 200
    assert "DD-2026-000002" in preview.content.decode()
    paper = {"number": "15/QĐ-SNV", "on": "01-06-2026", "signed_by": "Giám đốc", "effective_on": "01-06-2026"}
    answer = chosen(office, *files, action="quyet-dinh", confirmed=1, **paper)
    assert answer["Location"] == LIST
    assert set(Transfer.objects.values_list("state", flat=True)) == {"in-effect"}


def test_a_paper_with_faults_says_them_all_and_decides_nothing(town: Scene, office: Client) -> None:
    ready = town.agreed()
    answer = chosen(
        office,
        ready,
        action="quyet-dinh",
        confirmed=1,
        number="15/QĐ-SNV",
        on="02-06-2026",
        signed_by="Giám đốc",
        effective_on="01-06-2026",
    )
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "chưa tới" in told
    assert "trước ngày quyết định" in told


def test_who_only_reads_chooses_nothing(town: Scene) -> None:
    client = people.signed_in(people.auditor(town.city))
    assert chosen(client, town.open(), action="quyet-dinh").status_code == 404

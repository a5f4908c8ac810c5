"""The page of a visit and its steps, planning a whole group in one form, minutes typed by hand."""

from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import people
from tests.costs import queries_of_page
from tests.factories.documents import DocumentFactory
from tests.factories.oversight import (
    CampaignFactory,
    GroupSeatFactory,
    MeetingFactory,
    OfficialFactory,
    VisitFactory,
    WorkingGroupFactory,
)
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.documents.models import Document
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.models import Matter
from thongsuot.oversight.enums import VisitState
from thongsuot.oversight.models import GroupSeat, Meeting, Official, Visit, WorkingGroup
from thongsuot.units.models import Unit

DAY = date(2025, 10, 30)


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel("2025-11-10 09:00+07:00", tick=False):
        yield


@pytest.fixture
def city(db: None) -> Unit:
    return ProvinceFactory()


@pytest.fixture
def officer(city: Unit) -> Client:
    return people.signed_in(people.officer(city))


@pytest.fixture
def wards(city: Unit) -> list[Unit]:
    return [WardFactory(parent=city, name=name) for name in ("Bình Hưng", "Hòa Lợi", "Tân Khánh")]


@pytest.fixture
def group(city: Unit, wards: list[Unit]) -> WorkingGroup:
    plan = DocumentFactory(number="249")
    return WorkingGroupFactory(campaign=CampaignFactory(unit=city, plan=plan), number=7, units=wards)


@pytest.fixture
def visit(group: WorkingGroup, wards: list[Unit]) -> Visit:
    return VisitFactory(group=group, units=wards[:2], planned_on=DAY)


def page_of(name: str, visit: Visit) -> str:
    return reverse(f"oversight:{name}", args=[visit.pk])


class TestPlanning:
    def test_units_of_one_day_hour_and_place_are_one_visit(
        self, officer: Client, group: WorkingGroup, wards: list[Unit]
    ) -> None:
        first, second, third = (f"u{ward.pk}" for ward in wards)
        answer = officer.post(
            reverse("oversight:plan", args=[group.pk]),
            {
                f"{first}-on": "20-11-2025",
                f"{first}-time": "8h30",
                f"{second}-on": "20-11-2025",
                f"{second}-time": "8:30",
                f"{third}-on": "21/11/2025",
                f"{third}-place": "Hội trường UBND",
            },
        )
        assert answer.status_code == 302
        planned = [
            (visit.planned_on, visit.time, visit.place, [unit.name for unit in visit.units.order_by("name")])
            for visit in Visit.objects.all()
        ]
        assert planned == [
            (date(2025, 11, 20), time(8, 30), "", ["Bình Hưng", "Hòa Lợi"]),
            (date(2025, 11, 21), None, "Hội trường UBND", ["Tân Khánh"]),
        ]
        assert answer["Location"].endswith("?tu=2025-11-20")

    def test_everything_wrong_is_told_at_once_and_nothing_is_planned(
        self, officer: Client, group: WorkingGroup, wards: list[Unit]
    ) -> None:
        first, second, third = (f"u{ward.pk}" for ward in wards)
        answer = officer.post(
            reverse("oversight:plan", args=[group.pk]),
            {
                f"{first}-on": "32-11",
                f"{second}-time": "25h",
                f"{third}-on": "21-11-2025",
                f"{second}-place": "x",
            },
        )
        form = answer.context["form"]
        assert answer.status_code == 422
        assert [set(row.errors) for row in form] == [{"on"}, {"time", "on"}, set()]
        assert not Visit.objects.exists()

    def test_an_empty_form_plans_nothing_and_says_so(self, officer: Client, group: WorkingGroup) -> None:
        answer = officer.post(reverse("oversight:plan", args=[group.pk]), {"x": "1"})
        assert answer.context["form"].refusals == ["Chưa nhập ngày cho đơn vị nào."]

    def test_what_the_action_refuses_is_said_on_the_form(
        self, officer: Client, visit: Visit, wards: list[Unit]
    ) -> None:
        url = reverse("oversight:plan", args=[visit.group_id])
        answer = officer.post(url, {f"u{wards[0].pk}-on": "30-10-2025"})
        assert "đã có lịch ngày 30-10-2025" in answer.context["form"].refusals[0]
        assert "30-10-2025" in officer.get(url).content.decode()


class TestVisitPage:
    def test_it_says_where_it_stands_who_leads_and_what_may_be_done(
        self, officer: Client, visit: Visit
    ) -> None:
        GroupSeatFactory(group=visit.group, name="Lê Thị Mẫu", valid_to=date(2025, 11, 1))
        page = officer.get(visit.get_absolute_url()).content.decode()
        for words in ("Lê Thị Mẫu", "Quá ngày, chưa làm việc", "Gửi thông báo", "Ghi biên bản", "Dời ngày"):
            assert words in page

    def test_a_reader_sees_it_without_buttons(self, visit: Visit, city: Unit) -> None:
        reader = people.signed_in(people.reader(city))
        page = reader.get(visit.get_absolute_url()).content.decode()
        assert "Bước tiếp theo" not in page
        assert reader.post(page_of("hold-visit", visit), {"on": "30-10-2025"}).status_code == 404

    def test_the_walk_of_a_visit(self, officer: Client, visit: Visit) -> None:
        steps: list[tuple[str, dict[str, Any], VisitState]] = [
            (
                "send-notice",
                {"on": "27-10-2025", "symbol": "15-TB/TCT", "issuer": "Tổ 7"},
                VisitState.NOTIFIED,
            ),
            ("hold-visit", {"on": "30-10-2025"}, VisitState.HELD),
            ("link-minutes", {}, VisitState.MINUTES),
            (
                "report-visit",
                {"on": "5-11-2025", "symbol": "21-BC/TCT", "issuer": "Tổ 7"},
                VisitState.REPORTED,
            ),
            ("step-back", {"reason": "ghi nhầm"}, VisitState.MINUTES),
        ]
        meeting = MeetingFactory(units=visit.units.all(), working_group=visit.group, date=DAY)
        for name, said, state in steps:
            said = said or {"meeting": meeting.pk}
            answer = officer.post(page_of(name, visit), said)
            assert answer.status_code == 302, (name, answer.content.decode()[-3000:])
            visit.refresh_from_db()
            assert visit.state == state
        assert visit.notice is not None
        assert visit.notice.printed == "15-TB/TCT"
        assert Document.objects.filter(number="21").exists()

    def test_postponing_cancelling_and_planning_anew(self, officer: Client, visit: Visit) -> None:
        officer.post(page_of("postpone-visit", visit), {"reason": "bão"})
        visit.refresh_from_db()
        assert visit.state == VisitState.POSTPONED
        officer.post(page_of("cancel-visit", visit), {"reason": "trùng đợt khác"})
        visit.refresh_from_db()
        assert (visit.state, visit.reason) == (VisitState.CANCELLED, "trùng đợt khác")
        officer.post(page_of("replan-visit", visit), {"on": "20-11-2025"})
        visit.refresh_from_db()
        assert (visit.state, visit.planned_on) == (VisitState.PLANNED, date(2025, 11, 20))

    @pytest.mark.parametrize(
        ("name", "said", "words"),
        [
            ("send-notice", {"on": "27-10-2025", "symbol": "thông báo"}, "không phải số, ký hiệu"),
            ("hold-visit", {"on": "11-11-2025"}, "chưa tới"),
            ("postpone-visit", {"to": "20-11-2025"}, "bắt buộc"),
            ("report-visit", {"on": "5-11-2025"}, "không chuyển sang"),
            ("link-minutes", {"meeting": "999"}, "chọn"),
        ],
    )
    def test_what_is_refused_comes_back_with_the_reason(
        self, officer: Client, visit: Visit, name: str, said: dict[str, str], words: str
    ) -> None:
        MeetingFactory(units=visit.units.all(), working_group=visit.group)
        answer = officer.post(page_of(name, visit), said)
        assert answer.status_code == 422
        names = ("notice_form", "hold_form", "link_form", "report_form", "move_form")
        told = " ".join(str(answer.context[name].errors) for name in names if answer.context[name].is_bound)
        assert words.lower() in told.lower()

    def test_units_hour_and_place_are_amended(self, officer: Client, visit: Visit, wards: list[Unit]) -> None:
        url = page_of("amend-visit", visit)
        assert officer.get(url).status_code == 200
        officer.post(url, {"units": [wards[2].pk], "time": "14:00", "place": "Trụ sở"})
        visit.refresh_from_db()
        assert (list(visit.units.all()), visit.time, visit.place) == ([wards[2]], time(14, 0), "Trụ sở")

    def test_more_history_and_units_cost_no_more_queries(
        self, officer: Client, visit: Visit, wards: list[Unit]
    ) -> None:
        cost = queries_of_page(officer, visit.get_absolute_url())
        visit.units.set(wards)
        GroupSeatFactory.create_batch(3, group=visit.group, part="member")
        assert queries_of_page(officer, visit.get_absolute_url()) == cost


def minutes(visit: Visit, **rows: Any) -> dict[str, Any]:
    """What the form posts: the head, and lists of rows by prefix."""
    said: dict[str, Any] = {"date": "30-10-2025", "chair": "Lê Thị Mẫu"}
    for prefix in ("people", "proposals", "directions"):
        listed = rows.get(prefix, [])
        said |= {f"{prefix}-TOTAL_FORMS": len(listed) + 1, f"{prefix}-INITIAL_FORMS": 0}
        for place, row in enumerate(listed):
            said |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return said


class TestMinutesByHand:
    def test_they_enter_the_registers_as_a_report_would(
        self, officer: Client, visit: Visit, wards: list[Unit]
    ) -> None:
        answer = officer.post(
            page_of("minutes", visit),
            minutes(
                visit,
                people=[
                    {"name": "Lê Thị Mẫu", "title": "Phó Bí thư Thành ủy", "part": "leads"},
                    {"name": "Ngô Văn Mẫu", "title": "Bí thư", "organisation": "Đảng ủy", "part": "speaks"},
                ],
                proposals=[
                    {
                        "text": "Bổ sung máy tính",
                        "kind": "request",
                        "unit": wards[0].pk,
                        "topic": "it-infrastructure",
                        "speaker": "Ngô Văn Mẫu",
                    },
                    {"text": "Thiếu trụ sở", "kind": "difficulty", "unit": "", "topic": "facilities"},
                ],
                directions=[{"text": "Rà soát hồ sơ", "kind": "direction", "unit": "", "topic": "other"}],
            ),
        )
        meeting = Meeting.objects.get()
        assert answer["Location"] == meeting.get_absolute_url()
        visit.refresh_from_db()
        assert (visit.meeting, visit.state) == (meeting, VisitState.MINUTES)
        assert (meeting.working_group, meeting.chair) == (visit.group, "Lê Thị Mẫu")
        assert [link.document.number for link in meeting.document_links.all()] == ["249"]
        asked = Matter.objects.filter(direction="up").order_by("pk")
        assert [(row.text, row.kind, row.units.count(), row.speaker_title) for row in asked] == [
            ("Bổ sung máy tính", "request", 1, "Bí thư"),
            ("Thiếu trụ sở", "difficulty", 2, ""),
        ]
        assert Matter.objects.get(direction="down").units.count() == 2
        assert meeting.matter_links.count() == 3
        assert meeting.roles.count() == 2

    def test_a_person_known_in_the_unit_is_the_same_person(
        self, officer: Client, visit: Visit, wards: list[Unit]
    ) -> None:
        known = OfficialFactory(name="Ngô Văn Mẫu", unit=wards[0])
        OfficialFactory(name="Lê Thị Mẫu", unit=WardFactory())
        rows = [{"name": name, "part": "attends"} for name in ("Ngô Văn Mẫu", "Lê Thị Mẫu")]
        officer.post(page_of("minutes", visit), minutes(visit, people=rows))
        assert Official.objects.count() == 3
        assert known.roles.count() == 1

    def test_more_rows_are_given_and_nothing_typed_is_lost(self, officer: Client, visit: Visit) -> None:
        said = minutes(visit, proposals=[{"text": "Bổ sung máy tính", "kind": "request", "topic": "other"}])
        answer = officer.post(page_of("minutes", visit), {**said, "more": "proposals"})
        form = answer.context["form"]
        assert (answer.status_code, len(form.proposals.forms), len(form.people.forms)) == (200, 5, 1)
        assert "Bổ sung máy tính" in answer.content.decode()
        assert not Meeting.objects.exists()

    def test_everything_wrong_is_told_at_once(self, officer: Client, visit: Visit) -> None:
        said = minutes(
            visit,
            people=[{"title": "Bí thư", "part": "speaks"}],
            directions=[{"speaker": "Lê Mẫu", "topic": "budget"}],
        )
        answer = officer.post(page_of("minutes", visit), {**said, "date": "hôm qua"})
        form = answer.context["form"]
        assert answer.status_code == 422
        assert set(form.head.errors) == {"date"}
        assert set(form.people.forms[0].errors) == {"name"}
        assert "text" in form.directions.forms[0].errors

    def test_what_the_acts_refuse_leaves_nothing_behind(
        self, officer: Client, visit: Visit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(**_said: object) -> None:
            raise Refused("không được")

        monkeypatch.setattr("thongsuot.oversight.actions.minutes.link_matter", refuse)
        said = minutes(visit, proposals=[{"text": "Thiếu máy", "kind": "request", "topic": "budget"}])
        assert officer.post(page_of("minutes", visit), said).status_code == 422
        assert not Meeting.objects.exists()

    def test_a_visit_with_minutes_leads_to_them(self, officer: Client, visit: Visit) -> None:
        officer.post(page_of("minutes", visit), minutes(visit))
        answer = officer.get(page_of("minutes", visit))
        assert answer["Location"] == Meeting.objects.get().get_absolute_url()


class TestPeopleOfAGroup:
    def test_seated_retitled_ended_removed(self, officer: Client, group: WorkingGroup) -> None:
        def at(name: str, *arguments: int) -> str:
            return reverse(f"oversight:{name}", args=[group.pk, *arguments])

        officer.post(at("seat-on-paper"), {"part": "leader", "name": "Lê Thị Mẫu", "title": "Trưởng ban"})
        first = GroupSeat.objects.get()
        officer.post(at("retitle", first.pk), {"title": "Phó Chủ tịch", "since": "14-11-2025"})
        second = GroupSeat.objects.get(valid_to=None)
        assert (second.title_as_was, second.valid_from) == ("Phó Chủ tịch", date(2025, 11, 14))
        page = officer.get(group.get_absolute_url()).content.decode()
        assert "Trưởng ban" in page
        assert "Phó Chủ tịch" in page
        officer.post(at("end-seat", second.pk), {"on": "1-12-2025"})
        second.refresh_from_db()
        assert second.valid_to == date(2025, 12, 1)
        officer.post(at("remove-seat", first.pk))
        assert list(GroupSeat.objects.all()) == [second]

    def test_refusals_are_said(self, officer: Client, group: WorkingGroup) -> None:
        GroupSeatFactory(group=group, name="Lê Mẫu")
        url = reverse("oversight:seat-on-paper", args=[group.pk])
        answer = officer.post(url, {"part": "leader", "name": "Ngô Mẫu"})
        assert answer.status_code == 422
        assert "đã có tổ trưởng Lê Mẫu" in answer.content.decode()
        seat = GroupSeat.objects.get()
        answer = officer.post(
            reverse("oversight:end-seat", args=[group.pk, seat.pk]), {"on": "x"}, follow=True
        )
        assert answer.status_code == 200
        assert GroupSeat.objects.get().valid_to is None

"""Raising, mending, withdrawing and routing proposals."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db.models import Q

from tests import people
from tests.factories.matters import OriginFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.audit.models import Event
from thongsuot.finding.queries import matching
from thongsuot.kernel.verdicts import Refused, Stale
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.matters.actions import (
    Statement,
    edit_proposal,
    raise_proposal,
    record_proposal,
    route_proposal,
    route_proposals,
    withdraw_proposal,
)
from thongsuot.matters.enums import Competence, Kind, State
from thongsuot.matters.models import Leg, Matter, MatterUnit, Origin, Step
from thongsuot.units.models import Body, Unit

pytestmark = pytest.mark.django_db

TODAY = date(2025, 11, 3)  # a Monday


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(f"{TODAY}T09:00:00+07:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def ward() -> Unit:
    return WardFactory(name="Tân Khánh", parent=ProvinceFactory(name="Hồ Chí Minh"))


@pytest.fixture
def home_affairs(ward: Unit) -> Body:
    assert ward.parent
    return people.department(ward.parent, "Sở Nội vụ")


def raised(ward: Unit, text: str = "Đề nghị bổ sung biên chế", **facts: object) -> Matter:
    statement = Statement(text, topic="staffing-quota", **facts)
    by = people.Mandate.objects.filter(unit=ward, role_code="ward_officer").first() or people.clerk(ward)
    return raise_proposal(by=by, statement=statement)


class TestRaising:
    def test_a_ward_asks_and_its_province_owes_the_answer(self, ward: Unit) -> None:
        proposal = raised(ward, competence=Competence.PROVINCE, addressee="Sở Nội vụ")
        proposal = Matter.objects.get(pk=proposal.pk)
        assert (proposal.number, proposal.state, proposal.unit) == ("KN-2025-000001", State.RECORDED, ward)
        assert (proposal.holder, proposal.turn_unit) == (ward.parent, ward.parent)
        assert proposal.due_on == add_working_days(TODAY, 15)
        assert (proposal.topic, proposal.competence, proposal.addressee) == (
            "staffing-quota",
            "province",
            "Sở Nội vụ",
        )

    def test_the_thread_and_the_trail_begin(self, ward: Unit) -> None:
        proposal = raised(ward)
        assert list(Step.objects.values_list("act", "state")) == [("raise", "recorded")]
        assert list(Event.objects.values_list("verb", "subject_key")) == [
            ("proposal.raised", str(proposal.pk))
        ]

    def test_what_a_unit_raises_in_a_day_has_one_origin(self, ward: Unit) -> None:
        first, second = raised(ward), raised(ward, "Đề nghị cấp xe")
        assert first.origin == second.origin
        assert first.origin.key == f"unit:{ward.pk}:2025-11-03"
        earlier = raised(ward, "Đề nghị cấp máy", raised_on=date(2025, 10, 31))
        assert earlier.origin != first.origin
        assert Origin.objects.filter(kind="own").count() == 2

    def test_a_form_sent_twice_raises_it_once(self, ward: Unit) -> None:
        first = raised(ward)
        with pytest.raises(Refused, match=first.number):
            raised(ward, "  đề nghị bổ sung BIÊN CHẾ ")
        assert Matter.objects.count() == 1

    def test_nobody_speaks_for_another_ward(self, ward: Unit) -> None:
        with pytest.raises(Refused, match="của mình"):
            raised(ward, units=(WardFactory(parent=ward.parent),))

    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ({"text": "  "}, "để trống"),
            ({"raised_on": TODAY + timedelta(days=1)}, "tương lai"),
        ],
    )
    def test_nonsense_is_refused_in_words(self, ward: Unit, facts: dict[str, object], words: str) -> None:
        with pytest.raises(Refused, match=words):
            raised(ward, **facts)
        assert not Matter.objects.exists()

    def test_a_task_is_no_proposal(self, ward: Unit) -> None:
        with pytest.raises(Refused, match="không phải là loại kiến nghị"):
            raise_proposal(by=people.clerk(ward), statement=Statement("x"), kind=Kind.DIRECTION)

    @pytest.mark.parametrize("person", [people.reader, people.auditor])
    def test_only_those_of_the_unit_ask(self, ward: Unit, person: object) -> None:
        with pytest.raises(Refused, match="không có quyền"):
            raise_proposal(by=person(ward), statement=Statement("x"))  # type: ignore[operator]


class TestMending:
    def test_ones_own_words_until_somebody_acts_on_them(self, ward: Unit) -> None:
        proposal = raised(ward)
        by = people.ward_leader(ward)
        mended = edit_proposal(
            by=by,
            proposal=proposal,
            statement=Statement("Đề nghị thêm hai biên chế", topic="staffing-quota"),
            kind=Kind.DIFFICULTY,
            seen=proposal.version,
        )
        mended.refresh_from_db()
        assert (mended.text, mended.kind, mended.state) == (
            "Đề nghị thêm hai biên chế",
            "difficulty",
            State.RECORDED,
        )
        assert mended.raised_on == proposal.raised_on
        assert list(matching("proposal", "thêm hai")) == [mended.pk]
        assert Event.objects.order_by("-number").first().details["before"]["text"] == proposal.text  # type: ignore[union-attr]

    def test_who_comes_second_is_told_who_was_first(self, ward: Unit) -> None:
        proposal = raised(ward)
        seen = proposal.version
        by = people.ward_leader(ward)
        edit_proposal(by=by, proposal=proposal, statement=Statement("Một"), kind=Kind.REQUEST, seen=seen)
        with pytest.raises(Stale, match=f"Leader.{ward.code}|Leader {ward.code}"):
            edit_proposal(by=by, proposal=proposal, statement=Statement("Hai"), kind=Kind.REQUEST, seen=seen)
        assert Matter.objects.get().text == "Một"

    def test_once_routed_the_words_stand(self, ward: Unit, home_affairs: Body) -> None:
        proposal = raised(ward)
        assert ward.parent
        route_proposal(by=people.officer(ward.parent), proposal=proposal, body=home_affairs)
        with pytest.raises(Refused, match="đã được xử lý"):
            edit_proposal(
                by=people.ward_leader(ward), proposal=proposal, statement=Statement("Khác"), kind=Kind.REQUEST
            )

    def test_what_a_paper_says_is_not_mended(self, ward: Unit) -> None:
        by = people.clerk(ward)
        proposal = record_proposal(
            by=by, origin=OriginFactory(units=[ward]), statement=Statement("Câu gốc", [ward])
        )
        with pytest.raises(Refused, match="câu gốc"):
            edit_proposal(by=by, proposal=proposal, statement=Statement("Khác"), kind=Kind.REQUEST)


class TestWithdrawing:
    def test_it_ends_with_its_reason(self, ward: Unit) -> None:
        proposal = raised(ward)
        withdraw_proposal(by=people.ward_leader(ward), proposal=proposal, reason="Đã tự giải quyết")
        proposal.refresh_from_db()
        assert (proposal.state, proposal.open, proposal.turn_unit) == (State.WITHDRAWN, False, None)
        assert not Leg.objects.filter(ended_on__isnull=True).exists()
        assert Step.objects.order_by("-pk").first().text == "Đã tự giải quyết"  # type: ignore[union-attr]

    def test_not_without_a_reason(self, ward: Unit) -> None:
        with pytest.raises(Refused, match="lý do"):
            withdraw_proposal(by=people.ward_leader(ward), proposal=raised(ward), reason=" ")

    def test_the_province_cannot_withdraw_what_a_ward_asks(self, ward: Unit) -> None:
        assert ward.parent
        with pytest.raises(Refused):
            withdraw_proposal(by=people.city_leader(ward.parent), proposal=raised(ward), reason="x")

    def test_of_several_units_one_takes_only_its_own_name_off(self, ward: Unit) -> None:
        other = WardFactory(parent=ward.parent)
        proposal = record_proposal(
            by=people.clerk(ward),
            origin=OriginFactory(units=[ward, other]),
            statement=Statement("Cùng xin", [ward, other]),
        )
        withdraw_proposal(by=people.ward_leader(ward), proposal=proposal, reason="Đã có")
        proposal = Matter.objects.get()
        assert (proposal.open, proposal.unit) == (True, other)
        assert set(MatterUnit.objects.filter(named=True).values_list("unit", flat=True)) == {other.pk}
        withdraw_proposal(by=people.ward_leader(other), proposal=proposal, reason="Cũng đã có")
        assert Matter.objects.get().state == State.WITHDRAWN


class TestRouting:
    def test_it_lies_with_the_body_and_keeps_its_day(self, ward: Unit, home_affairs: Body) -> None:
        proposal = raised(ward)
        assert ward.parent
        routed = route_proposal(
            by=people.officer(ward.parent), proposal=proposal, body=home_affairs, reason="Đúng lĩnh vực"
        )
        routed = Matter.objects.get(pk=routed.pk)
        assert (routed.state, routed.body, routed.holder_name) == (State.ROUTED, home_affairs, "Sở Nội vụ")
        assert (routed.turn_body, routed.due_on) == (home_affairs, proposal.due_on)
        legs = list(Leg.objects.order_by("pk").values_list("name", "since", "ended_on", "reason"))
        assert legs == [
            (str(ward.parent), TODAY, TODAY, ""),
            ("Sở Nội vụ", TODAY, None, "Đúng lĩnh vực"),
        ]

    def test_who_had_it_before_still_sees_it(self, ward: Unit, home_affairs: Body) -> None:
        assert ward.parent
        finance = people.department(ward.parent, "Sở Tài chính")
        proposal, officer = raised(ward), people.officer(ward.parent)
        route_proposal(by=officer, proposal=proposal, body=home_affairs)
        route_proposal(by=people.department_officer(home_affairs), proposal=proposal, body=finance)
        assert set(proposal.bodies.values_list("body__name", "part")) == {
            ("Sở Nội vụ", "past"),
            ("Sở Tài chính", "holder"),
        }
        with pytest.raises(Refused, match="Sở Tài chính"):
            route_proposal(
                by=people.holder("khac", "department_leader", ward.parent, body=home_affairs),
                proposal=proposal,
                body=home_affairs,
            )

    def test_a_later_day_needs_a_reason_and_has_its_bounds(self, ward: Unit, home_affairs: Body) -> None:
        proposal = raised(ward)
        assert ward.parent
        officer = people.officer(ward.parent)
        with time_machine.travel("2025-11-10T09:00:00+07:00"):
            later = add_working_days(date(2025, 11, 10), 15)
            with pytest.raises(Refused, match="lý do lùi hạn"):
                route_proposal(by=officer, proposal=proposal, body=home_affairs, due_on=later)
            for day in (date(2025, 11, 9), later + timedelta(days=1)):
                with pytest.raises(Refused, match="từ hôm nay đến"):
                    route_proposal(by=officer, proposal=proposal, body=home_affairs, due_on=day, reason="x")
            route_proposal(
                by=officer, proposal=proposal, body=home_affairs, due_on=later, reason="Cần khảo sát"
            )
        assert Matter.objects.get().due_on == later

    def test_not_to_where_it_is_nor_back_to_those_who_ask(self, ward: Unit, home_affairs: Body) -> None:
        proposal = raised(ward)
        assert ward.parent
        officer = people.officer(ward.parent)
        with pytest.raises(Refused, match="chính phường Tân Khánh"):
            route_proposal(by=officer, proposal=proposal, body=people.department(ward, "Văn phòng"))
        route_proposal(by=officer, proposal=proposal, body=home_affairs)
        with pytest.raises(Refused, match="đang ở Sở Nội vụ rồi"):
            route_proposal(by=officer, proposal=proposal, body=home_affairs)

    def test_not_out_of_the_province_nor_to_what_has_ended(self, ward: Unit, home_affairs: Body) -> None:
        proposal = raised(ward)
        assert ward.parent
        officer = people.officer(ward.parent)
        with pytest.raises(Refused, match="phạm vi"):
            route_proposal(by=officer, proposal=proposal, body=people.department(ProvinceFactory()))
        home_affairs.valid_to = TODAY
        home_affairs.save()
        with pytest.raises(Refused, match="kết thúc hoạt động"):
            route_proposal(by=officer, proposal=proposal, body=home_affairs)

    def test_the_neighbour_ward_that_gets_it_sees_it(self, ward: Unit) -> None:
        neighbour = WardFactory(parent=ward.parent)
        assert ward.parent
        body = people.department(neighbour, "Ủy ban nhân dân")
        route_proposal(by=people.officer(ward.parent), proposal=raised(ward), body=body)
        assert set(MatterUnit.objects.values_list("unit", "named")) == {
            (ward.pk, True),
            (neighbour.pk, False),
        }

    def test_many_at_once_are_one_event_or_nothing(self, ward: Unit, home_affairs: Body) -> None:
        proposals = [raised(ward, f"Xin thứ {number}") for number in range(5)]
        assert ward.parent
        officer = people.officer(ward.parent)
        withdraw_proposal(by=people.ward_leader(ward), proposal=proposals[0], reason="x")
        with pytest.raises(Refused, match=proposals[0].number):
            route_proposals(by=officer, proposals=proposals, body=home_affairs)
        assert not Matter.objects.filter(state=State.ROUTED).exists()
        before = Event.objects.count()
        route_proposals(by=officer, proposals=proposals[1:], body=home_affairs)
        assert Matter.objects.filter(Q(state=State.ROUTED) & Q(body=home_affairs)).count() == 4
        assert Event.objects.count() == before + 1
        assert Step.objects.filter(act="route").count() == 4

    def test_a_ward_routes_nothing(self, ward: Unit, home_affairs: Body) -> None:
        with pytest.raises(Refused, match="không có quyền"):
            route_proposal(by=people.ward_leader(ward), proposal=raised(ward), body=home_affairs)

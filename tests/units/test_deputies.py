"""Standing in for somebody for a while, and taking roles along to the unit that came of a merger."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.people import (
    administrator,
    auditor,
    city_leader,
    clerk,
    department_officer,
    group_leader,
    holder,
    officer,
    stranger,
    ward_leader,
)
from tests.units.places import city, ward
from thongsuot.accounts.models import User
from thongsuot.audit.actions import record
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.units.actions import (
    NewUnit,
    carry_over,
    cover_units,
    deputise,
    end_mandate,
    merge_units,
)
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reach, reaches
from thongsuot.units.queries import mandates_in_force

TODAY = timezone.localdate
WEEK = timedelta(days=7)


def stands_in(by: Mandate, to: User, **more: object) -> Mandate:
    said = {"valid_from": TODAY(), "valid_to": TODAY() + WEEK, "reason": "Đi công tác", **more}
    return deputise(by=by, to=to, **said)  # type: ignore[arg-type]


@pytest.mark.django_db
class TestDeputies:
    def test_the_deputy_has_the_same_role_at_the_same_place_and_says_for_whom(self) -> None:
        home = city()
        here = ward(home, "Một", "27001")
        leader, other = group_leader(home, [here]), officer(home).user
        deputy = stands_in(leader, other)
        assert (deputy.role_code, deputy.unit, list(deputy.covers.all())) == ("group_leader", home, [here])
        assert deputy in mandates_in_force(other, TODAY())
        assert deputy.actor.role == "Tổ trưởng tổ công tác, thay Group Leader 79"
        event = Event.objects.get()
        assert (event.verb, event.note, event.actor_name) == (
            "mandate.deputised",
            "Đi công tác",
            "Group Leader 79",
        )

    def test_what_a_deputy_does_stands_in_the_trail_as_done_for_another(self) -> None:
        home = city()
        deputy = stands_in(city_leader(home), officer(home).user)
        record(by=deputy, verb="account.opened", subject=deputy.user)
        assert Event.objects.latest("number").who == (
            "Officer 79, Lãnh đạo cấp tỉnh, thay Leader 79, thành phố Hồ Chí Minh"
        )

    def test_it_cannot_be_passed_on(self) -> None:
        home = city()
        deputy = stands_in(city_leader(home), officer(home).user)
        assert not deputy.allows(Verb.DELEGATE)
        with pytest.raises(Refused, match="không ủy quyền lại"):
            stands_in(deputy, auditor(home).user)

    def test_it_ends_with_the_original(self) -> None:
        home = city()
        leader = city_leader(home)
        deputy = stands_in(leader, officer(home).user)
        tomorrow = TODAY() + timedelta(days=1)
        end_mandate(by=administrator(home), mandate=leader, on=tomorrow)
        deputy.refresh_from_db()
        assert deputy.valid_to == tomorrow
        assert deputy not in mandates_in_force(deputy.user, tomorrow)

    def test_it_does_not_hold_where_the_original_no_longer_does(self) -> None:
        home = city()
        leader = city_leader(home)
        deputy = stands_in(leader, officer(home).user)
        Mandate.objects.filter(pk=leader.pk).update(valid_to=TODAY())
        assert deputy not in mandates_in_force(deputy.user, TODAY())

    def test_its_units_follow_the_original_and_are_never_wider(self) -> None:
        home = city()
        one, two = ward(home, "Một", "27001"), ward(home, "Hai", "27002")
        leader = group_leader(home, [one])
        deputy, admin = stands_in(leader, officer(home).user), administrator(home)
        with pytest.raises(Refused, match="hãy sửa ở vai trò gốc"):
            cover_units(by=admin, mandate=deputy, units=[one, two])
        cover_units(by=admin, mandate=leader, units=[two])
        assert list(deputy.covers.all()) == [two]

    def test_the_holder_ends_it_and_nobody_elses(self) -> None:
        home = city()
        leader, other = city_leader(home), holder("other", "city_leader", home)
        deputy = stands_in(leader, officer(home).user)
        with pytest.raises(Refused):
            end_mandate(by=other, mandate=deputy, on=TODAY())
        end_mandate(by=leader, mandate=deputy, on=TODAY() + timedelta(days=1))
        deputy.refresh_from_db()
        assert deputy.valid_to == TODAY() + timedelta(days=1)

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"valid_from": date(2026, 1, 1)}, "không ủy quyền lùi ngày"),
            ({"valid_to": date(2026, 1, 1)}, "Ngày hết ủy quyền"),
            ({"reason": "  "}, "lý do ủy quyền"),
        ],
    )
    def test_not_without_days_and_a_reason(self, wrong: dict[str, object], why: str) -> None:
        home = city()
        with pytest.raises(Refused, match=why):
            stands_in(city_leader(home), officer(home).user, **wrong)

    def test_only_within_the_time_of_the_original(self) -> None:
        home = city()
        leader = city_leader(home)
        Mandate.objects.filter(pk=leader.pk).update(valid_to=TODAY() + timedelta(days=3))
        with pytest.raises(Refused, match="trong thời gian giữ vai trò gốc"):
            stands_in(leader, officer(home).user)

    def test_only_to_a_colleague_once_and_not_to_oneself(self) -> None:
        home = city()
        leader, colleague = city_leader(home), officer(home).user
        for to, why in (
            (leader.user, "chính mình"),
            (clerk(ward(home, "Một", "27001")).user, "người cùng đơn vị"),
            (stranger().user, "người cùng đơn vị"),
        ):
            with pytest.raises(Refused, match=why):
                stands_in(leader, to)
        stands_in(leader, colleague)
        with pytest.raises(Refused, match="đã được ủy quyền trong những ngày đó"):
            stands_in(leader, colleague)

    def test_only_by_a_role_that_may(self) -> None:
        home = city()
        with pytest.raises(Refused, match="không có quyền “Ủy quyền"):
            stands_in(officer(home), auditor(home).user)


@pytest.mark.django_db
class TestCarryingOver:
    def merged(self) -> tuple[Unit, Unit, Unit, Mandate]:
        home = city()
        one, two = ward(home, "Một", "27001"), ward(home, "Hai", "27002")
        admin = administrator(home)
        new = merge_units(
            by=admin,
            units=[one, two],
            into=NewUnit(code="27999", kind="phường", name="Mới"),
            on=date(2026, 6, 1),
            basis="Nghị quyết",
        )
        return one, two, new, admin

    def test_the_same_people_in_the_same_roles_at_the_successor(self) -> None:
        one, two, new, admin = self.merged()
        held = [clerk(one), ward_leader(one), clerk(two)]
        at_a_body = department_officer(one.bodies.earliest("pk"))
        deputy = stands_in(held[1], held[0].user)
        carried = carry_over(by=admin, mandates=[deputy, *held, at_a_body], to=new, on=date(2026, 7, 1))
        assert {(one.user, one.role_code) for one in carried} == {
            (one.user, one.role_code) for one in (*held, at_a_body, deputy)
        }
        assert {one.unit for one in carried} == {new}
        again = next(one for one in carried if one.deputy_of)
        assert again.deputy_of in carried
        assert (again.deputy_of.user, again.valid_to) == (held[1].user, deputy.valid_to)
        assert next(one for one in carried if one.body).body.unit == new
        held[0].refresh_from_db()
        assert held[0].valid_to == date(2026, 7, 1)
        assert Event.objects.latest("number").verb == "mandate.carried_over"

    def test_the_records_of_the_merged_units_come_along(self) -> None:
        one, two, new, admin = self.merged()
        (carried,) = carry_over(by=admin, mandates=[clerk(one)], to=new, on=date(2026, 7, 1))
        assert set(Unit.objects.filter(reach(carried, ""))) == {one, two, new}
        assert reaches(carried, two)

    def test_only_to_a_successor_that_stands(self) -> None:
        one, two, _new, admin = self.merged()
        two.refresh_from_db()
        left = clerk(one)
        for to, why in ((ward(admin.unit, "Ba", "27003"), "không được lập từ"), (two, "không còn")):
            with pytest.raises(Refused, match=why):
                carry_over(by=admin, mandates=[left], to=to, on=date(2026, 7, 1))

    def test_nobody_stands_in_for_a_mandate_left_behind(self) -> None:
        one, _two, new, admin = self.merged()
        leader = ward_leader(one)
        deputy = stands_in(leader, clerk(one).user)
        with pytest.raises(Refused, match="hãy chuyển cả vai trò gốc"):
            carry_over(by=admin, mandates=[deputy], to=new, on=date(2026, 7, 1))

    def test_only_by_a_manager_of_the_place(self) -> None:
        one, _two, new, _admin = self.merged()
        with pytest.raises(Refused):
            carry_over(by=clerk(new), mandates=[ward_leader(one)], to=new, on=date(2026, 7, 1))

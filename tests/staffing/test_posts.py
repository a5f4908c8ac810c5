"""Posts: one full post a person, secondments that end, leaders and relatives within the rules, history kept."""

from datetime import date
from typing import Any

import pytest
import time_machine

from tests import people
from tests.factories.staffing import HoldingFactory, PersonFactory
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused, Stale
from thongsuot.staffing.actions import hold_post, leave_post, move_post, name_body, note_kin
from thongsuot.staffing.enums import Acts, HoldingKind, Relation
from thongsuot.staffing.models import Holding, Person, Position
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
SINCE, LATER = date(2025, 7, 1), date(2025, 12, 4)
ECONOMY, CULTURE = "economic_department", "culture_society_department"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(date(2025, 12, 10), tick=False):
        yield


def position(code: str) -> Position:
    return Position.objects.get(code=code)


def held(person: Person, unit: Unit, code: str = "VP01", **more: Any) -> Holding:
    return HoldingFactory(person=person, unit=unit, position=position(code), **more)


def test_a_post_begins_and_is_told(here: Unit, own: Mandate) -> None:
    person = PersonFactory()
    holding = hold_post(by=own, person=person, unit=here, position=position("VP01"), since=LATER)
    assert (holding.kind, holding.valid_to) == (HoldingKind.FULL, None)
    event = Event.objects.get(verb=Acts.POST_HELD)
    assert (event.subject_key, event.details["position"]) == (str(person.pk), "VP01")


def test_one_full_post_a_person(here: Unit, keeper: Mandate) -> None:
    person = PersonFactory()
    held(person, here)
    with pytest.raises(Refused, match="thôi vị trí đó trước"):
        hold_post(by=keeper, person=person, unit=here, position=position("VP02"), since=LATER)


def test_a_post_that_ended_makes_room_and_stays_told(here: Unit, keeper: Mandate) -> None:
    first = held(PersonFactory(), here)
    leave_post(by=keeper, holding=first, on=LATER)
    hold_post(by=keeper, person=first.person, unit=here, position=position("VP02"), since=LATER)
    assert [(one.position.code, one.valid_to) for one in Holding.objects.order_by("valid_from")] == [
        ("VP01", LATER), ("VP02", None),
    ]  # fmt: skip


def test_an_ended_post_is_not_ended_otherwise(here: Unit, keeper: Mandate) -> None:
    first = held(PersonFactory(), here, valid_to=date(2025, 9, 1))
    with pytest.raises(Refused, match="đã thôi giữ"):
        leave_post(by=keeper, holding=first, on=LATER)
    first.refresh_from_db()
    assert first.valid_to == date(2025, 9, 1)


def test_a_move_ends_one_post_and_begins_the_other(here: Unit, there: Unit, keeper: Mandate) -> None:
    first = held(PersonFactory(), here)
    fresh = move_post(by=keeper, holding=first, unit=there, position=position("VP02"), on=LATER)
    first.refresh_from_db()
    assert first.valid_to == fresh.valid_from == LATER
    assert fresh.unit == there


def test_two_at_once_do_not_write_over_each_other(here: Unit, keeper: Mandate) -> None:
    first = held(PersonFactory(), here)
    leave_post(by=keeper, holding=first, on=LATER, seen=first.version)
    with pytest.raises(Stale):
        leave_post(by=keeper, holding=Holding.objects.get(), on=date(2025, 12, 8), seen=1)


class TestCombined:
    def test_where_the_catalogue_says_so(self, here: Unit, keeper: Mandate) -> None:
        person = held(PersonFactory(), here).person
        hold_post(
            by=keeper,
            person=person,
            unit=here,
            position=position("VP04"),
            since=LATER,
            kind=HoldingKind.COMBINED,
        )
        assert person.holdings.count() == 2

    def test_elsewhere_only_when_told_so(self, here: Unit, keeper: Mandate) -> None:
        person = held(PersonFactory(), here).person
        told = {
            "person": person,
            "unit": here,
            "position": position("KT01"),
            "since": LATER,
            "kind": HoldingKind.COMBINED,
        }
        with pytest.raises(Refused, match="kiêm nhiệm"):
            hold_post(by=keeper, **told)
        hold_post(by=keeper, **told, told_so=True)

    def test_beside_a_full_post(self, here: Unit, keeper: Mandate) -> None:
        with pytest.raises(Refused, match="đang giữ một vị trí chính thức"):
            hold_post(
                by=keeper, person=PersonFactory(), unit=here, position=position("VP04"), since=LATER,
                kind=HoldingKind.COMBINED,
            )  # fmt: skip


class TestSecondment:
    def lend(self, by: Mandate, person: Person, to: Unit, **more: Any) -> Holding:
        told: dict[str, Any] = {
            "since": LATER,
            "until": date(2026, 12, 4),
            "kind": HoldingKind.SECONDMENT,
            **more,
        }
        return hold_post(by=by, person=person, unit=to, position=position("VP02"), **told)

    def test_keeps_the_post_and_the_payroll_and_ends(self, here: Unit, there: Unit, keeper: Mandate) -> None:
        person = held(PersonFactory(), here).person
        loan = self.lend(keeper, person, there)
        assert (loan.payroll, loan.valid_to) == (here, date(2026, 12, 4))
        assert person.holdings.get(kind=HoldingKind.FULL).valid_to is None

    @pytest.mark.parametrize("until", [None, LATER, date(2028, 12, 5)])
    def test_ends_within_three_years(
        self, here: Unit, there: Unit, keeper: Mandate, until: date | None
    ) -> None:
        person = held(PersonFactory(), here).person
        with pytest.raises(Refused, match="Biệt phái"):
            self.lend(keeper, person, there, until=until)

    def test_of_three_years_to_the_day_is_allowed(self, here: Unit, there: Unit, keeper: Mandate) -> None:
        self.lend(keeper, held(PersonFactory(), here).person, there, until=date(2028, 12, 4))

    def test_is_to_another_unit(self, here: Unit, keeper: Mandate) -> None:
        with pytest.raises(Refused, match="đơn vị khác"):
            self.lend(keeper, held(PersonFactory(), here).person, here)

    def test_not_two_at_once(self, here: Unit, there: Unit, keeper: Mandate) -> None:
        person = held(PersonFactory(), here).person
        self.lend(keeper, person, there)
        with pytest.raises(Refused, match="trong thời gian đó"):
            self.lend(keeper, person, there, since=date(2026, 1, 1))


class TestLeaders:
    def test_one_head_an_office(self, here: Unit, keeper: Mandate) -> None:
        held(PersonFactory(), here, "LD01")
        with pytest.raises(Refused, match="đã đủ 1 người"):
            hold_post(by=keeper, person=PersonFactory(), unit=here, position=position("LD01"), since=LATER)

    def test_each_department_has_one_head(self, here: Unit, keeper: Mandate) -> None:
        told = {"by": keeper, "unit": here, "position": position("LD03"), "since": LATER}
        hold_post(person=PersonFactory(), body=ECONOMY, **told)
        with pytest.raises(Refused, match="Đô thị, Phường Tân Khánh đã có"):
            hold_post(person=PersonFactory(), body=ECONOMY, **told)
        hold_post(person=PersonFactory(), body=CULTURE, **told)

    def test_a_head_of_whom_nobody_said_which_department_takes_a_place_all_the_same(
        self, here: Unit, keeper: Mandate
    ) -> None:
        told = {"by": keeper, "unit": here, "position": position("LD03"), "since": LATER}
        held(PersonFactory(), here, "LD03")
        hold_post(person=PersonFactory(), body=ECONOMY, **told)
        with pytest.raises(Refused, match="đã đủ 2 người"):
            hold_post(person=PersonFactory(), body=CULTURE, **told)

    def test_a_head_is_of_a_department_and_nobody_else_is(self, here: Unit, keeper: Mandate) -> None:
        told = {"by": keeper, "unit": here, "since": LATER}
        with pytest.raises(Refused, match="phụ trách phòng nào"):
            hold_post(person=PersonFactory(), position=position("LD04"), **told)
        with pytest.raises(Refused, match="không phụ trách"):
            hold_post(person=PersonFactory(), position=position("VP01"), body=ECONOMY, **told)
        with pytest.raises(Refused, match="không phụ trách"):
            hold_post(person=PersonFactory(), position=position("LD03"), body="office", **told)
        assert not Holding.objects.exists()

    def test_which_department_is_written_of_the_post_held(self, here: Unit, keeper: Mandate) -> None:
        first = held(PersonFactory(), here, "LD03")
        named = name_body(by=keeper, holding=first, body=ECONOMY, on=LATER, seen=first.version)
        assert (named.pk, named.body, named.valid_from) == (first.pk, ECONOMY, first.valid_from)
        event = Event.objects.get(verb=Acts.BODY_NAMED)
        assert (event.subject_key, event.details["body"]) == (str(first.person.pk), ECONOMY)
        other = held(PersonFactory(), here, "LD03")
        with pytest.raises(Refused, match="đã có"):
            name_body(by=keeper, holding=other, body=ECONOMY, on=LATER)

    def test_who_goes_to_lead_another_department_leaves_the_first(self, here: Unit, keeper: Mandate) -> None:
        first = held(PersonFactory(), here, "LD03", body=ECONOMY)
        second = name_body(by=keeper, holding=first, body=CULTURE, on=LATER)
        first.refresh_from_db()
        assert (first.body, first.valid_to) == (ECONOMY, LATER)
        assert (second.body, second.valid_from, second.valid_to) == (CULTURE, LATER, None)

    def test_which_department_is_not_for_another_ward_to_say(self, there: Unit, own: Mandate) -> None:
        with pytest.raises(Refused, match="phạm vi"):
            name_body(by=own, holding=held(PersonFactory(), there, "LD03"), body=ECONOMY, on=LATER)

    def test_relatives_do_not_lead_together(self, here: Unit, there: Unit, keeper: Mandate) -> None:
        chair = held(PersonFactory(), here, "UB01").person
        wife = held(PersonFactory(), there, "KT04").person
        note_kin(by=keeper, person=chair, relative=wife, relation=Relation.SPOUSE)
        with pytest.raises(Refused, match="Người thân"):
            move_post(by=keeper, holding=wife.holdings.get(), unit=here, position=position("KT04"), on=LATER)
        move_post(by=keeper, holding=wife.holdings.get(), unit=here, position=position("KT10"), on=LATER)

    def test_head_and_deputy_of_one_department_are_no_relatives(self, here: Unit, keeper: Mandate) -> None:
        head = held(PersonFactory(), here, "LD03")
        brother, sister = PersonFactory(), PersonFactory()
        for one in (brother, sister):
            held(one, here)
            note_kin(by=keeper, person=head.person, relative=one, relation=Relation.SIBLING)
        move = {"unit": here, "on": LATER, "by": keeper, "holding": brother.holdings.get()}
        with pytest.raises(Refused, match="ghi phòng của người ấy trước"):
            move_post(position=position("LD04"), body=CULTURE, **move)
        name_body(by=keeper, holding=head, body=ECONOMY, on=LATER)
        with pytest.raises(Refused, match="Người thân"):
            move_post(position=position("LD04"), body=ECONOMY, **move)
        move_post(position=position("LD04"), body=CULTURE, **move)
        move_post(**{**move, "holding": sister.holdings.get()}, position=position("LD03"), body=CULTURE)

    def test_one_deputy_more_than_the_mean_is_for_who_may_allow_it(
        self, here: Unit, there: Unit, keeper: Mandate
    ) -> None:
        """Two wards, 2.5 vice chairs each: the fifth may come, the sixth needs the word of those above."""
        for unit in (here, here, there, there):
            last = held(PersonFactory(), unit, "UB02")
        told = {"by": keeper, "unit": here, "position": position("UB02"), "since": LATER}
        hold_post(person=PersonFactory(), **told)
        with pytest.raises(Refused, match="bình quân 2,5"):
            hold_post(person=PersonFactory(), **told)
        move_post(by=keeper, holding=last, unit=here, position=position("UB02"), on=LATER)
        hold_post(person=PersonFactory(), told_so=True, **told)


class TestRights:
    def test_a_ward_takes_nobody_off_another_one(self, here: Unit, there: Unit, own: Mandate) -> None:
        elsewhere = held(PersonFactory(), there)
        with pytest.raises(Refused, match="phạm vi"):
            leave_post(by=own, holding=elsewhere, on=LATER)
        with pytest.raises(Refused, match="phạm vi"):
            hold_post(
                by=own, person=elsewhere.person, unit=here, position=position("VP04"), since=LATER,
                kind=HoldingKind.SECONDMENT, until=date(2026, 6, 1),
            )  # fmt: skip

    @pytest.mark.parametrize("role", ["clerk", "ward_leader"])
    def test_who_keeps_no_register_changes_none(self, here: Unit, role: str) -> None:
        by = getattr(people, role)(here)
        with pytest.raises(Refused):
            hold_post(by=by, person=PersonFactory(), unit=here, position=position("VP01"), since=LATER)

    def test_who_has_left_gets_no_post(self, here: Unit, own: Mandate) -> None:
        with pytest.raises(Refused, match="đã thôi từ"):
            hold_post(
                by=own, person=PersonFactory(left_on=SINCE), unit=here, position=position("VP01"), since=LATER
            )

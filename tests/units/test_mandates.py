"""A mandate is user x role x unit x period; how far it reaches has one answer for one unit and many."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.people import (
    administrator,
    auditor,
    clerk,
    department,
    department_officer,
    group_member,
    holder,
    officer,
    reader,
    stranger,
)
from tests.units.places import city, ward
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.roles import roles
from thongsuot.units.actions import (
    cover_units,
    end_mandate,
    grant_mandate,
)
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import field_scope, may, reach, reaches, works_in
from thongsuot.units.queries import mandates_in_force


class TestReach(TestCase):
    """The rows a mandate reaches and the answer for one unit in hand come from one rule."""

    def setUp(self) -> None:
        home, away = city(), city("92", "Cần Thơ")
        self.units = [
            home,
            away,
            *(ward(home, f"Nhà {n}", f"2700{n}") for n in range(3)),
            ward(away, "Xa", "31100"),
        ]

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_rows_and_single_unit_agree(self, data: st.DataObject) -> None:
        role = data.draw(st.sampled_from(sorted(roles())))
        unit = data.draw(st.sampled_from(self.units))
        covers = data.draw(st.lists(st.sampled_from(self.units), unique_by=lambda unit: unit.pk))
        body = department(unit) if roles()[role].reach == Reach.BODY else None
        mandate = holder(f"u{Mandate.objects.count()}", role, unit, covers, body)
        rows = set(Unit.objects.filter(reach(mandate, "")))
        assert rows == {unit for unit in Unit.objects.all() if reaches(mandate, unit)}
        mandates = Mandate.objects.filter(reach(mandate))
        assert all(reaches(mandate, other.unit) for other in mandates)


@pytest.mark.django_db
class TestRoles:
    def test_each_role_reaches_as_far_as_it_says(self) -> None:
        home = city()
        one, other = ward(home, "Một", "27001"), ward(home, "Hai", "27002")
        assert not reaches(clerk(one), other)
        assert reaches(officer(home), other)
        member = group_member(home, [one])
        assert reaches(member, one)
        assert not reaches(member, other)
        assert not reaches(member, home)
        assert reaches(reader(home), one)
        at_the_department = department_officer(department(home))
        assert reaches(at_the_department, home)
        assert not reaches(at_the_department, one)
        assert not reaches(stranger(), one)

    def test_every_verb_and_reach_of_the_lawbook_is_known(self) -> None:
        for role in roles().values():
            assert role.verbs <= set(Verb.values)
            assert role.reach in Reach.values
            assert set(role.name) == set(role.description) == {"vi", "en"}

    def test_every_verb_is_held_by_some_role(self) -> None:
        assert set().union(*(role.verbs for role in roles().values())) == set(Verb.values)

    def test_a_refusal_says_why(self) -> None:
        home = city()
        verdict = may(clerk(ward(home, "Một", "27001")), Verb.MANAGE_UNITS)
        assert not verdict
        assert "Ghi biến động đơn vị" in verdict.why

    def test_the_register_of_units_is_open_to_every_reader(self) -> None:
        assert may(stranger(), Verb.READ, city())


@pytest.mark.django_db
class TestGranting:
    def test_a_mandate_holds_from_its_first_day_until_the_day_before_its_end(self) -> None:
        home = city()
        mandate = officer(home)
        end_mandate(by=administrator(home), mandate=mandate, on=date(2026, 5, 1))
        held = [
            bool(mandates_in_force(mandate.user, on))
            for on in (date(2025, 6, 30), date(2025, 7, 1), date(2026, 4, 30), date(2026, 5, 1))
        ]
        assert held == [False, True, True, False]

    @pytest.mark.parametrize("days", [0, 400])
    def test_taken_back_on_its_first_day_or_before_it_was_never_held(self, days: int) -> None:
        home, today = city(), timezone.localdate()
        by, user = administrator(home), officer(home).user
        said = {"user": user, "role": "auditor", "unit": home, "valid_from": today}
        held = grant_mandate(by=by, **said)  # type: ignore[arg-type]
        end_mandate(by=by, mandate=held, on=today - timedelta(days=days))
        assert held not in mandates_in_force(user, today)
        assert grant_mandate(by=by, **said) in mandates_in_force(user, today)  # type: ignore[arg-type]

    def test_only_a_manager_of_the_place_grants_ends_and_assigns(self) -> None:
        home = city()
        here = ward(home, "Một", "27001")
        granted = officer(home)
        for other in (clerk(here), administrator(city("92", "Cần Thơ"))):
            with pytest.raises(Refused):
                grant_mandate(
                    by=other, user=granted.user, role="reader", unit=here, valid_from=timezone.localdate()
                )
            with pytest.raises(Refused):
                end_mandate(by=other, mandate=granted, on=timezone.localdate())
            with pytest.raises(Refused):
                cover_units(by=other, mandate=granted, units=[here])

    def test_what_was_granted_stands_in_the_trail(self) -> None:
        home = city()
        here = ward(home, "Một", "27001")
        admin, member = administrator(home), group_member(home, [])
        cover_units(by=admin, mandate=member, units=[here])
        event = Event.objects.get(verb="mandate.covers")
        assert event.details == {"covers": ["27001"]}
        assert event.actor_role == "Quản trị hệ thống"

    def test_a_role_at_a_body_is_granted_at_a_body_of_that_unit_only(self) -> None:
        home = city()
        away = city("92", "Cần Thơ")
        user, by, since = officer(home).user, administrator(home), date(2026, 1, 1)
        here, elsewhere = department(home), department(away)
        for role, body, why in (
            ("department_officer", None, "hãy chọn cơ quan"),
            ("department_officer", elsewhere, "không thuộc thành phố"),
            ("city_leader", here, "không giữ tại một cơ quan"),
        ):
            with pytest.raises(Refused, match=why):
                grant_mandate(by=by, user=user, role=role, unit=home, body=body, valid_from=since)
        held = grant_mandate(
            by=by, user=user, role="department_officer", unit=home, body=here, valid_from=since
        )
        assert held.actor.unit == "Sở Nội vụ, thành phố Hồ Chí Minh"

    def test_the_database_too_wants_a_body_where_the_role_has_one(self) -> None:
        home = city()
        with pytest.raises(IntegrityError):
            holder("nobody", "department_officer", home)

    def test_a_mandate_may_be_limited_to_fields_of_work(self) -> None:
        home = city()
        limited, everywhere = officer(home, fields=["budget"]), auditor(home)
        assert works_in(limited, "budget")
        assert not works_in(limited, "allowance")
        assert works_in(everywhere, "allowance")
        topics = Mandate.objects.filter(field_scope(limited, "role_code"))
        assert not topics.exists()

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"role": "king"}, "Không có vai trò “king”"),
            ({"role": "ward_officer"}, "giữ ở đơn vị cấp xã; Thành phố Hồ Chí Minh là đơn vị cấp tỉnh"),
            ({"role": "reader", "fields": ["budget"]}, "không giới hạn theo lĩnh vực"),
            ({"role": "city_officer", "fields": ["alchemy"]}, "Không có lĩnh vực: alchemy"),
            ({"role": "reader", "covers": True}, "Chỉ vai trò của tổ công tác"),
            ({"role": "reader", "valid_to": date(2026, 1, 1)}, "phải sau ngày bắt đầu"),
            ({"role": "city_officer"}, "đã giữ vai trò “Chuyên viên cấp tỉnh”"),
        ],
    )
    def test_what_does_not_belong_together_is_refused_with_a_sentence(
        self, wrong: dict[str, object], why: str
    ) -> None:
        home = city()
        said = {"user": officer(home).user, "unit": home, "valid_from": date(2026, 1, 1), **wrong}
        if said.get("covers"):
            said["covers"] = [home]
        with pytest.raises(Refused, match=why):
            grant_mandate(by=administrator(home), **said)  # type: ignore[arg-type]

    def test_the_database_knows_the_roles_too(self) -> None:
        with pytest.raises(IntegrityError, match=r"mandate_role_is_known|CHECK"):
            Mandate.objects.create(
                user=officer(home := city()).user, role_code="king", unit=home, valid_from=date(2026, 1, 1)
            )

    def test_not_to_oneself_not_to_a_locked_account_not_at_an_ended_unit(self) -> None:
        home = city()
        by, user, today = administrator(home), officer(home).user, timezone.localdate()
        with pytest.raises(Refused, match="Không tự giao vai trò cho mình"):
            grant_mandate(by=by, user=by.user, role="reader", unit=home, valid_from=today)
        ended = ward(home, "Cũ", "27002")
        Unit.objects.filter(pk=ended.pk).update(valid_to=today)
        ended.refresh_from_db()
        with pytest.raises(Refused, match="không còn từ"):
            grant_mandate(by=by, user=user, role="reader", unit=ended, valid_from=today)
        user.is_active = False
        with pytest.raises(Refused, match="đã khóa"):
            grant_mandate(by=by, user=user, role="reader", unit=home, valid_from=today)

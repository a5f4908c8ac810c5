"""Granting, ending and carrying over roles; locking and removing accounts; standing in: on the pages."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import people
from tests.units.places import city, ward
from thongsuot.accounts.models import User
from thongsuot.audit.models import Event
from thongsuot.units.actions import NewUnit, deputise, merge_units
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def province() -> Unit:
    return city()


@pytest.fixture
def here(province: Unit) -> Unit:
    return ward(province, "Tân Khánh", "25891")


@pytest.fixture
def admin(province: Unit) -> Client:
    return people.signed_in(people.administrator(province))


class TestGranting:
    def said(self, user: User, **more: object) -> dict[str, object]:
        return {"username": user.username, "role": "reader", "unit": "79", "valid_from": "01-03-2026", **more}

    @pytest.mark.parametrize("typed", ["Phường Tân Khánh", "tan khanh", "25891", "p. Tân Khánh"])
    def test_a_unit_is_typed_as_people_write_it(
        self, admin: Client, here: Unit, province: Unit, typed: str
    ) -> None:
        user = people.officer(province).user
        said = self.said(user, unit=typed, role="ward_officer")
        assert admin.post(reverse("administration:grant"), said).status_code == 302
        assert user.mandates.get(role_code="ward_officer").unit == here

    def test_at_a_body_in_fields_of_work_for_a_time(self, admin: Client, province: Unit) -> None:
        body, user = people.department(province), people.officer(province).user
        said = self.said(
            user,
            role="department_officer",
            body="so noi vu",
            fields_of_work=["budget", "allowance"],
            valid_to="01-09-2026",
        )
        answer = admin.post(reverse("administration:grant"), said)
        held = user.mandates.get(role_code="department_officer")
        assert (held.body, held.fields, held.valid_to) == (body, ["allowance", "budget"], date(2026, 9, 1))
        page = admin.get(answer["Location"]).content.decode()
        assert "Sở Nội vụ, thành phố Hồ Chí Minh" in page
        assert "Ngân sách" in page

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"role": "department_officer"}, "hãy chọn cơ quan"),
            ({"role": "department_officer", "body": "Sở Lạ"}, "không có cơ quan “Sở Lạ”"),
            ({"role": "city_leader", "body": "Sở Nội vụ"}, "hãy bỏ trống cơ quan"),
            ({"role": "ward_leader"}, "giữ ở đơn vị cấp xã"),
            ({"fields_of_work": ["budget"]}, "không giới hạn theo lĩnh vực"),
            ({"valid_to": "01-01-2026"}, "phải sau ngày bắt đầu"),
            ({"unit": "Không Đâu"}, "Không có đơn vị “Không Đâu”"),
            ({"username": "khong.co"}, "Không có tài khoản"),
            ({"role": "city_officer"}, "đã giữ vai trò"),
        ],
    )
    def test_every_wrong_combination_is_told_in_a_sentence(
        self, admin: Client, province: Unit, wrong: dict[str, object], why: str
    ) -> None:
        people.department(province)
        answer = admin.post(
            reverse("administration:grant"), self.said(people.officer(province).user, **wrong)
        )
        assert answer.status_code == 422
        assert why in answer.content.decode()
        assert not Mandate.objects.filter(valid_from=date(2026, 3, 1)).exists()

    def test_not_to_oneself(self, admin: Client) -> None:
        answer = admin.post(
            reverse("administration:grant"), self.said(User.objects.get(username="administrator.79"))
        )
        assert "Không tự giao vai trò cho mình" in answer.content.decode()


class TestAccounts:
    def address(self, name: str, user: User) -> str:
        return reverse(f"administration:{name}", args=[user.pk])

    def test_locking_ends_every_role_and_signs_out(self, admin: Client, here: Unit) -> None:
        clerk = people.clerk(here)
        signed_in = people.signed_in(clerk)
        assert signed_in.get("/").status_code == 200
        said = {"reason": "Chuyển công tác"}
        assert admin.post(self.address("close-account", clerk.user), said).status_code == 302
        assert signed_in.get("/").status_code == 302
        clerk.refresh_from_db()
        assert clerk.valid_to == TODAY()
        assert Event.objects.get(verb="account.locked").note == "Chuyển công tác"
        assert "Đã khóa" in admin.get(self.address("account", clerk.user)).content.decode()

    def test_reopening_gives_no_role_back(self, admin: Client, here: Unit) -> None:
        clerk = people.clerk(here)
        admin.post(self.address("close-account", clerk.user), {"reason": "Nhầm"})
        admin.post(self.address("reopen-account", clerk.user))
        clerk.user.refresh_from_db()
        assert clerk.user.is_active
        assert not clerk.user.mandates.filter(valid_to=None).exists()

    def test_removing_only_after_the_last_role(self, admin: Client, here: Unit) -> None:
        clerk = people.clerk(here)
        address = self.address("remove-account", clerk.user)
        assert "hãy khóa tài khoản trước" in admin.post(address, follow=True).content.decode()
        admin.post(self.address("close-account", clerk.user), {"reason": "Nghỉ hưu"})
        admin.post(address)
        assert not User.objects.filter(pk=clerk.user_id).exists()
        assert Event.objects.get(verb="account.deleted").subject_label == "Clerk 25891"

    def test_not_oneself_and_not_whoever_also_works_elsewhere(self, admin: Client, here: Unit) -> None:
        me = User.objects.get(username="administrator.79")
        answer = admin.post(self.address("close-account", me), {"reason": "Thử"})
        assert "Không tự khóa" in answer.content.decode()
        clerk = people.clerk(here)
        away = ward(city("92", "Cần Thơ"), "Xa", "31100")
        Mandate.objects.create(
            user=clerk.user, role_code="ward_officer", unit=away, valid_from=date(2026, 1, 1)
        )
        answer = admin.post(self.address("close-account", clerk.user), {"reason": "Thử"})
        assert "ngoài phạm vi của bạn: Phường Xa" in answer.content.decode()

    def test_a_reason_is_needed(self, admin: Client, here: Unit) -> None:
        clerk = people.clerk(here)
        assert admin.post(self.address("close-account", clerk.user), {"reason": " "}).status_code == 422


def test_after_a_merger_the_roles_are_taken_to_the_successor_in_one_act(province: Unit, here: Unit) -> None:
    other, manager = ward(province, "Bình Tân", "27439"), people.administrator(province)
    admin, held = people.signed_in(manager), [people.clerk(here), people.ward_leader(here)]
    assert "Còn vai trò" not in admin.get(reverse("administration:home")).content.decode()
    new = merge_units(
        by=manager,
        units=[here, other],
        into=NewUnit(code="27999", kind="phường", name="Mới"),
        on=date(2026, 6, 1),
        basis="NQ",
    )
    address = reverse("administration:carry-over", args=[here.pk])
    assert address in admin.get(reverse("administration:home")).content.decode()
    form = admin.get(address).context["form"]
    assert list(form.fields["to"].queryset) == [new]
    early = {"mandates": [one.pk for one in held], "to": new.pk, "on": "01-05-2026"}
    assert "Đơn vị còn đến 01-06-2026" in admin.post(address, early).content.decode()
    assert admin.post(address, {**early, "on": "01-06-2026"}).status_code == 302
    assert {one.user for one in held} == {one.user for one in Mandate.objects.filter(unit=new)}
    assert address not in admin.get(reverse("administration:home")).content.decode()


class TestStandingIn:
    address = "/uy-quyen/"

    def said(self, **more: object) -> dict[str, object]:
        day = f"{TODAY():%d-%m-%Y}"
        return {"to": "officer.79", "valid_from": day, "last_day": day, "reason": "Đi họp", **more}

    def test_a_leader_passes_the_role_on_and_both_see_it(self, province: Unit) -> None:
        leader, other = people.city_leader(province), people.officer(province)
        mine, theirs = people.signed_in(leader), people.signed_in(other)
        assert mine.post(self.address, self.said()).status_code == 302
        given = leader.deputies.get()
        assert given.valid_to == TODAY() + timedelta(days=1)
        assert "Officer 79" in mine.get(self.address).content.decode()
        page = theirs.get(self.address).content.decode()
        assert "Leader 79" in page
        assert "Lãnh đạo cấp tỉnh, thay Leader 79" in page, "to choose among one's roles"
        assert theirs.post(reverse("deputies:end", args=[given.pk])).status_code == 404
        assert mine.post(reverse("deputies:end", args=[given.pk])).status_code == 302
        assert not theirs.get(self.address).context["request"].mandates[1:]

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"to": "ai.do"}, "Không có “ai.do”"),
            ({"to": "clerk.25891"}, "Không có “clerk.25891”"),
            ({"valid_from": "01-01-2026"}, "không ủy quyền lùi ngày"),
            ({"last_day": "01-01-2026"}, "Ngày hết ủy quyền"),
            ({"reason": ""}, "field-errors"),
        ],
    )
    def test_what_is_wrong_is_told(
        self, province: Unit, here: Unit, wrong: dict[str, object], why: str
    ) -> None:
        people.officer(province), people.clerk(here)
        client = people.signed_in(people.city_leader(province))
        answer = client.post(self.address, self.said(**wrong))
        assert answer.status_code == 422
        assert why in answer.content.decode()

    def test_namesakes_are_told_apart_by_their_accounts(self, province: Unit) -> None:
        for name in ("lan.a", "lan.b"):
            User.objects.filter(pk=people.holder(name, "reader", province).user_id).update(full_name="Lan")
        client = people.signed_in(people.city_leader(province))
        assert "lan.a, lan.b" in client.post(self.address, self.said(to="Lan")).content.decode()

    def test_whoever_may_not_pass_on_has_no_form(self, province: Unit) -> None:
        client = people.signed_in(people.officer(province))
        assert client.get(self.address).context["form"] is None
        assert client.post(self.address, self.said()).status_code == 200
        assert not Mandate.objects.filter(deputy_of__isnull=False).exists()

    def test_the_administrator_sees_who_stands_in(self, province: Unit, admin: Client) -> None:
        leader, other = people.city_leader(province), people.officer(province)
        given = deputise(
            by=leader,
            to=other.user,
            valid_from=TODAY(),
            valid_to=TODAY() + timedelta(days=3),
            reason="Đi họp",
        )
        page = admin.get(reverse("administration:mandate", args=[leader.pk])).content.decode()
        assert reverse("administration:mandate", args=[given.pk]) in page
        assert "thay Leader 79" in admin.get(reverse("administration:home")).content.decode()


def test_the_matrix_of_rights_is_open_to_everyone_with_a_role(here: Unit) -> None:
    answer = people.signed_in(people.clerk(here)).get(reverse("administration:rights"))
    (mine,) = [row for row in answer.context["rows"] if row.mine]
    assert (mine.name, mine.reach, mine.by_field) == ("Cán bộ phường, xã, đặc khu", "Đơn vị mình", False)
    assert "Quản trị</a>" not in answer.content.decode()

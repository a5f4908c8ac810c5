"""The pages that open a campaign, form its groups, assign their units and seat their members."""

import re
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import people
from tests.costs import queries_of_page
from tests.factories.documents import DocumentFactory
from tests.factories.oversight import CampaignFactory, GroupSeatFactory, MeetingFactory, WorkingGroupFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.documents.models import Document
from thongsuot.oversight.models import Campaign, WorkingGroup
from thongsuot.units.models import Unit

pytestmark = pytest.mark.django_db
OPEN = "oversight:open-campaign"


@pytest.fixture
def city() -> Unit:
    return ProvinceFactory(name="Sông Lớn")


@pytest.fixture
def wards(city: Unit) -> list[Unit]:
    return [
        WardFactory(name="Tân Khánh", parent=city),
        WardFactory(name="Bình Hưng", kind="xã", parent=city),
        WardFactory(name="Tân Hiệp", parent=city),
    ]


@pytest.fixture
def officer(city: Unit) -> Client:
    return people.signed_in(people.officer(city))


@pytest.fixture
def campaign(city: Unit) -> Campaign:
    return CampaignFactory(unit=city)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(said) for name, said in response.context["form"].errors.items()}


class TestOpening:
    SAID = {"title": "Giám sát 2 cấp", "started_on": "16-10-2025"}

    def test_under_a_plan_of_the_register(self, city: Unit, officer: Client) -> None:
        plan = DocumentFactory(number="249")
        answer = officer.post(reverse(OPEN), {**self.SAID, "plan": plan.pk, "ended_on": "31-12-2025"})
        opened = Campaign.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, opened.get_absolute_url())
        assert (opened.unit, opened.plan, opened.ended_on) == (city, plan, date(2025, 12, 31))

    def test_under_a_plan_typed_which_enters_the_register_once(self, officer: Client) -> None:
        typed = {
            "plan_symbol": "249 - kh/ubkttw",
            "plan_date": "24-7-2025",
            "plan_issuer": "Ủy ban Kiểm tra Trung ương",
        }
        for title in ("Một", "Hai"):
            officer.post(reverse(OPEN), {**self.SAID, "title": title, **typed})
        plan = Document.objects.get()
        assert (plan.printed, plan.date, plan.type) == ("249-KH/UBKTTW", date(2025, 7, 24), "kế hoạch")
        assert {opened.plan for opened in Campaign.objects.all()} == {plan}

    def test_without_a_plan(self, officer: Client) -> None:
        officer.post(reverse(OPEN), self.SAID)
        assert Campaign.objects.get().plan is None

    def test_everything_wrong_is_told_at_once_and_nothing_is_stored(
        self, city: Unit, officer: Client
    ) -> None:
        CampaignFactory(unit=city, title="Giám sát 2 cấp")
        answer = officer.post(
            reverse(OPEN),
            {**self.SAID, "ended_on": "1-10-2025", "plan_symbol": "12-KH/TU", "plan_date": "32-7"},
        )
        assert answer.status_code == 422
        assert set(errors(answer)) == {"title", "ended_on", "plan_date", "plan_issuer"}
        assert 'value="12-KH/TU"' in text_of(answer)
        assert 'value="32-7"' in text_of(answer)
        assert (Campaign.objects.count(), Document.objects.count()) == (1, 0)

    @pytest.mark.parametrize(
        "typed", [{"plan_symbol": "kế hoạch"}, {"plan_date": "24-7-2025"}, {"plan_issuer": "Thành ủy"}]
    )
    def test_half_a_plan_is_refused(self, officer: Client, typed: dict[str, str]) -> None:
        assert set(errors(officer.post(reverse(OPEN), {**self.SAID, **typed}))) == {"plan_symbol"}

    def test_a_plan_is_chosen_or_typed_not_both(self, officer: Client) -> None:
        both = {"plan": DocumentFactory().pk, "plan_symbol": "12-KH/TU", "plan_date": "24-7-2025"}
        assert set(errors(officer.post(reverse(OPEN), {**self.SAID, **both}))) == {"plan_symbol"}

    def test_the_second_click_is_told_in_words(self, officer: Client) -> None:
        officer.post(reverse(OPEN), self.SAID)
        again = officer.post(reverse(OPEN), self.SAID)
        assert errors(again) == {"title": ["Thành phố Sông Lớn đã có đợt giám sát tên “Giám sát 2 cấp”."]}


class TestForming:
    def form(self, officer: Client, campaign: Campaign, **said: object) -> Any:
        return officer.post(reverse("oversight:form-group", args=[campaign.pk]), {"number": 1, **said})

    def test_the_next_free_number_is_proposed(self, officer: Client, campaign: Campaign) -> None:
        for number in (1, 2, 4):
            WorkingGroupFactory(campaign=campaign, number=number)
        page = officer.get(reverse("oversight:form-group", args=[campaign.pk]))
        assert page.context["form"]["number"].value() == "3"

    def test_with_units_as_people_paste_them(
        self, officer: Client, campaign: Campaign, wards: list[Unit]
    ) -> None:
        pasted = "1. phường Tân Khánh,  xa binh hung;\r\n- Tân Hiệp.\r\n\r\nPhường Tân Khánh"
        answer = self.form(
            officer, campaign, number=7, leader="Lê Mẫu", leader_title="Phó Bí thư", units=pasted
        )
        group = WorkingGroup.objects.get()
        assert answer["Location"] == group.get_absolute_url()
        seat = group.seats.get()
        assert (group.number, seat.part, seat.name, seat.title_as_was) == (
            7,
            "leader",
            "Lê Mẫu",
            "Phó Bí thư",
        )
        assert seat.valid_from == campaign.started_on
        assert set(group.units.all()) == set(wards)

    def test_every_name_that_leads_nowhere_or_to_several_is_told_and_nothing_is_stored(
        self, city: Unit, officer: Client, campaign: Campaign, wards: list[Unit]
    ) -> None:
        WardFactory(name="Tân Khánh", kind="xã", parent=city, code="29999")
        WardFactory(name="Nơi Khác")
        WorkingGroupFactory(campaign=campaign, number=1)
        pasted = "Tân Khánh, Tấn Hiệp; Nơi Khác\nphường Bình Hưng, Tân Hiệp"
        answer = self.form(officer, campaign, units=pasted)
        assert answer.status_code == 422
        assert errors(answer) == {
            "number": ["Đợt giám sát này đã có tổ công tác số 1."],
            "units": [
                f"“Tân Khánh” có thể là phường Tân Khánh ({wards[0].code}), xã Tân Khánh (29999). "
                "Ghi đủ loại và dấu, hoặc nhập mã.",
                "Không có “Tấn Hiệp” trong thành phố Sông Lớn; "
                f"có phải là phường Tân Hiệp ({wards[2].code})?",
                "Không có “Nơi Khác” trong thành phố Sông Lớn. Kiểm tra tên hoặc nhập mã.",
                "Không có “phường Bình Hưng” trong thành phố Sông Lớn; "
                f"có phải là xã Bình Hưng ({wards[1].code})?",
            ],
        }
        assert pasted in text_of(answer)
        assert WorkingGroup.objects.count() == 1

    def test_a_unit_of_another_group_is_pointed_out_not_refused(
        self, officer: Client, campaign: Campaign, wards: list[Unit]
    ) -> None:
        WorkingGroupFactory(campaign=campaign, number=9, units=wards[:1])
        WorkingGroupFactory(campaign=CampaignFactory(unit=campaign.unit), number=8, units=wards)
        answer = officer.post(
            reverse("oversight:form-group", args=[campaign.pk]),
            {"number": 1, "units": "Tân Khánh; Tân Hiệp"},
            follow=True,
        )
        assert "Cũng thuộc tổ khác của đợt này: phường Tân Khánh (Tổ công tác số 9)." in text_of(answer)
        assert text_of(answer).count("cũng thuộc tổ số") == 1
        assert campaign.groups.get(number=1).units.count() == 2

    def test_the_second_click_gets_the_sentence(
        self, officer: Client, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.form(officer, campaign)
        assert "đã có tổ công tác số 1" in text_of(self.form(officer, campaign))
        # Both were past the check of the form before either was stored.
        monkeypatch.setattr(
            "thongsuot.oversight.forms.GroupForm.clean_number", lambda form: form.cleaned_data["number"]
        )
        raced = self.form(officer, campaign, leader="Lê Mẫu")
        assert (raced.status_code, errors(raced)) == (
            422,
            {"__all__": ["Đợt giám sát này đã có tổ công tác số 1."]},
        )
        assert 'value="Lê Mẫu"' in text_of(raced)


class TestGroupPage:
    @pytest.fixture
    def group(self, campaign: Campaign, wards: list[Unit]) -> WorkingGroup:
        group = WorkingGroupFactory(campaign=campaign, number=10, units=wards[:2])
        GroupSeatFactory(group=group, name="Lê Mẫu")
        return group

    def post(self, officer: Client, name: str, group: WorkingGroup, **said: object) -> Any:
        return officer.post(reverse(f"oversight:{name}", args=[group.pk]), said, follow=True)

    def undo(self, officer: Client, page: Any) -> Any:
        button = re.search(r'class="toasts".*?<form method="post" action="([^"]+)"', text_of(page), re.S)
        assert button
        return officer.post(button[1].replace("&amp;", "&"), follow=True)

    def test_it_shows_its_units_with_their_meetings(
        self, officer: Client, group: WorkingGroup, wards: list[Unit]
    ) -> None:
        meeting = MeetingFactory(working_group=group, units=wards[:1])
        page = officer.get(group.get_absolute_url())
        assert [(line.unit, line.meetings) for line in page.context["page"].lines] == [
            (wards[1], []),
            (wards[0], [meeting]),
        ]
        assert meeting.get_absolute_url() in text_of(page)
        assert "Lê Mẫu" in text_of(page)

    def test_the_board_leads_to_it(self, officer: Client, group: WorkingGroup, wards: list[Unit]) -> None:
        assert group.get_absolute_url() in text_of(officer.get(group.campaign.get_absolute_url()))
        board = people.signed_in(people.clerk(wards[0])).get(group.campaign.get_absolute_url())
        assert group.get_absolute_url() not in text_of(board)

    def test_units_are_changed_and_changed_back(
        self, officer: Client, group: WorkingGroup, wards: list[Unit]
    ) -> None:
        assert "xã Bình Hưng\nphường Tân Khánh" in text_of(officer.get(group.get_absolute_url()))
        page = self.post(officer, "assign-units", group, units="Tân Hiệp")
        assert list(group.units.all()) == wards[2:]
        self.undo(officer, page)
        assert set(group.units.all()) == set(wards[:2])

    def test_a_wrong_name_changes_nothing_and_stays_in_the_box(
        self, officer: Client, group: WorkingGroup, wards: list[Unit]
    ) -> None:
        page = self.post(officer, "assign-units", group, units="Tân Hiệp; Không Đâu")
        assert page.status_code == 422
        assert "Tân Hiệp; Không Đâu</textarea>" in text_of(page)
        assert "Không có “Không Đâu”" in text_of(page)
        assert set(group.units.all()) == set(wards[:2])

    def test_a_unit_that_has_ended_is_kept_by_its_code(
        self, city: Unit, officer: Client, group: WorkingGroup, wards: list[Unit]
    ) -> None:
        former = wards[0]
        former.valid_to = date(2025, 12, 1)
        former.save()
        former.names.update(valid_to=date(2025, 12, 1))
        WardFactory(name="Tân Khánh", parent=city, valid_from=date(2025, 12, 1))
        form = officer.get(group.get_absolute_url()).context["units_form"]
        assert form["units"].value() == f"xã Bình Hưng\n{former.code}"
        self.post(officer, "assign-units", group, units=form["units"].value())
        assert set(group.units.all()) == set(wards[:2])

    def test_a_member_is_seated_unseated_and_seated_again(
        self, city: Unit, officer: Client, group: WorkingGroup, wards: list[Unit]
    ) -> None:
        member = people.group_member(city, [])
        page = self.post(officer, "seat", group, mandate=member.pk)
        assert set(member.covers.all()) == set(wards[:2])
        self.undo(officer, page)
        assert not group.members.exists()
        assert not member.covers.exists()
        self.post(officer, "seat", group, mandate=member.pk)
        page = officer.post(reverse("oversight:unseat", args=[group.pk, member.pk]), follow=True)
        assert not group.members.exists()
        self.undo(officer, page)
        assert group.members.get() == member

    def test_a_second_click_seats_nobody_twice(
        self, city: Unit, officer: Client, group: WorkingGroup
    ) -> None:
        member = people.group_member(city, [])
        for _click in range(2):
            assert self.post(officer, "seat", group, mandate=member.pk).status_code == 200
        assert group.members.count() == 1

    def test_only_holders_of_the_role_in_this_province_are_offered(
        self, city: Unit, officer: Client, group: WorkingGroup, wards: list[Unit]
    ) -> None:
        member, seated, ended = (people.holder(f"to.{name}", "group_member", city) for name in "abc")
        ended.valid_to = date(2025, 8, 1)
        ended.save()
        group.members.add(seated)
        others = [
            people.clerk(wards[0]),
            people.reader(city),
            people.group_member(ProvinceFactory(), []),
            ended,
        ]
        form = officer.get(group.get_absolute_url()).context["seat_form"]
        assert [value for value, _label in form.fields["mandate"].choices] == ["", member.pk]
        for other in others:
            assert self.post(officer, "seat", group, mandate=other.pk).status_code == 422

    def test_one_row_and_three_cost_the_same(
        self, city: Unit, officer: Client, campaign: Campaign, wards: list[Unit]
    ) -> None:
        group = WorkingGroupFactory(campaign=campaign)
        other = WorkingGroupFactory(campaign=campaign)

        def add(unit: Unit) -> None:
            group.units.add(unit)
            other.units.add(unit)
            MeetingFactory(working_group=group, units=[unit])
            group.members.add(people.holder(f"to.{unit.code}", "group_member", city))
            people.holder(f"ranh.{unit.code}", "group_member", city)

        add(wards[0])
        cost = queries_of_page(officer, group.get_absolute_url())
        add(wards[1])
        add(wards[2])
        assert queries_of_page(officer, group.get_absolute_url()) == cost


class TestRights:
    PLACES = ("open-campaign", "form-group", "group", "assign-units", "seat", "unseat")

    @pytest.fixture
    def addresses(self, city: Unit, campaign: Campaign, wards: list[Unit]) -> list[str]:
        group = WorkingGroupFactory(campaign=campaign, units=wards)
        member = people.holder("nguoi.khac", "group_member", city)
        given = {"open-campaign": [], "form-group": [campaign.pk], "unseat": [group.pk, member.pk]}
        return [reverse(f"oversight:{name}", args=given.get(name, [group.pk])) for name in self.PLACES]

    def test_to_all_others_the_pages_do_not_exist(
        self, city: Unit, wards: list[Unit], addresses: list[str]
    ) -> None:
        for other in (
            people.clerk(wards[0]),
            people.reader(city),
            people.administrator(city),
            people.group_member(city, wards),
            people.stranger(),
        ):
            client = people.signed_in(other)
            answers = [ask(address).status_code for address in addresses for ask in (client.get, client.post)]
            assert set(answers) == {404}, other

    def test_nor_does_a_campaign_of_another_city_to_its_officer(self, addresses: list[str]) -> None:
        client = people.signed_in(people.officer(ProvinceFactory()))
        assert {client.post(address).status_code for address in addresses[1:]} == {404}

    def test_buttons_are_shown_to_those_allowed_alone(
        self, city: Unit, officer: Client, campaign: Campaign, wards: list[Unit]
    ) -> None:
        reader, clerk = people.signed_in(people.reader(city)), people.signed_in(people.clerk(wards[0]))
        for page, address in (
            (reverse("oversight:campaigns"), reverse(OPEN)),
            (campaign.get_absolute_url(), reverse("oversight:form-group", args=[campaign.pk])),
        ):
            shown = [address in text_of(client.get(page)) for client in (officer, reader, clerk)]
            assert shown == [True, False, False]

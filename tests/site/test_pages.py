"""Home, search over everything, the trail, administration, health."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import people
from tests.costs import queries_of_list
from tests.factories.documents import DocumentCitationFactory, DocumentFactory
from tests.factories.matters import IssuedTaskFactory, OriginFactory, ProposalFactory, TaskFactory
from tests.factories.oversight import (
    CampaignFactory,
    MeetingFactory,
    MeetingRoleFactory,
    OfficialFactory,
    WorkingGroupFactory,
)
from tests.factories.sources import SourceFactory
from tests.searching import index_all
from tests.units.places import city, ward
from thongsuot.accounts.models import User
from thongsuot.audit.actions import record
from thongsuot.audit.actors import SYSTEM
from thongsuot.audit.models import Event
from thongsuot.lawbook.roles import roles
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
PASSWORD = "sông xanh núi biếc"


@pytest.fixture
def province() -> Unit:
    return city()


@pytest.fixture
def here(province: Unit) -> Unit:
    return ward(province, "Tân Khánh", "25891")


@pytest.fixture
def client(here: Unit) -> Client:
    return people.signed_in(people.clerk(here))


@pytest.fixture
def admin(province: Unit) -> Client:
    return people.signed_in(people.administrator(province))


def asked(here: Unit, text: str = "Kiến nghị bổ sung biên chế") -> Any:
    return ProposalFactory(unit=here, origin=OriginFactory(units=[here]), text=text)


class TestHome:
    def test_first_what_i_owe_and_each_part_is_a_link_to_its_rows(self, here: Unit) -> None:
        origin = OriginFactory(units=[here])
        with time_machine.travel(date(2025, 11, 10), tick=False):
            late, later = (
                IssuedTaskFactory(unit=here, origin=origin, turn_due_on=day)
                for day in (date(2025, 11, 3), date(2025, 12, 1))
            )
            client = people.signed_in(people.clerk(here))
            shown = client.get(reverse("home")).context["shown"]
            assert [line.matter for line in shown.lines] == [late, later]
            assert (shown.load.late, shown.load.soon, shown.load.later) == (1, 0, 1)
            narrowed = client.get(reverse("home"), {"part": "qua-han"}).context["shown"]
            assert [line.matter for line in narrowed.lines] == [late]
            text = client.get(reverse("home")).content.decode()
        assert text.index(late.number) < text.index(later.number)

    def test_what_i_wait_for_says_who_has_it(self, here: Unit) -> None:
        mine = asked(here)
        text = (
            people.signed_in(people.clerk(here)).get(reverse("home"), {"view": "dang-cho"}).content.decode()
        )
        assert mine.number in text
        assert mine.holder_name in text

    def test_the_number_beside_the_door_is_what_waits_for_me(self, here: Unit) -> None:
        IssuedTaskFactory(unit=here, origin=OriginFactory(units=[here]))
        text = people.signed_in(people.clerk(here)).get(reverse("units:list")).content.decode()
        assert re.search(r"Việc của tôi.*?>\s*1\s*<", text, re.DOTALL)

    def test_the_overview_counts_what_is_open_and_adds_up(self, here: Unit, province: Unit) -> None:
        asked(here)
        IssuedTaskFactory(unit=here, origin=OriginFactory(units=[here]))
        client = people.signed_in(people.officer(province))
        shown = client.get(reverse("overview")).context["shown"]
        assert shown.total == 2
        assert sum(tally.up + tally.down for tally in shown.topics) == shown.total
        assert sum(tally.up + tally.down for tally in shown.units) == shown.total

    def test_costs_the_same_with_more_to_show(self, client: Client, here: Unit) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse("home"))
            return len(captured)

        asked(here)
        MeetingFactory(units=[here])
        IssuedTaskFactory(unit=here, origin=OriginFactory(units=[here]))
        few = cost()
        for _ in range(2):
            asked(here)
            MeetingFactory(units=[here])
            IssuedTaskFactory(unit=here, origin=OriginFactory(units=[here]))
        assert cost() == few

    def test_says_what_to_do_without_a_mandate(self) -> None:
        client = Client()
        client.force_login(User.objects.create_user(username="lan", full_name="Lan"))
        assert "chưa được giao vai trò" in client.get(reverse("home")).content.decode()

    def test_an_administrator_sees_no_content(self, admin: Client, here: Unit) -> None:
        asked(here, "Nội dung riêng của phường")
        text = admin.get(reverse("home")).content.decode()
        assert "Nội dung riêng" not in text
        assert reverse("administration:home") in text


class TestSearch:
    def everything(self, here: Unit) -> None:
        source = SourceFactory(received_at_unit=here, text="Biên bản về biên chế phường", name="bien-ban.txt")
        asked(here)
        TaskFactory(unit=here, origin=OriginFactory(units=[here]), text="Rà soát biên chế")
        meeting = MeetingFactory(units=[here], title="Hội nghị về biên chế")
        MeetingRoleFactory(meeting=meeting, official=OfficialFactory(name="Trần Biên Chế"))
        DocumentCitationFactory(citation__source=source, document=DocumentFactory(abstract="Về biên chế"))
        campaign = CampaignFactory(title="Giám sát biên chế", unit=here.parent)
        WorkingGroupFactory(campaign=campaign, name="Tổ biên chế", units=[here])
        index_all()

    def groups(self, client: Client, text: str, **more: str) -> list[str]:
        shown = client.get(reverse("search"), {"q": text, **more}).context["shown"]
        return [str(group.label) for group in shown.groups]

    def test_looks_in_every_register(self, client: Client, here: Unit) -> None:
        self.everything(here)
        assert self.groups(client, "biên chế") == [
            "Văn bản",
            "Đợt giám sát",
            "Tổ công tác",
            "Buổi làm việc, hội nghị",
            "Kiến nghị",
            "Nhiệm vụ",
            "Người",
            "Văn bản nguồn",
        ]
        assert self.groups(client, "tan khanh")[0] == "Đơn vị"

    def test_a_stranger_finds_only_what_is_public(self, here: Unit) -> None:
        self.everything(here)
        client = people.signed_in(people.stranger())
        assert self.groups(client, "biên chế") == ["Văn bản"]
        assert self.groups(client, "tan khanh") == ["Đơn vị"]

    def test_twenty_and_a_way_to_the_rest(self, client: Client, here: Unit) -> None:
        for number in range(21):
            asked(here, f"Biên chế lần {number}")
        index_all()
        shown = client.get(reverse("search"), {"q": "biên chế"}).context["shown"]
        assert [len(group.hits) for group in shown.groups] == [6]
        (chip,) = shown.chips
        assert (chip.count, chip.more) == (20, True)
        (group,) = client.get(chip.url).context["shown"].groups
        assert len(group.hits) == 20
        assert len(client.get(group.more_url).context["table"].rows) == 21

    def test_one_kind_alone(self, client: Client, here: Unit) -> None:
        self.everything(here)
        assert self.groups(client, "biên chế", kind="task") == ["Nhiệm vụ"]
        assert len(self.groups(client, "biên chế", kind="x")) > 1

    def test_a_number_leads_straight_to_its_record(self, client: Client, here: Unit) -> None:
        matter = asked(here)
        index_all()
        typed = matter.number.replace("-", " ").lower()
        response = client.get(reverse("search"), {"q": typed})
        assert response.status_code == 302
        assert response["Location"] == matter.get_absolute_url()

    def test_found_words_are_marked(self, client: Client, here: Unit) -> None:
        self.everything(here)
        text = client.get(reverse("search"), {"q": "bien che"}).content.decode()
        assert "Hội nghị về <mark>biên chế</mark>" in text

    def test_suggests_while_one_types(self, client: Client, here: Unit) -> None:
        self.everything(here)
        text = client.get(reverse("suggest"), {"q": "bien ch"}).content.decode()
        assert "Hội nghị về <mark>biên chế</mark>" in text
        assert "<html" not in text
        text = client.get(reverse("suggest"), {"q": "bien c"}).content.decode()
        assert "Hội nghị về <mark>biên</mark> chế" in text, "a word just begun takes nothing away"
        assert client.get(reverse("suggest"), {"q": "b"}).content.decode().strip() == ""

    def test_costs_the_same_with_more_to_find(self, client: Client, here: Unit) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse("search"), {"q": "biên chế"})
            return len(captured)

        self.everything(here)
        few = cost()
        for _ in range(2):
            asked(here)
            TaskFactory(unit=here, origin=OriginFactory(units=[here]), text="Rà soát biên chế")
        index_all()
        assert cost() == few

    @pytest.mark.parametrize("text", ["", "   ", "%", "_", "\x00", "'", "😀", "a" * 5000, "&q=1#"])
    def test_any_text_is_only_text(self, client: Client, text: str) -> None:
        assert client.get(reverse("search"), {"q": text}).status_code == 200


class TestTrail:
    address = "/nhat-ky/"

    def events(self, count: int) -> None:
        province = Unit.objects.get(code="79")
        user = people.holder(f"u{count}", "reader", province).user
        for _ in range(count):
            record(by=SYSTEM, verb="account.opened", subject=user)

    def test_shows_who_did_what_newest_first(self, admin: Client) -> None:
        self.events(2)
        response = admin.get(self.address)
        assert [row.record.number for row in response.context["table"].rows] == [2, 1]
        assert "Mở tài khoản" in response.content.decode()
        assert "Tài khoản" in response.content.decode()

    def test_a_row_more_costs_no_query_more(self, admin: Client) -> None:
        self.events(1)
        cost = queries_of_list(admin, self.address)
        self.events(2)
        assert queries_of_list(admin, self.address) == cost == 9

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"who": "hệ thống"}, 2),
            ({"who": "system"}, 2),
            ({"verb": "account.opened"}, 2),
            ({"verb": "unit.merged"}, 0),
            ({"subject_kind": "accounts.user"}, 2),
            ({"at_after": "01-01-2000", "at_before": "02-01-2000"}, 0),
        ],
    )
    def test_filters(self, admin: Client, asked: dict[str, str], found: int) -> None:
        self.events(2)
        assert len(admin.get(self.address, asked).context["table"].rows) == found

    def test_says_when_the_chain_is_broken(self, admin: Client) -> None:
        self.events(3)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM audit_event WHERE number = 2")
        assert "Chuỗi bị đứt tại sự kiện 2" in admin.get(self.address).content.decode()

    def test_the_whole_chain_on_demand(self, admin: Client) -> None:
        self.events(3)
        assert "từ sự kiện đầu đến sự kiện 3" in admin.get(self.address, {"verify": "1"}).content.decode()

    def rows(self, mandate: Mandate) -> list[str]:
        table = people.signed_in(mandate).get(self.address).context["table"]
        return [row.record.verb for row in table.rows]

    def test_by_place_and_without_content_for_whoever_reads_none(self, here: Unit, province: Unit) -> None:
        clerk, away = people.clerk(here), city("92", "Cần Thơ")
        record(by=clerk, verb="matter.raised", subject=asked(here, "Nội dung riêng của phường"))
        record(by=clerk, verb="account.opened", subject=clerk.user)
        record(by=SYSTEM, verb="unit.loaded", subject=province)
        record(by=SYSTEM, verb="mandate.granted", subject=clerk)
        people_and_units = ["mandate.granted", "unit.loaded", "account.opened"]
        assert self.rows(people.administrator(province)) == people_and_units
        assert self.rows(people.auditor(province)) == [*people_and_units, "matter.raised"]
        assert self.rows(people.auditor(here)) == [*people_and_units, "matter.raised"]
        assert self.rows(people.administrator(away)) == ["unit.loaded"]
        assert self.rows(people.auditor(away)) == ["unit.loaded"]

    def test_only_for_those_who_may_read_it(self, client: Client) -> None:
        assert client.get(self.address).status_code == 404


class TestAdministration:
    def said(self, here: Unit, **more: object) -> dict[str, object]:
        return {
            "full_name": "Nguyễn Thị Lan",
            "username": "lan.nt",
            "password": PASSWORD,
            "role": "ward_officer",
            "unit": here.title,
            "valid_from": "01-03-2026",
            **more,
        }

    def test_opens_an_account_with_its_mandate(self, admin: Client, here: Unit) -> None:
        response = admin.post(reverse("administration:open-account"), self.said(here))
        assert response.status_code == 302
        mandate = Mandate.objects.get(user__username="lan.nt")
        assert (mandate.unit, mandate.role_code, mandate.valid_from) == (
            here,
            "ward_officer",
            date(2026, 3, 1),
        )
        assert mandate.user.check_password(PASSWORD)
        assert list(Event.objects.values_list("verb", flat=True)) == ["account.opened", "mandate.granted"]

    def test_tells_all_errors_at_once_and_opens_nothing(self, admin: Client, here: Unit) -> None:
        bad = self.said(here, full_name="", password="ngắn", valid_from="x", unit="", role="vua")
        response = admin.post(reverse("administration:open-account"), bad)
        assert response.status_code == 422
        assert {"full_name", "password", "valid_from", "unit", "role"} <= set(response.context["form"].errors)
        assert not User.objects.filter(username="lan.nt").exists()

    def test_not_at_a_unit_of_another_province(self, admin: Client) -> None:
        away = ward(city("92", "Cần Thơ"), "Ninh Kiều", "31100")
        assert admin.post(reverse("administration:open-account"), self.said(away)).status_code == 422

    def test_a_name_taken_is_told_beside_it(self, admin: Client, here: Unit) -> None:
        User.objects.create_user(username="LAN.NT", full_name="Lan")
        response = admin.post(reverse("administration:open-account"), self.said(here))
        assert "username" in response.context["form"].errors

    def test_gives_another_mandate_and_ends_one(self, admin: Client, here: Unit, province: Unit) -> None:
        user = people.clerk(here).user
        said = {
            "username": user.username,
            "role": "reader",
            "unit": province.code,
            "valid_from": "01-03-2026",
        }
        assert admin.post(reverse("administration:grant"), said).status_code == 302
        given = user.mandates.get(role_code="reader")
        address = reverse("administration:end", args=[given.pk])
        assert admin.post(address, {"on": "01-04-2026"}).status_code == 302
        given.refresh_from_db()
        assert given.valid_to == date(2026, 4, 1)

    def test_the_same_mandate_twice_is_a_sentence(self, admin: Client, here: Unit) -> None:
        held = people.clerk(here)
        said = {
            "username": held.user.username,
            "role": held.role_code,
            "unit": here.code,
            "valid_from": f"{held.valid_from:%d-%m-%Y}",
        }
        assert admin.post(reverse("administration:grant"), said).status_code == 422

    def test_assigns_the_units_of_a_group_member(self, admin: Client, here: Unit, province: Unit) -> None:
        member = people.group_member(province, [])
        address = reverse("administration:cover", args=[member.pk])
        assert admin.post(address, {"covers": [here.pk]}).status_code == 302
        assert list(member.covers.all()) == [here]

    def test_lists_mandates_at_the_same_cost(self, admin: Client, here: Unit) -> None:
        cost = queries_of_list(admin, reverse("administration:home"))
        for number in range(2):
            people.holder(f"u{number}", "reader", here)
        assert queries_of_list(admin, reverse("administration:home")) == cost == 6

    def test_shows_the_matrix_of_rights(self, admin: Client) -> None:
        response = admin.get(reverse("administration:rights"))
        assert "Chuyên viên cấp tỉnh" in response.content.decode()
        assert len(response.context["rows"]) == len(roles())


class TestHealth:
    def test_alive_and_ready(self, settings: Any) -> None:
        settings.SECURE_SSL_REDIRECT = True
        for address in ("/healthz", "/readyz"):
            response = Client().get(address)
            assert (response.status_code, response.content) == (200, b"ok\n")

    def test_not_ready_without_its_folder(self, settings: Any) -> None:
        settings.FILES_DIR = "/nowhere/at/all"
        assert Client().get("/readyz").status_code == 503

    def test_robots_stay_out(self) -> None:
        assert b"Disallow: /\n" in Client().get("/robots.txt").content

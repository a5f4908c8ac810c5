"""The register of units: list, search box, page, map, changes, switch of mandate."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests import people
from tests.costs import queries_of_list
from tests.units.places import city, ward
from thongsuot.accounts.models import User
from thongsuot.units import panels
from thongsuot.units.measures import Measure, measure, measures
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
NONSENSE = [
    {"on": "hôm qua"},
    {"province": "zz"},
    {"province": "\0"},
    {"within": "\0"},
    {"q": "a\0b"},
    {"name": "\0"},
    {"page": "x"},
    {"sort": "nothing"},
]
ASKED = {"HX-Request": "true", "HX-Target": "found"}


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


def rows(response: Any) -> list[str]:
    return [row.record.name for row in response.context["table"].rows]


class TestList:
    def test_opens_at_the_communes_of_ones_own_province(self, client: Client, here: Unit) -> None:
        ward(city("92", "Cần Thơ"), "Ninh Kiều", "31100")
        response = client.get(reverse("units:list"))
        assert rows(response) == ["Tân Khánh"]
        assert "1</strong> đơn vị cấp xã của thành phố Hồ Chí Minh" in response.content.decode()

    def test_a_row_more_costs_no_query_more(self, client: Client, province: Unit) -> None:
        cost = queries_of_list(client, reverse("units:list"))
        for number in range(2):
            ward(province, f"Bình {number}", f"2700{number}")
        assert queries_of_list(client, reverse("units:list")) == cost == 9

    def test_another_province_and_another_day(self, client: Client) -> None:
        other = ward(city("92", "Cần Thơ"), "Ninh Kiều", "31100")
        assert rows(client.get(reverse("units:list"), {"province": "92"})) == [other.name]
        response = client.get(reverse("units:list"), {"province": "92", "on": "01-01-2020"})
        assert rows(response) == []
        assert "01-01-2020" in response.content.decode()

    @pytest.mark.parametrize(
        ("asked", "found"),
        [({"name": "tan khanh"}, 1), ({"name": "25891"}, 1), ({"name": "xyz"}, 0), ({"kind": "xã"}, 0)],
    )
    def test_filters(self, client: Client, province: Unit, asked: dict[str, str], found: int) -> None:
        ward(province, "Sông Trước", "27001")
        ward(province, "Gò", "27002", kind="xã")
        names = rows(client.get(reverse("units:list"), asked))
        assert len([name for name in names if name != "Gò"]) == found

    @pytest.mark.parametrize("nonsense", NONSENSE)
    def test_nonsense_in_the_address_shows_the_list(self, client: Client, nonsense: dict[str, str]) -> None:
        assert client.get(reverse("units:list"), nonsense).status_code == 200

    def test_export_has_every_row_and_real_numbers(self, client: Client, province: Unit) -> None:
        for number in range(30):
            ward(province, f"Bình {number}", f"270{number:02}")
        response = client.get(reverse("units:list"), {"export": "xlsx"})
        book = load_workbook(BytesIO(b"".join(response.streaming_content)))  # type: ignore[arg-type]
        lines = list(book.active.iter_rows(values_only=True))
        assert len(lines) == 32
        assert 10.5 in lines[1]


class TestSearchBox:
    def test_answers_with_the_hits_alone(self, client: Client) -> None:
        response = client.get(reverse("units:list"), {"q": "tan khanh"}, headers=ASKED)
        text = response.content.decode()
        assert "phường Tân Khánh" in text
        assert "<html" not in text

    def test_says_so_when_nothing_is_found(self, client: Client) -> None:
        response = client.get(reverse("units:list"), {"q": "<b>zzz"}, headers=ASKED)
        assert "Không có đơn vị nào tên “&lt;b&gt;zzz”" in response.content.decode()

    def test_works_without_javascript(self, client: Client) -> None:
        assert (
            "25891" in client.get(reverse("units:list"), {"q": "tan khanh", "within": "79"}).content.decode()
        )

    def test_hint_for_machines_and_for_htmx(self, client: Client, here: Unit) -> None:
        (unit,) = client.get(reverse("units:hint"), {"q": "tan khanh"}).json()["units"]
        assert (unit["pk"], unit["label"]) == (here.pk, "phường Tân Khánh, thành phố Hồ Chí Minh")
        asked = client.get(reverse("units:hint"), {"q": "tan khanh"}, headers={"HX-Request": "true"})
        assert f'data-value="{here.pk}"' in asked.content.decode()
        assert client.get(reverse("units:hint")).json() == {"units": []}


class TestPage:
    def test_tells_of_bodies_and_neighbours(self, client: Client, province: Unit, here: Unit) -> None:
        ward(province, "Bình Tân", "25895")
        text = client.get(reverse("units:page", args=[here.pk])).content.decode()
        assert "Trung tâm Phục vụ hành chính công phường Tân Khánh" in text
        assert "phường Bình Tân" in text

    def test_gathers_what_the_other_registers_know(
        self, client: Client, here: Unit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def known(unit: Unit, by: Mandate) -> dict[str, object]:
            return {"unit_known": unit, "events": []}

        monkeypatch.setattr(panels, "_PANELS", {})
        panels.register_panel(2, "Sau", "audit/history.html", known)
        panels.register_panel(1, "Kín", "units/unit_hint.html", lambda *_: None)
        response = client.get(reverse("units:page", args=[here.pk]))
        assert [panel.title for panel in response.context["panels"]] == ["Sau"]
        assert "Chưa có sự kiện nào." in response.content.decode()

    def test_of_no_unit_does_not_exist(self, client: Client) -> None:
        assert client.get(reverse("units:page", args=[999_999])).status_code == 404

    def test_offers_changes_only_to_administrators(self, client: Client, admin: Client, here: Unit) -> None:
        page, change = reverse("units:page", args=[here.pk]), reverse("units:rename", args=[here.pk])
        assert change in admin.get(page).content.decode()
        assert change not in client.get(page).content.decode()
        assert client.get(change).status_code == 404


class TestMap:
    def test_lists_the_communes_by_the_measure_largest_first(self, client: Client, province: Unit) -> None:
        ward(province, "Rộng", "27001")
        Unit.objects.filter(name="Rộng").update(area_km2=99.5)
        response = client.get(reverse("units:map"))
        assert [point["name"] for point in response.context["points"]] == ["Phường Rộng", "Phường Tân Khánh"]
        assert "99,5 km²" in response.content.decode()

    def test_every_measure_can_be_shown(self, client: Client) -> None:
        for one in measures():
            assert client.get(reverse("units:map"), {"measure": one.code}).status_code == 200

    def test_an_unknown_measure_is_the_first_one(self) -> None:
        assert measure("nothing") == measure(None) == measures()[0]

    def test_a_commune_without_a_value_says_so_and_stands_last(
        self, client: Client, province: Unit, here: Unit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = ward(province, "Bình Tân", "25895")
        known = Measure("x", "Dân số", "người", lambda *_: {other.pk: 152000})
        monkeypatch.setattr("thongsuot.units.measures._MEASURES", {"x": known})
        response = client.get(reverse("units:map"))
        points = response.context["points"]
        assert [point["text"] for point in points] == ["152.000 người", "chưa có"]


class TestChanges:
    def change(self, kind: str, unit: Unit) -> str:
        return reverse(f"units:{kind}", args=[unit.pk])

    def test_rename(self, admin: Client, here: Unit) -> None:
        said = {"kind": "phường", "name": "Sông Xanh", "on": "01-03-2026", "basis": "Nghị quyết số 01"}
        response = admin.post(self.change("rename", here), said, follow=True)
        assert "Phường Sông Xanh" in response.content.decode()
        assert "Đã ghi biến động đơn vị." in response.content.decode()

    def test_all_errors_are_told_at_once(self, admin: Client, here: Unit) -> None:
        response = admin.post(self.change("rename", here), {"kind": "quận", "name": "", "on": "31-02-2026"})
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {"kind", "name", "on", "basis"}

    def test_a_refusal_stands_above_the_form(self, admin: Client, here: Unit) -> None:
        said = {"kind": "phường", "name": "Sông Xanh", "on": "01-01-2020", "basis": "Nghị quyết số 01"}
        response = admin.post(self.change("rename", here), said)
        assert response.status_code == 422
        assert "không còn hoặc chưa có vào ngày 01-01-2020" in response.content.decode()

    def test_merge(self, admin: Client, province: Unit, here: Unit) -> None:
        other = ward(province, "Bình Tân", "25895")
        said = {
            "units": [other.pk],
            "kind": "phường",
            "name": "Khánh Bình",
            "code": "27999",
            "area_km2": "20,5",
            "on": "01-03-2026",
            "basis": "Nghị quyết số 02",
        }
        assert admin.post(self.change("merge", here), said).status_code == 302
        merged = Unit.objects.get(name="Khánh Bình")
        assert (merged.area_km2, merged.valid_from) == (20.5, date(2026, 3, 1))
        assert merged.came_from.count() == 2

    def test_split(self, admin: Client, here: Unit) -> None:
        said = {
            "on": "01-03-2026",
            "basis": "Nghị quyết số 03",
            "part-TOTAL_FORMS": 4,
            "part-INITIAL_FORMS": 0,
        }
        for number, name in enumerate(("Đông", "Tây")):
            said |= {
                f"part-{number}-kind": "phường",
                f"part-{number}-name": name,
                f"part-{number}-code": f"2790{number}",
            }
        assert admin.post(self.change("split", here), said).status_code == 302
        assert {link.successor.name for link in here.passed_to.all()} == {"Đông", "Tây"}

    def test_split_into_one_is_refused_beside_its_other_errors(self, admin: Client, here: Unit) -> None:
        said = {"part-TOTAL_FORMS": 4, "part-INITIAL_FORMS": 0, "part-0-name": "Đông", "part-0-code": "12"}
        response = admin.post(self.change("split", here), said)
        assert response.status_code == 422
        assert "code" in response.context["parts"].errors[0]
        assert set(response.context["form"].errors) == {"on", "basis"}

    def test_a_province_is_neither_merged_nor_split(self, admin: Client, province: Unit) -> None:
        for kind in ("merge", "split"):
            assert admin.get(self.change(kind, province)).status_code == 404
        assert admin.get(self.change("rename", province)).status_code == 200

    def test_not_outside_ones_province(self, admin: Client) -> None:
        elsewhere = ward(city("92", "Cần Thơ"), "Ninh Kiều", "31100")
        assert admin.get(self.change("rename", elsewhere)).status_code == 404


class TestSwitchingMandate:
    def other(self, user: User, unit: Unit) -> Mandate:
        return Mandate.objects.create(user=user, role_code="reader", unit=unit, valid_from=date(2025, 8, 1))

    def test_works_under_the_chosen_one_until_changed(self, province: Unit, here: Unit) -> None:
        first = people.clerk(here)
        client, second = people.signed_in(first), self.other(first.user, province)
        response = client.post(reverse("units:switch-mandate"), {"mandate": second.pk, "next": "/don-vi/"})
        assert response.headers["Location"] == "/don-vi/"
        assert client.get("/don-vi/").wsgi_request.mandate == second  # type: ignore[attr-defined]

    def test_never_under_another_persons(self, client: Client, province: Unit) -> None:
        others = people.officer(province)
        assert client.post(reverse("units:switch-mandate"), {"mandate": others.pk}).status_code == 404

    def test_an_ended_one_gives_way_to_the_next(self, province: Unit, here: Unit) -> None:
        first = people.clerk(here)
        client, second = people.signed_in(first), self.other(first.user, province)
        client.post(reverse("units:switch-mandate"), {"mandate": second.pk})
        Mandate.objects.filter(pk=second.pk).update(valid_to=date(2025, 9, 1))
        assert client.get("/don-vi/").wsgi_request.mandate == first  # type: ignore[attr-defined]

    @pytest.mark.parametrize("away", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
    def test_leads_nowhere_outside(self, here: Unit, away: str) -> None:
        mandate = people.clerk(here)
        response = people.signed_in(mandate).post(
            reverse("units:switch-mandate"), {"mandate": mandate.pk, "next": away}
        )
        assert response.headers["Location"] == "/"

    def test_a_get_changes_nothing(self, client: Client) -> None:
        assert client.get(reverse("units:switch-mandate")).status_code == 405

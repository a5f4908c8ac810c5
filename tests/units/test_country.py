"""The published data set, loaded whole: what is in it, and how a person finds a unit in it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count

from thongsuot.audit.actors import SYSTEM
from thongsuot.audit.models import Event
from thongsuot.units.dataset import open_dataset
from thongsuot.units.enums import Tier
from thongsuot.units.loading import REORGANISED_ON, load_units
from thongsuot.units.models import Body, Succession, Unit, UnitName
from thongsuot.units.queries import (
    communes_of,
    communes_on_the_ground_of,
    provinces_on,
    search_units,
    unit_page,
    units_on,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 15)
BEFORE = date(2025, 6, 30)
COMMUNE_KINDS = {"phường", "xã", "đặc khu"}


@pytest.fixture(scope="module", autouse=True)
def country(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once, in a transaction around all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_units(by=SYSTEM, dataset=open_dataset())
        _settle()
        yield
        transaction.set_rollback(True)


def _settle() -> None:
    """PostgreSQL checks references with a plan it made for small tables: after ANALYZE it makes a better one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    connection.check_constraints()


def the_city() -> Unit:
    return Unit.objects.get(code="79", valid_to=None)


def found(text: str, **options: Any) -> list[str]:
    return [hit.label for hit in search_units(text, **options)]


def test_both_tiers_of_today() -> None:
    today = units_on(TODAY)
    assert {tier: today.filter(tier=tier).count() for tier in Tier.values} == {
        "province": 34,
        "district": 0,
        "commune": 3321,
    }
    assert set(today.filter(tier=Tier.COMMUNE).values_list("kind", flat=True)) == COMMUNE_KINDS


def test_three_tiers_of_the_day_before_the_reorganisation() -> None:
    before = units_on(BEFORE)
    assert before.filter(tier=Tier.PROVINCE).count() == 63
    assert before.filter(tier=Tier.DISTRICT).count() == 696
    assert before.filter(tier=Tier.COMMUNE).count() == 10_035


def test_five_island_districts_without_communes_are_their_own_predecessors() -> None:
    alone = Unit.objects.filter(tier=Tier.DISTRICT, passed_to__isnull=False)
    assert set(alone.values_list("name", flat=True)) == {
        "Bạch Long Vĩ",
        "Cồn Cỏ",
        "Hoàng Sa",
        "Lý Sơn",
        "Côn Đảo",
    }
    assert Unit.objects.filter(tier=Tier.COMMUNE, valid_to=REORGANISED_ON).count() + alone.count() == 10_040


def test_every_former_commune_and_province_has_a_successor_and_every_commune_a_predecessor() -> None:
    ended = Unit.objects.filter(valid_to__isnull=False).exclude(tier=Tier.DISTRICT)
    assert not ended.filter(passed_to__isnull=True).exists()
    assert not units_on(TODAY).filter(tier=Tier.COMMUNE, came_from__isnull=True).exists()


def test_successions_lead_from_the_past_to_the_present_of_the_same_ground() -> None:
    assert not Succession.objects.filter(predecessor__valid_to__isnull=True).exists()
    assert not Succession.objects.filter(successor__valid_to__isnull=False).exists()
    parted = Succession.objects.filter(whole=False).values("predecessor").annotate(parts=Count("pk"))
    assert all(row["parts"] >= 2 for row in parted)


def test_codes_are_written_with_their_leading_zeros() -> None:
    assert {len(code) for code in Unit.objects.filter(tier=Tier.PROVINCE).values_list("code", flat=True)} == {
        2
    }
    assert {
        len(code) for code in units_on(TODAY).filter(tier=Tier.COMMUNE).values_list("code", flat=True)
    } == {5}


def test_the_city_has_its_168_communes_each_with_a_point() -> None:
    communes = communes_of(the_city(), TODAY)
    assert communes.count() == 168
    assert not communes.filter(latitude__isnull=True).exists()


def test_every_unit_in_force_has_the_bodies_of_its_tier() -> None:
    assert not units_on(TODAY).filter(bodies__isnull=True).exists()
    ward = Unit.objects.get(name="Tân Khánh", parent=the_city())
    assert "Trung tâm Phục vụ hành chính công phường Tân Khánh" in set(
        ward.bodies.values_list("name", flat=True)
    )
    assert Body.objects.filter(unit=the_city(), name="Thành ủy Hồ Chí Minh").exists()


def test_loading_again_changes_nothing() -> None:
    counts = [model.objects.count() for model in (Unit, UnitName, Succession, Body, Event)]
    again = load_units(by=SYSTEM, dataset=open_dataset())
    assert not again.anything
    assert [model.objects.count() for model in (Unit, UnitName, Succession, Body, Event)] == counts


def test_loading_mends_what_is_missing() -> None:
    ward = Unit.objects.get(name="Tân Khánh", parent=the_city())
    lost = ward.came_from.count()
    ward.came_from.all().delete()
    assert load_units(by=SYSTEM, dataset=open_dataset()).successions == lost


def test_loading_leaves_what_an_administrator_changed() -> None:
    ward = Unit.objects.get(name="Tân Khánh", parent=the_city())
    Unit.objects.filter(pk=ward.pk).update(name="Tân Phước Khánh")
    load_units(by=SYSTEM, dataset=open_dataset())
    ward.refresh_from_db()
    assert ward.name == "Tân Phước Khánh"


@pytest.mark.parametrize(
    "typed",
    [
        "phường Tân Khánh",
        "Tân Khánh",
        "tan khanh",
        "TAN KHANH",
        "Ta\u0302n Kha\u0301nh",
        "P. Tân Khánh",
        "p.tan khanh",
    ],
)
def test_a_ward_is_found_however_its_name_is_typed(typed: str) -> None:
    assert found(typed, province=the_city())[0] == "phường Tân Khánh, thành phố Hồ Chí Minh"


@pytest.mark.parametrize("typed", ["đông hưng thuận", "dong hung thuan", "Đông Hưng Thuân"])
def test_d_and_đ_are_one_letter_to_the_search(typed: str) -> None:
    assert found(typed)[0] == "phường Đông Hưng Thuận, thành phố Hồ Chí Minh"


def test_the_tone_may_stand_on_either_vowel() -> None:
    assert found("Hoà Bình", limit=50) == found("Hòa Bình", limit=50) != []


def test_exact_marks_come_before_other_marks() -> None:
    hits = search_units("Tân Phú", limit=100)
    ranks = [hit.rank for hit in hits]
    assert ranks == sorted(ranks)
    assert hits[0].unit.name == "Tân Phú"
    assert "Tấn Phú" not in [hit.unit.name for hit in hits[:3]]


def test_what_is_in_force_comes_before_what_has_ended() -> None:
    hits = [hit for hit in search_units("xã Tân Khánh") if hit.rank == 1]
    assert [hit.unit.is_former for hit in hits] == sorted(hit.unit.is_former for hit in hits)


def test_homonyms_are_told_apart_by_what_is_above_them() -> None:
    labels = [label for label in found("xã Tân Tiến", limit=60) if label.startswith("xã Tân Tiến,")]
    assert len(labels) == len(set(labels)) > 5


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Tân Phú, Đồng Nai", "xã Tân Phú, tỉnh Đồng Nai"),
        ("phường Tân Tạo A", "phường Tân Tạo A, quận Bình Tân, thành phố Hồ Chí Minh"),
        ("phường Tân Tạo A, Bình Tân", "phường Tân Tạo A, quận Bình Tân, thành phố Hồ Chí Minh"),
        ("tan tao a quan binh tan", "phường Tân Tạo A, quận Bình Tân, thành phố Hồ Chí Minh"),
        ("quận Bình Tân cũ", "quận Bình Tân, thành phố Hồ Chí Minh"),
        ("quận Bình Tân (cũ)", "quận Bình Tân, thành phố Hồ Chí Minh"),
        ("Q.1", "quận 1, thành phố Hồ Chí Minh"),
        ("phường 01, quận 3", "phường 1, quận 3, thành phố Hồ Chí Minh"),
        ("TP.HCM", "thành phố Hồ Chí Minh"),
        ("27508", "xã An Nhơn Tây, thành phố Hồ Chí Minh"),
    ],
)
def test_former_names_abbreviations_places_above_and_codes(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_phường_1_of_quận_1_is_not_that_of_quận_10() -> None:
    assert not [label for label in found("phường 1, quận 1") if "quận 10" in label or "quận 11" in label]


@pytest.mark.parametrize(
    "typed", ["", "   ", "()", ",", "%", "_", "zzzz", "'; DROP TABLE units_unit; --", "😀" * 300]
)
def test_nothing_is_found_where_nothing_is(typed: str) -> None:
    assert found(typed) == []


def test_the_filter_by_province_includes_the_units_of_its_predecessors() -> None:
    labels = found("phường Thái Hòa", province=the_city())
    assert "phường Thái Hòa, thành phố Tân Uyên, tỉnh Bình Dương" in labels
    assert all("Hồ Chí Minh" in label or "Bình Dương" in label or "Vũng Tàu" in label for label in labels)


def test_a_district_that_ended_shows_the_communes_on_its_ground() -> None:
    district = Unit.objects.get(name="Bình Tân", kind="quận")
    names = set(communes_on_the_ground_of(district).values_list("name", flat=True))
    assert {"An Lạc", "Bình Tân", "Tân Tạo", "Bình Trị Đông"} <= names
    page = unit_page(district, TODAY)
    assert {unit.name for unit in page.on_the_ground} == names
    assert "Tân Tạo A" in {unit.name for unit in page.under_it}


def test_the_page_of_a_ward_tells_its_past_and_its_neighbours() -> None:
    page = unit_page(Unit.objects.get(name="Tân Khánh", parent=the_city()), TODAY)
    (passage,) = page.came_from
    assert passage.event.on == REORGANISED_ON
    assert {link.predecessor.name for link in passage.links} >= {"Tân Phước Khánh", "Thái Hòa"}
    assert page.neighbours[0].unit.name == "Tân Hiệp"
    assert [neighbour.kilometres for neighbour in page.neighbours] == sorted(
        neighbour.kilometres for neighbour in page.neighbours
    )


def test_provinces_of_two_days() -> None:
    assert "Bình Dương" in set(provinces_on(BEFORE).values_list("name", flat=True))
    assert "Bình Dương" not in set(provinces_on(TODAY).values_list("name", flat=True))

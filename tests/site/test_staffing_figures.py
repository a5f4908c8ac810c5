"""The demonstration's city of people: drawn by chance, yet its sums are those that were published."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from random import Random

from thongsuot.lawbook.positions import positions
from thongsuot.site.demo.staffing.content import CityStaff, write
from thongsuot.site.demo.staffing.people import Point
from thongsuot.site.demo.staffing.places import Place, counted
from thongsuot.site.demo.staffing.telling import first_to_file
from thongsuot.site.demo.words import written
from thongsuot.staffing.enums import HoldingKind
from thongsuot.units.dataset import open_dataset

ON = date(2026, 9, 18)
CITY = "79"
PUBLISHED = written("staffing")["published"]


@cache
def units() -> tuple[Sequence[Place], dict[str, Point]]:
    """From the published data set: 168 units and the former province of each."""
    data = open_dataset()
    above = {row.code: row.above for row in (*data.former_communes(), *data.former_districts())}
    former: dict[str, Counter[str]] = {}
    for link in data.commune_successions():
        top = above.get(link.former) or ""
        former.setdefault(link.present, Counter())[above.get(top) or top] += 1
    rows = [row for row in data.present_communes() if row.above == CITY]
    places = [
        Place(row.code, f"{row.kind} {row.name}", row.kind, former[row.code].most_common(1)[0][0])
        for row in rows
    ]
    return places, {row.code: Point(row.latitude or 0, row.longitude or 0) for row in rows}


@cache
def city(seed: str = "1") -> CityStaff:
    places, points = units()
    return write(CITY, places, points, ON, Random(seed))


def pairs(staff: CityStaff) -> dict[tuple[str, str], tuple[int, int]]:
    """Counted again from the lists of people and places themselves: (unit, position) -> places, present."""
    codes = set(counted())
    places: Counter[tuple[str, str]] = Counter()
    present: Counter[tuple[str, str]] = Counter()
    for ward in staff.wards:
        for code, many in (ward.frames or {}).items():
            places[ward.unit_code, code] += many
        for _person, post in ward.posts:
            if post.kind == HoldingKind.FULL:
                present[ward.unit_code, post.position] += 1
    return {key: (places[key], present[key]) for key in {*places, *present} if key[1] in codes}


def test_the_raw_lists_give_every_published_number() -> None:
    for seed in ("1", "2"):
        found = pairs(city(seed))
        assert len(units()[0]) == 168
        assert len({position for _unit, position in found}) == 27
        assert sum(places for places, _present in found.values()) == 7415
        assert sum(max(0, present - places) for places, present in found.values()) == 1052
        assert sum(max(0, places - present) for places, present in found.values()) == 935


def test_one_of_those_present_stands_outside_the_count() -> None:
    """7,533 less 7,415 is 118, yet 1,052 less 935 is 117: both are published, and both hold here."""
    inside = sum(present for _places, present in pairs(city()).values())
    assert inside - 7415 == 1052 - 935
    professional = [
        post.position
        for ward in city().wards
        for _person, post in ward.posts
        if post.kind == HoldingKind.FULL
        and positions()[post.position].kind == "professional"
        and positions()[post.position].block == "government"
    ]
    assert len(professional) == 7533
    assert [code for code in professional if code not in counted()] == ["QS01"]


def test_by_former_province() -> None:
    areas = {place.code: place.area for place in units()[0]}
    over, short = Counter[str](), Counter[str]()
    for (unit, _position), (places, present) in pairs(city()).items():
        over[areas[unit]] += max(0, present - places)
        short[areas[unit]] += max(0, places - present)
    assert {area: (over[area], short[area]) for area in over} == {
        "79": (908, 506),
        "74": (58, 304),
        "77": (86, 125),
    }


def test_by_field() -> None:
    over, short = Counter[str](), Counter[str]()
    for (_unit, position), (places, present) in pairs(city()).items():
        field = positions()[position].field
        field = field if field in {"VP", "TCKH", "XDCT"} else "REST"
        over[field] += max(0, present - places)
        short[field] += max(0, places - present)
    assert {field: (over[field], short[field]) for field in over} == {
        "VP": (223, 160),
        "TCKH": (66, 118),
        "XDCT": (187, 126),
        "REST": (576, 531),
    }


def test_one_unit_has_48_too_many_and_another_29_too_few() -> None:
    """Net and gross alike: the first lacks nobody, the second has nobody too many, and no other goes further."""
    over, short = Counter[str](), Counter[str]()
    for (unit, _position), (places, present) in pairs(city()).items():
        over[unit] += max(0, present - places)
        short[unit] += max(0, places - present)
    most, least = over.most_common(1)[0][0], short.most_common(1)[0][0]
    assert (over[most], short[most]) == (48, 0)
    assert (over[least], short[least]) == (0, 29)
    net = sorted(over[place.code] - short[place.code] for place in units()[0])
    assert (net[0], net[-1]) == (-29, 48)
    assert net[1] > -29
    assert net[-2] < 48


def test_quotas_and_the_norm_add_up_to_what_was_printed() -> None:
    figures = city().figures
    assert sum(one.norm for one in figures) == PUBLISHED["norm"]
    assert sum(one.assigned for one in figures) == PUBLISHED["assigned"]
    assert next(one for one in figures if one.place.name == "phường Dĩ An").population == 234000


def test_leaders_are_missing_where_the_press_said() -> None:
    vacant = Counter[str]()
    for one in city().figures:
        for code in ("LD03", "LD04", "UB02"):
            vacant[code] += max(0, one.places[code] - one.present[code])
    assert vacant == Counter(PUBLISHED["vacant"])
    assert sum(one.present["LD04"] > one.places["LD04"] for one in city().figures) == 11


def test_everybody_is_invented_and_has_a_number_of_their_own() -> None:
    people = [person for ward in (*city().wards, city().departments) for person in ward.people]
    assert all(person.synthetic for person in people)
    twice = [number for number, many in Counter(person.number for person in people).items() if many > 1]
    sent = {
        person.number
        for ward in city().wards
        for person, post in ward.posts
        if post.kind == HoldingKind.SECONDMENT
    }
    assert set(twice) == sent  # on the list of their department and of the ward they help
    assert len(sent) == written("staffing")["people"]["seconded"]


def test_about_one_in_twenty_five_may_not_be_moved_and_one_in_twenty_does_not_meet_the_standard() -> None:
    people = [
        person for ward in city().wards for person in ward.people if person.posts[0].position in counted()
    ]
    locked = sum(bool(person.locks) for person in people) / len(people)
    assert 0.03 < locked < 0.05
    listed = positions()
    unfit = sum(
        not any(
            row.degree in ("bachelor", "master") and row.major in listed[person.posts[0].position].suggested
            for row in person.qualifications or ()
        )
        for person in people
    )
    assert 0.04 < unfit / len(people) < 0.07


def test_92_units_with_443_too_many_file_first() -> None:
    chosen = first_to_file(city().figures, Random("1"), frozenset({"27442"}))
    assert len(chosen - {"27442"}) == 92
    assert sum(one.surplus(counted()) for one in city().figures if one.place.code in chosen) == 443


def test_the_same_seed_tells_the_same_city() -> None:
    places, points = units()
    again = write(CITY, list(reversed(places)), points, ON, Random("1"))
    assert [ward.digest for ward in again.wards] == [ward.digest for ward in city().wards]


def test_part_of_the_city_keeps_the_proportions() -> None:
    places, points = units()
    part = write(CITY, places[::7], points, ON, Random("1"))
    found = pairs(part)
    surplus = sum(max(0, present - there) for there, present in found.values())
    assert len(part.wards) == 24
    assert abs(surplus - 1052 * 24 / 168) <= 1

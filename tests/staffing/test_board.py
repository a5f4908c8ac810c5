"""The board: units by positions, its sums, its filters, its pages; who sees how much of it."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from pytest_django import Settings

from tests import people
from tests.costs import queries_of_page
from tests.factories.staffing import FrameFactory, HoldingFactory, PositionFactory
from tests.units.places import city, place, ward
from tests.units.test_grounds import event, former
from thongsuot.staffing.enums import PositionKind
from thongsuot.staffing.models import Holding, Position
from thongsuot.staffing.queries.board import Wanted, board_of, by_block, compared
from thongsuot.staffing.queries.leaders import limits_of
from thongsuot.staffing.standing import standing
from thongsuot.units.measures import measure
from thongsuot.units.models import Succession, Unit

TODAY = date(2026, 11, 18)


def fill(unit: Unit, position: Position, places: int, present: int) -> list[Holding]:
    if places:
        FrameFactory(unit=unit, position=position, places=places)
    return [HoldingFactory(unit=unit, position=position) for _one in range(present)]


@pytest.fixture
def it() -> Position:
    return PositionFactory(code="VP02", short="CNTT", field="VP")


@pytest.fixture
def land() -> Position:
    return PositionFactory(code="KT11", short="Đất đai", field="NNMT")


@pytest.fixture
def province() -> Unit:
    return city()


@pytest.fixture
def wards(province: Unit, it: Position, land: Position) -> list[Unit]:
    """One with too many of one and too few of another, one in balance, one that lacks."""
    first, second, third = (ward(province, name, f"2600{at}") for at, name in enumerate(["Một", "Hai", "Ba"]))
    fill(first, it, 1, 3)
    fill(first, land, 2, 1)
    fill(second, it, 1, 1)
    fill(third, land, 3, 0)
    return [first, second, third]


@pytest.mark.django_db
class TestTheBoard:
    def test_surplus_and_shortage_of_one_unit_are_not_netted(self, province: Unit, wards: list[Unit]) -> None:
        board = board_of(people.personnel(province), TODAY)
        line = next(line for line in board.lines if line.unit == wards[0])
        assert (line.total.surplus, line.total.shortage, line.total.net) == (2, 1, 1)
        assert (board.total.surplus, board.total.shortage) == (2, 4)

    def test_every_sum_adds_up_to_the_whole(self, province: Unit, wards: list[Unit]) -> None:
        board = board_of(people.personnel(province), TODAY)
        for sums in ([one.standing for one in board.by_field], board.by_position.values()):
            assert sum(one.surplus for one in sums) == board.total.surplus
            assert sum(one.shortage for one in sums) == board.total.shortage

    def test_by_former_province(self, province: Unit, wards: list[Unit]) -> None:
        on = event(date(2025, 7, 1))
        names = ("Bình Dương", "Bà Rịa")
        communes = [former(f"7{at}", name)[1] for at, name in enumerate(names)]
        for commune, unit in zip([*communes, communes[1]], wards, strict=True):
            Succession.objects.create(event=on, predecessor=commune, successor=unit)
        board = board_of(people.personnel(province), TODAY)
        assert {(sum.code, sum.units, sum.standing.net) for sum in board.by_area} == {
            ("70", 1, 1),
            ("71", 2, -3),
        }
        assert [line.unit for line in board.only(Wanted(area="70")).lines] == [wards[0]]

    def test_filters_narrow_lines_and_columns(self, province: Unit, wards: list[Unit]) -> None:
        board = board_of(people.personnel(province), TODAY)
        assert {line.unit for line in board.only(Wanted(only="thieu")).lines} == {wards[0], wards[2]}
        assert [line.unit for line in board.only(Wanted(only="ca-hai")).lines] == [wards[0]]
        assert [line.unit for line in board.only(Wanted(words="hai")).lines] == [wards[1]]
        only_land = board.only(Wanted(field="NNMT"))
        assert [column.code for column in only_land.columns] == ["KT11"]
        assert (only_land.total.surplus, only_land.total.shortage) == (0, 4)

    def test_the_most_unbalanced_unit_comes_first(self, province: Unit, wards: list[Unit]) -> None:
        board = board_of(people.personnel(province), TODAY)
        assert [line.unit for line in board.lines] == [wards[2], wards[0], wards[1]]
        assert [line.unit.name for line in board.only(Wanted(sort="ten")).lines] == ["Ba", "Hai", "Một"]

    def test_any_day_is_answered_as_it_was(self, province: Unit, wards: list[Unit], it: Position) -> None:
        Holding.objects.filter(unit=wards[0], position=it).update(valid_to=date(2026, 6, 1))
        by = people.personnel(province)
        before, after = board_of(by, date(2026, 5, 31)), board_of(by, date(2026, 6, 1))
        assert (before.total.surplus, after.total.surplus) == (2, 0)
        found = compared(by, date(2026, 5, 31), TODAY)
        assert [(one.unit, one.column.code) for one in found.changes] == [(wards[0], "VP02")]
        assert (found.changes[0].before, found.changes[0].after) == (standing(1, 3, 0), standing(1, 0, 0))

    def test_blocks_count_every_post(self, province: Unit, wards: list[Unit]) -> None:
        party = PositionFactory(block="party", counted=False)
        fill(wards[0], party, 3, 2)
        found = {
            (one.block, one.counted): (one.places, one.present)
            for one in by_block(people.personnel(province), TODAY)
        }
        assert found == {("government", True): (7, 5), ("party", False): (3, 2)}


@pytest.mark.django_db
class TestItsPages:
    @pytest.mark.parametrize("name", ["board", "map", "compare"])
    def test_open_for_whoever_may_read_figures(self, province: Unit, wards: list[Unit], name: str) -> None:
        for by in (people.personnel(province), people.city_leader(province), people.officer(province)):
            assert people.signed_in(by).get(reverse(f"staffing:{name}")).status_code == 200
        assert people.signed_in(people.reader(province)).get(reverse(f"staffing:{name}")).status_code == 404

    def test_a_ward_sees_only_itself(self, province: Unit, wards: list[Unit]) -> None:
        client = people.signed_in(people.ward_personnel(wards[0]))
        assert client.get(reverse("staffing:board")).headers["Location"] == reverse(
            "staffing:unit", args=[wards[0].pk]
        )
        assert client.get(reverse("staffing:unit", args=[wards[0].pk])).status_code == 200
        assert client.get(reverse("staffing:unit", args=[wards[1].pk])).status_code == 404

    def test_names_are_for_those_who_may_see_them(
        self, province: Unit, wards: list[Unit], it: Position
    ) -> None:
        person = Holding.objects.filter(unit=wards[0], position=it).first().person
        address = reverse("staffing:unit", args=[wards[0].pk])
        named = people.signed_in(people.ward_personnel(wards[0])).get(address).content.decode()
        numbered = people.signed_in(people.clerk(wards[0])).get(address).content.decode()
        assert person.full_name in named
        assert person.full_name not in numbered
        assert person.number in numbered

    def test_leaders_stand_beside_how_many_there_may_be(self, province: Unit, wards: list[Unit]) -> None:
        """Three wards: two departments each, and deputies by the mean of the law over all bodies."""
        two = ["economic_department", "culture_society_department"]
        head, deputy = (
            PositionFactory(code=code, kind=PositionKind.LEADERSHIP, counted=False, field="LD", bodies=two)
            for code in ("LD03", "LD04")
        )
        HoldingFactory(unit=wards[0], position=head, body=two[0])
        HoldingFactory(unit=wards[0], position=head)
        for _one in range(25):
            HoldingFactory(unit=wards[1], position=deputy, body=two[1])
        limits = {one.name: one for one in limits_of(wards, TODAY)}
        heads, deputies = limits["Trưởng phòng"], limits["Phó Văn phòng, Phó phòng, Phó Giám đốc Trung tâm"]
        assert (heads.held, heads.most, heads.lacking) == (2, 6, 4)
        assert dict(heads.parts) == {"Phòng Kinh tế": 1, "Phòng Văn hóa - Xã hội": 0, "": 1}
        assert (deputies.held, deputies.most, deputies.over) == (25, 24, 1)
        client = people.signed_in(people.personnel(province))
        assert "quá 1" in client.get(reverse("staffing:board")).content.decode()
        told = client.get(reverse("staffing:unit", args=[wards[0].pk])).content.decode()
        assert "Phòng Kinh tế, Hạ tầng và Đô thị" in told
        assert "chưa ghi phòng phụ trách" in told

    def test_the_board_costs_the_same_however_many_units_there_are(
        self, province: Unit, it: Position
    ) -> None:
        client = people.signed_in(people.personnel(province))
        costs = []
        for code in ("26001", "26002", "26003"):
            fill(ward(province, f"Phường {code}", code), it, 2, 3)
            costs.append(queries_of_page(client, reverse("staffing:board")))
        assert costs[0] == costs[2]

    def test_a_unit_costs_the_same_however_many_people_it_has(self, province: Unit, it: Position) -> None:
        unit = ward(province, "Một", "26001")
        fill(unit, it, 2, 1)
        client = people.signed_in(people.ward_personnel(unit))
        one = queries_of_page(client, reverse("staffing:unit", args=[unit.pk]))
        fill(unit, it, 0, 2)
        assert queries_of_page(client, reverse("staffing:unit", args=[unit.pk])) == one

    def test_the_file_adds_up_to_the_page(self, province: Unit, wards: list[Unit]) -> None:
        client = people.signed_in(people.personnel(province))
        answer = client.get(reverse("staffing:board"), {"export": "xlsx"})
        book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
        assert book.sheetnames == ["Tổng hợp", "Bảng", "Từng dòng"]
        rows = list(book["Từng dòng"].iter_rows(min_row=2, values_only=True))
        assert sum(row[8] for row in rows) == 2
        assert sum(row[9] for row in rows) == 4
        assert "Cộng" in [row[0].value for row in book["Tổng hợp"].iter_rows()]

    def test_a_file_of_a_demonstration_says_so(
        self, province: Unit, wards: list[Unit], settings: Settings
    ) -> None:
        settings.DEMO = True
        client = people.signed_in(people.personnel(province))
        for name in ("board", "workload", "standards"):
            answer = client.get(reverse(f"staffing:{name}"), {"export": "xlsx"})
            book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
            assert "không phải số liệu thật" in str(book["Minh họa"]["A1"].value)

    def test_a_day_that_is_none_shows_today(self, province: Unit, wards: list[Unit]) -> None:
        client = people.signed_in(people.personnel(province))
        assert (
            client.get(reverse("staffing:board"), {"on": "không phải ngày", "area": "??"}).status_code == 200
        )

    def test_days_in_the_wrong_order_are_told(self, province: Unit) -> None:
        client = people.signed_in(people.personnel(province))
        page = client.get(reverse("staffing:compare"), {"first": "02-02-2026", "last": "01-02-2026"})
        assert "Ngày sau phải muộn hơn" in page.content.decode()

    def test_an_empty_register_says_what_will_stand_here(self) -> None:
        province = place("79", "province", "thành phố", "Hồ Chí Minh")
        page = people.signed_in(people.personnel(province)).get(reverse("staffing:board"))
        assert "Chưa có đơn vị nào trong phạm vi" in page.content.decode()


@pytest.mark.django_db
def test_on_the_map_units_are_coloured_by_what_is_too_many_and_too_few(
    province: Unit, wards: list[Unit]
) -> None:
    by, over, short = people.personnel(province), measure("nhan-su-thua"), measure("nhan-su-thieu")
    assert [over.query(province, by)[unit.pk] for unit in wards] == [2, 0, 0]
    assert [short.query(province, by)[unit.pk] for unit in wards] == [1, 0, 3]
    assert over.query(province, people.ward_personnel(wards[0])) == {wards[0].pk: 2}
    assert over.query(province, people.administrator(province)) == {}

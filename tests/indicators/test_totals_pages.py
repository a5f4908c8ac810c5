"""What figures add up to, on pages: places by indicators, ranking, one cell, the scorecard, the file."""

import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests import people
from tests.costs import queries_of_page
from tests.factories.figures import DisputeFactory, StatementFactory, quarter
from tests.factories.indicators import FigureFactory, IndicatorFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.indicators.actions import put_in_force
from thongsuot.indicators.models import Indicator, Target
from thongsuot.indicators.queries.consolidated import of_a_province, opened, through_time
from thongsuot.indicators.queries.scores import scorecard
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import former_provinces

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Unit:
    return ProvinceFactory()


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


@pytest.fixture
def client(officer: Mandate) -> Client:
    return people.signed_in(officer)


@pytest.fixture
def births() -> Indicator:
    return IndicatorFactory(code="births", name="Trẻ mới sinh", direction="up", over_periods="sum")


def said(officer: Mandate, ward: Unit, number: int = 3, **figures: object) -> None:
    by_code = {one.code: one for one in Indicator.objects.all()}
    statement = StatementFactory(
        unit=ward,
        period=quarter(number),
        figures={by_code[code.replace("_", "-")]: value for code, value in figures.items()},
    )
    put_in_force(by=officer, statement=statement)


class TestTheTable:
    def test_every_unit_and_what_they_add_up_to(
        self, client: Client, city: Unit, officer: Mandate, births: Indicator
    ) -> None:
        one, two, silent = (WardFactory(parent=city) for _ in range(3))
        said(officer, one, births=1200)
        said(officer, two, births=None)
        page = client.get(reverse("indicators:totals")).content.decode()
        assert "1.200" in page
        assert "không phát sinh" in page
        assert silent.title in page
        assert "<strong>2</strong> trên 3 đơn vị" in page

    def test_a_year_so_far(self, officer: Mandate, city: Unit, births: Indicator) -> None:
        one, two = WardFactory(parent=city), WardFactory(parent=city)
        for number, value in ((1, 3), (2, 4)):
            said(officer, one, number, births=value)
        said(officer, two, 1, births=10)
        shown = of_a_province(officer, city, [quarter(1), quarter(2)], [births], former_provinces(city))
        assert shown.whole is not None
        assert [line.cells[0].value for line in shown.lines] == [7, 10]
        assert shown.whole.cells[0].value == 17

    def test_it_sorts_best_first(
        self, client: Client, officer: Mandate, city: Unit, births: Indicator
    ) -> None:
        for value in (5, 9, 7):
            said(officer, WardFactory(parent=city), births=value)
        shown = client.get(reverse("indicators:totals"), {"sort": "births"}).context["page"]
        assert [line.cells[0].value for line in shown] == [9, 7, 5]

    def test_a_ward_sees_its_own_figures_and_the_total_of_the_city(
        self, officer: Mandate, city: Unit, births: Indicator
    ) -> None:
        mine, other = WardFactory(parent=city), WardFactory(parent=city)
        said(officer, mine, births=5)
        said(officer, other, births=9)
        page = people.signed_in(people.clerk(mine)).get(reverse("indicators:totals"))
        assert [line.unit for line in page.context["page"]] == [mine]
        assert page.context["shown"].whole.cells[0].value == 14
        assert other.title not in page.content.decode()

    def test_the_country_has_a_line_for_each_province(
        self, client: Client, officer: Mandate, city: Unit, births: Indicator
    ) -> None:
        said(officer, WardFactory(parent=city), births=5)
        elsewhere = ProvinceFactory()
        said(people.officer(elsewhere), WardFactory(parent=elsewhere), births=6)
        shown = client.get(reverse("indicators:country")).context["shown"]
        assert {line.unit: line.cells[0].value for line in shown.lines} == {city: 5, elsewhere: 6}
        assert shown.whole.cells[0].value == 11

    def test_the_country_over_the_year_so_far(
        self, client: Client, officer: Mandate, city: Unit, births: Indicator
    ) -> None:
        ward, elsewhere = WardFactory(parent=city), ProvinceFactory()
        for number, value in ((1, 3), (2, 4), (3, 5)):
            said(officer, ward, number, births=value)
        said(people.officer(elsewhere), WardFactory(parent=elsewhere), 1, births=6)
        page = client.get(reverse("indicators:country"), {"over": "year"})
        shown = page.context["shown"]
        assert {line.unit: line.cells[0].value for line in shown.lines} == {city: 12, elsewhere: 6}
        half = client.get(reverse("indicators:country"), {"over": "year", "period": quarter(2).pk})
        assert half.context["shown"].whole.cells[0].value == 13

    def test_it_costs_the_same_for_one_unit_and_for_three(
        self, client: Client, officer: Mandate, city: Unit, births: Indicator
    ) -> None:
        costs = []
        for more in (1, 2):
            for _ in range(more):
                said(officer, WardFactory(parent=city), births=5)
            pages = [reverse("indicators:totals"), reverse("indicators:country")]
            pages += [f"{reverse('indicators:country')}?over=year"]
            pages += [reverse("indicators:through", args=["births"])]
            pages += [reverse("indicators:cell", args=["births", city.pk, quarter().pk])]
            costs.append([queries_of_page(client, url) for url in pages])
        assert costs[0] == costs[1]


class TestRanking:
    def test_equals_share_a_rank_and_who_has_no_number_has_none(
        self, officer: Mandate, city: Unit, births: Indicator
    ) -> None:
        for value in (5, 9, 5, 3, None):
            said(officer, WardFactory(parent=city), births=value)
        WardFactory(parent=city)
        ranking = through_time(officer, births, city, quarter()).ranking
        assert [(cell.rank, cell.value) for cell in ranking] == [
            (1, 9),
            (2, 5),
            (2, 5),
            (4, 3),
            (None, None),
            (None, None),
        ]
        assert [cell.is_not_applicable for cell in ranking[-2:]] == [True, False]

    def test_where_less_is_better_the_least_comes_first(self, officer: Mandate, city: Unit) -> None:
        late = IndicatorFactory(code="late", direction="down")
        for value in (5, 9):
            said(officer, WardFactory(parent=city), late=value)
        assert [cell.value for cell in through_time(officer, late, city, quarter()).ranking] == [5, 9]

    def test_the_page_shows_trend_and_map(
        self, client: Client, officer: Mandate, city: Unit, births: Indicator
    ) -> None:
        ward = WardFactory(parent=city, latitude=10.8, longitude=106.6)
        said(officer, ward, 2, births=4)
        said(officer, ward, 3, births=6)
        page = client.get(reverse("indicators:through", args=["births"]))
        assert page.context["trend"]["series"][0]["values"][-2:] == [4.0, 6.0]
        assert page.context["points"][0]["name"] == ward.title

    def test_each_unit_has_a_small_chart_in_the_order_of_the_ranking(
        self, client: Client, officer: Mandate, city: Unit, births: Indicator
    ) -> None:
        low, high, silent = (WardFactory(parent=city) for _ in range(3))
        said(officer, low, 2, births=4)
        said(officer, low, 3, births=6)
        said(officer, high, 3, births=9)
        page = client.get(reverse("indicators:through", args=["births"]))
        smalls = page.context["smalls"]
        assert [(one.name, list(one.values[-2:])) for one in smalls] == [
            (high.title, [None, 9.0]),
            (low.title, [4.0, 6.0]),
        ]
        assert 'id="by-unit"' in page.content.decode()
        assert silent.title in page.content.decode()  # in the ranking, with no number


class TestACell:
    def test_it_opens_to_its_paper_its_versions_and_its_sentences(
        self, client: Client, officer: Mandate, city: Unit, births: Indicator
    ) -> None:
        ward = WardFactory(parent=city)
        said(officer, ward, births=12)
        FigureFactory(
            unit=ward, indicator=births, on="2026-08-01", value=11, qualifier="=", as_printed="mười một"
        )
        page = client.get(reverse("indicators:cell", args=["births", ward.pk, quarter().pk])).content.decode()
        assert "Báo cáo thử" in page
        assert "mười một" in page
        assert "đang được tính" in page

    def test_the_cell_of_the_city_opens_to_its_parts(
        self, officer: Mandate, city: Unit, births: Indicator
    ) -> None:
        for value in (5, 9):
            said(officer, WardFactory(parent=city), births=value)
        WardFactory(parent=city)
        page = opened(officer, births, city, quarter())
        assert page.total.value == sum(part.value for part in page.parts if part.value) == 14
        assert page.silent == 1

    def test_it_costs_the_same_for_one_version_dispute_and_sentence_as_for_three(
        self, client: Client, officer: Mandate, city: Unit, births: Indicator
    ) -> None:
        wards = WardFactory(parent=city), WardFactory(parent=city)
        for many, ward in zip((1, 3), wards, strict=True):
            for number in range(many):
                said(officer, ward, 3 - number, births=12)
                FigureFactory(unit=ward, indicator=births, on=f"2026-08-0{number + 1}", value=11)
                DisputeFactory(
                    indicator=births, unit=ward, period=quarter(), state="rejected", answer="Đã đối chiếu"
                )
        urls = [reverse("indicators:cell", args=["births", ward.pk, quarter().pk]) for ward in wards]
        client.get(urls[0])
        assert queries_of_page(client, urls[0]) == queries_of_page(client, urls[1])

    def test_a_cell_out_of_reach_is_not_there(self, officer: Mandate, city: Unit, births: Indicator) -> None:
        ward = WardFactory(parent=city)
        said(officer, ward, births=12)
        stranger = people.signed_in(people.stranger())
        for name, args in (("cell", ["births", ward.pk, quarter().pk]), ("scores", [ward.pk])):
            assert stranger.get(reverse(f"indicators:{name}", args=args)).status_code == 404


class TestTheScorecard:
    def test_value_change_target_and_what_is_lacking(
        self, client: Client, officer: Mandate, city: Unit, births: Indicator
    ) -> None:
        ward = WardFactory(parent=city)
        said(officer, ward, 2, births=4)
        said(officer, ward, 3, births=6)
        Target.objects.create(
            indicator=births, unit=city, period=quarter(), value=Decimal(10), basis="Nghị quyết"
        )
        (score,) = scorecard(ward, quarter(), [births])
        assert (score.text, score.change, score.is_better, score.distance) == ("6 người", 2, True, 4)
        page = client.get(reverse("indicators:scores", args=[ward.pk])).content.decode()
        assert "tốt hơn" in page
        assert "<strong>0</strong> trên 1 mục tiêu đã đạt" in page

    def test_it_costs_the_same_for_one_indicator_and_for_three(
        self, client: Client, officer: Mandate, city: Unit
    ) -> None:
        costs = []
        for many in (1, 3):
            ward = WardFactory(parent=city)
            figures = {f"khac{many}{n}": IndicatorFactory(code=f"khac{many}{n}") for n in range(many)}
            for one in figures.values():
                Target.objects.create(
                    indicator=one, unit=ward, period=quarter(), value=Decimal(10), basis="Nghị quyết"
                )
            for number in (2, 3):
                said(officer, ward, number, **dict.fromkeys(figures, 5))
            client.get(url := reverse("indicators:scores", args=[ward.pk]))
            costs.append(queries_of_page(client, url))
        assert costs[0] == costs[1]


class TestTheFile:
    def test_its_sums_are_formulas_and_give_what_the_page_gives(
        self, client: Client, officer: Mandate, city: Unit, births: Indicator
    ) -> None:
        share = IndicatorFactory(
            code="share", name="Đạt chuẩn", kind="ratio", over_units="weighted", over_periods="weighted"
        )
        for value, parts in ((5, (1, 2)), (9, (90, 98)), (None, None)):
            said(officer, WardFactory(parent=city), births=value, share=parts)
        shown = of_a_province(officer, city, [quarter()], [births, share], former_provinces(city))
        assert shown.whole is not None
        answer = client.get(reverse("indicators:totals"), {"export": "xlsx"})
        content = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[arg-type]
        formulas, values = load_workbook(content).active, load_workbook(content, data_only=True).active
        assert formulas is not None
        assert values is not None
        heads = [cell.value for cell in formulas[2]]
        at = {
            "births": heads.index("Trẻ mới sinh (người)") + 1,
            "share": heads.index("Đạt chuẩn (người)") + 1,
        }
        last = formulas.max_row
        column = [values.cell(row, at["births"]).value for row in range(4, last)]
        assert str(formulas.cell(last, at["births"]).value).startswith("=SUM(")
        added = sum(value for value in column if isinstance(value, int | float))
        assert values.cell(last, at["births"]).value == added == shown.whole.cells[0].value
        parts = [values.cell(last, at["share"] + step).value for step in (0, 1, 2)]
        assert parts == [91, 100, 91]
        assert (shown.whole.cells[1].value, shown.whole.cells[1].second) == (91, 100)


class TestTheCatalogue:
    def test_who_keeps_it_proposes_and_takes_in(self, client: Client, officer: Mandate) -> None:
        client.post(reverse("indicators:propose"), {"name": "Số cầu", "unit_of_measure": "cầu"})
        bridges = Indicator.objects.get(name="Số cầu")
        assert bridges.proposed
        answer = client.post(
            reverse("indicators:edit", args=[bridges.code]),
            {
                "name": "Số cầu",
                "unit_of_measure": "cầu",
                "pillar": "economy",
                "kind": "count",
                "over_units": "sum",
                "over_periods": "latest",
                "direction": "",
                "decimals": 0,
                "valid_from": "01-01-2026",
                "valid_to": "",
                "owner": "Sở Xây dựng",
                "definition": "Số cầu trên địa bàn.",
                "source": "",
            },
        )
        assert answer.status_code == 302
        bridges.refresh_from_db()
        assert (bridges.proposed, bridges.over_units) == (False, "sum")
        page = client.get(reverse("indicators:indicator", args=[bridges.code])).content.decode()
        assert "Số cầu trên địa bàn." in page

    def test_a_rule_that_cannot_be_is_refused_in_words(self, client: Client, births: Indicator) -> None:
        form = client.get(reverse("indicators:edit", args=["births"])).context["form"]
        data = {name: "" if (value := form[name].value()) is None else value for name in form.fields}
        data |= {"over_units": "weighted", "valid_from": "01-01-2026"}
        answer = client.post(reverse("indicators:edit", args=["births"]), data)
        assert answer.status_code == 422
        assert "không có tử số và mẫu số" in str(answer.context["form"].errors)

    def test_others_only_read_it(self, city: Unit, births: Indicator) -> None:
        reader = people.signed_in(people.reader(city))
        assert reader.get(reverse("indicators:catalogue")).status_code == 200
        assert reader.get(reverse("indicators:edit", args=["births"])).status_code == 404

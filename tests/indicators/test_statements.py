"""Papers that state figures: what may be stated, what counts, and what a later version takes out."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import people
from tests.factories.figures import StatedFigureFactory, StatementFactory, quarter
from tests.factories.indicators import FigureFactory, IndicatorFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.indicators.actions import (
    Told,
    Unsound,
    copy_statement,
    open_statement,
    period_for,
    put_in_force,
    rebuild_subtotals,
    state_figures,
)
from thongsuot.indicators.aggregation import together
from thongsuot.indicators.models import Indicator, Period, StatedFigure, Statement, Subtotal, UnitYear
from thongsuot.indicators.queries import figures_at, figures_of, held_figures, held_otherwise
from thongsuot.indicators.queries.totals import rolled_up
from thongsuot.kernel.periods import PeriodName
from thongsuot.kernel.verdicts import Refused
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Unit:
    return ProvinceFactory()


@pytest.fixture
def ward(city: Unit) -> Unit:
    return WardFactory(parent=city)


@pytest.fixture
def clerk(ward: Unit) -> Mandate:
    return people.clerk(ward)


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


def opened(clerk: Mandate, key: str = "return-1") -> Statement:
    return open_statement(
        by=clerk, key=key, version=1, unit=clerk.unit, period=quarter(), title="Báo cáo quý", path="/"
    )


def subtotal(indicator: Indicator) -> Subtotal:
    return Subtotal.objects.get(indicator=indicator)


class TestPeriods:
    def test_its_days_are_those_of_the_rule_and_it_is_made_once(self) -> None:
        period = period_for("state", PeriodName("quarter", 2026, 3))
        assert (period.first_day.isoformat(), period.last_day.isoformat()) == ("2026-06-15", "2026-09-14")
        assert period_for("state", PeriodName.parse("2026-Q3")) == period

    def test_the_party_has_a_calendar_of_its_own(self) -> None:
        period = period_for("party", PeriodName("half", 2026, 1))
        assert (period.first_day.isoformat(), period.last_day.isoformat()) == ("2026-01-01", "2026-06-30")


class TestStating:
    def test_what_is_told_stands_what_is_blank_goes_what_is_the_same_stays(self, clerk: Mandate) -> None:
        statement, births, deaths = opened(clerk), IndicatorFactory(), IndicatorFactory()
        assert (
            state_figures(
                by=clerk,
                statement=statement,
                told=[Told(births, Decimal(12)), Told(deaths, applicable=False)],
            )
            == 2
        )
        assert (
            state_figures(by=clerk, statement=statement, told=[Told(births, Decimal(12)), Told(deaths)]) == 1
        )
        assert [figure.display() for figure in figures_of(statement)] == ["12 người"]

    def test_a_ratio_keeps_both_parts(self, clerk: Mandate) -> None:
        statement = opened(clerk)
        done = IndicatorFactory(kind="ratio", over_units="weighted", over_periods="weighted")
        state_figures(by=clerk, statement=statement, told=[Told(done, Decimal(28), Decimal(32))])
        figure = figures_of(statement).get()
        assert (figure.value, figure.second, figure.qualifier) == (28, 32, "ratio")

    def test_every_fault_is_named_at_once_and_nothing_is_written(self, clerk: Mandate) -> None:
        statement, people_, revenue = opened(clerk), IndicatorFactory(), IndicatorFactory(kind="amount")
        share = IndicatorFactory(kind="ratio", over_units="weighted", over_periods="latest")
        words = IndicatorFactory(kind="text", over_units="none", over_periods="latest")
        proposed = IndicatorFactory(proposed=True)
        with pytest.raises(Unsound) as told:
            state_figures(
                by=clerk,
                statement=statement,
                told=[
                    Told(people_, Decimal("12.5")),
                    Told(revenue, Decimal(10) ** 18),
                    Told(share, Decimal(3)),
                    Told(words, Decimal(3)),
                    Told(proposed, Decimal(1)),
                    Told(IndicatorFactory(), Decimal(1), applicable=False),
                    Told(IndicatorFactory(), Decimal(-1)),
                ],
            )
        says = [fault.says.split("”")[-1] for fault in told.value.faults]
        assert [sentence.strip(": ") for sentence in says] == [
            "12,5 không phải số nguyên.",
            "số quá lớn hoặc không phải là số.",
            "cần cả tử số và mẫu số.",
            "là nội dung bằng lời, không phải số.",
            "mới đề xuất, chưa có trong danh mục.",
            "đã ghi không phát sinh thì không có số. Bỏ số, hoặc bỏ dấu không phát sinh.",
            "-1 nhỏ hơn 0.",
        ]
        assert not StatedFigure.objects.exists()

    def test_an_indicator_out_of_use_is_not_stated(self, clerk: Mandate) -> None:
        ended = IndicatorFactory(valid_to="2026-06-30")
        with pytest.raises(Unsound, match="không dùng cho quý III năm 2026"):
            state_figures(
                by=clerk,
                statement=opened(clerk),
                told=[Told(Indicator.objects.get(pk=ended.pk), Decimal(1))],
            )

    def test_only_the_unit_itself_or_who_takes_its_papers_in(self, clerk: Mandate, officer: Mandate) -> None:
        statement, told = opened(clerk), [Told(IndicatorFactory(), Decimal(1))]
        state_figures(by=officer, statement=statement, told=told)
        for other in (people.stranger(), people.reader(clerk.unit)):
            with pytest.raises(Refused):
                state_figures(by=other, statement=statement, told=told)

    def test_it_costs_the_same_for_one_figure_and_for_many(self, clerk: Mandate) -> None:
        statement, costs = opened(clerk), []
        for many in (1, 30):
            told = [Told(IndicatorFactory(), Decimal(1)) for _ in range(many)]
            with CaptureQueriesContext(connection) as captured:
                state_figures(by=clerk, statement=statement, told=told)
            costs.append(len(captured))
        assert costs[0] == costs[1] == 5  # savepoint and its end; the statement, its figures, the writing


class TestWhatCounts:
    def test_it_counts_from_then_on_and_is_written_no_more(self, clerk: Mandate, officer: Mandate) -> None:
        statement, births = opened(clerk), IndicatorFactory()
        state_figures(by=clerk, statement=statement, told=[Told(births, Decimal(12))])
        assert not Subtotal.objects.exists()
        assert put_in_force(by=officer, statement=statement) == 1
        assert put_in_force(by=officer, statement=statement) == 1  # again is the same
        line = subtotal(births)
        assert (line.province, line.units, line.value) == (clerk.unit.parent, 1, 12)
        statement.refresh_from_db()
        assert statement.stated_by == officer.actor.name
        with pytest.raises(Refused, match="Mở lại báo cáo"):
            state_figures(by=clerk, statement=statement, told=[Told(births, Decimal(13))])

    def test_the_ward_may_not_make_its_own_figures_count(self, clerk: Mandate) -> None:
        with pytest.raises(Refused):
            put_in_force(by=clerk, statement=opened(clerk))

    def test_the_next_version_takes_the_place_of_the_one_before(
        self, clerk: Mandate, officer: Mandate
    ) -> None:
        births, deaths = IndicatorFactory(), IndicatorFactory()
        first = StatementFactory(unit=clerk.unit, figures={births: 12, deaths: 3})
        put_in_force(by=officer, statement=first)
        second = copy_statement(by=officer, statement=first, version=2, path="/2")
        assert [figure.value for figure in figures_of(second)] == [12, 3]
        assert subtotal(births).value == 12  # until the second is taken in
        state_figures(by=clerk, statement=second, told=[Told(births, Decimal(15)), Told(deaths)])
        put_in_force(by=officer, statement=second)
        assert subtotal(births).value == 15
        assert not Subtotal.objects.filter(indicator=deaths).exists()
        assert [figure.value for figure in figures_of(first)] == [12, 3]
        assert not figures_of(first).filter(in_force=True).exists()
        with pytest.raises(Refused, match="phiên bản mới hơn"):
            put_in_force(by=officer, statement=first)

    def test_not_applicable_and_missing_are_told_apart(
        self, city: Unit, ward: Unit, officer: Mandate
    ) -> None:
        boats = IndicatorFactory()
        silent = WardFactory(parent=city)
        put_in_force(by=officer, statement=StatementFactory(unit=ward, figures={boats: 5}))
        put_in_force(
            by=officer, statement=StatementFactory(unit=WardFactory(parent=city), figures={boats: None})
        )
        line = subtotal(boats)
        assert (line.units, line.not_applicable, line.value) == (1, 1, 5)
        assert silent.children.count() == 0

    def test_the_same_number_of_two_papers_counts_once(
        self, clerk: Mandate, officer: Mandate, ward: Unit
    ) -> None:
        births, deaths = IndicatorFactory(), IndicatorFactory()
        put_in_force(by=officer, statement=StatementFactory(unit=ward, figures={births: 12}))
        other = StatementFactory(unit=ward, figures={births: 12, deaths: 1})
        assert put_in_force(by=officer, statement=other) == 1
        assert (subtotal(births).units, subtotal(births).value) == (1, 12)

    def test_another_number_at_the_same_address_is_refused(self, officer: Mandate, ward: Unit) -> None:
        births = IndicatorFactory(name="Trẻ mới sinh")
        put_in_force(by=officer, statement=StatementFactory(unit=ward, figures={births: 12}))
        other = StatementFactory(unit=ward, figures={births: 13})
        assert [one.other.value for one in held_otherwise(other)] == [12]
        with pytest.raises(Refused, match="Trẻ mới sinh: ở đây 13 người, trong"):
            put_in_force(by=officer, statement=other)

    def test_where_the_first_paper_takes_a_number_back_the_second_counts(
        self, clerk: Mandate, officer: Mandate, ward: Unit
    ) -> None:
        births, deaths = IndicatorFactory(), IndicatorFactory()
        first = StatementFactory(unit=ward, figures={births: 12, deaths: 1})
        put_in_force(by=officer, statement=first)
        put_in_force(by=officer, statement=StatementFactory(unit=ward, figures={births: 12}))
        second = copy_statement(by=officer, statement=first, version=2, path="/")
        state_figures(by=clerk, statement=second, told=[Told(births)])
        put_in_force(by=officer, statement=second)
        assert subtotal(births).value == 12

    def test_adding_up_stays_exact(self, city: Unit, officer: Mandate) -> None:
        hectares = IndicatorFactory(kind="amount", decimals=2)
        for value in ("0.1", "0.2", "0.3", "1000000.4"):
            statement = StatementFactory(unit=WardFactory(parent=city), figures={hectares: Decimal(value)})
            put_in_force(by=officer, statement=statement)
        assert subtotal(hectares).value == Decimal("1000001")

    def test_it_costs_the_same_for_one_figure_and_for_many(self, city: Unit, officer: Mandate) -> None:
        costs = []
        for many in (1, 1, 30):
            figures = {IndicatorFactory(): 1 for _ in range(many)}
            statement = StatementFactory(unit=WardFactory(parent=city), figures=figures)
            statement = Statement.objects.get(pk=statement.pk)
            with CaptureQueriesContext(connection) as captured:
                put_in_force(by=officer, statement=statement)
            costs.append(len(captured))
        assert costs[1] == costs[2]  # the very first event also begins the trail

    def test_rebuilding_changes_nothing(self, city: Unit, officer: Mandate) -> None:
        births, boats = IndicatorFactory(), IndicatorFactory()
        for value in (3, 4):
            statement = StatementFactory(unit=WardFactory(parent=city), figures={births: value, boats: None})
            put_in_force(by=officer, statement=statement)
        before = [list(kept.objects.order_by("pk").values()) for kept in (Subtotal, UnitYear)]
        assert [len(rows) for rows in before] == [2, 4]
        assert rebuild_subtotals(periods=[quarter()]) == 2
        assert [list(kept.objects.order_by("pk").values()) for kept in (Subtotal, UnitYear)] == before

    def test_a_year_is_kept_of_what_counts(self, clerk: Mandate, officer: Mandate, ward: Unit) -> None:
        births, party, boats = (
            IndicatorFactory(over_periods="sum"),
            IndicatorFactory(over_periods="latest"),
            IndicatorFactory(over_periods="max"),
        )
        for number, figures in (
            (1, {births: 3, party: 1500, boats: 9}),
            (2, {births: 4, party: 1553, boats: 7}),
        ):
            statement = StatementFactory(unit=ward, period=quarter(number), figures=figures)
            put_in_force(by=officer, statement=statement)
        assert _of_the_year(births, party, boats) == [7, 1553, 9]
        copy = copy_statement(by=officer, statement=statement, version=2, path="/")
        told = [Told(births, Decimal(5)), Told(party), Told(boats, Decimal(11))]
        state_figures(by=clerk, statement=copy, told=told)
        assert _of_the_year(births, party, boats) == [7, 1553, 9]  # until it is in force
        put_in_force(by=officer, statement=copy)
        assert _of_the_year(births, party, boats) == [8, 1500, 11]

    def test_what_nobody_says_any_more_is_kept_no_more(
        self, clerk: Mandate, officer: Mandate, ward: Unit
    ) -> None:
        births, deaths = IndicatorFactory(), IndicatorFactory()
        first = StatementFactory(unit=ward, figures={births: 12, deaths: 1})
        put_in_force(by=officer, statement=first)
        second = copy_statement(by=officer, statement=first, version=2, path="/")
        state_figures(by=clerk, statement=second, told=[Told(births)])
        put_in_force(by=officer, statement=second)
        assert [one.indicator for one in UnitYear.objects.all()] == [deaths]

    def test_a_year_in_part_is_added_up_anew(self, officer: Mandate, ward: Unit) -> None:
        births = IndicatorFactory(over_periods="sum")
        for number in (1, 2, 3):
            statement = StatementFactory(unit=ward, period=quarter(number), figures={births: number})
            put_in_force(by=officer, statement=statement)
        totals = rolled_up([quarter(1), quarter(2)], [births])
        assert totals[ward.parent_id, births.pk].value == 3
        assert _of_the_year(births) == [6]


def _of_the_year(*indicators: Indicator) -> list[Decimal | None]:
    totals = rolled_up(list(Period.objects.filter(year=quarter().year)), indicators)
    return [
        together(total for (_place, key), total in totals.items() if key == one.pk).value
        for one in indicators
    ]


class TestWhatIsHeld:
    def test_what_counts_goes_before_what_a_text_says(self, officer: Mandate, ward: Unit) -> None:
        births, deaths = IndicatorFactory(), IndicatorFactory()
        FigureFactory(unit=ward, indicator=births, on="2026-08-01", value=11)
        FigureFactory(unit=ward, indicator=deaths, on="2026-08-01", value=2)
        FigureFactory(unit=ward, indicator=deaths, on="2026-09-01", value=4)
        FigureFactory(unit=ward, indicator=deaths, on="2026-11-01", value=9)  # after the period
        put_in_force(by=officer, statement=StatementFactory(unit=ward, figures={births: 12}))
        held = held_figures(ward, quarter(), [births, deaths])
        assert {key: one.value for key, one in held.items()} == {births.pk: 12, deaths.pk: 4}
        assert held[births.pk].where.startswith("Báo cáo thử")

    def test_what_does_not_count_is_not_held(self, ward: Unit) -> None:
        figure = StatedFigureFactory(statement=StatementFactory(unit=ward))
        assert held_figures(ward, quarter(), [figure.indicator]) == {}
        assert figures_at([ward], [quarter()], [figure.indicator]) == {}

"""Workload beside headcount, who lacks what, and the training plan that becomes courses."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import people
from tests.costs import queries_of_page
from tests.factories.staffing import HoldingFactory, PositionFactory
from tests.units.places import city, ward
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.positions import fields
from thongsuot.lawbook.training import courses
from thongsuot.matters.models import Matter
from thongsuot.staffing.actions.training import save_training
from thongsuot.staffing.models import Holding, PositionStandard, Qualification, Training, Workload
from thongsuot.staffing.queries.training import gaps_of, propose
from thongsuot.staffing.queries.workload import load_page
from thongsuot.staffing.workload import Load, Totals, pressures
from thongsuot.units.models import Unit

TODAY = date(2026, 11, 18)
loads = st.dictionaries(
    st.integers(0, 9),
    st.builds(
        Load,
        population=st.integers(1, 200_000),
        dossiers=st.integers(1, 200_000),
        present=st.integers(0, 120),
        posts=st.integers(0, 120),
    ),
    min_size=1,
)


@given(loads, st.floats(0, 1))
def test_what_all_units_need_is_who_there_is(drawn: dict[int, Load], weight: float) -> None:
    """The shares add up to one, whatever the weight."""
    totals = Totals.of(drawn)
    assert sum(one.needed or 0 for one in pressures(drawn, totals, weight)) == pytest.approx(totals.present)


def test_a_unit_whose_dossiers_are_not_known_has_no_ratio() -> None:
    drawn = {1: Load(1000, 500, 5, 5), 2: Load(1000, None, 5, 5)}
    found = {one.key: one for one in pressures(drawn, Totals.of(drawn), 0.5)}
    assert found[1].ratio == 1
    assert found[2].ratio is None
    assert found[2].people_a_post == 200


def test_every_field_of_counted_positions_has_a_course_for_either_lack() -> None:
    for closes in ("major", "degree"):
        served = {field for one in courses().values() if one.closes == closes for field in one.fields}
        assert set(fields()) - {"LD", "DANG", "MT", "QS"} <= served


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def province() -> Unit:
    return city()


@pytest.fixture
def wards(province: Unit) -> list[Unit]:
    found = [ward(province, name, f"2600{at}") for at, name in enumerate(["Một", "Hai"])]
    position = PositionFactory(code="KT01", field="TCKH")
    PositionStandard.objects.create(
        position=position, degree="bachelor", majors=["tài chính"], valid_from=date(2025, 7, 1)
    )
    studied = [("bachelor", "ngữ văn"), ("college", "tài chính"), ("bachelor", "tài chính")]
    for unit, chosen in ((found[0], studied), (found[1], studied[:1])):
        Workload.objects.create(unit=unit, on=date(2026, 1, 1), population=20_000, dossiers=10_000)
        for degree, major in chosen:
            holding = HoldingFactory(unit=unit, position=position)
            Qualification.objects.create(person=holding.person, degree=degree, major=major)
    return found


@pytest.mark.django_db
class TestWorkload:
    def test_the_newest_figures_known_that_day_count(self, province: Unit, wards: list[Unit]) -> None:
        Workload.objects.create(unit=wards[0], on=date(2026, 10, 1), population=30_000, dossiers=10_000)
        Workload.objects.create(unit=wards[0], on=date(2026, 12, 1), population=90_000, dossiers=10_000)
        page = load_page(people.personnel(province), TODAY, 0.5, "ten")
        assert [line.pressure.load.population for line in page.lines] == [20_000, 30_000]
        assert page.lines[1].pressure.people_a_post == 10_000

    def test_the_one_with_fewest_for_its_work_comes_first(self, province: Unit, wards: list[Unit]) -> None:
        page = load_page(people.personnel(province), TODAY, 0.5, "ty-so")
        assert [line.unit for line in page.lines] == [wards[1], wards[0]]
        assert [round(line.pressure.ratio or 0, 2) for line in page.lines] == [0.5, 1.5]

    def test_a_ward_sees_itself_against_the_whole(self, province: Unit, wards: list[Unit]) -> None:
        page = load_page(people.ward_personnel(wards[1]), TODAY, 0.5, "")
        assert [(line.unit, line.pressure.ratio) for line in page.lines] == [(wards[1], 0.5)]


@pytest.mark.django_db
class TestWhoLacksWhat:
    def test_degree_and_major_are_told_apart(self, province: Unit, wards: list[Unit]) -> None:
        gaps = gaps_of(people.personnel(province), TODAY)
        assert sorted(gap.lacks for gap in gaps.gaps) == ["degree", "major", "major"]
        assert [(one.name, one.degree, one.major) for one in gaps.by_unit] == [
            ("Phường Một", 1, 1),
            ("Phường Hai", 0, 1),
        ]

    def test_numbers_stand_for_names(self, province: Unit, wards: list[Unit]) -> None:
        gaps = gaps_of(people.officer(province), TODAY)
        assert all(gap.called == gap.holding.person.number for gap in gaps.gaps)

    def test_it_costs_the_same_however_many_there_are(self, province: Unit, wards: list[Unit]) -> None:
        client = people.signed_in(people.personnel(province))
        before = queries_of_page(client, reverse("staffing:standards"))
        HoldingFactory(unit=wards[0], position=Holding.objects.first().position)
        assert queries_of_page(client, reverse("staffing:standards")) == before


@pytest.mark.django_db
class TestTraining:
    def test_money_decides_how_many_and_the_plan_is_proven(self, province: Unit, wards: list[Unit]) -> None:
        gaps = gaps_of(people.personnel(province), TODAY)
        everything, little, nothing = (propose(gaps, money) for money in (None, 40_000, 0))
        assert (everything.plan.closed, little.plan.closed, nothing.plan.closed) == (3, 2, 0)
        assert everything.plan.proven
        assert little.plan.cost <= 40_000
        assert all(best >= by_hand for _money, best, by_hand in everything.curve)
        assert {course for _gap, course in everything.chosen()} == {"BD-TC", "DH-KT"}

    def test_saving_plans_a_course_for_each_once(self, province: Unit, wards: list[Unit]) -> None:
        by = people.personnel(province)
        chosen = propose(gaps_of(by, TODAY), None).chosen()
        assert save_training(by=by, unit=province, chosen=chosen, starts_on=date(2027, 1, 15)) == 3
        assert Training.objects.filter(planned_on=date(2027, 1, 15), finished_on=None).count() == 3
        assert Event.objects.filter(verb="training.planned").count() == 1
        assert not gaps_of(by, TODAY).open
        with pytest.raises(Refused, match="đã có lớp"):
            save_training(by=by, unit=province, chosen=chosen, starts_on=date(2027, 1, 15))

    def test_each_unit_gets_a_task_to_send_its_people(self, province: Unit, wards: list[Unit]) -> None:
        by, starts_on = people.personnel(province), date(2027, 1, 15)
        chosen = propose(gaps_of(by, TODAY), None).chosen()
        save_training(by=by, unit=province, chosen=chosen, starts_on=starts_on, as_tasks=True)
        tasks = list(Matter.objects.filter(direction="down").select_related("origin"))
        assert sorted(task.unit_id for task in tasks) == [one.pk for one in wards]
        assert {task.due_on for task in tasks} == {starts_on}
        assert {task.origin.path for task in tasks} == {reverse("staffing:standards")}
        names = {gap.holding.person.full_name for gap, _course in chosen}
        assert not any(name in task.text for task in tasks for name in names)

    def test_is_for_whoever_plans_and_for_a_day_to_come(self, province: Unit, wards: list[Unit]) -> None:
        by = people.personnel(province)
        chosen = propose(gaps_of(by, TODAY), None).chosen()
        with pytest.raises(Refused, match="đã qua"):
            save_training(by=by, unit=province, chosen=chosen, starts_on=date(2026, 1, 1))
        with pytest.raises(Refused):
            save_training(by=people.ward_personnel(wards[0]), unit=province, chosen=chosen, starts_on=TODAY)
        with pytest.raises(Refused, match="Tăng kinh phí"):
            save_training(by=by, unit=province, chosen=[], starts_on=TODAY)


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("name", ["workload", "standards", "training"])
    def test_open_and_come_as_files(self, province: Unit, wards: list[Unit], name: str) -> None:
        client = people.signed_in(people.personnel(province))
        assert client.get(reverse(f"staffing:{name}"), {"budget": "40", "weight": "70"}).status_code == 200
        if name != "training":
            file = client.get(reverse(f"staffing:{name}"), {"export": "xlsx"})
            assert b"".join(file.streaming_content)[:2] == b"PK"

    def test_the_plan_is_entered_from_the_page(self, province: Unit, wards: list[Unit]) -> None:
        client = people.signed_in(people.personnel(province))
        sent = {"starts_on": "15-01-2027", "budget": "", "as_tasks": "on"}
        client.post(reverse("staffing:keep-training"), sent)
        assert Matter.objects.filter(direction="down").count() == 2
        assert Training.objects.count() == 3
        assert client.post(reverse("staffing:keep-training"), {"starts_on": ""}).status_code == 302

    def test_only_whoever_plans_opens_the_plan(self, province: Unit, wards: list[Unit]) -> None:
        client = people.signed_in(people.ward_personnel(wards[0]))
        assert client.get(reverse("staffing:training")).status_code == 404
        assert client.get(reverse("staffing:standards")).status_code == 200

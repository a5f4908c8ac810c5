"""A round of review: opened for every commune, filed once by each, returned, chased, and kept beside what changes later."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests import people
from tests.costs import queries_of_page
from tests.factories.staffing import FrameFactory, HoldingFactory, PositionFactory
from tests.units.places import city, ward
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused, Stale
from thongsuot.notices.models import Notice
from thongsuot.notices.reminding import remind
from thongsuot.staffing.actions import chase_reviews, file_review, open_round, return_review
from thongsuot.staffing.models import Chase, Holding, ReviewRound, Snapshot, UnitReview
from thongsuot.staffing.queries.reviews import CHANGED, CHASED, LATE, OWING, round_page
from thongsuot.units.models import Mandate, Unit

TODAY = date(2026, 11, 18)
DUE = date(2026, 11, 30)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def province() -> Unit:
    return city()


@pytest.fixture
def wards(province: Unit) -> list[Unit]:
    """One post too many in the first, one too few in the second."""
    found = [ward(province, name, f"2600{at}") for at, name in enumerate(["Một", "Hai", "Ba"])]
    position = PositionFactory(code="VP01")
    for unit, places, many in ((found[0], 1, 2), (found[1], 2, 1)):
        FrameFactory(unit=unit, position=position, places=places)
        for _one in range(many):
            HoldingFactory(unit=unit, position=position)
    return found


@pytest.fixture
def planner(province: Unit) -> Mandate:
    return people.personnel(province)


@pytest.fixture
def keeper(wards: list[Unit]) -> Mandate:
    return people.ward_personnel(wards[0])


@pytest.fixture
def called(planner: Mandate, keeper: Mandate, province: Unit) -> ReviewRound:
    return open_round(by=planner, unit=province, title="Rà soát tháng 11", on=TODAY, due_on=DUE)


def review_of(called: ReviewRound, unit: Unit) -> UnitReview:
    return UnitReview.objects.get(round=called, unit=unit)


class TestOpening:
    def test_every_commune_owes_one_and_is_told(
        self, called: ReviewRound, wards: list[Unit], keeper: Mandate
    ) -> None:
        assert set(called.reviews.values_list("unit", flat=True)) == {unit.pk for unit in wards}
        told = Notice.objects.get(user=keeper.user)
        assert (told.title, told.due_on) == ("Rà soát tháng 11", DUE)

    def test_is_for_whoever_plans(self, province: Unit, keeper: Mandate) -> None:
        for by in (keeper, people.officer(province)):
            with pytest.raises(Refused):
                open_round(by=by, unit=province, title="Đợt", on=TODAY, due_on=DUE)

    @pytest.mark.parametrize(
        ("on", "due_on", "why"),
        [(TODAY, date(2026, 11, 17), "đã qua"), (date(2026, 12, 1), DUE, "không được sau hạn nộp")],
    )
    def test_days_that_cannot_be_are_refused(
        self, planner: Mandate, province: Unit, wards: list[Unit], on: date, due_on: date, why: str
    ) -> None:
        with pytest.raises(Refused, match=why):
            open_round(by=planner, unit=province, title="Đợt", on=on, due_on=due_on)

    def test_a_name_is_given_once(self, called: ReviewRound, planner: Mandate, province: Unit) -> None:
        with pytest.raises(Refused, match="Đặt tên khác"):
            open_round(by=planner, unit=province, title=" Rà  soát tháng 11", on=TODAY, due_on=DUE)


class TestFiling:
    def test_keeps_the_figures_as_they_are(
        self, called: ReviewRound, wards: list[Unit], keeper: Mandate
    ) -> None:
        filed = file_review(by=keeper, review=review_of(called, wards[0]), remark="Đủ.")
        assert filed.snapshot is not None
        assert (filed.snapshot.totals["surplus"], filed.snapshot.on) == (1, TODAY)
        assert filed.filed_by == keeper.actor.name
        assert not Notice.objects.filter(user=keeper.user, read_at=None).exists()
        assert Event.objects.filter(verb="review.filed").count() == 1

    def test_twice_is_refused(self, called: ReviewRound, wards: list[Unit], keeper: Mandate) -> None:
        review = review_of(called, wards[0])
        file_review(by=keeper, review=review)
        with pytest.raises(Refused, match="đã nộp rà soát"):
            file_review(by=keeper, review=review)
        assert Snapshot.objects.count() == 1

    def test_whoever_comes_second_is_told(
        self, called: ReviewRound, wards: list[Unit], keeper: Mandate
    ) -> None:
        review = review_of(called, wards[0])
        file_review(by=keeper, review=review, seen=review.version)
        with pytest.raises(Stale):
            file_review(by=people.ward_leader(wards[0]), review=review, seen=1)

    def test_is_for_ones_own_unit(
        self, called: ReviewRound, wards: list[Unit], keeper: Mandate, planner: Mandate
    ) -> None:
        for by in (keeper, planner, people.clerk(wards[1])):
            with pytest.raises(Refused):
                file_review(by=by, review=review_of(called, wards[1]))

    def test_what_changes_later_shows_as_a_difference(
        self, called: ReviewRound, wards: list[Unit], keeper: Mandate, planner: Mandate
    ) -> None:
        file_review(by=keeper, review=review_of(called, wards[0]))
        assert not round_page(planner, called, TODAY).changed
        Holding.objects.filter(unit=wards[0]).first().delete()
        page = round_page(planner, called, TODAY)
        assert [line.unit for line in page.lines if line.fits(CHANGED)] == [wards[0]]
        line = next(line for line in page.lines if line.changed)
        assert (line.then.surplus, line.now.surplus) == (1, 0)
        assert page.as_filed.surplus == 1


class TestReturning:
    def test_the_unit_files_again_and_the_first_figures_stay(
        self, called: ReviewRound, wards: list[Unit], keeper: Mandate, planner: Mandate
    ) -> None:
        review = file_review(by=keeper, review=review_of(called, wards[0]))
        return_review(by=planner, review=review, reason="Thiếu một người.")
        review.refresh_from_db()
        assert (review.filed_at, review.returned_because) == (None, "Thiếu một người.")
        assert Notice.objects.filter(user=keeper.user, kind="returned", read_at=None).count() == 1
        HoldingFactory(unit=wards[0], position=Holding.objects.first().position)
        again = file_review(by=keeper, review=review)
        assert again.returned_because == ""
        assert Snapshot.objects.filter(unit=wards[0]).count() == 2

    def test_needs_a_reason_and_something_filed(
        self, called: ReviewRound, wards: list[Unit], keeper: Mandate, planner: Mandate
    ) -> None:
        review = review_of(called, wards[0])
        with pytest.raises(Refused, match="lý do"):
            return_review(by=planner, review=review, reason=" ")
        with pytest.raises(Refused, match="chưa nộp"):
            return_review(by=planner, review=review, reason="Sai")
        with pytest.raises(Refused):
            return_review(by=keeper, review=file_review(by=keeper, review=review), reason="Sai")


class TestChasing:
    def test_reminds_those_who_owe_and_is_kept(
        self, called: ReviewRound, wards: list[Unit], keeper: Mandate, planner: Mandate
    ) -> None:
        second = people.ward_personnel(wards[1])
        file_review(by=keeper, review=review_of(called, wards[0]))
        assert chase_reviews(by=planner, called=called, units=wards, words="Nộp ngay") == 2
        chase_reviews(by=planner, called=called, units=[wards[1]])
        assert [line.chases for line in round_page(planner, called, TODAY).lines] == [1, 2, 0]
        assert Chase.objects.first().by == planner.actor.name
        unread = Notice.objects.filter(user=second.user, kind="due", read_at=None)
        assert unread.count() == 1, "the new reminder takes the place of the one before"
        assert not Notice.objects.filter(user=keeper.user, kind="due").exists()

    def test_nobody_left_to_chase_is_told(
        self, called: ReviewRound, wards: list[Unit], keeper: Mandate, planner: Mandate
    ) -> None:
        file_review(by=keeper, review=review_of(called, wards[0]))
        with pytest.raises(Refused, match="còn nợ"):
            chase_reviews(by=planner, called=called, units=[wards[0]])

    def test_late_ones_are_told_from_owing_ones(
        self, called: ReviewRound, wards: list[Unit], planner: Mandate
    ) -> None:
        page = round_page(planner, called, DUE + timedelta(days=1))
        assert (page.count(LATE), page.count(OWING), page.count(CHASED)) == (3, 3, 0)

    def test_the_ladder_of_reminders_knows_it(
        self, called: ReviewRound, keeper: Mandate, province: Unit
    ) -> None:
        leader = people.city_leader(province)
        remind(after=DUE - timedelta(days=9), on=DUE + timedelta(days=30))
        assert Notice.objects.filter(user=keeper.user, kind="late").exists()
        assert Notice.objects.filter(user=leader.user, kind="below").exists()


class TestPages:
    def test_a_round_from_opening_to_refiling(
        self, province: Unit, wards: list[Unit], planner: Mandate, keeper: Mandate
    ) -> None:
        above, ward_client = people.signed_in(planner), people.signed_in(keeper)
        answer = above.post(
            reverse("staffing:open-round"),
            {"title": "Rà soát", "basis": "", "on": "18-11-2026", "due_on": "30-11-2026"},
        )
        called = ReviewRound.objects.get()
        assert answer.headers["Location"] == called.get_absolute_url()
        review = review_of(called, wards[0])
        assert review.get_absolute_url() in ward_client.get(reverse("home")).content.decode()
        ward_client.post(review.get_absolute_url(), {"remark": "Đủ", "seen": ""})
        review.refresh_from_db()
        assert review.filed_at is not None
        above.post(reverse("staffing:give-back", args=[review.pk]), {"reason": "Xem lại"})
        assert "Xem lại" in ward_client.get(review.get_absolute_url()).content.decode()
        above.post(
            reverse("staffing:chase", args=[called.pk]),
            {"chosen": [unit.pk for unit in wards], "words": "Gấp"},
        )
        assert Chase.objects.count() == 3
        for query in ("", "?state=da-nop", "?state=doi-khac", "?state=??"):
            assert above.get(called.get_absolute_url() + query).status_code == 200
        file = above.get(called.get_absolute_url(), {"export": "xlsx"})
        assert b"".join(file.streaming_content)[:2] == b"PK"

    def test_a_ward_sees_its_own_line_alone(
        self, called: ReviewRound, wards: list[Unit], keeper: Mandate
    ) -> None:
        client = people.signed_in(keeper)
        page = client.get(called.get_absolute_url()).content.decode()
        assert "Phường Một" in page
        assert "Phường Hai" not in page
        assert client.get(review_of(called, wards[1]).get_absolute_url()).status_code == 404
        assert client.post(reverse("staffing:chase", args=[called.pk])).status_code == 404

    def test_the_same_form_twice_files_once(
        self, called: ReviewRound, wards: list[Unit], keeper: Mandate
    ) -> None:
        client, review = people.signed_in(keeper), review_of(called, wards[0])
        for _time in range(2):
            client.post(review.get_absolute_url(), {"remark": "", "seen": "1"})
        assert Event.objects.filter(verb="review.filed").count() == 1

    def test_a_round_costs_the_same_however_many_units_it_asks(
        self, province: Unit, planner: Mandate
    ) -> None:
        client, costs = people.signed_in(planner), []
        for many in (1, 3):
            for at in range(many):
                unit = ward(province, f"Phường {many}{at}", f"27{many}{at}0")
                HoldingFactory(unit=unit, position=PositionFactory())
            called = open_round(by=planner, unit=province, title=f"Đợt {many}", on=TODAY, due_on=DUE)
            client.get(called.get_absolute_url())
            costs.append(queries_of_page(client, called.get_absolute_url()))
        assert costs[0] == costs[1]

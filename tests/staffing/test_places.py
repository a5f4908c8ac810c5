"""The catalogue, frames, ceilings, figures of a day."""

from datetime import date

import pytest

from tests import people
from tests.factories.staffing import HoldingFactory, PersonFactory
from tests.staffing.scene import ON, listed, row
from thongsuot.audit.actors import SYSTEM
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused, Stale
from thongsuot.staffing.actions import (
    amend_position,
    apply_unit_staff,
    end_position,
    load_positions,
    note_workload,
    set_frame,
    set_quota,
    set_quota_from_population,
    set_standard,
    take_snapshot,
)
from thongsuot.staffing.enums import Acts, Block, Fit, SnapshotOrigin
from thongsuot.staffing.importing.content import PostRow, QualificationRow
from thongsuot.staffing.models import Frame, Position, PositionStandard, Quota, Snapshot
from thongsuot.staffing.queries import Schooling, major_fits, standards_on
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
LATER = date(2026, 1, 15)


def position(code: str) -> Position:
    return Position.objects.get(code=code)


class TestCatalogue:
    def test_is_loaded_once_and_keeps_what_was_amended(self, keeper: Mandate) -> None:
        amend_position(by=keeper, position=position("VP04"), changes={"name": "Văn thư", "weight": 2})
        assert load_positions(by=SYSTEM) == 0
        assert (position("VP04").name, position("VP04").weight) == ("Văn thư", 2)

    def test_suggested_majors_say_that_they_are(self, province: Unit) -> None:
        assert (
            PositionStandard.objects.filter(suggested=True).count() == PositionStandard.objects.count() > 27
        )

    def test_the_code_stays(self, keeper: Mandate) -> None:
        with pytest.raises(ValueError, match="code"):
            amend_position(by=keeper, position=position("VP04"), changes={"code": "XX"})

    def test_two_at_once(self, keeper: Mandate) -> None:
        amend_position(by=keeper, position=position("VP04"), changes={"weight": 2}, seen=1)
        with pytest.raises(Stale):
            amend_position(by=keeper, position=position("VP04"), changes={"weight": 3}, seen=1)

    def test_a_ward_amends_no_catalogue(self, own: Mandate) -> None:
        with pytest.raises(Refused):
            amend_position(by=own, position=position("VP04"), changes={"weight": 2})

    def test_a_position_with_places_is_not_ended(self, here: Unit, keeper: Mandate) -> None:
        set_frame(by=keeper, unit=here, position=position("VP05"), places=1, on=date(2025, 11, 1))
        with pytest.raises(Refused, match="còn chỗ"):
            end_position(by=keeper, position=position("VP05"), on=LATER)
        set_frame(by=keeper, unit=here, position=position("VP05"), places=0, on=LATER)
        assert end_position(by=keeper, position=position("VP05"), on=LATER).valid_to == LATER


class TestStandards:
    def test_a_commune_sets_its_own(self, here: Unit, there: Unit, own: Mandate) -> None:
        set_standard(
            by=own,
            position=position("VP02"),
            unit=here,
            degree="college",
            majors=[" Tin học ", "Tin học"],
            on=ON,
        )
        found = standards_on(ON)
        learned = Schooling((("college", "Tin học"),))
        assert found.fit(learned, "VP02", here.pk) == Fit.FULL
        assert found.lacks(learned, "VP02", there.pk) == "degree"
        assert PositionStandard.objects.get(unit=here).majors == ["Tin học"]

    def test_it_is_dated(self, here: Unit, own: Mandate) -> None:
        set_standard(by=own, position=position("VP02"), unit=here, degree="bachelor", majors=["Toán"], on=ON)
        set_standard(
            by=own, position=position("VP02"), unit=here, degree="bachelor", majors=["Tin học"], on=LATER
        )
        assert standards_on(ON).own[here.pk, "VP02"].majors == ["Toán"]
        assert standards_on(LATER).own[here.pk, "VP02"].majors == ["Tin học"]

    def test_said_again_it_stays(self, here: Unit, own: Mandate) -> None:
        for _ in range(2):
            set_standard(
                by=own, position=position("VP02"), unit=here, degree="bachelor", majors=["Toán"], on=ON
            )
        assert Event.objects.filter(verb=Acts.MAJORS_SET).count() == 1

    def test_a_ward_sets_none_for_others(self, there: Unit, own: Mandate) -> None:
        for unit in (there, None):
            with pytest.raises(Refused):
                set_standard(by=own, position=position("VP02"), unit=unit, degree="bachelor", majors=[])

    @pytest.mark.parametrize(
        ("major", "wanted", "fits"),
        [
            ("Luật kinh tế", ["luật"], True),
            ("Kinh tế", ["luật kinh tế"], True),
            ("Luật", ["kinh tế"], False),
            ("Y tế công cộng", ["y", "dược"], True),
            ("Kỹ thuật", ["y"], False),
            ("Bất kỳ", [], True),
        ],
    )
    def test_a_major_fits_word_by_word(self, major: str, wanted: list[str], fits: bool) -> None:
        assert major_fits(major, wanted) is fits

    def test_a_finished_course_stands_for_the_degree(self, province: Unit) -> None:
        assert standards_on(ON).fit(Schooling((), {"VP02"}), "VP02") == Fit.FULL
        assert standards_on(ON).fit(Schooling(), "VP02") == Fit.TRAINING
        assert standards_on(ON).fit(Schooling((("master", "Sử học"),)), "VP02") == Fit.TRAINING


class TestPlaces:
    def test_frames_are_dated_and_never_below_nought(self, here: Unit, own: Mandate) -> None:
        office = position("VP01")
        set_frame(by=own, unit=here, position=office, places=2, on=ON, basis="Quyết định 1")
        set_frame(by=own, unit=here, position=office, places=2, on=LATER)
        assert Frame.objects.count() == 1
        set_frame(by=own, unit=here, position=office, places=3, on=LATER)
        assert [(one.places, one.valid_to) for one in Frame.objects.order_by("valid_from")] == [
            (2, LATER),
            (3, None),
        ]
        with pytest.raises(Refused, match="âm"):
            set_frame(by=own, unit=here, position=office, places=-1, on=LATER)
        with pytest.raises(Refused, match="muộn hơn"):
            set_frame(by=own, unit=here, position=office, places=9, on=ON)

    def test_the_ceiling_follows_the_population(self, here: Unit, keeper: Mandate) -> None:
        with pytest.raises(Refused, match="số dân"):
            set_quota_from_population(by=keeper, unit=here, on=ON)
        note_workload(by=keeper, unit=here, on=date(2025, 10, 1), population=52_000)
        quota = set_quota_from_population(by=keeper, unit=here, on=ON)
        assert quota is not None
        assert (quota.posts, quota.block) == (50, Block.GOVERNMENT)
        assert "09/CV-BCĐ" in quota.basis

    def test_a_ward_sets_no_ceiling_for_itself(self, here: Unit, own: Mandate) -> None:
        with pytest.raises(Refused):
            set_quota(by=own, unit=here, block=Block.GOVERNMENT, posts=90, on=ON)
        assert not Quota.objects.exists()


class TestSnapshots:
    def test_says_places_people_and_who_lacks_the_standard(
        self, here: Unit, there: Unit, keeper: Mandate
    ) -> None:
        unfit = row("p2", qualifications=(QualificationRow("secondary", "Luật"),))
        lent = row("p3", posts=(PostRow("VP02", "secondment", ON, LATER, there.code),))
        soldier = row("p4", "QS01")
        apply_unit_staff(
            by=keeper,
            unit=here,
            content=listed(here, row("p1"), unfit, lent, soldier, frames={"VP01": 1, "VP02": 2}),
        )
        snapshot = take_snapshot(by=keeper, unit=here, on=ON, origin=SnapshotOrigin.BY_HAND)
        assert snapshot.content["VP01"] == {
            "places": 1, "present": 2, "numbers": ["p1", "p2"], "unqualified": ["p2"], "helping": [], "counted": True,
        }  # fmt: skip
        assert snapshot.content["VP02"]["helping"] == ["p3"]
        assert snapshot.totals == {
            "places": 3, "present": 2, "surplus": 1, "shortage": 2, "unqualified": 1, "all_places": 3, "all_present": 3,
        }  # fmt: skip

    def test_the_same_figures_are_one_snapshot(self, here: Unit, keeper: Mandate) -> None:
        first = take_snapshot(by=keeper, unit=here, on=ON, origin=SnapshotOrigin.IMPORT)
        assert take_snapshot(by=keeper, unit=here, on=ON, origin=SnapshotOrigin.REVIEW) == first
        HoldingFactory(unit=here, position=position("VP01"), person=PersonFactory())
        assert take_snapshot(by=keeper, unit=here, on=ON, origin=SnapshotOrigin.REVIEW) != first
        assert Snapshot.objects.count() == 2

    def test_of_another_place_is_refused(self, there: Unit, own: Mandate) -> None:
        with pytest.raises(Refused):
            take_snapshot(
                by=people.ward_personnel(people.stranger().unit),
                unit=there,
                on=ON,
                origin=SnapshotOrigin.REVIEW,
            )

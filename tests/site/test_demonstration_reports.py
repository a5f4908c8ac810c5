"""The demonstration's two quarters: some late, some sent back, one reopened, some missing."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from random import Random

import pytest

from tests import people
from tests.units.places import city, ward
from thongsuot.audit.actors import SYSTEM
from thongsuot.indicators.actions import load_catalogue
from thongsuot.indicators.models import StatedFigure, Target
from thongsuot.lawbook.indicators import pillars
from thongsuot.notices.actions import silence
from thongsuot.oversight.models import Conference
from thongsuot.returns.models import Return, ReturnVersion, Round
from thongsuot.site.demo.conferences import Conferences
from thongsuot.site.demo.days import Diary
from thongsuot.site.demo.reports import Reports
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db


@dataclass
class SmallStory:
    """As much of the story as returns need, of a few wards."""

    city: Unit
    units: list[Unit]
    diary: Diary
    officer: Mandate
    signed: dict[str, Mandate] = field(default_factory=dict)
    wards: dict[int, Mandate] = field(default_factory=dict)

    def chance(self, part: str) -> Random:
        return Random(f"1:{part}")

    def share(self, of: int) -> int:
        return max(1, round(of * len(self.units) / 168))

    def figure(self, username: str, role: str, unit: str) -> Mandate:
        return people.holder(username, role, next(one for one in self.units if str(one) == unit))


def test_two_quarters_are_told_through_the_acts() -> None:
    province = city()
    names = ["Bình Tân", "Tân Khánh", *(f"Thử {number}" for number in range(8))]
    units = [ward(province, name, f"2700{at}") for at, name in enumerate(names)]
    load_catalogue(by=SYSTEM)
    story = SmallStory(province, units, Diary(date(2026, 11, 20)), people.officer(province))
    story.wards = {unit.pk: people.clerk(unit) for unit in units}
    reports = Reports(story)  # type: ignore[arg-type]
    reports.tell()
    Conferences(story, reports).tell()  # type: ignore[arg-type]
    story.diary.tell(lambda _day: silence())

    first, second = Round.objects.order_by("pk")
    assert (str(first.period), str(second.period)) == ("quý II năm 2026", "quý III năm 2026")
    aimed = Target.objects.filter(unit=province, period=second.period).select_related("indicator")
    assert {one.indicator.pillar for one in aimed} == set(pillars())
    assert first.closed_at is not None
    assert set(first.returns.values_list("state", flat=True)) <= {"locked", "sent_back"}
    states = Counter(second.returns.values_list("state", flat=True))
    assert {"accepted", "approved", "not_begun", "draft", "submitted"} <= set(states)
    assert ReturnVersion.objects.filter(number=2, accepted_at__isnull=False).count() == 1
    assert Return.objects.filter(times_chased__gt=0).exists()
    late = [row for row in Return.objects.exclude(handed_in_at=None) if row.handed_in_at.date() > row.due]
    assert late
    assert StatedFigure.objects.filter(in_force=True).count() > 200

    closed, prepared = Conference.objects.order_by("ordinal")
    assert (closed.state, prepared.state) == ("closed", "prepared")
    assert (closed.paper, prepared.paper) == (first, second)
    assert closed.opens == prepared.closes, "the period one opens is the period the next closes"
    to_all = closed.conclusions.get(position=1).order
    assert to_all is not None
    assert to_all.tasks.count() == len(units)
    assert closed.meeting is not None
    assert to_all.origin == closed.meeting.origin

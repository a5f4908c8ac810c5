"""The working group a draft names: which is meant, and what is said where none is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import people
from tests.factories.oversight import CampaignFactory, WorkingGroupFactory
from tests.intake.reports import City, draft, officer_and_draft
from thongsuot.intake.confirming import confirm_draft
from thongsuot.intake.matching import match_group
from thongsuot.intake.models import Draft
from thongsuot.intake.queries import reading_page
from thongsuot.oversight.models import Meeting, WorkingGroup
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db
SAID = (
    "Chưa có tổ công tác số 10 trong đợt giám sát nào; buổi này sẽ vào sổ không gắn tổ. "
    "Lập tổ ở mục Giám sát & hội nghị rồi xác nhận sau, hoặc bỏ số tổ."
)


def groups(city: City, *units: object) -> list[WorkingGroup]:
    """Number 10 in one campaign after another, the newest last."""
    return [
        WorkingGroupFactory(
            number=10, campaign=CampaignFactory(unit=city.province), units=[unit] if unit else []
        )
        for unit in units
    ]


def notices(paper: Draft, by: Mandate) -> list[str]:
    return [problem.message for problem in reading_page(paper, by).notices]


def test_a_number_no_group_bears_is_a_notice_that_neither_blocks_nor_leaves_anything_out() -> None:
    _city, officer, paper = officer_and_draft()
    page = reading_page(paper, officer)
    assert [(one.place, one.message) for one in page.notices] == [("meeting.working_group", SAID)]
    assert (page.blocking, page.left_out) == ([], [])
    (box,) = [box for box in page.meeting if box.spec.name == "working_group"]
    assert (box.notice, box.problem) == (SAID, "")
    confirm_draft(by=officer, draft=paper)
    assert Meeting.objects.get().working_group is None


def test_the_page_says_it_and_stops_saying_it_once_confirmed() -> None:
    _city, officer, paper = officer_and_draft()
    client = people.signed_in(officer)
    shown = client.get(f"/tiep-nhan/{paper.pk}/").content.decode()
    assert SAID.replace("&", "&amp;") in shown
    assert "mục sẽ không vào sổ" not in shown
    assert "đã đủ điều kiện xác nhận" in shown
    confirm_draft(by=officer, draft=paper)
    assert "không gắn tổ" not in client.get(f"/tiep-nhan/{paper.pk}/").content.decode()


def test_the_group_that_works_with_the_unit_is_meant_else_the_only_one() -> None:
    city, officer, paper = officer_and_draft()
    (only,) = groups(city, None)
    assert notices(paper, officer) == []
    assert match_group(10, [city.front], officer).chosen == only
    (fitting, _other) = groups(city, city.front, None)
    assert notices(paper, officer) == []
    confirm_draft(by=officer, draft=paper)
    assert Meeting.objects.get().working_group == fitting


def test_several_of_which_none_works_with_the_unit_are_told_apart_by_nobody() -> None:
    city, officer, paper = officer_and_draft()
    groups(city, None, None)
    (said,) = notices(paper, officer)
    assert said.startswith("Nhiều đợt giám sát có tổ công tác số 10")
    confirm_draft(by=officer, draft=paper)
    assert Meeting.objects.get().working_group is None


def test_a_group_out_of_sight_is_none() -> None:
    city, officer, _paper = officer_and_draft()
    groups(city, city.front)
    elsewhere = people.clerk(city.back)
    assert match_group(10, [city.back], elsewhere).alternatives == ()
    assert match_group(10, [], officer).chosen is not None


def test_no_number_no_notice_and_one_query_whatever_bears_it() -> None:
    city, officer, paper = officer_and_draft()
    nameless = draft(officer, "x" + paper.source.text, None)
    nameless.data["meeting"]["working_group"] = None

    def cost(one: Draft) -> int:
        with CaptureQueriesContext(connection) as asked:
            reading_page(one, officer)
        return len(asked)

    assert notices(nameless, officer) == []
    without = cost(nameless)
    assert cost(paper) == without + 1
    groups(city, city.front, city.back, None)
    assert cost(paper) == without + 1

from dataclasses import replace
from unittest import mock

import pytest

from tests import people
from tests.intake.reports import TEXT, draft, officer_and_draft, reading
from thongsuot.audit.chain import verify
from thongsuot.documents.models import Document
from thongsuot.indicators.models import Figure
from thongsuot.intake import editing
from thongsuot.intake.confirming import confirm_draft, undo_confirmation
from thongsuot.intake.enums import DraftState, Family
from thongsuot.intake.models import Draft
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.models import Matter, Proposal, Task
from thongsuot.oversight.models import Meeting, MeetingRole, Official

pytestmark = pytest.mark.django_db

REGISTERS = (Meeting, MeetingRole, Official, Document, Matter, Figure)


def _counts() -> list[int]:
    return [register.objects.count() for register in REGISTERS]


def test_nothing_enters_a_register_before_confirmation() -> None:
    officer_and_draft()
    assert _counts() == [0] * len(REGISTERS)


def test_a_confirmed_report_fills_every_register() -> None:
    city, officer, paper = officer_and_draft()
    confirm_draft(by=officer, draft=paper)
    meeting = Meeting.objects.get()
    assert set(meeting.units.all()) == {city.front, city.back}
    assert meeting.chair == "Lê An"
    proposal = Proposal.objects.get()
    assert (proposal.text, proposal.speaker, proposal.topic) == (
        "bổ sung biên chế",
        "Trần Bình",
        "staffing-quota",
    )
    assert "Bí thư" in proposal.speaker_title
    assert proposal.unit == city.back
    assert Task.objects.count() == 2
    figure = Figure.objects.get()
    assert (figure.unit, int(figure.value), figure.qualifier) == (city.front, 152000, ">")
    assert Document.objects.get().number == "249"
    leads = MeetingRole.objects.get(role="leads")
    assert (leads.title_as_was, leads.organisation_as_was) == ("Phó Trưởng Ban", "Ban Tổ chức Thành ủy")


def test_every_record_shows_its_sentence() -> None:
    _city, officer, paper = officer_and_draft()
    confirm_draft(by=officer, draft=paper)
    cited = [*Matter.objects.all(), *Figure.objects.all(), *MeetingRole.objects.all()]
    words = {TEXT[row.citation.start : row.citation.end] for row in cited}
    assert {"bổ sung biên chế", "rà soát hồ sơ quá hạn", "hơn 152.000 dân", "Lê An"} <= words


def test_the_ward_sees_the_source_while_records_about_it_stand() -> None:
    from thongsuot.sources.queries import visible_sources

    city, officer, paper = officer_and_draft()
    clerk = people.clerk(city.back)
    assert not visible_sources(clerk).exists()
    confirm_draft(by=officer, draft=paper)
    assert visible_sources(clerk).get() == paper.source
    undo_confirmation(by=officer, draft=paper)
    assert not visible_sources(clerk).exists()


def test_confirming_twice_writes_once() -> None:
    _city, officer, paper = officer_and_draft()
    confirm_draft(by=officer, draft=paper)
    before = _counts()
    with pytest.raises(Refused, match="đã xác nhận"):
        confirm_draft(by=officer, draft=Draft.objects.get(pk=paper.pk))
    assert _counts() == before


def test_all_that_stands_in_the_way_is_said_at_once() -> None:
    _city, officer, paper = officer_and_draft()
    for name, seen in (("date", "30-10-2025"), ("kind", "supervision")):
        editing.fix_meeting(by=officer, draft=paper, name=name, typed="", seen=seen)
    editing.fix_meeting(
        by=officer,
        draft=paper,
        name="units",
        typed="phường Không Có",
        seen="phường Sông Trước; phường Sông Sau",
    )
    with pytest.raises(Refused) as refusal:
        confirm_draft(by=officer, draft=paper)
    for words in ("Chưa có ngày", "Hãy chọn loại", "phường Không Có"):
        assert words in str(refusal.value)
    assert _counts() == [0] * len(REGISTERS)


def test_a_failure_half_way_leaves_nothing_behind() -> None:
    _city, officer, paper = officer_and_draft()
    with (
        mock.patch("thongsuot.intake.writing.record_figure", side_effect=OSError("the disk is gone")),
        pytest.raises(OSError, match="disk"),
    ):
        confirm_draft(by=officer, draft=paper)
    assert _counts() == [0] * len(REGISTERS)
    assert Draft.objects.get(pk=paper.pk).state == DraftState.PROPOSED


def test_a_ward_cannot_confirm_records_about_other_wards() -> None:
    city, _officer, _paper = officer_and_draft()
    clerk = people.clerk(city.back)
    own = draft(clerk, TEXT + "\n")
    with pytest.raises(Refused, match="Sông Trước"):
        confirm_draft(by=clerk, draft=own)


def test_undo_takes_everything_back_and_opens_the_draft_again() -> None:
    _city, officer, paper = officer_and_draft()
    confirm_draft(by=officer, draft=paper)
    undo_confirmation(by=officer, draft=paper)
    assert _counts() == [0] * len(REGISTERS)
    paper.refresh_from_db()
    assert (paper.state, paper.written, paper.confirmed_at) == (DraftState.PROPOSED, [], None)
    assert verify().intact


def test_a_draft_can_be_confirmed_again_after_undo() -> None:
    _city, officer, paper = officer_and_draft()
    confirm_draft(by=officer, draft=paper)
    before = _counts()
    undo_confirmation(by=officer, draft=paper)
    confirm_draft(by=officer, draft=paper)
    assert _counts() == before


def test_undo_leaves_people_and_documents_that_another_meeting_speaks_of() -> None:
    _city, officer, paper = officer_and_draft()
    other_text = TEXT.replace("30-10", "31-10")
    other = draft(officer, other_text, reading(other_text))
    confirm_draft(by=officer, draft=paper)
    confirm_draft(by=officer, draft=other)
    undo_confirmation(by=officer, draft=paper)
    assert Meeting.objects.count() == 1
    assert Document.objects.filter(number="249").exists()
    assert Official.objects.filter(name="Lê An").exists()


def test_undo_names_what_depends_on_the_records() -> None:
    """Another meeting has taken up a proposal of this one."""
    from thongsuot.oversight.actions import link_matter

    _city, officer, paper = officer_and_draft()
    other_text = TEXT.replace("30-10", "31-10")
    other = draft(officer, other_text, reading(other_text))
    confirm_draft(by=officer, draft=paper)
    confirm_draft(by=officer, draft=other)
    proposal = Proposal.objects.get(citation__source=paper.source)
    later = Meeting.objects.get(source=other.source)
    link_matter(by=officer, meeting=later, matter=proposal)
    with pytest.raises(Refused):
        undo_confirmation(by=officer, draft=paper)
    assert Proposal.objects.filter(pk=proposal.pk).exists()
    assert Meeting.objects.count() == 2


def test_a_removed_item_is_not_written() -> None:
    _city, officer, paper = officer_and_draft()
    content = paper.content
    for item in content.kept(Family.DIRECTIONS, Family.COMMITMENTS):
        content = content.with_item(replace(item, removed=True))
    paper.data = content.to_json()
    paper.save()
    confirm_draft(by=officer, draft=paper)
    assert not Task.objects.exists()


def test_a_figure_of_no_unit_is_left_out_and_the_rest_goes_in() -> None:
    _city, officer, paper = officer_and_draft()
    key = paper.content.kept(Family.FIGURES)[0].key
    editing.fix_item(by=officer, draft=paper, key=key, name="subject", typed="", seen="phường Sông Trước")
    confirm_draft(by=officer, draft=paper)
    assert not Figure.objects.exists()
    assert Proposal.objects.exists()


def test_the_group_of_that_number_is_found_in_its_campaign() -> None:
    from datetime import date

    from thongsuot.oversight.actions import assign_group_units, form_group, open_campaign

    city, officer, paper = officer_and_draft()
    campaign = open_campaign(by=officer, title="Đợt một", unit=city.province, started_on=date(2025, 10, 1))
    group = form_group(by=officer, campaign=campaign, number=10)
    assign_group_units(by=officer, group=group, units=[city.front, city.back])
    confirm_draft(by=officer, draft=paper)
    assert Meeting.objects.get().working_group == group

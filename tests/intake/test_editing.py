from datetime import date

import pytest

from tests import people
from tests.intake.reports import TEXT, draft, officer_and_draft, reading
from thongsuot.audit.models import Event
from thongsuot.intake import editing
from thongsuot.intake.enums import DraftState, Family
from thongsuot.intake.models import Draft
from thongsuot.kernel.verdicts import Refused

pytestmark = pytest.mark.django_db


def test_a_fixed_field_is_kept_and_counted() -> None:
    _city, officer, paper = officer_and_draft()
    editing.fix_meeting(by=officer, draft=paper, name="chair", typed="Lê Ân", seen="Lê An")
    paper.refresh_from_db()
    assert paper.content.meeting["chair"] == "Lê Ân"
    assert paper.content.meeting_read["chair"] == "Lê An"
    assert paper.corrections == 1


def test_the_second_of_two_people_sees_what_the_first_wrote_and_overwrites_nothing() -> None:
    _city, officer, paper = officer_and_draft()
    editing.fix_meeting(by=officer, draft=paper, name="chair", typed="Lê Ân", seen="Lê An")
    with pytest.raises(editing.Overtaken, match="Lê Ân"):
        editing.fix_meeting(by=officer, draft=paper, name="chair", typed="Lê Anh", seen="Lê An")
    paper.refresh_from_db()
    assert paper.content.meeting["chair"] == "Lê Ân"


def test_two_people_on_different_fields_lose_nothing() -> None:
    _city, officer, paper = officer_and_draft()
    stale = Draft.objects.get(pk=paper.pk)
    editing.fix_meeting(by=officer, draft=paper, name="chair", typed="Lê Ân", seen="Lê An")
    editing.fix_meeting(by=officer, draft=stale, name="working_group", typed="11", seen="10")
    paper.refresh_from_db()
    assert (paper.content.meeting["chair"], paper.content.meeting["working_group"]) == ("Lê Ân", 11)


def test_a_removed_item_can_be_taken_back() -> None:
    _city, officer, paper = officer_and_draft()
    key = paper.content.kept(Family.FIGURES)[0].key
    assert not editing.remove_item(by=officer, draft=paper, key=key).content.kept(Family.FIGURES)
    assert editing.restore_item(by=officer, draft=paper, key=key).content.kept(Family.FIGURES)


def test_selected_words_become_a_record_without_the_space_around_them() -> None:
    _city, officer, paper = officer_and_draft()
    start = TEXT.index(" rà soát")
    paper, item = editing.add_item(
        by=officer, draft=paper, family=Family.PROPOSALS, start=start, end=start + 9
    )
    assert item.fields["text"] == "rà soát"
    assert TEXT[slice(*item.spans[0])] == "rà soát"
    assert item.fields["units"] == ["phường Sông Trước", "phường Sông Sau"]


@pytest.mark.parametrize(("start", "end"), [(5, 5), (-1, 4), (0, 10**9), (len(TEXT) - 1, len(TEXT) + 1)])
def test_places_outside_the_text_are_refused(start: int, end: int) -> None:
    _city, officer, paper = officer_and_draft()
    with pytest.raises(Refused):
        editing.add_item(by=officer, draft=paper, family=Family.PROPOSALS, start=start, end=end)


def test_discarding_needs_a_reason_and_can_be_undone() -> None:
    _city, officer, paper = officer_and_draft()
    with pytest.raises(Refused):
        editing.discard_draft(by=officer, draft=paper, reason="  ")
    assert editing.discard_draft(by=officer, draft=paper, reason="tải nhầm").state == DraftState.DISCARDED
    assert Event.objects.filter(verb="draft.discarded", details__reason="tải nhầm").exists()
    assert editing.reopen_draft(by=officer, draft=paper).state == DraftState.PROPOSED


def test_a_discarded_draft_is_not_edited() -> None:
    _city, officer, paper = officer_and_draft()
    editing.discard_draft(by=officer, draft=paper, reason="tải nhầm")
    with pytest.raises(Refused):
        editing.fix_meeting(by=officer, draft=paper, name="chair", typed="X", seen="Lê An")


def test_a_stranger_edits_nothing() -> None:
    _city, _officer, paper = officer_and_draft()
    with pytest.raises(Refused):
        editing.fix_meeting(by=people.stranger(), draft=paper, name="chair", typed="X", seen="Lê An")


def test_a_reader_takes_nothing_in() -> None:
    city, _officer, _paper = officer_and_draft()
    with pytest.raises(Refused):
        draft(people.reader(city.province), TEXT + " ")


def test_a_unit_typed_into_a_proposal_is_looked_up_like_any_other() -> None:
    from thongsuot.intake.checking import problems_of
    from thongsuot.intake.matching import match

    city, officer, paper = officer_and_draft()
    text = TEXT + " "
    read = reading(text)
    read["meeting"]["units"], read["units"], read["figures"] = ["phường Sông Sau"], [], []
    paper = draft(officer, text, read)
    key = paper.content.kept(Family.PROPOSALS)[0].key
    paper = editing.fix_item(
        by=officer, draft=paper, key=key, name="units", typed="phường Sông Trước", seen="phường Sông Sau"
    )
    matches = match(paper.content, officer, date(2025, 10, 30))
    assert matches.unit("phường Sông Trước").chosen == city.front
    assert not [p for p in problems_of(paper.content, matches, officer, paper.unit) if p.place == key]

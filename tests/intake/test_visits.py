"""A file sent from the page of a visit becomes, once confirmed, the minutes of that visit."""

from datetime import date
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import people
from tests.factories.oversight import CampaignFactory, VisitFactory, WorkingGroupFactory
from tests.intake.reports import TEXT, City, officer_and_draft
from thongsuot.intake.confirming import confirm_draft, undo_confirmation
from thongsuot.intake.models import Draft
from thongsuot.oversight.enums import VisitState
from thongsuot.oversight.models import Meeting, Visit
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db


def visit_of(city: City, number: int = 10, day: date = date(2025, 10, 30)) -> Visit:
    campaign = CampaignFactory(unit=city.province)
    group = WorkingGroupFactory(campaign=campaign, number=number, units=[city.front, city.back])
    return VisitFactory(group=group, planned_on=day)


def states(visit: Visit) -> tuple[VisitState, Meeting | None]:
    visit.refresh_from_db()
    return visit.state, visit.meeting


def confirmed(officer: Mandate, paper: Draft) -> Meeting:
    confirm_draft(by=officer, draft=paper)
    return Meeting.objects.get()


def test_confirmed_into_the_visit_it_was_sent_for_whatever_the_day() -> None:
    city, officer, paper = officer_and_draft()
    visit = visit_of(city, number=4, day=date(2025, 11, 20))
    Draft.objects.update(visit=visit)
    meeting = confirmed(officer, paper)
    assert states(visit) == (VisitState.MINUTES, meeting)
    assert meeting.working_group == visit.group


def test_undone_the_visit_waits_for_minutes_again() -> None:
    city, officer, paper = officer_and_draft()
    visit = visit_of(city)
    Draft.objects.update(visit=visit)
    confirm_draft(by=officer, draft=paper)
    undo_confirmation(by=officer, draft=paper)
    assert states(visit) == (VisitState.HELD, None)


def test_a_report_nobody_tied_to_a_visit_finds_the_only_one_of_that_group_and_day() -> None:
    city, officer, paper = officer_and_draft()
    visit = visit_of(city)
    assert states(visit)[0] == VisitState.PLANNED
    meeting = confirmed(officer, paper)
    assert states(visit) == (VisitState.MINUTES, meeting)


def test_but_not_where_there_are_two() -> None:
    city, officer, paper = officer_and_draft()
    visit = visit_of(city)
    VisitFactory(group=visit.group, units=[city.back])
    confirmed(officer, paper)
    assert states(visit) == (VisitState.PLANNED, None)


@pytest.mark.parametrize("known", [False, True])
def test_the_file_keeps_the_visit_also_when_it_had_come_before(known: bool) -> None:
    city, officer, _paper = officer_and_draft()
    visit, client = visit_of(city), people.signed_in(officer)
    name, text = "bien-ban.txt", TEXT if known else TEXT + " Buổi kết thúc lúc 11 giờ."
    url = reverse("intake:receive")
    if not known:
        client.post(url, {"file": SimpleUploadedFile(name, text.encode())})
    client.post(url, {"file": SimpleUploadedFile(name, text.encode()), "visit": visit.pk})
    draft = Draft.objects.get(visit=visit)
    page = client.get(reverse("intake:draft", args=[draft.pk])).content.decode()
    assert visit.get_absolute_url() in page


def test_a_visit_beyond_reach_does_not_exist() -> None:
    city, _officer, _paper = officer_and_draft()
    visit = visit_of(city)
    stranger = people.signed_in(people.stranger())
    with mock.patch("thongsuot.intake.views.receive_report") as received:
        answer = stranger.post(
            reverse("intake:receive"), {"file": SimpleUploadedFile("a.txt", b"x"), "visit": visit.pk}
        )
    assert answer.status_code == 404
    assert not received.called

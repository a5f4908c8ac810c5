"""A conference closes a period with its returns and opens the next with its tasks."""

from datetime import date
from io import BytesIO

import docx
import pytest
import time_machine
from django.urls import reverse

from tests import people
from tests.costs import queries_of_page
from tests.factories.oversight import ConclusionFactory, ConferenceFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused, Stale
from thongsuot.matters.actions import Clears, amend_draft, issue_order
from thongsuot.matters.models import Matter
from thongsuot.oversight import actions
from thongsuot.oversight.actions import NewConference
from thongsuot.oversight.conferences import conclusion_lines
from thongsuot.oversight.enums import ConferenceState
from thongsuot.oversight.models import Conference, Meeting
from thongsuot.units.models import Body, Mandate, Unit

PLANNED = NewConference("Ban Chấp hành Đảng bộ Thành phố", 7, "2025-2030", date(2026, 10, 5))


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel("2026-10-06 09:00+07:00", tick=False):
        yield


@pytest.fixture
def city(db: None) -> Unit:
    return ProvinceFactory()


@pytest.fixture
def wards(city: Unit) -> list[Unit]:
    made = [WardFactory(parent=city, name=name) for name in ("Bình Hưng", "Hòa Lợi", "Tân Khánh")]
    for ward in made:
        Body.objects.create(
            unit=ward, code="peoples_committee", name=f"UBND {ward}", bare="", valid_from=date(2025, 7, 1)
        )
    return made


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


@pytest.fixture
def held(officer: Mandate, city: Unit, wards: list[Unit]) -> Conference:
    prepared = actions.prepare_conference(by=officer, unit=city, conference=PLANNED)
    return actions.hold_conference(by=officer, conference=prepared, on=date(2026, 10, 5), chair="Bí thư")


def test_what_is_held_becomes_a_meeting_of_the_register(held: Conference) -> None:
    meeting = Meeting.objects.get()
    assert held.meeting == meeting
    assert (meeting.kind, meeting.ordinal, meeting.term) == ("conference", 7, "2025-2030")
    assert held.state == ConferenceState.HELD


def test_it_is_not_held_before_its_day(officer: Mandate, city: Unit) -> None:
    prepared = actions.prepare_conference(by=officer, unit=city, conference=PLANNED)
    with pytest.raises(Refused, match="phía trước"):
        actions.hold_conference(by=officer, conference=prepared, on=date(2026, 10, 7))


def test_the_same_conference_is_prepared_once(officer: Mandate, city: Unit) -> None:
    actions.prepare_conference(by=officer, unit=city, conference=PLANNED)
    with pytest.raises(Refused, match="Đã có hội nghị"):
        actions.prepare_conference(by=officer, unit=city, conference=PLANNED)
    assert Conference.objects.count() == 1


def test_whoever_comes_second_sees_that_it_was_changed(officer: Mandate, city: Unit) -> None:
    prepared = actions.prepare_conference(by=officer, unit=city, conference=PLANNED)
    actions.amend_conference(by=officer, conference=prepared, to=PLANNED, seen=1)
    with pytest.raises(Stale):
        actions.amend_conference(by=officer, conference=prepared, to=PLANNED, seen=1)


def test_pasted_lines_are_points_in_their_order(officer: Mandate, held: Conference) -> None:
    actions.add_conclusions(by=officer, conference=held, texts=["Một việc.", " ", "Việc thứ hai."])
    actions.add_conclusions(by=officer, conference=held, texts=["Việc thứ ba."], assigns=False)
    points = list(held.conclusions.values_list("position", "text", "assigns"))
    assert points == [(1, "Một việc.", True), (2, "Việc thứ hai.", True), (3, "Việc thứ ba.", False)]


def test_a_point_taken_out_leaves_no_hole(officer: Mandate, held: Conference) -> None:
    points = actions.add_conclusions(by=officer, conference=held, texts=["Một.", "Hai.", "Ba."])
    actions.remove_conclusion(by=officer, conclusion=points[0])
    assert list(held.conclusions.values_list("position", "text")) == [(1, "Hai."), (2, "Ba.")]


def test_a_point_becomes_a_task_of_every_ward(officer: Mandate, held: Conference, wards: list[Unit]) -> None:
    [point] = actions.add_conclusions(by=officer, conference=held, texts=["Rà soát nhà ở khu trọ."])
    order = actions.draft_from_conclusion(by=officer, conclusion=point)
    assert set(order.units.all()) == set(wards)
    assert held.meeting is not None
    assert order.origin == held.meeting.origin
    assert "Kết luận số 1" in order.basis
    _issue(officer, order, wards)
    [line] = conclusion_lines(held)
    assert (line.given, line.done, line.waits) == (3, 0, False)
    assert Matter.objects.filter(origin=held.meeting.origin).count() == 3


def test_it_is_closed_only_when_all_it_assigned_is_given_out(
    officer: Mandate, held: Conference, wards: list[Unit]
) -> None:
    with pytest.raises(Refused, match="Chưa ghi kết luận"):
        actions.close_conference(by=officer, conference=held)
    [point] = actions.add_conclusions(by=officer, conference=held, texts=["Rà soát nhà ở khu trọ."])
    actions.add_conclusions(by=officer, conference=held, texts=["Biểu dương."], assigns=False)
    with pytest.raises(Refused, match="số 1 giao việc nhưng chưa có lệnh"):
        actions.close_conference(by=officer, conference=held)
    _issue(officer, actions.draft_from_conclusion(by=officer, conclusion=point), wards)
    closed = actions.close_conference(by=officer, conference=held)
    assert closed.state == ConferenceState.CLOSED
    with pytest.raises(Refused, match="đã kết thúc"):
        actions.add_conclusions(by=officer, conference=held, texts=["Muộn."])


def test_a_draft_thrown_away_lets_go_of_its_point(officer: Mandate, held: Conference) -> None:
    [point] = actions.add_conclusions(by=officer, conference=held, texts=["Rà soát."])
    order = actions.draft_from_conclusion(by=officer, conclusion=point)
    with pytest.raises(Refused, match="đã có lệnh giao"):
        actions.amend_conclusion(by=officer, conclusion=point, text="Khác.", assigns=True)
    order.delete()
    assert actions.amend_conclusion(by=officer, conclusion=point, text="Khác.", assigns=True).text == "Khác."


def test_a_ward_reads_what_the_city_concluded_and_changes_nothing(
    held: Conference, wards: list[Unit]
) -> None:
    clerk = people.clerk(wards[0])
    page = people.signed_in(clerk).get(held.get_absolute_url())
    assert page.status_code == 200
    with pytest.raises(Refused):
        actions.add_conclusions(by=clerk, conference=held, texts=["Chen vào."])
    stranger = people.clerk(WardFactory())
    assert people.signed_in(stranger).get(held.get_absolute_url()).status_code == 404


def test_every_act_is_in_the_trail_once(officer: Mandate, held: Conference) -> None:
    actions.add_conclusions(by=officer, conference=held, texts=["Một.", "Hai."])
    verbs = list(Event.objects.filter(verb__startswith="conference.").values_list("verb", flat=True))
    assert sorted(verbs) == ["conference.conclusions", "conference.held", "conference.prepared"]


def test_from_preparation_to_the_notice_in_the_browser(
    officer: Mandate, city: Unit, wards: list[Unit]
) -> None:
    client = people.signed_in(officer)
    answer = client.post(
        reverse("oversight:prepare-conference"),
        {
            "organisation": "Ban Chấp hành Đảng bộ Thành phố",
            "ordinal": "8",
            "term": "2025-2030",
            "planned_on": "05-10-2026",
            "closes": "party:2026-Q3",
            "opens": "party:2026-Q4",
        },
    )
    kept = Conference.objects.get()
    assert answer.status_code == 302
    assert (str(kept.closes), str(kept.opens)) == ("quý III năm 2026", "quý IV năm 2026")
    url = kept.get_absolute_url()
    assert client.post(f"{url}da-dien-ra/", {"on": "09-10-2026"}).status_code == 422
    assert client.post(f"{url}da-dien-ra/", {"on": "05-10-2026", "chair": "Bí thư"}).status_code == 302
    client.post(f"{url}ket-luan/", {"texts": "Việc một.\nViệc hai.", "assigns": "on"})
    point = kept.conclusions.get(position=1)
    given = client.post(f"{url}ket-luan/{point.pk}/giao/")
    assert given.status_code == 302
    point.refresh_from_db()
    assert point.order is not None
    assert point.order.due_on == date(2026, 12, 31)
    word = client.get(f"{url}thong-bao/")
    text = "\n".join(one.text for one in docx.Document(BytesIO(word.content)).paragraphs)
    assert "1. Việc một." in text
    assert word.content == client.get(f"{url}thong-bao/").content, "the same content gives the same file"


def test_periods_in_the_wrong_order_are_refused(officer: Mandate, city: Unit) -> None:
    said = {
        "organisation": "Ban Chấp hành",
        "ordinal": "8",
        "term": "2025-2030",
        "planned_on": "05-10-2026",
        "closes": "party:2026-Q4",
        "opens": "party:2026-Q3",
    }
    answer = people.signed_in(officer).post(reverse("oversight:prepare-conference"), said)
    assert answer.status_code == 422
    assert "phải sau kỳ được sơ kết" in answer.content.decode()


def test_the_list_names_each_conference_and_says_its_state_in_words(officer: Mandate, city: Unit) -> None:
    first = ConferenceFactory(unit=city)
    text = people.signed_in(officer).get(reverse("oversight:conferences")).content.decode()
    assert f'href="{first.get_absolute_url()}"' in text
    assert str(first) in text
    assert "Đã diễn ra</span>" in text.partition("<tbody")[2]


@pytest.mark.parametrize("name", ["list", "page"])
def test_pages_cost_the_same_with_one_and_with_three(name: str, officer: Mandate, city: Unit) -> None:
    client = people.signed_in(officer)
    first = ConferenceFactory(unit=city)
    ConclusionFactory(conference=first)
    url = reverse("oversight:conferences") if name == "list" else first.get_absolute_url()
    client.get(url)
    before = queries_of_page(client, url)
    for _more in range(2):
        ConferenceFactory(unit=city)
        ConclusionFactory(conference=first)
    assert queries_of_page(client, url) == before


def _issue(by: Mandate, order: object, wards: list[Unit]) -> None:
    clears = Clears(
        text="Rà soát nhà ở khu trọ.",
        units=wards,
        person="Chủ tịch Ủy ban nhân dân",
        product="Báo cáo",
        basis="Kết luận số 1",
        due_on=date(2026, 12, 31),
        lead_code="peoples_committee",
        origin=order.origin,  # type: ignore[attr-defined]
    )
    issue_order(by=by, order=amend_draft(by=by, order=order, clears=clears))  # type: ignore[arg-type]

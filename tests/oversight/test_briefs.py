"""The brief before a visit: what is open, what was asked before, figures that contradict; after it the difference."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import people
from tests.costs import queries_of_page
from tests.factories.indicators import FigureFactory, IndicatorFactory
from tests.factories.matters import (
    AnswerFactory,
    IssuedTaskFactory,
    OriginFactory,
    ProposalFactory,
    TaskFactory,
)
from tests.factories.oversight import CampaignFactory, MeetingFactory, VisitFactory, WorkingGroupFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.matters.models import ProposalGroup
from thongsuot.oversight.briefs import Brief, brief_of
from thongsuot.oversight.models import Visit
from thongsuot.units.models import Mandate, Unit

DAY, TODAY = date(2025, 12, 1), date(2025, 12, 1)


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel("2025-12-01 09:00+07:00", tick=False):
        yield


@pytest.fixture
def city(db: None) -> Unit:
    return ProvinceFactory()


@pytest.fixture
def ward(city: Unit) -> Unit:
    return WardFactory(parent=city, name="Tân Khánh")


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


@pytest.fixture
def visit(city: Unit, ward: Unit) -> Visit:
    group = WorkingGroupFactory(
        campaign=CampaignFactory(unit=city),
        number=7,
        units=[ward, WardFactory(parent=city, name="Bình Hưng")],
    )
    return VisitFactory(group=group, planned_on=DAY)


@pytest.fixture
def client(officer: Mandate) -> Client:
    return people.signed_in(officer)


def drawn(visit: Visit, ward: Unit, officer: Mandate) -> Brief:
    return brief_of(Visit.objects.get(pk=visit.pk), ward, officer, TODAY)


def test_promises_and_open_tasks_late_first(visit: Visit, ward: Unit, officer: Mandate) -> None:
    promise = TaskFactory(unit=ward, kind="commitment")
    later = IssuedTaskFactory(unit=ward, due_on=date(2025, 12, 20), due_soon_on=date(2025, 12, 17))
    late = IssuedTaskFactory(unit=ward)
    IssuedTaskFactory(unit=ward, state="verified", open=False, closed_on=DAY, stopped_on=DAY)
    IssuedTaskFactory()
    brief = drawn(visit, ward, officer)
    assert [item.matter for item in brief.promises] == [promise]
    assert [item.matter for item in brief.tasks] == [late, later]
    assert (brief.late_tasks, brief.tasks[0].days_late) == (1, 7)


def test_proposals_with_their_answers_and_what_was_asked_before(
    visit: Visit, ward: Unit, officer: Mandate
) -> None:
    first = ProposalFactory(unit=ward, raised_on=date(2025, 9, 1), topic="budget")
    answer = AnswerFactory(proposals=[first])
    again = ProposalFactory(unit=ward, raised_on=date(2025, 10, 30), topic="budget")
    ProposalFactory(unit=ward, raised_on=date(2025, 10, 30), topic="other")
    ProposalFactory(unit=ward, raised_on=date(2025, 9, 2), topic="other")
    gone = {"state": "withdrawn", "open": False, "closed_on": DAY, "stopped_on": DAY}
    ProposalFactory(unit=ward, **gone)
    brief = drawn(visit, ward, officer)
    by_matter = {item.matter: item for item in brief.proposals}
    assert len(by_matter) == 4
    assert by_matter[first].reply is not None
    assert by_matter[first].reply.answer == answer  # type: ignore[union-attr]
    assert [item.matter for item in brief.repeated] == [again]
    assert brief.repeated[0].before == [first]


def test_the_same_group_is_the_same_ask_whatever_the_topic(
    visit: Visit, ward: Unit, city: Unit, officer: Mandate
) -> None:
    group = ProposalGroup.objects.create(number="NK-1", title="Biên chế", unit=city, formed_by="Lan")
    first = ProposalFactory(unit=ward, raised_on=date(2025, 9, 1), topic="other", group=group)
    again = ProposalFactory(unit=ward, raised_on=date(2025, 10, 1), topic="budget", group=group)
    (item,) = drawn(visit, ward, officer).repeated
    assert (item.matter, item.before) == (again, [first])


def figures(ward: Unit, on: date, **values: int) -> None:
    for code, value in values.items():
        indicator = IndicatorFactory(code=code, name=code)
        FigureFactory(indicator=indicator, unit=ward, on=on, value=Decimal(value), qualifier="=")


def test_figures_since_the_last_meeting_and_those_that_cannot_all_be_right(
    visit: Visit, ward: Unit, officer: Mandate
) -> None:
    met = MeetingFactory(units=[ward], date=date(2025, 10, 1))
    figures(ward, date(2025, 11, 1), dossiers_received=6061, dossiers_resolved=5581, dossiers_in_progress=398)
    figures(ward, date(2025, 9, 1), households=900)
    figures(ward, date(2025, 12, 5), staff=17)
    brief = drawn(visit, ward, officer)
    assert brief.last_met == met
    assert {line.figure.indicator.code for line in brief.figures} == {
        "dossiers_received",
        "dossiers_resolved",
        "dossiers_in_progress",
    }
    ((clash, clashing),) = brief.clashes
    assert "lệch 82" in clash.says
    assert len(clashing) == 3


def test_every_question_leads_to_what_it_rests_on(visit: Visit, ward: Unit, officer: Mandate) -> None:
    late = IssuedTaskFactory(unit=ward)
    promise = TaskFactory(unit=ward, kind="commitment")
    contested = ProposalFactory(unit=ward, state="contested", topic="training")
    overdue = ProposalFactory(unit=ward, topic="budget")
    figures(ward, DAY, new_party_members=90, party_members=80)
    questions = drawn(visit, ward, officer).questions
    urls = [question.url for question in questions]
    assert urls[:4] == [matter.get_absolute_url() for matter in (late, promise, contested, overdue)]
    assert "quá hạn 7 ngày làm việc" in questions[0].text
    assert questions[4].text.startswith("Số nào đúng?")
    assert "?at=" in urls[4]


def test_nothing_known_asks_nothing(visit: Visit, ward: Unit, officer: Mandate) -> None:
    brief = drawn(visit, ward, officer)
    assert (brief.questions, brief.since, brief.last_met) == ([], None, None)


def test_after_the_visit_the_difference(visit: Visit, ward: Unit, officer: Mandate) -> None:
    before = ProposalFactory(unit=ward, raised_on=date(2025, 9, 1))
    open_one = IssuedTaskFactory(unit=ward, raised_on=date(2025, 9, 1))
    meeting = MeetingFactory(units=[ward], date=DAY, working_group=visit.group, origin=OriginFactory(on=DAY))
    asked = ProposalFactory(unit=ward, origin=meeting.origin, raised_on=DAY)
    told = TaskFactory(unit=ward, origin=meeting.origin, raised_on=DAY)
    figures(ward, DAY, staff=17)
    AnswerFactory(proposals=[before], answered_on=date(2025, 12, 2))
    visit.meeting, visit.held_on = meeting, DAY
    visit.save()
    type(open_one).objects.filter(pk=open_one.pk).update(
        state="verified", open=False, closed_on=date(2025, 12, 3), stopped_on=DAY
    )
    brief = drawn(visit, ward, officer)
    assert brief.since is not None
    assert [item.matter for item in brief.since.closed] == [open_one]
    assert [item.matter for item in brief.since.answered] == [before]
    assert [item.matter for item in brief.since.asked] == [asked]
    assert [item.matter for item in brief.since.told] == [told]
    assert len(brief.since.figures) == 1
    assert [item.matter for item in brief.proposals] == [before]


class TestPages:
    def test_the_page_of_one_unit_and_the_other_beside_it(
        self, client: Client, visit: Visit, ward: Unit
    ) -> None:
        task = IssuedTaskFactory(unit=ward)
        url = reverse("oversight:brief", args=[visit.pk])
        page = client.get(url, {"don_vi": ward.pk}).content.decode()
        assert task.number in page
        assert "xã Bình Hưng" in page or "phường Bình Hưng" in page
        assert task.number not in client.get(url).content.decode()

    def test_more_rows_cost_no_more_queries(self, client: Client, visit: Visit, ward: Unit) -> None:
        url = f"{reverse('oversight:brief', args=[visit.pk])}?don_vi={ward.pk}"

        def more(count: int) -> None:
            ProposalFactory.create_batch(count, unit=ward)
            IssuedTaskFactory.create_batch(count, unit=ward)
            AnswerFactory(proposals=ProposalFactory.create_batch(count, unit=ward))
            FigureFactory.create_batch(count, unit=ward, on=DAY)

        more(1)
        cost = queries_of_page(client, url)
        more(3)
        assert queries_of_page(client, url) == cost

    def test_the_word_file_holds_a_page_for_each_unit(self, client: Client, visit: Visit, ward: Unit) -> None:
        task = IssuedTaskFactory(unit=ward)
        answer = client.get(reverse("oversight:brief-word", args=[visit.pk]))
        text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(answer.content)).paragraphs)
        assert text.count("PHIẾU CHUẨN BỊ") == 2
        assert f"{task.number}: {task.text}; Đã giao; hạn 20-11-2025; quá hạn 7 ngày làm việc" in text
        assert answer.content == client.get(reverse("oversight:brief-word", args=[visit.pk])).content

    def test_a_ward_reads_its_own_brief_alone(self, visit: Visit, ward: Unit) -> None:
        page = people.signed_in(people.clerk(ward)).get(reverse("oversight:brief", args=[visit.pk]))
        assert page.context["page"].unit == ward
        assert "Bình Hưng" not in page.content.decode()

    def test_to_a_stranger_it_does_not_exist(self, visit: Visit) -> None:
        stranger = people.signed_in(people.stranger())
        for name in ("brief", "brief-word"):
            assert stranger.get(reverse(f"oversight:{name}", args=[visit.pk])).status_code == 404

"""What became of it: the way from a document to the evidence, from wherever one stands."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from tests import people
from tests.factories.matters import AnswerFactory, IssuedTaskFactory, OriginFactory, ProposalFactory
from tests.factories.sources import SourceFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.matters.models import Matter, Origin, Step
from thongsuot.matters.story import SIDE_BY_SIDE, Story, story_of_answer, story_of_matter, story_of_origin
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db

TODAY = date(2025, 11, 10)


class Loop:
    """plan -> meeting -> proposal -> answer -> task -> what was handed in; a letter states the answer."""

    def __init__(self) -> None:
        self.city: Unit = ProvinceFactory()
        self.ward: Unit = WardFactory(parent=self.city)
        self.plan: Origin = OriginFactory(kind="document", title="Kế hoạch 1-KH/TU", units=[])
        self.meeting: Origin = OriginFactory(units=[self.ward])
        self.meeting.under.add(self.plan)
        self.proposal: Matter = ProposalFactory(unit=self.ward, origin=self.meeting)
        self.answer = AnswerFactory(unit=self.city, proposals=[self.proposal])
        self.task: Matter = IssuedTaskFactory(unit=self.ward, origin=self.meeting)
        self.answer.tasks.add(self.task)
        self.letter: Origin = OriginFactory(kind="document", title="Công văn 2/SNV", units=[])
        self.answer.documents.add(self.letter)
        self.handed = Step.objects.create(
            matter=self.task,
            act="submit",
            state="submitted",
            text="Đã phân bổ biên chế",
            at=datetime(2025, 11, 8, tzinfo=UTC),
            author="Lê Mẫu",
            author_username="le",
        )
        self.handed.sources.add(SourceFactory(name="quyet-dinh.docx"))
        self.officer: Mandate = people.officer(self.city)


@pytest.fixture
def loop() -> Loop:
    return Loop()


def joined(story: Story) -> set[tuple[str, str]]:
    return set(story.edges)


def whole(loop: Loop) -> set[tuple[str, str]]:
    plan, meeting, letter = (f"origin:{one.pk}" for one in (loop.plan, loop.meeting, loop.letter))
    proposal, task = f"matter:{loop.proposal.pk}", f"matter:{loop.task.pk}"
    answer, handed = f"answer:{loop.answer.pk}", f"step:{loop.handed.pk}"
    return {
        (plan, meeting),
        (meeting, proposal),
        (proposal, answer),
        (answer, task),
        (answer, letter),
        (task, handed),
    }


def test_a_proposal_tells_where_it_came_from_and_what_became_of_it(loop: Loop) -> None:
    story = story_of_matter(loop.proposal, loop.officer, TODAY)
    assert joined(story) == whole(loop)
    assert [node.key for node in story.drawn_nodes if node.here] == [f"matter:{loop.proposal.pk}"]


def test_an_answer_and_a_document_tell_the_same_story(loop: Loop) -> None:
    assert whole(loop) <= joined(story_of_answer(loop.answer, loop.officer, TODAY))
    assert whole(loop) <= joined(story_of_origin(loop.plan, loop.officer, TODAY))


def test_a_task_knows_the_proposal_it_is_done_for(loop: Loop) -> None:
    story = story_of_matter(loop.task, loop.officer, TODAY)
    assert (f"matter:{loop.proposal.pk}", f"answer:{loop.answer.pk}") in joined(story)
    assert (f"answer:{loop.answer.pk}", f"matter:{loop.task.pk}") in joined(story)


def test_a_letter_knows_the_proposals_it_answers(loop: Loop) -> None:
    story = story_of_origin(loop.letter, loop.officer, TODAY)
    assert (f"matter:{loop.proposal.pk}", f"answer:{loop.answer.pk}") in joined(story)


def test_lateness_is_said_in_words(loop: Loop) -> None:
    late = IssuedTaskFactory(
        unit=loop.ward, origin=loop.meeting, due_on=date(2025, 11, 5), due_soon_on=date(2025, 11, 3)
    )
    story = story_of_origin(loop.meeting, loop.officer, TODAY)
    node = story.nodes[f"matter:{late.pk}"]
    assert (node.tone, "quá hạn 3 ngày" in node.state) == ("late", True)


def test_another_wards_matters_are_not_told(loop: Loop) -> None:
    other = WardFactory(parent=loop.city)
    hidden = ProposalFactory(unit=other, origin=OriginFactory(units=[other]))
    AnswerFactory(unit=loop.city, proposals=[hidden]).documents.add(loop.letter)
    story = story_of_origin(loop.letter, people.clerk(loop.ward), TODAY)
    assert f"matter:{loop.proposal.pk}" in story.nodes
    assert f"matter:{hidden.pk}" not in story.nodes


def test_many_side_by_side_are_counted(loop: Loop) -> None:
    ProposalFactory.create_batch(SIDE_BY_SIDE + 3, unit=loop.ward, origin=loop.meeting)
    story = story_of_origin(loop.meeting, loop.officer, TODAY)
    shown = [node for node in story.drawn_nodes if node.kind.startswith("Kiến nghị")]
    assert len(shown) == SIDE_BY_SIDE
    assert any("và 4 mục nữa" in node.title for node in story.drawn_nodes)


def test_the_pages_show_it_drawn_and_in_words(loop: Loop) -> None:
    client = people.signed_in(loop.officer)
    for name, key in (
        ("story", loop.proposal.number),
        ("answer-story", loop.answer.number),
        ("origin-story", loop.plan.pk),
    ):
        text = client.get(reverse(f"matters:{name}", args=[key])).content.decode()
        assert "<svg" in text
        assert "Đã phân bổ biên chế" in text

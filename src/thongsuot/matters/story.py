"""What became of it: the story of a document, a meeting, a proposal, an answer or a task, in both directions.

    document -> meeting -> proposal -> answer -> task -> evidence

From where one stands, everything it came from and everything that followed is told; of many like things that stand
side by side a few are shown and the rest are counted in one box that leads to their list: what is read is bounded by
what is shown, however much is stored.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from thongsuot.matters.clocks import clock_column, clock_state, days_left
from thongsuot.matters.enums import Act, ClockState, OriginKind, State
from thongsuot.matters.models import Answer, Matter, Order, Origin, Reply, Step
from thongsuot.matters.policies import origin_scope, scope
from thongsuot.units.models import Mandate
from thongsuot.web.flow import Edge, Node

SIDE_BY_SIDE = 8  # of like things shown next to each other; the rest are counted
STEPS_BACK = 5

TONES = {
    ClockState.OVERDUE: "late",
    ClockState.DUE_SOON: "due",
    ClockState.WAITING: "due",
    ClockState.DONE_LATE: "done",
    ClockState.DONE_IN_TIME: "done",
    ClockState.STOPPED: "done",
}
_ORIGIN_ICONS = {
    OriginKind.DOCUMENT: "file-text",
    OriginKind.LETTER: "mail",
    OriginKind.MEETING: "users-group",
    OriginKind.VOTERS: "messages",
}


@dataclass
class Story:
    """Nodes and edges as web.flow draws them, each once."""

    by: Mandate
    on: date
    here: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str], Edge] = field(default_factory=dict)

    def add(self, node: Node) -> None:
        self.nodes.setdefault(node.key, node)

    def join(self, source: str, target: str, label: str = "") -> None:
        self.edges.setdefault((source, target), Edge(source, target, label))

    @property
    def drawn_nodes(self) -> list[Node]:
        return list(self.nodes.values())

    @property
    def drawn_edges(self) -> list[Edge]:
        return list(self.edges.values())


def story_of_matter(matter: Matter, by: Mandate, on: date) -> Story:
    story = Story(by, on, here=_matter_key(matter))
    if matter.is_proposal:
        _before_proposals(story, [matter])
        _after_proposals(story, [matter])
    else:
        _before_tasks(story, [matter])
        _after_tasks(story, [matter])
    return story


def story_of_answer(answer: Answer, by: Mandate, on: date) -> Story:
    story = Story(by, on, here=_answer_key(answer))
    _before_answers(story, [answer])
    _after_answers(story, [answer])
    return story


def story_of_origin(origin: Origin, by: Mandate, on: date) -> Story:
    """Of a meeting or document: what it was held under, what it led to, what was asked and told there."""
    story = Story(by, on, here=_origin_key(origin))
    _before_origins(story, [origin])
    led = [origin, *_told(story, seen_origins(by).filter(under=origin), origin)]
    for one in led:
        matters = _visible(by).filter(origin=one)
        proposals = _some_matters(story, matters.filter(direction="up"), _origin_key(one))
        tasks = _some_matters(story, matters.filter(direction="down", order__isnull=True), _origin_key(one))
        _after_proposals(story, proposals)
        _after_tasks(story, tasks)
    _orders_of(story, led)
    _answers_by_document(story, origin)
    return story


# Backward.


def _before_origins(story: Story, origins: Sequence[Origin], steps: int = STEPS_BACK) -> None:
    for origin in origins:
        story.add(_origin_node(story, origin))
    if not steps or not origins:
        return
    above = list(Origin.objects.filter(led_to__in=origins).distinct()[: SIDE_BY_SIDE * len(origins)])
    links = Origin.under.through.objects.filter(from_origin__in=origins, to_origin__in=above)
    _before_origins(story, above, steps - 1)
    for link in links:
        story.join(f"origin:{link.to_origin_id}", f"origin:{link.from_origin_id}", _("căn cứ"))


def _before_proposals(story: Story, proposals: Sequence[Matter]) -> None:
    _before_origins(story, _distinct(one.origin for one in proposals))
    for one in proposals:
        story.add(_matter_node(story, one))
        story.join(f"origin:{one.origin_id}", _matter_key(one), _("nêu"))


def _before_answers(story: Story, answers: Sequence[Answer]) -> None:
    for answer in answers:
        story.add(_answer_node(story, answer))
        asked = _visible(story.by).filter(replies__answer=answer)
        shown = list(asked[:SIDE_BY_SIDE])
        _before_proposals(story, shown)
        for one in shown:
            story.join(_matter_key(one), _answer_key(answer), _("trả lời"))
        _count_rest(
            story, asked.count() - len(shown), _answer_key(answer), answer.get_absolute_url(), back=True
        )


def _before_tasks(story: Story, tasks: Sequence[Matter]) -> None:
    for task in tasks:
        story.add(_matter_node(story, task))
    _before_origins(story, _distinct(task.origin for task in tasks))
    for task in tasks:
        story.join(f"origin:{task.origin_id}", _matter_key(task), _("giao"))
    answers = Answer.objects.filter(tasks__in=tasks).filter(_of_seen_proposals(story.by)).distinct()
    _before_answers(story, list(answers[:SIDE_BY_SIDE]))
    _tasks_under_answers(story, tasks)


# Forward.


def _after_proposals(story: Story, proposals: Sequence[Matter]) -> None:
    replies = Reply.objects.filter(proposal__in=proposals).select_related("answer__unit", "answer__body")
    answers: dict[int, Answer] = {}
    for reply in replies.order_by("pk"):
        answers[reply.answer_id] = reply.answer
        story.add(_answer_node(story, reply.answer))
        story.join(
            f"matter:{reply.proposal_id}", _answer_key(reply.answer), reply.get_response_display().lower()
        )
    _after_answers(story, list(answers.values()))


def _after_answers(story: Story, answers: Sequence[Answer]) -> None:
    for answer in answers:
        story.add(_answer_node(story, answer))
    tasks = list(_visible(story.by).filter(carries_out__in=answers).distinct()[: SIDE_BY_SIDE * 2])
    for task in tasks:
        story.add(_matter_node(story, task))
    _tasks_under_answers(story, tasks)
    for link in Answer.documents.through.objects.filter(answer__in=answers).select_related("origin"):
        story.add(_origin_node(story, link.origin))
        story.join(f"answer:{link.answer_id}", _origin_key(link.origin), _("bằng văn bản"))
    for answer in answers:
        if answer.points_to_id:
            story.join(f"answer:{answer.points_to_id}", _answer_key(answer), _("đã trả lời"))
    _after_tasks(story, tasks)


def _after_tasks(story: Story, tasks: Sequence[Matter]) -> None:
    """What was handed in, as far as it stands."""
    handed = Step.objects.filter(matter__in=tasks, act=Act.SUBMIT).prefetch_related("sources")
    for step in handed:
        files = ", ".join(source.name for source in step.sources.all())
        node = Node(
            key=f"step:{step.pk}",
            kind=_("Kết quả đã nộp"),
            icon="paperclip" if files else "file-check",
            title=step.text or files,
            facts=_facts(step.at.date(), files),
            tone="calm",
            url=reverse("matters:page", args=[_number(tasks, step.matter_id)]),
        )
        story.add(node)
        story.join(f"matter:{step.matter_id}", node.key)


def _orders_of(story: Story, origins: Sequence[Origin]) -> None:
    """One act that gave many tasks is one box, with how its tasks stand."""
    for order in Order.objects.filter(origin__in=origins).exclude(issued_on__isnull=True)[:SIDE_BY_SIDE]:
        tasks = _visible(story.by).filter(order=order).order_by()
        stands = Counter(
            dict(tasks.annotate(clock=clock_column(story.on)).values_list("clock").annotate(n=Count("pk")))
        )
        if not stands:
            continue
        late = stands[ClockState.OVERDUE]
        done = stands[ClockState.DONE_IN_TIME] + stands[ClockState.DONE_LATE]
        counts = {"total": sum(stands.values()), "done": done, "late": late}
        node = Node(
            key=f"order:{order.pk}",
            kind=_("Lệnh giao"),
            icon="arrows-down",
            title=order.text,
            facts=_facts(order.issued_on, ""),
            state=_("%(total)d đơn vị: %(done)d xong, %(late)d quá hạn") % counts,
            tone="late" if late else "calm",
            url=order.get_absolute_url(),
        )
        story.add(node)
        story.join(f"origin:{order.origin_id}", node.key, _("giao"))


def _answers_by_document(story: Story, origin: Origin) -> None:
    answers = Answer.objects.filter(documents=origin).filter(_of_seen_proposals(story.by))
    shown = list(answers.distinct()[:SIDE_BY_SIDE])
    _before_answers(story, shown)
    for answer in shown:
        story.join(_answer_key(answer), _origin_key(origin), _("bằng văn bản"))


# Nodes.


def _visible(by: Mandate):  # type: ignore[no-untyped-def]  # a queryset of matters
    return Matter.objects.filter(scope(by)).select_related("origin", "unit")


def seen_origins(by: Mandate):  # type: ignore[no-untyped-def]
    """Documents are public; what was said at a meeting is for those who reach it."""
    return Origin.objects.filter(Q(kind=OriginKind.DOCUMENT) | origin_scope(by))


def _of_seen_proposals(by: Mandate) -> Q:
    return Q(replies__proposal__in=Matter.objects.filter(scope(by)).values("pk"))


def _told(story: Story, origins: Iterable[Origin], under: Origin) -> list[Origin]:
    shown = list(origins[:SIDE_BY_SIDE])  # type: ignore[index]
    for one in shown:
        story.add(_origin_node(story, one))
        story.join(_origin_key(under), _origin_key(one), _("căn cứ"))
    return shown


def _some_matters(story: Story, matters, key: str) -> list[Matter]:  # type: ignore[no-untyped-def]
    """The first of them as boxes, those that are late first; the rest in one."""
    ordered = matters.order_by("-open", "due_on", "pk")
    shown = list(ordered[:SIDE_BY_SIDE])
    for one in shown:
        story.add(_matter_node(story, one))
        story.join(key, _matter_key(one))
    if len(shown) == SIDE_BY_SIDE:
        list_url = f"{shown[0].list_url}?origin={shown[0].origin_id}"
        _count_rest(story, matters.count() - len(shown), key, list_url)
    return shown


def _count_rest(story: Story, rest: int, key: str, url: str, back: bool = False) -> None:
    if rest <= 0:
        return
    node = Node(
        key=f"rest:{key}:{url}",
        kind=_("Còn lại"),
        icon="dots",
        title=_("và %(count)d mục nữa") % {"count": rest},
        url=url,
    )
    story.add(node)
    story.join(*((node.key, key) if back else (key, node.key)))


def _tasks_under_answers(story: Story, tasks: Sequence[Matter]) -> None:
    links = Answer.tasks.through.objects.filter(matter__in=tasks)
    for answer, task in links.values_list("answer_id", "matter_id"):
        story.join(f"answer:{answer}", f"matter:{task}", _("thực hiện"))


def _origin_node(story: Story, origin: Origin) -> Node:
    return Node(
        key=_origin_key(origin),
        kind=origin.get_kind_display(),
        icon=_ORIGIN_ICONS.get(OriginKind(origin.kind), "point"),
        title=origin.title,
        facts=_facts(origin.on, origin.group_label),
        url=origin.path,
        here=_origin_key(origin) == story.here,
    )


def _matter_node(story: Story, matter: Matter) -> Node:
    clock = clock_state(matter, story.on)
    who = matter.holder_name if matter.open and matter.holder_name else str(matter.unit or "")
    return Node(
        key=_matter_key(matter),
        kind=f"{matter.listed_as} {matter.number}",
        icon="arrow-up" if matter.is_proposal else "arrow-down",
        title=matter.text,
        facts=_facts(matter.raised_on, who),
        state=_state(matter, clock, story.on),
        tone=TONES.get(clock, "calm"),
        url=matter.get_absolute_url(),
        here=_matter_key(matter) == story.here,
    )


def _answer_node(story: Story, answer: Answer) -> Node:
    return Node(
        key=_answer_key(answer),
        kind=_("Trả lời %(number)s") % {"number": answer.number},
        icon="message-reply",
        title=answer.text,
        facts=_facts(answer.answered_on, str(answer.body or answer.unit)),
        state=answer.get_kind_display(),
        tone="calm",
        url=answer.get_absolute_url(),
        here=_answer_key(answer) == story.here,
    )


def _state(matter: Matter, clock: ClockState, on: date) -> str:
    """The state, and how far the clock has run where it still runs."""
    words = State(matter.state).label
    left = days_left(matter, on)
    if clock == ClockState.OVERDUE and left is not None:
        return _("%(state)s · quá hạn %(days)d ngày") % {"state": words, "days": -left}
    if left is not None and matter.open:
        return _("%(state)s · còn %(days)d ngày") % {"state": words, "days": left}
    return f"{words} · {clock.label.lower()}" if clock != ClockState.NO_TERM else str(words)


def _facts(on: date | None, who: str) -> str:
    day = formats.date_format(on, "SHORT_DATE_FORMAT") if on else ""
    return " · ".join(part for part in (day, who) if part)


def _matter_key(matter: Matter) -> str:
    return f"matter:{matter.pk}"


def _answer_key(answer: Answer) -> str:
    return f"answer:{answer.pk}"


def _origin_key(origin: Origin) -> str:
    return f"origin:{origin.pk}"


def _distinct(origins: Iterable[Origin]) -> list[Origin]:
    return list({origin.pk: origin for origin in origins}.values())


def _number(tasks: Sequence[Matter], pk: int) -> str:
    return next(task.number for task in tasks if task.pk == pk)

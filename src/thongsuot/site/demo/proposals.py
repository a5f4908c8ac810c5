"""What the wards of the demonstration ask, and how it is answered: routed, grouped, answered, agreed, contested."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.clocks import periods
from thongsuot.matters.actions import (
    NewTask,
    Statement,
    agree,
    answer_proposals,
    comment,
    contest,
    form_group,
    raise_proposal,
    route_proposals,
    withdraw_proposal,
)
from thongsuot.matters.enums import AWAITED, AnswerKind, Kind, Response, State
from thongsuot.matters.models import Answer, Matter, Origin, ProposalGroup, Reply
from thongsuot.site.demo.story import Story
from thongsuot.site.demo.words import Theme, filled, themes, written
from thongsuot.units.models import Unit

RAISED_FROM, RAISED_UNTIL = 33, 1  # working days before today
GROUPED_ON = {18: slice(0, 5), 6: slice(5, 9)}  # the themes grouped that day; the others are left to be found
_CARRIED_OUT = (AnswerKind.ACCEPTED, AnswerKind.PARTLY)


@dataclass(eq=False)
class Asked:
    matter: Matter
    theme: Theme
    unit: Unit
    nth: int


@dataclass
class Proposals:
    story: Story
    on_new_task: Callable[[Matter, str], None]
    _waiting: list[Asked] = field(default_factory=list)
    _every: list[Asked] = field(default_factory=list)
    _answered: dict[str, Answer] = field(default_factory=dict)
    _tasks: dict[str, Matter] = field(default_factory=dict)
    _responses: int = 0
    _contested: int = 0
    _given: Counter[str] = field(default_factory=Counter)
    _told: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.chance = self.story.chance("proposals")
        self.texts = written("proposals")
        self.themes = themes()
        self.grouped = [theme for theme in self.themes if theme.grouped]

    def begin(self) -> None:
        """Every ward asks of its own accord once or twice; what came in is routed the morning after next."""
        diary = self.story.diary
        for unit in self.story.units:
            for _time in range(self.chance.randint(1, 2)):
                day = diary.ago(self.chance.randint(RAISED_UNTIL, RAISED_FROM))
                diary.on(day, partial(self._raise, unit))
        for ago in range(RAISED_FROM, 0, -1):
            diary.on(diary.ago(ago), self._route_what_came, late=True)
        for ago, which in GROUPED_ON.items():
            diary.on(diary.ago(ago), partial(self._group, self.grouped[which]))

    def wishes_of(self, unit: Unit, count: int) -> Iterator[tuple[Theme, str]]:
        """Themes this ward has not spoken of yet, each in one of its wordings."""
        told = self._told[unit.pk]
        for _time in range(count):
            left = [theme for theme in self.themes if theme.key not in told]
            theme = self.chance.choices(left, [theme.weight for theme in left])[0]
            told.add(theme.key)
            yield theme, filled(self.chance.choice(theme.wordings), unit, self.chance)

    def asked(self, matter: Matter, theme: Theme, unit: Unit) -> None:
        one = Asked(matter, theme, unit, len(self._every))
        self._waiting.append(one)
        self._every.append(one)
        if one.nth % 61 == 60:
            self.story.diary.after(3, partial(self._withdraw, one))

    def _raise(self, unit: Unit) -> None:
        for theme, text in self.wishes_of(unit, 1):
            statement = Statement(text, (unit,), theme.topic, competence=theme.competence)
            proposal = raise_proposal(
                by=self.story.wards[unit.pk], statement=statement, kind=Kind(theme.kind)
            )
            self.asked(proposal, theme, unit)

    def _withdraw(self, one: Asked) -> None:
        if self._state(one) in AWAITED:
            reason = "Đơn vị đã tự giải quyết được"
            withdraw_proposal(by=self.story.wards[one.unit.pk], proposal=one.matter, reason=reason)

    def _route_what_came(self) -> None:
        """All for one department at once. A few are left lying: they show as stuck."""
        day, left = self.story.diary.day, []
        bodies: dict[str, list[Asked]] = defaultdict(list)
        for one in self._waiting:
            if one.matter.raised_on >= day:
                left.append(one)
            elif one.nth % 23 and self._state(one) == State.RECORDED:
                bodies[one.theme.body].append(one)
        self._waiting = left
        for code, them in sorted(bodies.items()):
            route_proposals(
                by=self.story.officer,
                proposals=[one.matter for one in them],
                body=self.story.bodies[code],
            )
            for one in them:
                self._answer_in_time_or_not(one)

    def _answer_in_time_or_not(self, one: Asked) -> None:
        """In turn, so that a short story has all of it: most in time, some late, some never."""
        turn = one.nth % 10
        if turn == 4:
            self.story.diary.after(16, partial(self._ask_where_it_is, one))
            return
        days = self.chance.randint(15, 20) if turn == 7 else self.chance.randint(3, 13)
        self.story.diary.after(days, partial(self._answer_alone, one))

    def _ask_where_it_is(self, one: Asked) -> None:
        if self._state(one) in AWAITED:
            text = "Đơn vị chưa nhận được trả lời, đề nghị cho biết đang ở đâu."
            comment(by=self.story.wards[one.unit.pk], matter=one.matter, text=text)

    def _group(self, of: Sequence[Theme]) -> None:
        for theme in of:
            them = [one for one in self._every if one.theme is theme and self._is_free(one)]
            if len(them) < 2:
                continue
            matters = [one.matter for one in them]
            why = f"Cùng lĩnh vực, cùng cơ quan trả lời; {len(them)} đơn vị nêu cùng một việc"
            group = form_group(
                by=self.story.officer, proposals=matters, title=theme.title, reason={"why": why}
            )
            if self.chance.random() < 0.8:
                self.story.diary.after(self.chance.randint(2, 5), partial(self._answer_group, group, theme))

    def _is_free(self, one: Asked) -> bool:
        row = Matter.objects.get(pk=one.matter.pk)
        return row.state == State.ROUTED and row.group_id is None and row.body_id is not None

    def _answer_group(self, group: ProposalGroup, theme: Theme) -> None:
        keys = set(group.members.filter(state=State.ROUTED).values_list("pk", flat=True))
        them = [one for one in self._every if one.matter.pk in keys]
        if them:
            self._say(theme, them, self._kind(theme))

    def _answer_alone(self, one: Asked) -> None:
        """Unless it waits for the answer of its group, or for its group to be formed."""
        if not self._is_free(one):
            return
        wave = next((ago for ago, which in GROUPED_ON.items() if one.theme in self.grouped[which]), None)
        if wave and self.story.diary.day < self.story.diary.ago(wave):
            return
        known = self._answered.get(one.theme.key)
        if known and self.chance.random() < 0.4:
            self._answer([one], AnswerKind.ALREADY_ANSWERED, points_to=known)
        else:
            self._say(one.theme, [one], self._kind(one.theme))

    def _kind(self, theme: Theme) -> AnswerKind:
        """Of those that fit the one given least so far, so that a short story has them all."""
        kinds = [kind for kind in theme.answers if kind != AnswerKind.ALREADY_ANSWERED]
        kind = min(kinds, key=lambda kind: self._given[kind])
        self._given[kind] += 1
        return AnswerKind(kind)

    def _say(self, theme: Theme, them: Sequence[Asked], kind: AnswerKind) -> None:
        text, issuer = theme.answers[kind], str(self.story.bodies[theme.body])
        documents: list[Origin] = []
        if kind == AnswerKind.BEYOND_AUTHORITY:
            self._answer(them, kind, text, forward_to=theme.centre)
            return
        if kind in _CARRIED_OUT and theme.document:
            documents = [self.story.rests_on(dict(theme.document), issuer)]
        if kind in _CARRIED_OUT and theme.task and not documents:
            self._answer_by_task(theme, them, kind, text)
        else:
            self._answered[theme.key] = self._answer(them, kind, text, documents=documents)

    def _answer_by_task(self, theme: Theme, them: Sequence[Asked], kind: AnswerKind, text: str) -> None:
        """The first answer gives the task, further ones name it. Tasks are given by the head of the department."""
        if known := self._tasks.get(theme.key):
            self._answered[theme.key] = self._answer(them, kind, text, tasks=[known])
            return
        body = self.story.bodies[theme.body]
        new = NewTask(
            text=theme.task["text"],
            person=f"Giám đốc {body}" if str(body).startswith("Sở") else f"Lãnh đạo {body}",
            product=theme.task["product"],
            due_on=add_working_days(self.story.diary.day, self.chance.randint(8, 20)),
            body=body,
        )
        answer = self._answer(them, kind, text, new_task=new)
        self._answered[theme.key] = answer
        self._tasks[theme.key] = answer.tasks.get()
        self.on_new_task(self._tasks[theme.key], theme.body)

    def _answer(
        self,
        them: Sequence[Asked],
        kind: AnswerKind,
        text: str = "",
        *,
        documents: Sequence[Origin] = (),
        tasks: Sequence[Matter] = (),
        new_task: NewTask | None = None,
        forward_to: str | None = None,
        points_to: Answer | None = None,
    ) -> Answer:
        head, clerk = self.story.offices[them[0].theme.body]
        answer = answer_proposals(
            by=head if new_task else clerk,
            proposals=[one.matter for one in them],
            kind=kind,
            text=text,
            documents=documents,
            tasks=tasks,
            new_task=new_task,
            forward_to=forward_to,
            points_to=points_to,
        )
        for one in them:
            if kind == AnswerKind.BEYOND_AUTHORITY:
                days = self.chance.randint(6, 18)
                self.story.diary.after(days, partial(self._the_centre_answers, one))
            else:
                self._respond(one)
        return answer

    def _the_centre_answers(self, one: Asked) -> None:
        """What a ministry said, entered by the city."""
        if self._state(one) not in AWAITED:
            return
        kind = AnswerKind(self.chance.choice(sorted(self.texts["centre_said"])))
        paper = self.texts["centre_document"]
        answer_proposals(
            by=self.story.officer,
            proposals=[one.matter],
            kind=kind,
            text=self.texts["centre_said"][kind],
            documents=[self.story.rests_on(paper, paper["issuer"])] if kind in _CARRIED_OUT else [],
        )
        self._respond(one)

    def _respond(self, one: Asked) -> None:
        """More than half agree, one in eleven contests, the others say nothing."""
        turn, diary = self._responses % 11, self.story.diary
        self._responses += 1
        if turn == 3:
            diary.after(self.chance.randint(1, 4), partial(self._contest, one))
        elif turn < 7:
            diary.after(self.chance.randint(1, 8), partial(self._agree, one))

    def _agree(self, one: Asked) -> None:
        if self._awaits_the_ward(one):
            agree(by=self.story.wards[one.unit.pk], proposal=one.matter)

    def _contest(self, one: Asked) -> None:
        if not self._awaits_the_ward(one):
            return
        note = filled(self.chance.choice(self.texts["contests"]), one.unit, self.chance)
        row = contest(by=self.story.wards[one.unit.pk], proposal=one.matter, note=note)
        self._contested += 1
        if self._contested % 3:
            self.story.diary.after(self.chance.randint(3, 7), partial(self._decide, one, row.level))

    def _decide(self, one: Asked, level: int) -> None:
        kind = AnswerKind(self.chance.choice(sorted(self.texts["decisions"])))
        resting = dict(one.theme.document) or self.texts["centre_document"]
        issuer = str(self.story.bodies[one.theme.body])
        answer_proposals(
            by=self.story.leader,
            proposals=[one.matter],
            kind=kind,
            text=self.texts["decisions"][kind],
            documents=[self.story.rests_on(resting, issuer)] if kind in _CARRIED_OUT else [],
        )
        again = level < periods().levels and kind == AnswerKind.REJECTED
        act = self._contest if again else self._agree
        self.story.diary.after(self.chance.randint(1, 3), partial(act, one))

    def _state(self, one: Asked) -> str:
        return Matter.objects.values_list("state", flat=True).get(pk=one.matter.pk)

    def _awaits_the_ward(self, one: Asked) -> bool:
        pending = Reply.objects.filter(proposal=one.matter, response=Response.PENDING)
        return (
            self._state(one) == State.ANSWERED
            and pending.filter(respond_by__gte=self.story.diary.day).exists()
        )

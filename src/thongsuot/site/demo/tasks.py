"""Tasks of the demonstration: orders to many wards with every fate a task can have, directions of visits, and more."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from thongsuot.lawbook.calendar import add_working_days, working_days_between
from thongsuot.matters.actions import (
    Clears,
    acknowledge_amendment,
    amend_order,
    ask_extension,
    draft_order,
    end_wait,
    grant_extension,
    issue_order,
    issue_task,
    receive_task,
    refuse_extension,
    remind_task,
    reopen_task,
    report_progress,
    return_task,
    submit_task,
    verify_task,
    wait_for,
    withdraw_order,
    withdraw_task,
)
from thongsuot.matters.enums import Kind, State
from thongsuot.matters.models import Matter, Order
from thongsuot.site.demo.story import Story
from thongsuot.site.demo.words import filled, written
from thongsuot.sources.actions import receive_evidence
from thongsuot.sources.models import Source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Body, Mandate, Unit


@dataclass
class Course:
    """One task on its way: who does it, who gave it, and until when."""

    story: Story
    task: Matter
    unit: Unit
    doer: Mandate
    giver: Mandate
    issued: date
    due: date
    waits_on: Body | None = None

    def __post_init__(self) -> None:
        self.chance = self.story.chance(f"task:{self.task.number}")
        self.texts, self.words = written("orders"), written("visits")
        self.diary = self.story.diary

    def take(self, fate: str) -> None:
        """A fate is a method; `unread` is nothing at all."""
        if fate != "unread":
            self._on(
                self.issued, self.chance.randint(1, 3), partial(receive_task, by=self.doer, task=self.task)
            )
            _FATES[fate](self)

    def received(self) -> None:
        return

    def working(self) -> None:
        self._on(self.issued, self.chance.randint(3, 5), self._progress)

    def in_time(self) -> None:
        room = max(5, working_days_between(self.issued, self.due))
        self._submit_and_verify(self.issued, self.chance.randint(4, max(4, min(room, self.diary_length - 2))))

    def late(self) -> None:
        self.working()
        self._submit_and_verify(self.due, self.chance.randint(1, 3))

    def submitted(self) -> None:
        self.working()
        self._on(self.diary.today, -self.chance.randint(1, 3), self._submit)

    def returned(self) -> None:
        self._on(self.diary.today, -6, self._submit)
        self._on(
            self.diary.today,
            -self.chance.randint(2, 4),
            lambda: return_task(by=self.giver, task=self.task, reason=self.texts["returned"]),
        )

    def overdue(self) -> None:
        self.working()
        self._on(self.due, 2, lambda: remind_task(by=self.giver, task=self.task, text=self.texts["reminder"]))

    def extended(self) -> None:
        self.working()
        asked = min(self.due, self.diary.ago(2))
        self._on(
            asked, -1, partial(self._ask, max(self.diary.ahead(self.chance.randint(5, 9)), self._later(3)))
        )
        self._on(asked, 0, lambda: grant_extension(by=self.giver, task=self.task))

    def extended_twice(self) -> None:
        self.working()
        self._on(self.due, -3, partial(self._ask, self._later(3)))
        self._on(self.due, -2, lambda: grant_extension(by=self.story.officer, task=self.task))
        again = self.diary.ahead(self.chance.randint(6, 10))
        self._on(self.due, 1, partial(self._ask, again, self.texts["extension_again"]))
        self._on(self.due, 2, lambda: grant_extension(by=self.story.leader, task=self.task))

    def asks(self) -> None:
        self.working()
        self._on(self.diary.today, -2, partial(self._ask, self.diary.ahead(5)))

    def refused(self) -> None:
        self.working()
        self._on(self.due, -3, partial(self._ask, self._later(5)))
        remark = self.texts["extension_refused"]
        self._on(self.due, -2, lambda: refuse_extension(by=self.giver, task=self.task, remark=remark))
        self._submit_and_verify(self.due, 0)

    def waiting(self) -> None:
        self._on(self.diary.today, -self.chance.randint(4, 5), partial(self._wait, self.diary.ahead(3)))

    def waited(self) -> None:
        self._on(self.due, -10, partial(self._wait, self.due))
        self._on(self.due, -5, lambda: end_wait(by=self.doer, task=self.task, text=self.texts["waited"]))
        self._submit_and_verify(self.due, 2)

    def withdrawn(self) -> None:
        reason = self.texts["withdrawn"]
        self._on(self.issued, 6, lambda: withdraw_task(by=self.giver, task=self.task, reason=reason))

    def reopened(self) -> None:
        self._submit_and_verify(self.issued, 6)
        reason = self.texts["reopened"]
        self._on(self.diary.today, -3, lambda: reopen_task(by=self.giver, task=self.task, reason=reason))

    @property
    def diary_length(self) -> int:
        """Working days from issue to today."""
        return working_days_between(self.issued, self.diary.today)

    def _on(self, day: date, days: int, act: Callable[[], object]) -> None:
        """Not before the task was given."""
        self.diary.on(max(add_working_days(day, days), self.issued), lambda: self._if_open(act))

    def _if_open(self, act: Callable[[], object]) -> None:
        """An order withdrawn meanwhile takes its tasks with it."""
        if Matter.objects.filter(pk=self.task.pk).exclude(state=State.WITHDRAWN).exists():
            act()

    def _later(self, days: int) -> date:
        return add_working_days(self.due, days)

    def _progress(self) -> None:
        report_progress(by=self.doer, task=self.task, text=self.chance.choice(self.words["progress"]))

    def _ask(self, until: date, reason: str = "") -> None:
        ask_extension(by=self.doer, task=self.task, until=until, reason=reason or self.texts["extension"])

    def _wait(self, until: date) -> None:
        wait_for(by=self.doer, task=self.task, until=until, reason=self.texts["waiting"], body=self.waits_on)

    def _submit(self) -> None:
        done = self.chance.choice(self.words["done"])
        sources = [self._evidence(done)] if self.task.priority or self.chance.random() < 0.1 else []
        submit_task(by=self.doer, task=self.task, text=done, sources=sources)

    def _submit_and_verify(self, day: date, days: int) -> None:
        self._on(day, days, self._submit)
        self._on(day, days + self.chance.randint(1, 2), lambda: verify_task(by=self.giver, task=self.task))

    def _evidence(self, done: str) -> Source:
        """A small text of their own, received like any file."""
        evidence = self.texts["evidence"]
        text = filled(
            evidence["text"].replace("{done}", done).replace("{number}", self.task.number),
            self.unit,
            self.chance,
        )
        name = evidence["name"].format(code=self.unit.code)
        return receive_evidence(by=self.doer, verb=Verb.PERFORM, data=text.encode(), name=name)


_FATES: Mapping[str, Callable[[Course], None]] = {
    name: getattr(Course, name)
    for name in (
        "received",
        "working",
        "in_time",
        "late",
        "submitted",
        "returned",
        "overdue",
        "extended",
        "extended_twice",
        "asks",
        "refused",
        "waiting",
        "waited",
        "withdrawn",
        "reopened",
    )
}


@dataclass
class Directions:
    """What was said at visits: only recorded at first; the leader of the group gives most of it as tasks."""

    story: Story
    _count: int = field(default=0)

    def told(self, task: Matter, leader: Mandate, unit: Unit) -> None:
        chance = self.story.chance(f"direction:{task.number}")
        if task.kind == Kind.DIRECTION and chance.random() < 0.6:
            self.story.diary.after(chance.randint(1, 4), partial(self._give, task, leader, unit))

    def _give(self, task: Matter, leader: Mandate, unit: Unit) -> None:
        day = self.story.diary.day
        chance = self.story.chance(f"given:{task.number}")
        due = add_working_days(day, chance.randint(6, 14))
        clears = Clears(
            text=task.text,
            person=f"Chủ tịch Ủy ban nhân dân {unit}",
            product=_product_of(task),
            basis=f"Kết luận buổi làm việc ngày {task.raised_on:%d-%m-%Y}",
            due_on=due,
            lead_code="peoples_committee",
        )
        (given,) = issue_task(by=leader, task=task, clears=clears)
        course = Course(self.story, given, unit, self.story.wards[unit.pk], leader, day, due)
        course.take(chance.choices(["in_time", "late", "working", "received", "unread"], [5, 2, 2, 1, 1])[0])


def _product_of(task: Matter) -> str:
    """Directions are told apart by how they go on after the name of the unit."""
    for entry in written("visits")["directions"]:
        if task.topic == entry["topic"] and entry["text"].split()[1] in task.text:
            return str(entry["product"])
    return "Báo cáo kết quả thực hiện"


@dataclass
class Orders:
    story: Story

    def __post_init__(self) -> None:
        self.texts = written("orders")

    def begin(self) -> None:
        diary = self.story.diary
        for entry in self.texts["orders"]:
            diary.on(diary.ago(entry["issued"]), partial(self._to_wards, entry))
        for entry in self.texts["departments"]:
            diary.on(diary.ago(entry["issued"]), partial(self._to_department, entry))
        for entry in self.texts["within"]:
            diary.on(diary.ago(entry["issued"]), partial(self._within, entry))
        for entry in self.texts["drafts"]:
            diary.on(diary.ago(1), partial(self._draft, entry))

    def made_by_an_answer(self, task: Matter, code: str) -> None:
        """An officer of the department does it, its head verifies."""
        story, (head, clerk) = self.story, self.story.offices[code]
        course = Course(story, task, story.city, clerk, head, story.diary.day, _due(task))
        course.take(story.chance(f"answer:{task.number}").choice(["working", "in_time", "received"]))

    def _to_wards(self, entry: Mapping[str, Any]) -> None:
        story, giver = self.story, self.story.signed[entry["by"]]
        units = self._units(entry)
        clears = self._clears(entry, units)
        order = draft_order(by=giver, clears=clears)
        tasks = issue_order(by=giver, order=order)
        fates = self._shared(entry["fates"], len(tasks), entry["key"])
        courses = []
        for task, fate in zip(tasks, fates, strict=True):
            assert task.unit is not None
            doer = story.wards[task.unit.pk]
            waits_on = story.bodies[entry.get("waits_on", "committee_office")]
            due = self._due_of(entry)
            course = Course(story, task, task.unit, doer, giver, story.diary.day, due, waits_on)
            course.take(fate)
            courses.append(course)
        if "amended" in entry:
            change = entry["amended"]
            story.diary.on(
                story.diary.ago(change["ago"]), partial(self._amend, order, clears, change, giver, courses)
            )
        if "withdrawn" in entry:
            change = entry["withdrawn"]
            story.diary.on(
                story.diary.ago(change["ago"]),
                lambda: withdraw_order(by=giver, order=order, reason=change["reason"]),
            )

    def _units(self, entry: Mapping[str, Any]) -> list[Unit]:
        """Those who sign in are always among them."""
        units = self.story.units
        if entry["units"] == "all":
            return list(units)
        signing = {mandate.unit_id for mandate in self.story.signed.values()}
        others = [unit for unit in units if unit.pk not in signing]
        first = [unit for unit in units if unit.pk in signing]
        count = max(len(entry.get("fates", ())) + 1, self.story.share(entry["units"]))
        chosen = first + self.story.chance(entry["text"]).sample(
            others, min(len(others), max(0, count - len(first)))
        )
        return sorted(chosen, key=lambda unit: unit.code)

    def _shared(self, fates: Mapping[str, int], count: int, key: str) -> list[str]:
        """Each named fate at least once, the rest in proportion."""
        total = sum(fates.values())
        given = [
            fate for fate, share in fates.items() for _one in range(max(1, round(share * count / total)))
        ]
        first = next(iter(fates))
        rare = [fate for fate in given if fate != first][: max(0, count - 1)]
        given = rare + [first] * (count - len(rare))
        self.story.chance(f"fates:{key}").shuffle(given)
        return given

    def _clears(self, entry: Mapping[str, Any], units: Sequence[Unit]) -> Clears:
        bodies = self.story.bodies
        return Clears(
            text=entry["text"],
            units=units,
            person=entry["person"],
            product=entry["product"],
            basis=entry["basis"],
            due_on=self._due_of(entry),
            lead_code=entry["lead"],
            supporters=[bodies[code] for code in entry.get("supporters", ())],
            topic=entry["topic"],
            priority=entry.get("priority", False),
        )

    def _due_of(self, entry: Mapping[str, Any]) -> date:
        return add_working_days(self.story.today, entry["due"])

    def _amend(
        self,
        order: Order,
        clears: Clears,
        change: Mapping[str, Any],
        giver: Mandate,
        courses: Sequence[Course],
    ) -> None:
        new = Clears(
            **{
                **{name: getattr(clears, name) for name in Clears.__slots__},
                "product": change["product"],
            }
        )
        amend_order(by=giver, order=order, clears=new, reason=change["reason"])
        for nth, course in enumerate(courses):
            if nth % 3:
                self.story.diary.after(1, partial(self._see, course))

    def _see(self, course: Course) -> None:
        row = Matter.objects.get(pk=course.task.pk)
        if row.state in (State.RECEIVED, State.IN_PROGRESS) and row.order_version_seen != 2:
            acknowledge_amendment(by=course.doer, task=row)

    def _to_department(self, entry: Mapping[str, Any]) -> None:
        story, giver = self.story, self.story.signed[entry["by"]]
        order = draft_order(by=giver, clears=self._clears(entry, [story.city]))
        (task,) = issue_order(by=giver, order=order)
        doer = story.offices[entry["lead"]][1]
        Course(story, task, story.city, doer, giver, story.diary.day, self._due_of(entry)).take(entry["fate"])

    def _within(self, entry: Mapping[str, Any]) -> None:
        story, giver = self.story, self.story.signed[entry["by"]]
        order = draft_order(by=giver, clears=self._clears(entry, [giver.unit]))
        (task,) = issue_order(by=giver, order=order)
        doer = story.wards[giver.unit_id]
        Course(story, task, giver.unit, doer, giver, story.diary.day, self._due_of(entry)).take(entry["fate"])

    def _draft(self, entry: Mapping[str, Any]) -> None:
        draft_order(by=self.story.signed[entry["by"]], clears=self._clears(entry, self._units(entry)))


def _due(task: Matter) -> date:
    assert task.due_on is not None, "a task an answer gives has a day"
    return task.due_on

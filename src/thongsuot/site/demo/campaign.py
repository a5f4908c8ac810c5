"""The campaign of the demonstration: groups, who sits in them, a timetable, visits walked step by step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from thongsuot.kernel.symbols import Symbol
from thongsuot.kernel.vietnamese import fold
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.matters.enums import Kind
from thongsuot.matters.models import Matter
from thongsuot.oversight.actions import (
    Attendance,
    Minutes,
    NewPlan,
    NewVisit,
    Said,
    cancel_visit,
    form_group,
    hold_visit,
    open_campaign,
    plan_visits,
    postpone_visit,
    record_minutes,
    report_visit,
    seat_member,
    seat_person,
    send_notice,
)
from thongsuot.oversight.enums import Part, SeatPart, VisitState
from thongsuot.oversight.models import Campaign, Visit, WorkingGroup
from thongsuot.site.demo.people import SIGN_INS
from thongsuot.site.demo.proposals import Proposals
from thongsuot.site.demo.story import GROUPS, OPENED, Story
from thongsuot.site.demo.tasks import Directions
from thongsuot.site.demo.words import filled, written
from thongsuot.units.models import Mandate, Unit

FIRST, LAST = -34, 18  # the timetable, in working days from today
TITLE = "Giám sát thực hiện Kế hoạch 249-KH/UBKTTW"


@dataclass
class Team:
    """A group with those who act for it."""

    group: WorkingGroup
    units: list[Unit]
    leader: Mandate
    secretary: Mandate


@dataclass
class Supervision:
    story: Story
    proposals: Proposals
    directions: Directions
    teams: dict[int, Team] = field(default_factory=dict)
    _turns: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.texts = written("visits")
        self.chance = self.story.chance("visits")

    def open(self) -> Campaign:
        story = self.story
        plan = NewPlan(Symbol("249", "KH/UBKTTW"), date(2025, 7, 24), "Ủy ban Kiểm tra Trung ương")
        campaign = open_campaign(
            by=story.officer,
            title=TITLE,
            unit=story.city,
            started_on=story.diary.ago(OPENED - 3),
            ended_on=story.diary.ahead(30),
            plan=plan,
        )
        for number, units in self._shared_out().items():
            self._form(campaign, number, units)
        return campaign

    def plan(self) -> None:
        """The whole timetable on one day; every visit then takes its course."""
        for number, team in self.teams.items():
            visits = [
                NewVisit(units, on, time(14 if nth % 2 else 8), self._place(units[0]))
                for nth, (units, on) in enumerate(self._timetable(number, team))
            ]
            for visit in plan_visits(by=self.story.officer, group=team.group, visits=visits):
                self._take_course(team, visit)

    def _shared_out(self) -> dict[int, list[Unit]]:
        """As the press printed it; the units no printed list names go to the groups that were not printed."""
        printed = {
            number: [unit for name in names if (unit := self.story.named(name))]
            for number, names in written("campaign")["groups"].items()
        }
        taken = {unit.pk for units in printed.values() for unit in units}
        rest = [unit for unit in self.story.units if unit.pk not in taken]
        open_ended = range(6, GROUPS + 1)
        for place, number in enumerate(open_ended):
            start, end = (len(rest) * at // len(open_ended) for at in (place, place + 1))
            printed[number] = [*printed[number], *rest[start:end]]
        return printed

    def _form(self, campaign: Campaign, number: int, units: Sequence[Unit]) -> None:
        story, texts = self.story, self.texts
        leader, secretary = (self._member(number, role) for role in ("group_leader", "group_secretary"))
        group = form_group(
            by=story.officer,
            campaign=campaign,
            number=number,
            leader=leader.user.full_name,
            leader_title=texts["leader_title"],
            units=units,
        )
        seats = [(SeatPart.SECRETARY, secretary.user.full_name, texts["secretary_title"])]
        seats += [(SeatPart.DEPUTY, next(story.names), texts["deputy_title"])]
        seats += [(SeatPart.MEMBER, next(story.names), texts["member_title"]) for _member in range(3)]
        for part, name, title in seats:
            seat_person(by=story.officer, group=group, part=part, name=name, title=title)
        signed = [story.signed[one.username] for one in SIGN_INS if one.group == number]
        for mandate in {one.pk: one for one in (leader, secretary, *signed)}.values():
            seat_member(by=story.officer, group=group, mandate=mandate)
        self.teams[number] = Team(group, list(units), leader, secretary)

    def _member(self, number: int, role: str) -> Mandate:
        for one in SIGN_INS:
            if one.group == number and one.role == role:
                return self.story.signed[one.username]
        return self.story.figure(f"{role.removeprefix('group_')}.{number}", role)

    def _place(self, unit: Unit) -> str:
        return str(self.texts["place"]).format(ward=unit)

    def _timetable(self, number: int, team: Team) -> Iterator[tuple[list[Unit], date]]:
        """One or two units a day, the groups side by side over the weeks; visits that a paper tells of on its day."""
        left = list(team.units)
        for told in written("papers")["visits"]:
            units = [unit for name in told["units"] if (unit := self.story.named(name))]
            if told["group"] == number and units:
                left = [unit for unit in left if unit not in units]
                yield units, self.story.diary.ago(told["ago"])
        days = (LAST - FIRST) * 2 // max(2, len(left) + 1)
        day = FIRST + number % 5
        while left:
            units = [left.pop(0) for _unit in range(min(len(left), 1 + (len(left) + number) % 2))]
            yield units, self.story.diary.working_day(min(day, LAST))
            day += max(2, days * len(units) // 2) + self.chance.randint(0, 1)

    def _take_course(self, team: Team, visit: Visit) -> None:
        diary, chance, on = self.story.diary, self.chance, visit.planned_on
        before, turn = add_working_days(on, -4), self._turns.setdefault(visit.pk, len(self._turns) % 17)
        if self._has_a_paper(visit):
            turn = self._turns[visit.pk] = 0  # it went as the paper says
        if turn == 5:
            diary.on(add_working_days(on, -2), lambda: self._postpone(team, visit, None))
            return
        if turn in (1, 9):
            on = add_working_days(on, chance.randint(4, 8))
            diary.on(before, lambda: self._postpone(team, visit, on))
        if turn == 13 and on > diary.today:
            diary.on(
                diary.ago(3),
                lambda: cancel_visit(by=team.secretary, visit=visit, reason=self.texts["cancelled"]),
            )
            return
        if turn not in (2, 13):
            diary.on(
                add_working_days(on, -3), lambda: send_notice(by=team.secretary, visit=visit, on=diary.day)
            )
        if turn == 11 and on > diary.ago(10):
            return  # the day goes by and nobody notes anything
        diary.on(on, lambda: self._hold(team, visit), late=True)

    def _postpone(self, team: Team, visit: Visit, to: date | None) -> None:
        if Visit.objects.get(pk=visit.pk).may_become(VisitState.POSTPONED):
            reason = self.chance.choice(self.texts["postponed"])
            postpone_visit(by=team.secretary, visit=visit, reason=reason, to=to)

    def _hold(self, team: Team, visit: Visit) -> None:
        diary, turn = self.story.diary, self._turns[visit.pk]
        if Visit.objects.filter(pk=visit.pk, meeting__isnull=False).exists():
            return
        hold_visit(by=team.secretary, visit=visit, on=diary.day)
        if self._has_a_paper(visit):
            return
        if turn != 7:
            diary.after(self.chance.randint(1, 4), lambda: self._take_minutes(team, visit))
        if turn not in (3, 7):
            diary.after(self.chance.randint(5, 9), lambda: self._report(team, visit))

    def _has_a_paper(self, visit: Visit) -> bool:
        names = {fold(str(unit)) for unit in visit.units.all()}
        return any({fold(name) for name in told["units"]} == names for told in written("papers")["visits"])

    def _report(self, team: Team, visit: Visit) -> None:
        if Visit.objects.get(pk=visit.pk).may_become(VisitState.REPORTED):
            report_visit(by=team.secretary, visit=visit, on=self.story.diary.day)

    def _take_minutes(self, team: Team, visit: Visit) -> None:
        units = list(visit.units.order_by("code"))
        hosts = {unit.pk: next(self.story.names) for unit in units}
        asked = [
            (theme, Said(text, Kind(theme.kind), [unit], theme.topic, hosts[unit.pk]))
            for unit in units
            for theme, text in self.proposals.wishes_of(unit, self.chance.randint(1, 3))
        ]
        told = [said for unit in units for said in self._told(unit, hosts[unit.pk], team)]
        meeting = record_minutes(
            by=team.secretary,
            visit=visit,
            minutes=Minutes(
                date=visit.planned_on if visit.held_on is None else visit.held_on,
                chair=team.leader.user.full_name,
                people=self._present(team, units, hosts),
                proposals=[said for _theme, said in asked],
                directions=told,
            ),
        )
        rows = {
            (row.text, row.unit_id): row
            for row in Matter.objects.filter(origin=meeting.origin).order_by("pk")
        }
        for theme, said in asked:
            self.proposals.asked(rows[said.text, said.units[0].pk], theme, said.units[0])
        for said in told:
            self.directions.told(rows[said.text, said.units[0].pk], team.leader, said.units[0])

    def _told(self, unit: Unit, host: str, team: Team) -> Iterator[Said]:
        chance = self.chance
        for entry in chance.sample(self.texts["directions"], k=1):
            text = filled(entry["text"], unit, chance)
            yield Said(text, Kind.DIRECTION, [unit], entry["topic"], team.leader.user.full_name)
        if chance.random() < 0.3:
            entry = chance.choice(self.texts["commitments"])
            yield Said(filled(entry["text"], unit, chance), Kind.COMMITMENT, [unit], entry["topic"], host)

    def _present(self, team: Team, units: Sequence[Unit], hosts: dict[int, str]) -> list[Attendance]:
        chair = Attendance(team.leader.user.full_name, Part.CHAIRS, self.texts["leader_title"])
        return [chair] + [
            Attendance(hosts[unit.pk], Part.HOSTS, str(self.texts["host_title"]).format(ward=unit))
            for unit in units
        ]

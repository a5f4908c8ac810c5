"""What a file would change: looked up and checked as a whole, as a list of acts that says each difference."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from thongsuot.kernel.vietnamese import fold
from thongsuot.lawbook.document_types import issuer_of_code
from thongsuot.oversight.enums import SeatPart
from thongsuot.oversight.importing.changes import (
    AmendVisit,
    AssignUnits,
    Change,
    EndSeat,
    FormGroup,
    NameGroup,
    PlanVisit,
    PutUnderPlan,
    Retitle,
    SeatPerson,
)
from thongsuot.oversight.importing.content import CampaignSet, Group, Name, Person, Planned, Problem
from thongsuot.oversight.models import Campaign, GroupSeat, Visit, WorkingGroup
from thongsuot.oversight.queries import campaign_units
from thongsuot.units.models import Unit
from thongsuot.units.queries import TypedUnit, units_by_names


@dataclass(slots=True)
class Comparison:
    """Problems stand in the way of all of it; notices only tell."""

    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    groups: int = 0

    @property
    def seen(self) -> str:
        """What a person saw and agreed to: if the register moves meanwhile, it is shown anew."""
        return hashlib.sha256("\n".join(change.says for change in self.changes).encode()).hexdigest()

    @property
    def ready(self) -> bool:
        return bool(self.changes) and not self.problems

    @property
    def by_group(self) -> dict[int, list[Change]]:
        """0 stands for the campaign itself."""
        listed: dict[int, list[Change]] = defaultdict(list)
        for change in self.changes:
            listed[change.number].append(change)
        return dict(sorted(listed.items()))


def compare(campaign: Campaign, read: CampaignSet) -> Comparison:
    found = Comparison(problems=list(read.problems), groups=len(read.groups))
    if read.ignored:
        found.notices.append(
            _("Không dùng tới: %(ignored)s.") % {"ignored": ", ".join(dict.fromkeys(read.ignored))}
        )
    _Comparer(campaign, read, found).all()
    found.problems = list(dict.fromkeys(found.problems))
    return found


class _Comparer:
    def __init__(self, campaign: Campaign, read: CampaignSet, found: Comparison) -> None:
        self.campaign, self.read, self.found = campaign, read, found
        visits = Visit.objects.filter(set_aside="").prefetch_related("units")
        groups = campaign.groups.prefetch_related(
            "seats", "units", Prefetch("visits", visits, to_attr="open")
        )
        self.present: dict[int, WorkingGroup] = {group.number: group for group in groups}
        self.units = self._looked_up()

    def all(self) -> None:
        self._plan()
        for number in sorted(self.read.groups):
            self._group(self.read.groups[number], self.present.get(number))
        self._shared_units()

    def _wrong(self, place: str, says: str) -> None:
        self.found.problems.append(Problem(place, says))

    def _change(self, change: Change) -> None:
        self.found.changes.append(change)

    def _looked_up(self) -> dict[str, TypedUnit]:
        names = {
            name.text
            for group in self.read.groups.values()
            for name in (*group.units, *(name for visit in group.visits for name in visit.units))
        }
        return {one.typed: one for one in units_by_names(sorted(names), campaign_units(self.campaign))}

    def _meant(self, names: Iterable[Name]) -> list[Unit]:
        """Each once; a name that leads to none, or to several, is told with its place."""
        meant: dict[int, Unit] = {}
        for name in names:
            one = self.units[name.text]
            if one.unit:
                meant.setdefault(one.unit.pk, one.unit)
            else:
                self._wrong(name.place, self._why_not(one))
        return list(meant.values())

    def _why_not(self, one: TypedUnit) -> str:
        said = {
            "name": one.typed,
            "province": self.campaign.unit,
            "units": ", ".join(f"{unit} ({unit.code})" for unit in one.bearing or one.alike),
        }
        if one.bearing:
            return _("“%(name)s” có thể là %(units)s. Ghi đủ loại và dấu, hoặc ghi mã.") % said
        if one.alike:
            return _("Không có “%(name)s” trong %(province)s; có phải là %(units)s?") % said
        return _("Không có “%(name)s” trong %(province)s. Kiểm tra tên hoặc ghi mã.") % said

    def _plan(self) -> None:
        plan = self.read.plan
        if plan is None:
            return
        if self.campaign.plan:
            if self.campaign.plan.printed != plan.symbol.printed():
                self._wrong(
                    plan.place,
                    _("Đợt này theo %(known)s, tệp ghi %(said)s. Kiểm tra có đúng tệp không.")
                    % {"known": self.campaign.plan.printed, "said": plan.symbol.printed()},
                )
        elif plan.on and (plan.issuer or issuer_of_code(plan.symbol.code)):
            self._change(PutUnderPlan(0, plan.symbol, plan.on, plan.issuer))
        else:
            self.found.notices.append(
                _("Kế hoạch %(symbol)s thiếu ngày hoặc cơ quan ban hành nên chưa ghi.")
                % {"symbol": plan.symbol.printed()}
            )

    def _group(self, said: Group, known: WorkingGroup | None) -> None:
        if known is None:
            self._change(FormGroup(said.number, said.name))
        name = said.name if known and said.name and said.name != known.name else None
        blocs = [bloc for bloc in said.blocs if bloc not in (known.blocs if known else [])]
        if name is not None or blocs:
            self._change(NameGroup(said.number, name, (*(known.blocs if known else []), *blocs)))
        self._people(said, list(known.seats.all()) if known else [])
        units = self._units(said, list(known.units.all()) if known else [])
        self._visits(said, list(known.open) if known else [], {unit.pk for unit in units})  # type: ignore[attr-defined]

    def _people(self, said: Group, seats: list[GroupSeat]) -> None:
        self._check_people(said)
        for person in said.people:
            same = [
                seat for seat in seats if seat.part == person.part and fold(seat.name) == fold(person.name)
            ]
            if same:
                self._same_person(said, person, same)
            else:
                self._new_person(said, person, seats)

    def _check_people(self, said: Group) -> None:
        start = self.campaign.started_on
        leaders = sorted(
            (person for person in said.people if person.part == SeatPart.LEADER),
            key=lambda person: person.since or start,
        )
        for person in said.people:
            if person.until and person.until <= (person.since or start):
                self._wrong(person.place, _("%s: ngày thôi không sau ngày vào tổ.") % person.name)
        for first, second in pairwise(leaders):
            begins = second.since or start
            if first.until is None or first.until > begins:
                self._wrong(
                    second.place,
                    _("Tổ số %(number)d có hai tổ trưởng cùng lúc: %(first)s và %(second)s.")
                    % {"number": said.number, "first": first.name, "second": second.name},
                )

    def _same_person(self, said: Group, person: Person, seats: list[GroupSeat]) -> None:
        """Known already: what is left is a new title, or the day they left."""
        if any(
            person.title in ("", seat.title_as_was)
            and person.since in (None, seat.valid_from)
            and person.until in (None, seat.valid_to)
            for seat in seats
        ):
            return
        last = max(seats, key=lambda seat: seat.valid_from)
        if person.until and last.valid_to is None and person.title in ("", last.title_as_was):
            self._change(EndSeat(said.number, last.pk, last.name, person.until))
        elif person.title and not last.title_as_was and person.since in (None, last.valid_from):
            self._change(SeatPerson(said.number, person.part, last.name, person.title, last.valid_from, None))
        elif person.title and person.since and person.since > last.valid_from and last.valid_to is None:
            self._change(Retitle(said.number, last.pk, last.name, person.title, person.since))
        else:
            self._wrong(
                person.place,
                _(
                    "%(name)s trong sổ là “%(known)s”, tệp ghi “%(said)s”. Ghi thêm cột Từ ngày của chức vụ mới."
                )
                % {"name": person.name, "known": last.title_as_was, "said": person.title},
            )

    def _new_person(self, said: Group, person: Person, seats: list[GroupSeat]) -> None:
        since = person.since or self.campaign.started_on
        sitting = [
            seat
            for seat in seats
            if person.part == SeatPart.LEADER
            and seat.part == SeatPart.LEADER
            and (seat.valid_to is None or seat.valid_to > since)
        ]
        for leader in sitting:
            if person.since is None or person.since <= leader.valid_from or leader.valid_to:
                self._wrong(
                    person.place,
                    _("Sổ ghi tổ trưởng là %(known)s, tệp ghi %(said)s. Ghi thêm Từ ngày của người mới.")
                    % {"known": leader.name, "said": person.name},
                )
                return
            self._change(EndSeat(said.number, leader.pk, leader.name, since))
        self._change(SeatPerson(said.number, person.part, person.name, person.title, since, person.until))

    def _units(self, said: Group, known: list[Unit]) -> list[Unit]:
        meant = self._meant(said.units)
        added = [unit for unit in meant if unit not in known]
        gone = [unit for unit in known if unit not in meant] if said.complete and said.units else []
        if added or gone:
            self._change(AssignUnits(said.number, tuple(added), tuple(gone)))
        return [unit for unit in [*known, *added] if unit not in gone]

    def _visits(self, said: Group, known: list[Visit], own: set[int]) -> None:
        taken: set[tuple[object, int]] = set()
        for planned in said.visits:
            units = self._meant(planned.units)
            if self._fits(said, planned, units, own, taken):
                self._visit(said, planned, units, known)

    def _fits(
        self,
        said: Group,
        planned: Planned,
        units: Sequence[Unit],
        own: set[int],
        taken: set[tuple[object, int]],
    ) -> bool:
        ends = self.campaign.ended_on
        if planned.on < self.campaign.started_on or (ends and planned.on > ends):
            self._wrong(planned.place, _("Ngày %s nằm ngoài thời gian của đợt.") % f"{planned.on:%d-%m-%Y}")
            return False
        if not planned.units:
            self._wrong(planned.place, _("Buổi chưa có đơn vị nào."))
        if strange := [str(unit) for unit in units if unit.pk not in own]:
            self._wrong(
                planned.place,
                _("Không thuộc tổ số %(number)d: %(units)s.")
                % {"number": said.number, "units": ", ".join(strange)},
            )
        if twice := [str(unit) for unit in units if (planned.on, unit.pk) in taken]:
            self._wrong(
                planned.place,
                _("Đã có lịch ngày %(day)s với %(units)s ở dòng trên.")
                % {"day": f"{planned.on:%d-%m-%Y}", "units": ", ".join(twice)},
            )
        taken |= {(planned.on, unit.pk) for unit in units}
        return bool(units) and not strange and not twice

    def _visit(self, said: Group, planned: Planned, units: list[Unit], known: list[Visit]) -> None:
        pks = {unit.pk for unit in units}
        same_day = [
            visit
            for visit in known
            if planned.on in (visit.planned_on, visit.held_on)
            and pks & {unit.pk for unit in visit.units.all()}
        ]
        if not same_day:
            self._tell_other_days(said, planned, pks, known)
            self._change(PlanVisit(said.number, planned.on, planned.time, planned.where, tuple(units)))
            return
        if len(same_day) > 1:
            self._wrong(planned.place, _("Sổ có nhiều buổi của tổ ngày này với các đơn vị này. Sửa ở lịch."))
            return
        (visit,) = same_day
        has = {unit.pk for unit in visit.units.all()}
        hour, where = planned.time or visit.time, planned.where or visit.place
        if visit.held_on is None and (has != pks or (hour, where) != (visit.time, visit.place)):
            self._change(AmendVisit(said.number, visit.pk, visit.planned_on, hour, where, tuple(units)))

    def _tell_other_days(self, said: Group, planned: Planned, pks: set[int], known: list[Visit]) -> None:
        for visit in known:
            near = abs(visit.planned_on - planned.on) <= timedelta(days=14)
            if near and visit.held_on is None and pks & {unit.pk for unit in visit.units.all()}:
                self.found.notices.append(
                    _(
                        "Tổ số %(number)d đã có lịch ngày %(known)s với đơn vị của buổi ngày %(said)s; "
                        "nếu là dời ngày thì dời ở lịch."
                    )
                    % {
                        "number": said.number,
                        "known": f"{visit.planned_on:%d-%m-%Y}",
                        "said": f"{planned.on:%d-%m-%Y}",
                    }
                )

    def _shared_units(self) -> None:
        """Two groups may work with one unit; whoever imports it should know."""
        held: dict[Unit, set[int]] = defaultdict(set)
        for number, group in self.present.items():
            gone = {unit.pk for unit in self._gone(number)}
            for unit in group.units.all():
                if unit.pk not in gone:
                    held[unit].add(number)
        for change in self.found.changes:
            if isinstance(change, AssignUnits):
                for unit in change.added:
                    held[unit].add(change.number)
        for unit, numbers in sorted(held.items(), key=lambda item: item[0].code):
            if len(numbers) > 1 and numbers & set(self.read.groups):
                listed = ", ".join(str(number) for number in sorted(numbers))
                self.found.notices.append(
                    _("%(unit)s thuộc nhiều tổ: %(groups)s.") % {"unit": unit.title, "groups": listed}
                )

    def _gone(self, number: int) -> Iterator[Unit]:
        for change in self.found.changes:
            if isinstance(change, AssignUnits) and change.number == number:
                yield from change.removed

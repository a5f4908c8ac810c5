"""The problem of a plan: the registers of a day and the conditions of the office, as the engine takes them.

What the engine's one list of positions per person cannot say is said beside it:
- a unit that asks more of a position than the general standard gets only those who meet its own: for the others that
  place is forbidden. A unit that asks less opens nothing; whoever is wanted there is put into the general standard.
- the ceiling of a unit pools its blocks; a block without a recorded quota counts as many as it has today. Posts
  outside the plan (leaders, elected people) keep their share of it.
- people are present where queries.standing counts them, so surplus and shortage are those of the board; who serves
  elsewhere on secondment keeps their post until it ends.
- of a lock only that there is one goes into the problem, and no home: no rule of the engine looks at it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from thongsuot.lawbook.staffing import close_to_retirement, relatives_rule
from thongsuot.placement.problem import SCHEMA
from thongsuot.staffing.enums import Category
from thongsuot.staffing.models import Position
from thongsuot.staffing.planning.conditions import Bound, Conditions
from thongsuot.staffing.planning.faults import Fault, Unready
from thongsuot.staffing.planning.fits import Fits
from thongsuot.staffing.planning.registers import Post, Registers
from thongsuot.staffing.queries.transfers import Refusal
from thongsuot.units.models import Unit

Json = dict[str, Any]
YEARS_BEFORE_TRANSFER = (
    5  # of a public employee: Law on Cadres and Civil Servants; before that only secondment
)
_STAYS = (Category.PART_TIME, Category.CONTRACT)


@dataclass(frozen=True, slots=True)
class Drawn:
    """`left_out`: what the registers lack without stopping the plan, in words with a count each. `refused`: what was
    refused before and is therefore not proposed."""

    problem: Json
    left_out: Sequence[str]
    refused: Sequence[Json] = ()


def draw_up(
    registers: Registers, conditions: Conditions, previous: Sequence[Mapping[str, str]] = ()
) -> Drawn:
    """Raises `Unready` with every fault at once."""
    drawing = _Drawing(registers, conditions)
    if faults := list(drawing.faults()):
        raise Unready(faults)
    people = drawing.people()
    known = {one["id"] for one in people}
    problem: Json = {
        "schema": SCHEMA,
        "on": registers.on.isoformat(),
        "units": drawing.units(),
        "positions": drawing.positions(),
        "frames": drawing.frames(),
        "people": people,
        "rules": {"max_km": conditions.max_km, "keep_cover": conditions.keep_cover},
        "pins": [_place(one) for one in conditions.pins],
        "forbids": [*(_place(one) for one in conditions.forbids), *drawing.barred()],
        "stages": list(conditions.stages),
    }
    if conditions.agreed:
        problem["agreed"] = [_place(one) for one in conditions.agreed]
    if kept := [dict(one) for one in previous if one["person"] in known]:
        problem["previous"] = kept
    refused = _refuse(problem, conditions, registers.refusals)
    return Drawn(problem, list(drawing.left_out()), refused)


def redraw(
    problem: Json,
    before: Conditions,
    after: Conditions,
    previous: Sequence[Mapping[str, str]],
    refusals: Sequence[Refusal] = (),
) -> Drawn:
    """The same registers under other conditions: what was read stays, so that two versions compare; only what was
    refused since then is new."""
    asked = {(one.person, one.unit, one.position or None) for one in before.forbids}
    barred = [one for one in problem["forbids"] if (one["person"], one["unit"], one["position"]) not in asked]
    usual = {one.code: one.weight for one in Position.objects.filter(code__in=before.weights)}
    positions = [
        {**one, "weight": after.weights.get(one["code"], usual.get(one["code"], one["weight"]))}
        for one in problem["positions"]
    ]
    changed: Json = {
        **{name: part for name, part in problem.items() if name not in ("agreed", "previous")},
        "units": [{**one, "max_departures": after.cap(one["code"])} for one in problem["units"]],
        "positions": positions,
        "rules": {"max_km": after.max_km, "keep_cover": after.keep_cover},
        "pins": [_place(one) for one in after.pins],
        "forbids": [*(_place(one) for one in after.forbids), *barred],
        "stages": list(after.stages),
        "previous": [dict(one) for one in previous],
    }
    if after.agreed:
        changed["agreed"] = [_place(one) for one in after.agreed]
    if faults := list(_strangers(changed)):
        raise Unready(faults)
    return Drawn(changed, (), _refuse(changed, after, refusals))


def _refuse(problem: Json, conditions: Conditions, refusals: Sequence[Refusal]) -> list[Json]:
    """Forbid in the problem what was refused, unless the office now says where the person goes; gives what it was."""
    people, units, positions = (
        {one[key] for one in problem[name]}
        for name, key in (("people", "id"), ("units", "code"), ("positions", "code"))
    )
    placed = {one.person for one in (*conditions.pins, *conditions.agreed)}
    every = [place for one in refusals for place in one.forbids(sorted(units))]
    asked = [_place(one) for one in conditions.forbids]
    forbids = [one for one in problem["forbids"] if one not in every or one in asked]
    refused = []
    for one in refusals:
        if one.person not in people or one.person in placed or one.unit not in units:
            continue
        if one.position and one.position not in positions:
            continue
        forbids += [place for place in one.forbids(sorted(units)) if place not in forbids]
        refused.append(one.as_row())
    problem["forbids"] = forbids
    return refused


def _strangers(problem: Json) -> Iterator[Fault]:
    """Bounds that name what is not in the problem."""
    people, units, positions = (
        {one[key] for one in problem[name]}
        for name, key in (("people", "id"), ("units", "code"), ("positions", "code"))
    )
    bounds = [*problem["pins"], *problem["forbids"], *problem.get("agreed", ())]
    pinned = Counter(one["person"] for one in problem["pins"])
    yield from _faults_of_bounds(bounds, pinned, people, units, positions)


def _place(one: Bound) -> Json:
    return {"person": one.person, "unit": one.unit, "position": one.position or None}


def _faults_of_bounds(
    bounds: Iterable[Json], pinned: Counter[str], people: set[str], units: set[str], positions: set[str]
) -> Iterator[Fault]:
    for person, times in sorted(pinned.items()):
        if times > 1:
            yield Fault(_("Người %(number)s bị ghim vào hai nơi.") % {"number": person})
    for one in bounds:
        if one["person"] not in people:
            yield Fault(
                _(
                    "Người %(number)s trong điều kiện không giữ vị trí nào thuộc phạm vi sắp xếp; bỏ điều kiện ấy."
                )
                % {"number": one["person"]}
            )
        if one["unit"] not in units:
            yield Fault(
                _("Đơn vị mã %(code)s trong điều kiện không có trong phương án.") % {"code": one["unit"]}
            )
        if one["position"] and one["position"] not in positions:
            yield Fault(
                _("Vị trí mã %(code)s trong điều kiện không thuộc phạm vi sắp xếp.")
                % {"code": one["position"]}
            )


class _Drawing:
    def __init__(self, registers: Registers, conditions: Conditions) -> None:
        self.registers, self.conditions = registers, conditions
        self.scope = {key: one for key, one in registers.positions.items() if registers.in_plan(one)}
        self.posts = [post for post in registers.posts if post.position in self.scope]
        self.outside = [post for post in registers.posts if post.position not in self.scope]
        self.by_number = {post.person.number: post for post in self.posts}
        self.codes = {one.code for one in self.scope.values()}
        self.in_order = sorted(self.codes)
        self.fits = Fits(registers.standards)

    def faults(self) -> Iterator[Fault]:
        yield from self._faults_of_units()
        for post in self.registers.twice:
            yield Fault(
                _(
                    "Người %(number)s giữ hai vị trí chính thức cùng lúc; kết thúc một vị trí trong hồ sơ nhân sự."
                )
                % {"number": post.person.number},
                post.person.get_absolute_url(),
            )
        for post in self.registers.posts:
            if post.position not in self.registers.positions:
                yield Fault(
                    _(
                        "Người %(number)s đang giữ một vị trí đã hết hiệu lực; chuyển người đó sang vị trí mới."
                    )
                    % {"number": post.person.number},
                    post.person.get_absolute_url(),
                )
        yield from self._faults_of_bounds()

    def _faults_of_units(self) -> Iterator[Fault]:
        if not any(position in self.scope for _unit, position in self.registers.frames):
            yield Fault(_("Chưa có khung vị trí việc làm của đơn vị nào vào ngày này; nhập khung trước."))
        if not self.posts:
            yield Fault(_("Chưa có người nào giữ vị trí thuộc phạm vi sắp xếp vào ngày này."))
        codes = Counter(unit.code for unit in self.registers.units.values())
        for unit in self.used_units():
            if unit.latitude is None or unit.longitude is None:
                yield Fault(
                    _(
                        "%(unit)s chưa có tọa độ nên không tính được khoảng cách; bổ sung trong danh mục đơn vị."
                    )
                    % {"unit": unit.title}
                )
            if codes[unit.code] > 1:
                yield Fault(_("Mã đơn vị %(code)s có hai đơn vị cùng hiệu lực.") % {"code": unit.code})

    def _faults_of_bounds(self) -> Iterator[Fault]:
        conditions = self.conditions
        bounds = [_place(one) for one in (*conditions.pins, *conditions.forbids, *conditions.agreed)]
        pinned = Counter(pin.person for pin in conditions.pins)
        units = {unit.code for unit in self.used_units()}
        yield from _faults_of_bounds(bounds, pinned, set(self.by_number), units, self.codes)

    def used_units(self) -> list[Unit]:
        """Those with a place or a person of the plan; a unit with neither has no part in it."""
        used = {post.unit for post in self.posts}
        used |= {unit for (unit, position) in self.registers.frames if position in self.scope}
        return sorted((self.registers.units[key] for key in used), key=lambda unit: unit.code)

    def units(self) -> list[Json]:
        present: dict[int, Counter[str]] = {}
        for post in self.registers.posts:
            position = self.registers.positions[post.position]
            present.setdefault(post.unit, Counter())[position.block] += 1
        outside = Counter(post.unit for post in self.outside)
        return [
            {
                "code": unit.code,
                "name": str(unit),
                "lat": unit.latitude,
                "lon": unit.longitude,
                "area": self.registers.areas.get(unit.pk, ""),
                "quota": self._ceiling(unit, present.get(unit.pk, Counter()), outside[unit.pk]),
                "max_departures": self.conditions.cap(unit.code),
            }
            for unit in self.used_units()
        ]

    def _ceiling(self, unit: Unit, present: Counter[str], outside: int) -> int | None:
        quotas = self.registers.quotas.get(unit.pk)
        if not quotas:
            return None
        pooled = sum(quotas.get(block, present[block]) for block in {*quotas, *present})
        return max(pooled - outside, 0)

    def positions(self) -> list[Json]:
        return [
            {
                "code": one.code,
                "name": one.name,
                "field": one.field,
                "weight": self.conditions.weights.get(one.code, one.weight),
                "block": one.block,
            }
            for one in sorted(self.scope.values(), key=lambda one: one.code)
        ]

    def frames(self) -> list[Json]:
        """Where a post of another block has no recorded frame, its people stand for it: they are not surplus."""
        places = {key: count for key, count in self.registers.frames.items() if key[1] in self.scope}
        present = Counter((post.unit, post.position) for post in self.posts)
        for key, count in present.items():
            if key not in places and not self.scope[key[1]].counted:
                places[key] = count
        return sorted(
            (
                {
                    "unit": self.registers.units[unit].code,
                    "position": self.scope[position].code,
                    "places": count,
                }
                for (unit, position), count in places.items()
            ),
            key=lambda frame: (frame["unit"], frame["position"]),
        )

    def people(self) -> list[Json]:
        return [self._person(post) for post in self.posts]

    def _person(self, post: Post) -> Json:
        registers, person, position = self.registers, post.person, self.scope[post.position]
        origin = registers.origins.get(person.pk)
        found: Json = {
            "id": person.number,
            "unit": registers.units[post.unit].code,
            "position": position.code,
            "block": position.block,
            "fits": self._fits(post),
            "locked": self._locked(post),
            "origin": registers.units[origin].code if isinstance(origin, int) else origin,
            "home": None,
            "prefers": sorted(
                registers.units[unit].code
                for unit in registers.wishes.get(person.pk, ())
                if unit in registers.units
            ),
        }
        if self._only_seconded(post):
            found["secondment"] = True
        return found

    def _fits(self, post: Post) -> dict[str, str]:
        levels = self.fits.among(self.registers.backgrounds[post.person.pk], self.in_order)
        return {code: level.value for code, level in sorted(levels.items())}

    def _locked(self, post: Post) -> str | None:
        """Which kind of reason, never which case of the law."""
        person, on = post.person, self.registers.on
        if person.pk in self.registers.locked:
            return "lock"
        if person.pk in self.registers.away:
            return "away"
        if person.category in _STAYS:
            return "category"
        if self.conditions.spare_retiring and person.born_on and person.sex:
            return "retiring" if close_to_retirement(person.born_on, person.sex, on) else None
        return None

    def _only_seconded(self, post: Post) -> bool:
        person = post.person
        if person.category != Category.PUBLIC_EMPLOYEE:
            return False
        return person.joined_on is None or _years_after(person.joined_on) > self.registers.on

    def barred(self) -> list[Json]:
        found = {*self._barred_by_own_standards(), *self._barred_by_relatives()}
        own = {
            (post.person.number, self.registers.units[post.unit].code, self.scope[post.position].code)
            for post in self.posts
        }
        return [
            {"person": person, "unit": unit, "position": position}
            for person, unit, position in sorted(found - own)
        ]

    def _barred_by_own_standards(self) -> Iterator[tuple[str, str, str]]:
        for key, code in self.registers.standards.own:
            if code not in self.codes or key not in self.registers.units:
                continue
            for post in self.posts:
                if self.fits.stricter(self.registers.backgrounds[post.person.pk], code, key):
                    yield post.person.number, self.registers.units[key].code, code

    def _barred_by_relatives(self) -> Iterator[tuple[str, str, str]]:
        """Regulation 114: not under a relative who heads the unit, in an office that deals with money or people."""
        rule = relatives_rule()
        by_key = {post.person.pk: post for post in self.posts}
        leaders = {post.person.pk: post for post in self.outside}
        for pair in self.registers.kin:
            for one, other in (pair, pair[::-1]):
                if one not in by_key or other not in leaders:
                    continue
                leader = leaders[other]
                held = self.registers.positions[leader.position].code
                unit = self.registers.units[leader.unit].code
                for code in sorted(self.codes):
                    if rule.forbids(held, code):
                        yield by_key[one].person.number, unit, code

    def left_out(self) -> Iterator[str]:
        without = [unit for unit in self.used_units() if not self.registers.quotas.get(unit.pk)]
        if without:
            yield _(
                "%(count)s đơn vị chưa ghi biên chế được giao: phương án không giới hạn số người về đó."
            ) % {"count": len(without)}
        bare: list[Position] = [
            one for one in self.scope.values() if one.code not in self.registers.standards.general
        ]
        if bare:
            yield _(
                "%(count)s vị trí chưa có tiêu chuẩn: chỉ xếp người đã làm vị trí ấy từ một năm trở lên (%(codes)s)."
            ) % {"count": len(bare), "codes": ", ".join(sorted(one.code for one in bare)[:8])}
        unborn = sum(1 for post in self.posts if not post.person.born_on or not post.person.sex)
        if unborn and self.conditions.spare_retiring:
            yield _(
                "%(count)s người chưa ghi ngày sinh hoặc giới tính: không biết có sắp nghỉ hưu hay không."
            ) % {"count": unborn}
        pooled = [unit for unit in self.used_units() if len(self.registers.quotas.get(unit.pk, {})) > 1]
        if pooled:
            yield _("Biên chế các khối của một đơn vị được cộng chung làm trần (%(count)s đơn vị).") % {
                "count": len(pooled)
            }


def _years_after(joined: Any) -> Any:
    try:
        return joined.replace(year=joined.year + YEARS_BEFORE_TRANSFER)
    except ValueError:  # the 29th of February
        return joined.replace(year=joined.year + YEARS_BEFORE_TRANSFER, day=28)

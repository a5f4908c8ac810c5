"""The difference between what the registers hold of a unit and what a list says: by person and by place.

Pure: two UnitStaff in, a Difference out. What is newer in the registers than what the list was drawn up on is told
with each change, so that nothing is overwritten unseen.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from thongsuot.staffing.importing.content import PersonRow, PostRow, UnitStaff

ADDED, CHANGED, MOVED, ENDED = "added", "changed", "moved", "ended"
# What a list may leave unsaid (None), and what it may leave empty.
_SAID = ("qualifications", "experiences", "trainings", "locks", "wishes", "origin", "home")
_PLAIN = ("full_name", "category", "sex", "born_on", "rank", "joined_on")


@dataclass(frozen=True, slots=True)
class PersonChange:
    """`fields`: what changes; `fresh` and `over`: posts that begin and end; `newer`: why it may not go unseen."""

    number: str
    name: str
    kind: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    fresh: Sequence[PostRow] = ()
    over: Sequence[PostRow] = ()
    led: Sequence[PostRow] = ()  # posts that go on, of which the list says which department they lead
    elsewhere: str = ""  # the unit that has them on a full post now
    newer: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """Of a frame (`what` is the code of a position), a quota (the block) or the workload."""

    kind: str
    what: str
    before: int | None
    after: int | None
    newer: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """What the registers held when the list was handed out: versions of people by number, frames, quotas."""

    digest: str = ""
    people: Mapping[str, int] = field(default_factory=dict)
    frames: Mapping[str, int] = field(default_factory=dict)
    quotas: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Registered:
    """What the registers know of people a list names, beside what they hold of the unit."""

    versions: Mapping[str, int] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)  # number -> name of the unit of the full post
    left: Mapping[str, date] = field(default_factory=dict)
    later: Collection[str] = ()  # posts here begin or end after the day of the list
    known: Mapping[str, PersonRow] = field(default_factory=dict)  # in the registers, with no post in the unit


@dataclass(frozen=True, slots=True)
class Difference:
    people: Sequence[PersonChange] = ()
    places: Sequence[PlaceChange] = ()
    before: Mapping[str, int] = field(default_factory=dict)
    after: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.people and not self.places

    @property
    def conflicts(self) -> Iterator[PersonChange | PlaceChange]:
        changes: tuple[PersonChange | PlaceChange, ...] = (*self.people, *self.places)
        return (change for change in changes if change.newer)

    def count(self, kind: str) -> int:
        return sum(change.kind == kind for change in self.people)

    @property
    def counts(self) -> dict[str, int]:
        told = {kind: self.count(kind) for kind in (ADDED, CHANGED, MOVED, ENDED)}
        return told | {"places": len(self.places), "conflicts": len(list(self.conflicts))}


def compare(
    before: UnitStaff, after: UnitStaff, registered: Registered | None = None, base: Base | None = None
) -> Difference:
    registered = registered or Registered()
    people = [*_named(before, after, registered, base), *_missing(before, after, registered, base)]
    return Difference(
        tuple(people), tuple(_places(before, after, base)), sums_of(before), sums_of(_merged(before, after))
    )


def _named(
    before: UnitStaff, after: UnitStaff, registered: Registered, base: Base | None
) -> Iterator[PersonChange]:
    here = {person.number: person for person in before.people}
    for person in sorted(after.people, key=lambda one: one.number):
        former = here.get(person.number)
        known = former or registered.known.get(person.number)
        told = _differences(known, person) if known else {}
        fresh, over, led = _posts(former.posts if former else (), person.posts)
        elsewhere = registered.elsewhere.get(person.number, "")
        if not (told or fresh or over or led) and known:
            continue
        moved = elsewhere if any(post.kind == "full" for post in fresh) else ""
        newer = [*_newer(person.number, registered, base), *([ELSEWHERE] if moved else [])]
        kind = MOVED if moved else CHANGED if former else ADDED
        yield PersonChange(person.number, person.full_name, kind, told, fresh, over, led, moved, tuple(newer))


# Why a change may not go unseen; said in words where it is shown.
ELSEWHERE, OVERTAKEN, NEW_HERE, LEFT, LATER = "elsewhere", "overtaken", "new-here", "left", "later"


def _newer(number: str, registered: Registered, base: Base | None) -> Iterator[str]:
    version = registered.versions.get(number)
    if base and version is not None and number in base.people and version != base.people[number]:
        yield OVERTAKEN
    if number in registered.left:
        yield LEFT
    if number in registered.later:
        yield LATER


def _missing(
    before: UnitStaff, after: UnitStaff, registered: Registered, base: Base | None
) -> Iterator[PersonChange]:
    """Whoever stands in the registers and not in the list: their posts here end."""
    named = {person.number for person in after.people}
    for person in sorted(before.people, key=lambda one: one.number):
        if person.number in named:
            continue
        newer = list(_newer(person.number, registered, base))
        if base and person.number not in base.people:
            newer.append(NEW_HERE)
        yield PersonChange(
            person.number, person.full_name, ENDED, {}, (), tuple(person.posts), (), "", tuple(newer)
        )


def _differences(former: PersonRow, person: PersonRow) -> dict[str, tuple[Any, Any]]:
    told: dict[str, tuple[Any, Any]] = {}
    for name in _PLAIN:
        one, other = getattr(former, name), getattr(person, name)
        if one != other and (other or name == "full_name"):  # left empty: not said, so it stays
            told[name] = (one, other)
    for name in _SAID:
        other = getattr(person, name)
        if other is not None and _comparable(getattr(former, name)) != _comparable(other):
            told[name] = (getattr(former, name), other)
    return told


def _comparable(value: Any) -> Any:
    """Lists without their order; years without their trailing noughts."""
    if isinstance(value, tuple | list):
        return sorted((_comparable(one) for one in value), key=repr)
    if hasattr(value, "__dataclass_fields__"):
        return tuple(_comparable(getattr(value, one.name)) for one in fields(value))
    return value.normalize() if isinstance(value, Decimal) else value


def _posts(
    before: Sequence[PostRow], after: Sequence[PostRow]
) -> tuple[tuple[PostRow, ...], tuple[PostRow, ...], tuple[PostRow, ...]]:
    """Those that begin, those that end, and those that go on of which it is now said which department they lead. Since
    when an unchanged one is held is history, and stays; who goes to lead another department begins a post there."""
    former, wanted = {_key(post): post for post in before}, {_key(post): post for post in after}
    both = former.keys() & wanted.keys()
    other = {key for key in both if former[key].body and wanted[key].body not in ("", former[key].body)}
    return (
        tuple(post for key, post in wanted.items() if key not in former or key in other),
        tuple(post for key, post in former.items() if key not in wanted or key in other),
        tuple(post for key, post in wanted.items() if key in both and post.body and not former[key].body),
    )


def _key(post: PostRow) -> tuple[object, ...]:
    on_loan = post.kind == "secondment"
    return post.position, post.kind, post.payroll if on_loan else "", post.until if on_loan else None


def _places(before: UnitStaff, after: UnitStaff, base: Base | None) -> Iterator[PlaceChange]:
    for kind in ("frames", "quotas"):
        wanted = getattr(after, kind)
        if wanted is None:
            continue
        held, then = getattr(before, kind) or {}, getattr(base, kind) if base else None
        for what in sorted(held.keys() | wanted.keys()):
            one, other = held.get(what), wanted.get(what)
            if (one or 0) == (other or 0):
                continue
            overtaken = then is not None and (then.get(what) or 0) != (one or 0)
            yield PlaceChange(kind, what, one, other, (OVERTAKEN,) if overtaken else ())
    if after.workload and after.workload != before.workload:
        former = before.workload
        yield PlaceChange(
            "workload", "population", former.population if former else None, after.workload.population
        )


def _merged(before: UnitStaff, after: UnitStaff) -> UnitStaff:
    """The unit as it would be: what the list leaves unsaid stays."""
    frames = before.frames if after.frames is None else after.frames
    quotas = before.quotas if after.quotas is None else after.quotas
    return UnitStaff(after.unit_code, after.on, after.people, frames, quotas)


def sums_of(staff: UnitStaff) -> dict[str, int]:
    """What is set beside one another before and after."""
    return {
        "places": sum((staff.frames or {}).values()),
        "people": len(staff.people),
        "full": sum(post.kind == "full" for _person, post in staff.posts),
        "combined": sum(post.kind == "combined" for _person, post in staff.posts),
        "secondment": sum(post.kind == "secondment" for _person, post in staff.posts),
        "quota": sum((staff.quotas or {}).values()),
    }


def told(difference: Difference) -> dict[str, Any]:
    """As a JSON column keeps it. Locks are told as changed, never which case; homes not at all."""
    return {
        "people": [_told_person(change) for change in difference.people],
        "places": [asdict(change) for change in difference.places],
        "before": dict(difference.before),
        "after": dict(difference.after),
        "counts": difference.counts,
    }


_HIDDEN = frozenset({"locks", "home", "wishes"})


def _told_person(change: PersonChange) -> dict[str, Any]:
    shown = {
        name: [None, None] if name in _HIDDEN else [_plain(one), _plain(other)]
        for name, (one, other) in change.fields.items()
    }
    return {
        "number": change.number,
        "name": change.name,
        "kind": change.kind,
        "fields": shown,
        "fresh": [_plain(post) for post in change.fresh],
        "over": [_plain(post) for post in change.over],
        "led": [_plain(post) for post in change.led],
        "elsewhere": change.elsewhere,
        "newer": list(change.newer),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return str(value) if isinstance(value, date | Decimal) else value

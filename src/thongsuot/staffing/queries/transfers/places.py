"""Where somebody sits, whether a place is free on a day, and which file another one waits for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from thongsuot.staffing.enums import OPEN_TRANSFERS, HoldingKind, Means, TransferState
from thongsuot.staffing.models import Frame, Holding, Person, Transfer
from thongsuot.units.queries import holding_on

# Means by which the post before is left.
LEAVING = (Means.TRANSFER, Means.REASSIGNMENT)
Place = tuple[int, int]  # keys of unit and position


def full_posts(people: Iterable[Person | int], on: date) -> Mapping[int, Holding]:
    """The full post of each, by the key of the person."""
    held = Holding.objects.filter(holding_on(on), person__in=people, kind=HoldingKind.FULL)
    return {one.person_id: one for one in held.select_related("unit__parent", "position").order_by("pk")}


def _within(places: Iterable[Place], unit: str = "unit", position: str = "position") -> Q:
    rows = Q(pk__in=[])
    for one in places:
        rows |= Q(**{unit: one[0], position: one[1]})
    return rows


def places_of(places: Iterable[Place], on: date) -> Mapping[Place, int]:
    """How many the frame in force gives; none where it names no such place."""
    rows = Frame.objects.filter(holding_on(on), _within(places)).values_list("unit", "position", "places")
    return {(unit, position): count for unit, position, count in rows}


def taken_on(places: Iterable[Place], on: date) -> Counter[Place]:
    """Full posts held on that day, as the registers and the decisions made so far have it."""
    places = list(places)
    taken = _held(places, on)
    decided = Transfer.objects.filter(state=TransferState.DECIDED, means__in=LEAVING, effective_on__lte=on)
    coming = decided.filter(_within(places, "to_unit", "to_position"))
    going = decided.filter(_within(places, "from_unit", "from_position"))
    taken.update(coming.values_list("to_unit", "to_position"))
    taken.subtract(going.values_list("from_unit", "from_position"))
    return taken


def _held(places: Iterable[Place], on: date) -> Counter[Place]:
    """A secondment or a combined post fills a chair, not a place."""
    held = Holding.objects.filter(holding_on(on), _within(places), kind=HoldingKind.FULL)
    return Counter(held.values_list("unit", "position"))


@dataclass(frozen=True, slots=True)
class Crowded:
    """A place that is full on a day, and how full."""

    transfer: Transfer
    places: int
    taken: int


def takes_a_place(transfer: Transfer) -> bool:
    return transfer.means in LEAVING and transfer.to_position.counted


def crowded(transfers: Sequence[Transfer], on: date) -> list[Crowded]:
    """Those of the files that find no free place on the day, all of them taking effect together. Where there are too
    many people already, one may come for each who leaves: nothing becomes worse by it."""
    coming = [one for one in transfers if takes_a_place(one)]
    wanted = {to_place(one) for one in coming}
    there, before = places_of(wanted, on), taken_on(wanted, on)
    taken = Counter(before)
    taken.subtract(from_place(one) for one in transfers if one.means in LEAVING)
    taken.update(to_place(one) for one in coming)
    return [
        Crowded(one, there.get(to_place(one), 0), taken[to_place(one)] - 1)
        for one in coming
        if taken[to_place(one)] > max(there.get(to_place(one), 0), before[to_place(one)])
    ]


def waited_for(transfers: Sequence[Transfer], on: date) -> Mapping[int, list[Transfer]]:
    """For each file whose place is still taken: the open files by which it becomes free."""
    waiting = _without_place(transfers, on)
    if not waiting:
        return {}
    leaving = Transfer.objects.filter(
        _within({to_place(one) for one in waiting}, "from_unit", "from_position"),
        state__in=OPEN_TRANSFERS,
        means__in=LEAVING,
    )
    by_place: dict[Place, list[Transfer]] = defaultdict(list)
    for one in leaving.select_related("person", "from_unit", "to_unit").order_by("pk"):
        by_place[from_place(one)].append(one)
    return {one.pk: by_place[to_place(one)] for one in waiting}


def _without_place(transfers: Sequence[Transfer], on: date) -> list[Transfer]:
    """Each by itself: what another file would free is not free yet."""
    coming = [one for one in transfers if one.state in OPEN_TRANSFERS and takes_a_place(one)]
    wanted = {to_place(one) for one in coming}
    if not wanted:
        return []
    there, held = places_of(wanted, on), _held(wanted, on)
    return [one for one in coming if held[to_place(one)] >= there.get(to_place(one), 0)]


def to_place(transfer: Transfer) -> Place:
    return transfer.to_unit_id, transfer.to_position_id


def from_place(transfer: Transfer) -> Place:
    return transfer.from_unit_id, transfer.from_position_id

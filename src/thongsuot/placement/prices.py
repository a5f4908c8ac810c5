"""What one more qualified person is worth, in filled weight: for a position, for an area and for a place.

A price is exact where what is surely gained is also the most that can be (ways.py); else both are told.
"""

from typing import Any

import numpy as np

from thongsuot.placement.arcs import PLACE
from thongsuot.placement.network import Network
from thongsuot.placement.plan import Price
from thongsuot.placement.reasons import Reason
from thongsuot.placement.ways import Both

Array = np.ndarray[Any, Any]


def worth(network: Network, both: Both) -> tuple[Array, Array | None]:
    """For each place the weight surely gained by one more person who could take it, and the most that can be."""
    first = int(network.first[PLACE])
    places = slice(first, first + len(network.board.places))
    sure = both.sure.gain(both.sure.to_out[places])
    return sure, None if both.most is None else np.maximum(sure, both.most.gain(both.most.to_out[places]))


def prices(network: Network, both: Both) -> tuple[Price, ...]:
    """One a position (at the unit where it is worth most), then one an area of each, then one a place where it is
    worth something; a place that is not listed is worth nothing more."""
    board = network.board
    sure, most = worth(network, both)
    areas = np.array(board.areas, dtype=object)[board.place_unit]
    found: list[Price] = []
    for position, code in enumerate(board.positions):
        mine = np.flatnonzero(board.place_position == position)
        if not len(mine):
            continue
        found.append(_price(network, _best(mine, sure), mine, sure, most, "price.position", code, None, None))
        for area in sorted({*areas[mine].tolist()} - {""}):
            here = mine[areas[mine] == area]
            place = _best(here, sure)
            found.append(_price(network, place, here, sure, most, "price.area", code, None, area))
    for place in np.flatnonzero(sure if most is None else most).tolist():
        unit, code = board.units[board.place_unit[place]], board.positions[board.place_position[place]]
        alone = np.array([place])
        found.append(_price(network, place, alone, sure, most, "price.place", code, unit, None))
    return tuple(found)


def _best(places: Array, sure: Array) -> int:
    return int(places[np.argmax(sure[places])])


def _price(
    network: Network,
    place: int,
    among: Array,
    sure: Array,
    most: Array | None,
    kind: str,
    code: str,
    unit: str | None,
    area: str | None,
) -> Price:
    board = network.board
    weight = int(sure[place])
    highest = int(network.board.weight.max(initial=0)) if most is None else int(most[among].max())
    names = {
        "position": board.problem.positions[board.place_position[place]].name,
        "unit": board.problem.units[board.place_unit[place]].name,
        "area": area or "",
        "weight": weight,
    }
    why = Reason(kind if weight else "price.none", names)
    if most is None:
        why = Reason("price.least", {"what": why})
    elif highest > weight:
        why = Reason("price.between", {"what": why, "most": highest})
    status: Any = "exact" if most is not None and highest == weight else "bound"
    return Price(code, unit, weight, why, area, status, None if most is None else highest)

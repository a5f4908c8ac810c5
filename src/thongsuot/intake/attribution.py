"""Which units a proposal, a direction or a commitment belongs to, judged from who spoke and to whom.

A proposal belongs to the units its speaker stands for; a direction to those it is addressed to; where neither names
a unit, to the units of the meeting.
"""

import re
from dataclasses import replace

from thongsuot.intake.content import Content, Item
from thongsuot.intake.enums import Family
from thongsuot.kernel.vietnamese import fold

_KINDS = ("phường ", "xã ", "đặc khu ", "thị trấn ")
_NAMING = {Family.PROPOSALS: "speaker", Family.DIRECTIONS: "addressee", Family.COMMITMENTS: "speaker"}


def attribute_units(content: Content) -> Content:
    """The same content with the units filled in, as part of what was read."""
    offices = _offices(content)
    items = (
        _with_units(item, content, offices) if item.family in _NAMING else item for item in content.items
    )
    return replace(content, items=tuple(items))


def _with_units(item: Item, content: Content, offices: dict[str, str]) -> Item:
    meeting_units = list(content.meeting.get("units") or [])
    named = item.fields.get(_NAMING[item.family]) or ""
    place = f"{fold(named)} {offices.get(fold(named), '')}"
    units = [unit for unit in meeting_units if _speaks_of(place, unit)] or meeting_units
    return replace(item, fields={**item.fields, "units": units}, read={**item.read, "units": list(units)})


def _offices(content: Content) -> dict[str, str]:
    """Folded person name -> everything their titles say of where they work."""
    return {
        fold(item.fields["name"]): fold(
            " ".join(t.get("organisation") or "" for t in item.fields.get("titles") or [])
        )
        for item in content.kept(Family.PEOPLE)
        if item.fields.get("name")
    }


def _speaks_of(place: str, unit: str) -> bool:
    name = fold(unit)
    for kind in _KINDS:
        name = name.removeprefix(kind)
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", place) is not None

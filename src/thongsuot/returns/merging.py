"""Three states of the same cells: as a workbook left the house, as it came back, and as they stand now.

Pure. What only one side changed is taken; what both changed to the same is no matter; the rest somebody must choose.
"""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Change(Generic[Key, Value]):
    """`now` stands there, `theirs` comes back; `conflict` where both moved away from what left the house."""

    key: Key
    base: Value
    now: Value
    theirs: Value
    conflict: bool


@dataclass(frozen=True, slots=True)
class Merge(Generic[Key, Value]):
    changes: list[Change[Key, Value]] = field(default_factory=list)

    @property
    def conflicts(self) -> list[Change[Key, Value]]:
        return [change for change in self.changes if change.conflict]

    def taken(self, chosen: Collection[Key] = ()) -> dict[Key, Value]:
        """What is to be written: every change without a conflict, and of the others those chosen."""
        wanted = set(chosen)
        return {
            change.key: change.theirs
            for change in self.changes
            if not change.conflict or change.key in wanted
        }


def merge(
    base: Mapping[Key, Value], now: Mapping[Key, Value], theirs: Mapping[Key, Value], blank: Value
) -> Merge[Key, Value]:
    """In the order of `theirs`; keys it does not name are left as they stand."""
    changes = []
    for key, value in theirs.items():
        before, there = base.get(key, blank), now.get(key, blank)
        if value in (before, there):
            continue
        changes.append(Change(key, before, there, value, conflict=there != before))
    return Merge(changes)

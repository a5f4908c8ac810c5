"""Who did it, as they were called that day: text, so that no later change of a person touches the trail."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Actor:
    username: str
    name: str
    role: str = ""
    unit: str = ""
    unit_key: int | None = None  # of the unit where the mandate is held; the trail is read by place

    @property
    def actor(self) -> "Actor":
        return self


class HasActor(Protocol):
    """A mandate, or the system itself."""

    @property
    def actor(self) -> Actor: ...


SYSTEM = Actor(username="system", name="Hệ thống")

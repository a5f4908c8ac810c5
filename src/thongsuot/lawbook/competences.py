"""Which body usually answers what is asked, and who decides what is contested (data/competences.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from thongsuot.lawbook.rulebook import open_rules
from thongsuot.lawbook.topics import OTHER


@dataclass(frozen=True, slots=True)
class UsualPath:
    """The code of a body of the province (lawbook.bodies), and the tier whose decision it usually takes."""

    body: str
    competence: str


@cache
def usual_paths() -> Mapping[str, UsualPath]:
    return {topic: UsualPath(**entry) for topic, entry in open_rules("competences")["topics"].items()}


def usual_path(topic: str) -> UsualPath:
    paths = usual_paths()
    return paths.get(topic, paths[OTHER])


def body_of_level(level: int) -> str:
    """The code of the body that decides at that level of contest, the first being 1; the last decides beyond it."""
    bodies: list[str] = open_rules("competences")["next_levels"]
    return bodies[min(level, len(bodies)) - 1]

"""Courses by which people come to meet the standard of their post (data/training.yaml)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from thongsuot.lawbook.rulebook import open_rules


@dataclass(frozen=True, slots=True)
class ListedCourse:
    """Money in thousands of đồng: what a class costs to hold, and each place in it."""

    code: str
    name: Mapping[str, str]
    closes: str  # "major" or "degree"
    fields: Sequence[str]
    holding: int
    place: int
    seats: int
    classes: int


@cache
def courses() -> Mapping[str, ListedCourse]:
    return {
        one["code"]: ListedCourse(
            one["code"],
            {"vi": one["vi"], "en": one["en"]},
            one["closes"],
            tuple(one["fields"]),
            one["holding"],
            one["place"],
            one["seats"],
            one["classes"],
        )
        for one in open_rules("training")["courses"]
    }


def course_name(code: str, language: str = "vi") -> str:
    name = courses()[code].name
    return name.get(language) or name["vi"]


def training_source() -> Mapping[str, str]:
    source: Mapping[str, str] = open_rules("training")["source"]
    return source

"""Templates of returns that come with the system (data/return_templates.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from thongsuot.lawbook.rulebook import open_rules


@dataclass(frozen=True, slots=True)
class LineRule:
    code: str
    heading: str
    required: bool
    least: Decimal | None
    most: Decimal | None
    jump: Decimal | None
    part_of: str
    prefill: str


@dataclass(frozen=True, slots=True)
class SectionRule:
    kind: str
    title: str
    required: bool


@dataclass(frozen=True, slots=True)
class TemplateRule:
    code: str
    name: str
    basis: str
    calendar: str
    period: str
    layout: str
    lines: tuple[LineRule, ...]
    sections: tuple[SectionRule, ...]


def templates_date() -> date:
    as_of: date = open_rules("return_templates")["as_of"]
    return as_of


@cache
def template_rules() -> tuple[TemplateRule, ...]:
    return tuple(_template(entry) for entry in open_rules("return_templates")["templates"])


def _template(entry: Mapping[str, Any]) -> TemplateRule:
    return TemplateRule(
        code=entry["code"],
        name=entry["name"],
        basis=entry["basis"],
        calendar=entry["calendar"],
        period=entry["period"],
        layout=entry["layout"],
        lines=tuple(
            _line(line, heading["title"]) for heading in entry["headings"] for line in heading["lines"]
        ),
        sections=tuple(
            SectionRule(one["kind"], one["title"], one.get("required", True)) for one in entry["sections"]
        ),
    )


def _line(entry: Mapping[str, Any], heading: str) -> LineRule:
    return LineRule(
        code=entry["code"],
        heading=heading,
        required=entry.get("required", True),
        least=_number(entry.get("least")),
        most=_number(entry.get("most")),
        jump=_number(entry.get("jump")),
        part_of=entry.get("part_of", ""),
        prefill=entry.get("prefill", "nothing"),
    )


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
